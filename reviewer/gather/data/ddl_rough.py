"""The columns of a CREATE TABLE that cannot be parsed as a whole, told from the first words of each."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from sqlglot import exp

TEXT_LIMIT = 20_000
PART_LIMIT = 200
COMMENTS = re.compile(r"--[^\n]*|/\*[^*]*+(?:\*(?!/)[^*]*+)*+\*/")
MARKS = re.compile(r"'(?:[^']|'')*+'|[(),]")
TYPE = re.compile(r"[\w.]++(?:\s*+\([^()]*+\))?")
CONSTRAINT = re.compile(
    r"\s*+(?:constraint\s++\S++\s++)?(primary\s++key|foreign\s++key|unique|check|index|key|exclude|period|like|fulltext)\b",
    re.IGNORECASE,
)
UNPARTED = re.compile(r"\s(?=(?:constraint\s++\S++\s++)?(?:foreign\s++key|primary\s++key|unique)\s*+\()", re.IGNORECASE)
"""Where a constraint of the table begins although a comma is missing."""
NAMES = re.compile(r"\(([^()]*+)\)")
NAME = re.compile(r"(?:period\s++)?[\[\"`]?(\w++)", re.IGNORECASE)
REFERENCES = re.compile(
    r"\breferences\s++(?:[\[\"`]?\w++[\]\"`]?\s*+\.\s*+)?[\[\"`]?(\w++)[\]\"`]?(?:\s*+\(\s*+[\[\"`]?(\w++))?",
    re.IGNORECASE,
)
VALUES = (exp.DataType.Type.ENUM, exp.DataType.Type.SET)
"""Types that list the values they take."""
KNOWN = re.compile(
    r"\w*(?:serial|int|integer|char|char2|text|string|blob|clob|binary|money|number|numeric|float|real|double|bool"
    r"|boolean|date|time|datetime|timestamp|json|uuid|guid|xml|raw|oid|vector|cube|ltree|hstore|regclass|name|identity)\d*"
)
"""Types of extensions and other databases; other types by a name of their own are enums and domains."""


@dataclass(frozen=True, slots=True)
class RoughColumn:
    """A column, or with a ``kind`` a constraint over the columns that it names."""

    names: tuple[str, ...]
    type: str = ""
    kind: str = ""
    nullable: bool = True
    primary: bool = False
    unique: bool = False
    references: str | None = None


def rough_columns(text: str) -> Iterator[RoughColumn]:
    """What stands between the parentheses of a CREATE TABLE, entry by entry."""
    for part in (piece for entry in _parts(COMMENTS.sub("", text[:TEXT_LIMIT])) for piece in _pieces(entry)):
        low = part.lower()
        found = REFERENCES.search(part)
        target = f"{found[1]}.{found[2]}" if found and found[2] else found[1] if found else None
        constraint = CONSTRAINT.match(part)
        if constraint:
            inside = NAMES.search(part, constraint.end())
            names = (
                tuple(name[1] for item in inside[1].split(",") if (name := NAME.match(item.strip()))) if inside else ()
            )
            yield RoughColumn(names, kind=constraint[1].lower().split()[0], references=target)
            continue
        head = NAME.match(part)
        kind = TYPE.match(part[head.end() :].lstrip(']"` \t\n')) if head else None
        if head and kind:
            yield RoughColumn(
                (head[1],),
                type=kind[0],
                nullable="not null" not in low,
                primary="primary key" in low,
                unique=bool(re.search(r"\bunique\b", low)),
                references=target,
            )


def _pieces(entry: str) -> list[str]:
    """An entry, with the constraint of the table that follows it without a comma as one of its own."""
    found = UNPARTED.search(entry)
    if found is None or CONSTRAINT.match(entry):
        return [entry]
    return [entry[: found.start()], entry[found.end() :]]


def _parts(text: str) -> Iterator[str]:
    """The entries between the outermost parentheses."""
    depth, start, count = 0, -1, 0
    for mark in MARKS.finditer(text):
        if mark[0] == "(":
            depth += 1
            start = mark.end() if depth == 1 else start
        elif mark[0] in (")", ",") and (depth == 1 or (depth == 0 and start >= 0)):
            if text[start : mark.start()].strip():
                yield text[start : mark.start()].strip()
            start, count = mark.end(), count + 1
            if mark[0] == ")" or count > PART_LIMIT:
                return
        elif mark[0] == ")":
            depth -= 1


def lists_values(kind: object) -> bool:
    """Whether a type takes some values only: an enum, or an enum or a domain that the schema makes."""
    if not isinstance(kind, exp.DataType):
        return False
    own = kind.this == exp.DataType.Type.USERDEFINED
    return kind.this in VALUES or (own and not KNOWN.fullmatch(kind.sql().rpartition(".")[2].strip('"').lower()))
