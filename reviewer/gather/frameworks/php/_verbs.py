"""Classes and functions that are handed the method of a request and answer each: what they serve, of all and of one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from reviewer.gather.frameworks.php._request_paths import ONLY, compared_methods
from reviewer.gather.frameworks.php._taken_apart import ID, TO_ITEM
from reviewer.gather.index import Index
from reviewer.gather.look import Look, look_at, words
from reviewer.gather.reader import Expansion, Kept
from reviewer.gather.syntax import Class, Function, Module
from reviewer.model.facts.routing import Route, View
from reviewer.model.facts.values import Place

OF_ALL = re.compile(r"collection|list|all(?![a-z])|many", re.IGNORECASE)
OF_ONE = re.compile(r"resou?rce|item|single|one(?![a-z])|byid|detail", re.IGNORECASE)
KEY = re.compile(r"(?:^|_)id\Z|Id\Z|(?:^|_)key\Z|slug|(?:^|_)params\Z|segments\Z")
HANDLING = re.compile(r"(?:Controller|Resource|Api|API|Endpoint|Handler)\Z")
NAMED = {"get": "GET", "post": "POST", "put": "PUT", "patch": "PATCH", "delete": "DELETE"}
MARKS = words("method Method verb METHOD")
ANY = "ANY"
SCRIPT = "<script>"


def keep_verbs(module: Module, kept: Kept) -> None:
    """Keeps, by class or function, the methods that are told apart in it: of all items, and of one (``detail``)."""
    if not module.functions:
        return
    if any(mark in module.text for mark in MARKS):
        _keep_compared(module, kept)
    for owner in module.classes:
        if HANDLING.search(owner.name):
            _keep_named(module, owner, kept)


def _keep_compared(module: Module, kept: Kept) -> None:
    look = look_at(module)
    found: dict[str, dict[bool, list[str]]] = {}
    lines: dict[str, int] = {}
    for line, function, method, _ in compared_methods(look):
        if function < 0:
            continue
        name, keyed = _owner_of(look, function)
        lines.setdefault(name, line)
        for detail in _places(module.functions[function], method, keyed):
            found.setdefault(name, {}).setdefault(detail, []).append(method)
    for name, served in found.items():
        for detail, methods in sorted(served.items()):
            kept.views.append(View(symbol=name, line=lines[name], methods=tuple(dict.fromkeys(methods)), detail=detail))


def _owner_of(look: Look, function: int) -> tuple[str, bool]:
    """What the request is handed to, and whether it is given the key of an item."""
    owner = look.owner(function)
    around = list(look.around(function))
    if owner < 0:
        return around[-1].qualname, any(KEY.search(item.name) for item in around[-1].parameters)
    holder = look.module.classes[owner]
    parameters = [item for one in look.module.methods_of(holder) for item in one.parameters]
    fields = (item.target for item in look.module.fields_of(holder))
    keyed = any(KEY.search(item.name) for item in parameters) or any(KEY.search(name) for name in fields)
    return holder.name, keyed


def _places(function: Function, method: str, keyed: bool) -> tuple[bool, ...]:
    """Whether a method is answered for all items, for one, or for both."""
    if OF_ALL.search(function.name):
        return (False,)
    if OF_ONE.search(function.name) and any(KEY.search(item.name) for item in function.parameters):
        return (True,)
    if not keyed or method == "POST":
        return (False,)
    return (True,) if method in TO_ITEM else (False, True)


def _keep_named(module: Module, owner: Class, kept: Kept) -> None:
    """A class whose methods are called as those of requests are: ``get``, ``post``, ``delete``."""
    named = [
        item for item in module.methods_of(owner) if item.name.lower() in NAMED and "private" not in item.modifiers
    ]
    if len(named) < len(("get", "post")):
        return
    keyed = any(KEY.search(item.name) for one in named for item in one.parameters)
    served: dict[bool, list[str]] = {}
    for item in named:
        for detail in _places(item, NAMED[item.name.lower()], keyed):
            served.setdefault(detail, []).append(NAMED[item.name.lower()])
    for detail, methods in sorted(served.items()):
        kept.views.append(View(symbol=owner.name, line=named[0].line, methods=tuple(methods), detail=detail))


def delegated(index: Index, path: str, route: Route) -> Iterator[Expansion]:
    """What the class, function or file that a route hands its requests to answers; anything where that is not seen."""
    name = route.handler.removeprefix(ONLY)
    found = list(_said(index, path, name)) if name else []
    yield from found if found or name != route.handler else [Expansion(method=ANY)]


def _said(index: Index, path: str, name: str) -> Iterator[Expansion]:
    if name.endswith(".php"):
        where = index.module(path, f"./{name.lstrip('./')}")
        facts = index.files[where].routing if where is not None and where in index.files else None
        if facts is None or all(item.router == SCRIPT for item in facts.routes):
            yield from _views(index, where, SCRIPT, Place(path=where or "", line=1, end_line=1))
        return
    function = index.function(path, name)
    known = index.classes(path, name) or index.classes(path, name.rpartition(".")[0])
    place = Place(path=function[0], line=function[1].line, end_line=function[1].end_line) if function else None
    if known is not None:
        whole = Place(path=known[0], line=known[1].line, end_line=known[1].end_line)
        for where, item in index.mro(known[0], known[1].name):
            if found := list(_views(index, where, item.name, place or whole)):
                yield from found
                return
    elif function is not None:
        yield from _views(index, function[0], function[1].qualname, place)


def _views(index: Index, path: str | None, symbol: str, place: Place | None) -> Iterable[Expansion]:
    facts = index.files[path].routing if path is not None and path in index.files else None
    for view in facts.views if facts else ():
        if view.symbol == symbol:
            suffix = ID if view.detail else ""
            yield from (Expansion(method=method, suffix=suffix, place=place) for method in view.methods)
