"""JPA and Hibernate: entities as tables, entity managers, sessions, queries over objects, criteria."""

from __future__ import annotations

import re

import msgspec

from reviewer.gather.data.names import data_use
from reviewer.gather.data.orm.jvm._entities import JPA, PERSISTENCE, entity_tables
from reviewer.gather.data.orm.jvm._jpql import injection_of, jpql_statement
from reviewer.gather.data.queries import DATA_VERBS, add_sign, add_statement
from reviewer.gather.expressions import chain, last
from reviewer.gather.frameworks.jvm._annotations import find, flat, given, option
from reviewer.gather.look import Look, look_at, words
from reviewer.gather.reader import Kept, Reader
from reviewer.gather.syntax import Attribute, Call, Expr, Module, Name, Text, dotted, plain
from reviewer.model.facts.code import Sign, SignKind
from reviewer.model.facts.data import Feature, How, Statement

HIBERNATE = "Hibernate"
LANGUAGES = ("Java", "Kotlin")
OBJECT_QUERIES = words("createQuery createSelectionQuery createMutationQuery")
NATIVE = words("createNativeQuery createSQLQuery createNativeMutationQuery")
VERBS = {
    "find": "select",
    "getReference": "select",
    "get": "select",
    "load": "select",
    "byId": "select",
    "refresh": "select",
    "persist": "insert",
    "save": "insert",
    "saveOrUpdate": "insert",
    "merge": "update",
    "update": "update",
    "remove": "delete",
    "delete": "delete",
}
"""Methods of entity managers and sessions by what they do."""
SESSION_ONLY = words("get load save saveOrUpdate update delete byId")
MANAGER = re.compile(r"(?:entity_?manager|\bem\b|manager)\d?\Z", re.IGNORECASE)
SESSION = re.compile(r"session\d?\Z|getCurrentSession|openSession|currentSession", re.IGNORECASE)
BOUNDING = words("setMaxResults setFirstResult")
ONE = words("getSingleResult uniqueResult getSingleResultOrNull uniqueResultOptional getSingleResultOrNull findFirst")
MANY = words("getResultList list getResultStream stream scroll")
EAGER_HINTS = ("javax.persistence.fetchgraph", "jakarta.persistence.fetchgraph", "jakarta.persistence.loadgraph")
LOCKING = words("Version Lock OptimisticLocking")
"""Marks of a version column, and of a query that locks."""
EAGER_MARKS = words("EntityGraph NamedEntityGraph BatchSize")
TO_ONE = ("ManyToOne", "OneToOne")
"""Relations to one row, which JPA reads with their owner unless it is told otherwise."""
EACH_COLUMN = re.compile(r"SELECT (\w+) FROM \w+ \1(?: WHERE \1(?:\.\w+){1,2} = :\w+)?", re.IGNORECASE)
"""A query for the rows by one column."""


def read_jpa(module: Module, kept: Kept) -> None:
    """Keeps entities, queries over objects and the use of JPA."""
    look = look_at(module)
    hibernate = look.imports("org.hibernate")
    if not hibernate and not look.imports(*PERSISTENCE):
        return
    tables = list(entity_tables(look))
    kept.tables.extend(tables)
    if tables:
        kept.data.append(data_use(JPA, How.CONFIGURED, tables[0].line))
    _named_queries(look, kept)
    _fetching(look, kept)
    first = _calls(look, kept)
    if first:
        kept.data.append(
            data_use(HIBERNATE if hibernate and not look.imports(*PERSISTENCE) else JPA, How.QUERIED, first)
        )


def _named_queries(look: Look, kept: Kept) -> None:
    """``@NamedQuery(name, query)`` before an entity."""
    for item in look.module.classes:
        listed = find(item.decorators, "NamedQueries")
        marks = [*flat(given(listed)), *(mark for mark in item.decorators if find((mark,), "NamedQuery"))]
        for mark in () if _are_generated(marks) else marks:
            text = option(mark, "query")
            found = jpql_statement(text, JPA) if isinstance(text, Text) else None
            if found is not None:
                kept.statements.append(found)


def _are_generated(marks: list[Expr]) -> bool:
    """Whether named queries are those that NetBeans writes, one for each column whether it is asked for or not."""
    names = [(plain(option(mark, "name")) or "").rpartition(".")[2] for mark in marks]
    texts = [plain(option(mark, "query")) or "" for mark in marks]
    return len(marks) > 1 and "findAll" in names and all(EACH_COLUMN.fullmatch(text[:300]) for text in texts)


def _fetching(look: Look, kept: Kept) -> None:
    """Annotations by which related rows are fetched together."""
    for item in look.module.classes:
        marks = [*item.decorators, *(mark for field in look.module.fields_of(item) for mark in field.decorators)]
        found = find(marks, *EAGER_MARKS) or _eager_relation(marks)
        locked = find([*marks, *(mark for each in look.module.methods_of(item) for mark in each.decorators)], *LOCKING)
        if locked is not None:
            name = last(dotted(locked.callee if isinstance(locked, Call) else locked))
            kept.signs.append(Sign(kind=SignKind.LOCK, line=locked.line, end_line=locked.line, detail=name))
        if found is not None:
            name = last(dotted(found.callee if isinstance(found, Call) else found))
            detail = f"{name} by default" if name in TO_ONE and option(found, "fetch") is None else name
            kept.signs.append(Sign(kind=SignKind.EAGER_LOAD, line=found.line, end_line=found.line, detail=detail))


