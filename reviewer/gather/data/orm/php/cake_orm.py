"""CakePHP's own mapper: table classes with their associations, and the queries that hang on a table."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reviewer.gather.data.names import data_use
from reviewer.gather.data.orm._chains import Chain, Words, chains, keep_query, query
from reviewer.gather.data.orm._models import snake_case
from reviewer.gather.look import Look, look_at, words
from reviewer.gather.reader import Kept, Reader
from reviewer.gather.syntax import Call, Class, Module, dotted, plain
from reviewer.model.facts.data import Column, Feature, How, Statement, Table

LAYER = "CakePHP ORM"
BASE = "Cake.ORM.Table"
SUFFIX = "Table"
WORDS = Words(
    features={
        **dict.fromkeys(("contain", "matching", "innerJoinWith", "leftJoinWith", "join", "leftJoin"), Feature.JOIN),
        **dict.fromkeys(("group", "groupBy", "having"), Feature.GROUP),
        **dict.fromkeys(("limit", "page", "offset"), Feature.LIMIT),
        **dict.fromkeys(("order", "orderBy", "orderAsc", "orderDesc", "orderByDesc"), Feature.ORDER),
        **dict.fromkeys(("count", "sumOf"), Feature.AGGREGATE),
    },
    verbs={
        **dict.fromkeys(("save", "saveOrFail", "saveMany", "saveManyOrFail"), "insert"),
        **dict.fromkeys(("updateAll",), "update"),
        **dict.fromkeys(("delete", "deleteOrFail", "deleteAll", "deleteMany"), "delete"),
    },
    filtering=words("where andWhere orWhere order orderBy group groupBy"),
    one=words("get first firstOrFail count exists"),
    all=words("all toArray toList"),
    eager=words("contain"),
)
STARTS = words(
    "find get save saveOrFail saveMany delete deleteOrFail deleteAll updateAll exists findOrCreate saveManyOrFail"
)
TABLE = re.compile(r"this\.([A-Z]\w{0,60})")
CONTROLLER = "Controller"


def read_cake_orm(module: Module, kept: Kept) -> None:
    """Keeps the tables of table classes, and the queries of files that speak of CakePHP."""
    if "Cake\\" not in module.text and "AppController" not in module.text:
        return
    look = look_at(module)
    for item in module.classes:
        if any(look.origin(dotted(base)) == BASE for base in item.bases):
            kept.data.append(data_use(LAYER, How.QUERIED, item.line))
            kept.tables.append(_table(look, item))
    if not any(item.name.endswith((CONTROLLER, SUFFIX)) for item in module.classes):
        return
    for chain in chains(look):
        found = _statement(look, chain)
        if found is not None:
            keep_query(kept, look, found, chain.outer)
            if all(use.name != LAYER for use in kept.data):
                kept.data.append(data_use(LAYER, How.QUERIED, found.line))


def _table(look: Look, item: Class) -> Table:
    """The table of a class, with the columns that its associations name."""
    named = snake_case(item.name.removesuffix(SUFFIX))
    columns: dict[str, Column] = {}
    for call in _own_calls(look, item):
        first = plain(call.args[0]) if call.args else None
        if call.last == "setTable" and first:
            named = first
        elif call.last == "setPrimaryKey" and first:
            columns[first] = Column(name=first, nullable=False, primary=True)
        elif call.last == "belongsTo" and first:
            target = snake_case(first)
            key = f"{target.removesuffix('s')}_id"
            columns[key] = Column(name=key, references=target)
    return Table(
        name=named,
        line=item.line,
        end_line=item.end_line,
        source=LAYER,
        columns=tuple(columns.values()),
        model=item.name,
    )


def _own_calls(look: Look, item: Class) -> Iterator[Call]:
    return (call for call in look.module.calls if call.owner == item.index and call.name == f"this.{call.last}")


def _statement(look: Look, chain: Chain) -> Statement | None:
    first = chain.calls[0]
    receiver = first.name.rpartition(".")[0]
    held = TABLE.fullmatch(receiver[:80])
    owner = look.owner(first.function)
    inside = owner >= 0 and look.module.classes[owner].name.endswith(SUFFIX)
    if first.last not in STARTS or not (held or (inside and receiver == "this")):
        return None
    name = held[1] if held else look.module.classes[owner].name.removesuffix(SUFFIX)
    return query(chain, look, WORDS, LAYER, (snake_case(name),))


CAKE_ORM = Reader(name=LAYER, languages=("PHP",), read=read_cake_orm)
