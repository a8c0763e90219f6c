"""How good a README is, in four steps."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reviewer.gather.documents._readme_tables import START

if TYPE_CHECKING:
    from reviewer.gather.documents._readme_seen import Seen

USEFUL_WORDS = 45
TAUGHT_WORDS = 80
TAUGHT_COMMANDS = 3
SPOKEN_WORDS = 130
LONG_WORDS = 400
GOOD_WORDS = 250
DEEP_WORDS = 600
GOOD_ASPECTS = 4
"""Thresholds of `quality_of`, set on labelled READMEs."""


def quality_of(seen: Seen, topics: dict[str, frozenset[str]], template: str | None) -> int:
    """0 none, 1 thin, 2 useful (what it is, and how to run it or much of it explained), 3 good (in some depth).

    A good README has, beyond that, most of: endpoints or examples, tests, configuration, structure, decisions.
    """
    if not (seen.words or seen.commands or seen.headings):
        return 0
    if template:
        return 1
    sections = len(seen.headings)
    if not seen.describes:
        return 2 if seen.words >= SPOKEN_WORDS and sections > 3 else 1
    starts = any(START.search(command.text) for command in seen.commands)
    taught = len(seen.commands) >= TAUGHT_COMMANDS and seen.words >= TAUGHT_WORDS and sections > 3
    explained = seen.words >= (SPOKEN_WORDS if sections > 2 else LONG_WORDS)
    if not (taught or explained or (starts and seen.words >= USEFUL_WORDS)):
        return 1
    good = starts + _aspects(seen, topics) >= GOOD_ASPECTS and seen.words >= (GOOD_WORDS if starts else DEEP_WORDS)
    return 3 if good else 2


def _aspects(seen: Seen, topics: dict[str, frozenset[str]]) -> int:
    covered = frozenset[str]().union(*(topics[heading.section] for heading in seen.headings))
    return sum(
        (
            len(seen.api_lines) > 1 or "api" in covered,
            "tests" in covered or any("test" in command.text for command in seen.commands),
            "configuration" in covered,
            "structure" in covered,
            bool(seen.decision_lines),
        )
    )
