"""What the lines of a README add up to."""

from __future__ import annotations

from dataclasses import dataclass, field

from reviewer.gather.documents._readme_lines import ReadmeLine
from reviewer.model.facts.documents import Command


@dataclass(slots=True)
class Seen:
    """Filled line by line."""

    words: int = 0
    prose: list[str] = field(default_factory=list)
    headings: list[ReadmeLine] = field(default_factory=list)
    commands: list[Command] = field(default_factory=list)
    run_commands: list[Command] = field(default_factory=list)
    api_lines: list[int] = field(default_factory=list)
    api_sections: set[str] = field(default_factory=set)
    decision_lines: list[int] = field(default_factory=list)
    section_words: dict[str, int] = field(default_factory=dict)
    annotated: dict[str, int] = field(default_factory=dict)
    explained: list[int] = field(default_factory=list)
    drawn: set[str] = field(default_factory=set)
    list_words: int = 0
    describes: bool = False
    describes_later: bool = False
