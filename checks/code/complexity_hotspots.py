"""Is what changes most also what is most complex?"""

from __future__ import annotations

from reviewer.model.check import Check, Depth
from reviewer.model.facts.history import History
from reviewer.model.facts.repository import Code
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
    does_not_count="Files touched fewer than five times, histories of fewer than twenty commits, simple code.",
    skills=("Code quality",),
    needs=(Depth.FUNCTIONS,),
)


def run(code: Code, history: History) -> Verdict:
    """Complex functions in the most touched files."""
    paths = {item.path for item in code.functions}
    touched = sorted(((number, path) for path, number in history.touches.items() if path in paths), reverse=True)
    top = [path for number, path in touched[:TOP] if number >= TOUCHED]
    if len(history.commits) < FEW or not top:
        return not_applicable("Too little history to tell what changes often.")
    if all(item.fact.complexity <= COMPLEX for item in code.functions):
        return not_applicable(f"No function is above a complexity of {COMPLEX}.")
    hot = [item for item in code.functions if item.path in top and item.fact.complexity > COMPLEX]
    if hot:
        summary = f"{count(len(hot), 'complex function')} in the files that change most."
        return not_shown(summary, evidence(hot[:4], "complex, and its file changes often"), LIKELY)
    return shown(
        "The files that change most hold no complex function.",
        [Evidence(path=top[0], line=1, end_line=1, note="changes most")],
        LIKELY,
    )
