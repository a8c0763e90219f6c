"""Exposed: table objects, its DSL and its DAO classes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reviewer.gather.data.names import data_use
from reviewer.gather.data.orm._chains import Chain, Words, chains, features_of, keep_query, many_of
from reviewer.gather.data.orm._models import fields_by_class
from reviewer.gather.data.queries import DATA_VERBS, add_sign
from reviewer.gather.expressions import chain as names_of
from reviewer.gather.expressions import last
from reviewer.gather.look import Look, look_at, words
from reviewer.gather.reader import Kept, Reader
from reviewer.gather.syntax import Assignment, Attribute, Call, Class, Expr, Lambda, Module, Name, dotted, plain
from reviewer.model.facts.code import SignKind
from reviewer.model.facts.data import Column, Feature, How, Statement, Table

EXPOSED = "Exposed"
PACKAGE = "org.jetbrains.exposed"
TABLES = re.compile(r"(?:\w*Id)?Table\Z|UUIDTable\Z")
ID_TABLES = re.compile(r"(?:Int|Long|UInt|ULong|UUID|Uuid|Composite)?IdTable\Z|UUIDTable\Z")
ENTITY_CLASSES = re.compile(r"(?:Immutable)?(?:Int|Long|UUID|UInt|ULong|Composite)?EntityClass\Z")
COLUMNS = words(
    "integer long short byte float double decimal varchar char text mediumText largeText bool uuid binary blob date"
    " datetime timestamp time timestampWithTimeZone enumeration enumerationByName customEnumeration json jsonb array"
    " ubyte uinteger ulong ushort registerColumn reference optReference entityId javaUUID duration"
)
VERBS = {
    "selectAll": "select",
    "select": "select",
    "slice": "select",
    "selectBatched": "select",
    "findById": "select",
    "find": "select",
    "all": "select",
    "findSingleByAndUpdate": "update",
    "forEntityIds": "select",
    "count": "select",
    "insert": "insert",
    "insertAndGetId": "insert",
    "insertIgnore": "insert",
    "insertIgnoreAndGetId": "insert",
    "insertReturning": "insert",
    "batchInsert": "insert",
    "upsert": "insert",
    "batchUpsert": "insert",
    "replace": "insert",
    "new": "insert",
    "update": "update",
    "updateReturning": "update",
    "deleteWhere": "delete",
    "deleteAll": "delete",
    "deleteIgnoreWhere": "delete",
}
DAO = words("findById find all new count forEntityIds findSingleByAndUpdate")
"""Of these the methods of entity classes; the rest belongs to tables."""
WORDS = Words(
    features={
        "limit": Feature.LIMIT,
        "orderBy": Feature.ORDER,
        "groupBy": Feature.GROUP,
        "count": Feature.AGGREGATE,
        "innerJoin": Feature.JOIN,
        "leftJoin": Feature.JOIN,
        "join": Feature.JOIN,
        "crossJoin": Feature.JOIN,
        "with": Feature.EAGER,
        "load": Feature.EAGER,
        "forUpdate": Feature.LOCK,
    },
    one=words("single singleOrNull first firstOrNull count findById empty"),
    all=words("toList map mapNotNull forEach associate all"),
)
ENTITY_NAMES = re.compile(r"(?:Dao|DAO|Entity)\Z")
"""How entity classes are often called, where a file that asks them imports no more of Exposed than its operators."""
COMPARING = words(
    "eq neq less lessEq greater greaterEq like notLike inList notInList isNull isNotNull between regexp match"
    " inSubQuery eqSubQuery ilike"
)
CONNECTS = words("Database.connect R2dbcDatabase.connect")
JOINS = words("innerJoin leftJoin join rightJoin crossJoin fullJoin")


def read_exposed(module: Module, kept: Kept) -> None:
    """Keeps tables, statements and the use of Exposed."""
    look = look_at(module)
    if not look.imports(PACKAGE):
        return
    tables = list(_tables(look))
    kept.tables.extend(tables)
    first = _statements(look, kept)
    if first:
        kept.data.append(data_use(EXPOSED, How.QUERIED, first))
    elif tables:
        kept.data.append(data_use(EXPOSED, How.CONFIGURED, tables[0].line))
    connected = next(
        (call for call in module.calls if call.name in ("Database.connect", "R2dbcDatabase.connect")), None
    )
    if connected is not None:
        kept.data.append(data_use(EXPOSED, How.CONNECTED, connected.line))


def _tables(look: Look) -> Iterator[Table]:
    """``object Users : IntIdTable("users") { val name = varchar("name", 50) }``."""
    fields = fields_by_class(look.module)
    for item in look.module.classes:
        base = next((base for base in item.bases if TABLES.search(_base_name(base))), None)
        if base is None or item.kind not in ("object", "class"):
            continue
        named = plain(base.args[0]) if isinstance(base, Call) and base.args else None
        own = fields.get(item.index, [])
        keys = _primary_keys(own)
        columns = [column for field in own if (column := _column(field, keys)) is not None]
        if ID_TABLES.search(_base_name(base)) and not any(column.primary for column in columns):
            columns.insert(0, Column(name="id", nullable=False, primary=True))
        if columns:
            yield Table(
                name=named or last(item.name).removesuffix("Table").lower(),
                line=item.line,
                end_line=item.end_line,
                source=EXPOSED,
                columns=tuple(columns),
                indexes=tuple(_indexes(look, item)),
                model=last(item.name),
            )


def _base_name(base: Expr) -> str:
    return last(dotted(base.callee if isinstance(base, Call) else base))


def _primary_keys(fields: list[Assignment]) -> frozenset[str]:
    """The fields of ``override val primaryKey = PrimaryKey(id)``."""
    found = [field.value for field in fields if isinstance(field.value, Call) and field.value.last == "PrimaryKey"]
    return frozenset(dotted(arg) for call in found for arg in call.args)


def _column(field: Assignment, keys: frozenset[str]) -> Column | None:
    """A column: the innermost call of a chain says its name and type, the others what holds for it."""
    links: list[Call] = []
    expr: Expr | None = field.value
    for _ in range(20):
        if isinstance(expr, Call):
            links.append(expr)
            expr = expr.callee.value if isinstance(expr.callee, Attribute) else None
        elif isinstance(expr, Attribute):
            expr = expr.value
        else:
            break
    start = links[-1] if links else None
    if start is None or start.last not in COLUMNS:
        return None
    marks = {call.last: call for call in links[:-1]}
    return Column(
        name=(plain(start.args[0]) if start.args else None) or field.target,
        type=start.last,
        nullable="nullable" in marks or start.last == "optReference",
        primary=field.target in keys or "primaryKey" in marks or "entityId" in marks,
        unique="uniqueIndex" in marks,
        indexed="index" in marks,
        checked="check" in marks,
        references=_target(start, marks),
    )


def _target(start: Call, marks: dict[str, Call]) -> str | None:
    """``Users`` of ``reference("user", Users)`` and of ``integer("user").references(Users.id)``."""
    if start.last in ("reference", "optReference") and len(start.args) > 1:
        return dotted(start.args[1]).partition(".")[0] or None
    call = marks.get("references")
    return dotted(call.args[0]).partition(".")[0] or None if call is not None and call.args else None


def _indexes(look: Look, item: Class) -> Iterator[tuple[str, ...]]:
    """``init { index(false, name, age) }``."""
    for call in look.module.calls:
        if call.owner == item.index and call.name in ("index", "uniqueIndex") and call.function != -1:
            names = tuple(arg.dotted for arg in call.args if isinstance(arg, Name))
            if names:
                yield names


def _statements(look: Look, kept: Kept) -> int:
    """Keeps the statements of the DSL and of entity classes; gives the line of the first, 0 for none."""
    compared = _compared(look)
    joined = {id(call.callee.value) for call in look.module.calls if isinstance(call.callee, Attribute)}
    first = 0
    for chain in chains(look):
        found = _statement(chain, look, compared)
        if found is None or (id(chain.outer) in joined and chain.outer.last in JOINS):
            continue
        first = first or found.line
        keep_query(kept, look, found, chain.outer)
    for call in look.module.calls:
        if call.last in ("load", "with") and call.args and "class" not in dotted(call.args[0]) and _is_entity(call):
            add_sign(kept, look, SignKind.EAGER_LOAD, call, call.last)
    return first


def _is_entity(call: Call) -> bool:
    """``User.all().with(User::posts)``."""
    first = dotted(call.args[0])
    return first[:1].isupper() and "." in first and isinstance(call.callee, Attribute)


def _compared(look: Look) -> dict[int, list[str]]:
    """The columns that the conditions in each lambda name."""
    found: dict[int, list[str]] = {}
    for call in look.module.calls:
        if call.last in COMPARING:
            name = call.name.rpartition(".")[0]
            if name[:1].isupper() and "." in name:
                found.setdefault(call.function, []).append(name)
    return found


def _statement(chain: Chain, look: Look, compared: dict[int, list[str]]) -> Statement | None:
    start = next((call for call in chain.calls if call.last in VERBS), None)
    if start is None:
        return None
    holder = last(start.name.rpartition(".")[0])
    before = chain.calls[: chain.calls.index(start)]
    tables = _named_tables(holder, before)
    if not tables or (start.last in DAO and not _entity_like(look, start, holder)):
        return None
    lambdas = [arg.function for call in chain.calls for arg in call.args if isinstance(arg, Lambda)]
    filters = tuple(dict.fromkeys(name for index in lambdas for name in compared.get(index, ())))
    verb = VERBS[start.last]
    features = features_of(chain, WORDS) | ({Feature.JOIN} if before else set())
    outer = chain.outer
    return Statement(
        verb=verb,
        line=start.line,
        end_line=outer.end_line,
        layer=EXPOSED,
        tables=tables,
        filters=filters[:16],
        features=tuple(sorted(features)),
        bound=True if filters or verb in ("insert", "update") else None,
        in_loop=chain.loops > 0 and verb in DATA_VERBS and not start.last.startswith("batch"),
        many=many_of(chain, WORDS) if verb == "select" else None,
        function=look.qualname(outer.function),
    )


def _named_tables(holder: str, before: tuple[Call, ...]) -> tuple[str, ...]:
    """``Users`` of ``Users.selectAll()``, and both of ``(Users innerJoin Orders).selectAll()``."""
    if holder[:1].isupper():
        return (holder,)
    joins = [call for call in before if call.last in JOINS]
    names = [names_of(call)[0] for call in joins[:1]] + [dotted(call.args[0]) for call in joins if call.args]
    return tuple(dict.fromkeys(name.partition(".")[0] for name in names if name[:1].isupper()))


def _entity_like(look: Look, call: Call, holder: str) -> bool:
    """Whether a class with ``find`` and ``all`` is one of Exposed's: by its companion, the DAO's import or its name."""
    companions = {
        item.name for item in look.module.classes if any(ENTITY_CLASSES.search(_base_name(b)) for b in item.bases)
    }
    if f"{holder}.Companion" in companions:
        return True
    shown = look.imports(f"{PACKAGE}.dao", f"{PACKAGE}.v1.dao", f"{PACKAGE}.sql.transactions")
    if not shown and not ENTITY_NAMES.search(holder):
        return False
    has_block = any(isinstance(arg, Lambda) for arg in call.args)
    return call.last in ("findById", "new", "all", "count") or (call.last == "find" and has_block)


EXPOSED_READER = Reader(name="Exposed", languages=("Kotlin",), read=read_exposed)
