"""Does a README say what this is?"""

from __future__ import annotations

from checks.documentation._readme import of_others
from reviewer.model.check import Check
from reviewer.model.facts.history import History
from reviewer.model.facts.repository import Documents
from reviewer.model.finding import Effort, Evidence, Verdict
from reviewer.model.verdict import LIKELY, count, not_applicable, not_shown, partly, shown

WORDS = 30

CHECK = Check(
    title_shown="A README says what this is",
    title_partly="A README that says little of what this is",
    title_not_shown="No README that says what this is",
    looks_for="A README with a sentence or paragraph that says what the project does.",
    why="It is the first page that anybody opens, and often the only one.",
    advice="Begin the README with two sentences: what it does, and for whom.",
    effort=Effort.MINUTES,
    level=1,
    shown_when="A README of the project's own describes it in at least 30 words; partly where it is shorter.",
    does_not_count="A title alone, the README of a generator or of somebody else.",
    skills=("Documentation",),
    computed="The README nearest to the root is read. A sentence of six words and more before the set-up "
    "sections or in one on what the project is, or a list of 40 (20 on features), describes the project; all words "
    "of its prose are counted, code left out. 30 words are the project's own threshold.",
    limits="Whether the description is true or good is not judged. The description on GitHub, wikis and READMEs "
    "of deeper folders are not seen.",
    links=("https://www.makeareadme.com/",),
    before="# notes-api",
    pattern="# notes-api\n"
    "\n"
    "Keeps short notes for teams: who wrote what, and when it was read. Members of a\n"
    "team share them by tags; a note is kept for 90 days.",
)


def run(documents: Documents, history: History) -> Verdict:
    """Looks at the README nearest to the root."""
    readme = documents.readme
    if readme is None or not readme.fact.words:
        others = of_others(history) if readme is None else None
        if others:
            return not_applicable(f"{others} is mostly somebody else's work.")
        if readme is not None:
            bare = Evidence(path=readme.path, line=1, end_line=1, note="no sentence")
            return not_shown("The README holds titles and code at most, and no prose.", [bare], at=readme.path)
        return not_shown("There is no README with text in it.", at="README.md")
    place = [Evidence(path=readme.path, line=1, end_line=1, note="the README")]
    if readme.fact.template:
        return not_shown(f"The README is still that of {readme.fact.template}.", place)
    words = count(readme.fact.words, "word")
    if readme.fact.describes and readme.fact.words >= WORDS:
        return shown(f"A README of {words} says what the project is.", place)
    if readme.fact.words < WORDS:
        return partly(f"A README of {words}; {WORDS} are asked for.", place)
    said = f"A README of {words}; a sentence on what the project does was not found where it begins."
    return partly(said, place, LIKELY)
