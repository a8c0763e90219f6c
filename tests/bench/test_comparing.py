"""One report against one label: each row of the table on a report written by hand."""

from __future__ import annotations

import pytest

from bench.comparing import Totals, compare

LABEL = {
    "languages": [{"name": "Python", "role": "server"}],
    "frameworks": ["Flask"],
    "databases": [{"name": "PostgreSQL", "status": "used"}],
    "endpoints": ["GET /items", "POST /items", "GET /items/{}"],
    "endpoints_html": ["GET /"],
    "tests": {"frameworks": ["pytest"], "functions": 40, "integration": True},
    "ci": [{"system": "GitHub Actions", "runs_tests": True}],
    "docker": {"present": False},
    "sql_injection_risk": {"confirmed": ["app/db.py:20"], "unsure": ["app/old.py:5"]},
    "quality_label": 4,
}
REPORT = {
    "strength": 61,
    "languages": [{"name": "Python", "role": "server"}],
    "frameworks": [{"name": "Flask"}, {"name": "Express"}],
    "databases": [{"name": "MySQL", "role": "used"}],
    "api": {
        "endpoints": [
            {"method": "GET", "path": "/items", "kind": "api"},
            {"method": "GET", "path": "/items/{id}", "kind": "api"},
            {"method": "DELETE", "path": "/items/{id}", "kind": "api"},
            {"method": "GET", "path": "/", "kind": "page"},
            {"method": "GET", "path": "/health", "kind": "implicit"},
        ]
    },
    "tests": {"frameworks": [{"name": "pytest"}], "functions": 44, "integration": False},
    "ci": [{"system": "GitHub Actions", "runs_tests": True}],
    "containers": {"present": True},
    "sql": {"injection_risks": [{"path": "app/db.py", "line": 22}, {"path": "app/old.py", "line": 5}]},
}


def counts(compared, row):
    found = compared.counts[row]
    return found.hit, found.missed, found.wrong


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        pytest.param("languages", (1, 0, 0), id="languages"),
        pytest.param("frameworks", (1, 0, 1), id="frameworks"),
        pytest.param("databases", (0, 1, 1), id="databases"),
        pytest.param("endpoints", (2, 1, 1), id="endpoints"),
        pytest.param("test_frameworks", (1, 0, 0), id="test-frameworks"),
        pytest.param("test count within 10%", (1, 0, 0), id="test-count"),
        pytest.param("SQL injection", (1, 0, 0), id="injection"),
        pytest.param("migrations", (0, 0, 0), id="nothing-there"),
    ],
)
def test_rows(row, expected):
    assert counts(compare(LABEL, REPORT), row) == expected


def test_yes_no_rows_hold_the_truth_and_whether_it_was_said():
    assert compare(LABEL, REPORT).answers == {
        "integration tests yes/no": (True, False),
        "container yes/no": (False, False),
        "CI runs tests yes/no": (True, True),
    }


def test_every_fault_is_named():
    assert compare(LABEL, REPORT).notes == [
        "frameworks: wrong Express",
        "databases: missed PostgreSQL",
        "databases: wrong MySQL",
        "endpoints: missed POST /items",
        "endpoints: wrong DELETE /items/{}",
        "integration tests yes/no: truth True",
        "container yes/no: truth False",
    ]


def test_an_empty_report_misses_everything_and_answers_nothing():
    empty = compare(LABEL, {})
    assert [counts(empty, row) for row in ("endpoints", "SQL injection")] == [(0, 3, 0), (0, 1, 0)]
    assert not any(right for _, right in empty.answers.values())
    assert empty.quality == (4.0, 0.0)


@pytest.mark.parametrize(
    ("true", "said", "good"),
    [
        pytest.param(40, 44, True, id="a-tenth-more"),
        pytest.param(40, 45, False, id="more-than-a-tenth"),
        pytest.param(3, 1, True, id="two-off-a-few"),
        pytest.param(0, 3, False, id="three-of-none"),
    ],
)
def test_the_number_of_tests_may_be_a_tenth_or_two_off(true, said, good):
    found = compare({"tests": {"functions": true}}, {"tests": {"functions": said}})
    assert counts(found, "test count within 10%") == (int(good), int(not good), 0)


@pytest.mark.parametrize(
    "label",
    [
        pytest.param({"tests": {"functions": "unsure", "integration": "unsure"}}, id="unsure"),
        pytest.param({"ci": [{"system": "Jenkins", "runs_tests": "unsure"}]}, id="unsure-ci"),
    ],
)
def test_what_a_label_is_unsure_of_is_not_asked(label):
    found = compare(label, REPORT)
    assert "test count within 10%" not in found.counts
    assert set(found.answers) <= {"CI runs tests yes/no"} - ({"CI runs tests yes/no"} if "ci" in label else set())


def test_totals_are_sums_over_repositories():
    totals = Totals()
    totals.add(compare(LABEL, REPORT))
    totals.add(compare(LABEL, {}))
    assert (totals.counts["endpoints"].hit, totals.counts["endpoints"].missed) == (2, 4)
    assert totals.answers["CI runs tests yes/no"].accuracy == 0.5
    assert totals.qualities == [(4.0, 61.0), (4.0, 0.0)]
