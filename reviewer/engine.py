"""Loads the checks, gives each the facts that it names, and turns whatever goes wrong into "could not tell"."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from functools import cache
from importlib.metadata import entry_points
from types import ModuleType

import msgspec

import checks
from reviewer.model.check import Check, Depth, LoadedCheck
from reviewer.model.facts.repository import LanguageUse, RepositoryFacts
from reviewer.model.finding import Confidence, Finding, Outcome, Verdict
from reviewer.skills.taxonomy import FAMILIES, Taxonomy

ENTRY_POINTS = "reviewer.checks"
EVIDENCE_MOST = 40
UNREAD_SHARE = 0.3
UNREAD_LINES = 200
SERVE_NOTHING = frozenset({"C", "Assembly", "Fortran", "Pascal", "MATLAB", "Shell", "PowerShell", "Objective-C", "R"})
"""Languages in which hardly anybody writes a server: that they are not read hides no route."""
"""Share and number of the own server lines in languages that are not read, above which absence proves nothing."""
FACT_NAMES = frozenset(RepositoryFacts.__struct_fields__) | {"subject", "facts"}


class CheckError(Exception):
    """A check that is not well made; says which and what is wrong. Raised at start, never during a review."""


def load_checks(taxonomy: Taxonomy) -> tuple[LoadedCheck, ...]:
    """Every check, ours and those of installed packages, families unfolded, by area and id.

    Raises:
        CheckError: two checks of one id, an unknown fact or skill, or an empty text.
    """
    loaded: dict[str, LoadedCheck] = {}
    for area, ident, module in [*checks.modules(), *_foreign()]:
        for item in _unfolded(area, ident, module, taxonomy):
            if item.id in loaded:
                raise CheckError(f"{item.id}: two checks have this id")
            loaded[item.id] = item
    return tuple(sorted(loaded.values(), key=lambda item: (item.area, item.id)))


@cache
def catalogue() -> tuple[LoadedCheck, ...]:
    """`load_checks` with the built-in vocabulary, once per process."""
    return load_checks(Taxonomy.built_in())


def run_checks(
    loaded: tuple[LoadedCheck, ...], facts: RepositoryFacts, depths: dict[str, frozenset[Depth]]
) -> list[Finding]:
    """What every check says of one repository.

    Args:
        loaded: from `load_checks`.
        facts: of which only what the candidate wrote is left (`reviewer.gather.credit`).
        depths: how deep each language is read.
    """
    return [_finding(item, facts, depths) for item in loaded]


def _finding(item: LoadedCheck, facts: RepositoryFacts, depths: dict[str, frozenset[Depth]]) -> Finding:
    verdict = _supported(item, facts, depths, _verdict(item, facts))
    lacks = verdict.outcome in (Outcome.PARTLY, Outcome.NOT_SHOWN)
    titles = {Outcome.PARTLY: item.check.title_partly, Outcome.NOT_SHOWN: item.check.title_not_shown}
    title = titles.get(verdict.outcome, item.check.title_shown) or item.check.title_not_shown
    kept = verdict.evidence[:EVIDENCE_MOST]
    return Finding(
        check=item.id,
        area=item.area,
        title=title,
        outcome=verdict.outcome,
        confidence=verdict.confidence,
        summary=verdict.summary,
        level=item.check.level,
        weight=item.check.weight,
        skills=item.check.skills,
        advice=verdict.advice or item.check.advice if lacks else verdict.advice,
        at=verdict.at or next((place.path for place in kept), None),
        effort=item.check.effort if lacks else None,
        evidence=kept,
        more_evidence=len(verdict.evidence) - len(kept),
        subject=item.subject,
    )


def _verdict(item: LoadedCheck, facts: RepositoryFacts) -> Verdict:
    given = {name: getattr(facts, name) for name in item.facts if name not in ("subject", "facts")}
    if "facts" in item.facts:
        given["facts"] = facts
    if "subject" in item.facts:
        given["subject"] = item.subject
    try:
        verdict = item.run(**given)
        why = "" if isinstance(verdict, Verdict) else f"it gave a {type(verdict).__name__}, no verdict"
    except Exception as error:  # the one broad except of the house: a faulty check must not end a review
        why = type(error).__name__
    if why:
        return Verdict(outcome=Outcome.COULD_NOT_TELL, summary=f"The check itself failed ({why}); please report it.")
    return verdict


def _supported(
    item: LoadedCheck, facts: RepositoryFacts, depths: dict[str, frozenset[Depth]], verdict: Verdict
) -> Verdict:
    """Absence in a language that is not read proves nothing; a guess never blames."""
    if verdict.outcome in (Outcome.NOT_SHOWN, Outcome.NOT_APPLICABLE) and item.check.needs:
        unread = _unread(facts.project.languages, item.check.needs, depths)
        named = [*unread, *facts.project.unread] if Depth.ROUTES in item.check.needs else unread
        if named:
            what = ", ".join(dict.fromkeys(named))
            return Verdict(outcome=Outcome.NOT_SUPPORTED, summary=f"Not judged: {what} is not read for this yet.")
    if verdict.outcome is Outcome.NOT_SHOWN and verdict.confidence is Confidence.GUESS:
        summary = f"Not told for certain, so it lowers nothing. {verdict.summary}"
        return msgspec.structs.replace(verdict, outcome=Outcome.COULD_NOT_TELL, summary=summary)
    return verdict


def _unread(
    languages: tuple[LanguageUse, ...], needs: tuple[Depth, ...], depths: dict[str, frozenset[Depth]]
) -> list[str]:
    passed = SERVE_NOTHING if Depth.ROUTES in needs else frozenset()
    server = [use for use in languages if use.role in ("server", "tests") and use.own_lines and use.name not in passed]
    total = sum(use.own_lines for use in server)
    lacking = [use for use in server if not set(needs) <= depths.get(use.name, frozenset())]
    if sum(use.own_lines for use in lacking) > max(UNREAD_SHARE * total, UNREAD_LINES):
        return sorted({use.name for use in lacking})
    return []


def _foreign() -> Iterator[tuple[str, str, ModuleType]]:
    for entry in sorted(entry_points(group=ENTRY_POINTS), key=lambda item: item.name):
        try:
            module = entry.load()
        except (ImportError, AttributeError, SyntaxError) as error:
            raise CheckError(f"{entry.name}: {entry.value} cannot be loaded: {error}") from None
        if not isinstance(module, ModuleType):
            raise CheckError(f"{entry.name}: the entry point {entry.value} is no module")
        yield getattr(module, "AREA", "other"), entry.name, module


def _unfolded(area: str, ident: str, module: ModuleType, taxonomy: Taxonomy) -> Iterator[LoadedCheck]:
    check, run = getattr(module, "CHECK", None), getattr(module, "run", None)
    if not isinstance(check, Check) or not callable(run):
        raise CheckError(f"{ident}: needs CHECK, a Check, and run, a function")
    names = tuple(inspect.signature(run).parameters)
    _validate(ident, check, names, taxonomy)
    if check.family is None:
        yield LoadedCheck(id=ident, area=area, check=check, run=run, facts=names)
        return
    for name in taxonomy.group(check.family):
        texts = {
            field: value.replace("{name}", name)
            for field in check.__struct_fields__
            if isinstance(value := getattr(check, field), str) and field != "effort"
        }
        own = msgspec.structs.replace(check, skills=(name,), **texts)
        yield LoadedCheck(id=family_id(ident, name), area=area, check=own, run=run, facts=names, subject=name)


def family_id(ident: str, name: str) -> str:
    """``lang-use`` for Python is ``lang-python-use``."""
    head, _, tail = ident.partition("-")
    slug = name.lower().replace("c#", "csharp").replace(".", "").replace(" ", "-")
    return f"{head}-{slug}-{tail}"


def _validate(ident: str, check: Check, names: tuple[str, ...], taxonomy: Taxonomy) -> None:
    unknown = sorted(set(names) - FACT_NAMES)
    if unknown:
        raise CheckError(f"{ident}: no facts are called {', '.join(unknown)}")
    empty = [
        name
        for name in ("title_shown", "title_not_shown", "looks_for", "why", "advice", "shown_when")
        if not getattr(check, name)
    ]
    if empty:
        raise CheckError(f"{ident}: empty text: {', '.join(empty)}")
    if not 1 <= check.level <= 4:
        raise CheckError(f"{ident}: level {check.level} is not on the ladder")
    if check.family is not None and check.family not in FAMILIES:
        raise CheckError(f"{ident}: no family is called {check.family}; there are {', '.join(FAMILIES)}")
    if check.family is None and not check.skills:
        raise CheckError(f"{ident}: speaks for no skill")
    missing = [skill for skill in check.skills if not taxonomy.knows(skill)]
    if missing:
        raise CheckError(f"{ident}: unknown skill {', '.join(missing)}")
