"""The HTTP requests that Go tests make: httptest, net/http, and clients made for tests."""

from __future__ import annotations

from collections.abc import Iterator

from reviewer.gather.expressions import chain
from reviewer.gather.frameworks.go._dialects import HTTP
from reviewer.gather.frameworks.go._names import GoNames
from reviewer.gather.frameworks.go._paths import method_of, raw_value
from reviewer.gather.look import Look
from reviewer.gather.syntax import Attribute, Call, Expr, Name, Other, Text
from reviewer.gather.testing._draft import is_remote
from reviewer.model.facts.tests import Request
from reviewer.model.facts.values import Ref, Value

MAKERS = frozenset({"NewRequest", "NewRequestWithContext", "MakeRequest", "NewTestRequest"})
CLIENT_VERBS = {
    "Get": "GET",
    "Post": "POST",
    "Put": "PUT",
    "Patch": "PATCH",
    "Delete": "DELETE",
    "Head": "HEAD",
    "PostForm": "POST",
}
EXPECT_VERBS = {name: name for name in HTTP} | {name.capitalize(): name for name in HTTP}
ROUTING = frozenset(
    {"Handle", "HandleFunc", "Method", "MethodFunc", "Add", "Handler", "HandlerFunc", "Match", "Methods", "Register"}
)
"""Calls that take a method and a path too, but declare a route."""
CLIENTS = ("http", "client", "c", "resty", "cli", "httpClient", "ts.Client()", "srv.Client()", "server.Client()")
METHOD_NAMES = frozenset({"method", "httpmethod", "verb", "reqmethod", "requestmethod", "m"})
ROWS_MOST = 200
PATHS_MOST = 6


def read_requests(look: Look) -> list[Request]:
    """Every request of a test module that does not go to somebody else's host."""
    names = GoNames(look)
    found = [request for call in look.module.calls for request in _requests(look, names, call)]
    return [*found, *_set_paths(look, found)]


def _requests(look: Look, names: GoNames, call: Call) -> Iterator[Request]:
    if call.new or call.last in ROUTING:
        return
    place = _method_place(look, call)
    if place is not None:
        yield from _described(look, names, call, call.args[place], call.args[place + 1])
    elif call.last in CLIENT_VERBS and call.args and _is_client(call):
        yield from _at(look, call, CLIENT_VERBS[call.last], call.args[0])
    elif call.last in CLIENT_VERBS and (page := _of_buffalo(call)) is not None:
        yield from _at(look, call, CLIENT_VERBS[call.last], page)
    elif call.last in EXPECT_VERBS and call.args and _expects(call):
        yield from _at(look, call, EXPECT_VERBS[call.last], call.args[0])


def _method_place(look: Look, call: Call) -> int | None:
    """Where among the arguments a method stands that a path follows."""
    for place, arg in enumerate(call.args[:-1]):
        following = call.args[place + 1]
        if method_of(look, arg, call.function):
            if _path_like(following):
                return place
        elif call.last in MAKERS and _is_method_name(arg) and isinstance(following, (Name, Text, Other)):
            return place
    return None


def _is_method_name(arg: Expr) -> bool:
    return isinstance(arg, Name) and arg.dotted.rpartition(".")[2].lower() in METHOD_NAMES


def _described(look: Look, names: GoNames, call: Call, method: Expr, target: Expr) -> Iterator[Request]:
    """A request by method and path, one for each row of the table that they are taken from."""
    known = method_of(look, method, call.function)
    rows = _rows(look, names, (method, target), call.function)
    if not rows:
        yield from _at(look, call, known, target)
        return
    for row in rows[:ROWS_MOST]:
        found = known or method_of(look, _filled(method, row), call.function)
        path = _filled(target, row)
        if path is not None:
            yield Request(method=found, path=raw_value(look, path, call.function), line=path.line or call.line)


def _rows(look: Look, names: GoNames, exprs: tuple[Expr, ...], function: int) -> list[tuple[str, Call]]:
    """The rows of the table whose loop variable one of the expressions begins with."""
    for expr in exprs:
        for name in [item.dotted for item in _names(expr)]:
            head = name.partition(".")[0]
            for item in look.assigned(head, function):
                value = item.value
                if isinstance(value, Name):
                    value = next((one.value for one in look.assigned(value.dotted, function)), value)
                if isinstance(value, Other) and value.kind == "range" and value.operands:
                    listed = names.rows(value.operands[0], function)
                    return [(head, row) for row in listed if isinstance(row, Call) and row.new]
    return []


