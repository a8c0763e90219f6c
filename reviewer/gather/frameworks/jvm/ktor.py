"""Ktor: routes nested in lambdas, extension functions of ``Route`` as routers, typed resources and locations."""

from __future__ import annotations

from reviewer.gather.access import program_of
from reviewer.gather.expressions import last
from reviewer.gather.frameworks.jvm._javalin_args import leads_to_pages
from reviewer.gather.frameworks.jvm._ktor_resources import Resources, read_resources
from reviewer.gather.frameworks.jvm._ktor_scope import OWN_VERB, Scope, Scopes, path_value
from reviewer.gather.frameworks.jvm._lambdas import Lambdas
from reviewer.gather.frameworks.jvm._nested_paths import below
from reviewer.gather.index import Index
from reviewer.gather.look import look_at, words
from reviewer.gather.reader import Framework, Kept
from reviewer.gather.route_paths import joined
from reviewer.gather.syntax import Call, Lambda, Module, Name, Text, dotted
from reviewer.model.facts.routing import Mount, Route, Router
from reviewer.model.facts.values import Value

KTOR = "Ktor"
PREFIX = "io.ktor"
SETTINGS = "settings"
"""What the settings of a program call its root path."""
VERBS = {
    "get": "GET",
    "post": "POST",
    "put": "PUT",
    "patch": "PATCH",
    "delete": "DELETE",
    "head": "HEAD",
    "options": "OPTIONS",
}
GENERATED = words("swaggerUI openAPI openApi openApiSpec redoc")
"""Functions that serve what a library makes."""
PAGES = words(
    "respondTemplate respondHtml respondHtmlTemplate FreeMarkerContent ThymeleafContent VelocityContent MustacheContent"
    " JteContent PebbleContent"
)
"""Functions that answer with HTML."""
NO_MOUNT = words(
    "route routing install authenticate println print with run apply also let repeat forEach listOf require check error"
    " webSocket webSocketRaw sse static staticResources staticFiles staticZip staticFileSystem singlePageApplication"
    " resources files file default defaultResource staticBasePackage handle method accept contentType header param host"
    " port rateLimit intercept plugin inject get by lazy metricsEndPoint environment log trace use createRouteFromPath"
)
"""Plain calls in a routing block that mount no router."""


def read(module: Module, kept: Kept) -> None:
    """Keeps what a file declares of a Ktor application."""
    if not module.imported(PREFIX):
        return
    read_resources(module, kept)
    reading = _Reading(module, kept)
    if not reading.scopes.any:
        return
    for call in module.calls:
        reading.call(call)


