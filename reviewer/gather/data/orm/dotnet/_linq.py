"""LINQ over the sets of a context: what a chain of calls reads or writes, and by which columns."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

import msgspec

from reviewer.gather.data.orm._chains import Chain, Words, chains, features_of, many_of, verb_of
from reviewer.gather.data.orm.dotnet._contexts import NO_CONTEXT_TYPE, declared_type, is_context
from reviewer.gather.data.orm.dotnet._entities import ANY_TYPE, SET
from reviewer.gather.data.queries import DATA_VERBS
from reviewer.gather.expressions import inside, last, root
from reviewer.gather.look import Look, words
from reviewer.gather.syntax import Call, Expr, Items, Lambda, Name, dotted
from reviewer.model.facts.data import Feature, Statement

LAYER = "Entity Framework Core"
NAMESPACES = ("Microsoft.EntityFrameworkCore", "System.Data.Entity")
_AGGREGATES = "Count LongCount Sum Average Max Min"
_ONE = f"First FirstOrDefault Single SingleOrDefault Last LastOrDefault Find Any All Contains {_AGGREGATES}"
_ALL = "ToList ToArray ToDictionary ToHashSet ToLookup AsEnumerable AsAsyncEnumerable ForEach Load"


def _with_async(names: str) -> frozenset[str]:
    return words(names) | {f"{name}Async" for name in names.split()}


PAGED = words("ToPagedList ToPagedListAsync PaginatedListAsync Paginate ToPaginatedListAsync")
WORDS = Words(
    features={
        **dict.fromkeys(("Join", "GroupJoin", "LeftJoin"), Feature.JOIN),
        "GroupBy": Feature.GROUP,
        **dict.fromkeys(_with_async(_AGGREGATES), Feature.AGGREGATE),
        **dict.fromkeys((*PAGED, "Take", "Skip", "Paged"), Feature.LIMIT),
        **dict.fromkeys(words("OrderBy OrderByDescending ThenBy ThenByDescending"), Feature.ORDER),
    },
    verbs={
        **dict.fromkeys(_with_async("Add AddRange"), "insert"),
        **dict.fromkeys(_with_async("BulkInsert"), "insert"),
        **dict.fromkeys(words("Update UpdateRange ExecuteUpdate ExecuteUpdateAsync"), "update"),
        **dict.fromkeys(words("Remove RemoveRange ExecuteDelete ExecuteDeleteAsync"), "delete"),
    },
    filtering=_with_async(f"Where OrderBy OrderByDescending ThenBy GroupBy {_ONE}"),
    one=_with_async(_ONE),
    all=_with_async(_ALL),
    eager=words("Include ThenInclude IncludeMultiple"),
)
READ = WORDS.one | WORDS.all
"""What reads the rows: what it gives back is no query any more."""
READING = WORDS.one | WORDS.all | WORDS.filtering | WORDS.eager | frozenset(WORDS.features)
READING |= words("AsNoTracking AsNoTrackingWithIdentityResolution AsTracking AsQueryable Select SelectMany Distinct")
READING |= words("IgnoreQueryFilters AsSplitQuery ProjectTo ProjectToType FromSql FromSqlRaw FromSqlInterpolated")
QUERYING = words("Include ThenInclude AsNoTracking AsNoTrackingWithIdentityResolution AsTracking AsSplitQuery")
QUERYING |= {name for name in WORDS.one | WORDS.all if name.endswith("Async")} - {"FindAsync", "ContainsAsync"}
"""What only the framework offers, on whatever gives a query back: a repository's method, a specification."""
RAW = words("FromSql FromSqlRaw FromSqlInterpolated")
QUERY_TYPE = re.compile(r"I(?:Ordered)?Queryable<\s*([\w.]+)\s*>\??")
PAGING = re.compile(r"pag(?:e|inat)", re.IGNORECASE)
FILTER_LIMIT = 16
NESTING = words("Any All Count Sum Max Min")
STEPS_MOST = 40


@dataclass(frozen=True, slots=True)
class Part:
    """A chain on a set. ``variable`` is the query that it goes on with, ``target`` the one that it is given to.

    ``ends`` says that it is sent: rows are read or written.
    """

    statement: Statement
    call: Call
    variable: str = ""
    target: str = ""
    ends: bool = False


