"""Does the server log, or print?"""

from __future__ import annotations

from reviewer.model.check import Check, Depth
from reviewer.model.facts.code import SignKind
from reviewer.model.facts.repository import Code
from reviewer.model.finding import Effort, Verdict
from reviewer.model.verdict import LIKELY, count, evidence, not_applicable, not_shown, partly, shown

FEW = 2

CHECK = Check(
    title_shown="A logger is used",
    title_not_shown="Prints instead of a logger",
    looks_for="A logging library in server code, against prints and console.log.",
    why="Logs with levels can be searched and switched; prints cannot.",
    advice="Create one logger per module and replace the prints in request handling by it.",
    effort=Effort.HOURS,
    level=3,
    shown_when="A logger is used and prints are rare beside it; partly where both are used.",
    does_not_count="Command line tools and scripts that print for a person.",
    skills=("Code quality",),
    needs=(Depth.FUNCTIONS,),
)


def run(code: Code) -> Verdict:
    """Loggers against prints in server files."""
    paths = {file.path for file in code.modules if file.role == "server"}
    prints = [item for item in code.of(SignKind.PRINT) if item.path in paths]
    loggers = [item for item in code.of(SignKind.LOGGER) if item.path in paths]
    if loggers and len(prints) <= 2 * len(loggers):
        return shown(
            f"A logger is used; {count(len(prints), 'print')} beside it.", evidence(loggers[:3], "logs"), LIKELY
        )
    if loggers:
        return partly(f"A logger is used, and {count(len(prints), 'print')}.", evidence(prints[:4], "prints"), LIKELY)
    if len(prints) <= FEW:
        return not_applicable("Neither logs nor prints to speak of.")
    return not_shown(f"{count(len(prints), 'print')} and no logger.", evidence(prints[:5], "prints"), LIKELY)
