"""Drizzle: tables and queries in TypeScript."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from reviewer.gather.data.names import data_use
from reviewer.gather.data.orm._chains import Chain, Words, chains, keep_query, query
from reviewer.gather.data.orm._models import returned_by
from reviewer.gather.data.orm._objects import Options, with_options
from reviewer.gather.data.queries import ECMA_LANGUAGES
from reviewer.gather.expressions import chain as names_along
from reviewer.gather.expressions import inside, last, pairs_of
from reviewer.gather.look import Look, look_at, words
from reviewer.gather.reader import Kept, Reader
from reviewer.gather.syntax import Call, Expr, Items, Lambda, Mapping, Module, Name, dotted, plain
from reviewer.model.facts.data import Column, Feature, How, Statement, Table

LAYER = "Drizzle"
UNIQUE = words("unique uniqueIndex")
TABLES = {"pgTable": "PostgreSQL", "mysqlTable": "MySQL", "sqliteTable": "SQLite"}
WORDS = Words(
    features={
        "leftJoin": Feature.JOIN,
        "innerJoin": Feature.JOIN,
        "rightJoin": Feature.JOIN,
        "fullJoin": Feature.JOIN,
        "groupBy": Feature.GROUP,
        "limit": Feature.LIMIT,
        "offset": Feature.LIMIT,
        "orderBy": Feature.ORDER,
        "for": Feature.LOCK,
        "$with": Feature.CTE,
    },
    verbs={"insert": "insert", "update": "update", "delete": "delete"},
    one=words("findFirst get"),
    all=words("findMany"),
)
OPTIONS = Options(eager=("with",), limit=("limit", "offset"), order=("orderBy",))
FILTERING = words("where orderBy leftJoin innerJoin groupBy")
AGGREGATES = words("count sum avg min max countDistinct")


def read_drizzle(module: Module, kept: Kept) -> None:
    """Keeps tables, queries and the use of Drizzle."""
    look = look_at(module)
    if not _is_known(look):
        return
    for call, table in _tables(look):
        kept.tables.append(table)
        kept.data.append(data_use(LAYER, How.CONFIGURED, call.line, call.last))
        kept.data.append(data_use(TABLES[call.last], How.CONFIGURED, call.line, call.last))
    first = len(kept.statements)
    for chain in chains(look):
        found = _statement(chain, look)
        if found is not None:
            keep_query(kept, look, found, chain.outer)
    if len(kept.statements) > first:
        kept.data.append(data_use(LAYER, How.QUERIED, kept.statements[first].line))


def _is_known(look: Look) -> bool:
    """Whether the package, or a file that is named after it, is imported."""
    return any("drizzle" in item.module.lower() for item in look.module.imports)


def _tables(look: Look) -> Iterator[tuple[Call, Table]]:
    returned = returned_by(look.module)
    variables = {id(item.value): item.target for item in look.module.assignments}
    for call in look.module.calls:
        if call.last not in TABLES or len(call.args) < 2 or not isinstance(call.args[1], Mapping):
            continue
        name = plain(call.args[0]) or ""
        groups = [group for arg in call.args[2:] for group in _indexes(arg, look)]
        keys = {name for arg in call.args[2:] for name in _keyed(arg, look)}
        alone = {names[0] for unique, names in groups if unique and len(names) == 1}
        columns = tuple(
            _column(key, value, returned, key in alone, key in keys) for key, value in pairs_of(call.args[1])
        )
        stored = {key: column.name for (key, _), column in zip(pairs_of(call.args[1]), columns, strict=True)}

        def own(names: tuple[str, ...], stored: dict[str, str] = stored) -> tuple[str, ...]:
            return tuple(stored.get(name, name) for name in names)

        table = Table(
            name=name,
            line=call.line,
            end_line=call.end_line,
            source=LAYER,
            columns=columns,
            indexes=tuple(own(names) for _, names in groups),
            model=variables.get(id(call), ""),
            uniques=tuple(own(names) for unique, names in groups if unique and len(names) > 1),
        )
        yield call, table


def _column(key: str, value: Expr, returned: dict[int, Expr], unique: bool, keyed: bool) -> Column:
    calls = [item for item in inside(value) if isinstance(item, Call)]
    names = {call.last for call in calls}
    first = calls[-1] if calls else None
    reference = next((call for call in calls if call.last == "references"), None)
    primary = keyed or "primaryKey" in names
    return Column(
        name=(plain(first.args[0]) if first and first.args else None) or key,
        type=first.last if first else "",
        nullable=not primary and "notNull" not in names,
        primary=primary,
        unique=unique or "unique" in names,
        checked=first is not None and first.last.endswith("Enum"),
        references=_target(reference, returned) if reference else None,
    )


def _target(call: Call, returned: dict[int, Expr]) -> str | None:
    closure = call.args[0] if call.args else None
    return dotted(returned.get(closure.function)) or None if isinstance(closure, Lambda) else None


def _keyed(arg: Expr, look: Look) -> Iterator[str]:
    """The columns of ``(table) => [primaryKey({ columns: [table.a, table.b] })]``."""
    for call in look.module.calls if isinstance(arg, Lambda) else ():
        if call.last == "primaryKey" and call.args and isinstance(arg, Lambda) and call.function == arg.function:
            options = call.args[0]
            listed = options.get("columns") if isinstance(options, Mapping) else None
            named = listed.values if isinstance(listed, Items) else call.args
            yield from (last(item.dotted) for item in named if isinstance(item, Name))


def _indexes(arg: Expr, look: Look) -> Iterator[tuple[bool, tuple[str, ...]]]:
    """``(table) => [index("i").on(table.a)]``: whether what an index holds is unique, and its columns."""
    if not isinstance(arg, Lambda):
        return
    for call in look.module.calls:
        if call.last == "on" and call.function == arg.function:
            names = tuple(last(item.dotted) for item in call.args if isinstance(item, Name))
            if names:
                yield not UNIQUE.isdisjoint(names_along(call)), names


def _statement(chain: Chain, look: Look) -> Statement | None:
    names, first = chain.names, chain.calls[0]
    parts = first.name.split(".")
    if names[0] in ("select", "selectDistinct") and "from" in names:
        source = chain.calls[names.index("from")]
        return _built(chain, look, source.args)
    if names[0] in ("insert", "update", "delete") and {"values", "set", "where", "returning"} & set(names):
        return _built(chain, look, first.args)
    if names[0] in ("findMany", "findFirst") and "query" in parts:
        table = parts[-2]
        return with_options(query(chain, look, WORDS, LAYER, (table,)), first, OPTIONS, table, look)
    return None


def _built(chain: Chain, look: Look, source: tuple[Expr, ...]) -> Statement | None:
    table = last(dotted(source[0])) if source and isinstance(source[0], Name) else ""
    if not table or not table[:1].islower():
        return None
    found = query(chain, look, WORDS, LAYER, (table,))
    features = set(found.features)
    columns: dict[str, None] = {}
    for call in chain.calls:
        for item in inside(*call.args):
            if isinstance(item, Call) and item.last in AGGREGATES:
                features.add(Feature.AGGREGATE)
            elif isinstance(item, Name) and call.last in FILTERING and item.dotted.count(".") == 1:
                columns[item.dotted] = None
    filters = tuple(columns)[:16]
    return msgspec.structs.replace(
        found, features=tuple(sorted(features)), filters=filters, bound=True if filters else found.bound
    )


DRIZZLE = Reader(name="Drizzle", languages=ECMA_LANGUAGES, read=read_drizzle)
