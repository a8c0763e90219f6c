"""Tables that Active Record's migrations and its schema file declare."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import msgspec

from reviewer.gather.expressions import truth
from reviewer.gather.frameworks.ruby._dsl import Blocks, block_of, positional
from reviewer.gather.frameworks.ruby._inflect import plural, singular
from reviewer.gather.look import words
from reviewer.gather.syntax import Call, Expr, Mapping, plain
from reviewer.model.facts.data import Column, Table

TYPES = words(
    "string text integer bigint float decimal numeric datetime timestamp timestamptz time date binary blob boolean json"
    " jsonb uuid hstore inet cidr macaddr citext enum virtual point geometry geography tsvector xml money bit oid"
    " int4range int8range daterange tsrange tstzrange bit_varying interval ltree st_point mediumtext longtext tinyint"
    " smallint unsigned_integer vector char"
)
REFERENCES = words("references belongs_to")
CHANGES = words(
    "create_table change_table add_column add_reference add_belongs_to add_index add_foreign_key change_column_null"
    " create_join_table add_check_constraint change_column rename_table add_timestamps"
)
DOWN = words("down drop_table")
PARTS_MOST = 400


@dataclass(slots=True)
class _Draft:
    """A table while it is read."""

    line: int
    end_line: int
    columns: dict[str, Column] = field(default_factory=dict)
    indexes: list[tuple[str, ...]] = field(default_factory=list)
    uniques: list[tuple[str, ...]] = field(default_factory=list)

    def change(self, name: str, **marks: object) -> None:
        """Sets something of a column; one that is not known yet is added."""
        known = self.columns.get(name, Column(name=name))
        self.columns[name] = msgspec.structs.replace(known, **marks)


def declared(blocks: Blocks, source: str) -> list[Table]:
    """The tables that the calls of a file create or change, one entry for each."""
    found: dict[str, _Draft] = {}
    for call in blocks.module.calls:
        if call.last in CHANGES and call.name == call.last and not _goes_down(blocks, call):
            _change(blocks, call, found)
    return [
        Table(
            name=name,
            line=draft.line,
            end_line=draft.end_line,
            source=source,
            columns=tuple(draft.columns.values()),
            indexes=tuple(dict.fromkeys(draft.indexes)),
            uniques=tuple(dict.fromkeys(draft.uniques)),
        )
        for name, draft in found.items()
    ]


def _goes_down(blocks: Blocks, call: Call) -> bool:
    return any(function.name == "down" for function in blocks.look.around(call.function))


def _change(blocks: Blocks, call: Call, found: dict[str, _Draft]) -> None:
    given = positional(call)
    name = (plain(given[0]) or "").rpartition(".")[2] if given else ""
    if call.name == "create_join_table" and len(given) > 1:
        name = "_".join(sorted((name, plain(given[1]) or "")))
    if not name:
        return
    draft = found.setdefault(name, _Draft(call.line, call.end_line))
    if call.name in ("create_table", "create_join_table"):
        _create(blocks, call, draft)
    elif call.name == "change_table":
        _columns(blocks, call, draft)
    elif call.name == "add_timestamps":
        _timestamps(draft)
    else:
        _alter(call, given, draft)


def _create(blocks: Blocks, call: Call, draft: _Draft) -> None:
    if call.name == "create_join_table":
        for given in positional(call)[:2]:
            name = plain(given) or ""
            draft.change(f"{name.removesuffix('s')}_id", references=name, nullable=False)
    elif truth(call.keywords.get("id")) is not False:
        name = plain(call.keywords.get("primary_key")) or "id"
        kind = plain(call.keywords.get("id")) or "bigint"
        draft.change(name, type=kind, primary=True, nullable=False)
    _columns(blocks, call, draft)


def _columns(blocks: Blocks, call: Call, draft: _Draft) -> None:
    """``t.string :email, null: false`` and all that may stand in the block of a table."""
    block = block_of(call)
    for item in list(blocks.everything(block.function))[:PARTS_MOST] if block else ():
        head, _, kind = item.name.rpartition(".")
        if head and "." not in head:
            _part(item, kind, positional(item), draft)


def _part(item: Call, kind: str, given: tuple[Expr, ...], draft: _Draft) -> None:
    """One line of the block of a table."""
    first = plain(given[0]) or "" if given else ""
    if kind == "column" and len(given) > 1:
        _column(item, given[:1], plain(given[1]) or "", draft)
    elif kind in TYPES:
        _column(item, given, kind, draft)
    elif kind in REFERENCES:
        for name in given:
            _reference(item, plain(name) or "", draft)
    elif kind == "timestamps":
        _timestamps(draft)
    elif kind == "index" and given:
        _index(item, given[0], draft)
    elif kind == "foreign_key" and first:
        _foreign_key(item, first, draft)
    elif kind == "check_constraint" and first:
        _check(first, draft)


def _column(call: Call, names: tuple[Expr, ...], kind: str, draft: _Draft) -> None:
    options = call.keywords
    for given in names:
        name = plain(given)
        if name:
            index = options.get("index")
            draft.change(
                name,
                type=kind,
                nullable=truth(options.get("null")) is not False,
                primary=truth(options.get("primary_key")) is True,
                indexed=index is not None and truth(index) is not False,
                unique=isinstance(index, Mapping) and truth(index.get("unique")) is True,
            )


def _reference(call: Call, name: str, draft: _Draft) -> None:
    """``t.references :user, foreign_key: true``: the column, its index and where it points."""
    if not name:
        return
    options = call.keywords
    target = options.get("foreign_key")
    table = plain(target.get("to_table")) if isinstance(target, Mapping) else None
    bound = target is not None and truth(target) is not False
    index = options.get("index")
    polymorphic = options.get("polymorphic") is not None
    draft.change(
        f"{name}_id",
        type=plain(options.get("type")) or "bigint",
        nullable=truth(options.get("null")) is not False,
        indexed=truth(index) is not False,
        unique=isinstance(index, Mapping) and truth(index.get("unique")) is True,
        references=table or plural(name) if bound and not polymorphic else None,
    )
    if polymorphic:
        draft.change(f"{name}_type", type="string", nullable=truth(options.get("null")) is not False)


def _timestamps(draft: _Draft) -> None:
    for name in ("created_at", "updated_at"):
        draft.change(name, type="datetime", nullable=False)


def _index(call: Call, columns: Expr, draft: _Draft) -> None:
    names = tuple(_names(columns))
    unique = truth(call.keywords.get("unique")) is True
    if len(names) == 1 and call.keywords.get("where") is None:
        draft.change(names[0], indexed=True, unique=unique or draft.columns.get(names[0], Column(name="")).unique)
    elif names:
        draft.indexes.append(names)
        if unique:
            draft.uniques.append(names)


def _names(expr: Expr) -> Iterator[str]:
    for item in getattr(expr, "values", (expr,)):
        text = plain(item)
        if text and text.replace("_", "").isalnum():
            yield text


def _foreign_key(call: Call, target: str, draft: _Draft) -> None:
    column = plain(call.keywords.get("column")) or f"{_one(target)}_id"
    if target:
        draft.change(column, references=target)


def _one(table: str) -> str:
    return singular(table)


def _check(text: str, draft: _Draft) -> None:
    for name in list(draft.columns):
        if name in text:
            draft.change(name, checked=True)


def _alter(call: Call, given: tuple[Expr, ...], draft: _Draft) -> None:
    if call.name in ("add_column", "change_column") and len(given) > 2:
        _column(call, given[1:2], plain(given[2]) or "", draft)
    elif call.name in ("add_reference", "add_belongs_to") and len(given) > 1:
        _reference(call, plain(given[1]) or "", draft)
    elif call.name == "add_index" and len(given) > 1:
        _index(call, given[1], draft)
    elif call.name == "add_foreign_key" and len(given) > 1:
        _foreign_key(call, plain(given[1]) or "", draft)
    elif call.name == "add_check_constraint" and len(given) > 1:
        _check(plain(given[1]) or "", draft)
    elif call.name == "change_column_null" and len(given) > 2 and truth(given[2]) is False:
        name = plain(given[1])
        if name:
            draft.change(name, nullable=False)
