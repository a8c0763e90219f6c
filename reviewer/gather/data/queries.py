"""What the readers of statements in code share: places, signs and the loop around a call."""

from __future__ import annotations

import re

import msgspec

from reviewer.gather.data._loops import over_rows
from reviewer.gather.look import Look
from reviewer.gather.reader import Kept
from reviewer.gather.syntax import Call, Mapping, dotted, plain
from reviewer.model.facts.code import Sign, SignKind
from reviewer.model.facts.data import Statement

DATA_VERBS = frozenset({"select", "insert", "update", "delete", "merge", "replace", "upsert"})
ECMA_LANGUAGES = ("JavaScript", "TypeScript")
IDS = frozenset({"_id", "id", "pk", "objectid"})
WRITING = re.compile(r"(?:insert|create|save|add|put|aggregate|bulk|set|push|index)\w*\Z", re.IGNORECASE)
"""Calls whose first object is a row, or stages, and no filter."""
DERIVED = re.compile(r"(?:find|get|read|query|count|exists|delete|search)\w{0,20}?By([A-Z]\w{0,60})\Z")
OF_ID = re.compile(r"Ids?(?![a-z])|Key(?![a-z])|Pk(?![a-z])|One(?![a-z])")
FIELD = re.compile(r"[a-z_][\w.]{0,60}")
"""A field; the options of DynamoDB begin with a capital."""
OPTIONS = frozenset(
    "session projection sort limit skip hint batch_size upsert new lean returndocument return_document array_filters"
    " arrayfilters comment collation max_time_ms ordered transaction runvalidators strict populate length".split()
)
"""Names of options that queries on documents take beside their filter, in small letters."""
INDEX_NAME = "IndexName"
"""The option by which DynamoDB is asked through an index."""


def add_sign(kept: Kept, look: Look, kind: SignKind, call: Call, detail: str) -> None:
    """Keeps a sign on the lines of a call."""
    function = look.qualname(call.function)
    kept.signs.append(Sign(kind=kind, line=call.line, end_line=call.end_line, detail=detail, function=function))
    field = _filtered_by(look, call, detail) if kind is SignKind.NOSQL_QUERY else ""
    if field:
        told = SignKind.NOSQL_INDEX if field == INDEX_NAME else SignKind.NOSQL_FILTER
        kept.signs.append(Sign(kind=told, line=call.line, end_line=call.end_line, detail=field, function=function))


def _filtered_by(look: Look, call: Call, detail: str) -> str:
    """The first field other than the id that a query on documents filters by, ``""`` where none is known."""
    derived = DERIVED.search(detail)
    if derived:
        return "" if OF_ID.match(derived[1]) else derived[1][:1].lower() + derived[1][1:]
    if WRITING.match(call.last):
        return ""
    given = [look.value(arg, call.function) for arg in call.args[:2]]
    held = look.module.language == "Python"
    pairs = [pair for arg in given if isinstance(arg, Mapping) for pair in arg.pairs]
    names = [name for key, _ in pairs if (name := plain(key) or ("" if held else dotted(key)))]
    names += [name.partition("__")[0] for name in call.keywords]
    if INDEX_NAME in names:
        return INDEX_NAME
    if call.last in ("where", "sort", "order_by", "orderBy") and call.args:
        names.append(plain(call.args[0]) or "")
    names = [name for name in names[:1] if FIELD.fullmatch(name) and name.lower() not in OPTIONS]
    return next((name for name in names if name.lower() not in IDS), "")


def add_statement(kept: Kept, look: Look, statement: Statement, call: Call) -> None:
    """Keeps a statement that a call sends, with the sign of a query that is sent once per turn of a loop."""
    if statement.in_loop and not over_rows(look, call):
        statement = msgspec.structs.replace(statement, in_loop=False)
    kept.statements.append(statement)
    if statement.in_loop and statement.verb in DATA_VERBS:
        add_sign(kept, look, SignKind.QUERY_IN_LOOP, call, call.name.lstrip("."))
