"""Are functions simple enough to be tested?"""

from __future__ import annotations

from checks.code._judged import judged_functions, outcome_of, without_lists
from reviewer.model.check import Check, Depth
from reviewer.model.facts.code import Function
from reviewer.model.facts.repository import Api, Code
from reviewer.model.facts.values import At
from reviewer.model.finding import Effort, Evidence, Outcome, Verdict
from reviewer.model.verdict import count, not_applicable, not_shown, partly, shown

SIMPLE, WORST = 10, 25
"""McCabe (1976) names 10 as a reasonable limit; above 25 nobody tests all paths."""
ENOUGH, SOME = 0.9, 0.75
RARE = 0.01
"""Share of functions above the worst that is still passed: one in hundreds tells nothing of the others."""
MANY = 50
"""Functions of which one above the worst is rare."""
FEW = 5

CHECK = Check(
    title_shown="Functions are simple",
    title_partly="A few functions with many paths",
    title_not_shown="Many functions with many paths",
    looks_for="The cyclomatic complexity of each own function: 1 plus its decisions.",
    why="Every path through a function wants a test; above ten, people stop writing them.",
    advice="Split the listed functions: return early, move a branch into a function of its own, use a table.",
    effort=Effort.HOURS,
    level=2,
    shown_when="At least 90 % of the functions have a complexity of at most 10, and at most one in a hundred "
    "(one from 50 functions on) is above 25; partly from 75 %.",
    does_not_count="Tests, migrations, vendored and generated code, scripts beside a server, and functions that "
    "declare several routes, whose branches are those of the handlers inside.",
    computed="Parses every own server file and counts 1 for each function plus 1 for each decision in it (McCabe "
    "1976, as "
    "radon and lizard count). 10 is McCabe's limit; 25 is this project's.",
    limits="Callbacks without a name count as functions in JavaScript only. Decisions in tables or in regular "
    "expressions are not seen.",
    links=("https://en.wikipedia.org/wiki/Cyclomatic_complexity", "https://radon.readthedocs.io/en/latest/intro.html"),
    skills=("Code quality",),
    needs=(Depth.FUNCTIONS,),
    before="""\
def price(order):
    if order.kind == "gift":
        if order.country == "FR": return 3
        elif order.country == "DE": return 4
    elif order.kind == "sale": ...""",
    pattern="""\
FEES = {("gift", "FR"): 3, ("gift", "DE"): 4}

def price(order):
    return FEES[order.kind, order.country]""",
)


def run(code: Code, api: Api) -> Verdict:
    """The share of simple functions, and the worst five."""
    functions = without_lists(judged_functions(code), api)
    if len(functions) < FEW:
        return not_applicable(f"{count(len(functions), 'function')}: too few to judge.")
    simple = [item for item in functions if item.fact.complexity <= SIMPLE]
    worst = sorted(functions, key=lambda item: (-item.fact.complexity, item.path, item.fact.line))[:5]
    told = outcome_of(len(simple), len(functions), ENOUGH, SOME)
    top = worst[0].fact.complexity
    simple_share = f"{len(simple)} of {count(len(functions), 'function')}"
    summary = f"{simple_share} have a complexity of at most {SIMPLE}; the highest is {top}."
    above = sum(item.fact.complexity > WORST for item in functions)
    if told is Outcome.SHOWN and above <= max(RARE * len(functions), len(functions) >= MANY):
        return shown(summary, [_place(worst[0])])
    first = worst[0]
    where = f"{first.path}:{first.fact.line}, complexity {top}"
    advice = f"Split {first.fact.name} ({where}) into functions of one decision each."
    places = [_place(item) for item in worst if item.fact.complexity > SIMPLE]
    if told is not Outcome.NOT_SHOWN:
        return partly(summary, places, advice=advice, at=first.path)
    return not_shown(summary, places, advice=advice, at=first.path)


def _place(item: At[Function]) -> Evidence:
    fact = item.fact
    note = f"{fact.qualname}: complexity {fact.complexity}, expected at most {SIMPLE}"
    return Evidence(path=item.path, line=fact.line, end_line=fact.line, note=note)
