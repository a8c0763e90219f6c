"""Flask, with the class-based resources of Flask-RESTful, Flask-RESTX and flask-smorest."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from msgspec.structs import replace

from reviewer.gather.frameworks.python._class_guards import guarding_views, guards_above, hooked
from reviewer.gather.frameworks.python._flask_routes import NAME, ROUTE_DECORATORS, FlaskFile, representations
from reviewer.gather.frameworks.python._lookup import Lookup
from reviewer.gather.frameworks.python._offered import children, field_of, offer
from reviewer.gather.frameworks.python._python import (
    SERVED_METHODS,
    applied,
    argument,
    decorations,
    handed,
    methods_of,
    owner_of,
    written,
)
from reviewer.gather.reader import Expansion, Framework, Kept
from reviewer.gather.syntax import Assignment, Call, Expr, Module, Text, dotted, plain, value_of
from reviewer.model.facts.routing import Mount, Route, Router, View

if TYPE_CHECKING:
    from reviewer.gather.index import Index

QUART = "Quart"
QUART_MODULES = ("quart", "quart_schema", "quart_auth")
APPLICATIONS = frozenset({"Flask", "APIFlask", "OpenAPI", "Quart"})
BLUEPRINTS = frozenset({"Blueprint", "APIBlueprint"})
MODULES = ("flask", "flask_restful", "flask_restx", "flask_restplus", "flask_smorest", "apiflask", "flask_openapi3")
API_MODULES = ("flask_restful", "flask_restx", "flask_restplus", "flask_smorest", "flask.ext.restful")
OTHERS = (
    "fastapi", "starlette", "sanic", "bottle", "aiohttp", "falcon", "litestar", "chalice", "django", "ninja", "tornado",
    "pyramid", "cherrypy", "blacksheep",
)  # fmt: skip
"""Libraries whose decorators look like Flask's: a file that imports one and not Flask is left to them."""
DOCUMENTED = frozenset({"version", "title"})
"""What an API of a project that wraps the library's own is made with."""
OWN_CALLS = frozenset({
    "register_blueprint", "add_namespace", "init_app", "add_resource", "add_url_rule", "run",
})  # fmt: skip
MOUNTING = frozenset({"register_blueprint", "add_namespace"})
ADDING = frozenset({"add_resource", "add_url_rule"})
GUARDS = "method_decorators"
"""What resources name their guards by, in files that know but their own base classes."""
SHORT_NAMES = ("bp", "blueprint", "blp")


def read(module: Module, kept: Kept) -> None:
    """Routers, routes and mounts of one file."""
    flask = module.imported(*MODULES) or (not module.imported(*OTHERS, *QUART_MODULES) and _makes(module))
    if flask or not module.imported(*OTHERS, *QUART_MODULES):
        _read(module, kept, NAME, flask)


def _makes(module: Module) -> bool:
    """Whether a file makes a blueprint or an application of classes that the project passes on or derives."""
    return any(_is_made(item.value) for item in module.assignments)


def _is_made(value: Expr | None) -> bool:
    named = isinstance(value, Call) and (value.last in BLUEPRINTS or value.last.endswith("Flask"))
    return named and isinstance(value, Call) and any(dotted(arg) == "__name__" for arg in value.args)


def read_quart(module: Module, kept: Kept) -> None:
    """The same of Quart, which is Flask with ``async``."""
    if module.imported(*QUART_MODULES) and not module.imported("flask"):
        _read(module, kept, QUART, True)


def _read(module: Module, kept: Kept, framework: str, flask: bool) -> None:
    file = FlaskFile(Lookup(module), framework)
    if flask:
        for assignment in module.assignments:
            _router(file, assignment)
        file.before = _before_request(file.lookup)
    for decorator, target in decorations(module):
        head, last = owner_of(decorator.name)
        if head and last in ROUTE_DECORATORS and (flask or _looks_like_flask(file, decorator, head, last)):
            file.decorated(decorator, target)
    for decorator, view, guards in applied(module) if flask else ():
        if owner_of(decorator.name)[0] and decorator.last in ROUTE_DECORATORS:
            file.applied(decorator, view, guards)
    for call in module.calls:
        if flask or file.routes or call.last in MOUNTING or _adds(file, call):
            _called(file, call)
    kept.routers += file.routers
    kept.mounts += file.mounts
    kept.routes += representations(file, of_api=any(_makes_api(item.value) for item in module.assignments))
    kept.views += _pages(file) if flask else []
    kept.views += guarding_views(file.lookup) if flask or GUARDS in module.text else []
    offer(file.lookup, framework, kept)


