"""Columns that a query compares with a pattern: ``name LIKE '%tea%'``, ``name__icontains``, ``findByNameLike``."""

from __future__ import annotations

import re

import msgspec

from reviewer.gather.expressions import last
from reviewer.gather.look import look_at
from reviewer.gather.reader import Kept, Reader
from reviewer.gather.syntax import Module
from reviewer.model.facts.data import Statement

LANGUAGES = ("Python", "JavaScript", "TypeScript", "Java", "Kotlin", "C#", "Go", "PHP", "Ruby")
WORD = re.compile(r"like|contain|regex|EndingWith|~", re.I)
"""What stands in every comparison with a pattern."""
COMPARED = re.compile(
    r"(\w{1,60})(?:[\"'`\])\s]|::text){0,6}(?:\s(?:not\s+)?i?like\b|(?:!)?~\*?\s|__i?(?:contains|regex|endswith)\b"
    r"|(?:,|:|=>)\s{0,3}[\"'`]i?like\b|\s{0,30}\.(?:i?like|i?contains|Contains|match)\(|(?::|=>)\s{0,9}\{\s{0,30}"
    r"(?:contains|endsWith|\[(?:Sequelize\.)?Op\.\w{0,20}[lL]ike|\$i?[lL]ike))",
    re.I,
)
DERIVED = re.compile(r"(?:By|And|Or)([A-Z]\w{0,40}?)(?:Not)?(?:Containing|Contains|Like|EndingWith|Regex)(?=[A-Z(]|\b)")
LINES_MOST, WIDTH = 60, 400


def read_patterns(module: Module, kept: Kept) -> None:
    """Marks the columns of statements that are compared with patterns."""
    if not kept.statements or not WORD.search(module.text):
        return
    lines = look_at(module).lines
    for place, item in enumerate(kept.statements):
        if item.filters and (found := _compared(item, lines)):
            kept.statements[place] = msgspec.structs.replace(item, patterns=found)


def _compared(item: Statement, lines: list[str]) -> tuple[str, ...]:
    text = "\n".join(line[:WIDTH] for line in lines[item.line - 1 : min(item.end_line, item.line + LINES_MOST)])
    if not WORD.search(text):
        return ()
    named = {_plain(match) for found in (COMPARED, DERIVED) for match in found.findall(text)}
    return tuple(name for name in item.filters if _plain(last(name)) in named)


def _plain(name: str) -> str:
    return name.replace("_", "").lower()


PATTERNS = Reader(name="Columns compared with patterns", languages=LANGUAGES, read=read_patterns)
