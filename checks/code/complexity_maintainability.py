"""Would a maintainer find the modules easy?"""

from __future__ import annotations

from checks.code._judged import judged_modules, outcome_of
from reviewer.model.check import Check, Depth
from reviewer.model.facts.repository import Code
from reviewer.model.finding import Effort, Evidence, Verdict
from reviewer.model.verdict import count, not_applicable

GOOD = 19.0
"""Radon's rank A begins above this on its scale of 0 to 100."""
ENOUGH, SOME = 0.9, 0.7

CHECK = Check(
    title_shown="Modules are maintainable",
    title_partly="Some modules are hard to maintain",
    title_not_shown="Many modules are hard to maintain",
    looks_for="Radon's maintainability index of each module: volume, branching and size in one figure.",
    why="It points to the modules that everybody is afraid to touch.",
    advice="Split the listed modules by what they are about.",
    effort=Effort.DAYS,
    level=3,
    shown_when="At least 90 % of the modules reach rank A; partly from 70 %.",
    does_not_count="Tests, migrations, vendored and generated files, and scripts beside a server.",
    computed="Computes the index of each parsed server file from Halstead's volume, cyclomatic complexity and "
    "lines, on "
    "radon's scale of 0 to 100; rank A begins above 19. The shares are this project's own.",
    limits="For other languages than Python the same formula is computed from the same three measures. The index "
    "falls with "
    "the length of a file, so a long and simple one can be below rank A.",
    links=("https://radon.readthedocs.io/en/latest/intro.html#maintainability-index",),
    skills=("Code quality",),
    needs=(Depth.FUNCTIONS,),
    before="""\
shop.py        1,400 lines: orders, users, mail, reports""",
    pattern="""\
shop/orders.py    220 lines
shop/users.py     180 lines
shop/mail.py       90 lines""",
)


def run(code: Code) -> Verdict:
    """The share of modules of rank A."""
    judged = [file for file in judged_modules(code) if file.facts and file.facts.maintainability is not None]
    if not judged:
        return not_applicable("No module to compute the index of.")
    poor = [file for file in judged if file.facts and (file.facts.maintainability or 0) <= GOOD]
    good = f"{len(judged) - len(poor)} of {count(len(judged), 'module')}"
    places = [Evidence(path=file.path, line=1, end_line=1, note="below rank A") for file in poor[:5]]
    return Verdict(
        outcome=outcome_of(len(judged) - len(poor), len(judged), ENOUGH, SOME),
        summary=f"{good} reach rank A of the maintainability index.",
        evidence=tuple(places) or (Evidence(path=judged[0].path, line=1, end_line=1, note="rank A"),),
    )
