"""What controllers of Symfony say before their classes and methods, in attributes and in doc comments alike."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from reviewer.gather.syntax import Call, Expr, Items, Mapping, Module, Name, Text, dotted, plain, value_of
from reviewer.model.facts.values import Value

ROUTES = frozenset(
    {
        "Symfony.Component.Routing.Annotation.Route",
        "Symfony.Component.Routing.Attribute.Route",
        "Sensio.Bundle.FrameworkExtraBundle.Configuration.Route",
        "FOS.RestBundle.Controller.Annotations.Route",
    }
)
FOS = "FOS.RestBundle.Controller.Annotations."
FOS_VERBS = {
    "Get": "GET",
    "Post": "POST",
    "Put": "PUT",
    "Patch": "PATCH",
    "Delete": "DELETE",
    "Head": "HEAD",
    "Options": "OPTIONS",
}
FOS_PREFIXES = frozenset({f"{FOS}Prefix", f"{FOS}RoutePrefix", f"{FOS}NamePrefix"})
GRANTING = ("IsGranted", "Security")
OPEN = re.compile(r"PUBLIC_ACCESS|IS_AUTHENTICATED_ANONYMOUSLY")
METHOD = "Sensio.Bundle.FrameworkExtraBundle.Configuration.Method"
TEMPLATE = "Template"
PARAMETER = re.compile(r"\{!?(\w+)(?:<(?:[^<>]|\\[<>])*>)?(?:\?[^{}]*)?(?::[^{}]*)?\}")
"""A parameter with its pattern and its default: ``{page<\\d+>?1}``."""
PATHS_MOST = 10


@dataclass(frozen=True, slots=True)
class Annotated:
    """One route of an attribute. ``methods`` is empty where none is said."""

    paths: tuple[Value, ...]
    methods: tuple[str, ...]
    line: int
    name: str


def routes_of(module: Module, decorators: tuple[Expr, ...]) -> Iterator[Annotated]:
    """The routes that some attributes declare."""
    listed = tuple(
        method for item in decorators if _origin(module, item) == METHOD for method in methods_in(_first(item))
    )
    for item in decorators:
        origin = _origin(module, item)
        verb = FOS_VERBS.get(origin.removeprefix(FOS)) if origin.startswith(FOS) else None
        if origin not in ROUTES and verb is None:
            continue
        keywords = item.keywords if isinstance(item, Call) else {}
        methods = (verb,) if verb else methods_in(keywords.get("methods")) or listed
        name = plain(keywords.get("name")) or ""
        yield Annotated(tuple(_paths(item))[:PATHS_MOST], methods, item.line, name)


def prefix_of(module: Module, decorators: tuple[Expr, ...]) -> Value:
    """What a class puts before the routes of its methods."""
    for item in decorators:
        if _origin(module, item) in ROUTES | FOS_PREFIXES:
            return next(_paths(item), ())
    return ()


def guards_of(module: Module, decorators: tuple[Expr, ...]) -> tuple[str, ...]:
    """What must be granted, as written."""
    found = []
    for item in decorators:
        name = _origin(module, item).rpartition(".")[2]
        if name in GRANTING:
            asked = plain(_first(item)) or ""
            if not OPEN.search(asked):
                found.append(f"guard {name}({asked[:80]})")
    return tuple(found)


def is_templated(module: Module, decorators: tuple[Expr, ...]) -> bool:
    """Whether an attribute names a template to render."""
    return any(_origin(module, item).rpartition(".")[2] == TEMPLATE for item in decorators)


def cleaned(path: Value) -> Value:
    """A path whose parameters are their names alone."""
    return tuple(PARAMETER.sub(r"{\1}", part) if isinstance(part, str) else part for part in path)


def _origin(module: Module, decorator: Expr) -> str:
    return module.origin(dotted(decorator.callee if isinstance(decorator, Call) else decorator))


def _first(decorator: Expr) -> Expr | None:
    return decorator.args[0] if isinstance(decorator, Call) and decorator.args else None


def _paths(decorator: Expr) -> Iterator[Value]:
    """The path of a route; one for each language where it has several."""
    keywords = decorator.keywords if isinstance(decorator, Call) else {}
    given = _first(decorator) or keywords.get("path") or keywords.get("value")
    if isinstance(given, Mapping):
        for _, value in given.pairs:
            yield cleaned(value_of(value))
    elif isinstance(given, (Text, Name)):
        yield cleaned(value_of(given))
    else:
        yield ()


def methods_in(expr: Expr | None) -> tuple[str, ...]:
    """The HTTP methods that a text, with bars between them, or a list names."""
    if isinstance(expr, Items):
        return tuple(method for value in expr.values for method in methods_in(value))
    named = plain(expr) or dotted(expr).rpartition("METHOD_")[2]
    return tuple(part.strip().upper() for part in named[:100].split("|") if part.strip().isalpha())
