"""SQL as tools write and run it, made plain: conditional comments, variables of the shells, definers of views."""

from __future__ import annotations

import re

from reviewer.gather.data.dialect import MYSQL, ORACLE

CONDITIONAL = "/*!"
VERSION = re.compile(r"\d{5,6} ?")
DUMPED = re.compile(
    r"phpMyAdmin SQL Dump|MySQL dump \d|MariaDB dump \d|PostgreSQL database (?:cluster )?dump|Dump completed"
    r"|HeidiSQL|Navicat|Sequel (?:Pro|Ace)|Adminer \d|SQLiteStudio|mysqldump|/\*{6} Object:|Dumping data for table",
    re.IGNORECASE,
)
DUMP_HEAD = 6_000

DEFINER = re.compile(
    r"(\bcreate\s+(?:or\s+replace\s+)?)(?:(?:algorithm\s*=\s*\w+|definer\s*=\s*\S+|sql\s+security\s+\w+|force|editionable"
    r"|bitmap|no\s*force)\s+)+(?=(?:view|index|table)\b)",
    re.IGNORECASE,
)
VARIABLE = re.compile(r"&&?\w{1,60}\.?")
QUOTED_VARIABLE = re.compile(r":'\w{1,60}'|:\"\w{1,60}\"")
"""Variables that SQL*Plus and psql put in before the database sees the statement."""

LAST_CLAUSES = re.compile(
    r"\)\s*+(?:without\s+oids|tablespace\s+\w+|segment\s+creation|pctfree|organization\s+index|storage\s*\(|logging|nologging|initrans"
    r"|deferrable)\b[^;]*+\Z",
    re.IGNORECASE,
)
"""How Oracle stores a table, behind its columns."""

STATES = re.compile(r"\b(?:enable|disable|using\s+index(?:\s+tablespace\s+\w+)?)\s*+(?=[,)]|\Z)", re.IGNORECASE)
WIDTH = re.compile(r"\b(n?varchar2?|char)\s*+\(\s*+(\d+)\s++(?:byte|char)\s*+\)", re.IGNORECASE)


def is_dump(text: str) -> bool:
    """Whether a tool wrote this file out of a database."""
    return bool(DUMPED.search(text, 0, DUMP_HEAD))


def without_conditions(text: str, dialect: str) -> str:
    """The text with what stands in MySQL's conditional comments laid open, line by line as before."""
    if dialect != MYSQL or CONDITIONAL not in text:
        return text
    first, *rest = text.split(CONDITIONAL)
    found = [first]
    for part in rest:
        inside, closing, after = part.partition("*/")
        version = VERSION.match(inside)
        found.append(f"   {inside[version.end() if version else 0 :]}{'  ' if closing else ''}{after}")
    return "".join(found)


def plainer(text: str, dialect: str) -> str:
    """A statement without what the parser does not know and the facts do not need."""
    text = DEFINER.sub(r"\1", text)
    if "&" in text:
        text = VARIABLE.sub("1", text)
    if ":'" in text or ':"' in text:
        text = QUOTED_VARIABLE.sub("'x'", text)
    if dialect in (ORACLE, ""):
        text = WIDTH.sub(r"\1(\2)", STATES.sub("", text))
        text = LAST_CLAUSES.sub(")", text)
    return text
