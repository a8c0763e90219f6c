"""jOOQ and QueryDSL: statements built by chains of methods."""

from __future__ import annotations

import re
from dataclasses import dataclass

from reviewer.gather.data.names import data_use
from reviewer.gather.data.orm._chains import Chain, Words, chains, features_of, keep_query, many_of
from reviewer.gather.data.queries import DATA_VERBS
from reviewer.gather.expressions import inside, last
from reviewer.gather.look import Look, look_at, words
from reviewer.gather.reader import Kept, Reader
from reviewer.gather.syntax import Call, Module, Name, dotted
from reviewer.model.facts.data import Feature, How, Statement

FEATURES = {
    "join": Feature.JOIN,
    "innerJoin": Feature.JOIN,
    "leftJoin": Feature.JOIN,
    "rightJoin": Feature.JOIN,
    "fullJoin": Feature.JOIN,
    "leftOuterJoin": Feature.JOIN,
    "crossJoin": Feature.JOIN,
    "fetchJoin": Feature.EAGER,
    "multiset": Feature.EAGER,
    "groupBy": Feature.GROUP,
    "count": Feature.AGGREGATE,
    "selectCount": Feature.AGGREGATE,
    "fetchCount": Feature.AGGREGATE,
    "limit": Feature.LIMIT,
    "offset": Feature.LIMIT,
    "seek": Feature.LIMIT,
    "orderBy": Feature.ORDER,
    "with": Feature.CTE,
    "forUpdate": Feature.LOCK,
}
STARTS = {
    "select": "select",
    "selectFrom": "select",
    "selectOne": "select",
    "selectCount": "select",
    "selectDistinct": "select",
    "fetchCount": "select",
    "fetchExists": "select",
    "insertInto": "insert",
    "insert": "insert",
    "mergeInto": "merge",
    "update": "update",
    "updateTable": "update",
    "deleteFrom": "delete",
    "delete": "delete",
}
TABLE_CALLS = words(
    "from selectFrom insertInto insert mergeInto update deleteFrom delete join innerJoin leftJoin fetchCount"
)
FILTERING = words("where and or on orderBy groupBy having andWhere")
ENDS = words(
    "fetch fetchOne fetchOneInto fetchInto fetchAny fetchSingle fetchOptional fetchMap fetchGroups fetchSet fetchLazy"
    " execute executeAsync returning fetchFirst fetchResults fetchStream stream into values set where from"
    " awaitFirst awaitSingle fetchCount fetchExists onConflict columns doNothing"
)
WORDS = Words(
    features=FEATURES,
    one=words("fetchOne fetchOneInto fetchAny fetchSingle fetchOptional fetchFirst fetchCount fetchExists selectCount"),
    all=words("fetch fetchInto fetchMap fetchGroups fetchSet fetchResults fetchStream"),
)
MAKING = words("DSL.using DefaultDSLContext org.jooq.impl.DefaultDSLContext")
"""What makes the context that statements begin on."""
AGGREGATES = words("count countDistinct sum avg min max")
COLUMN = re.compile(r"(?:\w+\.)?([A-Z][A-Z0-9_]*|[a-z]\w*|Q[A-Z]\w*)\.([A-Z][A-Z0-9_]*|[a-z]\w*)\Z")


@dataclass(frozen=True, slots=True)
class _Library:
    """A builder of statements: what it is imported as, and what its statements begin on.

    ``contexts`` are what a field is called that a base class of another file hands on; nothing else is called so.
    """

    layer: str
    modules: tuple[str, ...]
    holder: re.Pattern[str]
    contexts: tuple[str, ...] = ()


LIBRARIES = (
    _Library(
        "jOOQ",
        ("org.jooq",),
        re.compile(r"dsl|ctx|context|create|jooq|db|tx|trx|\bit\b|using", re.IGNORECASE),
        contexts=("dslContext", "jooq"),
    ),
    _Library(
        "QueryDSL", ("com.querydsl", "io.github.openfeign.querydsl"), re.compile(r"query|factory|from", re.IGNORECASE)
    ),
)


def read_fluent(module: Module, kept: Kept) -> None:
    """Keeps the statements of the builders that a file imports."""
    look = look_at(module)
    for library in LIBRARIES:
        imported = look.imports(*library.modules)
        if not imported and not any(name in module.text for name in library.contexts):
            continue
        if imported and (made := next((call for call in module.calls if call.name in MAKING), None)) is not None:
            kept.data.append(data_use(library.layer, How.CONFIGURED, made.line))
        first = 0
        for chain in chains(look):
            sure = imported or chain.root.removeprefix("this.").partition(".")[0] in library.contexts
            found = _statement(chain, look, library) if sure else None
            if found is not None:
                first = first or found.line
                keep_query(kept, look, found, chain.outer)
        if first:
            kept.data.append(data_use(library.layer, How.QUERIED, first))


def _statement(chain: Chain, look: Look, library: _Library) -> Statement | None:
    start = next((call for call in chain.calls if call.last in STARTS), None)
    if start is None or not ENDS.intersection(chain.names[chain.calls.index(start) :]):
        return None
    receiver = start.name.rpartition(".")[0]
    before = chain.calls[: chain.calls.index(start)]
    if not (library.holder.search(last(receiver)) or before or (not receiver and len(chain.calls) > 1)):
        return None
    verb = STARTS[start.last]
    tables = tuple(dict.fromkeys(name for call in chain.calls for name in _tables(call)))
    features = features_of(chain, WORDS) | ({Feature.AGGREGATE} if _aggregates(chain) else set())
    filters = _filters(chain)
    outer = chain.outer
    return Statement(
        verb=verb,
        line=outer.line,
        end_line=outer.end_line,
        layer=library.layer,
        tables=tables,
        filters=filters,
        features=tuple(sorted(features)),
        bound=True if filters or verb in ("insert", "update") else None,
        in_loop=chain.loops > 0 and verb in DATA_VERBS,
        many=many_of(chain, WORDS) if verb == "select" else None,
        function=look.qualname(outer.function),
    )


def _tables(call: Call) -> list[str]:
    """The tables that a call names: constants of generated classes, or aliases of query types."""
    if call.last not in TABLE_CALLS:
        return []
    named = [dotted(arg) for arg in call.args[:3] if isinstance(arg, Name)]
    return [last(name.partition(".as")[0]).lower() for name in named if name and not name.endswith(".id")]


def _aggregates(chain: Chain) -> bool:
    """Whether what is selected is counted or summed up: ``select(user.count())``."""
    selected = (arg for call in chain.calls if call.last.startswith("select") for arg in call.args)
    return any(isinstance(item, Call) and item.last in AGGREGATES for item in inside(*selected))


def _filters(chain: Chain) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for call in chain.calls:
        if call.last not in FILTERING:
            continue
        for item in inside(*call.args):
            name = item.name.rpartition(".")[0] if isinstance(item, Call) else ""
            match = COLUMN.match(name) if name else None
            if match:
                found[f"{match[1].lower()}.{match[2].lower()}"] = None
    return tuple(found)[:16]


FLUENT = Reader(name="SQL builders", languages=("Java", "Kotlin"), read=read_fluent)
