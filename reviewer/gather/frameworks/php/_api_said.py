"""What a class says of itself as a resource of API Platform: attributes since version 2.7, annotations before."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Mapping as Keywords
from dataclasses import dataclass

from reviewer.gather.expressions import inside
from reviewer.gather.frameworks.php._api_resources import (
    GRAPHQL,
    HIDDEN,
    ITEM,
    OLD_QUERIES,
    OPERATIONS,
    UNNAMED,
    UNSERVED,
    VERBS,
    Operation,
    Resource,
    assumed,
    assumed_of_old,
)
from reviewer.gather.syntax import (
    Assignment,
    Call,
    Class,
    Expr,
    Function,
    Items,
    Mapping,
    Module,
    Name,
    Number,
    Text,
    dotted,
    plain,
    value_of,
)
from reviewer.model.facts.values import Value

PACKAGE = "ApiPlatform"
RESOURCE = "ApiPlatform.Metadata.ApiResource"
OLD_RESOURCE = "ApiPlatform.Core.Annotation.ApiResource"
SUBRESOURCE = "ApiPlatform.Core.Annotation.ApiSubresource"
METADATA = ("ApiPlatform.Metadata.", "ApiPlatform.Metadata.GraphQl.")
SECURITY = ("security", "access_control", "securityPostDenormalize", "security_post_denormalize")
NOTHING: Keywords[str, Expr] = {}


@dataclass(frozen=True, slots=True)
class Said:
    """A class with its attributes."""

    module: Module
    owner: Class

    def origin(self, expr: Expr) -> str:
        """The full name of an attribute or of a class that is made."""
        return self.module.origin(dotted(expr.callee if isinstance(expr, Call) else expr).removeprefix("\\"))

    def kind(self, expr: Expr) -> str:
        """The class of an operation (``Get``), ``""`` for anything else."""
        name = self.origin(expr)
        head, _, last = name.rpartition(".")
        return last if f"{head}." in METADATA else ""

    def graphql(self) -> Iterator[tuple[str, str, int]]:
        """Class, given name and line of each listed operation of GraphQL."""
        for item in self.owner.decorators:
            keywords = _keywords(item)
            for given in _values(keywords.get("graphQlOperations")):
                kind = self.kind(given)
                if kind in GRAPHQL:
                    named = plain(_keywords(given).get("name")) or ("delete" if kind == "DeleteMutation" else "")
                    yield kind, "" if GRAPHQL[kind] == "query" else named, given.line
            for name, _, line in _old_list(keywords.get("graphql")):
                query = name in OLD_QUERIES
                yield "Query" if query else "Mutation", "" if query else name, line


def resources_of(said: Said) -> Iterator[Resource]:
    """The resources that a class is: one for each attribute; operations that follow one by themselves belong to it."""
    waiting: list[tuple[Expr | None, list[Expr]]] = []
    for item in said.owner.decorators:
        origin = said.origin(item)
        if origin == OLD_RESOURCE:
            yield _old(said, item)
        elif origin == RESOURCE:
            waiting.append((item, []))
        elif said.kind(item) in (*OPERATIONS, *UNNAMED):
            if not waiting:
                waiting.append((None, []))
            waiting[-1][1].append(item)
    for resource, beside in waiting:
        yield _resource(said, resource, beside)
    yield from _subresources(said)


def _resource(said: Said, item: Expr | None, beside: list[Expr]) -> Resource:
    keywords = _keywords(item)
    line = item.line if item is not None else beside[0].line
    listed = _values(keywords.get("operations")) + beside
    operations = [found for given in listed if (found := _operation(said, given)) is not None]
    return Resource(
        owner=said.owner.name,
        name=_name(said, keywords),
        line=line,
        operations=tuple(operations) if listed or "operations" in keywords else assumed(line),
        prefix=_path(keywords.get("routePrefix")),
        template=_path(keywords.get("uriTemplate")),
        security=_expression(keywords.get("security")),
    )


def _operation(said: Said, given: Expr) -> Operation | None:
    kind, keywords = said.kind(given), _keywords(given)
    if kind in HIDDEN or "routeName" in keywords or kind not in (*OPERATIONS, *UNNAMED):
        return None
    method, item = OPERATIONS.get(kind, ("", False))
    method = method or (plain(keywords.get("method")) or "GET").upper()
    return _served(method, item, keywords, given.line, "uriTemplate")


def _served(method: str, item: bool, keywords: Keywords[str, Expr], line: int, path: str) -> Operation | None:
    controller = dotted(keywords.get("controller")).removesuffix(".class")
    if controller.endswith(UNSERVED):
        return None
    return Operation(
        method=method,
        item=item,
        line=line,
        path=_path(keywords.get(path)),
        security=next((found for key in SECURITY if (found := _expression(keywords.get(key)))), ""),
        handler=f"{controller}.__invoke" if controller else "",
        prefix=_path(keywords.get("routePrefix") or keywords.get("route_prefix")),
    )


def _old(said: Said, item: Expr) -> Resource:
    """A resource of version 2: maps of operations by name, for the collection and for an item."""
    keywords = _keywords(item)
    beside = {**_map(keywords.get("attributes")), **keywords}
    operations: list[Operation] = []
    for key, single in (("collectionOperations", False), ("itemOperations", True)):
        if key in keywords:
            operations += _old_operations(keywords[key], single)
        else:
            operations += assumed_of_old(single, item.line)
    return Resource(
        owner=said.owner.name,
        name=_name(said, keywords),
        line=item.line,
        operations=tuple(operations),
        prefix=_path(beside.get("routePrefix") or beside.get("route_prefix")),
        security=_expression(beside.get("security") or beside.get("access_control")),
    )


def _old_operations(given: Expr, single: bool) -> Iterator[Operation]:
    for name, options, line in _old_list(given):
        method = plain(options.get("method")) or (name if name.lower() in VERBS else "")
        if method and "route_name" not in options:
            found = _served(method.upper(), single, options, line, "path")
            if found is not None:
                yield found


def _old_list(given: Expr | None) -> Iterator[tuple[str, Keywords[str, Expr], int]]:
    """``{"get", "publish"={...}}``: each name with its options and line."""
    if isinstance(given, Items):
        for value in given.values:
            yield plain(value) or "", NOTHING, value.line
    elif isinstance(given, Mapping):
        for key, value in given.pairs:
            if isinstance(key, Number):
                yield plain(value) or "", NOTHING, value.line
            else:
                yield plain(key) or "", _map(value), value.line


def _subresources(said: Said) -> Iterator[Resource]:
    """Version 2: what a property leads to, below an item of its class."""
    owner, module = said.owner, said.module
    marked: list[tuple[str, Assignment | Function]] = [(item.target, item) for item in module.fields_of(owner)]
    marked += [(item.name.removeprefix("get"), item) for item in module.methods_of(owner)]
    operations = tuple(
        Operation("GET", False, item.line, path=(f"/[{owner.name}]{ITEM}/[={name[:1].lower()}{name[1:]}]",))
        for name, item in marked
        if any(said.origin(decorator) == SUBRESOURCE for decorator in item.decorators)
    )
    if operations:
        yield Resource(owner.name, owner.name, operations[0].line, operations)


def _name(said: Said, keywords: Keywords[str, Expr]) -> str:
    return plain(keywords.get("shortName")) or said.owner.name.rpartition(".")[2]


def _keywords(expr: Expr | None) -> Keywords[str, Expr]:
    return expr.keywords if isinstance(expr, Call) else NOTHING


def _values(expr: Expr | None) -> list[Expr]:
    """What a list holds; of a map, the values."""
    if isinstance(expr, Items):
        return list(expr.values)
    return [value for _, value in expr.pairs] if isinstance(expr, Mapping) else []


def _map(expr: Expr | None) -> dict[str, Expr]:
    pairs = expr.pairs if isinstance(expr, Mapping) else ()
    return {name: value for key, value in pairs if (name := plain(key) or dotted(key))}


def _path(expr: Expr | None) -> Value:
    return value_of(expr) if isinstance(expr, (Text, Name)) else ()


def _expression(expr: Expr | None) -> str:
    """A condition as written; the texts of one that is put together."""
    if expr is None:
        return ""
    return plain(expr) or " ".join(text for item in inside(expr) if (text := plain(item))) or dotted(expr)
