"""Short ways to say a verdict, for checks: outcome, one sentence with its numbers, evidence."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from reviewer.model.facts.routing import Endpoint
from reviewer.model.facts.values import At, Place
from reviewer.model.finding import Confidence, Evidence, Outcome, Verdict

LIKELY = Confidence.LIKELY
CERTAIN = Confidence.CERTAIN


def evidence(items: Iterable[Any], note: str = "") -> tuple[Evidence, ...]:
    """Places of facts (`At`, `Place`, `Endpoint`) as evidence, each line once, with a short note."""
    found: dict[tuple[str, int], Evidence] = {}
    for item in items:
        one = _one(item, note)
        found.setdefault((one.path, one.line), one)
    return tuple(found.values())


def shown(summary: str, places: Iterable[Evidence] = (), confidence: Confidence = CERTAIN) -> Verdict:
    """It is there."""
    return Verdict(outcome=Outcome.SHOWN, summary=summary, evidence=tuple(places), confidence=confidence)


def partly(summary: str, places: Iterable[Evidence] = (), confidence: Confidence = CERTAIN, **more: Any) -> Verdict:  # noqa: ANN401
    """Some of it is there. ``more`` may name ``advice`` and ``at``."""
    return Verdict(outcome=Outcome.PARTLY, summary=summary, evidence=tuple(places), confidence=confidence, **more)


def not_shown(summary: str, places: Iterable[Evidence] = (), confidence: Confidence = CERTAIN, **more: Any) -> Verdict:  # noqa: ANN401
    """It was looked for and is not there, or the opposite is. ``more`` may name ``advice`` and ``at``."""
    return Verdict(outcome=Outcome.NOT_SHOWN, summary=summary, evidence=tuple(places), confidence=confidence, **more)


def not_applicable(summary: str) -> Verdict:
    """There is nothing for the check to judge."""
    return Verdict(outcome=Outcome.NOT_APPLICABLE, summary=summary)


def could_not_tell(summary: str) -> Verdict:
    """Something that the check needs could not be read."""
    return Verdict(outcome=Outcome.COULD_NOT_TELL, summary=summary)


def by_share(share: float, enough: float, some: float) -> Outcome:
    """The outcome of a share (0..1): shown from ``enough`` on, partly from ``some`` on."""
    if share >= enough - 1e-9:
        return Outcome.SHOWN
    return Outcome.PARTLY if share >= some - 1e-9 else Outcome.NOT_SHOWN


def reaches(part: int, whole: int, bound: float) -> bool:
    """Whether a share reaches a bound, or lacks one item and a tenth at most: one misread item decides nothing."""
    return part >= bound * whole - 1e-9 or (part + 1 >= bound * whole and part >= 0.9 * bound * whole)


def count(number: int, noun: str, plural: str | None = None) -> str:
    """``1 test``, ``3 tests``."""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


def _one(item: At[Any] | Place | Endpoint | Evidence, note: str) -> Evidence:
    if isinstance(item, Evidence):
        return item
    if isinstance(item, Place):
        return Evidence(path=item.path, line=item.line, end_line=item.end_line or item.line, note=note)
    if isinstance(item, Endpoint):
        said = f"{item.method} {item.path}"
        return Evidence(path=item.file, line=item.line, end_line=item.line, note=f"{said}: {note}" if note else said)
    line = getattr(item.fact, "line", 0)
    return Evidence(path=item.path, line=line, end_line=getattr(item.fact, "end_line", 0) or line, note=note)
