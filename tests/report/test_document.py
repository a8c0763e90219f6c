"""From the review to the document: addresses, lines, masks and limits."""

from __future__ import annotations

import msgspec
import pytest

from reviewer.model.check import Check
from reviewer.model.document import Report
from reviewer.model.facts import repository as facts
from reviewer.model.facts.data import Statement
from reviewer.model.facts.documents import Secret, SecretStanding
from reviewer.model.facts.routing import Endpoint
from reviewer.model.facts.values import At
from reviewer.model.finding import Effort, Evidence
from reviewer.model.repository import Repository, Status
from reviewer.model.review import RepositoryReview
from reviewer.report import limits
from reviewer.report.document import cleaned, document
from reviewer.report.evidence import SECRET_LINE, window
from reviewer.report.json import render_json
from tests.report import hostile
from tests.report.reviews import COMMIT, OLD, finding, history, repository, review, secret

FILE = [f"line {number}" for number in range(1, 100)]


def lines(name: str, path: str, first: int, last: int) -> str | None:
    """The lines of every file of every repository."""
    return "\n".join(FILE[first - 1 : last])


def evidence_of(*evidence: Evidence, **more: object) -> list[Evidence]:
    made = document(review(repository("orders-api", finding(*evidence), **more)), snippets=lines)
    return made.repositories[0].findings[0].evidence


def test_evidence_opens_its_lines_at_the_reviewed_commit():
    found = evidence_of(Evidence(path="src/a b.py", line=10, end_line=12))[0]
    assert found.url == f"https://github.com/ada/orders-api/blob/{COMMIT}/src/a%20b.py#L10-L12"
    assert found.commit == COMMIT


def test_evidence_in_the_history_opens_its_own_commit_and_shows_no_lines_of_today():
    found = evidence_of(Evidence(path="a.py", line=10, commit=OLD))[0]
    assert found.url == f"https://github.com/ada/orders-api/blob/{OLD}/a.py#L10"
    assert found.snippet is None


def test_one_line_comes_with_its_context():
    found = evidence_of(Evidence(path="a.py", line=10))[0]
    assert (found.snippet_line, found.snippet) == (9, "line 9\nline 10\nline 11\nline 12")


@pytest.mark.parametrize(
    ("place", "shown"),
    [((1, 1), (1, 3)), ((10, 10), (9, 12)), ((10, 12), (9, 14)), ((10, 13), (10, 13)), ((10, 90), (10, 15))],
    ids=["first line", "one line", "short", "no room for context", "long"],
)
def test_at_most_six_lines_are_shown(place, shown):
    assert window(*place) == shown


def test_long_lines_are_cut():
    made = document(
        review(repository("orders-api", finding(Evidence(path="a.py", line=3)))), snippets=lambda *_: "x" * 5000
    )
    snippet = made.repositories[0].findings[0].evidence[0].snippet
    assert len(snippet) == limits.SNIPPET_WIDTH


def test_only_the_foremost_pieces_come_with_lines_and_the_rest_is_counted():
    found = (
        document(
            review(repository("orders-api", finding(*(Evidence(path="a.py", line=n) for n in range(1, 31))))),
            snippets=lines,
        )
        .repositories[0]
        .findings[0]
    )
    assert len(found.evidence) == limits.EVIDENCE
    assert sum(item.snippet is not None for item in found.evidence) == limits.SNIPPETS
    assert found.more_evidence == 30 - limits.EVIDENCE


@pytest.mark.parametrize(
    ("standing", "hidden"),
    [
        (SecretStanding.REAL, True),
        (SecretStanding.HISTORY, True),
        (SecretStanding.TEST, True),
        (SecretStanding.PLACEHOLDER, False),
    ],
)
def test_a_line_with_a_secret_is_hidden_and_its_neighbours_are_not(standing, hidden):
    found = evidence_of(Evidence(path="a.py", line=10), secrets=(secret("a.py", 10, standing),))[0]
    middle = SECRET_LINE if hidden else "line 10"
    assert found.snippet.split("\n") == ["line 9", middle, "line 11", "line 12"]


def test_all_lines_of_a_private_key_are_hidden():
    found = evidence_of(Evidence(path="id_rsa", line=12), secrets=(secret("id_rsa", 10, kind="private key"),))[0]
    assert found.snippet.split("\n") == [SECRET_LINE] * 4


def test_a_secret_of_another_file_hides_nothing_here():
    assert SECRET_LINE not in evidence_of(Evidence(path="a.py", line=10), secrets=(secret("b.py", 10),))[0].snippet


