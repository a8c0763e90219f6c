"""Joomla's query builder: ``$query = $db->getQuery(true)``, filled call by call and handed to ``setQuery``."""

from __future__ import annotations

import re

from reviewer.gather.data.names import data_use
from reviewer.gather.data.queries import DATA_VERBS, add_statement
from reviewer.gather.expressions import inside
from reviewer.gather.look import Look, look_at, words
from reviewer.gather.reader import Kept, Reader
from reviewer.gather.syntax import Assignment, Call, Module, Text
from reviewer.model.facts.data import Feature, How, Statement

LAYER = "Joomla Database"
MARKS = ("getQuery(", "createQuery(")
OPENING = words("getQuery createQuery")
VERBS = words("select insert update delete")
TABLES = words("from insert update delete join innerJoin leftJoin rightJoin")
FEATURES = {
    **dict.fromkeys(("join", "innerJoin", "leftJoin", "rightJoin"), Feature.JOIN),
    **dict.fromkeys(("group", "having"), Feature.GROUP),
    "setLimit": Feature.LIMIT,
    "order": Feature.ORDER,
}
ONE = words("loadObject loadResult loadRow loadAssoc")
ALL = words("loadObjectList loadRowList loadAssocList loadColumn")
LISTED = "getListQuery"
"""The method of a list model whose query the framework sends page by page."""
FILTERING = words("where andWhere orWhere extendWhere whereIn")
BINDING = words("bind whereIn bindArray")
TABLE = re.compile(r"`?(#__\w+|[A-Za-z_]\w*)`?")
COLUMN = re.compile(r"(?:\w+\.)?(\w+)\s{0,5}(?:[=<>!]|\Z|\b(?:IN|LIKE|in|like)\b)")
JOINS = words("INNER LEFT RIGHT OUTER CROSS")
FILTERS_MOST = 16


def read_joomla_database(module: Module, kept: Kept) -> None:
    """Keeps the statements that a file builds."""
    if not any(mark in module.text for mark in MARKS) or not _is_joomla(module):
        return
    look = look_at(module)
    line = 0
    for item in module.assignments:
        chain = [call for call in inside(item.value) if isinstance(call, Call)] if item.value is not None else []
        opening = next((call for call in chain if call.last in OPENING and _is_new(call)), None)
        statement = _statement(look, item, chain) if opening is not None else None
        if opening is not None and statement is not None:
            add_statement(kept, look, statement, opening)
            line = line or item.line
    if line:
        kept.data.append(data_use(LAYER, How.QUERIED, line))


def _is_joomla(module: Module) -> bool:
    return module.imported("Joomla") or "_JEXEC" in module.text or "JFactory" in module.text


def _is_new(call: Call) -> bool:
    """``getQuery(true)`` begins a query, ``getQuery()`` gives the one that is there."""
    return (call.last == "createQuery" and not call.args) or getattr(
        call.args[0] if call.args else None, "text", ""
    ) in (
        "true",
        "TRUE",
        "True",
    )


def _statement(look: Look, item: Assignment, chain: list[Call]) -> Statement | None:
    """What the calls on one variable build until it is given another query; ``chain`` are those it is given."""
    later = [
        other.line
        for other in look.assigned(item.target, item.function)
        if other.line > item.line and other.function == item.function
    ]
    end = min(later, default=1 << 30)
    calls = [
        *(call for call in reversed(chain) if call.last not in OPENING),
        *(
            call
            for call in look.module.calls
            if call.function == item.function and item.line <= call.line < end and _hangs_on(call, item.target)
        ),
    ]
    verb = next((call.last for call in calls if call.last in VERBS), "")
    if not verb:
        return None
    features = {FEATURES[call.last] for call in calls if call.last in FEATURES}
    if look.qualname(item.function).endswith(LISTED):
        features.add(Feature.LIMIT)
    return Statement(
        verb=verb,
        line=item.line,
        end_line=max(call.end_line for call in calls),
        layer=LAYER,
        tables=tuple(dict.fromkeys(table for call in calls if (table := _table(call)))),
        filters=tuple(dict.fromkeys(column for call in calls for column in _columns(call)))[:FILTERS_MOST],
        features=tuple(sorted(features)),
        bound=True if any(call.last in BINDING for call in calls) else None,
        in_loop=any(call.loops for call in calls if call.last in VERBS) and verb in DATA_VERBS,
        many=_many(look, item, end) if verb == "select" else None,
        function=look.qualname(item.function),
    )


def _many(look: Look, item: Assignment, end: int) -> bool | None:
    """Whether rows or one are loaded after the query is built, None where the function does not load them."""
    loads = [
        call.last
        for call in look.module.calls
        if call.function == item.function and item.line <= call.line < end and call.last in ONE | ALL
    ]
    return None if not loads else loads[0] in ALL


def _hangs_on(call: Call, name: str) -> bool:
    """Whether a call is made on the variable, directly or along a chain."""
    if call.name.startswith(f"{name}."):
        return True
    if call.last not in TABLES | FILTERING | FEATURES.keys() | VERBS | BINDING:
        return False
    return any(first.name.startswith(f"{name}.") for first in inside(call.callee) if isinstance(first, Call))


def _texts(call: Call) -> list[str]:
    """The texts in the arguments of a call, in order: names are quoted by a call (``quoteName('#__items')``)."""
    return [
        part
        for item in inside(*call.args)
        if isinstance(item, Text)
        for part in item.parts
        if isinstance(part, str) and part.strip()
    ]


def _table(call: Call) -> str:
    if call.last not in TABLES:
        return ""
    for text in _texts(call):
        found = TABLE.match(text.strip())
        if found and found[1] not in JOINS:
            return found[1]
    return ""


def _columns(call: Call) -> list[str]:
    if call.last not in FILTERING:
        return []
    return [
        found[1] for text in _texts(call)[:4] if (found := COLUMN.match(text.strip()[:200])) and not found[1].isdigit()
    ]


JOOMLA_DATABASE = Reader(name="Joomla Database", languages=("PHP",), read=read_joomla_database)
