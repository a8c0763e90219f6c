"""Chains of calls such as ``User.query.filter_by(a=1).first()``, and what their links say of the query they build."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from reviewer.gather.data.orm._conditions import filters_of, patterns_of
from reviewer.gather.data.queries import DATA_VERBS, add_sign, add_statement
from reviewer.gather.expressions import calls_in, inside, last
from reviewer.gather.look import Look, words
from reviewer.gather.reader import Kept
from reviewer.gather.syntax import Attribute, Call, Expr, Module, Name, Number, Other
from reviewer.model.facts.code import SignKind
from reviewer.model.facts.data import Feature, Statement

LINK_LIMIT = 60
SLICED = ")["
"""What a file holds that takes a slice of a call's result."""
SINGLE = re.compile(
    r"\A(?:get|first|find|one)_?[oO]r_?[A-Za-z]|_or_(?:none|404|fail|raise|create)\Z|[a-z]Or(?:Fail|Null|Throw)\Z"
)
"""Names, of a project's own managers too, by which one row is asked for."""
SENDING = words("execute scalars scalar exec stream paginate fetch_all fetch_one fetch_val first all one read_sql")
"""Calls that are given a whole query."""
TAKING = ("limit", "take", "Take")
NARROWS = re.compile(r"where|filter|limit|take|paginat|exclude|slice|skip|page", re.I)
"""Methods that leave fewer rows."""


@dataclass(frozen=True, slots=True)
class Chain:
    """Calls that hang on one another, innermost first.

    ``sliced`` says that a part of its rows is cut out. ``sent`` are the calls that the query is handed to and what
    hangs on them: ``session.execute`` and ``scalars().all()``. ``later`` are calls by which the query goes on under the
    name that it was given: ``posts = posts.limit(10)``.
    """

    calls: tuple[Call, ...]
    sliced: bool = False
    sent: tuple[Call, ...] = ()
    later: tuple[Call, ...] = ()

    @property
    def root(self) -> str:
        """The dotted name of the first call: ``User.query.filter_by``."""
        return self.calls[0].name

    @property
    def outer(self) -> Call:
        """The call that the whole expression is."""
        return self.calls[-1]

    @property
    def names(self) -> tuple[str, ...]:
        """The last part of every call, in order."""
        return tuple(call.last for call in self.calls)

    @property
    def loops(self) -> int:
        """The loops around the call that sends the query."""
        return max(call.loops for call in (self.outer, *self.sent[-1:]))


@dataclass(frozen=True, slots=True)
class Words:
    """What the method names of one query builder mean.

    ``filtering`` are methods whose arguments name columns; ``one`` and ``all`` end a chain with one row or with all.
    """

    features: dict[str, Feature]
    verbs: dict[str, str] = field(default_factory=dict)
    filtering: frozenset[str] = frozenset()
    one: frozenset[str] = frozenset()
    all: frozenset[str] = frozenset()
    eager: frozenset[str] = frozenset()


def chains(look: Look) -> Iterator[Chain]:
    """Every chain of a module that is no part of a longer one, in source order."""
    module = look.module
    sliced = _sliced(module)
    inner = {id(found) for call in module.calls if (found := _next(call)) is not None}
    unwound = [_unwound(call) for call in module.calls if id(call) not in inner]
    sent: dict[int, tuple[Call, ...]] = {}
    for calls in unwound:
        for place, call in enumerate(calls):
            given = look.value(call.args[0], call.function) if call.args and call.last in SENDING else None
            if isinstance(given, Call):
                sent[id(given)] = calls[place:]
    for calls in unwound:
        yield Chain(calls, id(calls[-1]) in sliced, sent.get(id(calls[-1]), ()))


def continued(look: Look, found: Iterable[Chain], ended: frozenset[str], taking: frozenset[str]) -> list[Chain]:
    """Chains with the calls by which they go on under the name of a variable of the same function.

    Args:
        look: At the module of the chains.
        found: All chains of the module.
        ended: Methods after which there are rows instead of a query: nothing goes on from there.
        taking: Calls that are given a query whole and bound it: ``paginate(posts)``.
    """
    every = list(found)
    roots: dict[str, list[Chain]] = {}
    for chain in every:
        for head in {*_heads(chain.root), *_given(chain, taking)}:
            roots.setdefault(head, []).append(chain)
    names: dict[int, list[tuple[str, int]]] = {}
    for item in look.module.assignments if every else ():
        for part in inside(item.value) if item.target in roots else ():
            if isinstance(part, Call):
                names.setdefault(id(part), []).append((item.target, item.function))
    return [_with_later(chain, look, names, roots, ended) for chain in every]


def _heads(name: str) -> Iterator[str]:
    parts = name.split(".")
    if parts[0] in ("this", "self") and len(parts) > 2:
        yield ".".join(parts[:2])
    elif len(parts) > 1:
        yield parts[0]


def _given(chain: Chain, taking: frozenset[str]) -> Iterator[str]:
    for call in chain.calls:
        if call.last in taking:
            yield from (arg.dotted for arg in call.args if isinstance(arg, Name))


def _with_later(
    chain: Chain,
    look: Look,
    names: dict[int, list[tuple[str, int]]],
    roots: dict[str, list[Chain]],
    ended: frozenset[str],
) -> Chain:
    """A chain with the calls on the variables that it is assigned to, after it."""
    held = names.get(id(chain.outer), ())
    if not held or not ended.isdisjoint(chain.names):
        return chain
    owner = look.qualname(chain.outer.function)
    later = [
        call
        for target, _ in held
        for other in roots.get(target, ())
        if other is not chain and other.outer.line >= chain.calls[0].line
        if look.qualname(other.outer.function).startswith(owner)
        for call in other.calls
    ]
    return replace(chain, later=tuple(later[:LINK_LIMIT])) if later else chain


