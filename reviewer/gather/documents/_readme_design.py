"""Where a README says how the project is made, and why so."""

from __future__ import annotations

import re

from reviewer.gather.documents._readme_lines import ReadmeLine, word_count
from reviewer.gather.documents._readme_seen import Seen
from reviewer.gather.documents._readme_tables import DATA_MODEL, LESSON, PARTS_OR_ROUTES, SECTIONS, STRUCTURE

TOPIC_WORDS = 9
"""A heading with more words names no topic."""
DECISION_WORDS = 20
ANNOTATED_LINES = 3
"""Explained entries of a tree of folders from which on it says how the code is laid out."""
ASKS_WHY = re.compile(r"\W{0,6}why (?:are|is|do|does|did|not|we|i|this|the)\b", re.IGNORECASE)
"""A heading that is a whole question: ``Why are the controllers in a package of their own?``."""


def about(section: str) -> frozenset[str]:
    """What a section is about, by its heading."""
    if word_count(section) > TOPIC_WORDS:
        return frozenset({"decisions"} if ASKS_WHY.match(section) else ())
    return frozenset(name for name, pattern in SECTIONS.items() if pattern.search(section))


def note_decisions(seen: Seen, topics: dict[str, frozenset[str]]) -> None:
    """Adds the lines on architecture, structure and decisions."""
    if len(seen.explained) >= ANNOTATED_LINES:
        seen.decision_lines.append(seen.explained[0])
    for place, heading in enumerate(seen.headings):
        structure = _is_structure(heading)
        modelled = not structure and heading.section in seen.drawn and DATA_MODEL.match(heading.raw) is not None
        if modelled:
            seen.decision_lines.append(heading.number)
        if "decisions" not in topics[heading.section] and (not structure or _lists_routes(heading, seen)):
            continue
        names = below(seen.headings, place)
        words = sum(seen.section_words.get(name, 0) for name in names)
        explained = sum(seen.annotated.get(name, 0) for name in names)
        drawn = structure and bool(seen.drawn.intersection(names))
        if words >= DECISION_WORDS or explained >= ANNOTATED_LINES or drawn:
            seen.decision_lines.append(heading.number)
    if is_lesson(seen):
        seen.decision_lines.clear()


def is_lesson(seen: Seen) -> bool:
    """Whether a README teaches: its tasks and goals are no design."""
    return any(LESSON.search(heading.raw) for heading in seen.headings)


def _is_structure(heading: ReadmeLine) -> bool:
    return word_count(heading.raw) <= TOPIC_WORDS and STRUCTURE.search(heading.raw) is not None


def _lists_routes(heading: ReadmeLine, seen: Seen) -> bool:
    """Whether ``## Services`` is one of an API's groups of endpoints, and not about the parts of the program."""
    return heading.section in seen.api_sections and PARTS_OR_ROUTES.search(heading.raw) is not None


def below(headings: list[ReadmeLine], place: int) -> set[str]:
    """A heading's section with those nested in it."""
    names = {headings[place].section}
    for heading in headings[place + 1 :]:
        if heading.level <= headings[place].level:
            break
        names.add(heading.section)
    return names
