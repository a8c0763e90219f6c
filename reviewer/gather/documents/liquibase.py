"""Liquibase's changelogs in XML, YAML and JSON: steps, and the tables that they create and change."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import msgspec

from reviewer.gather.documents._json import load_json
from reviewer.gather.documents._trees import Scalar, mapping
from reviewer.gather.documents._xml import Element, load_xml
from reviewer.gather.documents._yaml import load_yaml
from reviewer.gather.reader import DocumentReader
from reviewer.model.facts.data import Column, MigrationStep, Statement, Table
from reviewer.model.facts.file import FileFacts

LIQUIBASE = "Liquibase"
MARK = re.compile(
    r"<databaseChangeLog\b|^[ \t]{0,40}\"?databaseChangeLog\"?[ \t]{0,9}:|\"databaseChangeLog\"", re.MULTILINE
)
FORMATTED = re.compile(r"\s*--\s*liquibase\s+formatted\s+sql", re.IGNORECASE)
HEAD = 20_000
CHANGES_MOST = 2_000
DEPTH_LIMIT = 30
YES = ("true", "True", "TRUE")


@dataclass(slots=True)
class _Change:
    """One change: its name, what it is given, and the changes or columns inside it."""

    tag: str
    given: dict[str, str]
    line: int
    children: list[_Change] = field(default_factory=list)

    def all(self, tag: str) -> Iterator[_Change]:
        """Everything below with that name."""
        waiting = list(reversed(self.children))
        while waiting:
            item = waiting.pop()
            if item.tag == tag:
                yield item
            waiting.extend(reversed(item.children))


def read_changelog(source: str, base: FileFacts) -> FileFacts:
    """A changelog; any other document is left as it is."""
    if not MARK.search(source, 0, HEAD):
        return base
    root = _root(source)
    if root is None:
        return base
    sets = [item for item in root.all("changeSet") if not _for_tests(item)]
    tables: dict[str, Table] = {}
    statements: list[Statement] = []
    for change in _changes(sets):
        _apply(change, tables)
        if change.tag in ("createTable", "addColumn", "dropTable", "createIndex", "insert", "update", "delete"):
            statements.append(_statement(change))
    step = MigrationStep(tool=LIQUIBASE, line=sets[0].line, changes=len(sets)) if sets else base.migration
    return msgspec.structs.replace(
        base,
        migration=step,
        tables=(*base.tables, *tables.values()),
        statements=(*base.statements, *statements),
    )


def _for_tests(change: _Change) -> bool:
    """Whether a change set runs for tests alone, by its context."""
    said = change.given.get("context") or change.given.get("contextFilter") or ""
    return said.strip().lower() in ("test", "tests", "testing")


def _root(source: str) -> _Change | None:
    """The changelog as changes, whatever it is written in."""
    start = source.lstrip()[:1]
    if start == "<":
        root, _ = load_xml(source)
        return _from_element(root) if root is not None and root.tag == "databaseChangeLog" else None
    tree = (load_json(source) if start == "{" else load_yaml(source)).tree
    return _Change("root", {}, 1, list(_from_data(tree, 0))) if isinstance(tree, (dict, list)) else None


def _from_element(element: Element) -> _Change:
    return _Change(element.tag, element.attributes, element.line, [_from_element(item) for item in element.children])


def _from_data(value: object, depth: int) -> Iterator[_Change]:
    """Mappings of one key each, in lists: the key is the name of the change."""
    if depth > DEPTH_LIMIT:
        return
    for item in value[:CHANGES_MOST] if isinstance(value, list) else (value,):
        if isinstance(item, list):
            yield from _from_data(item, depth + 1)
        for key, inner in mapping(item).items():
            if isinstance(inner, (dict, list)):
                given = {
                    name: _text(said) for name, said in mapping(inner).items() if not isinstance(said, (dict, list))
                }
                yield _Change(key, given, _line(key, inner), list(_from_data(inner, depth + 1)))


def _line(*values: object) -> int:
    """The first line that a part of a document is known to stand on."""
    for value in values:
        known = [value, *mapping(value), *mapping(value).values()]
        found = next((item.line for item in known if isinstance(item, Scalar)), 0)
        if found:
            return found
    return 1


def _text(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _changes(sets: list[_Change]) -> Iterator[_Change]:
    """What is done, in order; what undoes it and what has to hold before is left out."""
    waiting = [child for item in reversed(sets) for child in reversed(item.children)]
    count = 0
    while waiting and count < CHANGES_MOST:
        item = waiting.pop()
        count += 1
        if item.tag in ("rollback", "preConditions", "validCheckSum"):
            continue
        if item.tag in ("changes", "change"):
            waiting.extend(reversed(item.children))
        else:
            yield item


def _statement(change: _Change) -> Statement:
    verbs = {"createTable": "create", "addColumn": "alter", "dropTable": "drop", "createIndex": "create"}
    name = change.given.get("tableName", "")
    return Statement(
        verb=verbs.get(change.tag, change.tag),
        line=change.line,
        end_line=change.line,
        layer=LIQUIBASE,
        tables=(name,) if name else (),
    )


def _apply(change: _Change, tables: dict[str, Table]) -> None:
    """One change on the tables so far."""
    name = change.given.get("tableName", "")
    if change.tag == "createTable" and name:
        tables[name] = _table(name, change.line, columns=tuple(_columns(change)))
    elif change.tag == "addColumn" and name:
        known = tables.get(name) or _table(name, change.line)
        tables[name] = msgspec.structs.replace(known, columns=(*known.columns, *_columns(change)))
    elif change.tag == "dropTable":
        tables.pop(name, None)
    elif change.tag == "createIndex" and name:
        _index(change, name, tables)
    elif change.tag in ("addUniqueConstraint", "addPrimaryKey"):
        _constraint(change, name, tables)
    elif change.tag == "addForeignKeyConstraint":
        _foreign_key(change, tables)
    elif change.tag == "addNotNullConstraint":
        _on_columns(tables, name, (change.given.get("columnName", ""),), change.line, nullable=False)


def _table(name: str, line: int, columns: tuple[Column, ...] = ()) -> Table:
    return Table(name=name, line=line, end_line=line, source="Liquibase migrations", columns=columns)


def _columns(change: _Change) -> Iterator[Column]:
    for item in change.all("column"):
        name = item.given.get("name", "")
        if not name:
            continue
        held: dict[str, str] = {}
        for inner in item.children:
            if inner.tag == "constraints":
                held.update(inner.given)
        primary = held.get("primaryKey") in YES
        yield Column(
            name=name,
            type=item.given.get("type", ""),
            nullable=not primary and held.get("nullable") not in ("false", "False"),
            primary=primary,
            unique=held.get("unique") in YES,
            checked=bool(held.get("checkConstraint")),
            references=_reference(held.get("references", ""), held),
        )


def _reference(text: str, held: dict[str, str]) -> str | None:
    """``users(id)`` as ``users.id``."""
    if text:
        table, _, column = text.partition("(")
        return f"{table.strip()}.{column.strip(' )')}" if column else table.strip()
    table = held.get("referencedTableName", "")
    column = held.get("referencedColumnNames", "")
    return f"{table}.{column}" if table and column else table or None


def _names(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(",") if part.strip())


def _index(change: _Change, name: str, tables: dict[str, Table]) -> None:
    columns = tuple(item.given.get("name", "") for item in change.all("column") if item.given.get("name"))
    if not columns:
        return
    if change.given.get("unique") in YES and len(columns) == 1:
        _on_columns(tables, name, columns, change.line, unique=True)
        return
    known = tables.get(name) or _table(name, change.line)
    tables[name] = msgspec.structs.replace(known, indexes=(*known.indexes, columns))


def _constraint(change: _Change, name: str, tables: dict[str, Table]) -> None:
    columns = _names(change.given.get("columnNames", ""))
    if change.tag == "addPrimaryKey":
        _on_columns(tables, name, columns, change.line, primary=True)
    elif len(columns) == 1:
        _on_columns(tables, name, columns, change.line, unique=True)
    elif columns:
        known = tables.get(name) or _table(name, change.line)
        tables[name] = msgspec.structs.replace(known, indexes=(*known.indexes, columns))


def _foreign_key(change: _Change, tables: dict[str, Table]) -> None:
    given = change.given
    name, target = given.get("baseTableName", ""), given.get("referencedTableName", "")
    theirs = _names(given.get("referencedColumnNames", ""))
    for place, column in enumerate(_names(given.get("baseColumnNames", ""))):
        goal = f"{target}.{theirs[place]}" if place < len(theirs) else target
        _on_columns(tables, name, (column,), change.line, references=goal)


def _on_columns(tables: dict[str, Table], name: str, columns: tuple[str, ...], line: int, **changes: object) -> None:
    """Sets what a later change says of columns; those of a table of another file are kept by themselves."""
    if not name:
        return
    known = tables.get(name) or _table(name, line)
    have = {column.name for column in known.columns}
    old = [msgspec.structs.replace(column, **changes) if column.name in columns else column for column in known.columns]
    new = [msgspec.structs.replace(Column(name=item), **changes) for item in columns if item and item not in have]
    tables[name] = msgspec.structs.replace(known, columns=(*old, *new))


def read_formatted_sql(source: str, base: FileFacts) -> FileFacts:
    """A changelog in SQL; its statements are read as those of any file of SQL."""
    found = FORMATTED.match(source)
    if found is None:
        return base
    return msgspec.structs.replace(base, migration=base.migration or MigrationStep(tool=LIQUIBASE, line=1))


CHANGELOGS = DocumentReader("liquibase", ("xml", "yaml", "json"), read_changelog)
FORMATTED_SQL = DocumentReader("liquibase-sql", ("sql",), read_formatted_sql)
