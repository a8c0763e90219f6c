"""Resources of API Platform, however they are declared: their operations, and the routes that these stand for.

Paths are kept with the name of the resource in brackets, ``/[MangaAuthor]/{id}``: the application's settings say how
it is spelled (`segment`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from reviewer.gather.data.orm.php._inflection import plural
from reviewer.model.facts.routing import Route, Router
from reviewer.model.facts.values import Value

NAME = "API Platform"
NAMING = "api_platform.path_segment_name_generator"
"""The setting that says how the names of resources are spelled in paths."""
OPERATIONS = {
    "Get": ("GET", True),
    "GetCollection": ("GET", False),
    "Post": ("POST", False),
    "Put": ("PUT", True),
    "Patch": ("PATCH", True),
    "Delete": ("DELETE", True),
}
"""Classes of operations since version 3: their method, and whether they work on one item."""
UNNAMED = {"HttpOperation": False, "Operation": False}
HIDDEN = ("NotExposed", "Error", "ErrorResource")
DEFAULTS = ("Get", "GetCollection", "Post", "Put", "Patch", "Delete")
"""The operations of a resource that names none; ``Put`` until version 4."""
OLD_DEFAULTS = {False: ("get", "post"), True: ("get", "put", "patch", "delete")}
"""Those of a version 2 resource, for the collection and for an item."""
VERBS = frozenset({"get", "post", "put", "patch", "delete"})
UNSERVED = "NotFoundAction"
"""API Platform's own controller for operations that are declared for their address alone."""
GRAPHQL = {
    "Query": "query",
    "QueryCollection": "query",
    "Mutation": "mutation",
    "DeleteMutation": "mutation",
    "Subscription": "subscription",
}
OLD_QUERIES = ("item_query", "collection_query")
FORMAT = re.compile(r"\.?\{[._]_?format\}")
TOKEN = re.compile(r"\[(=?)(\w+)\]")
CAPITAL = re.compile(r"(?<=\w)([A-Z])")
DASH = "dash"
ITEM = "/{id}"
GUARD_MOST = 80
OPERATIONS_MOST = 200


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation. ``path`` is empty where its resource's name makes the path.

    ``assumed`` is one that nobody wrote: it comes with the version.
    """

    method: str
    item: bool
    line: int
    path: Value = ()
    security: str = ""
    handler: str = ""
    prefix: Value = ()
    assumed: bool = False


@dataclass(frozen=True, slots=True)
class Resource:
    """A class with what API Platform serves of it. ``template`` stands for the path of every operation without one."""

    owner: str
    name: str
    line: int
    operations: tuple[Operation, ...]
    prefix: Value = ()
    template: Value = ()
    security: str = ""


def assumed(line: int) -> tuple[Operation, ...]:
    """The operations of a resource that names none, since version 3."""
    return tuple(Operation(*OPERATIONS[name], line, assumed=True) for name in DEFAULTS)


def assumed_of_old(item: bool, line: int) -> tuple[Operation, ...]:
    """The operations of a version 2 resource that names none, for the collection or an item."""
    return tuple(Operation(verb.upper(), item, line) for verb in OLD_DEFAULTS[item])


def routers_of(resources: Iterable[Resource]) -> Iterator[Router]:
    """One router for each class, however many resources it is."""
    for owner, line in {item.owner: item.line for item in resources}.items():
        yield Router(symbol=owner, framework=NAME, line=line)


def routes_of(resource: Resource) -> Iterator[Route]:
    """A route for each operation."""
    for operation in resource.operations[:OPERATIONS_MOST]:
        own = operation.path or resource.template
        generated: Value = (f"/[{resource.name}]{ITEM if operation.item else ''}",)
        prefix = operation.prefix or resource.prefix
        yield Route(
            router=resource.owner,
            framework=NAME,
            methods=(operation.method,),
            path=(*((*prefix, "/") if prefix else ()), *(_without_format(own) if own else generated)),
            line=operation.line,
            end_line=operation.line,
            handler=operation.handler or resource.owner,
            guards=tuple(guards(operation.security or resource.security)),
            generated=operation.assumed,
        )


def guards(security: str) -> Iterator[str]:
    """The expression that must hold, unless it always does."""
    if security and security != "true":
        yield f"guard {security[:GUARD_MOST]}"


def _without_format(path: Value) -> Value:
    return tuple(FORMAT.sub("", part) if isinstance(part, str) else part for part in path)


def segment(token: re.Match[str], dashed: bool) -> str:
    """``[MangaAuthor]`` as ``manga_authors`` or ``manga-authors``; ``[=property]`` as it is, without capitals."""
    mark = "-" if dashed else "_"
    words = CAPITAL.sub(rf"{mark}\1", token[2]).lower()
    if token[1]:
        return words
    head, found, last = words.rpartition(mark)
    return f"{head}{found}{plural(last)}"
