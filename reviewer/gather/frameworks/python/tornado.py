"""Tornado: tables of paths and handler classes, wherever they are put together."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from reviewer.gather.frameworks.python._declaring import Declaring
from reviewer.gather.frameworks.python._lookup import Lookup
from reviewer.gather.frameworks.python._offered import children, offer
from reviewer.gather.frameworks.python._python import argument
from reviewer.gather.frameworks.python._regex_paths import plain_path, regex_value
from reviewer.gather.frameworks.python._served import defined_methods, refusing, served_names
from reviewer.gather.given import MADE, TABLE
from reviewer.gather.reader import Expansion, Framework, Kept
from reviewer.gather.syntax import Call, Expr, Items, Module, Name, Other, Text, dotted, value_of
from reviewer.model.facts.routing import Route, View
from reviewer.model.facts.values import Ref, Value

if TYPE_CHECKING:
    from reviewer.gather.index import Index

NAME = "Tornado"
MODULE = "tornado"
APPLICATIONS = frozenset({"Application"})
ENTRIES = frozenset({"url", "URLSpec", "Rule"})
HANDLER = "Handler"
"""How handlers of other files are called, in tables of files that do not import Tornado."""
LIBRARY = ("StaticFileHandler", "RedirectHandler", "FallbackHandler", "ErrorHandler")
SOCKETS = ("WebSocketHandler", "SockJSRouter", "SockJSConnection")
ADDING = frozenset({"append", "extend", "add_handlers"})
COMPREHENSION = "list_comprehension"
DEPTH = 8
VERB = re.compile(r"(?:get|post|put|patch|delete)$")


def read(module: Module, kept: Kept) -> None:
    """The tables of one file, the applications that are given them, and handlers that render pages."""
    known = module.imported(MODULE)
    if not known and HANDLER not in module.text:
        return
    file = Declaring(NAME, Lookup(module), kept)
    for item in module.assignments:
        if item.value is not None and not (item.owner != -1 and item.function == -1 and not known):
            _table(file, item.target, item.value, item.line, known)
    for given in module.returns:
        if given.function != -1 and isinstance(given.value, Items | Other):
            _table(file, f"{module.functions[given.function].qualname}{MADE}", given.value, given.line, known)
    for call in module.calls if known else ():
        _called(file, call)
    offer(file.lookup, NAME, kept)
    if known:
        _pages(file)
        kept.views += refusing(file.lookup, VERB)


def _table(file: Declaring, symbol: str, value: Expr, line: int, known: bool) -> None:
    """A variable that holds a table: a router of its own, which an application or a longer table takes in."""
    entries = list(_entries(value)) if isinstance(value, Items | Other) else []
    listed = [entry for entry in entries if _is_entry(entry, known)]
    prefixed = isinstance(value, Other) and any(prefix for _, prefix in _comprehended(value))
    if not (listed or prefixed):
        return
    file.router(symbol, line)
    for entry in listed:
        _declare(file, symbol, entry)
    for name, prefix in _taken(file, value, symbol):
        file.mount(symbol, name, line, prefix)


def _entries(value: Expr, depth: int = 0) -> Iterator[Expr]:
    """The entries that lists added up hold, those in comprehensions too."""
    if isinstance(value, Items) and depth < DEPTH:
        for item in value.values:
            if isinstance(item, Items | Call) and _path_of(item) is not None:
                yield item
            elif isinstance(item, Other):
                yield from _entries(item, depth + 1)
    elif isinstance(value, Other) and value.kind in ("binary_operator", "list_splat") and depth < DEPTH:
        for item in value.operands:
            yield from _entries(item, depth + 1)


def _path_of(entry: Expr) -> Expr | None:
    """The path of ``(path, Handler, ...)`` and of ``url(path, Handler)``."""
    if isinstance(entry, Items) and len(entry.values) >= 2:
        return entry.values[0]
    if isinstance(entry, Call) and entry.last in ENTRIES:
        return argument(entry, 0, "pattern", "matcher")
    return None


def _handler_of(entry: Expr) -> str:
    if isinstance(entry, Items):
        return dotted(entry.values[1])
    return dotted(argument(entry, 1, "handler", "target")) if isinstance(entry, Call) else ""


def _is_entry(entry: Expr, known: bool) -> bool:
    path, handler = _path_of(entry), _handler_of(entry)
    if not isinstance(path, Text) or not handler or not handler.rpartition(".")[2][:1].isupper():
        return False
    first = path.parts[0] if path.parts else ""
    if isinstance(first, str) and not first.startswith(("/", "^", "(", ".")):
        return False
    return known or handler.endswith(HANDLER)


def _declare(file: Declaring, symbol: str, entry: Expr) -> None:
    name = _handler_of(entry)
    library = file.lookup.origin(name).startswith("tornado.")
    implicit = library and name.endswith(LIBRARY)
    methods = ("GET",) if implicit else ()
    at = entry if isinstance(entry, Call) else _path_of(entry)
    assert isinstance(at, Call | Text)
    file.route(symbol, methods, regex_value(_path_of(entry)), at, name, implicit=implicit)


def _taken(file: Declaring, value: Expr, symbol: str) -> Iterator[tuple[str, Value]]:
    """Tables that another is put together from, with the prefix that a comprehension puts before their paths."""
    if isinstance(value, Name | Call) and dotted(value) != symbol:
        for name in children(file.lookup, value):
            yield name, ()
            if name.removesuffix(MADE).partition(".")[0] in file.lookup.imported_names:
                yield f"{name}{TABLE}", ()
    elif isinstance(value, Other) and value.kind == COMPREHENSION:
        yield from _comprehended(value)
    elif isinstance(value, Other):
        for item in value.operands:
            yield from _taken(file, item, symbol)
    elif isinstance(value, Items):
        for item in value.values:
            if isinstance(item, Other):
                yield from _taken(file, item, symbol)


def _comprehended(value: Other) -> Iterator[tuple[str, Value]]:
    """``[(PREFIX + path, handler) for path, handler in table]``."""
    if value.kind != COMPREHENSION or len(value.operands) < 2:
        return
    made, source = value.operands[0], value.operands[1]
    if isinstance(made, Items) and made.values and isinstance(source, Name):
        yield source.dotted, prefix_of(made.values[0])


def prefix_of(path: Expr) -> Value:
    """What stands before the last, unknown part of a path put together of two."""
    if isinstance(path, Other) and path.operator == "+" and path.operands:
        return value_of(path.operands[0])
    if isinstance(path, Text) and len(path.parts) > 1:
        return tuple(part if isinstance(part, str) else Ref(name=dotted(part)) for part in path.parts[:-1])
    return ()


def _called(file: Declaring, call: Call) -> None:
    if call.last in APPLICATIONS and file.lookup.origin(call.name).startswith(MODULE):
        _application(file, _assigned(file, call) or f"Application@{call.line}", call)
    elif call.last == "__init__" and call.owner != -1 and call.args:
        owner = file.lookup.module.classes[call.owner]
        if any(dotted(base).endswith("Application") for base in owner.bases):
            _application(file, owner.name, call, skip=call.name.endswith("Application.__init__"))
    elif call.last in ADDING and call.args:
        _added(file, call)


def _assigned(file: Declaring, call: Call) -> str:
    found = (item.target for item in file.lookup.module.assignments if item.value is call)
    return next(found, "")


def _application(file: Declaring, symbol: str, call: Call, skip: bool = False) -> None:
    """An application with the table that it is given."""
    file.router(symbol, call.line, root=True)
    table = argument(call, 1 if skip else 0, "handlers")
    if table is None:
        return
    for entry in _entries(table):
        if _is_entry(entry, True):
            _declare(file, symbol, entry)
    for name, prefix in _taken(file, table, symbol):
        file.mount(symbol, name, call.line, prefix)


def _added(file: Declaring, call: Call) -> None:
    """``handlers.append((path, Handler))``, ``handlers += table``, ``app.add_handlers(host, table)``."""
    symbol = call.name.rpartition(".")[0]
    given = call.args[-1]
    table = Items((given,), call.line) if call.last == "append" else given
    entries = [entry for entry in _entries(table) if _is_entry(entry, True)]
    if entries:
        file.router(symbol, call.line)
    for entry in entries:
        _declare(file, symbol, entry)
    if isinstance(given, Name) and any(item.symbol in (symbol, given.dotted) for item in file.kept.routers):
        file.router(symbol, call.line)
        file.mount(symbol, given.dotted, call.line)


def _pages(file: Declaring) -> None:
    """Methods of handlers that render or redirect and never write data."""
    does: dict[int, set[str]] = {}
    for call in file.lookup.module.calls:
        if call.name in ("self.render", "self.render_string", "self.write", "self.redirect", "self.finish"):
            does.setdefault(call.function, set()).add(call.last)
    for function, names in does.items():
        item = file.lookup.module.functions[function] if function != -1 else None
        if item is not None and {"render", "redirect"} & names and not {"write", "finish"} & names:
            file.kept.views.append(View(symbol=item.qualname, line=item.line, page=True))


def expand(index: Index, path: str, route: Route) -> Iterable[Expansion]:
    """The methods that a handler defines; a socket answers none."""
    classes = list(index.mro(path, route.handler))
    known = served_names(index, path, route.handler)
    found = [Expansion(method=method, symbol=name) for method, name in defined_methods(known)]
    sockets = any(base.endswith(SOCKETS) for base in index.unresolved_bases(path, route.handler))
    return found or ([Expansion(method="")] if sockets or classes else [])


def fill(index: Index, route: Route, path: str) -> str:
    """A pattern out of a table of another file, which could not be known to be one there."""
    del index, route
    return plain_path(path) if "(" in path or "\\" in path else path


TORNADO = Framework(name=NAME, languages=("Python",), read=read, packages=("tornado",), expand=expand, fill=fill)
