"""Is what the README claims in the code?"""

from __future__ import annotations

from reviewer.model.check import Check
from reviewer.model.facts.repository import Documents
from reviewer.model.finding import Effort, Evidence, Verdict
from reviewer.model.verdict import LIKELY, by_share, count, not_applicable

ENOUGH, SOME = 0.9, 0.6

CHECK = Check(
    title_shown="The README claims what the code shows",
    title_not_shown="The README claims more than the code shows",
    looks_for="Databases, tests, containers, CI and the like that the README names, against the code.",
    why="A claim that a reviewer cannot find casts doubt on all the others.",
    advice="Add what is missing, or move it to a section of plans.",
    effort=Effort.MINUTES,
    level=2,
    shown_when="At least 90 % of the claims that can be checked are in the code; partly from 60 %.",
    does_not_count="Plans and roadmaps; claims that cannot be seen in code.",
    skills=("Documentation",),
)


def run(documents: Documents) -> Verdict:
    """Claims with and without support."""
    judged = [claim for claim in documents.claims if claim.supported is not None]
    readme = documents.readme
    if not judged or readme is None:
        return not_applicable("The README claims nothing that could be checked.")
    false = [claim for claim in judged if not claim.supported]
    lines = false or judged
    note = "not found in the code" if false else "found in the code"
    places = [
        Evidence(path=readme.path, line=claim.line, end_line=claim.line, note=f"{claim.subject}: {note}")
        for claim in lines[:6]
    ]
    return Verdict(
        outcome=by_share(1 - len(false) / len(judged), ENOUGH, SOME),
        summary=f"{len(judged) - len(false)} of {count(len(judged), 'claim')} of the README are in the code.",
        evidence=tuple(places),
        confidence=LIKELY,
    )
