"""Tables from parsed DDL: CREATE TABLE, ALTER TABLE and CREATE INDEX, gathered over the statements of one file."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from sqlglot import exp

from reviewer.gather.data.ddl_rough import RoughColumn, lists_values, rough_columns
from reviewer.model.facts.data import Column, Table

SOURCE = "ddl"
COLUMN_LIMIT = 200
TABLE_LIMIT = 500
LENGTH_OF_HEAD = 400
CREATE_TABLE = re.compile(
    r"create\s+(?:(?:global|local|temporary|temp|unlogged|external)\s+)*table\s+(?:if\s+not\s+exists\s+)?"
    r"(?:[\[\"`]?\w+[\]\"`]?\s*\.\s*){0,2}(?:[\[\"`]([^\]\"`\n]{1,100})[\]\"`]|(\w+))",
    re.IGNORECASE,
)
ATTACHED = re.compile(r"\battach\s+partition\s+(?:\"?\w+\"?\s*\.\s*)?\"?(\w+)", re.IGNORECASE)
"""A table that becomes a part of another one (PostgreSQL)."""
VIEW = re.compile(
    r"\bcreate\b[^(]{0,300}?\bview\s+(?:if\s+not\s+exists\s+)?(?:[`\"\[]?\w+[`\"\]]?\s*\.\s*)?[`\"\[]?(\w+)",
    re.IGNORECASE,
)
SERIAL = re.compile(r"serial", re.IGNORECASE)


@dataclass(slots=True)
class _Column:
    name: str
    type: str = ""
    nullable: bool = True
    primary: bool = False
    unique: bool = False
    indexed: bool = False
    checked: bool = False
    references: str | None = None


@dataclass(slots=True)
class _Table:
    name: str
    line: int
    end_line: int
    columns: dict[str, _Column] = field(default_factory=dict)
    indexes: list[tuple[str, ...]] = field(default_factory=list)
    uniques: list[tuple[str, ...]] = field(default_factory=list)

    def column(self, name: str) -> _Column:
        """The column of a name; one that this file does not declare is added without a type."""
        return self.columns.setdefault(name.lower(), _Column(name))


@dataclass(slots=True)
class Schema:
    """The tables that statements declare, one per name, in order of appearance."""

    tables: dict[str, _Table] = field(default_factory=dict)
    created: set[str] = field(default_factory=set)
    parts: set[str] = field(default_factory=set)
    """Partitions, and what a dump declares in place of a view: no tables of their own."""

    def add(self, tree: exp.Expression, line: int, end_line: int) -> None:
        """Takes in one statement; what is no DDL changes nothing."""
        if isinstance(tree, exp.Create) and tree.kind == "TABLE":
            self._create_table(tree, line, end_line)
        elif isinstance(tree, exp.Create) and isinstance(tree.this, exp.Index):
            self._create_index(tree, tree.this, line, end_line)
        elif isinstance(tree, exp.Alter) and tree.args.get("kind") == "TABLE":
            self._alter_table(tree, line, end_line)

    def add_unread(self, text: str, line: int, end_line: int) -> str:
        """Takes in a CREATE TABLE that could not be parsed: its name, and what its columns say at first sight.

        Gives the name of a table whose columns were found that way, ``""`` otherwise.
        """
        found = CREATE_TABLE.match(text)
        if found:
            table = self._table(found[1] or found[2], line, end_line)
            self.created.add(table.name.lower())
            for item in rough_columns(text[found.end() :]):
                _declare_roughly(table, item)
            return table.name if len(table.columns) > 1 else ""
        return ""

    def pass_over(self, text: str) -> None:
        """Takes in a name that is no table of its own: one made a part of another, or a view's."""
        found = ATTACHED.search(text[:LENGTH_OF_HEAD]) or VIEW.search(text[:LENGTH_OF_HEAD])
        if found:
            self.parts.add(found[1].lower())

    def result(self) -> tuple[Table, ...]:
        """The tables as facts."""
        return tuple(
            Table(
                name=table.name,
                line=table.line,
                end_line=table.end_line,
                source=SOURCE,
                columns=tuple(_kept(column) for column in list(table.columns.values())[:COLUMN_LIMIT]),
                indexes=tuple(dict.fromkeys(table.indexes)),
                uniques=tuple(dict.fromkeys(table.uniques)),
                changed=name not in self.created,
            )
            for name, table in self.tables.items()
            if name not in self.parts
        )

    def _table(self, name: str, line: int, end_line: int) -> _Table:
        if len(self.tables) >= TABLE_LIMIT and name.lower() not in self.tables:
            return _Table(name, line, end_line)
        return self.tables.setdefault(name.lower(), _Table(name, line, end_line))

    def _create_table(self, tree: exp.Create, line: int, end_line: int) -> None:
        named = tree.find(exp.Table)
        if named is None or not named.name:
            return
        if tree.find(exp.PartitionedOfProperty):
            self.parts.add(named.name.lower())
        table = self._table(named.name, line, end_line)
        self.created.add(named.name.lower())
        if isinstance(tree.this, exp.Schema):
            for item in tree.this.expressions:
                _declare(table, item)

    def _create_index(self, tree: exp.Create, index: exp.Index, line: int, end_line: int) -> None:
        named = index.args.get("table")
        if isinstance(named, exp.Table) and named.name:
            table = self._table(named.name, line, end_line)
            columns = tuple(_names(index.args.get("params")))
            _index(table, columns)
            if tree.args.get("unique") and columns:
                _unique(table, columns)

    def _alter_table(self, tree: exp.Alter, line: int, end_line: int) -> None:
        named = tree.this
        if not isinstance(named, exp.Table) or not named.name:
            return
        table = self._table(named.name, line, end_line)
        for action in tree.args.get("actions") or ():
            for item in action.expressions if isinstance(action, exp.AddConstraint | exp.Schema) else (action,):
                if isinstance(item, exp.AlterColumn):
                    _alter_column(table, item)
                else:
                    _declare(table, item)


