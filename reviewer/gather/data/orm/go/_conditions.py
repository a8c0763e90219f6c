"""Columns in the texts and values that Go's query builders are given as conditions."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reviewer.gather.data.orm._models import snake_case
from reviewer.gather.expressions import inside, pairs_of
from reviewer.gather.syntax import Call, Expr, Items, Mapping, Text, plain

COMPARED = re.compile(
    r"[`\"]?([A-Za-z_]\w{0,60}(?:[`\"]?\.[`\"]?\w{1,60})?)[`\"]?\s*(?:=|<>|!=|<=?|>=?|\b(?:not\s+)?(?:like|ilike|in|is|between)\b)",
    re.IGNORECASE,
)
ORDERED = re.compile(r"[`\"]?([A-Za-z_]\w{0,60}(?:\.\w{1,60})?)[`\"]?(?:\s+(?:asc|desc))?\s*(?:,|$)", re.IGNORECASE)
WORDS = frozenset(
    {"and", "or", "not", "select", "from", "where", "null", "exists", "case", "when", "then", "lower", "upper"}
)
ORDERING = frozenset({"Order", "OrderBy", "OrderExpr", "Asc", "Desc", "Group", "GroupBy"})
"""Calls whose texts name columns without comparing them."""
TEXT_LENGTH = 1_000
FILTER_LIMIT = 16


def columns_of(call: Call) -> Iterator[str]:
    """The columns that a condition or an order names."""
    for arg in call.args:
        if isinstance(arg, Text):
            text = "".join(part if isinstance(part, str) else " " for part in arg.parts)[:TEXT_LENGTH]
            pattern = ORDERED if call.last in ORDERING else COMPARED
            found = [match[1].replace('"', "").replace("`", "") for match in pattern.finditer(text)]
            if not found and re.fullmatch(r"\w{1,60}(?:\.\w{1,60})?", text):
                found = [text]
            yield from (name for name in found if name.lower() not in WORDS)
            continue
        if isinstance(arg, Call) and arg.new:
            yield from (snake_case(key) for key in arg.keywords if key not in ("", "<>"))
        elif isinstance(arg, Mapping):
            yield from (key for key, _ in pairs_of(arg))


def binds(calls: tuple[Call, ...], filtering: frozenset[str]) -> bool:
    """Whether values go to a condition beside its text, or in a struct or map."""
    for call in calls:
        if call.last in filtering and call.args:
            if len(call.args) > 1 or isinstance(call.args[0], (Mapping, Items)):
                return True
            if isinstance(call.args[0], Call) and call.args[0].new:
                return True
    return False


def texts_in(call: Call) -> Iterator[str]:
    """The constant texts among the arguments of a call."""
    for item in inside(*call.args):
        if isinstance(item, Text) and (text := plain(item)) is not None:
            yield text


def named_table(expr: Expr | None) -> str:
    """The table in a text like ``users AS u``."""
    text = (plain(expr) or "").strip()
    return text.split(" ")[0].strip('`"') if text else ""
