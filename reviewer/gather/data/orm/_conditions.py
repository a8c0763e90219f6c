"""The columns that a query builder's filtering calls name: keywords, attributes of classes, operators of columns."""

from __future__ import annotations

import re
from collections.abc import Sequence

from reviewer.gather.expressions import inside, pairs_of
from reviewer.gather.look import words
from reviewer.gather.syntax import Call, Name, plain

FILTER_LIMIT = 16
COLUMN = re.compile(r"[A-Za-z_]\w*+(?:\.[A-Za-z_]\w*+)?")
PATTERNS = words("like ilike not_like not_ilike contains icontains startswith endswith match regexp_match")
OPERATORS = PATTERNS | words("in_ not_in notin_ is_ is_not isnot between any_")
"""Methods of SQLAlchemy's columns, which compare them."""


def filters_of(calls: Sequence[Call], table: str) -> tuple[str, ...]:
    """The columns that some filtering calls name.

    Args:
        calls: those of a chain that filter, join or sort.
        table: what the query is about, for columns that stand alone.
    """
    found: dict[str, None] = {}
    for call in calls:
        for key in call.keywords:
            found[_column(table, key)] = None
        for item in inside(*call.args):
            if isinstance(item, Name) and item.dotted[:1].isupper() and item.dotted.count(".") == 1:
                found[item.dotted] = None
            elif isinstance(item, Call) and item.last == "Q":
                found.update(dict.fromkeys(_column(table, key) for key in item.keywords))
            elif isinstance(item, Call) and (column := _compared(item, OPERATORS)):
                found[column] = None
        text = (plain(call.args[0]) or "").lstrip("-") if call.args else ""
        if COLUMN.fullmatch(text):
            found[text if "." in text else _column(table, text)] = None
        for key, _ in pairs_of(call.args[0]) if call.args else ():
            found[_column(table, key)] = None
    return tuple(found)[:FILTER_LIMIT]


def patterns_of(calls: Sequence[Call]) -> tuple[str, ...]:
    """Those of the columns that are compared with a pattern."""
    compared = (item for call in calls for item in inside(*call.args) if isinstance(item, Call))
    names = (_compared(item, PATTERNS) for item in compared)
    return tuple(dict.fromkeys(name for name in names if name))[:FILTER_LIMIT]


def _compared(call: Call, operators: frozenset[str]) -> str:
    """``User.name.ilike(text)``: the column that an operator of it compares; empty where the call is none."""
    column = call.name.removesuffix(f".{call.last}")
    return column if call.last in operators and column[:1].isupper() and column.count(".") == 1 else ""


def _column(table: str, key: str) -> str:
    name = key.split("__")[0] or key
    return f"{table}.{name}" if table else name
