"""Tables of entity classes: JPA and Hibernate, Spring Data JDBC and R2DBC, MyBatis-Plus."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reviewer.gather.data.orm._models import fields_by_class, snake_case
from reviewer.gather.expressions import last, truth
from reviewer.gather.frameworks.jvm._annotations import find, flat, given, option, texts
from reviewer.gather.look import Look, words
from reviewer.gather.syntax import Assignment, Call, Class, Expr, dotted, plain
from reviewer.model.facts.data import Column, Table

JPA, RELATIONAL, MYBATIS_PLUS = "JPA", "Spring Data Relational", "MyBatis-Plus"
PERSISTENCE = ("javax.persistence", "jakarta.persistence")
PANACHE = "PanacheEntity"
"""A base class that brings the key along."""
OWNING = words("ManyToOne OneToOne")
SKIPPED = words("Transient Formula OneToMany ManyToMany ElementCollection Embedded Autowired Value Inject")
REQUIRED = words("NotNull NotBlank NotEmpty NonNull Id EmbeddedId Version CreationTimestamp")
CHECKED = words("Min Max Positive PositiveOrZero Negative NegativeOrZero DecimalMin DecimalMax Range Check Enumerated")
"""Annotations from which Hibernate makes check constraints."""
PRIMITIVES = words("int long short byte boolean char float double")
COLLECTION = re.compile(r"(?:java\.util\.)?(?:Mutable)?(?:List|Set|Map|Collection|Iterable|Bag|SortedSet)\b")
NO_COLUMN = re.compile(r"(?:Logger|Log|KLogger)\b")
GETTER = re.compile(r"(?:get|is)([A-Z]\w*)\Z")
COLUMN_NAME = re.compile(r"[\w$]+")


def entity_tables(look: Look) -> Iterator[Table]:
    """The tables of a file's entities, join tables included; a mapped superclass carries no name."""
    fields = fields_by_class(look.module)
    for item in look.module.classes:
        mark = find(item.decorators, "Entity", "MappedSuperclass")
        if mark is None or not look.imports(*PERSISTENCE):
            continue
        own = list(_fields(look, item, fields.get(item.index, [])))
        columns = {column.name: column for field in own if (column := _column(field)) is not None}
        if any(last(dotted(base)) == PANACHE for base in item.bases):
            columns = {"id": Column(name="id", type="Long", nullable=False, primary=True), **columns}
        base = find(item.decorators, "MappedSuperclass") is not None
        name = "" if base else _table_name(item, find(item.decorators, "Entity"))
        uniques, indexes = _class_indexes(find(item.decorators, "Table"))
        yield Table(
            name=name,
            line=item.line,
            end_line=item.end_line,
            source=JPA,
            columns=tuple(_with_unique(column, uniques) for column in columns.values()),
            indexes=tuple(dict.fromkeys([*indexes, *(one for one in uniques if len(one) > 1)])),
            model=last(item.name),
            uniques=tuple(one for one in uniques if len(one) > 1),
        )
        if name:
            yield from (table for field in own if (table := _join_table(item, name, field)) is not None)


def _table_name(item: Class, mark: Expr | None) -> str:
    table = find(item.decorators, "Table")
    named = plain(option(table, "name")) or plain(option(mark, "name"))
    return named or snake_case(last(item.name))


def _fields(look: Look, item: Class, fields: list[Assignment]) -> Iterator[Assignment]:
    """The fields of an entity; where the getters are annotated instead, these."""
    marked = [field for field in fields if find(field.decorators, "Id", "EmbeddedId", "Column", "JoinColumn")]
    if marked or not fields:
        yield from fields
        return
    getters = {
        found[1][:1].lower() + found[1][1:]: method
        for method in look.module.methods_of(item)
        if method.decorators and (found := GETTER.match(method.name))
    }
    for field in fields:
        method = getters.get(field.target)
        marks = (*field.decorators, *method.decorators) if method else field.decorators
        yield Assignment(field.target, field.value, field.line, field.end_line, field.type, -1, field.owner, marks)


def _is_column(field: Assignment) -> bool:
    if find(field.decorators, *SKIPPED) is not None or field.target.isupper() or field.target == "serialVersionUID":
        return False
    mapped = find(field.decorators, "Column", "Convert", "Type", "JdbcTypeCode") is not None
    plain_type = not COLLECTION.match(field.type) and not NO_COLUMN.search(field.type)
    return mapped or (plain_type and (bool(field.type) or find(field.decorators, "Id") is not None))


def _column(field: Assignment) -> Column | None:
    relation = find(field.decorators, *OWNING)
    if relation is not None:
        return _foreign_key(field, relation)
    if not _is_column(field):
        return None
    mark = find(field.decorators, "Column")
    primary = find(field.decorators, "Id", "EmbeddedId") is not None
    required = find(field.decorators, *REQUIRED) is not None or (field.type in PRIMITIVES and mark is None)
    return Column(
        name=plain(option(mark, "name")) or snake_case(field.target),
        type=field.type.strip("?"),
        nullable=not (primary or required or truth(option(mark, "nullable")) is False),
        primary=primary,
        unique=truth(option(mark, "unique")) is True or find(field.decorators, "NaturalId") is not None,
        indexed=find(field.decorators, "Index", "Indexed") is not None,
        checked=find(field.decorators, *CHECKED) is not None,
    )


