"""READMEs: what they say and claim, whether they lead to a running application, and how good they are."""

from __future__ import annotations

import re

from msgspec.structs import replace

from reviewer.gather.documents._readme_design import about, below, is_lesson, note_decisions
from reviewer.gather.documents._readme_hosting import hosted_line
from reviewer.gather.documents._readme_lines import LIST_ITEM, Part, ReadmeLine, scan, word_count
from reviewer.gather.documents._readme_quality import quality_of
from reviewer.gather.documents._readme_said import (
    claims_in,
    command_in,
    heading_commands,
    inline_commands,
    is_command,
    pull_line,
    target_in,
    template_of,
)
from reviewer.gather.documents._readme_seen import Seen
from reviewer.gather.documents._readme_tables import (
    ANNOTATED,
    API_LINE,
    API_PAGES,
    API_PATH,
    CALL_LINE,
    DECLARES_ROUTE,
    DRAWING,
    EXPLAINED,
    LISTED_PATH,
    PUBLISHED,
    REASONED,
    SPECIFIED,
    START,
)
from reviewer.gather.documents._trees import with_document
from reviewer.gather.documents._variable_names import variables_in
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
FEATURED = re.compile(
    r"\bfeatures?\b|funktionen|funcionalidad|fonctionnalit|funzionalit|возможност|功能|機能|기능", re.I
)
"""Sections whose lists tell what a project does; their words count twice."""

REASON_WORDS = 6
"""Words of a line from which on it may give a reason."""
DRAWN_LANGUAGES = frozenset({"mermaid", "plantuml", "puml", "dot"})

CLONES = re.compile(r"(?:git (?:clone|pull|checkout|switch|fetch)|cd|mkdir)\b(?!.*(?:&&|;))")
"""Commands that only bring the code here: they neither set up nor start it."""
TEACHING = re.compile(
    r"\binstall|\bset[- ]?up|getting started|get started|quick ?start|\bhow to (?:use|start|run)|\brun(?:ning)?\b|"
    r"\bstart(?:ing)?\b|\blaunch|запуск|установк|instala|ejecu|démarr|como rodar|kurulum|安装|安裝|运行|執行|启动|部署",
    re.IGNORECASE,
)
"""Headings of sections that teach how to set up or start."""
TELLING = re.compile(
    r"\babout\b|\boverview\b|\bdescri(?:ption|ção|pción)\b|\bintro(?:duc\w{1,6})?\b|\bfeatures?\b|\bpurpose\b|"
    r"\bwhat (?:it|this)\b|\bsummary\b|\bsobre\b|\bfuncionalidades?\b|описани|简介|介紹|介绍|概要|소개",
    re.IGNORECASE,
)
"""Headings of sections that say what the project is, wherever they stand."""
SENTENCE_WORDS = 8
"""A heading with so many words is a sentence about the project."""


def read_readme(source: str, base: FileFacts) -> FileFacts:
    """A README of any of the usual formats."""
    return with_document(base, Document(readme=_read(source, base.lines)))


def read_prose(source: str, base: FileFacts) -> FileFacts:
    """Any other written document, where it holds commands, endpoints or decisions, or speaks of pull requests."""
    found = _read(source, base.lines)
    linked = found.published_line or found.specified_line or found.hosted_line
    if not (found.commands or found.api_lines or found.decision_lines or found.pull_line or linked):
        return base
    return with_document(base, replace(base.document or Document(), prose=found))


def _read(source: str, length: int) -> Readme:
    lines = list(scan(source))
    seen = Seen()
    topics = {section: about(section) for section in {line.section for line in lines}}
    for line in lines:
        _see(seen, line, topics[line.section])
    seen.describes = seen.describes or seen.list_words >= DESCRIPTION_LIST_WORDS
    note_decisions(seen, topics)
    template = template_of(" ".join(seen.prose), seen.words)
    return Readme(
        lines=length,
        words=seen.words,
        title=seen.headings[0].raw[:200] if seen.headings else "",
        headings=tuple(heading.raw[:200] for heading in seen.headings[:HEADING_LIMIT]),
        commands=tuple(seen.commands[:COMMAND_LIMIT]),
        claims=() if template else claims_in(lines, _inherited(seen.headings, topics)),
        describes=(seen.describes or seen.describes_later) and template is None,
        run_line=_run_line(seen),
        api_lines=tuple(seen.api_lines[:LINES_LIMIT]),
        decision_lines=tuple(sorted(set(seen.decision_lines))[:LINES_LIMIT]),
        template=template,
        quality=quality_of(seen, topics, template),
        variables=variables_in(source),
        run_words=max((seen.section_words.get(name, 0) for name in topics if TEACHING.search(name)), default=0),
        pull_line=pull_line(source),
        lesson=is_lesson(seen),
        hosted_line=0 if template else hosted_line(source),
        published_line=next((line.number for line in lines if PUBLISHED.search(line.raw)), 0),
        specified_line=next((line.number for line in lines if "http" in line.raw and SPECIFIED.search(line.raw)), 0),
    )


