"""Vert.x Web: routes of routers, with handlers chained to them, and routers below one another."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reviewer.gather.expressions import root
from reviewer.gather.frameworks.jvm._annotations import path_of
from reviewer.gather.frameworks.jvm._javalin_args import filter_name
from reviewer.gather.frameworks.jvm._spring_functional import type_of
from reviewer.gather.look import look_at, words
from reviewer.gather.reader import Framework, Kept
from reviewer.gather.syntax import Attribute, Call, Expr, Lambda, Module, Name, Text, dotted
from reviewer.model.facts.routing import AccessRule, Mount, Route, Router
from reviewer.model.facts.values import Value

VERTX = "Vert.x"
PREFIX = "io.vertx"
VERBS = {verb: verb.upper() for verb in ("get", "post", "put", "patch", "delete", "head", "options")}
METHOD = re.compile(r"(?:\w+\.)*HttpMethod\.(GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS)\Z")
MADE = words("Router.router RouterImpl")
HANDLING = words("handler blockingHandler coroutineHandler coHandler respond suspendHandler")
"""What gives a route its handlers, Kotlin's own words among them."""
MOUNTING = words("mountSubRouter mountRouter")
BELOW = "subRouter"
BLOCKS = words("apply run with")
PAGES = words("render")
STATIC = re.compile(
    r"\w*(?:StaticHandler|FaviconHandler|SockJSHandler|GraphiQLHandler|BodyHandler|CorsHandler|LoggerHandler)\b"
)
"""Handlers of the library that answer nothing of the project's."""
GUARD = re.compile(r"auth|jwt|token|guard|secur|permission|role", re.IGNORECASE)
ROUTER = re.compile(r"\w*router", re.IGNORECASE)
CHAIN = 40


def read(module: Module, kept: Kept) -> None:
    """Keeps the routes that a file adds to routers of Vert.x."""
    if not module.imported(PREFIX):
        return
    reading = _Reading(module)
    mounts, routes = list(reading.mounts()), list(reading.routes())
    kept.rules.extend(reading.rules())
    kept.mounts.extend(mounts)
    kept.routes.extend(routes)
    lines = {item.parent: item.line for item in reversed(mounts)} | {
        item.router: item.line for item in reversed(routes)
    }
    kept.routers.extend(Router(symbol=name, framework=VERTX, line=line) for name, line in lines.items())


