"""Query options given as one object: ``findMany({ where, include, take })`` and its like."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import msgspec

from reviewer.gather.expressions import inside, last, pairs_of, words_in
from reviewer.gather.look import Look
from reviewer.gather.syntax import Call, Expr, Items, Mapping, Name, plain
from reviewer.model.facts.data import Feature, Statement

FILTER_LIMIT = 16
FINDING = ("find", "count", "delete", "exist", "softDelete", "remove", "destroy")
PLAIN_KEYS = ("select", "attributes", "cache", "data", "returning", "transaction", "raw", "paranoid", "withDeleted")
OPERATORS = frozenset({"AND", "OR", "NOT", "some", "every", "none", "is", "isNot"})
PAGES = re.compile(r"paginat|paging|page|limit", re.I)
"""Words in the name of what is spread into options, or makes them, where it says how many rows to read."""
NOTHING = frozenset({"undefined", "null"})


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


def with_options(statement: Statement, call: Call, options: Options, table: str, look: Look) -> Statement:
    """A statement with what the option objects among the arguments of a call say."""
    features = set(statement.features)
    columns: dict[str, None] = dict.fromkeys(statement.filters)
    unread = False
    for given in call.args:
        arg = look.value(given, call.function)
        if not isinstance(arg, Mapping):
            unread = unread or _is_options(arg)
            if any(PAGES.search(word) for word in _spread_words(arg)):
                features.add(Feature.LIMIT)
            continue
        mapping, rest = _whole(arg, call, look)
        entries = dict(pairs_of(mapping))
        if options.bare and not entries.keys() & options.known:
            entries = {options.filters[0]: mapping} if call.last.startswith(FINDING) else {}
        features |= _features(entries, options)
        unread = unread or bool(rest) or _narrows_unread(entries, options, call, look)
        if any(PAGES.search(word) for expr in rest for word in _spread_words(expr)):
            features.add(Feature.LIMIT)
        for key in (*options.filters, *options.order):
            for name in columns_of(look.value(entries.get(key), call.function)):
                columns[f"{table}.{name}" if table else name] = None
    names = tuple(columns)[:FILTER_LIMIT]
    bound = True if names or statement.verb != "select" else statement.bound
    understood = statement.understood and not (unread and statement.verb == "select")
    kept = tuple(sorted(features))
    return msgspec.structs.replace(statement, features=kept, filters=names, bound=bound, understood=understood)


def _features(entries: dict[str, Expr], options: Options) -> set[Feature]:
    """What the keys of an object of options say."""
    known = (
        (options.eager, Feature.EAGER),
        (options.limit, Feature.LIMIT),
        (options.order, Feature.ORDER),
        (options.group, Feature.GROUP),
        (options.lock, Feature.LOCK),
    )
    return {feature for keys, feature in known if any(key in entries for key in keys)}


def _is_options(arg: Expr | None) -> bool:
    """Whether an argument that is no object may hold options: a variable or a call, no model and nothing empty."""
    if isinstance(arg, Name):
        word = last(arg.dotted)
        return word not in NOTHING and not word[:1].isupper()
    return isinstance(arg, Call) or any(isinstance(item, (Name, Mapping)) for item in inside(arg))


def _whole(mapping: Mapping, call: Call, look: Look) -> tuple[Mapping, list[Expr]]:
    """An object with the objects that are spread into it, and what is spread that is not known."""
    if all(key is not None for key, _ in mapping.pairs):
        return mapping, []
    pairs: list[tuple[Expr | None, Expr]] = []
    rest: list[Expr] = []
    for key, value in mapping.pairs:
        meant = look.value(value, call.function) if key is None else None
        if isinstance(meant, Mapping):
            pairs.extend(meant.pairs)
        elif key is None:
            rest.append(value)
        else:
            pairs.append((key, value))
    return Mapping(tuple(pairs), mapping.line), rest


def _spread_words(expr: Expr | None) -> Iterator[str]:
    """The words of what is spread: its names, those of its calls, and the keys of objects inside."""
    yield from words_in(expr)
    for item in inside(expr):
        if isinstance(item, Call):
            yield item.last
        yield from (key for key, _ in pairs_of(item))


def _narrows_unread(entries: dict[str, Expr], options: Options, call: Call, look: Look) -> bool:
    """Whether some of the conditions stand where they are not read, or on what is joined."""
    for key in {*options.filters, "where"} & entries.keys():
        given = look.value(entries[key], call.function)
        if not isinstance(given, (Mapping, Items)) or (isinstance(given, Mapping) and _has_spread(given)):
            return True
    joined = (item for key in options.eager for item in inside(entries.get(key)))
    return any(isinstance(item, Mapping) and item.get("where") is not None for item in joined)


def _has_spread(mapping: Mapping) -> bool:
    return any(key is None or not (plain(key) or isinstance(key, Name)) for key, _ in mapping.pairs)


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