def _names(expr: Expr) -> list[Name]:
    if isinstance(expr, Name):
        return [expr]
    if isinstance(expr, Text):
        return [part for part in expr.parts if isinstance(part, Name)]
    if isinstance(expr, Other):
        return [part for part in expr.operands if isinstance(part, Name)]
    return []


def _filled(expr: Expr, row: tuple[str, Call]) -> Expr | None:
    """An expression with the fields of a row put in; None where the row leaves the field out."""
    head, values = row
    if isinstance(expr, Name):
        first, _, field = expr.dotted.partition(".")
        return values.keywords.get(field) if first == head and field else expr
    if isinstance(expr, Text):
        parts: list[str | Expr] = []
        for part in expr.parts:
            found = _filled(part, row) if not isinstance(part, str) else part
            if isinstance(found, Text):
                parts.extend(found.parts)
            elif found is not None:
                parts.append(found)
        return Text(tuple(parts), expr.line, expr.end_line, expr.how)
    return expr


def _at(look: Look, call: Call, method: str, target: Expr) -> Iterator[Request]:
    for written in _assigned(look, target, call.function) or [target]:
        if is_remote(look.value(written, call.function)) or not method:
            return
        path = raw_value(look, written, call.function)
        if _known(path):
            yield Request(method=method, path=path, line=call.line)


def _assigned(look: Look, target: Expr, function: int) -> list[Expr]:
    """Each of the paths that a name is given in its function, with what is added to it; none where it is given one."""
    given = look.assigned(target.dotted, function) if isinstance(target, Name) else []
    if not 1 < len(given) <= PATHS_MOST:
        return []
    found: list[Expr] = []
    for item in given:
        if item.augmented and found and item.value is not None:
            found[-1] = Other("binary_expression", item.line, (found[-1], item.value), "+")
        elif item.value is not None and _begins_path(item.value):
            found.append(item.value)
    return found


def _begins_path(value: Expr) -> bool:
    first = value.operands[0] if isinstance(value, Other) and value.operands else value
    return isinstance(first, Text) and _path_like(first)


def _known(path: Value) -> bool:
    return any(isinstance(part, str) or part.name for part in path if part != Ref(name=""))


def _is_client(call: Call) -> bool:
    head = call.name.rpartition(".")[0]
    if not head:
        return "R" in chain(call)[:-1] or "Client" in chain(call)[:-1]
    if not _path_like(call.args[0]) and not isinstance(call.args[0], Text):
        return False
    first = head.rpartition(".")[2]
    return first in CLIENTS or first.lower().endswith("client")


def _of_buffalo(call: Call) -> Expr | None:
    """The path of ``as.HTML("/users/%s", id).Get()``, ``as.JSON("/users").Post(user)``."""
    made = call.callee.value if isinstance(call.callee, Attribute) else None
    asked = isinstance(made, Call) and made.last in ("HTML", "JSON", "XML") and bool(made.args)
    return made.args[0] if asked and isinstance(made, Call) and _path_like(made.args[0]) else None


def _expects(call: Call) -> bool:
    """``e.GET("/x").Expect()`` of httpexpect, ``apitest.New().Get("/x")``."""
    head = call.name.rpartition(".")[0]
    return (head in ("e", "expect", "api", "httpexpect", "req", "auth") or "New" in chain(call)[:-1]) and _path_like(
        call.args[0]
    )


def _path_like(expr: Expr) -> bool:
    if isinstance(expr, Text):
        first = expr.parts[0] if expr.parts else ""
        if isinstance(first, str):
            return first.startswith(("/", "http://", "https://", "?"))
        return any(isinstance(part, str) and part.startswith("/") for part in expr.parts[1:2]) or len(expr.parts) == 1
    if isinstance(expr, Name):
        low = expr.dotted.rpartition(".")[2].lower()
        return any(word in low for word in ("url", "path", "endpoint", "route", "uri", "target"))
    return isinstance(expr, Other) and expr.operator == "+"


def _set_paths(look: Look, found: list[Request]) -> Iterator[Request]:
    """Echo's ``c.SetPath("/users/:id")`` names the route of the request made before it."""
    for call in look.module.calls:
        if call.last == "SetPath" and call.args and isinstance(call.args[0], Text):
            before = [request for request in found if request.line <= call.line]
            method = max(before, key=lambda request: request.line).method if before else ""
            yield Request(method=method, path=raw_value(look, call.args[0], call.function), line=call.line)
