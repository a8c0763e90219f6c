"""Javalin and Spark: routes as calls with a path and a handler, below what nests them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reviewer.gather.expressions import chain, root
from reviewer.gather.frameworks.jvm._annotations import path_of
from reviewer.gather.frameworks.jvm._javalin_args import filter_name, is_handler, is_path, leads_to_pages, roles
from reviewer.gather.frameworks.jvm._nested_paths import below
from reviewer.gather.frameworks.jvm._spring_functional import type_of
from reviewer.gather.reader import Framework, Kept
from reviewer.gather.syntax import Call, Expr, Lambda, Module, Name, Text, dotted
from reviewer.model.facts.routing import AccessRule, Mount, Route, Router, View
from reviewer.model.facts.values import Value

JAVALIN, SPARK = "Javalin", "Spark"
MODULES = {"io.javalin": JAVALIN, "spark": SPARK}
VERBS = {
    "get": "GET",
    "post": "POST",
    "put": "PUT",
    "patch": "PATCH",
    "delete": "DELETE",
    "head": "HEAD",
    "options": "OPTIONS",
    "sse": "GET",
}
CRUD = (("GET", "", "getAll"), ("POST", "", "create"), ("GET", "item", "getOne"), ("PATCH", "item", "update"),
        ("DELETE", "item", "delete"))  # fmt: skip
"""What ``crud("/users/{id}", handler)`` serves: the collection and its items."""
ADDING = ("addHandler", "addHttpHandler", "addEndpoint")
GROUPS = frozenset({"path"})
FILTERS = frozenset({"before", "beforeMatched"})
GUARD = re.compile(r"auth|jwt|token|login|guard|protect|secur|session|role", re.IGNORECASE)
CONTEXT = "contextPath"
CREATING = ("Javalin.create", "Javalin.start")
ROOT = "javalin"
PAGES = re.compile(r"(?:render|html)(?:[A-Z]\w{0,30})?")
"""Functions that answer with a page: ``ctx.render``, ``htmlOut``, ``renderTemplate``."""
VIEW = "ModelAndView"
STRANGERS = frozenset({"ctx", "context", "req", "request", "res", "response", "map", "params", "headers", "client"})
"""What has methods named as the verbs are, and is no application."""
CLIENTS = re.compile(r"http|client|unirest|rest", re.IGNORECASE)
CLIMB_LIMIT = 20


def read(module: Module, kept: Kept, wanted: str = JAVALIN) -> None:
    """Keeps the routes that a file adds to an application of Javalin."""
    package = next(name for name, framework in MODULES.items() if framework == wanted)
    if not module.imported(package):
        return
    reading = _Reading(module, wanted)
    routes, mounts = list(reading.routes()), list(reading.mounts())
    prefix, line = reading.context()
    created = next((call.line for call in module.calls if call.name in CREATING), line)
    lines = {item.parent: item.line for item in reversed(mounts)} | {
        item.router: item.line for item in reversed(routes)
    }
    kept.routers.extend(Router(symbol=name, framework=wanted, line=at) for name, at in lines.items())
    if created:
        kept.routers.append(Router(symbol=ROOT, framework=wanted, line=created, root=True, prefix=prefix))
    kept.routes.extend(routes)
    kept.mounts.extend(mounts)
    kept.rules.extend(reading.rules())
    kept.views.extend(View(symbol="", line=line, page=True) for line in sorted(reading.pages))


def read_spark(module: Module, kept: Kept) -> None:
    """Keeps the routes that a file adds to Spark."""
    read(module, kept, SPARK)


class _Reading:
    """One module: which function is given to which group, and what the groups are called."""

    def __init__(self, module: Module, framework: str) -> None:
        self.module, self.framework = module, framework
        self.groups: dict[int, Call] = {}
        self.before: dict[int, list[Call]] = {}
        pages = [call for call in module.calls if PAGES.fullmatch(call.last) or call.last == VIEW]
        pages.extend(leads_to_pages(module))
        self.rendering = {call.function for call in pages}
        self.pages = {call.line for call in pages}
        """Where methods to which routes of other files lead answer with a page."""
        for call in module.calls:
            if call.last in FILTERS:
                self.before.setdefault(call.function, []).append(call)
            if call.last in GROUPS and len(call.args) > 1 and isinstance(call.args[-1], Lambda):
                self.groups[call.args[-1].function] = call

    def context(self) -> tuple[Value, int]:
        """``config.router.contextPath = "/api"``, and its line; 0 where there is none."""
        for item in self.module.assignments:
            if item.target.rpartition(".")[2] == CONTEXT and "." in item.target and item.value is not None:
                return path_of(self.module, None, item.value), item.line
        return (), 0

    def mounts(self) -> Iterator[Mount]:
        """``path("/users", userRoutes.getRoutes())``: routes that another class adds."""
        for call in self.module.calls:
            if call.last in GROUPS and len(call.args) == 2 and not isinstance(call.args[1], Lambda):
                child = self._class_of(call, call.args[1])
                owner = self.module.classes[call.owner] if call.owner != -1 else None
                prefix = below(self._prefix(call), path_of(self.module, owner, call.args[0]))
                if child and child != self._symbol(call):
                    yield Mount(
                        parent=self._symbol(call), child=child, framework=self.framework, line=call.line, prefix=prefix
                    )

    def rules(self) -> Iterator[AccessRule]:
        """``app.before("/api/*", this::authenticate)``."""
        for call in self.module.calls:
            if call.last not in FILTERS or not call.args or self._around(call.function):
                continue
            guard = filter_name(call.args[-1])
            first = call.args[0] if len(call.args) > 1 else None
            path = path_of(self.module, None, first) if isinstance(first, Text) else ()
            if GUARD.search(guard[:100]):
                pattern = tuple(f"{part}*" if part == path[-1] and str(part).endswith("/*") else part for part in path)
                yield AccessRule(self.framework, pattern or ("/**",), call.line, f"{guard} (authorized)")

    def _class_of(self, call: Call, expr: Expr) -> str:
        """The class that adds routes: of an object, new or known, a reference, or a call of one of its methods."""
        made = root(expr)
        if isinstance(made, Call) and made.new:
            return made.name
        name = dotted(expr.callee if isinstance(expr, Call) else expr).removeprefix("this.")
        head = name.rpartition(".")[0] or ("" if isinstance(expr, Call) else name)
        return type_of(self.module, call.function, head) if head else ""

    def _symbol(self, call: Call) -> str:
        """The name by which other files know the routes: that of the class which adds them."""
        return self.module.classes[call.owner].name.partition(".")[0] if call.owner != -1 else "app"

    def routes(self) -> Iterator[Route]:
        """Every route of the module."""
        for call in self.module.calls:
            if call.last in VERBS and self._adds(call):
                yield self._route(call, VERBS[call.last], call.args)
            elif call.last == "crud" and len(call.args) > 1 and isinstance(call.args[0], (Text, Name)):
                yield from self._crud(call)
            elif call.last in ADDING and len(call.args) > 2 and self._is_application(call):
                method = dotted(call.args[0]).rpartition(".")[2]
                if method.lower() in VERBS:
                    yield self._route(call, method, call.args[1:])

    def _adds(self, call: Call) -> bool:
        """Whether a call gives a handler a path: of an application, or in a group where neither is named."""
        if not call.args or not self._is_application(call):
            return False
        if is_path(call.args):
            return any(isinstance(arg, Lambda) or is_handler(arg) for arg in call.args[1:])
        return bool(self._around(call.function)) and (isinstance(call.args[0], Lambda) or is_handler(call.args[0]))

    def _is_application(self, call: Call) -> bool:
        """Whether what a method belongs to may be an application: nothing, a variable of its type, a chain."""
        head = root(call)
        names = chain(call)
        if isinstance(head, Call) and head.name in (*CREATING, "Service.ignite"):
            return True
        if len(names) < 2:
            return True
        receiver = names[0] if names[0] != "this" else names[1]
        if receiver in ("ApiBuilder", "Spark") or receiver.lower() in ("app", "javalin", "server", "http", "it", "api"):
            return True
        if receiver.lower() in STRANGERS or CLIENTS.search(receiver[:60]):
            return False
        return type_of(self.module, call.function, receiver) in ("Javalin", "Service", "JavalinDefaultRouting") or any(
            item.target == receiver and "Javalin" in (item.type or dotted(getattr(item.value, "callee", None)))
            for item in self.module.assignments
        )

    def _around(self, function: int) -> list[Call]:
        """The groups around a function, the outermost first."""
        found = []
        for _ in range(CLIMB_LIMIT):
            if function in self.groups:
                found.append(self.groups[function])
                function = self.groups[function].function
            elif 0 <= function < len(self.module.functions):
                function = self.module.functions[function].parent
            else:
                break
        return found[::-1]

    def _route(self, call: Call, method: str, args: tuple[Expr, ...]) -> Route:
        owner = self.module.classes[call.owner] if call.owner != -1 else None
        named = is_path(args)
        path = path_of(self.module, owner, args[0]) if named else ()
        handlers = args[1:] if named else args
        handler = next((arg for arg in handlers if isinstance(arg, Lambda) or is_handler(arg)), None)
        return Route(
            router=self._symbol(call),
            framework=self.framework,
            methods=(method,),
            path=below(self._prefix(call), path),
            line=call.line,
            end_line=call.end_line,
            handler=self._handler_name(call, handler),
            page=isinstance(handler, Lambda) and handler.function in self.rendering,
            guards=(*self._filters(call), *roles(handlers)),
        )

    def _prefix(self, call: Call) -> Value:
        owner = self.module.classes[call.owner] if call.owner != -1 else None
        prefix: Value = ()
        for group in self._around(call.function):
            prefix = below(prefix, path_of(self.module, owner, group.args[0]))
        return prefix

    def _filters(self, call: Call) -> Iterator[str]:
        """What stands before the routes of the groups around."""
        for group in self._around(call.function):
            last = group.args[-1]
            for item in self.before.get(last.function, ()) if isinstance(last, Lambda) else ():
                name = filter_name(item.args[-1]) if item.args else ""
                if GUARD.search(name[:100]):
                    yield f"{name} (authorized)"

    def _handler_name(self, call: Call, handler: Expr | None) -> str:
        """``UserController.list`` of ``UserController::list``, ``users::list`` and ``new ListUsers()``."""
        if isinstance(handler, Call):
            return f"{handler.name}.handle" if handler.new else ""
        if not isinstance(handler, Name):
            return ""
        head, _, method = handler.dotted.removeprefix("this.").rpartition(".")
        if not head:
            around = self.module.classes[call.owner].name if call.owner != -1 else ""
            return f"{around}.{method}" if handler.dotted.startswith("this.") else handler.dotted
        return f"{type_of(self.module, call.function, head)}.{method}"

    def _crud(self, call: Call) -> Iterator[Route]:
        """``crud("/users/{id}", new UserCrud())``."""
        owner = self.module.classes[call.owner] if call.owner != -1 else None
        path = path_of(self.module, owner, call.args[0])
        text = "".join(part for part in path if isinstance(part, str)).rstrip("/")
        collection = (text.rpartition("/")[0],)
        kind = (
            call.args[1].name
            if isinstance(call.args[1], Call)
            else type_of(self.module, call.function, dotted(call.args[1]))
        )
        for method, place, name in CRUD:
            yield Route(
                router=self._symbol(call),
                framework=self.framework,
                methods=(method,),
                path=below(self._prefix(call), path if place else collection),
                line=call.line,
                end_line=call.end_line,
                handler=f"{kind}.{name}",
            )


JAVALIN_FRAMEWORK = Framework(
    name=JAVALIN, languages=("Java", "Kotlin"), read=read, packages=("io.javalin:javalin",), one_root=True
)
SPARK_FRAMEWORK = Framework(
    name=SPARK, languages=("Java", "Kotlin"), read=read_spark, packages=("com.sparkjava:spark-core",), one_root=True
)
