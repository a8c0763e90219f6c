"""Queries that the methods of Spring Data's repositories declare: by annotation, and by their names."""

from __future__ import annotations

import re

import msgspec

from reviewer.gather.data.orm._models import snake_case
from reviewer.gather.data.orm.jvm._jpql import jpql_statement
from reviewer.gather.expressions import truth
from reviewer.gather.frameworks.jvm._annotations import find, given, name_of, option
from reviewer.gather.syntax import Function, Text
from reviewer.model.facts.data import Feature, Statement

OBJECT_LAYERS = ("Spring Data JPA", "Spring Data")
"""Layers whose declared queries are over objects."""
DERIVED = re.compile(
    r"(find|read|get|query|search|stream|count|exists|delete|remove)((?:First|Top)\d*|Distinct|All)?\w{0,40}?By(?=[A-Z]|\Z)(\w*)"
)
VERBS = {"delete": "delete", "remove": "delete"}
ORDER = re.compile(r"OrderBy(\w+)")
JOINING = re.compile(r"(?<=[a-z0-9])(?:And|Or)(?=[A-Z])")
OPERATOR = re.compile(
    r"(?:Is)?(?:GreaterThan(?:Equal)?|LessThan(?:Equal)?|Between|Like|NotLike|Containing|Contains|StartingWith|EndingWith"
    r"|NotIn|In|IsNull|IsNotNull|NotNull|Null|True|False|After|Before|Not|Is|Equals|Exists|IgnoreCase|AllIgnoreCase|Regex"
    r"|Near|Within)+\Z"
)
DIRECTION = re.compile(r"(?:Asc|Desc)\Z")
PAGED = ("Pageable", "PageRequest", "Limit", "ScrollPosition")
WHOLE = re.compile(r"(?:List|Set|Page|Slice|Iterable|Collection|Flux|Flow|Stream|Streamable|Window)\b")
CALLED = {
    "findAll": "select",
    "findById": "select",
    "findAllById": "select",
    "getById": "select",
    "getOne": "select",
    "getReferenceById": "select",
    "findByIdOrNull": "select",
    "existsById": "select",
    "count": "select",
    "findOne": "select",
    "save": "insert",
    "saveAll": "insert",
    "saveAndFlush": "insert",
    "insert": "insert",
    "delete": "delete",
    "deleteById": "delete",
    "deleteAll": "delete",
    "deleteAllById": "delete",
    "deleteAllInBatch": "delete",
}
"""Methods that every repository inherits, by what they do."""


def declared(method: Function, layer: str) -> Statement | None:
    """``@Query``; texts of native SQL are read where all SQL in code is."""
    mark = find(method.decorators, "Query", "NativeQuery", "Aggregation")
    if mark is None:
        return None
    text = given(mark)
    native = name_of(mark) == "NativeQuery" or truth(option(mark, "nativeQuery")) is True
    if native or not isinstance(text, Text) or layer not in OBJECT_LAYERS:
        return None
    found = jpql_statement(text, layer, function=method.qualname)
    return _with_method(found, method) if found is not None else None


def derived(method: Function, layer: str, entity: str) -> Statement | None:
    """A query that the name of the method says: ``findTop3ByNameAndAgeGreaterThanOrderByIdDesc``."""
    if find(method.decorators, "Query", "NativeQuery", "Aggregation") or "bodyless" not in method.modifiers:
        return None
    found = DERIVED.fullmatch(method.name)
    bare = method.name in CALLED and method.name not in ("save", "delete")
    if found is None and not bare:
        return None
    subject, limit, rest = found.groups() if found else (CALLED[method.name], None, "")
    order = ORDER.search(rest)
    features = {feature for feature, on in ((Feature.LIMIT, _limits(limit)), (Feature.ORDER, bool(order))) if on}
    if subject in ("count", "exists"):
        features.add(Feature.AGGREGATE)
    filters = [*JOINING.split(rest[: order.start()] if order else rest), *JOINING.split(order[1] if order else "")]
    columns = dict.fromkeys(name for part in filters if (name := _column(part)))
    statement = Statement(
        verb=VERBS.get(subject, subject if subject in ("insert", "delete") else "select"),
        line=method.line,
        end_line=method.end_line,
        layer=layer,
        tables=(entity,) if entity else (),
        filters=tuple(f"{entity}.{name}" if entity else name for name in columns)[:16],
        features=tuple(sorted(features)),
        bound=True if columns else None,
        function=method.qualname,
    )
    return _with_method(statement, method)


def _limits(word: str | None) -> bool:
    return bool(word and word.startswith(("First", "Top")))


def _column(part: str) -> str:
    name = DIRECTION.sub("", OPERATOR.sub("", part)).replace("_", ".").partition(".")[0]
    return snake_case(name[:1].lower() + name[1:]) if name else ""


def _with_method(statement: Statement, method: Function) -> Statement:
    """What the method's parameters, type and annotations add."""
    features = set(statement.features)
    if any(kind in p.type for p in method.parameters for kind in PAGED):
        features.add(Feature.LIMIT)
    if any("Sort" in p.type for p in method.parameters):
        features.add(Feature.ORDER)
    if find(method.decorators, "EntityGraph") is not None:
        features.add(Feature.EAGER)
    if find(method.decorators, "Lock") is not None:
        features.add(Feature.LOCK)
    many = bool(WHOLE.match(method.returns)) if statement.verb == "select" and method.returns else None
    return msgspec.structs.replace(statement, features=tuple(sorted(features)), many=many)
