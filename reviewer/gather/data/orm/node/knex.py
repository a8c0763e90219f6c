"""Knex, and Drizzle's builder which reads alike: queries, schema builder and migrations."""

from __future__ import annotations

from collections.abc import Iterator

from reviewer.gather.data.names import GUESS, data_use
from reviewer.gather.data.orm._chains import Chain, Words, chains, keep_query, query
from reviewer.gather.data.orm._models import strings, with_uniques
from reviewer.gather.data.queries import ECMA_LANGUAGES
from reviewer.gather.look import Look, look_at, words
from reviewer.gather.reader import Kept, Reader
from reviewer.gather.syntax import Call, Lambda, Module, dotted, plain
from reviewer.model.facts.data import Column, Feature, How, MigrationStep, Statement, Table

LAYER = "Knex"
MIGRATIONS = "Knex migrations"
PACKAGES = ("knex", "objection", "bookshelf")
CLIENTS = frozenset({"db", "database", "connection", "trx"})
"""Names under which a file hands its client of Knex to others."""
BORROWING = "@mikro-orm"
"""A layer that lends out the Knex it is built on."""
WORDS = Words(
    features={
        "join": Feature.JOIN,
        "innerJoin": Feature.JOIN,
        "leftJoin": Feature.JOIN,
        "rightJoin": Feature.JOIN,
        "leftOuterJoin": Feature.JOIN,
        "groupBy": Feature.GROUP,
        "count": Feature.AGGREGATE,
        "sum": Feature.AGGREGATE,
        "avg": Feature.AGGREGATE,
        "max": Feature.AGGREGATE,
        "limit": Feature.LIMIT,
        "offset": Feature.LIMIT,
        "paginate": Feature.LIMIT,
        "orderBy": Feature.ORDER,
        "forUpdate": Feature.LOCK,
        "with": Feature.CTE,
        "over": Feature.WINDOW,
    },
    verbs={"insert": "insert", "update": "update", "del": "delete", "delete": "delete", "increment": "update"},
    filtering=words("where andWhere orWhere whereIn whereNot orderBy groupBy whereLike whereNull whereBetween"),
    one=words("first count"),
    all=words("select"),
    eager=words("withGraphFetched withGraphJoined withRelated"),
)
BUILDING = (
    frozenset(WORDS.features)
    | WORDS.filtering
    | frozenset(WORDS.verbs)
    | words("select first from into returning pluck")
)
COLUMN_TYPES = words(
    "increments bigIncrements integer bigInteger tinyint smallint text string float double decimal boolean date"
    " datetime time timestamp binary enum enu json jsonb uuid specificType"
)
STEPS = words(
    "createTable createTableIfNotExists alterTable table dropTable raw createView hasTable renameTable"
    " dropTableIfExists"
)


def read_knex(module: Module, kept: Kept) -> None:
    """Keeps queries, tables, migration steps and the use of Knex."""
    look = look_at(module)
    tables = list(_tables(look))
    kept.tables.extend(tables)
    if look.imports(BORROWING) and not look.imports(*PACKAGES):
        return
    _read_migration(look, kept)
    known = look.imports(*PACKAGES) or _has_client(look)
    if not known and not any(_is_bare_client(call, look) for call in module.calls):
        return
    first = len(kept.statements)
    for chain in chains(look):
        found = _statement(chain, look) if known or chain.calls[0].name in CLIENTS else None
        if found is not None:
            keep_query(kept, look, found, chain.outer)
    if len(kept.statements) > first:
        kept.data.append(data_use(LAYER, How.QUERIED, kept.statements[first].line, "" if known else GUESS + LAYER))


def _has_client(look: Look) -> bool:
    """Whether a name or an import in this file speaks of Knex."""
    return any("knex" in f"{item.module} {item.alias}".lower() for item in look.module.imports) or any(
        "knex" in parameter.name.lower() or parameter.type.startswith("Knex")
        for function in look.module.functions
        for parameter in function.parameters
    )


def _is_bare_client(call: Call, look: Look) -> bool:
    """``db("users")``, where another file of the project makes ``db``: a table by its name, in the way of Knex."""
    return call.name in CLIENTS and len(call.args) == 1 and bool(plain(call.args[0])) and look.is_local(call.name)


def _read_migration(look: Look, kept: Kept) -> None:
    """``up`` and ``down`` with the schema builder."""
    names = {function.name for function in look.module.functions}
    if not {"up", "down"} <= names:
        return
    for call in look.module.calls:
        if ".schema" in f".{call.name}" and call.last in STEPS and "knex" in _client(call).lower():
            kept.migration = MigrationStep(tool=MIGRATIONS, line=call.line)
            kept.data.append(data_use(LAYER, How.CONFIGURED, call.line, MIGRATIONS))
            return


def _client(call: Call) -> str:
    return call.name.partition(".schema")[0] or "knex"