def _foreign_key(field: Assignment, relation: Expr) -> Column | None:
    """The column of ``@ManyToOne`` and of the side of ``@OneToOne`` that owns it."""
    if option(relation, "mappedBy") is not None:
        return None
    join = find(field.decorators, "JoinColumn", "PrimaryKeyJoinColumn")
    optional = truth(option(relation, "optional")) is not False and truth(option(join, "nullable")) is not False
    return Column(
        name=plain(option(join, "name")) or f"{snake_case(field.target)}_id",
        type="relation",
        nullable=optional and find(field.decorators, *REQUIRED) is None,
        primary=find(field.decorators, "Id", "MapsId") is not None,
        unique=find(field.decorators, "OneToOne") is not None or truth(option(join, "unique")) is True,
        references=last(_element(field.type)) or None,
    )


def _element(kind: str) -> str:
    """``Post`` of ``List<Post>`` and of ``Post?``."""
    inner = kind.rpartition("<")[2] if "<" in kind else kind
    return inner.partition(">")[0].rpartition(",")[2].replace("out ", "").replace("? extends ", "").strip(" ?")


def _class_indexes(table: Expr | None) -> tuple[list[tuple[str, ...]], list[tuple[str, ...]]]:
    """Unique constraints and indexes that ``@Table`` declares."""
    uniques = [tuple(texts(option(item, "columnNames") or given(item))) for item in _calls(table, "uniqueConstraints")]
    indexes: list[tuple[str, ...]] = []
    for item in _calls(table, "indexes"):
        listed = plain(option(item, "columnList")) or ""
        names = tuple(found[0] for part in listed.split(",") if (found := COLUMN_NAME.search(part)))
        if names:
            (uniques if truth(option(item, "unique")) is True else indexes).append(names)
    return [names for names in uniques if names], indexes


def _calls(table: Expr | None, key: str) -> list[Call]:
    return [item for item in flat(option(table, key)) if isinstance(item, Call)]


def _with_unique(column: Column, uniques: list[tuple[str, ...]]) -> Column:
    if (column.name,) not in uniques:
        return column
    return Column(
        name=column.name,
        type=column.type,
        nullable=column.nullable,
        primary=column.primary,
        unique=True,
        indexed=column.indexed,
        checked=column.checked,
        references=column.references,
    )


def _join_table(item: Class, table: str, field: Assignment) -> Table | None:
    """The table behind ``@ManyToMany`` and ``@ElementCollection``."""
    many = find(field.decorators, "ManyToMany")
    collection = find(field.decorators, "ElementCollection")
    mark = find(field.decorators, "JoinTable", "CollectionTable")
    if (many is None and collection is None) or option(many, "mappedBy") is not None:
        return None
    target = last(_element(field.type))
    name = plain(option(mark, "name")) or f"{table}_{snake_case(target if many is not None else field.target)}"
    own = _join_column(option(mark, "joinColumns")) or f"{snake_case(last(item.name))}_id"
    columns = [Column(name=own, type="relation", nullable=False, primary=many is not None, references=last(item.name))]
    if many is not None:
        other = _join_column(option(mark, "inverseJoinColumns")) or f"{snake_case(target)}_id"
        columns.append(Column(name=other, type="relation", nullable=False, primary=True, references=target or None))
    else:
        columns.append(Column(name=snake_case(field.target), type=target))
    return Table(name=name, line=field.line, end_line=field.end_line, source=JPA, columns=tuple(columns))


def _join_column(expr: Expr | None) -> str | None:
    return next((name for item in flat(expr) if (name := plain(option(item, "name")) or plain(given(item)))), None)


def simple_tables(
    look: Look, mark: str, source: str, key: str, column: str, skipped: frozenset[str]
) -> Iterator[Table]:
    """Tables of mappers with few annotations: one for the class, one for the key, one for columns.

    Args:
        mark: the annotation of the class, whose value is the table's name.
        source: the layer.
        key: the annotation of the primary key.
        column: the annotation of a column with a name of its own.
        skipped: annotations of fields that are no column.
    """
    fields = fields_by_class(look.module)
    for item in look.module.classes:
        found = find(item.decorators, mark)
        if found is None:
            continue
        columns = [
            Column(
                name=plain(given(find(field.decorators, column, key), "name")) or snake_case(field.target),
                type=field.type.strip("?"),
                nullable=find(field.decorators, key, *REQUIRED) is None and field.type not in PRIMITIVES,
                primary=find(field.decorators, key) is not None,
            )
            for field in fields.get(item.index, [])
            if find(field.decorators, *skipped) is None
            and not (field.target.isupper() or field.target == "serialVersionUID" or COLLECTION.match(field.type))
            and field.type
            and truth(option(find(field.decorators, column), "exist")) is not False
        ]
        yield Table(
            name=plain(given(found, "name")) or snake_case(last(item.name)),
            line=item.line,
            end_line=item.end_line,
            source=source,
            columns=tuple(columns),
            model=last(item.name),
        )
