"""JPQL and HQL: what a query over objects does, whether its values are bound, and what gets into it unbound."""

from __future__ import annotations

import re

from reviewer.gather.data.outside import Origin, Origins
from reviewer.gather.look import Look
from reviewer.gather.syntax import Call, Expr, Name, Text, dotted
from reviewer.model.facts.data import Feature, Statement

TEXT_LIMIT = 4_000
VERB = re.compile(r"\s*(select|from|update|delete|insert)\b", re.IGNORECASE)
TABLES = re.compile(
    r"\b(?:from|join|update|into)\s+(?:fetch\s+)?(?!select\b|fetch\b|treat\b)(#\{#entityName\}|(?-i:[A-Z])\w*)",
    re.IGNORECASE,
)
FEATURES = (
    (Feature.EAGER, r"\bjoin\s+fetch\b"),
    (Feature.JOIN, r"\bjoin\b"),
    (Feature.GROUP, r"\bgroup\s+by\b"),
    (Feature.ORDER, r"\border\s+by\b"),
    (Feature.AGGREGATE, r"\b(?:count|sum|avg|min|max)\s*\("),
    (Feature.SUBQUERY, r"\(\s*select\b"),
    (Feature.LIMIT, r"\b(?:limit|offset|fetch\s+first)\b"),
)
_FEATURES = tuple((feature, re.compile(pattern, re.IGNORECASE)) for feature, pattern in FEATURES)
CONDITION = re.compile(r"\b(?:where|order\s+by|group\s+by|having)\b", re.IGNORECASE)
COLUMN = re.compile(r"\b([a-z]\w*)\.([a-z]\w*)(?!\s*\()")
BOUND = re.compile(r":\w|\?\d*|:#\{|\?#\{")
VALUE_BEFORE = re.compile(
    r"(?:=|<|>|<>|!=|\blike|\bin|\(|'|%|,|\bbetween|\band|\bmember of)\s*['%(]*\s*\Z", re.IGNORECASE
)
LIST_BEFORE = re.compile(r"\b(?:select|from|order\s+by|group\s+by|join)\s*[\w.,\s]*\Z", re.IGNORECASE)
FILTERS_MOST = 16


def literal_of(text: Text) -> str:
    """The text with a mark for each unknown part."""
    return "".join(part if isinstance(part, str) else ":gap" for part in text.parts)[:TEXT_LIMIT]


def jpql_statement(text: Text, layer: str, *, function: str = "", in_loop: bool = False) -> Statement | None:
    """The statement that a query text is, None where it is none."""
    literal = literal_of(text)
    found = VERB.match(literal)
    if found is None:
        return None
    verb = found[1].lower().replace("from", "select")
    tables = tuple(dict.fromkeys(name.strip("#{}") for name in TABLES.findall(literal)))
    features = {feature for feature, pattern in _FEATURES if pattern.search(literal)}
    return Statement(
        verb=verb,
        line=text.line,
        end_line=text.end_line,
        layer=layer,
        tables=tables,
        filters=_filters(literal, tables),
        features=tuple(sorted(features)),
        bound=True if BOUND.search(literal.replace(":gap", "")) else None,
        in_loop=in_loop,
        function=function,
    )


def _filters(literal: str, tables: tuple[str, ...]) -> tuple[str, ...]:
    """The columns named behind ``where``, ``order by`` and ``group by``, with the table where there is but one."""
    start = CONDITION.search(literal)
    if start is None:
        return ()
    names = dict.fromkeys(match[2] for match in COLUMN.finditer(literal, start.start()))
    only = f"{tables[0]}." if len(tables) == 1 else ""
    return tuple(f"{only}{name}" for name in names)[:FILTERS_MOST]


def injection_of(text: Text, look: Look, function: int) -> str | None:
    """A sentence where a value gets into the text of a query, None where none does."""
    origins = Origins(look)
    before = ""
    for part in text.parts:
        if isinstance(part, str):
            before = part
            continue
        origin = origins.of(part, function)
        value = bool(VALUE_BEFORE.search(before[-200:])) and not LIST_BEFORE.search(before[-200:])
        if origin == Origin.OUTSIDE or (origin == Origin.UNKNOWN and value):
            return f"{_said(part)} gets into the text of the query instead of being bound"
        before = ""
    return None


def _said(part: Expr) -> str:
    name = dotted(part) if isinstance(part, Name) else part.name if isinstance(part, Call) else ""
    return f"`{name.strip('.')[:60]}`" if name.strip(".") else "a value"
