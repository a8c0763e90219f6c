"""Mapper files of MyBatis: their statements, with fragments and dynamic parts put in."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from xml.parsers import expat

import msgspec

from reviewer.gather.data.names import data_use
from reviewer.gather.data.orm.jvm._mybatis_sql import MYBATIS, mybatis_statement
from reviewer.gather.reader import DocumentReader
from reviewer.model.facts.data import How, Statement
from reviewer.model.facts.file import FileFacts

MAPPER = re.compile(r"<mapper\s[^<>]{0,300}\bnamespace\s*=|<!DOCTYPE\s+(?:mapper|sqlMap)\b")
HEAD = 8_000
SIZE_LIMIT = 1024 * 1024
STATEMENT_LIMIT = 500
INCLUDE_DEPTH = 6
TEXT_LIMIT = 40_000
VERBS = ("select", "insert", "update", "delete")
BEFORE = {"where": " where ", "set": " set "}
SKIPPED = frozenset({"selectKey", "bind", "property", "otherwise"})
NUMERIC = re.compile(r"(?:java\.lang\.)?_?(?:int|integer|long|short|byte)\Z", re.IGNORECASE)


@dataclass(slots=True)
class _Body:
    """A statement or fragment while it is read: text, and the names of fragments included in it."""

    verb: str
    name: str
    line: int
    end_line: int = 0
    parameter: str = ""
    pieces: list[str | tuple[str]] = field(default_factory=list)


class _Refused(Exception):
    """The document declares entities."""


class _Reading:
    """One pass over a mapper file."""

    def __init__(self) -> None:
        self.parser = expat.ParserCreate("utf-8")
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text
        self.parser.EntityDeclHandler = self._refuse
        self.bodies: list[_Body] = []
        self.fragments: dict[str, _Body] = {}
        self.open: _Body | None = None
        self.skipping = 0
        self.suffixes: list[str] = []

    def _refuse(self, *_: object) -> None:
        raise _Refused

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        if self.skipping or (self.open is not None and tag in SKIPPED):
            self.skipping += 1
            return
        if self.open is None:
            if tag in VERBS or tag == "sql":
                name = attributes.get("id", "")
                kind = attributes.get("parameterType", "")
                self.open = _Body(tag, name, self.parser.CurrentLineNumber, parameter=kind)
            return
        if tag == "include":
            self.open.pieces.append((attributes.get("refid", "").rpartition(".")[2],))
        elif tag == "foreach":
            self.open.pieces.append(f" {attributes.get('open', '')} ")
        elif tag == "trim":
            self.open.pieces.append(f" {attributes.get('prefix', '')} ")
        self.open.pieces.append(BEFORE.get(tag, " "))
        self.suffixes.append(
            {"foreach": attributes.get("close", ""), "trim": attributes.get("suffix", "")}.get(tag, "")
        )

    def _end(self, tag: str) -> None:
        if self.skipping:
            self.skipping -= 1
        elif self.open is not None and (tag in VERBS or tag == "sql") and not self.suffixes:
            body, self.open = self.open, None
            body.end_line = self.parser.CurrentLineNumber
            if body.verb == "sql":
                self.fragments[body.name] = body
            else:
                self.bodies.append(body)
        elif self.open is not None and self.suffixes:
            self.open.pieces.append(f" {self.suffixes.pop()} ")

    def _text(self, data: str) -> None:
        if self.open is not None and not self.skipping:
            self.open.pieces.append(data)

    def sql_of(self, body: _Body, depth: int = 0) -> str:
        """The text of a body with its fragments."""
        found: list[str] = []
        size = 0
        for piece in body.pieces:
            if isinstance(piece, str):
                found.append(piece)
            elif depth < INCLUDE_DEPTH and (fragment := self.fragments.get(piece[0])) is not None:
                found.append(self.sql_of(fragment, depth + 1))
            size += len(found[-1]) if found else 0
            if size > TEXT_LIMIT:
                break
        return " ".join(found)


def read_mappers(source: str, base: FileFacts) -> FileFacts:
    """A mapper file; any other XML is left as it is."""
    if not MAPPER.search(source, 0, HEAD) or len(source) > SIZE_LIMIT:
        return base
    reading = _Reading()
    try:
        reading.parser.Parse(source.encode("utf-8", "replace"), True)
    except (_Refused, expat.ExpatError, ValueError):
        if not reading.bodies:
            return base
    found = [item for body in reading.bodies[:STATEMENT_LIMIT] if (item := _statement(reading, body)) is not None]
    line = found[0].line if found else 1
    return msgspec.structs.replace(
        base,
        statements=(*base.statements, *found),
        data=(*base.data, data_use(MYBATIS, How.QUERIED, line, "mapper file")),
    )


def _statement(reading: _Reading, body: _Body) -> Statement | None:
    types = {"_parameter": "int", "value": "int", "id": "int"} if NUMERIC.match(body.parameter) else {}
    sql = reading.sql_of(body)
    return mybatis_statement(sql, body.line, body.end_line, verb=body.verb, function=body.name, types=types)


MAPPERS = DocumentReader("mybatis-mappers", ("xml",), read_mappers)
