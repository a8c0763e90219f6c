"""The HTTP methods that ``MapMethods`` is given: written out, or as members of other classes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reviewer.gather.frameworks.dotnet._conventional import inherited
from reviewer.gather.index import Index
from reviewer.gather.look import Look
from reviewer.gather.reader import Expansion, Kept
from reviewer.gather.syntax import Call, Expr, Items, Module, Name, dotted, plain
from reviewer.model.facts.code import Attribute
from reviewer.model.facts.routing import Route
from reviewer.model.facts.values import Place, Ref

ELSEWHERE = "#methods:"
"""How the name of a route begins whose methods another class holds; the names of its members follow."""
VERBS_CONSTANT = "#verbs"
"""A setting under a name that no program can declare: the methods that a member of a class holds."""
VERB = re.compile(r"GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS|TRACE|CONNECT", re.IGNORECASE)
NAMED_VERB = re.compile(r"(?:.*\.)?HttpMethods?\.(\w{3,7})(?:\.(?:Method|ToString|ToUpper|ToUpperInvariant))*")
NAME_MOST = 200
LISTED_MOST = 20


def read_methods(module: Module, kept: Kept) -> None:
    """Keeps the members of classes that hold methods: ``string[] Methods => [HttpMethods.Get]``."""
    for item in module.assignments:
        verbs = _verbs(item.value) if item.owner != -1 and item.function == -1 else ()
        if verbs and None not in verbs:
            name = f"{module.classes[item.owner].name}.{item.target}.{VERBS_CONSTANT}"
            kept.constants.append(Attribute(name=name, value=(",".join(filter(None, verbs)),), line=item.line))


def listed(look: Look, call: Call) -> tuple[str, ...]:
    """The methods in the arguments of a call, ``("ANY",)`` where it gives none, ``()`` where another class has them."""
    for arg in call.args[1:]:
        if verbs := _verbs(look.value(arg, call.function)):
            return tuple(verb for verb in verbs if verb) if None not in verbs else ()
    return () if elsewhere(look, call) else ("ANY",)


def elsewhere(look: Look, call: Call) -> str:
    """The name of a route whose methods other classes hold, ``""`` for any other."""
    for arg in call.args[1:2]:
        value = look.value(arg, call.function)
        items = value.values[:LISTED_MOST] if isinstance(value, Items) else (value,)
        names = [verb_of(item) or dotted(item)[:NAME_MOST] for item in items]
        if names and all(names) and any("." in name for name in names):
            return ELSEWHERE + ",".join(names)
    return ""


def _verbs(value: Expr | None) -> tuple[str | None, ...]:
    """The methods of a list, or of one member; None for an item that is none."""
    if isinstance(value, Items):
        return tuple(verb_of(item) for item in value.values[:LISTED_MOST])
    verb = verb_of(value) if isinstance(value, (Name, Call)) else None
    return (verb,) if verb else ()


def verb_of(expr: Expr | None) -> str | None:
    """The method that an expression stands for: ``"PUT"``, ``HttpMethods.Put``, ``HttpMethod.Put.ToString()``."""
    text = plain(expr)
    if text is None:
        named = NAMED_VERB.fullmatch(dotted(getattr(expr, "callee", expr))[:NAME_MOST])
        text = named[1] if named else ""
    return text.upper() if VERB.fullmatch(text) else None


def by_members(index: Index, path: str, route: Route) -> Iterator[Expansion]:
    """The endpoints of a route whose methods other classes hold."""
    place = _delegate(index, path, route.handler)
    for name in route.name.removeprefix(ELSEWHERE).split(","):
        owner, _, member = name.rpartition(".")
        found = inherited(index, path, owner, f"{member}.{VERBS_CONSTANT}") if owner else name
        found = found or inherited(index, path, owner, member)
        yield from (Expansion(method=verb.upper(), place=place) for verb in found.split(",") if VERB.fullmatch(verb))


def _delegate(index: Index, path: str, handler: str) -> Place | None:
    """The method behind a member that holds it: ``Delegate Handle => Action``."""
    owner, _, member = handler.rpartition(".")
    for where, item in index.mro(path, owner) if owner else ():
        held = next((kept.value for kept in item.attributes if kept.name == member), ())
        if len(held) == 1 and isinstance(held[0], Ref):
            found = index.function(where, f"{item.name}.{held[0].name}")
            return Place(path=found[0], line=found[1].line, end_line=found[1].end_line) if found else None
    return None
