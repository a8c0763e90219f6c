"""Is deep nesting rare?"""

from __future__ import annotations

from checks.code._judged import judged_functions, outcome_of
from reviewer.model.check import Check, Depth
from reviewer.model.facts.repository import Code
from reviewer.model.finding import Effort, Verdict
from reviewer.model.verdict import count, evidence, not_applicable

DEEP = 4
ENOUGH, SOME = 0.97, 0.9
FEW = 5

CHECK = Check(
    title_shown="Deep nesting is rare",
    title_partly="Some functions nest deeply",
    title_not_shown="Many functions nest deeply",
    looks_for="Functions with blocks nested deeper than four.",
    why="Each level is one more thing to hold in mind while reading.",
    advice="Turn the outer conditions into early returns, and the inner loop into a function.",
    effort=Effort.HOURS,
    level=2,
    shown_when="At most 3 % of the functions nest deeper than 4; partly up to 10 %.",
    does_not_count="Callbacks, which count as functions of their own; tests, migrations, generated code, and "
    "scripts beside "
    "a server.",
    computed="Measures for each parsed function how many blocks (conditions, loops, handlers) lie in each other. "
    "ESLint's "
    "max-depth allows 4 by default; the shares are this project's own.",
    limits="Chains of callbacks and of promises are not nesting here.",
    links=("https://eslint.org/docs/latest/rules/max-depth",),
    skills=("Code quality",),
    needs=(Depth.FUNCTIONS,),
    before="""\
for order in orders:
    if order.open:
        if order.items:
            for item in order.items: ...""",
    pattern="""\
for order in open_orders(orders):
    ship(order.items)""",
)


def run(code: Code) -> Verdict:
    """The share of flat functions."""
    functions = judged_functions(code)
    if len(functions) < FEW:
        return not_applicable(f"{count(len(functions), 'function')}: too few to judge.")
    deep = sorted((item for item in functions if item.fact.nesting > DEEP), key=lambda item: -item.fact.nesting)
    return Verdict(
        outcome=outcome_of(len(functions) - len(deep), len(functions), ENOUGH, SOME),
        summary=f"{len(deep)} of {count(len(functions), 'function')} nest deeper than {DEEP} blocks.",
        evidence=evidence(deep[:5], "nests deeply") if deep else evidence(functions[:1], "flat"),
    )
