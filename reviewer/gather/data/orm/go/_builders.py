"""Query builders of Go beside GORM, read alike: by the calls that begin, filter and send a query."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from reviewer.gather.data.names import data_use
from reviewer.gather.data.orm._chains import Chain, Words
from reviewer.gather.data.orm._models import fields_by_class, snake_case
from reviewer.gather.data.orm.go._conditions import named_table
from reviewer.gather.data.orm.go._gorm_models import plural
from reviewer.gather.data.orm.go._queries import Builders, statement
from reviewer.gather.data.queries import add_sign, add_statement
from reviewer.gather.frameworks.go._names import GoNames
from reviewer.gather.look import Look, look_at, words
from reviewer.gather.reader import Kept
from reviewer.gather.syntax import Assignment, Call, Class, Expr, Module, Name, Text, plain
from reviewer.model.facts.code import SignKind
from reviewer.model.facts.data import Column, Feature, How, Table

SHARED_FEATURES = {
    **dict.fromkeys(("Join", "JoinClause", "LeftJoin", "InnerJoin", "RightJoin", "Joins"), Feature.JOIN),
    **dict.fromkeys(("Group", "GroupBy", "Having"), Feature.GROUP),
    **dict.fromkeys(("Limit", "Offset"), Feature.LIMIT),
    **dict.fromkeys(("Order", "OrderBy", "OrderExpr", "Asc", "Desc"), Feature.ORDER),
    **dict.fromkeys(("Count", "SumInt", "Sum", "Sums"), Feature.AGGREGATE),
    **dict.fromkeys(("For", "ForUpdate"), Feature.LOCK),
    "With": Feature.CTE,
}
FILTERING = words("Where WhereOr And Or Order OrderBy OrderExpr GroupBy Group Asc Desc Having ID In")
BUILDER_NAME = re.compile(r"psql|builder|^(?:\w+\.)*(?:sq|qb|sb|dialect|goqu|query|b|d)$", re.IGNORECASE)
"""What holds a builder of statements."""


@dataclass(frozen=True, slots=True)
class Builder:
    """One library.

    ``begins`` are calls that say what a query does, ``ends`` those that send it where the former need not be there.
    ``tables`` are calls whose first text is the table, ``models`` those whose first argument is a model. ``tag`` is
    the key of its struct tags.
    """

    layer: str
    packages: tuple[str, ...]
    begins: dict[str, str]
    ends: dict[str, str]
    tables: frozenset[str]
    models: frozenset[str]
    one: frozenset[str]
    all: frozenset[str]
    eager: frozenset[str] = frozenset()
    tag: str = ""

    @property
    def words(self) -> Words:
        """The words for chains."""
        return Words(
            features=SHARED_FEATURES,
            verbs={**self.begins, **self.ends},
            filtering=FILTERING,
            one=self.one,
            all=self.all,
            eager=self.eager,
        )


def reader_of(builder: Builder) -> Callable[[Module, Kept], None]:
    """Keeps the tables and statements of one library."""

    def read(module: Module, kept: Kept) -> None:
        look = look_at(module)
        imported = look.imports(*builder.packages)
        tagged = bool(builder.tag) and f"{builder.tag}:" in module.text
        tables = list(_tables(look, builder)) if tagged else []
        kept.tables.extend(tables)
        first = len(kept.statements)
        if imported:
            _queries(look, kept, builder)
        if len(kept.statements) > first:
            kept.data.append(data_use(builder.layer, How.QUERIED, kept.statements[first].line))
        elif tables:
            kept.data.append(data_use(builder.layer, How.CONFIGURED, tables[0].line))

    return read


def _queries(look: Look, kept: Kept, builder: Builder) -> None:
    builders, names = Builders(look), GoNames(look)
    for chain in builders.all:
        calls = builders.whole(chain)
        verb = _verb(look, chain, calls, builder)
        if not verb:
            continue
        made = statement(look, chain, calls, builder.words, builder.layer, _named(names, calls, builder), verb)
        add_statement(kept, look, made, chain.outer)
        if Feature.EAGER in made.features:
            add_sign(kept, look, SignKind.EAGER_LOAD, chain.outer, next(iter(builder.eager)))


def _verb(look: Look, chain: Chain, calls: tuple[Call, ...], builder: Builder) -> str:
    """What a chain does, ``""`` where it is none of this library's."""
    first = chain.calls[0]
    if builder.begins:
        begun = next((builder.begins[call.last] for call in calls if call.last in builder.begins), "")
        fits = any(name in builder.ends for name in chain.names) if builder.ends else _builds(look, calls[0], builder)
        return begun if fits else ""
    known = any(
        call.last in FILTERING or call.last in builder.models or call.last in builder.tables for call in calls[:-1]
    )
    ended = builder.ends.get(chain.outer.last, "")
    foreign = look.is_imported(first.name) and not look.origin(first.name).startswith(builder.packages)
    return ended if known and "." in first.name and not foreign else ""


