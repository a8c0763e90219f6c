"""Routes that calls of ``get``, ``post`` and the like declare."""

from __future__ import annotations

from reviewer.gather.frameworks.node._dialects import SPELLED
from reviewer.gather.frameworks.node._express_reading import Reading, Receiver
from reviewer.gather.frameworks.node._express_values import (
    DOCUMENTATION,
    function_of,
    guard_name,
    handler_name,
    is_page,
    paths_of,
)
from reviewer.gather.frameworks.node._parameters import helped, placed
from reviewer.gather.languages.node._functions import ANONYMOUS
from reviewer.gather.signs._status import status_of
from reviewer.gather.syntax import Call, Expr, Lambda, Text, plain
from reviewer.model.facts.routing import View
from reviewer.model.facts.values import Value

GUARDING = frozenset({"all", "options"})
"""Methods that, called for every path, let requests through to what comes after."""
WILDCARDS = frozenset({"*", "/*", "(.*)", "/(.*)", "*splat", "/*splat", "/{*splat}", "{*splat}"})
STATUSES = frozenset({"status", "sendStatus", "writeHead", "code"})
NOT_FOUND = 404
BINDING = frozenset({"bind", "call"})
CONTEXTS = frozenset({"ctx", "context", "c"})
"""What Koa and Hono call the parameter of a handler."""


def read_route(reading: Reading, call: Call, receiver: Receiver) -> None:
    """A call of a method on a router, where it declares a route: ``app.get("port")`` reads a setting."""
    path, given = receiver.path, call.args
    if path is None:
        if len(call.args) < 2:
            return
        path, given = call.args[0], call.args[1:]
    made = helped(reading, path)
    handlers, paths = reading.flattened(given), paths_of(path) if made is None else [made]
    if not handlers or paths is None or not _is_served(reading, receiver, path, handlers[-1]):
        return
    if plain(path) in WILDCARDS and _finds_nothing(reading, handlers[-1]):
        return
    if call.last in GUARDING and _guards_all(reading, call, receiver, path, handlers):
        return
    for value in paths:
        declare(reading, call, receiver.symbol, placed(reading, value, call), handlers)


def _is_served(reading: Reading, receiver: Receiver, path: Expr, handler: Expr) -> bool:
    """Whether the last argument can be a handler; on what is not declared a router, it must look like one."""
    if isinstance(handler, Lambda):
        parameters = reading.module.functions[handler.function].parameters
        if parameters and parameters[0].name in CONTEXTS:
            return False
        return receiver.sure or len(parameters) > 1
    if receiver.sure:
        return True
    return isinstance(path, Text) and (plain(path) or "/").startswith(("/", "*")) and bool(_name(reading, handler))


def _finds_nothing(reading: Reading, handler: Expr) -> bool:
    """Whether a handler of every path only says that there is nothing: it answers by status 404."""
    index = handler.function if isinstance(handler, Lambda) else reading.functions.get(_name(reading, handler), -1)
    inside = [call for call in reading.module.calls if call.function == index != -1]
    return any(call.last in STATUSES and call.args and status_of(call.args[0]) == NOT_FOUND for call in inside)


def _name(reading: Reading, handler: Expr) -> str:
    return handler_name(handler, reading.names)


def _guards_all(reading: Reading, call: Call, receiver: Receiver, path: Expr, handlers: list[Expr]) -> bool:
    """``all("*", auth)`` and ``route(path).all(auth).get(...)`` guard; a catch-all answer is no endpoint."""
    prefix = plain(path)
    everything = prefix in WILDCARDS
    if not everything and not (call.last == "all" and receiver.path is not None and id(call) in reading.chained):
        return False
    for handler in handlers:
        reading.remember(receiver.symbol, "" if everything else prefix or "", guard_name(handler))
    return True


def declare(
    reading: Reading, call: Call, symbol: str, path: Value, handlers: list[Expr], before: tuple[str, ...] = ()
) -> None:
    """Declares a route of one path: the last of its handlers answers, those ``before`` it guard."""
    last = handlers[-1]
    function = function_of(last)
    bound = isinstance(last, Call) and last.last in BINDING
    guards = [guard_name(handler) for handler in (handlers[:-1] if function is last or bound else handlers)]
    if isinstance(function, Lambda):
        last = function = reading.delegates.get(function.function, function)
    handler = reading.local_function(_name(reading, last), call) if not isinstance(function, Lambda) else ""
    index = function.function if isinstance(function, Lambda) else reading.functions.get(handler, -1)
    reading.route(
        call,
        symbol,
        (SPELLED.get(call.last, call.last.upper()),),
        path,
        handler=handler,
        implicit=reading.names.origin(function.callee if isinstance(function, Call) else function) in DOCUMENTATION,
        page=is_page(reading.answered.get(index, set())),
        guards=tuple(
            dict.fromkeys([*reading.guards_before(symbol, path), *before, *(name for name in guards if name)])
        ),
    )


def pages_of(reading: Reading) -> list[View]:
    """Handlers that answer with a page, for the files that route to them."""
    answering = reading.routers.dialect.answering
    return [
        View(symbol=item.qualname, line=item.line, page=True)
        for item in reading.module.functions
        if is_page(reading.answered.get(item.index, set()))
        and ANONYMOUS not in item.qualname
        and any(parameter.name in answering for parameter in item.parameters)
    ]
