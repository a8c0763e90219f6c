"""Are exceptions handled, never swallowed?"""

from __future__ import annotations

from checks.code._judged import SEVERAL, judged_modules, outcome_of
from reviewer.model.check import Check, Depth
from reviewer.model.facts.code import Catch, CatchBody
from reviewer.model.facts.repository import Code
from reviewer.model.facts.values import At
from reviewer.model.finding import Effort, Verdict
from reviewer.model.verdict import could_not_tell, count, evidence, not_applicable

NARROW = frozenset(
    "KeyError ValueError IndexError AttributeError FileNotFoundError ImportError ModuleNotFoundError StopIteration "
    "ObjectDoesNotExist DoesNotExist ProcessLookupError BrokenPipeError KeyboardInterrupt CancelledError Full "
    "NumberFormatException FormatException ParseException InterruptedException OperationCanceledException "
    "TaskCanceledException ObjectDisposedException CancellationException "
    "Empty".split()
)
"""Exceptions that a program may expect; passing over one of these alone is a decision, not an oversight."""
BROAD = frozenset("Exception BaseException StandardError Error error err Throwable object".split())
BY_NAME = (".py", ".ipynb", ".rb", ".rake", ".go")
"""Suffixes of the languages in which nothing has to be caught: who names an exception there expects it."""
ENOUGH, SOME = 0.9, 0.6
FEW = 3
"""Handlers below which an empty one may well be meant."""

CHECK = Check(
    title_shown="Exceptions are handled",
    title_partly="Some exceptions are swallowed",
    title_not_shown="Many exceptions are swallowed",
    looks_for="Handlers that do nothing with what they catch.",
    why="A swallowed exception is a fault that nobody hears of until customers do.",
    advice="Log or answer the exception in the listed handlers, and name the type that is expected.",
    effort=Effort.HOURS,
    level=2,
    shown_when="At least 90 % of the handlers do something with what they catch; partly from 60 %. One or two, of "
    "which any does nothing, are too few to judge; one that does nothing among fewer than eight is left open.",
    does_not_count="Passing over an exception that is named and expected, such as KeyError or a timeout; an empty body "
    "with a comment that gives the reason, in it or right above one line; a value to go on with in its place; "
    "a handler that only raises again what it caught; "
    "what runs under a development condition; tests, migrations, and scripts beside a server. "
    "One handler more or less does not change the outcome.",
    computed="Looks at every handler in parsed server code (catch, except, rescue, Go's test of err) and whether "
    "its body "
    "does anything: raise, log, answer, or another statement. The shares are this project's own.",
    limits="A body that does something useless counts as handled. Any comment in words counts as a reason, but not a "
    "TODO, a mark for a tool, or code put aside.",
    links=("https://rules.sonarsource.com/java/RSPEC-108/", "https://docs.python.org/3/tutorial/errors.html"),
    skills=("Code quality",),
    needs=(Depth.FUNCTIONS,),
    before="""\
try:
    send_receipt(order)
except Exception:
    pass""",
    pattern="""\
try:
    send_receipt(order)
except MailError:
    logger.exception("receipt of order %s was not sent", order.id)""",
)


def run(code: Code) -> Verdict:
    """The share of handlers that swallow."""
    catches = _judged(code)
    if not catches:
        return not_applicable("No exception handler.")
    empty = [item for item in catches if _swallows(item)]
    if empty and len(catches) < FEW:
        return not_applicable(f"{count(len(catches), 'exception handler')}: too few to judge.")
    handled = [item for item in catches if not _swallows(item)]
    if len(empty) == 1 and len(catches) < SEVERAL:
        return could_not_tell(f"1 of {len(catches)} exception handlers does nothing; a single one may well be meant.")
    return Verdict(
        outcome=outcome_of(len(handled), len(catches), ENOUGH, SOME),
        summary=f"{len(handled)} of {count(len(catches), 'exception handler')} do something with what they catch.",
        evidence=evidence(empty[:6], "swallows what it catches") if empty else evidence(handled[:2], "handles it"),
    )


def _judged(code: Code) -> list[At[Catch]]:
    paths = {file.path for file in judged_modules(code)}
    return [item for item in code.catches if item.path in paths and item.fact.does is not CatchBody.PASSED]


def _swallows(item: At[Catch]) -> bool:
    names = {name.rpartition(".")[2] for name in item.fact.types}
    if item.fact.does is not CatchBody.EMPTY or item.fact.explained:
        return False
    expected = bool(names) and (names <= NARROW or (item.path.endswith(BY_NAME) and names.isdisjoint(BROAD)))
    return not expected
