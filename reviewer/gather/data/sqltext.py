"""SQL as it stands in program code: recognising it, and reading it around what is interpolated into it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from reviewer.gather.data.parse import Limit, Parser
from reviewer.gather.data.statements import Parts, first_word, parts_of
from reviewer.gather.syntax import Expr, Text

HEAD = 4_000
"""Characters that are looked at to recognise SQL."""

NAME = r"[\w.`\"\[\]{}%$:#@]+"
SHAPES = re.compile(
    r"\s*+(?:--[^\n]*+\s*+)*+\(?\s*+(?:"
    rf"select\b(?=[\s\S]*?\bfrom\b)|select\s++[\w@*'\"(]|insert\s++(?:ignore\s++|or\s++\w++\s++)?into\s++{NAME}|replace\s++into\s++{NAME}"
    rf"|update\s++(?:only\s++|ignore\s++)?{NAME}\s++(?:as\s++)?(?:\w++\s++)?set\s++(?:{NAME}\s*+=|x\s)|delete\s++from\s++{NAME}"
    r"|create\s++(?:or\s++replace\s++)?(?:global\s++|temp(?:orary)?\s++|unique\s++|materialized\s++|unlogged\s++)*+"
    r"(?:table|index|view|database|schema|keyspace|extension|type|trigger|function|procedure|user|role|sequence|column\s*family)\b\s*+\S"
    r"|alter\s++(?:table|keyspace|database|type|user|role|sequence)\s++\S|drop\s++(?:table|keyspace|database|index|view|schema|type|user|column\s*family)\s++\S"
    rf"|with\s++(?:recursive\s++)?{NAME}\s*+(?:\([^()]*+\)\s*+)?as\s++(?:not\s++)?(?:materialized\s++)?\(|truncate\s++(?:table\s++)?{NAME}\s*+;?\s*+\Z"
    rf"|merge\s++into\s++{NAME}|pragma\s++\w++|show\s++(?:tables|databases|columns|create|index)\b|desc(?:ribe)?\s++{NAME}\s*+;?\s*+\Z|explain\s++(?:analyze\s++)?select\b"
    r"|call\s++\w++\s*+\(|exec(?:ute)?\s++\w++|grant\s++\w[^;]*\bto\b|begin\b|commit\b|rollback\b|start\s++transaction|savepoint\s++\w|lock\s++table|set\s++\w++\s*+(?:=|to\b)"
    r")",
    re.IGNORECASE,
)
"""How statements begin. Handed to an execute-like call, a text of such a shape is SQL."""

SURE_SHAPES = re.compile(
    r"\s*+(?:--[^\n]*+\s*+)*+\(?\s*+(?:"
    r"SELECT\b(?=[\s\S]*?\bFROM\s)|INSERT\s++(?:IGNORE\s++|OR\s++\w++\s++)?INTO\s++\S|UPDATE\s++\S++\s++(?:\w++\s++)?SET\s++\S|DELETE\s++FROM\s++\S"
    r"|CREATE\s++(?:UNIQUE\s++)?(?:TABLE|INDEX)\s++\S|ALTER\s++TABLE\s++\S|DROP\s++TABLE\s++\S|WITH\s++(?:RECURSIVE\s++)?\w++\s++AS\s*+\(|MERGE\s++INTO\s++\S"
    r"|create\s++table\s++(?:if\s++not\s++exists\s++)?[\w.`\"]++\s*+\("
    r"|insert\s++into\s++[\w.`\"]++\s*+\([^()]{1,2000}+\)\s*+values\s*+\(|update\s++[\w.`\"]++\s++set\s++[\w.`\"]++\s*+=\s*+[$?:@%]"
    r"|delete\s++from\s++[\w.`\"]++\s++where\s++[\w.`\"]++\s*+=\s*+[$?:@%]"
    r"|select\b(?=[\s\S]*?\bfrom\s++[\w.`\"]++\s++(?:\w++\s++)?where\s++[\w.`\"]++\s*+=\s*+[$?:@%])"
    r")"
)
"""Capital keywords in the order of a statement, a table with its columns, small letters with a placeholder where a
value would stand: SQL wherever it stands."""

MARKS = re.compile(r"%s|%\(\w+\)s|\?|\$\d+|(?<![:\w\[]):[A-Za-z_]\w*|@\w+|\{\w*\}")
"""Placeholders of the drivers."""

FORMATS = re.compile(r"%(?:\d\$)?[dfF]\b")
"""Placeholders that WordPress fills with numbers, which the parser does not know."""
QUOTED = re.compile(r"'(?:[^']|'')*+'")
IDENTIFIER_BEFORE = re.compile(
    r"(?:\b(?:from|into|update|table|join|index|by|keyspace|database|schema|exists|view|add|column|on|select|user|as|drop|distinct|asc|desc|type)"
    r"|[.,(`\"\[])\s*+\Z",
    re.IGNORECASE,
)
VALUE_BEFORE = re.compile(
    r"(?:[=<>]|\b(?:like|ilike|limit|offset|between|and|in|values|then|else|set)\b\s*+\(?|\bvalues\s*+\([^()]*+,)\s*+\Z",
    re.IGNORECASE,
)
QUOTE_BEFORE = re.compile(r"['\"]%?\Z")
BEFORE = 80
"""Characters before a gap that its place is told by."""

PLACED_LIMIT = 300
"""Gaps of one text whose place is looked at."""


@dataclass(frozen=True, slots=True)
class Gap:
    """An expression inside a text of SQL, and what its place says of it."""

    expr: Expr
    quoted: bool = False
    value: bool = False
    identifier: bool = False


@dataclass(frozen=True, slots=True)
class SqlText:
    """A text of SQL with its gaps. ``pieces`` alternate text and gap as they stand."""

    pieces: tuple[str | Gap, ...]
    line: int
    end_line: int
    tagged: bool = False

    @property
    def gaps(self) -> tuple[Gap, ...]:
        """What is interpolated, in order."""
        return tuple(piece for piece in self.pieces if isinstance(piece, Gap))

    @property
    def literal(self) -> str:
        """The text with a placeholder for each gap."""
        return "".join(piece if isinstance(piece, str) else _stand_in(piece) for piece in self.pieces)


def looks_like_sql(text: Text, *, sure: bool = False) -> bool:
    """Whether a string is a statement; ``sure`` asks for the shape that prose does not have."""
    literal = "".join(part if isinstance(part, str) else " x " for part in text.parts)[:HEAD]
    return bool((SURE_SHAPES if sure else SHAPES).match(literal))


def sql_text(parts: tuple[str | Expr, ...], line: int, end_line: int, *, tagged: bool = False) -> SqlText:
    """The parts of a string as SQL."""
    pieces: list[str | Gap] = []
    before = ""
    for index, part in enumerate(parts):
        if isinstance(part, str):
            pieces.append(part)
            before = (before + part)[-BEFORE:]
            continue
        after = parts[index + 1] if index + 1 < len(parts) else ""
        following = after if isinstance(after, str) else ""
        pieces.append(_gap(part, before, following) if index < PLACED_LIMIT else Gap(part))
        before = (before + "x")[-BEFORE:]
    return SqlText(tuple(pieces), line, end_line, tagged)


def _gap(expr: Expr, before: str, after: str) -> Gap:
    quoted = bool(QUOTE_BEFORE.search(before)) and after[:2].lstrip("%")[:1] in ("'", '"')
    if quoted:
        return Gap(expr, quoted=True, value=before.rstrip("%").endswith("'"), identifier=before.endswith('"'))
    if VALUE_BEFORE.search(before):
        return Gap(expr, value=True)
    return Gap(expr, identifier=bool(IDENTIFIER_BEFORE.search(before)))


def _stand_in(gap: Gap) -> str:
    if gap.quoted:
        return "x"
    return "?" if gap.value else "interpolated_" if gap.identifier else " "


def parts_of_text(text: SqlText, parser: Parser) -> Parts | None:
    """What the statement does, or None where it cannot be parsed."""
    literal = FORMATS.sub("?", text.literal.strip().rstrip(";"))
    for reading in dict.fromkeys((literal, QUOTED.sub("''", literal).replace("interpolated_", "x"))):
        try:
            tree = parser.parse(reading)
        except Limit:
            return None
        if tree is not None:
            parts = parts_of(tree)
            return Parts(
                verb=parts.verb,
                tables=tuple(table for table in parts.tables if table != "interpolated_"),
                filters=tuple(
                    item.removeprefix("interpolated_.") for item in parts.filters if not item.endswith("interpolated_")
                ),
                features=parts.features,
                bound=parts.bound,
                many=parts.many,
            )
    return None


def has_placeholder(text: SqlText) -> bool:
    """Whether the text leaves values to the driver."""
    literal = "".join(piece if isinstance(piece, str) else "x" for piece in text.pieces)
    return bool(MARKS.search(QUOTED.sub("''", literal)))


def verb_of(text: SqlText) -> str:
    """The first word of the statement."""
    return first_word(text.literal.lstrip())
