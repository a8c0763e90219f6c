"""One SQL statement to sqlglot's tree, behind guards: some texts make its parser try every reading of them."""

from __future__ import annotations

import logging
import re
from dataclasses import dataclass

import sqlglot
from sqlglot import exp
from sqlglot.errors import SqlglotError

from reviewer.gather.data.dialect import MYSQL, POSTGRES, TSQL

logging.getLogger("sqlglot").setLevel(logging.CRITICAL)

LENGTH_LIMIT = 30_000
DEPTH_LIMIT = 14
LOOSE_JOIN_LIMIT = 10
BUDGET = 1_200_000
"""Characters that one file may have parsed, each level of nesting weighing as much as it can cost in retries."""

READINGS = ("", POSTGRES, MYSQL)
INDEX_READINGS = (POSTGRES, MYSQL, "")
"""Dialects to try, in this order, where nothing tells the dialect; the plain one takes ``ON t(a)`` for a function."""

INDEX = re.compile(r"create\s+(?:unique\s+)?index\b", re.IGNORECASE)

STORAGE = re.compile(
    r"\b(?:non)?clustered\b|\bwith\s*+\(\s*+(?:pad_index|statistics_\w+|fillfactor|ignore_dup_key|allow_\w+|sort_in_tempdb)\b[^()]*+\)"
    r"|\b(?:textimage_)?on\s++\[(?:primary|\w*filegroup\w*)\]",
    re.IGNORECASE,
)
"""Where and how T-SQL stores a table or an index, which the parser only knows in some places."""

UNIQUE = re.compile(r"\bunique(?=\s+(?:constraint|references|check|default)\b)", re.IGNORECASE)
"""Before another constraint of the same column, which the parser takes for the name of an index in T-SQL."""

NUMBERED = re.compile(r"\?\d{1,3}\b|[?:]#\{[^{}]{0,300}\}")
"""Placeholders that the parser does not know: ``?1`` of JDBC and SQLite, Spring's ``:#{...}``."""

CQL = re.compile(
    r"\s+allow\s+filtering\b|\s+using\s+(?:ttl|timestamp)\s+[\w?:]+(?:\s+and\s+(?:ttl|timestamp)\s+[\w?:]+)*"
    r"|(?<=\))\s+if\s+not\s+exists\s*(?=;|\Z)",
    re.IGNORECASE,
)
CQL_MARKS = ("filtering", "ttl", "timestamp", "exists")
"""What Cassandra adds to a statement of SQL."""

WITHOUT_ROWID = re.compile(r"(?<=\))\s+(?:strict\s*,\s*)?without\s+rowid\b", re.IGNORECASE)
"""How SQLite stores a table, behind its columns."""

BRACKETS = re.compile(r"[(\[{)\]}]")
JOIN = re.compile(r"(\bcross\s+|\bnatural\s+)?\bjoin\b|\b(on|using)\b", re.IGNORECASE)
RAISED = (SqlglotError, RecursionError, AttributeError, ValueError, TypeError, IndexError, KeyError, AssertionError)


class Limit(Exception):
    """The statement is longer or nests deeper than is read; the message says which."""


@dataclass(slots=True)
class Parser:
    """Parses the statements of one file until the budget is spent; an unsure dialect is tried last."""

    dialect: str = ""
    sure: bool = False
    left: int = BUDGET

    def parse(self, text: str) -> exp.Expression | None:
        """The tree of a statement, or None where it is none in this dialect.

        Raises:
            Limit: for a statement that passes a guard, and for every statement once the budget is spent.
        """
        readings = INDEX_READINGS if INDEX.match(text) else READINGS
        for dialect in (self.dialect,) if self.sure else dict.fromkeys((*readings, self.dialect)):
            self.left -= cost_of(text)
            if self.left < 0:
                raise Limit("past the limit on SQL that is parsed in one file")
            tree = _parse(text, dialect)
            if tree is not None and not isinstance(tree, exp.Command):
                return tree
        return None


def cost_of(text: str) -> int:
    """What parsing a text may cost, in characters of plain text.

    Raises:
        Limit: where it is longer or nests deeper than is read.
    """
    if len(text) > LENGTH_LIMIT:
        raise Limit(f"statement of more than {LENGTH_LIMIT:,} characters")
    depth = deepest = 0
    for bracket in BRACKETS.finditer(text):
        depth += 1 if bracket[0] in "([{" else -1
        deepest = max(deepest, depth)
    joins = [(bool(match[1]), bool(match[2])) for match in JOIN.finditer(text)]
    loose = sum(not plain and not on for plain, on in joins) - sum(on for _, on in joins)
    if deepest > DEPTH_LIMIT or loose > LOOSE_JOIN_LIMIT:
        raise Limit(f"statement nested more than {DEPTH_LIMIT} deep")
    return len(text) + (4 << max(deepest, loose, 0))


def _parse(text: str, dialect: str) -> exp.Expression | None:
    if dialect == TSQL:
        text = UNIQUE.sub("unique [u]", STORAGE.sub(" ", text))
    if "?" in text or "#{" in text:
        text = NUMBERED.sub("?", text)
    low = text[-400:].lower()
    if any(mark in low for mark in CQL_MARKS):
        text = CQL.sub("", text)
    if "rowid" in low:
        text = WITHOUT_ROWID.sub("", text)
    try:
        tree = sqlglot.parse_one(text, read=dialect or None)
    except RAISED:
        return None
    return tree if isinstance(tree, exp.Expression) else None
