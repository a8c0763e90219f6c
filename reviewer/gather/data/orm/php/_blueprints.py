"""Tables that Laravel's schema builder makes: ``Schema::create('users', function (Blueprint $table) {...})``."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from reviewer.gather.data.orm._chains import Chain, chains
from reviewer.gather.data.orm._models import strings, with_uniques
from reviewer.gather.data.orm.php._inflection import plural, table_of_class
from reviewer.gather.expressions import truth
from reviewer.gather.look import Look, words
from reviewer.gather.syntax import Call, Expr, Lambda, Name, dotted, plain
from reviewer.model.facts.data import Column, Table

CREATING = words("create table")
IDS = words("id increments bigIncrements mediumIncrements smallIncrements tinyIncrements")
TYPES = words(
    "bigInteger binary boolean char date dateTime dateTimeTz decimal double enum float foreignId foreignIdFor"
    " foreignUuid foreignUlid geometry integer ipAddress json jsonb longText macAddress mediumInteger mediumText point"
    " set smallInteger string text time timeTz timestamp timestampTz tinyInteger tinyText ulid unsignedBigInteger"
    " unsignedDecimal unsignedInteger unsignedMediumInteger unsignedSmallInteger unsignedTinyInteger uuid year"
)
FOREIGN = words("foreignId foreignIdFor foreignUuid foreignUlid")
DEFAULTS = {"uuid": "uuid", "ulid": "ulid", "ipAddress": "ip_address", "macAddress": "mac_address"}
"""The columns that Laravel makes of calls without a name."""
MORPHS = words("morphs nullableMorphs uuidMorphs")


def blueprint_tables(look: Look, source: str) -> Iterator[Table]:
    """Every table that is created or changed in an ``up`` method."""
    made: dict[int, tuple[str, Call]] = {}
    for call in look.module.calls:
        if call.last not in CREATING or len(call.args) < 2 or "schema" not in call.name.lower():
            continue
        closure, name = call.args[-1], _named(call.args[0])
        if isinstance(closure, Lambda) and name and not look.qualname(call.function).endswith("down"):
            made[closure.function] = (name, call)
    if not made:
        return
    found: dict[int, list[Chain]] = {}
    for chain in chains(look):
        if chain.calls[0].function in made:
            found.setdefault(chain.calls[0].function, []).append(chain)
    for function, (name, call) in made.items():
        yield _table(name, call, found.get(function, []), look, function, source)


def _named(expr: Expr) -> str:
    return plain(expr) or ""


def _table(name: str, call: Call, parts: list[Chain], look: Look, function: int, source: str) -> Table:
    given = look.module.functions[function].parameters
    holder = given[0].name if given else "table"
    columns: dict[str, Column] = {}
    indexes: list[tuple[str, ...]] = []
    uniques: list[tuple[str, ...]] = []
    for chain in parts:
        first = chain.calls[0]
        if first.name.partition(".")[0] != holder:
            continue
        _part(chain, columns, indexes)
        if first.last == "unique" and first.args:
            uniques.append(strings(first.args[0]))
    made = Table(
        name=name,
        line=call.line,
        end_line=call.end_line,
        source=source,
        columns=tuple(columns.values()),
        indexes=tuple(indexes),
    )
    return with_uniques(made, uniques)


def _part(chain: Chain, columns: dict[str, Column], indexes: list[tuple[str, ...]]) -> None:
    """One statement on the blueprint."""
    first = chain.calls[0]
    name = plain(first.args[0]) if first.args else None
    if first.last in IDS:
        columns[name or "id"] = Column(name=name or "id", type="bigint", nullable=False, primary=True)
    elif first.last in TYPES:
        key = name or (DEFAULTS.get(first.last) if not first.args else None) or _key_of(first)
        known = columns.get(key)
        columns[key] = known if known is not None and known.primary else _column(chain, key)
    elif first.last in ("timestamps", "timestampsTz", "nullableTimestamps"):
        for key in ("created_at", "updated_at"):
            columns[key] = Column(name=key, type="timestamp")
    elif first.last in ("softDeletes", "rememberToken"):
        key = name or {"softDeletes": "deleted_at", "rememberToken": "remember_token"}[first.last]
        columns[key] = Column(name=key, type="timestamp" if first.last == "softDeletes" else "string")
    elif first.last in MORPHS and name:
        columns[f"{name}_id"] = Column(name=f"{name}_id", type="bigint", nullable=False)
        columns[f"{name}_type"] = Column(name=f"{name}_type", type="string", nullable=False)
        indexes.append((f"{name}_type", f"{name}_id"))
    elif first.last == "foreign":
        for key in strings(first.args[0]) if first.args else ():
            columns[key] = _referring(columns.get(key) or Column(name=key), _reference(chain, key))
    elif first.last in ("index", "unique", "primary", "fullText", "spatialIndex") and first.args:
        _grouped(first, columns, indexes)


def _key_of(call: Call) -> str:
    """The column of ``foreignIdFor(User::class)``."""
    name = dotted(call.args[0]) if call.args and isinstance(call.args[0], Name) else ""
    return f"{table_of_class(name.removesuffix('.class')).removesuffix('s')}_id" if name else "id"


def _column(chain: Chain, name: str) -> Column:
    calls = {call.last: call for call in chain.calls[1:]}
    return Column(
        name=name,
        type=chain.calls[0].last,
        nullable=_is_on(calls.get("nullable")),
        primary="primary" in calls,
        unique="unique" in calls,
        indexed="index" in calls or "constrained" in calls,
        checked=chain.calls[0].last in ("enum", "set"),
        references=_reference(chain, name),
    )


def _is_on(call: Call | None) -> bool:
    return call is not None and not (call.args and truth(call.args[0]) is False)


def _reference(chain: Chain, name: str) -> str | None:
    calls = {call.last: call for call in chain.calls}
    target = plain(calls["references"].args[0]) if "references" in calls and calls["references"].args else None
    table = plain(calls["on"].args[0]) if "on" in calls and calls["on"].args else None
    if "constrained" in calls:
        given = calls["constrained"]
        table = (plain(given.args[0]) if given.args else None) or plain(given.keywords.get("table"))
        return f"{table or plural(name.removesuffix('_id'))}.id"
    return f"{table}.{target}" if table and target else table


def _referring(column: Column, reference: str | None) -> Column:
    return Column(
        name=column.name,
        type=column.type,
        nullable=column.nullable,
        primary=column.primary,
        unique=column.unique,
        indexed=True,
        checked=column.checked,
        references=reference or column.references,
    )


def _grouped(call: Call, columns: dict[str, Column], indexes: list[tuple[str, ...]]) -> None:
    names = strings(call.args[0])
    if call.last == "primary":
        for name in names:
            known = columns.get(name)
            columns[name] = Column(name=name, type=known.type if known else "", nullable=False, primary=True)
    elif names:
        indexes.append(names)
        if call.last == "unique" and len(names) == 1:
            known = columns.get(names[0]) or Column(name=names[0])
            columns[names[0]] = msgspec.structs.replace(known, unique=True)