def _eager_relation(marks: list[Expr]) -> Expr | None:
    """A relation that is fetched with its owner: so told, or to one row, where JPA's default is eager."""
    for mark in marks:
        to_one = find((mark,), *TO_ONE) is not None
        if not to_one and find((mark,), "OneToMany", "ManyToMany", "ElementCollection", "Fetch") is None:
            continue
        how = " ".join(dotted(item) for item in (option(mark, "fetch"), given(mark)) if item is not None)
        if how.endswith(("EAGER", "JOIN", "SUBSELECT")) or (to_one and option(mark, "fetch") is None):
            return mark
    return None


def _calls(look: Look, kept: Kept) -> int:
    """Keeps the statements of entity managers and sessions; gives the line of the first, 0 for none."""
    outer = _outer(look)
    first = 0
    for call in look.module.calls:
        found = _statement(look, call)
        if call.last in NATIVE and _holder(call):
            first = first or call.line
        if found is None:
            continue
        first = first or call.line
        found = _with_chain(found, [item.last for item in outer.get(id(call), [])])
        add_statement(kept, look, found, call)
        if Feature.EAGER in found.features:
            add_sign(kept, look, SignKind.EAGER_LOAD, call, "join fetch")
    return first


def _outer(look: Look) -> dict[int, list[Call]]:
    """The calls that hang on each call of a chain."""
    found: dict[int, list[Call]] = {}
    for call in look.module.calls:
        below: Expr = call.callee
        for _ in range(30):
            if isinstance(below, Attribute):
                below = below.value
            elif isinstance(below, Call):
                found.setdefault(id(below), []).append(call)
                below = below.callee
            else:
                break
    return found


def _with_chain(statement: Statement, names: list[str]) -> Statement:
    """What hangs on a query: how many rows, and where from."""
    features = set(statement.features)
    if BOUNDING.intersection(names):
        features.add(Feature.LIMIT)
    many = False if ONE.intersection(names) else True if MANY.intersection(names) else statement.many
    bound = True if "setParameter" in names else statement.bound
    return msgspec.structs.replace(statement, features=tuple(sorted(features)), many=many, bound=bound)


def _holder(call: Call) -> str:
    """``manager`` or ``session`` for what a call is made on, ``""`` for anything else."""
    names = chain(call)[:-1]
    for name in reversed(names):
        if SESSION.search(name):
            return "session"
        if MANAGER.search(name):
            return "manager"
    return ""


def _statement(look: Look, call: Call) -> Statement | None:
    holder = _holder(call) if call.args else ""
    if not holder:
        return None
    function, looped = look.qualname(call.function), call.loops > 0
    layer = JPA if holder == "manager" else HIBERNATE
    if call.last in OBJECT_QUERIES:
        text = look.value(call.args[0], call.function)
        if not isinstance(text, Text):
            return None
        found = jpql_statement(text, layer, function=function, in_loop=looped)
        injection = injection_of(text, look, call.function) if found is not None else None
        return msgspec.structs.replace(found, injection=injection, bound=False) if found and injection else found
    verb = VERBS.get(call.last)
    if verb is None or (holder == "manager" and call.last in SESSION_ONLY) or not _is_direct(call):
        return None
    if holder == "session" and (plain(call.args[0]) is not None or (call.last == "get" and len(call.args) < 2)):
        return None
    return Statement(
        verb=verb,
        line=call.line,
        end_line=call.end_line,
        layer=layer,
        tables=_entity(look, call),
        bound=True if verb == "select" else None,
        in_loop=looped and verb in DATA_VERBS,
        many=False if verb == "select" else None,
        function=function,
    )


def _is_direct(call: Call) -> bool:
    """Whether a method is called on the manager or session itself."""
    names = chain(call)
    return len(names) > 1 and bool(SESSION.search(names[-2]) or MANAGER.search(names[-2]))


def _entity(look: Look, call: Call) -> tuple[str, ...]:
    """``User`` of ``User.class``, ``User::class.java``, ``new User()`` and of a variable of that type."""
    first = call.args[0]
    if isinstance(first, Call) and first.new:
        return (last(first.name),)
    name = dotted(first) if isinstance(first, Name) else ""
    head = name.partition(".class")[0]
    if head != name:
        return (last(head),)
    for item in look.around(call.function):
        for parameter in item.parameters:
            if parameter.name == name and parameter.type[:1].isupper():
                return (parameter.type.partition("<")[0].strip("?"),)
    kinds = [item.type for item in look.assigned(name, call.function) if item.type[:1].isupper()]
    return (kinds[0].partition("<")[0],) if kinds else ()


JPA_READER = Reader(name="JPA", languages=LANGUAGES, read=read_jpa)
