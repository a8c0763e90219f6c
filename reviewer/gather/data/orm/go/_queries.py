"""Chains of Go's query builders as statements; what is added to a variable before belongs to the query it sends."""

from __future__ import annotations

from dataclasses import dataclass, field

from reviewer.gather.data.orm._chains import Chain, Words, chains
from reviewer.gather.data.orm.go._conditions import FILTER_LIMIT, binds, columns_of
from reviewer.gather.data.queries import DATA_VERBS
from reviewer.gather.look import Look
from reviewer.gather.syntax import Call, Name, dotted
from reviewer.model.facts.data import Feature, Statement

PARTS_MOST = 30
"""Chains that one variable is put together from."""


@dataclass(slots=True)
class Builders:
    """The chains of a module, by the variable that each is assigned to."""

    look: Look
    all: list[Chain] = field(default_factory=list)
    _parts: dict[tuple[str, int], list[Chain]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.all = list(chains(self.look))
        outer = {id(chain.outer): chain for chain in self.all}
        for item in self.look.module.assignments:
            chain = outer.get(id(item.value))
            if chain is not None:
                self._parts.setdefault((item.target, item.function), []).append(chain)

    def whole(self, chain: Chain) -> tuple[Call, ...]:
        """The calls of a chain, with those of the chains that were assigned to what it hangs on."""
        found = list(chain.calls)
        head = chain.calls[0].name.rpartition(".")[0]
        seen: set[str] = set()
        for _ in range(3):
            parts = self._parts.get((head, chain.outer.function), ()) if head and head not in seen else ()
            seen.add(head)
            before = [part for part in parts[:PARTS_MOST] if part is not chain and part.outer.line <= chain.outer.line]
            if not before:
                break
            found[:0] = [call for part in before for call in part.calls]
            head = before[0].calls[0].name.rpartition(".")[0]
        return tuple(found)


def features_in(calls: tuple[Call, ...], words: Words) -> tuple[Feature, ...]:
    """The features that the methods of a chain name."""
    found = {words.features[call.last] for call in calls if call.last in words.features}
    if any(call.last in words.eager for call in calls):
        found.add(Feature.EAGER)
    return tuple(sorted(found))


def statement(
    look: Look, chain: Chain, calls: tuple[Call, ...], words: Words, layer: str, tables: tuple[str, ...], verb: str
) -> Statement:
    """The statement that a chain sends."""
    outer = chain.outer
    table = tables[0] if len(tables) == 1 else ""
    columns: dict[str, None] = {}
    for call in calls:
        if call.last in words.filtering:
            for name in columns_of(call):
                columns[name if "." in name or not table else f"{table}.{name}"] = None
    many = None
    if verb == "select":
        many = False if any(call.last in words.one for call in calls) else None
        many = True if many is None and any(call.last in words.all for call in calls) else many
    return Statement(
        verb=verb,
        line=outer.line,
        end_line=outer.end_line,
        layer=layer,
        tables=tables,
        filters=tuple(columns)[:FILTER_LIMIT],
        features=features_in(calls, words),
        bound=True if binds(calls, words.filtering) else None,
        in_loop=outer.loops > 0 and verb in DATA_VERBS,
        many=many,
        function=look.qualname(outer.function),
    )


def receiver(call: Call) -> str:
    """The last part of what a call is made on: ``db`` of ``r.db.Where``."""
    head = call.name.rpartition(".")[0]
    return head.rpartition(".")[2]


def last_name(expr: object) -> str:
    """The last part of a name."""
    return dotted(expr).rpartition(".")[2] if isinstance(expr, Name) else ""
