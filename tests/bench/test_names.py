"""Names of labels and reports in the closed vocabularies."""

from __future__ import annotations

import pytest

from bench.names import claimed, labelled
from bench.vocabulary import canonical


@pytest.mark.parametrize(
    ("kind", "name", "expected"),
    [
        pytest.param("databases", "PostgreSQL 14", {"PostgreSQL"}, id="version"),
        pytest.param("databases", "MariaDB", {"MySQL"}, id="dialect"),
        pytest.param("languages", "JavaScript (Node.js)", {"JavaScript"}, id="java-is-not-javascript"),
        pytest.param("languages", "Golang", {"Go"}, id="alias"),
        pytest.param("frameworks", "Django REST framework", {"Django REST framework"}, id="layer-is-not-django"),
        pytest.param("frameworks", "flask-apispec", set(), id="extension-is-not-flask"),
        pytest.param("frameworks", "Bottle", set(), id="outside-the-vocabulary"),
        pytest.param("migrations", "Flask-Migrate (Alembic)", {"Alembic"}, id="wrapper"),
    ],
)
def test_canonical(kind, name, expected):
    assert canonical(kind, [name]) == expected


@pytest.mark.parametrize(
    ("kind", "record", "expected"),
    [
        pytest.param("frameworks", {"frameworks": ["Flask"], "cms": "WordPress"}, {"Flask", "WordPress"}, id="cms"),
        pytest.param("databases", {"databases": [{"name": "Redis", "status": "unsure"}]}, set(), id="unsure"),
        pytest.param("data_layers", {"orm_or_query_layer": [{"name": "Prisma"}]}, {"Prisma"}, id="data-layer"),
        pytest.param("test_frameworks", {"tests": {"frameworks": ["pytest"]}}, {"pytest"}, id="nested"),
        pytest.param("ci", {"ci": [{"system": "Travis CI"}]}, {"Travis CI"}, id="system"),
        pytest.param("migrations", {"migrations": "unsure"}, set(), id="unsure-text"),
        pytest.param("migrations", {}, set(), id="absent"),
    ],
)
def test_labelled(kind, record, expected):
    assert labelled(record, kind) == expected


@pytest.mark.parametrize(
    ("kind", "report", "truth", "expected"),
    [
        pytest.param("databases", {"databases": [{"name": "Redis", "role": "named"}]}, set(), set(), id="only-named"),
        pytest.param("databases", {"databases": [{"name": "SQLite", "role": "tests"}]}, set(), {"SQLite"}, id="tests"),
        pytest.param(
            "languages",
            {"languages": [{"name": "Python", "role": "server"}, {"name": "TypeScript", "role": "frontend"}]},
            set(),
            {"Python"},
            id="a-front-end-is-no-mistake",
        ),
        pytest.param(
            "languages",
            {"languages": [{"name": "SQL", "role": "scripts"}]},
            {"SQL"},
            {"SQL"},
            id="but-counts-where-it-is-true",
        ),
        pytest.param(
            "frameworks",
            {"frameworks": [{"name": "Django"}, {"name": "Django REST framework"}]},
            {"Django REST framework"},
            {"Django REST framework"},
            id="django-below-its-layer",
        ),
        pytest.param("api_styles", {"api": {"styles": ["REST"]}}, set(), {"REST"}, id="styles"),
    ],
)
def test_claimed(kind, report, truth, expected):
    assert claimed(report, kind, truth) == expected
