"""READMEs: what they say and claim, whether they lead to a running application, and how good they are."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from reviewer.gather.documents._readme_lines import LIST_ITEM, Part, ReadmeLine, scan, word_count
from reviewer.gather.documents._readme_said import claims_in, command_in, inline_commands, template_of
from reviewer.gather.documents._readme_tables import API_LINE, CALL_LINE, REASONED, SECTIONS, START
from reviewer.gather.documents._trees import with_document
from reviewer.gather.reader import DocumentReader
from reviewer.model.facts.documents import Command, Document, Readme
from reviewer.model.facts.file import FileFacts

HEADING_LIMIT = 100
COMMAND_LIMIT = 200
LINES_LIMIT = 100
DESCRIPTION_WORDS = 6
"""Words that a sentence has at least to say what a project is."""

EARLY_HEADINGS = 4
DESCRIPTION_LIST_WORDS = 40
"""Words of a list that stands in place of a description."""

DECISION_WORDS = 20
USEFUL_WORDS = 45
TAUGHT_WORDS = 80
TAUGHT_COMMANDS = 3
SPOKEN_WORDS = 130
LONG_WORDS = 400
GOOD_WORDS = 250
DEEP_WORDS = 600
GOOD_ASPECTS = 4
"""Thresholds of `quality_of`, set on labelled READMEs."""

TOPIC_WORDS = 9
"""A heading with more words is a sentence about the project and names no topic."""


@dataclass(slots=True)
class _Seen:
    """What the lines of a README add up to."""

    words: int = 0
    prose: list[str] = field(default_factory=list)
    headings: list[ReadmeLine] = field(default_factory=list)
    commands: list[Command] = field(default_factory=list)
    run_commands: list[Command] = field(default_factory=list)
    api_lines: list[int] = field(default_factory=list)
    decision_lines: list[int] = field(default_factory=list)
    section_words: dict[str, int] = field(default_factory=dict)
    list_words: int = 0
    describes: bool = False


def about(section: str) -> frozenset[str]:
    """What a section is about, by its heading."""
    if word_count(section) > TOPIC_WORDS:
        return frozenset()
    return frozenset(name for name, pattern in SECTIONS.items() if pattern.search(section))


def read_readme(source: str, base: FileFacts) -> FileFacts:
    """A README of any of the usual formats."""
    lines = list(scan(source))
    seen = _Seen()
    topics = {section: about(section) for section in {line.section for line in lines}}
    for line in lines:
        _see(seen, line, topics[line.section])
    _close(seen, topics)
    template = template_of(" ".join(seen.prose), seen.words)
    readme = Readme(
        lines=base.lines,
        words=seen.words,
        title=seen.headings[0].raw[:200] if seen.headings else "",
        headings=tuple(heading.raw[:200] for heading in seen.headings[:HEADING_LIMIT]),
        commands=tuple(seen.commands[:COMMAND_LIMIT]),
        claims=() if template else claims_in(lines, topics),
        describes=seen.describes and template is None,
        run_line=_run_line(seen),
        api_lines=tuple(seen.api_lines[:LINES_LIMIT]),
        decision_lines=tuple(sorted(set(seen.decision_lines))[:LINES_LIMIT]),
        template=template,
        quality=quality_of(seen, topics, template),
    )
    return with_document(base, Document(readme=readme))


def _see(seen: _Seen, line: ReadmeLine, topics: frozenset[str]) -> None:
    if line.part is Part.HEADING:
        seen.headings.append(line)
        seen.describes = seen.describes or word_count(line.raw) > TOPIC_WORDS
        return
    found = [command] if line.part is Part.CODE and (command := command_in(line)) else []
    if line.part is Part.PROSE:
        found = inline_commands(line, "run" in topics)
        _prose(seen, line, topics)
    commands = [Command(text=text[:200], line=line.number) for text in found]
    seen.commands += commands
    if "run" in topics or not line.section:
        seen.run_commands += commands
    if API_LINE.search(line.raw) or CALL_LINE.search(line.raw):
        seen.api_lines.append(line.number)


def _prose(seen: _Seen, line: ReadmeLine, topics: frozenset[str]) -> None:
    text = line.text
    words = word_count(text)
    seen.words += words
    seen.prose.append(text)
    seen.section_words[line.section] = seen.section_words.get(line.section, 0) + words
    early = len(seen.headings) <= EARLY_HEADINGS and not topics & {"run", "credits", "tests"}
    listed = LIST_ITEM.match(line.raw) is not None
    if early and listed:
        seen.list_words += words
    if early and not listed and words >= DESCRIPTION_WORDS and "|" not in line.raw[:2]:
        seen.describes = True
    if REASONED.search(text):
        seen.decision_lines.append(line.number)


def _close(seen: _Seen, topics: dict[str, frozenset[str]]) -> None:
    seen.describes = seen.describes or seen.list_words >= DESCRIPTION_LIST_WORDS
    for heading in seen.headings:
        if "decisions" in topics[heading.section] and seen.section_words.get(heading.raw, 0) >= DECISION_WORDS:
            seen.decision_lines.append(heading.number)


def _run_line(seen: _Seen) -> int:
    """Where the README says how to run: the first start command, else the first command of a run section; 0 nowhere."""
    for commands in (seen.run_commands, seen.commands):
        for command in commands:
            if START.search(command.text):
                return command.line
    in_section = [item for item in seen.run_commands if item.line > (seen.headings[0].number if seen.headings else 0)]
    return in_section[0].line if in_section else 0


def quality_of(seen: _Seen, topics: dict[str, frozenset[str]], template: str | None) -> int:
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


def _aspects(seen: _Seen, topics: dict[str, frozenset[str]]) -> int:
    covered = frozenset[str]().union(*(topics[heading.section] for heading in seen.headings))
    return sum(
        (
            len(seen.api_lines) > 1 or "api" in covered,
            "tests" in covered or _mention(seen.commands, "test"),
            "configuration" in covered,
            "structure" in covered,
            bool(seen.decision_lines),
        )
    )


def _mention(commands: Iterable[Command], word: str) -> bool:
    return any(word in command.text for command in commands)


README = DocumentReader("readme", ("readme",), read_readme, reads_generated=True)
