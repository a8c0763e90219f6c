"""Reviews that are kept between runs: when one comes back, when not, and that none tells less than a new one."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import msgspec
import pytest

from reviewer import engine, kept
from reviewer.gather.repository import gather
from reviewer.gather.tools import Tools
from reviewer.gather.worker import Pool
from reviewer.judging import judged
from reviewer.kept import KeptReviews, Question
from reviewer.model.facts.repository import Problem
from reviewer.model.repository import Repository, Status
from reviewer.model.review import RepositoryReview
from reviewer.report.evidence import Writer
from reviewer.report.repository import repository_part
from reviewer.sources.local import open_local
from reviewer.store import Store
from tests.e2e import samples


@pytest.fixture(scope="module")
def question(tmp_path_factory: pytest.TempPathFactory) -> Question:
    """A shop of Ada's."""
    folder = samples.shop(tmp_path_factory.mktemp("kept") / "shop")
    opened = open_local(str(folder), None, tmp_path_factory.mktemp("opened"))
    return Question(Repository(name="shop", owner="ada"), opened, ("ada",), ())


@pytest.fixture(scope="module")
def tools(pool: Pool) -> Tools:
    """Without a cache."""
    return Tools(pool, Store(None))


@pytest.fixture(scope="module")
def review(question: Question, tools: Tools) -> RepositoryReview:
    """Its review."""
    made = judged(question, tools)
    assert made.status is Status.REVIEWED
    assert made.findings
    return made


@pytest.fixture
def reviews(tmp_path: Path) -> Iterator[KeptReviews]:
    """An empty cache."""
    with Store(tmp_path) as store:
        yield KeptReviews(store)


def test_a_kept_review_comes_back_as_it_was(question: Question, review: RepositoryReview, reviews: KeptReviews) -> None:
    assert reviews.get(question) is None
    reviews.put(question, review)
    assert reviews.get(question) == review


OTHERS: dict[str, Callable[[Question], Question]] = {
    "about somebody else": lambda it: replace(it, who=("bob",)),
    "about nobody": lambda it: replace(it, who=()),
    "of another owner": lambda it: replace(it, repository=msgspec.structs.replace(it.repository, owner="bob")),
    "of another commit": lambda it: replace(it, opened=replace(it.opened, commit="0" * 40)),
    "of another branch": lambda it: replace(it, opened=replace(it.opened, branch="next")),
    "of a shallow clone": lambda it: replace(it, opened=replace(it.opened, shallow=True)),
    "of a fork whose upstream is known": lambda it: replace(it, upstream=("0" * 40,)),
}


@pytest.mark.parametrize("other", OTHERS.values(), ids=OTHERS.keys())
def test_another_question_has_another_answer(
    other: Callable[[Question], Question], question: Question, review: RepositoryReview, reviews: KeptReviews
) -> None:
    reviews.put(question, review)
    assert reviews.get(other(question)) is None


def test_a_folder_that_is_opened_anew_is_the_same_question(question: Question) -> None:
    again = replace(question, opened=replace(question.opened, git_dir="/elsewhere"))
    assert again.key == question.key


@pytest.mark.parametrize("what", ["file", "history"])
def test_what_a_limit_on_time_cut_is_not_kept(
    what: str, question: Question, review: RepositoryReview, reviews: KeptReviews
) -> None:
    assert review.facts is not None
    problem = Problem(path="slow.py" if what == "file" else None, what="took longer than the limit", clock=True)
    cut = msgspec.structs.replace(review.facts, problems=(*review.facts.problems, problem))
    reviews.put(question, msgspec.structs.replace(review, facts=cut))
    assert reviews.get(question) is None


@pytest.mark.parametrize("data", [b"", b"\xc1", msgspec.msgpack.encode({"status": "reviewed"})])
def test_what_cannot_be_understood_is_made_anew(data: bytes, question: Question, reviews: KeptReviews) -> None:
    reviews.store.put_many([(question.key, data)])
    assert reviews.get(question) is None


def test_reports_lose_nothing_by_what_is_let_go(question: Question, review: RepositoryReview, tools: Tools) -> None:
    facts = gather(question.repository, question.opened, question.who, "ada", tools)
    whole = msgspec.structs.replace(review, facts=facts)
    assert review.facts != facts
    assert repository_part(review, Writer(review)) == repository_part(whole, Writer(whole))


def _changed(file: Path) -> None:
    file.write_text("FOUND = 2 + 2\n", "utf-8")


def _touched(file: Path) -> None:
    os.utime(file, ns=(1, 1))


def _joined(file: Path) -> None:
    (file.parent / "rules.toml").write_text("", "utf-8")


def _compiled(file: Path) -> None:
    (file.parent / "__pycache__").mkdir()
    (file.parent / "__pycache__" / "check.pyc").write_bytes(b"")


PROGRAMS = {
    "a changed check": (_changed, False),
    "a check with another time": (_touched, False),
    "a new file beside it": (_joined, False),
    "a compiled module": (_compiled, True),
}


@pytest.mark.parametrize(("change", "same"), PROGRAMS.values(), ids=PROGRAMS.keys())
@pytest.mark.parametrize("form", ["package", "module"])
def test_a_changed_check_of_any_package_makes_every_review_anew(
    form: str, change: Callable[[Path], None], same: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "check.py"
    file.write_text("FOUND = 2\n", "utf-8")
    module = SimpleNamespace(__file__=str(file), **({"__path__": [str(tmp_path)]} if form == "package" else {}))
    monkeypatch.setitem(sys.modules, "foreign", module)
    foreign = SimpleNamespace(run=SimpleNamespace(__module__="foreign.area.check"))
    monkeypatch.setattr(engine, "catalogue", lambda: (foreign,))
    before = kept.program.__wrapped__()
    change(file)
    beside = change is _joined and form == "module"
    assert (kept.program.__wrapped__() == before) is (same or beside)
