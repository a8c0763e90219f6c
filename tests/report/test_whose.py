"""Whose work counts, in a sentence: the names that were taken for the candidate."""

from __future__ import annotations

import msgspec
import pytest

from reviewer.model.document import AuthorPart, Report
from reviewer.report.page.whose import whose
from tests.report.parts import history, repository
from tests.report.samples import candidate

ADA = AuthorPart(name="Ada", commits=30, own=True, bot=False, also=["ada-dev"], addresses=2)
BOT = AuthorPart(name="dependabot[bot]", commits=9, own=False, bot=True)
KIM = AuthorPart(name="Kim", commits=5, own=False, bot=False)


def drawn(*repositories: object, named: bool = True) -> Report:
    """A report on some repositories."""
    report = candidate()
    subject = msgspec.structs.replace(report.subject, named=named)
    return msgspec.structs.replace(report, subject=subject, repositories=list(repositories))


def one(name: str, *people: AuthorPart, own: int = 30, commits: int = 44, **more: object) -> object:
    """A repository with these people."""
    return repository(name, history=history(people=list(people), own_commits=own, commits=commits), **more)


SAID = {
    "every name of one person": (
        [one("shop", ADA, BOT, KIM)], True,
        "The work of Ada and ada-dev counts: 30 of 44 commits in 1 repository.",
    ),
    "several repositories": (
        [one("shop", ADA), one("blog", ADA, own=10, commits=10)], True,
        "The work of Ada and ada-dev counts: 40 of 54 commits in 2 repositories.",
    ),
    "nobody was named": (
        [one("shop", ADA, KIM)], False,
        "The work of Ada and ada-dev counts: 30 of 44 commits in 1 repository. "
        "Nobody was named; name the candidate with `--me`.",
    ),
    "nobody dominates": (
        [one("shop", KIM, own_share=None)], False,
        "Nobody is named and nobody dominates: everyone's work counts.",
    ),
    "nothing was reviewed": ([one("shop", KIM, status="skipped")], True, ""),
}  # fmt: skip


@pytest.mark.parametrize(("repositories", "named", "said"), SAID.values(), ids=SAID)
def test_whose_work_counts(repositories: list, named: bool, said: str) -> None:
    assert whose(drawn(*repositories, named=named)) == said


def test_many_names_are_counted() -> None:
    many = msgspec.structs.replace(ADA, also=[f"name {n}" for n in range(7)])
    assert "Ada, name 0, name 1, name 2, name 3 and 3 more names count" in whose(drawn(one("shop", many)))
