"""Are functions that others call documented?"""

from __future__ import annotations

from reviewer.model.check import Check, Depth
from reviewer.model.facts.repository import Code
from reviewer.model.finding import Effort, Verdict
from reviewer.model.verdict import LIKELY, by_share, count, evidence, not_applicable

ENOUGH, SOME = 0.4, 0.12
LONG = 8
FEW = 8

CHECK = Check(
    title_shown="Code is documented where others call it",
    title_not_shown="Little documentation in the code",
    looks_for="Docstrings and doc comments on public functions of more than a few lines.",
    why="It saves the next developer from reading the body to learn what comes out.",
    advice="Write one line for each public function of a service: what it does, what it returns, what it raises.",
    effort=Effort.HOURS,
    level=3,
    shown_when="At least 40 % of these functions are documented; partly from 12 %.",
    does_not_count="Short and private functions, comments inside a body.",
    skills=("Documentation",),
    needs=(Depth.FUNCTIONS,),
)


def run(code: Code) -> Verdict:
    """The share of documented public functions."""
    judged = [item for item in code.functions if item.fact.public and item.fact.end_line - item.fact.line >= LONG]
    judged = [item for item in judged if not item.fact.name.startswith("<")]
    if len(judged) < FEW:
        return not_applicable("Too few public functions of more than a few lines.")
    documented = [item for item in judged if item.fact.documented]
    bare = [item for item in judged if not item.fact.documented]
    share = len(documented) / len(judged)
    return Verdict(
        outcome=by_share(share, ENOUGH, SOME),
        summary=f"{len(documented)} of {count(len(judged), 'public function')} of some length are documented.",
        evidence=evidence(documented[:3], "documented") if share >= ENOUGH else evidence(bare[:3], "not documented"),
        confidence=LIKELY,
    )
