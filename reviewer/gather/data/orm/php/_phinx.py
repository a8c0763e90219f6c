"""Tables that Phinx makes, and CakePHP with it: ``$this->table('users')->addColumn('email', 'string')->create()``."""

from __future__ import annotations

from collections.abc import Iterator

from reviewer.gather.data.orm._chains import Chain, chains
from reviewer.gather.data.orm._models import mapping_off, mapping_on, strings
from reviewer.gather.look import Look
from reviewer.gather.syntax import Assignment, Call, Mapping, plain
from reviewer.model.facts.data import Column, Table


def phinx_tables(look: Look, source: str) -> Iterator[Table]:
    """Every table that is created or changed, also where it is kept in a variable first."""
    parts: dict[tuple[str, int], tuple[Call, list[Call]]] = {}
    variables: dict[tuple[str, int], tuple[str, int]] = {}
    holding = {id(item.value): item for item in look.module.assignments if isinstance(item.value, Call)}
    for chain in chains(look):
        opened = _opened(chain)
        if opened is not None:
            key = (opened, chain.calls[0].function)
            parts.setdefault(key, (chain.calls[0], []))[1].extend(chain.calls[1:])
            _remember(chain, holding, variables, key)
            continue
        head = (chain.root.partition(".")[0], chain.calls[0].function)
        if head in variables:
            parts[variables[head]][1].extend(chain.calls)
    for (name, function), (call, calls) in parts.items():
        if not look.qualname(function).endswith("down") and any(item.last.startswith("add") for item in calls):
            yield _table(name, call, calls, source)


def _opened(chain: Chain) -> str | None:
    first = chain.calls[0]
    return plain(first.args[0]) if first.name == "this.table" and first.args else None


def _remember(
    chain: Chain,
    holding: dict[int, Assignment],
    variables: dict[tuple[str, int], tuple[str, int]],
    key: tuple[str, int],
) -> None:
    held = holding.get(id(chain.outer))
    if held is not None:
        variables[held.target, held.function] = key


def _table(name: str, call: Call, calls: list[Call], source: str) -> Table:
    options = call.args[1] if len(call.args) > 1 and isinstance(call.args[1], Mapping) else None
    key = options.get("id") if options is not None else None
    columns: dict[str, Column] = {}
    if not mapping_off(options, "id"):
        own = plain(key) or "id"
        columns[own] = Column(name=own, type="integer", nullable=False, primary=True)
    indexes: list[tuple[str, ...]] = []
    for item in calls:
        _part(item, columns, indexes)
    return Table(
        name=name,
        line=call.line,
        end_line=max([call.end_line, *(item.end_line for item in calls)]),
        source=source,
        columns=tuple(columns.values()),
        indexes=tuple(indexes),
    )


def _part(call: Call, columns: dict[str, Column], indexes: list[tuple[str, ...]]) -> None:
    names = strings(call.args[0]) if call.args else ()
    options = next((arg for arg in call.args[1:] if isinstance(arg, Mapping)), None)
    if call.last == "addColumn" and names:
        columns[names[0]] = Column(
            name=names[0],
            type=plain(call.args[1]) or "" if len(call.args) > 1 else "",
            nullable=mapping_on(options, "null"),
        )
    elif call.last == "addTimestamps":
        for name in ("created_at", "updated_at"):
            columns[name] = Column(name=name, type="timestamp")
    elif call.last == "addIndex" and names:
        unique = mapping_on(options, "unique")
        if len(names) == 1 and names[0] in columns:
            known = columns[names[0]]
            columns[names[0]] = Column(
                name=known.name, type=known.type, nullable=known.nullable, unique=unique, indexed=not unique
            )
        else:
            indexes.append(names)
    elif call.last in ("addForeignKey", "addForeignKeyWithName") and names and len(call.args) > 1:
        table, target = plain(call.args[1]), next(iter(strings(call.args[2]) if len(call.args) > 2 else ()), "id")
        known = columns.get(names[0], Column(name=names[0]))
        columns[names[0]] = Column(
            name=known.name, type=known.type, nullable=known.nullable, indexed=True, references=f"{table}.{target}"
        )
