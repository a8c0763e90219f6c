"""Are decisions and architecture written down?"""

from __future__ import annotations

import re

from checks.documentation._readme import closed, of_others, written
from reviewer.model.check import Check
from reviewer.model.facts.history import History
from reviewer.model.facts.repository import Documents, Project, Standing
from reviewer.model.finding import Effort, Evidence, Verdict
from reviewer.model.verdict import LIKELY, could_not_tell, not_applicable, not_shown, shown

DRAWN = re.compile(
    r"(?:^|/)[^/]{0,60}"
    r"(?:architect|high[-_ ]?level|system[-_ ]?design|diagram|(?:class|component|domain|er|data)[-_ ]?model|"
    r"(?:db|database|tables?|entity)[-_ ]?(?:schema|relation|design|structure)|"
    r"(?:db|database|mongo|mongoose|sql|tables?|entity|entities)[-_ ]?models?|models?[-_ ]?(?:diagram|relations?)|"
    r"sequence|\b(?:hld|lld|adr|erd|uml|c4)(?=[_. -]))[^/]{0,60}"
    r"\.(?:pdf|docx?|odt|pptx?|drawio|puml|plantuml|mmd|dot|vsdx?|excalidraw|dbml|png|jpe?g|svg|webp|gif)$|"
    r"\.(?:drawio|puml|plantuml|mmd|excalidraw|c4|vsdx|dbml)$",
    re.IGNORECASE,
)
"""Drawings and documents of the design, by their names."""
PACKAGE_WORDS = re.compile(r"(?:^|/)(?:doc\.go|package-info\.java|package\.html)$")
"""Files that hold the words on a package."""

CHECK = Check(
    title_shown="Architecture and decisions are written down",
    title_partly="Some word on architecture or decisions",
    title_not_shown="No word on architecture or decisions",
    looks_for="A section, document or drawing on architecture, structure, trade-offs, or decision records.",
    why="It shows that alternatives were weighed, and is what interviews are about.",
    advice="Add a short section: the parts, how a request goes through them, and one decision with its reason.",
    effort=Effort.HOURS,
    level=3,
    skills=("Documentation",),
    shown_when="A README or another document has such a section with 20 words, three explained folders or a "
    "drawing, gives a reason for a choice, or a file on the design is committed.",
    does_not_count="A list of technologies; a tree of folders without a word on what they hold; what a README of "
    "exercises sets as goals of learning.",
    computed="Headings of every README and written document are matched against words such as architecture, "
    "structure, design, decision; sections below them count with them. Drawings and design documents "
    "count by their names.",
    limits="Headings in languages other than English and a few more are missed. PDF and Word files are not "
    "read, nor are words on a package in its code (doc.go); where there are any that are not named as a design, the "
    "check does not judge. How good the "
    "reasons are is not judged.",
    links=(
        "https://adr.github.io/",
        "https://c4model.com/",
    ),
    before="## Technologies\n\n- Express\n- PostgreSQL",
    pattern="## Architecture\n"
    "\n"
    "Requests pass `routes` and `services`; SQL stands in `repositories` alone.\n"
    "\n"
    "Carts are kept in Redis rather than PostgreSQL: they may be lost, and change\n"
    "with every click.",
)


def run(documents: Documents, history: History, project: Project) -> Verdict:
    """Sections and records."""
    places = [
        Evidence(path=item.path, line=1, end_line=1, note="a decision record")
        for item in documents.others
        if item.fact.decision_record
    ]
    readme = documents.readme
    records = {place.path for place in places}
    for item in written(documents):
        if item.path in records:
            continue
        lines = item.fact.decision_lines
        places += [Evidence(path=item.path, line=line, end_line=line, note="architecture") for line in lines[:2]]
    places += [
        Evidence(path=file.path, note="by its name, on the design")
        for file in project.files
        if file.standing is not Standing.VENDORED and DRAWN.search(file.path)
    ]
    if places:
        return shown("Architecture or decisions are written down.", places[:4], LIKELY)
    if any(item.fact.lesson for item in written(documents)):
        return not_applicable("What is written sets tasks or goals of learning; there is no design to explain.")
    if readme is None and of_others(history):
        return not_applicable("The README is mostly somebody else's work.")
    unread = closed(project)
    if unread:
        return could_not_tell(f"{unread[0]} is not read; it may be on the design.")
    if told := next((file.path for file in project.files if PACKAGE_WORDS.search(file.path)), None):
        return could_not_tell(f"The words of {told} on its package are not read; they may say what its parts are.")
    where = readme.path if readme else "README.md"
    return not_shown("No section or file on architecture or decisions was found.", confidence=LIKELY, at=where)