def statements(look: Look, layer: str) -> Iterator[tuple[Statement, Call]]:
    """The statements of a module; a query that is built in steps is one, where its rows are read."""
    targets = {id(item.value): item.target for item in look.module.assignments if isinstance(item.value, Call)}
    paged = {id(arg) for call in look.module.calls if PAGING.search(call.name) for arg in call.args}
    sets = frozenset(item.target for item in look.module.assignments if item.owner != -1 and SET.fullmatch(item.type))
    found = list(chains(look))
    asked = _asked(found, look)
    parts = []
    for chain in found:
        start = _start(chain, look, sets) or _query(chain, look, asked, targets.get(id(chain.outer), ""))
        if start is not None and not any(name in RAW for name in chain.names):
            part = _part(chain, look, layer, start, targets.get(id(chain.outer), ""))
            parts += [_paged(part) if id(chain.outer) in paged else part] if part else []
    sent = {(part.call.function, part.variable) for part in parts if part.ends and part.variable}
    steps: dict[tuple[int, str], list[Statement]] = {}
    for part in parts:
        if part.ends:
            yield _whole(part, steps.get((part.call.function, part.variable), [])), part.call
        elif not part.variable and (part.call.function, part.target) not in sent:
            yield part.statement, part.call
        if not part.ends:
            steps.setdefault((part.call.function, part.target), []).append(part.statement)


def _asked(found: list[Chain], look: Look) -> frozenset[tuple[int, str]]:
    """What is asked as only the framework can, by function and name: a query, wherever it was begun."""
    if not any(item.module.startswith(NAMESPACES) for item in look.module.imports):
        return frozenset()
    return frozenset((item.outer.function, _head(item)) for item in found if _is_asking(item, look))


def _head(chain: Chain) -> str:
    """What the first call of a chain is made on."""
    return chain.calls[0].name.rpartition(".")[0]


def _is_asking(chain: Chain, look: Look) -> bool:
    """Whether a call that only the framework offers hangs on something else than a repository's own methods."""
    if any(name in QUERYING for name in chain.names[1:]):
        return True
    head = _head(chain)
    own = head.startswith(("_", "this")) or "." in head or head[:1].isupper() or not head
    kind = "" if own else declared_type(head, chain.outer.function, look)
    return chain.names[0] in QUERYING and not own and not NO_CONTEXT_TYPE.fullmatch(kind)


def _query(chain: Chain, look: Look, asked: frozenset[tuple[int, str]], target: str) -> tuple[str, str] | None:
    """A query of an unknown table: one that is asked, a step of one, or what one begins with."""
    function, head = chain.outer.function, _head(chain)
    if (function, head) in asked and chain.names[0] in READING:
        return "", head
    if (function, target) in asked or (asked and _is_asking(chain, look)):
        return "", ""
    return None


def _whole(part: Part, steps: list[Statement]) -> Statement:
    """A sent query with what the steps before it said."""
    if not part.variable:
        return part.statement
    steps = steps[-STEPS_MOST:]
    filters = dict.fromkeys(name for item in (*steps, part.statement) for name in item.filters)
    features = {feature for item in (*steps, part.statement) for feature in item.features}
    tables = next((item.tables for item in (part.statement, *steps) if item.tables), ())
    return msgspec.structs.replace(
        part.statement,
        tables=tables,
        filters=tuple(filters)[:FILTER_LIMIT],
        features=tuple(sorted(features)),
        bound=True if filters else None,
    )


def _part(chain: Chain, look: Look, layer: str, start: tuple[str, str], target: str) -> Part | None:
    """What a chain on a set is, None where it neither reads nor writes."""
    table, variable = start
    names = chain.names
    writes = [name for name in names if name in WORDS.verbs]
    if not writes and not any(name in READING for name in names):
        return None
    verb = verb_of(chain, WORDS) if writes else "select"
    filters = tuple(_filters(chain, look, table))[:FILTER_LIMIT]
    features = features_of(chain, WORDS) | ({Feature.SUBQUERY} if _nests(chain, look) else set())
    made = Statement(
        verb=verb,
        line=chain.outer.line,
        end_line=chain.outer.end_line,
        layer=layer,
        tables=(table,) if table else (),
        filters=filters,
        features=tuple(sorted(features)),
        bound=True if filters else None,
        in_loop=chain.loops > 0 and verb in DATA_VERBS,
        many=many_of(chain, WORDS) if verb == "select" else None,
        function=look.qualname(chain.outer.function),
    )
    ends = bool(writes) or any(name in WORDS.one or name in WORDS.all or name in PAGED for name in names)
    return Part(made, chain.outer, variable, target, ends)


def _nests(chain: Chain, look: Look) -> bool:
    """Whether a condition asks the rows of a relation, which is sent as EXISTS: ``Where(x => x.Tags.Any(...))``."""
    conditions = [arg for call in chain.calls if call.last in ("Where", "Any", "AnyAsync", "All") for arg in call.args]
    bodies = [inside(*look.returned(arg.function)) for arg in conditions if isinstance(arg, Lambda)]
    return any(isinstance(part, Call) and part.last in NESTING for body in bodies for part in body)


