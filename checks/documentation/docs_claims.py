"""Is what the README claims in the code?"""

from __future__ import annotations

import re

from reviewer.model.check import Check
from reviewer.model.facts.repository import Documents, JudgedClaim
from reviewer.model.finding import Effort, Evidence, Verdict
from reviewer.model.verdict import LIKELY, by_share, could_not_tell, count, not_applicable

ENOUGH, SOME = 0.9, 0.6

LISTED_WORDS = 7
"""Words up to which a claim is an entry of a list, and no sentence on something else."""
SETTING = re.compile(r"\b(?:settings?|connections?|variables?|config\w*|ports?|urls?|hosts?|mode|credentials)\b", re.I)
"""Words on how a thing is set, which may be there for later."""
ASIDE = re.compile(r"[(\uff08][^()\uff08\uff09]{0,80}[)\uff09]")
"""What stands in brackets says how another thing is run: ``MongoDB, port 27017 (Docker)``."""
ELSEWHERE, HERE = "authentication", "ci"
"""Of the one, READMEs also speak where something else has it; the other is only asked of what a file here would do."""
SURE = 3
"""Claims that are not found from which on it is said in any case."""

CHECK = Check(
    title_shown="The README claims what the code shows",
    title_partly="The README claims a little more than the code shows",
    title_not_shown="The README claims more than the code shows",
    looks_for="Databases, tests, containers, CI and the like that the README names, against the code.",
    why="A claim that a reviewer cannot find casts doubt on all the others.",
    advice="Add what is missing, or move it to a section of plans.",
    effort=Effort.MINUTES,
    level=2,
    skills=("Documentation",),
    shown_when="At least 90 % of the claims that can be checked are in the code; partly from 60 %, or where one "
    "alone is missing. Lacking is only said of entries of a list (“Redis for sessions”), or of three claims.",
    does_not_count="Plans, open tasks and roadmaps; words in paths; tools that a set-up section asks to install; "
    "claims that cannot be seen in code.",
    computed="Sentences of the README are searched for some thirty subjects by pattern, without negations and "
    "plans. Each is held against what was read: databases used, test cases, containers, CI files, "
    "guards. The thresholds are the project's own.",
    limits="Where a dependency by that name is declared, or much code is in a language that is not read, a "
    "claim that was not found is left out. Frameworks and deployment are only ever confirmed. One README "
    "is read, the nearest to the root.",
    links=("https://www.makeareadme.com/",),
    before="## Features\n\n- PostgreSQL database\n- unit tests",
    pattern="## Features\n- SQLite database\n\n## Planned\n- PostgreSQL, unit tests",
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
    share = 1 - len(false) / len(judged)
    if share < ENOUGH and len(false) < SURE and not any(_is_plain(claim) for claim in false):
        names = " and ".join(claim.subject for claim in false)
        return could_not_tell(f"{names} was not found in the code; the README may speak of something else there.")
    if len(false) == 1 and share < SOME:
        share = SOME
    return Verdict(
        outcome=by_share(share, ENOUGH, SOME),
        summary=f"{len(judged) - len(false)} of {count(len(judged), 'claim')} of the README are in the code.",
        evidence=tuple(places),
        confidence=LIKELY,
    )


def _is_plain(claim: JudgedClaim) -> bool:
    """Whether a line claims nothing but the thing: an entry of a list, not a sentence in which it occurs."""
    if claim.subject == HERE:
        return True
    bare = ASIDE.sub(" ", claim.text)
    if claim.subject.lower() in claim.text.lower() and claim.subject.lower() not in bare.lower():
        return False
    words = [word for word in claim.text.split() if any(sign.isalnum() for sign in word)]
    return claim.subject != ELSEWHERE and len(words) <= LISTED_WORDS and not SETTING.search(claim.text)