def _unwound(call: Call) -> tuple[Call, ...]:
    links = [call]
    while len(links) < LINK_LIMIT and (below := _next(links[-1])) is not None:
        links.append(below)
    return tuple(reversed(links))


def _next(call: Call) -> Call | None:
    """The call that this one hangs on."""
    below: Expr = call.callee
    while isinstance(below, Attribute):
        below = below.value
    return below if isinstance(below, Call) and below is not call.callee else None


def _sliced(module: Module) -> set[int]:
    """The calls of whose result a slice is taken where it is assigned, returned or handed on."""
    found: set[int] = set()
    for expr in _whole(module) if SLICED in module.text else ():
        for item in inside(expr):
            if isinstance(item, Other) and "subscript" in item.kind and len(item.operands) > 1:
                first, index = item.operands[0], item.operands[1]
                if isinstance(first, Call) and isinstance(index, Other) and index.kind == "slice":
                    found.add(id(first))
    return found


def _whole(module: Module) -> Iterator[Expr]:
    yield from (item.value for item in module.assignments if item.value is not None)
    yield from (item.value for item in module.returns)
    for call in module.calls:
        yield from (arg for arg in (*call.args, *call.keywords.values()) if isinstance(arg, Other))


def verb_of(chain: Chain, words: Words, default: str = "select") -> str:
    """What the chain does: the last of its methods that is a verb decides."""
    for name in reversed(chain.names):
        if name in words.verbs:
            return words.verbs[name]
    return default


def features_of(chain: Chain, words: Words) -> set[Feature]:
    """The features that the chain's methods and their arguments name."""
    found = {words.features[call.last] for call in (*chain.calls, *chain.later) if call.last in words.features}
    for call in (*chain.calls, *chain.later):
        for item in inside(*call.args, *call.keywords.values()):
            if isinstance(item, Call) and (item.last in words.eager or _aggregates(item)):
                found.add(Feature.EAGER if item.last in words.eager else Feature.AGGREGATE)
    if any(call.last in words.eager for call in (*chain.calls, *chain.later)):
        found.add(Feature.EAGER)
    if chain.sliced or any(call.last == "paginate" for call in chain.sent):
        found.add(Feature.LIMIT)
    return found


def _aggregates(call: Call) -> bool:
    head, _, name = call.name.rpartition(".")
    return last(head) in ("func", "fn") and name.lower() in ("count", "sum", "avg", "min", "max")


def many_of(chain: Chain, words: Words) -> bool | None:
    """Whether the chain gives all rows or one, None where it does not say."""
    names = (*chain.names, *(call.last for call in chain.sent))
    later = [call.last for call in chain.later]
    grouped = any(words.features.get(name) is Feature.GROUP for name in (*names, *later))
    if not grouped and any(name in words.one or SINGLE.search(name) for name in names):
        return False
    if not grouped and any(_takes_one(call, words) for call in (*chain.calls, *chain.later)):
        return False
    if any(words.features.get(name) is Feature.LIMIT for name in later if name not in words.one):
        return True
    if not grouped and any(name in words.one for name in later):
        return False
    return True if any(name in words.all for name in (*names, *later)) or chain.sliced else None


def _takes_one(call: Call, words: Words) -> bool:
    """``limit(1)``: one row, not a page of them."""
    first = call.args[0] if len(call.args) == 1 and call.last in TAKING else None
    return isinstance(first, Number) and first.text == "1" and words.features.get(call.last) is Feature.LIMIT


def keep_query(kept: Kept, look: Look, statement: Statement, call: Call) -> None:
    """Keeps a statement of an object mapper, with the sign of eager loading where it has that feature."""
    add_statement(kept, look, statement, call)
    if Feature.EAGER in statement.features:
        add_sign(kept, look, SignKind.EAGER_LOAD, call, call.name.lstrip("."))


def query(chain: Chain, look: Look, words: Words, layer: str, tables: tuple[str, ...], verb: str = "") -> Statement:
    """The statement that a chain builds."""
    doing = verb or verb_of(chain, words)
    filtered = [call for call in chain.calls if call.last in words.filtering]
    filters = filters_of(filtered, tables[0] if tables else "")
    unread = not filters and any(call.args and call.last not in words.features for call in filtered)
    features = features_of(chain, words)
    outer = chain.outer
    return Statement(
        verb=doing,
        line=outer.line,
        end_line=outer.end_line,
        layer=layer,
        tables=tables,
        filters=filters,
        patterns=patterns_of(filtered),
        features=tuple(sorted(features)),
        bound=True if filters else None,
        in_loop=chain.loops > 0 and doing in DATA_VERBS,
        many=many_of(chain, words) if doing == "select" else None,
        function=look.qualname(outer.function),
        understood=not (doing == "select" and (unread or _goes_on(outer, look))),
    )


def _goes_on(outer: Call, look: Look) -> bool:
    """Whether a query is put into a variable that is narrowed later: ``query = query.filter(...)``."""
    held = (item for item in look.assigned_at(outer.line) if item.function == outer.function)
    later = (one for item in held for one in look.assigned(item.target, outer.function) if one.line > outer.line)
    return any(NARROWS.search(call.last) for one in later for call in calls_in(one.value))
