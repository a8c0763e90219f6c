"""Are exceptions handled, never swallowed?"""

from __future__ import annotations

from reviewer.model.check import Check, Depth
from reviewer.model.facts.code import Catch, CatchBody
from reviewer.model.facts.repository import Code
from reviewer.model.facts.values import At
from reviewer.model.finding import Effort, Verdict
from reviewer.model.verdict import by_share, count, evidence, not_applicable

NARROW = frozenset(
    "KeyError ValueError IndexError AttributeError FileNotFoundError ImportError ModuleNotFoundError StopIteration "
    "ObjectDoesNotExist DoesNotExist ProcessLookupError BrokenPipeError KeyboardInterrupt CancelledError Full "
    "Empty".split()
)
"""Exceptions that a program may expect; passing over one of these alone is a decision, not an oversight."""
ENOUGH, SOME = 0.9, 0.6

CHECK = Check(
    title_shown="Exceptions are handled",
    title_not_shown="Exceptions are swallowed",
    looks_for="Handlers that do nothing, and bare ones that catch everything without raising or logging.",
    why="A swallowed exception is a fault that nobody hears of until customers do.",
    advice="Log or answer the exception in the listed handlers, and name the type that is expected.",
    effort=Effort.HOURS,
    level=2,
    shown_when="At least 90 % of the handlers do something with what they catch; partly from 60 %.",
    does_not_count="Passing over one expected exception such as KeyError.",
    skills=("Code quality",),
    needs=(Depth.FUNCTIONS,),
)


def run(code: Code) -> Verdict:
    """The share of handlers that swallow."""
    if not code.catches:
        return not_applicable("No exception handler.")
    empty = [item for item in code.catches if _swallows(item)]
    handled = [item for item in code.catches if item not in empty]
    return Verdict(
        outcome=by_share(len(handled) / len(code.catches), ENOUGH, SOME),
        summary=f"{len(handled)} of {count(len(code.catches), 'exception handler')} do something with what they catch.",
        evidence=evidence(empty[:6], "swallows what it catches") if empty else evidence(handled[:2], "handles it"),
    )


def _swallows(item: At[Catch]) -> bool:
    names = {name.rpartition(".")[2] for name in item.fact.types}
    expected = bool(names) and names <= NARROW
    return (item.fact.does is CatchBody.EMPTY and not expected) or (_bare(item) and item.fact.does is CatchBody.EMPTY)


def _bare(item: At[Catch]) -> bool:
    return not item.fact.types and item.path.endswith((".py", ".ipynb"))
