"""SQL as tools write and run it, made plain: conditional comments, variables of the shells, definers of views."""

from __future__ import annotations

import re

from reviewer.gather.data.dialect import MYSQL, ORACLE
from reviewer.gather.data.split import CONTINUES, WORD, Piece

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

INTO_VARIABLES = re.compile(r"\binto\s++@\w++(?:\s*+,\s*+@\w++)*+", re.IGNORECASE)
"""Where MySQL puts the one row of a query."""

TEMPLATE = re.compile(r"\{\{(?P<value>[^{}]{0,600})\}\}|\{%[^%]{0,2000}%\}|\{#[^#]{0,4000}#\}")
REFERENCE = re.compile(r"(?:ref|source)\(\s*['\"]([\w.]{1,100})['\"](?:\s*,\s*['\"]([\w.]{1,100})['\"])?")
SETTING = re.compile(r"(?:config|log|do|print)\s*\(")
OWN = "this"
"""Templates of dbt: what names another model or a table, and what answers nothing."""

LAST_CLAUSES = re.compile(
    r"\)\s*+(?:without\s+oids|tablespace\s+\w+|segment\s+creation|pctfree|organization\s+index|storage\s*\(|logging"
    r"|nologging|initrans|deferrable)\b[^;]*+\Z",
    re.IGNORECASE,
)
"""How Oracle stores a table, behind its columns."""

STATES = re.compile(
    r"\b(?:enable|disable|rely|(?:no)?validate|using\s+index(?:\s+tablespace\s+\w+)?)\s++(?:(?:no)?validate|rely)?\s*+(?=[,)]|\Z)"
    r"|\b(?:enable|disable|rely|(?:no)?validate|using\s+index)(?=[,)]|\Z)",
    re.IGNORECASE,
)
"""Whether Oracle checks a constraint."""

MERGE_DELETE = re.compile(r"\bdelete\s++where\b(?:(?!\bwhen\b)[^;]){1,600}+", re.IGNORECASE)
"""What Oracle's MERGE deletes of the rows that it has just updated."""
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


def without_templates(text: str) -> str:
    """A template of dbt as the SQL that it stands for, line by line as before.

    What is referred to becomes its name, a setting nothing, any other value a null; conditions count as met.
    """
    return TEMPLATE.sub(_filled, text) if "{{" in text or "{%" in text else text


def _filled(match: re.Match[str]) -> str:
    lines = "\n" * match[0].count("\n")
    said = (match["value"] or "").strip(" -\n\t")
    if not said or SETTING.match(said):
        return lines
    named = REFERENCE.match(said)
    return (named[2] or named[1] if named else said if said == OWN else "null") + lines


def plainer(text: str, dialect: str) -> str:
    """A statement without what the parser does not know and the facts do not need."""
    text = DEFINER.sub(r"\1", text)
    if dialect in (MYSQL, "") and "@" in text:
        text = INTO_VARIABLES.sub(" ", text)
    if "&" in text:
        text = VARIABLE.sub("1", text)
    if ":'" in text or ':"' in text:
        text = QUOTED_VARIABLE.sub("'x'", text)
    if dialect in (ORACLE, ""):
        text = WIDTH.sub(r"\1(\2)", STATES.sub("", text))
        text = LAST_CLAUSES.sub(")", text)
        if text[:60].lstrip()[:5].lower() == "merge":
            text = MERGE_DELETE.sub(" ", text)
    return text


STARTS = re.compile(
    r"[ \t]*+(?:select|with|insert|update|delete|create|alter|drop|truncate|merge|declare|exec(?:ute)?|use|set)\b",
    re.IGNORECASE,
)
PARAGRAPH_LIMIT = 200


def paragraphs(piece: Piece) -> list[Piece]:
    """What an empty line or a comment parts, where each begins like a statement: files that have no semicolons."""
    found: list[Piece] = []
    lines = piece.text.split("\n")
    start, parted, asked = 0, False, 0
    for number, line in enumerate(lines):
        low = line.strip()
        if not low or low.startswith(("--", "/*")):
            parted = True
            continue
        if parted and STARTS.match(line):
            asked += 1
            if not _goes_on(lines[start:number]):
                found.append(_paragraph(piece, lines, start, number))
                start = number
        parted = False
        if asked >= PARAGRAPH_LIMIT:
            break
    found.append(_paragraph(piece, lines, start, len(lines)))
    return found


def _goes_on(lines: list[str]) -> bool:
    """Whether a statement cannot end here: an open bracket, or a last word that something follows."""
    code = [line.partition("--")[0] for line in lines[-PARAGRAPH_LIMIT:]]
    text = " ".join(code)
    last = WORD.findall(text[-80:])
    open_bracket = text.count("(") > text.count(")")
    return open_bracket or not last or last[-1].lower() in CONTINUES or last[-1] == ","


def _paragraph(piece: Piece, lines: list[str], start: int, end: int) -> Piece:
    text = "\n".join(lines[start:end]).rstrip()
    return Piece(text, piece.line + start, piece.line + start + text.count("\n"))