def _kept(column: _Column) -> Column:
    return Column(
        name=column.name,
        type=column.type,
        nullable=column.nullable and not column.primary,
        primary=column.primary,
        unique=column.unique,
        indexed=column.indexed,
        checked=column.checked,
        references=column.references,
    )


def _declare(table: _Table, item: object) -> None:
    """One entry between the parentheses of CREATE TABLE, or behind ADD."""
    match item:
        case exp.ColumnDef():
            _declare_column(table, item)
        case exp.Constraint():
            for inner in item.expressions:
                _declare(table, inner)
        case exp.PrimaryKey():
            for name in _names(item):
                table.column(name).primary = True
        case exp.ForeignKey():
            _declare_foreign_key(table, item)
        case exp.Expression():
            _declare_constraint(table, item)


def _declare_roughly(table: _Table, item: RoughColumn) -> None:
    if not item.kind:
        column = table.column(item.names[0])
        column.type, column.nullable = item.type, item.nullable and not SERIAL.search(item.type)
        column.primary, column.unique, column.references = item.primary, item.unique, item.references
        column.checked = item.type.lower().startswith(("enum(", "set(", "enum (", "set ("))
    elif item.kind == "primary":
        for name in item.names:
            table.column(name).primary = True
    elif item.kind == "foreign":
        for name in item.names[:1]:
            table.column(name).references = item.references
    elif item.kind == "unique":
        _unique(table, item.names)
    elif item.kind in ("index", "key"):
        _index(table, item.names)


def _declare_constraint(table: _Table, item: exp.Expression) -> None:
    match item:
        case exp.UniqueColumnConstraint():
            _unique(table, tuple(_names(item.this)))
        case exp.IndexColumnConstraint():
            _index(table, tuple(_names(item)))
        case exp.CheckColumnConstraint():
            for column in item.find_all(exp.Column):
                table.column(column.name).checked = True


def _declare_column(table: _Table, item: exp.ColumnDef) -> None:
    column = table.column(item.name)
    kind = item.args.get("kind")
    column.type = str(kind.sql()) if isinstance(kind, exp.Expression) else ""
    column.checked = column.checked or lists_values(kind)
    if SERIAL.search(column.type):
        column.nullable = False
    for constraint in item.args.get("constraints") or ():
        match constraint.args.get("kind"):
            case exp.PrimaryKeyColumnConstraint():
                column.primary = True
            case exp.UniqueColumnConstraint():
                column.unique = True
            case exp.NotNullColumnConstraint() as found:
                column.nullable = bool(found.args.get("allow_null"))
            case exp.CheckColumnConstraint():
                column.checked = True
            case exp.Reference() as found:
                column.references = _target(found)
            case exp.ForeignKey() as found:  # of the table: a comma is missing before it
                _declare_foreign_key(table, found)


def _declare_foreign_key(table: _Table, item: exp.ForeignKey) -> None:
    reference = item.args.get("reference")
    if not isinstance(reference, exp.Reference):
        return
    target = _target(reference)
    name, _, columns = target.partition(".")
    targets = columns.split(",") if columns else []
    for index, column in enumerate(_names(item)):
        table.column(column).references = f"{name}.{targets[index]}" if index < len(targets) else name


def _target(reference: exp.Reference) -> str:
    """``table.column`` of a REFERENCES clause; of several columns all, with commas."""
    named = reference.find(exp.Table)
    columns = _names(reference.this) if isinstance(reference.this, exp.Schema) else []
    name = named.name if named else ""
    return f"{name}.{','.join(columns)}" if columns else name


def _alter_column(table: _Table, item: exp.AlterColumn) -> None:
    column = table.column(item.name)
    if item.args.get("allow_null") is not None:
        column.nullable = bool(item.args["allow_null"])
    if isinstance(item.args.get("dtype"), exp.Expression):
        column.type = str(item.args["dtype"].sql())


def _unique(table: _Table, columns: tuple[str, ...]) -> None:
    if len(columns) == 1:
        table.column(columns[0]).unique = True
    elif columns:
        table.indexes.append(columns)
        table.uniques.append(columns)


def _index(table: _Table, columns: tuple[str, ...]) -> None:
    if columns:
        table.indexes.append(columns)
        known = table.columns.get(columns[0].lower())
        if known and len(columns) == 1:
            known.indexed = True


def _names(item: object) -> list[str]:
    """The column names in a list of a constraint or an index, in order, without sort orders and lengths."""
    if not isinstance(item, exp.Expression):
        return []
    return [name for entry in _entries(item) for name in [_name(entry)] if name]


def _entries(item: exp.Expression) -> Iterator[exp.Expression]:
    for value in (item.args.get("columns"), item.expressions):
        yield from (entry for entry in value or () if isinstance(entry, exp.Expression))


def _name(entry: exp.Expression) -> str:
    if isinstance(entry, exp.Identifier):
        return str(entry.this)
    prefix = entry.find(exp.Anonymous)
    if prefix is not None and all(isinstance(argument, exp.Literal) for argument in prefix.expressions):
        return str(prefix.name)
    column = entry.find(exp.Column)
    if column is not None:
        return str(column.name)
    identifier = entry.find(exp.Identifier)
    return str(identifier.this) if identifier else ""
