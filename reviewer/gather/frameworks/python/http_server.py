"""The standard library's ``http.server``: ``do_GET`` and its like, with the paths that they compare."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reviewer.gather.frameworks.python._declaring import Declaring, Span
from reviewer.gather.frameworks.python._lookup import Lookup
from reviewer.gather.reader import Framework, Kept
from reviewer.gather.syntax import Call, Class, Expr, Function, Items, Module, dotted, plain, walk

NAME = "http.server"
MODULES = ("http.server", "BaseHTTPServer", "SimpleHTTPServer")
METHODS = {f"do_{method}": method for method in ("GET", "POST", "PUT", "PATCH", "DELETE")}
PATH_NAME = re.compile(r"(?:^|\.)(?:path|url|route|endpoint|uri|parsed\w*)$|\.path$", re.IGNORECASE)
EQUAL = frozenset({"==", "in", "is"})
BEGINS = "startswith"


def read(module: Module, kept: Kept) -> None:
    """Each path that a handler compares is a route; a handler that compares none answers every path."""
    if not module.imported(*MODULES):
        return
    file = Declaring(NAME, Lookup(module), kept)
    for owner in module.classes:
        methods = [item for item in file.lookup.methods_of(owner) if item.name in METHODS]
        if methods:
            file.router(owner.name, owner.line, root=True)
            for method in methods:
                _method(file, owner, method)


def _method(file: Declaring, owner: Class, method: Function) -> None:
    found = dict(_paths(file, method))
    for path, line in found.items():
        at = Span(line, method.end_line)
        file.route(owner.name, (METHODS[method.name],), (path,), at, method.qualname)
    if not found:
        file.route(owner.name, (METHODS[method.name],), ("/",), method, method.qualname)


def _paths(file: Declaring, method: Function) -> Iterator[tuple[str, int]]:
    for item in file.lookup.compares.get(method.index, ()):
        if item.operator in EQUAL and _is_path(item.left):
            values = item.right.values if isinstance(item.right, Items) else (item.right,)
            for value in values:
                if (text := plain(value)) is not None and text.startswith("/"):
                    yield text, item.line
    for call in file.lookup.module.calls:
        if (
            call.function == method.index
            and call.last == BEGINS
            and PATH_NAME.search(call.name.removesuffix(f".{BEGINS}"))
        ):
            text = plain(call.args[0]) if call.args else None
            if text and text.startswith("/") and text != "/":
                yield f"{text.rstrip('/')}/{{value}}", call.line


def _is_path(expr: Expr) -> bool:
    return any(PATH_NAME.search(dotted(part)) for part in walk(expr) if dotted(part)) and not isinstance(expr, Call)


HTTP_SERVER = Framework(name=NAME, languages=("Python",), read=read, packages=(), listed=False)
