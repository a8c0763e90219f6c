"""Are decisions and architecture written down?"""

from __future__ import annotations

from checks.documentation._readme import of_others
from reviewer.model.check import Check
from reviewer.model.facts.history import History
from reviewer.model.facts.repository import Documents
from reviewer.model.finding import Effort, Evidence, Verdict
from reviewer.model.verdict import LIKELY, not_applicable, not_shown, shown

CHECK = Check(
    title_shown="Architecture and decisions are written down",
    title_not_shown="No word on architecture or decisions",
    looks_for="A section or file on architecture, structure, trade-offs, or decision records.",
    why="It shows that alternatives were weighed, and is what interviews are about.",
    advice="Add a short section: the parts, how a request goes through them, and one decision with its reason.",
    effort=Effort.HOURS,
    level=3,
    shown_when="The README or another document has such a section.",
    does_not_count="A list of technologies.",
    links=("https://adr.github.io/",),
    skills=("Documentation",),
)


def run(documents: Documents, history: History) -> Verdict:
    """Sections and records."""
    places = [
        Evidence(path=item.path, line=1, end_line=1, note="a decision record")
        for item in documents.others
        if item.fact.decision_record
    ]
    readme = documents.readme
    if readme:
        lines = readme.fact.decision_lines
        places += [Evidence(path=readme.path, line=line, end_line=line, note="architecture") for line in lines[:2]]
    if places:
        return shown("Architecture or decisions are written down.", places[:4], LIKELY)
    if readme is None and of_others(history):
        return not_applicable("The README is mostly somebody else's work.")
    return not_shown("No section or file on architecture or decisions was found.", confidence=LIKELY, at="README.md")
