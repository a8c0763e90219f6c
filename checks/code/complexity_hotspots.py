"""Is what changes most also what is most complex?"""

from __future__ import annotations

from checks.code._judged import judged_functions, without_lists
from reviewer.model.check import Check, Depth
from reviewer.model.facts.history import History
from reviewer.model.facts.repository import Api, Code
from reviewer.model.finding import Effort, Evidence, Verdict
from reviewer.model.verdict import LIKELY, count, evidence, not_applicable, not_shown, shown

COMPLEX = 15
TOP = 5
TOUCHED = 5
FEW = 20

CHECK = Check(
    title_shown="What changes often is simple",
    title_not_shown="Complex functions in files that change often",
    looks_for="Functions above a complexity of 15 in the five files that own commits touched most.",
    why="Trouble comes where change and complexity meet; nowhere else does splitting pay as much.",
    advice="Split the listed function before the next change to its file.",
    effort=Effort.HOURS,
    level=3,
    shown_when="None of the five most changed files holds such a function.",
    does_not_count="Files touched fewer than five times, histories of fewer than twenty commits, simple code, tests, "
    "migrations, generated code, scripts beside a server, and functions that declare several routes, whose branches "
    "are those of the handlers inside.",
    computed="Counts in how many own commits each server file changed, takes the five with most, and names their "
    "functions "
    "with a complexity above 15 as parsed today. The thresholds are this project's own.",
    limits="A file that was renamed counts from its last name on. A function that changed rarely in a file that "
    "changes "
    "often is named all the same.",
    links=("https://en.wikipedia.org/wiki/Cyclomatic_complexity", "https://martinfowler.com/bliki/CodeSmell.html"),
    skills=("Code quality",),
    needs=(Depth.FUNCTIONS,),
    before="""\
orders.py   34 changes, place_order: complexity 22
users.py     3 changes, load_user: complexity 2""",
    pattern="""\
orders.py   place_order: complexity 6
            reserve_stock, price_of, notify: complexity 3 to 5""",
)


def run(code: Code, history: History, api: Api) -> Verdict:
    """Complex functions in the most touched files."""
    functions = without_lists(judged_functions(code), api)
    paths = {item.path for item in functions}
    touched = sorted(((number, path) for path, number in history.touches.items() if path in paths), reverse=True)
    top = [path for number, path in touched[:TOP] if number >= TOUCHED]
    if len(history.commits) < FEW or not top:
        return not_applicable("Too little history to tell what changes often.")
    if all(item.fact.complexity <= COMPLEX for item in functions):
        return not_applicable(f"No function is above a complexity of {COMPLEX}.")
    hot = [item for item in functions if item.path in top and item.fact.complexity > COMPLEX]
    if hot:
        summary = f"{count(len(hot), 'complex function')} in the files that change most."
        return not_shown(summary, evidence(hot[:4], "complex, and its file changes often"), LIKELY)
    return shown(
        "The files that change most hold no complex function.",
        [Evidence(path=top[0], line=1, end_line=1, note="changes most")],
        LIKELY,
    )
