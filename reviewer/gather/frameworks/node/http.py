"""Node's own HTTP server: the paths and methods that the function given to ``createServer`` compares."""

from __future__ import annotations

import re
from dataclasses import dataclass

from reviewer.gather.frameworks.node._dialects import EXPRESS
from reviewer.gather.frameworks.node._express_values import answers, is_page, regex_path
from reviewer.gather.reader import Framework, Kept
from reviewer.gather.syntax import Call, Compare, Expr, Lambda, Module, Name, Other, dotted, plain, walk
from reviewer.model.facts.routing import Route, Router

NAME = "Node.js http"
MODULES = ("http", "https", "http2", "node:http", "node:https", "node:http2")
CREATE = frozenset({"createServer", "createSecureServer"})
OTHERS = (*EXPRESS.others, "express", "socket.io", "next", "nuxt", "graphql-yoga")
"""A server beside one of these is handed its requests by it."""
URL = re.compile(r"(?:^|\.)(?:url|pathname|path|route|endpoint|trimmedPath|trimmed_path|urlPath|reqUrl|parsedUrl)$")
METHOD = re.compile(r"(?:^|\.)(?:method|httpMethod|verb|reqMethod)$", re.IGNORECASE)
METHODS = frozenset({"GET", "POST", "PUT", "PATCH", "DELETE"})
EQUAL = frozenset({"===", "==", "case"})
INSIDE_MOST = 40


@dataclass(frozen=True, slots=True)
class _Seen:
    """A path or a method that is compared with, and where."""

    line: int
    path: str = ""
    method: str = ""


def read(module: Module, kept: Kept) -> None:
    """Keeps the routes that a server tells apart by comparing; one that compares nothing declares none."""
    if not module.imported(*MODULES) or module.imported(*OTHERS):
        return
    served = {index for call in module.calls if call.last in CREATE for index in _functions(module, call)}
    if not served:
        return
    answered = answers(module)
    inside = _with_inner(module, served)
    inside |= _called_from(module, inside)
    for function in sorted(inside):
        for seen in _routes(module, function):
            _keep(module, kept, function, seen, is_page(answered.get(function, set())))


def _functions(module: Module, call: Call) -> list[int]:
    """The functions that a server is made of: written in place, or by name."""
    named = {item.qualname: item.index for item in module.functions}
    found = [arg.function for arg in call.args if isinstance(arg, Lambda)]
    return found + [named[arg.dotted] for arg in call.args if isinstance(arg, Name) and arg.dotted in named]


def _with_inner(module: Module, functions: set[int]) -> set[int]:
    found = set(functions)
    for item in module.functions:
        if item.parent in found:
            found.add(item.index)
    return found


def _called_from(module: Module, inside: set[int]) -> set[int]:
    """The functions of this file that the server hands the request on to, by one step."""
    named = {item.qualname: item.index for item in module.functions}
    found = {
        named[call.name]
        for call in module.calls
        if call.function in inside and call.name in named and len(call.args) >= 2
    }
    return set(sorted(found)[:INSIDE_MOST])


def _routes(module: Module, function: int) -> list[_Seen]:
    """Paths with their methods: those compared on one line, below one another in either order, or none."""
    seen = sorted((item for item in _seen(module, function)), key=lambda item: (item.line, not item.method))
    by_line: dict[int, list[_Seen]] = {}
    for item in seen:
        by_line.setdefault(item.line, []).append(item)
    if any(_paired(items) for items in by_line.values()):
        return [route for items in by_line.values() for route in _of_line(items)]
    methods_first = bool(seen) and bool(seen[0].method)
    return _below_methods(seen) if methods_first else _below_paths(seen)


def _paired(items: list[_Seen]) -> bool:
    return any(item.path for item in items) and any(item.method for item in items)


def _of_line(items: list[_Seen]) -> list[_Seen]:
    methods = [item.method for item in items if item.method] or [""]
    return [_Seen(item.line, item.path, method) for item in items if item.path for method in methods]


def _below_methods(seen: list[_Seen]) -> list[_Seen]:
    method, found = "", []
    for item in seen:
        method = item.method or method
        if item.path:
            found.append(_Seen(item.line, item.path, method))
    return found


def _below_paths(seen: list[_Seen]) -> list[_Seen]:
    found: list[_Seen] = []
    path, used = None, True
    for item in seen:
        if item.path:
            if path is not None and not used:
                found.append(path)
            path, used = item, False
        elif path is not None:
            found.append(_Seen(item.line, path.path, item.method))
            used = True
    return [*found, path] if path is not None and not used else found


def _seen(module: Module, function: int) -> list[_Seen]:
    found = [_compared(item) for item in module.compares if item.function == function and item.operator in EQUAL]
    for call in module.calls:
        if call.function == function and call.last in ("startsWith", "match", "test") and call.args:
            found.append(_called(call))
    return [item for item in found if item is not None]


def _compared(item: Compare) -> _Seen | None:
    text, subject = plain(item.right), item.left
    if text is None:
        text, subject = plain(item.left), item.right
    if text is None:
        return None
    if text.upper() in METHODS and _ends(subject, METHOD):
        return _Seen(item.line, method=text.upper())
    if _ends(subject, URL) and (text.startswith("/") or text == ""):
        return _Seen(item.line, path=text.partition("?")[0] or "/")
    return None


def _called(call: Call) -> _Seen | None:
    """``url.startsWith("/users/")``, ``url.match(/^\\/users\\/(\\d+)$/)`` and ``/.../.test(url)``."""
    if call.last == "startsWith" and URL.search(call.name.rpartition(".")[0]):
        text = plain(call.args[0]) or ""
        return _Seen(call.line, path=f"{text.rstrip('/')}/{{value}}") if text.startswith("/") and text != "/" else None
    receiver = getattr(call.callee, "value", None)
    pattern = call.args[0] if call.last == "match" else receiver
    if isinstance(pattern, Other) and pattern.kind == "regex" and pattern.operands:
        path = regex_path(plain(pattern.operands[0]) or "")
        return _Seen(call.line, path=path) if path and path.startswith("/") else None
    return None


def _ends(expr: Expr, pattern: re.Pattern[str]) -> bool:
    return any(pattern.search(dotted(part)) for part in walk(expr) if dotted(part))


def _keep(module: Module, kept: Kept, function: int, seen: _Seen, page: bool) -> None:
    if not any(item.framework == NAME for item in kept.routers):
        kept.routers.append(Router(symbol=NAME, framework=NAME, line=seen.line, root=True))
    kept.routes.append(
        Route(
            router=NAME,
            framework=NAME,
            methods=(seen.method or "ANY",),
            path=(seen.path,),
            line=seen.line,
            end_line=max(seen.line, module.functions[function].end_line),
            page=page,
        )
    )


FRAMEWORK = Framework(name=NAME, languages=("JavaScript", "TypeScript"), read=read, listed=False)