def test_a_token_in_a_path_is_masked_and_leads_nowhere():
    token = "gh" + "p_HostileCanary0123456789abcdefABCDEFxyz"
    found = evidence_of(Evidence(path=f"config/{token}.py", line=1))[0]
    assert token not in found.path
    assert found.url is None


def test_no_address_of_a_person_is_in_the_document():
    step = finding(Evidence(path="a.py", line=1, note="written by eve@example.org"), summary="mail carol@example.org")
    made = document(review(repository("orders-api", step)), snippets=lambda *_: "author = 'dan@example.org'")
    assert b"@" not in render_json(made).replace(b"a%40", b"")


def test_history_counts_people_weeks_and_days():
    found = document(review(repository())).repositories[0].history
    assert (found.commits, found.merges, found.own_commits, found.authors, found.active_days) == (4, 1, 2, 2, 3)
    assert (found.first, found.last) == ("2024-01-01", "2024-03-07")
    assert found.weeks == [("2024-01-01", 0, 1), ("2024-03-04", 2, 0)]
    assert [(person.name, person.own) for person in found.people] == [("Ada", True), ("Bob (e-mail hidden)", False)]


def test_an_incomplete_history_says_why():
    shallow = history(complete=False, reason="history is shallow")
    found = document(review(repository("orders-api", history=shallow))).repositories[0].history
    assert (found.complete, found.reason) == (False, "history is shallow")


def test_shares_are_rounded():
    assert document(review(repository())).repositories[0].own_share == 0.988


def test_statements_that_take_a_value_unbound_are_risks_with_their_lines():
    statement = At(path="db.py", fact=Statement(verb="select", line=10, end_line=10, injection="name is unbound"))
    found = document(review(repository("orders-api", data=facts.Data(statements=(statement,)))), snippets=lines)
    risk = found.repositories[0].sql.injection_risks[0]
    assert (risk.path, risk.line, risk.reason) == ("db.py", 10, "name is unbound")
    assert "line 10" in risk.snippet


def test_real_secrets_come_first_and_their_values_never():
    order = (SecretStanding.PLACEHOLDER, SecretStanding.REAL)
    places = tuple(At(path="a", fact=Secret(kind="key", line=n, standing=s)) for n, s in enumerate(order))
    found = document(review(repository("orders-api", secrets=places))).repositories[0].secrets
    assert [item.standing for item in found] == ["real", "placeholder"]


def test_lists_are_cut_and_the_rest_is_counted():
    endpoints = tuple(Endpoint(method="GET", path=f"/{n}", file="a.py", line=n, framework="Flask") for n in range(2500))
    found = document(review(repository("orders-api", api=facts.Api(endpoints=endpoints)))).repositories[0]
    assert len(found.api.endpoints) == limits.KEPT["endpoints"]
    assert found.left_out == {"endpoints": 500}


def test_a_repository_that_was_not_read_is_listed_with_its_reason():
    item = RepositoryReview(repository=Repository(name="linux"), status=Status.SKIPPED, reason="a fork")
    found = document(review(item)).repositories[0]
    assert (found.status, found.reason, found.strength, found.own_share) == ("skipped", "a fork", None, None)


def test_steps_say_why_they_matter_and_where_to_learn_more():
    check = Check(
        title_shown="Tests assert", title_not_shown="", looks_for="", why="A test that cannot fail protects nothing.",
        advice="", effort=Effort.HOURS, level=2, shown_when="", does_not_count="",
        links=("https://docs.pytest.org/",), pattern="assert response.status_code == 201",
    )  # fmt: skip
    step = document(review(repository()), checks={"tests-assert": check}).next_steps[0]
    assert (step.why, step.link) == (check.why, "https://docs.pytest.org/")
    assert step.pattern == check.pattern


def test_the_first_job_stands_at_the_top():
    made = document(review(repository()))
    assert made.jobs[0].requirements == made.requirements
    assert made.requirements[0].evidence[0].url.endswith("/tests/test_orders.py#L4")


def test_identities_are_named_without_their_addresses():
    assert document(review(repository())).subject.identities == ["Ada", "(e-mail hidden)"]


def test_every_text_of_a_hostile_document_is_bounded_and_can_be_encoded():
    made = cleaned(hostile.document())
    assert isinstance(made, Report)
    texts: list[str] = []
    _collect(msgspec.to_builtins(made), texts)
    assert max(map(len, texts)) <= 2000
    "".join(texts).encode("utf-8")


def _collect(value: object, texts: list[str]) -> None:
    if isinstance(value, str):
        texts.append(value)
    for item in value.values() if isinstance(value, dict) else value if isinstance(value, list | tuple) else ():
        _collect(item, texts)