def _paged(part: Part) -> Part:
    """A query that is handed to something that takes a page of it."""
    known = part.statement
    features = tuple(sorted({*known.features, Feature.LIMIT}))
    many = True if known.many is None else known.many
    return replace(part, statement=msgspec.structs.replace(known, features=features, many=many), ends=True)


def _start(chain: Chain, look: Look, sets: frozenset[str]) -> tuple[str, str] | None:
    """The table that a chain begins with (``_db.Users``, ``_db.Set<User>()``), or the query that it goes on with.

    Args:
        chain: the calls.
        look: the module.
        sets: the sets of a context in this file, which its own methods query by their bare names.
    """
    first = chain.calls[0]
    parts = first.name.split(".")
    head = ".".join(parts[:-1])
    if first.last == "Set" and is_context(head or "this", first, look):
        generics = first.keywords.get("<>")
        table = last(dotted(generics.values[0])) if isinstance(generics, Items) and generics.values else ""
        return ("" if ANY_TYPE.fullmatch(table) else table), ""
    if len(parts) >= 3 and is_context(".".join(parts[:-2]), first, look) and parts[-2][:1].isupper():
        return (parts[-2], "") if parts[-2] not in NOT_SETS else None
    if len(parts) < 2:
        return None
    if len(parts) == 2 and parts[0][:1].isupper() and parts[0] in sets:
        return parts[0], ""
    known = _set_of(head, first, look)
    if known is not None:
        return known
    if first.last in WORDS.verbs and is_context(head, first, look):
        return _entity_of(first, look), ""
    return None


NOT_SETS = words("Database ChangeTracker Model Entry Configuration Request Response User Session Items Logger Cache")


def _set_of(name: str, call: Call, look: Look) -> tuple[str, str] | None:
    """The table of a field ``DbSet<User> _users``, or of a query that was begun before; None for what is none."""
    kind = declared_type(name, call.function, look)
    if found := SET.fullmatch(kind):
        return ("" if ANY_TYPE.fullmatch(found[1]) else found[1].rpartition(".")[2]), ""
    if found := QUERY_TYPE.fullmatch(kind):
        return ("" if ANY_TYPE.fullmatch(found[1]) else found[1].rpartition(".")[2]), name
    for item in look.assigned(name, call.function):
        if isinstance(item.value, Call) and item.value.last in READ:
            return None
        begun = _begin(item.value)
        parts = begun.split(".")
        if len(parts) >= 2 and parts[-1][:1].isupper() and is_context(".".join(parts[:-1]), call, look):
            return (parts[-1], name) if parts[-1] not in NOT_SETS else None
    return None


def _begin(expr: Expr | None) -> str:
    """The set that a query begins with: ``_db.Users`` of ``_db.Users.AsNoTracking().Where(...)`` and of itself."""
    if isinstance(expr, Name):
        return expr.dotted
    if not isinstance(expr, Call):
        return ""
    first = root(expr)
    return first.name.rpartition(".")[0] if isinstance(first, Call) and first.last in READING else ""


def _entity_of(call: Call, look: Look) -> str:
    """What ``_db.Add(user)`` adds: the class that it was made of, or its declared type."""
    arg = call.args[0] if call.args else None
    value = look.value(arg, call.function)
    if isinstance(value, Call) and value.new:
        return last(value.name)
    kind = declared_type(dotted(arg), call.function, look) if isinstance(arg, Name) else ""
    return kind if kind.isidentifier() else ""


def _filters(chain: Chain, look: Look, table: str) -> Iterator[str]:
    """The columns that lambdas of filtering methods name: ``u => u.Email == email``."""
    seen: set[str] = set()
    for call in chain.calls:
        if call.last not in WORDS.filtering:
            continue
        for arg in call.args:
            for name in _columns(arg, look) if isinstance(arg, Lambda) else _free_columns(arg):
                full = f"{table}.{name}" if table and "." not in name else name
                if full not in seen:
                    seen.add(full)
                    yield full


def _columns(given: Lambda, look: Look) -> Iterator[str]:
    function = look.module.functions[given.function]
    heads = {item.name for item in function.parameters}
    for part in inside(*look.returned(given.function)):
        if isinstance(part, Name) and part.dotted.partition(".")[0] in heads and "." in part.dotted:
            yield _column(part.dotted)


def _free_columns(arg: object) -> Iterator[str]:
    """Those of query expressions, whose clauses are no lambdas: ``where u.Email == email``."""
    for part in inside(arg):  # type: ignore[arg-type]
        if isinstance(part, Name) and part.dotted.count(".") == 1 and part.dotted[:1].islower():
            yield _column(part.dotted)


def _column(name: str) -> str:
    parts = name.split(".")[1:3]
    return ".".join(parts) if len(parts) > 1 and parts[1] not in ("Value", "HasValue", "Length", "Date") else parts[0]
