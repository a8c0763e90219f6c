"""Query options given as one object: ``findMany({ where, include, take })`` and its like."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import msgspec

from reviewer.gather.look import pairs_of
from reviewer.gather.syntax import Call, Expr, Items, Mapping, plain
from reviewer.model.facts.data import Feature, Statement

FILTER_LIMIT = 16
FINDING = ("find", "count", "delete", "exist", "softDelete", "remove", "destroy")
PLAIN_KEYS = ("select", "attributes", "cache", "data", "returning", "transaction", "raw", "paranoid", "withDeleted")
OPERATORS = frozenset({"AND", "OR", "NOT", "some", "every", "none", "is", "isNot"})


@dataclass(frozen=True, slots=True)
class Options:
    """The keys of one library's query options, by what they do."""

    eager: tuple[str, ...] = ()
    limit: tuple[str, ...] = ()
    order: tuple[str, ...] = ()
    filters: tuple[str, ...] = ()
    group: tuple[str, ...] = ()
    lock: tuple[str, ...] = ()
    bare: bool = False
    """Whether an object with none of the other keys is itself the filter."""

    @property
    def known(self) -> frozenset[str]:
        """Every key that is no column."""
        return frozenset((*self.eager, *self.limit, *self.order, *self.filters, *self.group, *self.lock, *PLAIN_KEYS))


def with_options(statement: Statement, call: Call, options: Options, table: str) -> Statement:
    """A statement with what the option objects among the arguments of a call say."""
    features = set(statement.features)
    columns: dict[str, None] = dict.fromkeys(statement.filters)
    for mapping in (arg for arg in call.args if isinstance(arg, Mapping)):
        entries = dict(pairs_of(mapping))
        if options.bare and not entries.keys() & options.known:
            entries = {options.filters[0]: mapping} if call.last.startswith(FINDING) else {}
        for keys, feature in (
            (options.eager, Feature.EAGER),
            (options.limit, Feature.LIMIT),
            (options.order, Feature.ORDER),
            (options.group, Feature.GROUP),
            (options.lock, Feature.LOCK),
        ):
            if any(key in entries for key in keys):
                features.add(feature)
        for key in (*options.filters, *options.order):
            for name in columns_of(entries.get(key)):
                columns[f"{table}.{name}" if table else name] = None
    names = tuple(columns)[:FILTER_LIMIT]
    bound = True if names or statement.verb != "select" else statement.bound
    return msgspec.structs.replace(statement, features=tuple(sorted(features)), filters=names, bound=bound)


def columns_of(expr: Expr | None) -> Iterator[str]:
    """The columns that a filter or sort object names, those inside AND, OR and NOT included."""
    stack = [expr]
    while stack:
        item = stack.pop()
        if isinstance(item, Items):
            first = item.values[0] if item.values else None
            if (text := plain(first)) is not None:
                yield text
            else:
                stack.extend(item.values[:FILTER_LIMIT])
        for key, value in pairs_of(item):
            if key in OPERATORS:
                stack.append(value)
            elif not key.startswith("$"):
                yield key