def _inherited(headings: list[ReadmeLine], topics: dict[str, frozenset[str]]) -> dict[str, frozenset[str]]:
    """The topics of sections; below one on plans, advice or other people's work, all is of that."""
    found = dict(topics)
    for place, heading in enumerate(headings):
        passed = topics[heading.section] & {"planned", "credits"}
        if passed and heading.level > 1:
            found.update({name: found[name] | passed for name in below(headings, place)})
    return found


def _see(seen: Seen, line: ReadmeLine, topics: frozenset[str]) -> None:
    if line.part is Part.HEADING:
        seen.headings.append(line)
        words = word_count(line.raw)
        if words >= SENTENCE_WORDS:
            seen.describes, seen.words = True, seen.words + words
        said = [Command(text=text, line=line.number) for text in heading_commands(line.raw)]
        _keep(seen, said, "run" in topics)
        _endpoint(seen, line, topics)
        return
    found = [command] if line.part is Part.CODE and (command := command_in(line) or _target(seen, line)) else []
    if line.part is Part.PROSE:
        found = inline_commands(line, "run" in topics)
        _prose(seen, line, topics)
    _keep(seen, [Command(text=text[:200], line=line.number) for text in found], "run" in topics or not line.section)
    if DRAWING.search(line.raw) or line.language in DRAWN_LANGUAGES:
        seen.drawn.add(line.section)
    if EXPLAINED.match(line.raw):
        seen.explained.append(line.number)
    if ANNOTATED.match(line.raw):
        seen.annotated[line.section] = seen.annotated.get(line.section, 0) + 1
    _endpoint(seen, line, topics)


def _keep(seen: Seen, commands: list[Command], running: bool) -> None:
    seen.commands += commands
    if running:
        seen.run_commands += commands


def _target(seen: Seen, line: ReadmeLine) -> str | None:
    """A target in what ``make`` printed, a few commands above."""
    listed = any(item.text in ("make", "make help") for item in seen.commands[-9:])
    return target_in(line) if listed else None


def _endpoint(seen: Seen, line: ReadmeLine, topics: frozenset[str]) -> None:
    text = line.raw
    listed = "api" in topics and line.part is Part.PROSE and LISTED_PATH.match(text)
    if line.part is Part.CODE and DECLARES_ROUTE.search(text):
        return
    if listed or any(pattern.search(text) for pattern in (API_LINE, CALL_LINE, API_PATH, API_PAGES)):
        seen.api_lines.append(line.number)
        seen.api_sections.add(line.section)


def _prose(seen: Seen, line: ReadmeLine, topics: frozenset[str]) -> None:
    text = line.text
    words = word_count(text)
    seen.words += words
    seen.prose.append(text)
    seen.section_words[line.section] = seen.section_words.get(line.section, 0) + words
    titled = len(seen.headings) == 1 and seen.headings[0].level == 1
    early = titled or (len(seen.headings) <= EARLY_HEADINGS and not topics & {"run", "credits", "tests"})
    listed = LIST_ITEM.match(line.raw) is not None
    featured = FEATURED.search(line.section) is not None
    if listed and (early or featured):
        seen.list_words += 2 * words if featured else words
    told = (
        words >= DESCRIPTION_WORDS
        and not _repeats(text, seen.headings)
        and not (text[0].islower() and is_command(text))
    )
    telling = told and not listed and "|" not in line.raw[:2]
    first = len(seen.headings) <= 1 and "run" in topics
    seen.describes = seen.describes or (early and telling)
    if (
        telling
        and not seen.describes
        and not topics & {"planned", "credits"}
        and (first or TELLING.search(line.section))
    ):
        seen.describes_later = True
    if REASONED.search(text) and words >= REASON_WORDS:
        seen.decision_lines.append(line.number)


def _repeats(text: str, headings: list[ReadmeLine]) -> bool:
    """Whether a line only says the title again."""
    said = " ".join(text.lower().strip(" .!:").split())
    return any(said == " ".join(heading.raw.lower().strip(" .!:").split()) for heading in headings[:1])


def _run_line(seen: Seen) -> int:
    """Where the README says how to run: the first start command, else the first command of a run section; 0 nowhere."""
    for commands in (seen.run_commands, seen.commands):
        for command in commands:
            if START.search(command.text):
                return command.line
    begin = seen.headings[0].number if seen.headings else 0
    in_section = [item for item in seen.run_commands if item.line > begin and not CLONES.match(item.text)]
    return in_section[0].line if in_section else 0


README = DocumentReader("readme", ("readme",), read_readme, reads_generated=True)
PROSE = DocumentReader("written", ("prose", "decision-record"), read_prose)