def _makes_api(value: Expr | None) -> bool:
    """Whether a value is an API of one of Flask's extensions: what its file answers is for programs."""
    return isinstance(value, Call) and value.last in ("Api", "APIFlask", "OpenAPI")


def _pages(file: FlaskFile) -> list[View]:
    """Functions and methods that render and that no route of this file names: other files may route to them."""
    routed = {route.handler for route in file.routes}
    return [
        View(symbol=item.qualname, line=item.line, page=True)
        for item in file.lookup.module.functions
        if item.parent == -1 and routed.isdisjoint((item.qualname, item.qualname.rpartition(".")[0]))
        if file.lookup.renders(item)
    ]


def _adds(file: FlaskFile, call: Call) -> bool:
    """Whether a file that imports no Flask adds to the API or the application of another, or that it is given."""
    head, last = owner_of(call.name)
    rooted = any((plain(arg) or "").startswith("/") for arg in call.args)
    return (
        last in ADDING and rooted and (file.lookup.given_to(head, call.function) is not None or _comes_in(file, head))
    )


def _comes_in(file: FlaskFile, head: str) -> bool:
    """Whether a name may be one of another file: imported, or behind ``import *``."""
    return not {head.partition(".")[0], "*"}.isdisjoint(file.lookup.imported_names)


def _looks_like_flask(file: FlaskFile, decorator: Call, head: str, last: str) -> bool:
    """A decorator in a file that imports the application or blueprint alone, or is given it, not Flask."""
    rooted = bool(decorator.args) and (plain(decorator.args[0]) or "").startswith("/")
    if last == "route" and rooted and file.lookup.given_to(head, decorator.function):
        return True
    if not _comes_in(file, head) or (head.partition(".")[0] not in file.lookup.imported_names and not rooted):
        return False
    return last == "route" or head.rpartition(".")[2].lower().endswith(SHORT_NAMES)


def _router(file: FlaskFile, item: Assignment) -> None:
    call = item.value
    if not isinstance(call, Call):
        return
    origin = file.lookup.origin(call.name)
    known = origin.startswith((*MODULES, *QUART_MODULES)) or origin == call.last or _is_made(call)
    if (call.last in APPLICATIONS or call.last.endswith("Flask")) and known:
        file.routers.append(
            Router(symbol=field_of(file.lookup, item), framework=file.framework, line=item.line, root=True)
        )
    elif call.last in BLUEPRINTS and known:
        _declare(file, item, call.keywords.get("url_prefix"))
    elif call.last == "Api" and (origin.startswith(API_MODULES) or call.keywords.keys() >= DOCUMENTED):
        _declare(file, item, call.keywords.get("prefix"))
        parent = dotted(argument(call, 0, "app", "blueprint"))
        if parent:
            _mount(file, parent, field_of(file.lookup, item), None, item.line)
    elif call.last == "Namespace" and (origin.startswith(API_MODULES) or _routes_on(file, item.target)):
        _declare(file, item, _namespace_path(call))
    elif call.last == "namespace" and "." in call.name:
        _declare(file, item, _namespace_path(call))
        _mount(file, owner_of(call.name)[0], field_of(file.lookup, item), None, item.line)


def _routes_on(file: FlaskFile, target: str) -> bool:
    """Whether classes of this file are routed on a namespace, of a project that wraps the library's own."""
    return any(
        dotted(getattr(decorator, "callee", decorator)) == f"{target}.route"
        for owner in file.lookup.module.classes
        for decorator in owner.decorators
    )


def _namespace_path(call: Call) -> Expr:
    name = plain(argument(call, 0, "name")) or ""
    return call.keywords.get("path") or Text(parts=(f"/{name}",), line=call.line, end_line=call.line)