class _Reading:
    """One module: what is chained to each call of a router, and which routers lie below others."""

    def __init__(self, module: Module) -> None:
        self.module = module
        self.look = look_at(module)
        self.blocks = {
            arg.function
            for call in module.calls
            if call.last in BLOCKS and _of_router(call)
            for arg in call.args
            if isinstance(arg, Lambda)
        }
        self.chained: dict[int, list[Call]] = {}
        for call in module.calls:
            base = self._base(call)
            if base is not None and base is not call:
                self.chained.setdefault(id(base), []).append(call)
        self.below = {name for _, name, _ in self._handed_on()}
        self.next = {call.function for call in module.calls if call.last == "next"}
        self.pages = {call.function for call in module.calls if call.last in PAGES}

    def _base(self, call: Call) -> Call | None:
        """The call of a router that a chain begins with: ``router.get("/x")`` of ``router.get("/x").handler(f)``."""
        current: Expr = call
        for _ in range(CHAIN):
            if isinstance(current, Call):
                if self._is_routers(current):
                    return current
                current = current.callee
            elif isinstance(current, Attribute):
                current = current.value
            else:
                break
        return None

    def _is_routers(self, call: Call) -> bool:
        if call.last not in VERBS and call.last != "route":
            return False
        receiver = call.name.rpartition(".")[0].removeprefix("this.")
        if receiver:
            return self._is_router(receiver, call.function)
        return isinstance(call.callee, Name) and self._in_block(call.function)

    def _is_router(self, name: str, function: int) -> bool:
        if type_of(self.module, function, name) in ("Router", "Router?"):
            return True
        made = (item.value for item in self.look.assigned(name, function) or self.look.assigned(name, -1))
        if any(isinstance(value, Call) and value.name in MADE for value in made):
            return True
        return ROUTER.fullmatch(name) is not None

    def _in_block(self, function: int) -> bool:
        """Whether a call stands in ``Router.router(vertx).apply { }``."""
        return any(item.index in self.blocks for item in self.look.around(function))

    def _owner(self, call: Call) -> str:
        return self.module.classes[call.owner].name.partition(".")[0] if call.owner != -1 else "router"

    def _symbol(self, call: Call) -> str:
        """The router of a call, by the class around it; one that the class itself mounts, by its variable or method."""
        owner, name = self._owner(call), call.name.rpartition(".")[0].removeprefix("this.")
        return self._named(owner, name, call.function)

    def _named(self, owner: str, name: str, function: int) -> str:
        around = [item.name for item in self.look.around(function)]
        names = [f"{owner}.{item}" for item in (name, *around)]
        return next((item for item in names if item in self.below), owner)

    def _handed_on(self) -> Iterator[tuple[Call, str, Expr | None]]:
        """``parent.mountSubRouter("/api", child)`` and ``parent.route("/api/*").subRouter(child)``."""
        for call in self.module.calls:
            if call.last in MOUNTING and len(call.args) == 2:
                yield call, self._child(call, call.args[1]), call.args[0]
            elif call.last == BELOW and len(call.args) == 1:
                base = self._base(call)
                if base is not None:
                    yield base, self._child(call, call.args[0]), base.args[0] if base.args else None

    def _child(self, call: Call, expr: Expr) -> str:
        """The name of the router that is handed over."""
        owner = self._owner(call)
        if isinstance(expr, Name):
            name = expr.dotted.removeprefix("this.")
            for item in (*self.look.assigned(name, call.function), *self.look.assigned(name, -1)):
                if isinstance(item.value, Call) and item.value.name not in MADE:
                    return self._child(call, item.value)
            return f"{owner}.{name}"
        if not isinstance(expr, Call):
            return ""
        made = root(expr)
        if isinstance(made, Call) and made.new:
            return made.name
        head, _, method = expr.name.removeprefix("this.").rpartition(".")
        return type_of(self.module, call.function, head) if head else f"{owner}.{method}"

    def mounts(self) -> Iterator[Mount]:
        """The routers below others."""
        for call, child, path in self._handed_on():
            parent = self._symbol(call)
            if child and child != parent:
                yield Mount(
                    parent=parent, child=child, framework=VERTX, line=call.line, prefix=_open(self._path(call, path))
                )

    def routes(self) -> Iterator[Route]:
        """Every route that answers by a handler of the project's."""
        for call in self.module.calls:
            if not self._is_routers(call):
                continue
            chained = self.chained.get(id(call), [])
            handlers = [arg for item in chained if item.last in HANDLING for arg in item.args[-1:]]
            method, path = self._target(call, chained)
            if not method or not handlers or any(item.last == BELOW for item in chained):
                continue
            own = [item for item in handlers if not self._passes_on(call, item, method)]
            if own:
                yield self._route(call, method, path, own[-1], handlers)

    def _target(self, call: Call, chained: list[Call]) -> tuple[str, Expr | None]:
        """The method and path of a route, ``""`` where it stands before others."""
        if call.last in VERBS:
            return (VERBS[call.last], call.args[0]) if call.args and _is_path(call.args[0]) else ("", None)
        named = [found[1] for arg in call.args if (found := METHOD.match(dotted(arg)))]
        path = next((arg for arg in call.args if _is_path(arg) and not METHOD.match(dotted(arg))), None)
        for item in chained:
            if item.last == "method" and item.args and (found := METHOD.match(dotted(item.args[0]))):
                named.append(found[1])
            elif item.last == "path" and item.args:
                path = item.args[0]
        method = "".join(named[:1]) or "ANY"
        before = method == "ANY" and isinstance(path, Text) and str((path.parts or ("",))[-1]).endswith("*")
        return (method, path) if path is not None and not before else ("", None)

    def _passes_on(self, call: Call, handler: Expr, method: str) -> bool:
        """Whether a handler stands before others: one of the library, or for every method one that calls ``next``."""
        if isinstance(handler, Lambda):
            return method == "ANY" and handler.function in self.next
        made = root(handler) if isinstance(handler, Call) else self.look.value(handler, call.function)
        name = filter_name(made)
        return bool(STATIC.match(name)) or (GUARD.search(name[:80]) is not None and isinstance(made, Call))

    def _route(self, call: Call, method: str, path: Expr | None, handler: Expr, handlers: list[Expr]) -> Route:
        names = (filter_name(item) for item in handlers if item is not handler)
        return Route(
            router=self._symbol(call),
            framework=VERTX,
            methods=(method,),
            path=self._path(call, path),
            line=call.line,
            end_line=max([call.end_line, *(item.end_line for item in self.chained.get(id(call), ()))]),
            handler=self._handler(call, handler),
            page=isinstance(handler, Lambda) and handler.function in self.pages,
            guards=tuple(f"{name} (authorized)" for name in names if GUARD.search(name[:80])),
        )

    def _handler(self, call: Call, handler: Expr) -> str:
        if isinstance(handler, Call):
            return f"{handler.name}.handle" if handler.new else ""
        head, _, method = dotted(handler).removeprefix("this.").rpartition(".")
        if head:
            return f"{type_of(self.module, call.function, head)}.{method}"
        return f"{self._owner(call)}.{method}" if method and call.owner != -1 else method

    def _path(self, call: Call, path: Expr | None) -> Value:
        owner = self.module.classes[call.owner] if call.owner != -1 else None
        return path_of(self.module, owner, path)

    def rules(self) -> Iterator[AccessRule]:
        """``router.route("/api/*").handler(JWTAuthHandler.create(provider))``."""
        for call in self.module.calls:
            if call.last != "route" or not self._is_routers(call):
                continue
            for item in self.chained.get(id(call), ()):
                name = filter_name(item.args[0]) if item.last in HANDLING and item.args else ""
                if GUARD.search(name[:80]):
                    path = self._path(call, call.args[0] if call.args else None)
                    pattern = tuple(f"{part}*" if str(part).endswith("/*") else part for part in path)
                    yield AccessRule(VERTX, pattern or ("/**",), call.line, f"{name} (authorized)")


def _of_router(call: Call) -> bool:
    """``Router.router(vertx).apply { }``, ``router.apply { }``, ``with(router) { }``."""
    first = call.args[0] if call.last == "with" and call.args else root(call)
    name = first.name if isinstance(first, Call) else dotted(first)
    return name.removesuffix(f".{call.last}") in MADE or bool(ROUTER.fullmatch(name.removesuffix(f".{call.last}")))


def _is_path(expr: Expr) -> bool:
    return isinstance(expr, (Text, Name))


def _open(path: Value) -> Value:
    """``/api`` of ``/api/*``."""
    return tuple(part.removesuffix("*").rstrip("/") if isinstance(part, str) else part for part in path)


VERTX_FRAMEWORK = Framework(
    name=VERTX, languages=("Java", "Kotlin"), read=read, packages=("io.vertx:vertx-web",), one_root=True
)
