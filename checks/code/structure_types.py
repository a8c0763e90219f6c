"""Are types written where the language offers them?"""

from __future__ import annotations

from checks.code._judged import judged_functions, outcome_of
from reviewer.model.check import Check, Depth
from reviewer.model.facts.code import Function
from reviewer.model.facts.repository import Code
from reviewer.model.facts.values import At
from reviewer.model.finding import Effort, Outcome, Verdict
from reviewer.model.verdict import count, evidence, not_applicable

ENOUGH, SOME = 0.6, 0.2
FEW = 5
JUDGED = (".py", ".ipynb", ".ts", ".tsx", ".mts", ".cts")
"""Suffixes of the languages whose types are judged here: older PHP could not write many of them."""

CHECK = Check(
    title_shown="Types are written",
    title_partly="Types are written in places",
    title_not_shown="Few types are written",
    looks_for="Annotated functions in Python, and typed parameters in TypeScript.",
    why="Types tell the next developer what goes in and out, and a checker finds the rest.",
    advice="Annotate the functions that other modules call, and run a type checker in CI.",
    effort=Effort.HOURS,
    level=3,
    shown_when="At least 60 % of the functions with parameters are typed; partly from 20 %.",
    does_not_count="JavaScript, which has no types to write, languages that do not compile without, functions without "
    "parameters, callbacks and functions of objects whose types follow from what takes them, scripts beside a "
    "server, and programs in Python 2.",
    computed="Counts the parsed functions of Python and TypeScript with parameters: typed is one with a type for every "
    "parameter, or in Python for what it returns; in TypeScript a default value is a type. The shares are this "
    "project's own.",
    limits="Types in comments and stub files are not read; any counts as a type. Types of PHP and Ruby are not judged.",
    links=("https://docs.python.org/3/library/typing.html", "https://www.typescriptlang.org/tsconfig/#noImplicitAny"),
    skills=("Code quality",),
    needs=(Depth.FUNCTIONS,),
    before="""\
def total(order, rate):
    return order.sum * rate""",
    pattern="""\
def total(order: Order, rate: Decimal) -> Decimal:
    return order.sum * rate""",
)


def run(code: Code) -> Verdict:
    """The share of typed functions."""
    functions = [item for item in judged_functions(code) if item.path.endswith(JUDGED)]
    judged = [item for item in _new(functions) if item.fact.typed is not None and item.fact.parameters]
    if len(judged) < FEW:
        return not_applicable("Too few functions in a language with optional types.")
    typed = [item for item in judged if item.fact.typed]
    untyped = [item for item in judged if not item.fact.typed]
    told = outcome_of(len(typed), len(judged), ENOUGH, SOME)
    return Verdict(
        outcome=told,
        summary=f"{len(typed)} of {count(len(judged), 'function')} with parameters are typed; 60 % are looked for.",
        evidence=evidence(typed[:2], "typed") if told is Outcome.SHOWN else evidence(untyped[:4], "no types"),
    )


def _new(functions: list[At[Function]]) -> list[At[Function]]:
    """The functions without those of Python, where a file can only be of Python 2 and none writes a type."""
    python = [item for item in functions if item.path.endswith(".py")]
    old = any(item.fact.typed is None for item in python) and not any(item.fact.typed for item in python)
    return [item for item in functions if not item.path.endswith(".py")] if old else functions