def _builds(look: Look, call: Call, builder: Builder) -> bool:
    """Whether a call is made on the library's package, or on a builder that it made."""
    head = call.name.rpartition(".")[0]
    if look.is_imported(head):
        return look.origin(head).startswith(builder.packages)
    return bool(BUILDER_NAME.search(head)) or (not head and call.name.startswith("."))


def _named(names: GoNames, calls: tuple[Call, ...], builder: Builder) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for call in calls:
        if call.last in builder.tables and call.args and (table := named_table(call.args[0])):
            found[table] = None
    for call in calls if not found else ():
        if call.last in builder.models and call.args and (model := _model(names, call.args[0], call.function)):
            found[model] = None
    return tuple(found)


def _model(names: GoNames, arg: Expr, function: int) -> str:
    kind = arg.name if isinstance(arg, Call) and arg.new else ""
    if isinstance(arg, Name):
        declared = next((item.type for item in names.look.assigned(arg.dotted, function) if item.type), "")
        given = next(
            (p.type for item in names.look.around(function) for p in item.parameters if p.name == arg.dotted), ""
        )
        kind = (declared or given).lstrip("*&").replace("[]", "").lstrip("*") or names.type_of(arg, function)
    name = kind.rpartition(".")[2]
    return name if name[:1].isupper() and name.isidentifier() else ""


def _tables(look: Look, builder: Builder) -> Iterator[Table]:
    """Structs with the tags of this library."""
    fields = fields_by_class(look.module)
    for owner in look.module.classes:
        own = fields.get(owner.index, [])
        if any(_tag(item, builder.tag) is not None for item in own):
            yield _table(owner, own, builder)


def _tag(item: Assignment, key: str) -> str | None:
    for tag in item.decorators:
        if isinstance(tag, Call) and tag.name == key and tag.args and isinstance(tag.args[0], Text):
            return plain(tag.args[0])
    return None


def _table(owner: Class, own: list[Assignment], builder: Builder) -> Table:
    name = plural(snake_case(owner.name)) if builder.tag != "xorm" else snake_case(owner.name)
    columns: list[Column] = []
    for item in own:
        tag = _tag(item, builder.tag)
        options = [part.strip() for part in (tag or "").replace(" ", ",").split(",")]
        named = next((part.partition(":")[2] for part in options if part.startswith("table:")), "")
        if named or item.type.endswith("BaseModel") or item.target == "tableName":
            name = named or name
            continue
        if tag == "-" or "." in item.target or any(part.startswith(("rel:", "m2m:")) for part in options):
            continue
        columns.append(_column(item, options, builder))
    return Table(
        name=name,
        line=owner.line,
        end_line=owner.end_line,
        source=builder.layer,
        columns=tuple(columns),
        model=owner.name,
    )


def _column(item: Assignment, options: list[str], builder: Builder) -> Column:
    low = " ".join(options).lower()
    first = options[0].strip("'") if options else ""
    quoted = next((part.strip("'") for part in options if part.startswith("'")), "")
    named = quoted if builder.tag == "xorm" else first if first.isidentifier() and first == first.lower() else ""
    primary = any(part in ("pk", "primary") for part in options)
    return Column(
        name=named if named and named not in ("pk", "notnull", "unique") else snake_case(item.target),
        type=item.type,
        nullable=not primary and "notnull" not in low and "not null" not in low,
        primary=primary,
        unique="unique" in low,
        indexed="index" in low,
    )
