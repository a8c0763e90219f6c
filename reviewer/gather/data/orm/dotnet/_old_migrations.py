"""Steps of Entity Framework 6: ``CreateTable("dbo.Cats", c => new { Id = c.Int() }).PrimaryKey(t => t.Id)``."""

from __future__ import annotations

from collections.abc import Iterator

from reviewer.gather.data.orm.dotnet._migrations import UP, Draft, returned, texts
from reviewer.gather.expressions import inside, last, root, truth
from reviewer.gather.look import Look
from reviewer.gather.syntax import Attribute, Call, Expr, Lambda, Mapping, Name, plain
from reviewer.model.facts.data import Column, Table

SOURCE = "Entity Framework migrations"
SCHEMA = "dbo."
"""The schema that tables are in when nobody says otherwise."""


def old_migration_tables(look: Look) -> Iterator[Table]:
    """The tables of a step as ``Up`` leaves them."""
    ups = {item.index for item in look.module.functions if item.name == UP}
    drafts: dict[str, Draft] = {}
    for call in look.module.calls:
        if call.function in ups:
            _read_call(look, call, drafts)
    yield from (draft.table(SOURCE) for draft in drafts.values())


def _read_call(look: Look, call: Call, drafts: dict[str, Draft]) -> None:
    if call.last == "CreateTable":
        draft = _draft(drafts, call)
        value = returned(look, call.args[1]) if draft is not None and len(call.args) > 1 else None
        for key, entry in value.pairs if isinstance(value, Mapping) else ():
            if draft is not None and (name := plain(key)):
                _column(draft, name, entry)
    elif call.last in CHAINED and isinstance(call.callee, Attribute):
        made = root(call.callee)
        draft = _draft(drafts, made) if isinstance(made, Call) and made.last == "CreateTable" else None
        if draft is not None:
            _constrain(draft, call.last, _named(look, call), call)
    elif call.last in CHANGES:
        draft = _draft(drafts, call)
        if draft is not None and len(call.args) > 1:
            _change(look, draft, call)


def _draft(drafts: dict[str, Draft], call: Call) -> Draft | None:
    name = (plain(call.args[0]) or "").removeprefix(SCHEMA) if call.args else ""
    return drafts.setdefault(name, Draft(name, call.line, call.end_line)) if name else None


def _column(draft: Draft, name: str, entry: Expr | None) -> None:
    made = next((item for item in inside(entry) if isinstance(item, Call)), None)
    nullable = truth(made.keywords.get("nullable")) is not False if made is not None else True
    known = draft.columns.get(name)
    kind = made.last if made is not None else ""
    if known is None:
        draft.columns[name] = Column(name=name, type=kind, nullable=nullable)
    else:
        draft.change(name, type=kind, nullable=nullable and not known.primary)


def _named(look: Look, call: Call) -> tuple[str, ...]:
    """The columns that ``t => t.Id`` or ``t => new { t.CatId, t.DogId }`` names."""
    given = next((arg for arg in call.args if isinstance(arg, Lambda)), None)
    value = returned(look, given)
    return tuple(last(item.dotted) for item in inside(value) if isinstance(item, Name) and "." in item.dotted)


def _constrain(draft: Draft, kind: str, columns: tuple[str, ...], call: Call) -> None:
    if kind == "PrimaryKey":
        for name in columns:
            draft.change(name, primary=True, nullable=False)
    elif kind == "ForeignKey":
        for name in columns:
            draft.change(name, references=_target(call, 0))
    elif columns:
        _index(draft, columns, call)


def _index(draft: Draft, columns: tuple[str, ...], call: Call) -> None:
    draft.indexes.append(columns)
    if len(columns) == 1:
        draft.change(columns[0], indexed=True, unique=truth(call.keywords.get("unique")) is True)


def _target(call: Call, place: int) -> str:
    given = plain(call.args[place]) if len(call.args) > place else None
    return (given or "another table").removeprefix(SCHEMA)


def _change(look: Look, draft: Draft, call: Call) -> None:
    columns = texts(look.value(call.args[1], call.function))
    if call.last in ("AddColumn", "AlterColumn"):
        for name in columns:
            entry = returned(look, call.args[2]) if len(call.args) > 2 else None
            _column(draft, name, entry)
    elif call.last == "CreateIndex" and columns:
        _index(draft, columns, call)
    elif call.last == "AddForeignKey":
        for name in columns:
            draft.change(name, references=_target(call, 2))
    elif call.last == "AddPrimaryKey":
        for name in columns:
            draft.change(name, primary=True, nullable=False)


CHAINED = frozenset({"PrimaryKey", "ForeignKey", "Index"})
CHANGES = frozenset({"AddColumn", "AlterColumn", "CreateIndex", "AddForeignKey", "AddPrimaryKey"})
