"""Tables of routes and lists of routers that the application of another file goes through in a loop.

``routes = [(Users, "/users")]`` here, ``for route in routes: api.add_resource(*route)`` there. Nothing in such a file
says which library it is for: what it declares is served where a loop of another file takes it from.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain

from reviewer.gather.frameworks.python._python import HTTP_METHODS
from reviewer.gather.given import MADE, TABLE
from reviewer.gather.reader import Kept, Reader
from reviewer.gather.syntax import (
    Call,
    Expr,
    Items,
    Mapping,
    Module,
    Name,
    Other,
    Text,
    dotted,
    plain,
    value_of,
    walk,
)
from reviewer.model.facts.routing import Mount, Route, Router

ROUTER = re.compile(r"(?:^|[._])(?:router|routes?|blueprint|bp|blp|api|ns|namespace|resource)s?$", re.IGNORECASE)
"""How routers and lists of them are called."""
PATHS = frozenset({"path", "url", "rule", "route", "uri", "endpoint", "prefix", "url_prefix"})
HANDLERS = frozenset({"handler", "view", "view_func", "view_class", "resource", "controller", "endpoint", "blueprint"})
METHODS = frozenset({"method", "methods"})
OWN_TABLES = ("tornado", "django", "starlette")
"""Libraries whose own tables these are."""
HANDLER = "Handler"
"""How Tornado's handlers are called, which come in tables too."""
ENTRIES_MOST = 300


def read(module: Module, kept: Kept) -> None:
    """A router for every table that its own file makes no use of, named so that it serves nothing by itself."""
    if module.imported(*OWN_TABLES):
        return
    for item in module.assignments:
        if item.function == -1 and item.owner == -1 and isinstance(item.value, Items) and item.value.values:
            known = _known(item.value, f"{item.target}{TABLE}", bool(ROUTER.search(item.target)))
            if known and not _is_used(module, item.target):
                _keep(kept, f"{item.target}{TABLE}", item.line, known)
    for given in module.returns:
        if given.function != -1 and isinstance(given.value, Items) and given.value.values:
            symbol = f"{module.functions[given.function].qualname}{MADE}{TABLE}"
            if known := _known(given.value, symbol, listed=False):
                _keep(kept, symbol, given.line, known)


def _known(table: Items, symbol: str, listed: bool) -> list[Route | Mount]:
    """What the entries of a table declare; nothing where one of them is no route or router, or all are Tornado's."""
    made = [_entry(entry, symbol, listed) for entry in table.values[:ENTRIES_MOST]]
    known = [fact for fact in made if fact is not None]
    return known if len(known) == len(made) and not _is_tornados(known) else []


def _keep(kept: Kept, symbol: str, line: int, known: list[Route | Mount]) -> None:
    kept.routers.append(Router(symbol=symbol, framework="", line=line))
    kept.routes += [fact for fact in known if isinstance(fact, Route)]
    kept.mounts += [fact for fact in known if isinstance(fact, Mount)]


def _is_tornados(entries: list[Route | Mount]) -> bool:
    return all(isinstance(item, Route) and item.handler.endswith(HANDLER) for item in entries)


def _is_used(module: Module, name: str) -> bool:
    """Whether a file goes through a table itself, or gives it to a call."""
    used = (part for call in module.calls for arg in (*call.args, *call.keywords.values()) for part in walk(arg))
    taken = (part for item in module.assignments if isinstance(item.value, Other) for part in walk(item.value))
    return any(isinstance(part, Name) and part.dotted.partition(".")[0] == name for part in chain(used, taken))


def _entry(entry: Expr, symbol: str, listed: bool) -> Route | Mount | None:
    """What an entry declares: a route of the table, a router below it, or nothing that is known."""
    if isinstance(entry, Name):
        named = listed or ROUTER.search(entry.dotted)
        return Mount(parent=symbol, child=entry.dotted, framework="", line=entry.line) if named else None
    parts = list(_parts(entry))
    path = next((part for part in parts if _is_path(part)), None)
    handler = next((name for part in parts if (name := _handler(part))), "")
    if path is None or not handler:
        return None
    line = path.line
    if ROUTER.search(handler):
        return Mount(parent=symbol, child=handler, framework="", line=line, prefix=value_of(path))
    return Route(
        router=symbol,
        framework="",
        methods=tuple(method for part in parts for method in _methods(part)),
        path=value_of(path),
        line=line,
        end_line=line,
        handler=handler,
    )


def _parts(entry: Expr) -> Iterator[Expr]:
    """The parts of a tuple, or the values under the keys of a mapping that say what an entry is about."""
    if isinstance(entry, Items):
        yield from entry.values
    elif isinstance(entry, Mapping):
        for key, value in entry.pairs:
            name = (plain(key) or "").lower()
            if name in HANDLERS or name in PATHS or name in METHODS:
                yield value


def _is_path(part: Expr) -> bool:
    first = part.parts[0] if isinstance(part, Text) and part.parts else ""
    return isinstance(first, str) and first.startswith("/")


def _handler(part: Expr) -> str:
    """A function, a class, an object of one (``Users()``) or the view made of one (``Users.as_view("users")``)."""
    if isinstance(part, Call):
        return part.name.removesuffix(".as_view")
    return dotted(part) if isinstance(part, Name) else ""


def _methods(part: Expr) -> Iterator[str]:
    for item in part.values if isinstance(part, Items) else (part,):
        if isinstance(item, Text) and (word := (plain(item) or "").upper()) in HTTP_METHODS:
            yield word


ROUTE_TABLES = Reader(name="Route tables", languages=("Python",), read=read)
