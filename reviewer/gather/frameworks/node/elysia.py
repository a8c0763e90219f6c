"""Elysia: chained routes, groups and guards whose function is given the application, applications used by others."""

from __future__ import annotations

from reviewer.gather.frameworks.node._dialects import METHODS, Dialect
from reviewer.gather.frameworks.node._express_reading import Reading, Receiver, line_of, reading_of
from reviewer.gather.frameworks.node._express_routes import declare
from reviewer.gather.frameworks.node._express_use import child_of
from reviewer.gather.frameworks.node._express_values import paths_of
from reviewer.gather.reader import Framework, Kept
from reviewer.gather.syntax import Call, Items, Lambda, Mapping, Module, Text, value_of
from reviewer.model.facts.routing import Mount
from reviewer.model.facts.values import Value

PACKAGE = "elysia"
ELYSIA = Dialect(
    name="Elysia",
    applications=frozenset({"elysia", "elysia.Elysia"}),
    types=frozenset({"Elysia"}),
    usual=frozenset({"app", "api", "elysia"}),
    chained=frozenset({
        "use", "group", "guard", "derive", "resolve", "decorate", "state", "model", "on", "onError", "onBeforeHandle",
        "onAfterHandle", "onRequest", "listen", "macro", "as", "prefix", "ws", "mapResponse", "trace", "onParse",
    }),
    prefixes=("prefix",),
    gives=frozenset({"group", "guard"}),
)  # fmt: skip
GUARDING = ("beforeHandle", "resolve", "derive")


def read(module: Module, kept: Kept) -> None:
    """Keeps the applications, routes and mounts of a file."""
    if not module.imported(PACKAGE):
        return
    reading = reading_of(module, ELYSIA)
    for call in module.calls:
        receiver = reading.receiver(call) if call.last in METHODS or call.last in ("use", "group", "guard") else None
        if receiver is not None and call.last in METHODS:
            _read_route(reading, call, receiver)
        elif receiver is not None:
            _read_below(reading, call, receiver.symbol)
    if reading.routes or reading.mounts or reading.routers.found:
        kept.routers.extend(reading.routers.found.values())
        kept.routes.extend(sorted(reading.routes, key=lambda item: item.line))
        kept.mounts.extend((*reading.routers.mounts, *reading.mounts))


def _read_route(reading: Reading, call: Call, receiver: Receiver) -> None:
    """``app.get(path, handler, { beforeHandle })``."""
    paths = paths_of(call.args[0]) if len(call.args) > 1 and isinstance(call.args[0], Text) else None
    for path in paths or ():
        declare(reading, call, receiver.symbol, path, [call.args[1]], tuple(_guards(call)))


def _guards(call: Call) -> list[str]:
    """The options that keep strangers out: ``{ isSignedIn: true }`` and hooks by name."""
    options = call.args[-1] if call.args and isinstance(call.args[-1], Mapping) else None
    found: list[str] = []
    for key, value in options.pairs if options is not None else ():
        name = getattr(key, "dotted", "") or "".join(getattr(key, "parts", ()))
        given = value.values if isinstance(value, Items) else (value,)
        if name in GUARDING:
            found.extend(text for item in given if (text := getattr(item, "dotted", "")))
        elif name not in ("body", "query", "params", "headers", "response", "detail", "cookie", "tags", "type"):
            found.append(name)
    return found


def _read_below(reading: Reading, call: Call, parent: str) -> None:
    function = next((arg for arg in call.args if isinstance(arg, Lambda)), None)
    if call.last == "use" and call.args:
        child = child_of(reading, call.args[0], call)
        _mount(reading, call, parent, child, ())
    elif call.last in ("group", "guard") and function is not None:
        prefix = value_of(call.args[0]) if isinstance(call.args[0], Text) else ()
        _mount(reading, call, parent, reading.routers.function_symbol(function.function), prefix)


def _mount(reading: Reading, call: Call, parent: str, child: str, prefix: Value) -> None:
    if child and child != parent:
        reading.routers.use(parent, line_of(call))
        guards = tuple(_guards(call))
        reading.mounts.append(
            Mount(parent=parent, child=child, framework=ELYSIA.name, line=line_of(call), prefix=prefix, guards=guards)
        )


FRAMEWORK = Framework(name=ELYSIA.name, languages=("JavaScript", "TypeScript"), read=read, packages=(PACKAGE,))
