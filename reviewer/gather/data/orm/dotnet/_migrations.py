"""Steps of EF Core's migrations: the tables that ``Up`` creates and changes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import msgspec

from reviewer.gather.expressions import inside, last, truth
from reviewer.gather.look import Look
from reviewer.gather.syntax import Call, Expr, Items, Lambda, Mapping, Name, dotted, plain
from reviewer.model.facts.data import Column, Table

SOURCE = "EF Core migrations"
UP = "Up"


@dataclass(slots=True)
class Draft:
    """A table while a step is read."""

    name: str
    line: int
    end_line: int
    columns: dict[str, Column] = field(default_factory=dict)
    indexes: list[tuple[str, ...]] = field(default_factory=list)

    def change(self, name: str, **facts: object) -> None:
        """Adds what is known of a column."""
        known = self.columns.get(name) or Column(name=name)
        self.columns[name] = msgspec.structs.replace(known, **facts)

    def table(self, source: str) -> Table:
        """The table as it is kept."""
        return Table(
            name=self.name,
            line=self.line,
            end_line=self.end_line,
            source=source,
            columns=tuple(self.columns.values()),
            indexes=tuple(dict.fromkeys(self.indexes)),
        )


def migration_tables(look: Look) -> Iterator[Table]:
    """The tables of a step as ``Up`` leaves them."""
    ups = {item.index for item in look.module.functions if item.name == UP}
    drafts: dict[str, Draft] = {}
    for call in look.module.calls:
        if call.function in ups:
            _read_call(look, call, drafts)
    yield from (draft.table(SOURCE) for draft in drafts.values())


def _read_call(look: Look, call: Call, drafts: dict[str, Draft]) -> None:
    name = _text(call, "name", 0)
    if call.last == "CreateTable" and name:
        _create(look, call, _draft(drafts, name, call))
        return
    table = _text(call, "table", 1)
    if not table or call.last not in ACTIONS:
        return
    draft = _draft(drafts, table, call)
    ACTIONS[call.last](call, draft, name)


def _draft(drafts: dict[str, Draft], name: str, call: Call) -> Draft:
    return drafts.setdefault(name, Draft(name, call.line, call.end_line))


def _create(look: Look, call: Call, draft: Draft) -> None:
    value = returned(look, call.keywords.get("columns"))
    for key, entry in value.pairs if isinstance(value, Mapping) else ():
        name = plain(key)
        made = next((item for item in inside(entry) if isinstance(item, Call) and item.last == "Column"), None)
        if name and made is not None:
            draft.columns[name] = _column(name, made)
    constraints = call.keywords.get("constraints")
    if isinstance(constraints, Lambda):
        for inner in look.module.calls:
            if inner.function == constraints.function:
                _constrain(look, inner, draft)


def returned(look: Look, expr: Expr | None) -> Expr | None:
    """What a lambda gives back; any other expression is itself."""
    if not isinstance(expr, Lambda):
        return expr
    return next((item.value for item in look.module.returns if item.function == expr.function), None)


def _column(name: str, call: Call) -> Column:
    generics = call.keywords.get("<>")
    kind = dotted(generics.values[0]) if isinstance(generics, Items) and generics.values else ""
    return Column(
        name=name,
        type=plain(call.keywords.get("type")) or kind,
        nullable=truth(call.keywords.get("nullable")) is not False,
    )


def _constrain(look: Look, call: Call, draft: Draft) -> None:
    columns = _columns(look, call)
    if call.last == "PrimaryKey":
        for name in columns:
            draft.change(name, primary=True, nullable=False)
    elif call.last == "ForeignKey":
        target = _text(call, "principalTable", 2)
        for name in columns:
            draft.change(name, references=target or "another table")
    elif call.last == "UniqueConstraint":
        draft.indexes.append(columns)
        if len(columns) == 1:
            draft.change(columns[0], unique=True)
    elif call.last == "CheckConstraint":
        text = _text(call, "sql", 1).lower()
        for name in [name for name in draft.columns if name.lower() in text]:
            draft.change(name, checked=True)


def _columns(look: Look, call: Call) -> tuple[str, ...]:
    given = (
        call.keywords.get("column") or call.keywords.get("columns") or (call.args[1] if len(call.args) > 1 else None)
    )
    value = returned(look, given)
    if isinstance(given, Lambda):
        return tuple(last(item.dotted) for item in inside(value) if isinstance(item, Name) and "." in item.dotted)
    return texts(value)


def texts(expr: Expr | None) -> tuple[str, ...]:
    """The constant strings of a list, or one of them alone."""
    values = expr.values if isinstance(expr, Items) else (expr,)
    return tuple(text for item in values if (text := plain(item)))


def _text(call: Call, key: str, place: int) -> str:
    given = call.keywords.get(key) or (call.args[place] if len(call.args) > place else None)
    return plain(given) or ""


def _add_column(call: Call, draft: Draft, name: str) -> None:
    draft.columns[name] = _column(name, call)


def _create_index(call: Call, draft: Draft, _name: str) -> None:
    given = (
        call.keywords.get("column") or call.keywords.get("columns") or (call.args[2] if len(call.args) > 2 else None)
    )
    columns = texts(given)
    if not columns:
        return
    draft.indexes.append(columns)
    if len(columns) == 1:
        draft.change(columns[0], indexed=True, unique=truth(call.keywords.get("unique")) is True)


def _add_foreign_key(call: Call, draft: Draft, _name: str) -> None:
    for column in texts(call.keywords.get("column") or call.keywords.get("columns")):
        draft.change(column, references=_text(call, "principalTable", 3) or "another table")


def _add_primary_key(call: Call, draft: Draft, _name: str) -> None:
    for column in texts(call.keywords.get("column") or call.keywords.get("columns")):
        draft.change(column, primary=True, nullable=False)


def _add_check(call: Call, draft: Draft, _name: str) -> None:
    text = (_text(call, "sql", 2)).lower()
    for name in [name for name in draft.columns if name.lower() in text]:
        draft.change(name, checked=True)


ACTIONS = {
    "AddColumn": _add_column,
    "CreateIndex": _create_index,
    "AddForeignKey": _add_foreign_key,
    "AddPrimaryKey": _add_primary_key,
    "AddCheckConstraint": _add_check,
}
