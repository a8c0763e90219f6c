"""Are functions and files of a size that fits the eye?"""

from __future__ import annotations

from reviewer.model.check import Check, Depth
from reviewer.model.facts.repository import Code
from reviewer.model.finding import Effort, Evidence, Verdict
from reviewer.model.verdict import count, evidence, not_applicable, not_shown, partly, shown

FUNCTION, FILE = 50, 500
ENOUGH, SOME = 0.92, 0.8
FEW = 5

CHECK = Check(
    title_shown="Functions and files are short",
    title_not_shown="Long functions or files",
    looks_for="Functions of over 50 lines and files of over 500.",
    why="What fits on a screen can be understood at once.",
    advice="Take the steps of the longest function out into named functions.",
    effort=Effort.HOURS,
    level=2,
    shown_when="At least 92 % of the functions have under 50 lines, and of the files under 500; partly from 80 %.",
    does_not_count="Tests, migrations, generated code.",
    skills=("Code quality",),
    needs=(Depth.FUNCTIONS,),
)


def run(code: Code) -> Verdict:
    """Shares of short functions and files."""
    if len(code.functions) < FEW:
        return not_applicable(f"{count(len(code.functions), 'function')}: too few to judge.")
    long = [item for item in code.functions if item.fact.end_line - item.fact.line >= FUNCTION]
    long.sort(key=lambda item: item.fact.line - item.fact.end_line)
    files = [file for file in code.modules if file.facts and file.facts.lines > FILE]
    short = 1 - len(long) / len(code.functions)
    small = 1 - len(files) / max(1, len(code.modules))
    longer = f"{count(len(long), 'function')} of {len(code.functions)} over {FUNCTION} lines"
    summary = f"{longer}, {count(len(files), 'file')} over {FILE}."
    places = [
        *evidence(long[:5], "long"),
        *(Evidence(path=file.path, line=1, end_line=1, note="long") for file in files[:2]),
    ]
    if min(short, small) >= ENOUGH:
        return shown(summary, places or evidence(code.functions[:1], "short"))
    return partly(summary, places) if min(short, small) >= SOME else not_shown(summary, places)