def _statement(chain: Chain, look: Look) -> Statement | None:
    """``knex('users').where(...)``, ``db.select().from('users')``; a chain of building methods on a client."""
    first = chain.calls[0]
    names = chain.names
    table = ""
    for call in chain.calls:
        if (call is first and call.last not in BUILDING) or call.last in ("from", "into", "table"):
            table = (plain(call.args[0]) if call.args else None) or table
    if not table or not any(name in BUILDING for name in names[1:] or names) or "schema" in first.name.split("."):
        return None
    return query(chain, look, WORDS, LAYER, (table.split(" ")[0],))


def _tables(look: Look) -> Iterator[Table]:
    """``schema.createTable(name, (table) => {...})``: the columns are the calls on the closure's parameter."""
    building = {}
    for call in look.module.calls:
        if call.last not in ("createTable", "createTableIfNotExists", "alterTable", "table") or len(call.args) < 2:
            continue
        closure, name = call.args[-1], _table_name(look, call)
        if isinstance(closure, Lambda) and name and "schema" in _schema_of(call):
            building[closure.function] = (name, call)
    if not building:
        return
    found: dict[int, list[Chain]] = {}
    for chain in chains(look):
        if chain.calls[0].function in building:
            found.setdefault(chain.calls[0].function, []).append(chain)
    for function, (name, call) in building.items():
        if "down" not in look.qualname(call.function):
            yield _table(name, call, found.get(function, []), look, function)


def _table_name(look: Look, call: Call) -> str | None:
    """A text, or the field of the class that holds it: ``createTable(this.tableName, ...)``."""
    first = call.args[0]
    named = dotted(first)
    if not named.startswith("this."):
        return plain(first)
    fields = (item for item in look.module.assignments if item.owner == call.owner and item.function == -1)
    return next((plain(item.value) for item in fields if f"this.{item.target}" == named), None)


def _schema_of(call: Call) -> str:
    return call.name if "schema" in call.name else "schema" if call.name.startswith(".") else ""


def _table(name: str, call: Call, parts: list[Chain], look: Look, function: int) -> Table:
    given = look.module.functions[function].parameters if 0 <= function < len(look.module.functions) else ()
    holder = given[0].name if given else "table"
    columns: dict[str, Column] = {}
    indexes: list[tuple[str, ...]] = []
    uniques: list[tuple[str, ...]] = []
    for chain in parts:
        first = chain.calls[0]
        if first.name.partition(".")[0] != holder:
            continue
        text = plain(first.args[0]) if first.args else None
        if first.last in COLUMN_TYPES:
            columns[text or "id"] = _column(text or "id", chain)
        elif first.last == "timestamps":
            columns.update(
                {key: Column(name=key, type="timestamp", nullable=False) for key in ("created_at", "updated_at")}
            )
        elif first.last == "foreign" and text:
            columns[text] = _foreign(columns.get(text, Column(name=text)), chain)
        elif first.last in ("index", "unique", "primary") and first.args:
            _group(first, columns, indexes)
            if first.last == "unique":
                uniques.append(strings(first.args[0]))
    made = Table(
        name=name,
        line=call.line,
        end_line=call.end_line,
        source=MIGRATIONS,
        columns=tuple(columns.values()),
        indexes=tuple(indexes),
    )
    return with_uniques(made, uniques)


def _column(name: str, chain: Chain) -> Column:
    names = set(chain.names)
    primary = "primary" in names or chain.calls[0].last in ("increments", "bigIncrements")
    return Column(
        name=name,
        type=chain.calls[0].last,
        nullable="notNullable" not in names and "notNull" not in names and not primary,
        primary=primary,
        unique="unique" in names,
        indexed="index" in names,
        checked=any(item.startswith("check") for item in names) or chain.calls[0].last in ("enum", "enu"),
        references=_reference(chain),
    )


def _reference(chain: Chain) -> str | None:
    target = next((plain(call.args[0]) for call in chain.calls if call.last == "references" and call.args), None)
    table = next((plain(call.args[0]) for call in chain.calls if call.last in ("inTable", "on") and call.args), None)
    return f"{table}.{target}" if table and target else target


def _foreign(column: Column, chain: Chain) -> Column:
    return Column(
        name=column.name,
        type=column.type,
        nullable=column.nullable,
        primary=column.primary,
        unique=column.unique,
        indexed=column.indexed,
        references=_reference(chain),
    )


def _group(call: Call, columns: dict[str, Column], indexes: list[tuple[str, ...]]) -> None:
    names = strings(call.args[0])
    if call.last == "primary":
        for name in names:
            columns[name] = Column(
                name=name, type=columns[name].type if name in columns else "", nullable=False, primary=True
            )
    elif names:
        indexes.append(names)


KNEX = Reader(name="Knex", languages=ECMA_LANGUAGES, read=read_knex)
