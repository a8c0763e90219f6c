"""Every check against its cases: ``tests/cases/<check id>.yml``.

A case has ``id``, ``files`` (path to text) or ``commits`` (see tests/project.py), and what the check must say:
``outcome``, and optionally ``places`` (path:line of evidence, in any order, all of them), ``says`` (a part of the
summary), ``confidence``, ``subject`` (the name, for families), ``me`` (whose work counts), ``pulls``
(what a host told of them).
"""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest
import yaml

import checks
from reviewer import engine
from reviewer.gather import registry
from reviewer.gather.credit import credited
from reviewer.gather.worker import Pool
from reviewer.model.check import Check
from reviewer.model.facts.pulls import Pulls
from reviewer.model.finding import Finding
from tests.project import facts_of, gathered, make_repository

FOLDER = Path(__file__).parent.parent / "cases"
CASES = [
    pytest.param(file.stem, case, id=f"{file.stem}[{case['id']}]")
    for file in sorted(FOLDER.glob("*.yml"))
    for case in yaml.safe_load(file.read_text(encoding="utf-8"))
]


def _finding(check: str, case: dict, tmp_path: Path, pool: Pool) -> Finding:
    if "commits" in case:
        repository = make_repository(tmp_path / "repo", case["commits"])
        facts = gathered(repository, tmp_path / "work", pool, tuple(case.get("me", ())))
    else:
        facts = facts_of(case["files"])
    if "pulls" in case:
        facts = msgspec.structs.replace(facts, pulls=msgspec.convert(case["pulls"], Pulls))
    ident = engine.family_id(check, case["subject"]) if "subject" in case else check
    loaded = tuple(item for item in engine.catalogue() if item.id == ident)
    assert loaded, f"no check {ident}"
    depths = {language.name: language.depth for language in registry.languages().values()}
    return engine.run_checks(loaded, credited(facts), depths)[0]


@pytest.mark.parametrize(("check", "case"), CASES)
def test_check(check: str, case: dict, tmp_path: Path, pool: Pool) -> None:
    finding = _finding(check, case, tmp_path, pool)
    assert finding.outcome == case["outcome"], finding.summary
    if "says" in case:
        assert case["says"] in finding.summary
    if "confidence" in case:
        assert finding.confidence == case["confidence"]
    if "places" in case:
        assert sorted(f"{place.path}:{place.line}" for place in finding.evidence) == sorted(case["places"])


def test_every_check_has_cases_of_each_kind() -> None:
    """Shown, not shown or partly, and one in which there is nothing to judge or a look-alike."""
    families = {path.name for path in FOLDER.glob("*.yml")}
    for item in engine.catalogue():
        stem = item.id if item.subject is None else _family_stem(item.id, item.subject)
        assert f"{stem}.yml" in families, f"{item.id} has no cases"


SAMPLE_LINES, SAMPLE_WIDTH = 6, 88
"""What a sample of code may take in a report."""


@pytest.mark.parametrize(("ident", "check"), [(ident, module.CHECK) for _, ident, module in checks.modules()])
def test_every_check_explains_itself_whole(ident: str, check: Check) -> None:
    """How it is computed, what it cannot see, where to learn more; a family has no one sample for all its names."""
    assert check.computed, ident
    assert check.limits, ident
    assert check.links, ident
    assert all(link.startswith("https://") for link in check.links)
    samples = [check.before, check.pattern]
    assert all(samples) or check.family
    for lines in (sample.split("\n") for sample in samples):
        assert len(lines) <= SAMPLE_LINES
        assert max(map(len, lines)) <= SAMPLE_WIDTH


def _family_stem(ident: str, subject: str) -> str:
    for file in FOLDER.glob("*.yml"):
        if "-" in file.stem and engine.family_id(file.stem, subject) == ident:
            return file.stem
    return ident