class _Reading:
    """One pass over a module."""

    def __init__(self, module: Module, kept: Kept) -> None:
        self.module, self.kept = module, kept
        self.lambdas = Lambdas(module)
        self.scopes = Scopes(module, self.lambdas)
        self.resources = Resources(module)
        self.routers: set[str] = set()
        look = look_at(module)
        pages = [call.function for call in module.calls if call.last in PAGES]
        pages.extend(call.function for call in leads_to_pages(module))
        self.pages = {item.index for function in pages for item in look.around(function)}

    def call(self, call: Call) -> None:
        """A route, a mount, or something else."""
        receiver, _, name = call.name.rpartition(".")
        if name in VERBS or name in ("route", "handle"):
            scope = self.scopes.at(call, receiver)
            if scope is not None and not scope.handling:
                self._route(call, name, scope)
        elif name in GENERATED:
            scope = self.scopes.at(call, receiver)
            if scope is not None:
                path = call.keywords.get("path") or (call.args[0] if call.args else None)
                self._keep(call, scope, ("GET",), below(scope.prefix, path_value(path)), implicit=True)
        elif name not in NO_MOUNT and name[:1].islower() and not call.name.startswith("."):
            scope = self.scopes.at(call, "")
            if scope is not None and not scope.handling:
                self._own(call, receiver, name, scope)

    def _route(self, call: Call, name: str, scope: Scope) -> None:
        lambdas = [arg for arg in call.args if isinstance(arg, Lambda)]
        if name == "route":
            if not lambdas:
                return
            self._declare(scope, call)
            return
        if name == "handle":
            outside = (outer.args[0] for outer in self.lambdas.around(call.function) if outer.args)
            if any(self.scopes.is_wrapper(call, path) for path in outside):
                return
            self._keep(call, scope, scope.methods or ("ANY",), scope.prefix)
            return
        typed = call.keywords.get("<>")
        texts = [arg for arg in call.args if isinstance(arg, (Text, Name))]
        if not lambdas and not _is_given_handler(call):
            self._mount(call, "", name, scope)
            return
        if not texts and typed is not None and (path := self.resources.path_of(typed)) is not None:
            self._keep(call, scope, (VERBS[name],), below(scope.prefix, path))
        else:
            given = call.args[0] if call.args and call.args[0] in texts else call.keywords.get("path")
            if self.scopes.is_wrapper(call, given):
                return
            own = path_value(given)
            self._keep(call, scope, (VERBS[name],), below(scope.prefix, own))

    def _own(self, call: Call, receiver: str, name: str, scope: Scope) -> None:
        """A function of the project's own: a verb by another name (``handleGet("{id}") { }``), or a router."""
        found = OWN_VERB.match(name)
        if found and not receiver and call.args and isinstance(call.args[-1], Lambda):
            first = call.args[0] if isinstance(call.args[0], (Text, Name)) else call.keywords.get("path")
            method = (found[1] or found[2]).upper()
            self._keep(call, scope, (method,), below(scope.prefix, path_value(first)))
        else:
            self._mount(call, receiver, name, scope)

    def _keep(self, call: Call, scope: Scope, methods: tuple[str, ...], path: Value, implicit: bool = False) -> None:
        self._declare(scope, call)
        self.kept.routes.append(
            Route(
                router=scope.symbol,
                framework=KTOR,
                methods=methods,
                path=path,
                line=call.line,
                end_line=call.end_line,
                handler=_handler(call),
                page=any(isinstance(arg, Lambda) and arg.function in self.pages for arg in call.args),
                guards=scope.guards,
                implicit=implicit,
            )
        )

    def _mount(self, call: Call, receiver: str, name: str, scope: Scope) -> None:
        self._declare(scope, call)
        child = f"{self.scopes.class_of(receiver, call.function)}.{name}" if receiver else scope.own(name)
        if child == scope.symbol:
            return
        self.kept.mounts.append(
            Mount(
                parent=scope.symbol,
                child=child,
                framework=KTOR,
                line=call.line,
                prefix=scope.prefix,
                guards=scope.guards,
            )
        )

    def _declare(self, scope: Scope, call: Call) -> None:
        if scope.symbol not in self.routers:
            self.routers.add(scope.symbol)
            self.kept.routers.append(
                Router(symbol=scope.symbol, framework=KTOR, line=scope.line or call.line, root=scope.root)
            )


def _is_given_handler(call: Call) -> bool:
    """``get("/", ::home)``, not a router that is called like a verb (``delete(repo)``)."""
    first = call.args[0] if call.args else None
    return len(call.args) > 1 and (isinstance(first, Text) or last(dotted(first)).isupper())


def _handler(call: Call) -> str:
    """The function that a route is given by name (``get("/", ::home)``), ``""`` for a lambda."""
    given = call.args[-1] if len(call.args) > 1 else None
    return dotted(given) if isinstance(given, Name) and last(given.dotted)[:1].islower() else ""


def settle(index: Index, path: str, router: Router, own: str) -> tuple[str, tuple[str, ...]]:
    """The routes of an application lie below the root path that its settings say (``ktor.deployment.rootPath``)."""
    if not router.root or router.symbol == SETTINGS:
        return own, ()
    for where, facts in sorted(index.files.items()):
        for item in facts.routing.routers if facts.routing else ():
            if item.framework == KTOR and item.symbol == SETTINGS and program_of(where) == program_of(path):
                return joined(index.text(where, item.prefix), own), ()
    return own, ()


FRAMEWORK = Framework(
    name=KTOR,
    languages=("Kotlin",),
    read=read,
    packages=(
        "io.ktor:ktor-server-core",
        "io.ktor:ktor-server-core-jvm",
        "io.ktor:ktor-server-netty",
        "io.ktor:ktor-server-netty-jvm",
        "io.ktor:ktor-server-cio",
    ),
    settle=settle,
)