def _declare(file: FlaskFile, item: Assignment, prefix: Expr | None) -> None:
    value = () if written(prefix) == "None" else value_of(prefix)
    file.routers.append(
        Router(symbol=field_of(file.lookup, item), framework=file.framework, line=item.line, prefix=value)
    )


def _mount(file: FlaskFile, parent: str, child: str, prefix: Expr | None, line: int) -> None:
    value = () if written(prefix) == "None" else value_of(prefix)
    file.mounts.append(Mount(parent=parent, child=child, framework=file.framework, line=line, prefix=value))


def _before_request(lookup: Lookup) -> dict[str, tuple[str, ...]]:
    """Guards by the router that they stand before, from ``@bp.before_request`` and ``bp.before_request(guard)``."""
    found = hooked(lookup, ("before_request",))
    for call in lookup.module.calls:
        if call.last == "before_request" and call.args and (name := written(call.args[0])):
            found.setdefault(owner_of(call.name)[0], (name,))
    return found


def _given_router(file: FlaskFile, head: str, given: str) -> bool:
    """Whether ``api.init_app(blueprint)`` puts an API, of this file or another, on an application or blueprint."""
    blueprints = {item.target for item in file.lookup.module.assignments if _makes_blueprint(item)}
    return any(item.symbol == head for item in file.routers) or given in blueprints


def _makes_blueprint(item: Assignment) -> bool:
    return isinstance(item.value, Call) and item.value.last in BLUEPRINTS


def _called(file: FlaskFile, call: Call) -> None:
    head, last = owner_of(call.name)
    known = {router.symbol for router in file.routers}
    for name in handed(file.lookup, call, known) if last not in OWN_CALLS else ():
        _mount(file, name, call.name, None, call.line)
    if not head:
        return
    first = argument(call, 0, "blueprint", "ns", "app")
    if last in MOUNTING:
        prefix = call.keywords.get("url_prefix") if last == "register_blueprint" else argument(call, 1, "path")
        parent = file.router_of(head, call.function, call.line)
        for child in children(file.lookup, first, call.function):
            _mount(file, parent, child, prefix, call.line)
    elif last == "init_app" and _given_router(file, head, dotted(first)):
        _mount(file, dotted(first), head, None, call.line)
    elif last in ADDING:
        _added(file, call, head, last)


def _added(file: FlaskFile, call: Call, head: str, last: str) -> None:
    """Resources and rules that a call adds, one by one or from the table of another file."""
    tables = file.lookup.tables_of(call)
    for table in tables:
        _mount(file, file.router_of(head, call.function, call.line), table, None, call.line)
    if tables:
        return
    if last == "add_url_rule":
        file.url_rule(call, head)
    elif (resource := argument(call, 0, "resource")) is not None:
        methods = methods_of(file.lookup, call.keywords.get("methods"), call.function)
        for path in call.args[1:]:
            file.class_route(head, dotted(resource), path, call)
            file.routes[-1] = replace(file.routes[-1], methods=methods or ())


def expand(index: Index, path: str, route: Route) -> Iterable[Expansion]:
    """The methods that a view class or resource defines, inherited ones included; a plain ``View`` answers GET."""
    known = list(index.mro(path, route.handler))
    defined = {name for _, item in known for name in item.methods}
    found = [
        Expansion(method=method, symbol=method.lower(), guards=guards_above(index, known, method.lower()))
        for method in SERVED_METHODS
        if method.lower() in defined
    ]
    if not found and ("dispatch_request" in defined or (not known and index.function(path, route.handler))):
        return [Expansion(method="GET", symbol="dispatch_request" if known else "")]
    return found


FLASK = Framework(
    name=NAME,
    languages=("Python",),
    read=read,
    packages=("flask", "flask-restful", "flask-restx", "flask-smorest", "apiflask"),
    expand=expand,
    mount_overrides=True,
)
QUART_FRAMEWORK = Framework(
    name=QUART, languages=("Python",), read=read_quart, packages=("quart",), expand=expand, mount_overrides=True
)
