"""Pyramid: routes by name in the configuration, views that say which route they answer; Cornice's services."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from reviewer.gather.frameworks.python._declaring import Declaring, Span
from reviewer.gather.frameworks.python._lookup import Lookup
from reviewer.gather.frameworks.python._python import VERBS, argument, decorations, methods_of, owner_of, written
from reviewer.gather.reader import Expansion, Framework, Kept
from reviewer.gather.syntax import Call, Class, Expr, Function, Module, Name, Text, dotted, plain, value_of
from reviewer.model.facts.routing import Route, View
from reviewer.model.facts.values import Place

if TYPE_CHECKING:
    from reviewer.gather.index import Index

NAME = "Pyramid"
MODULES = ("pyramid", "cornice", "pyramid_openapi3")
DATA_RENDERERS = frozenset({"json", "jsonp", "string", "simplejson", "api"})
ROUTE = "route:"
"""What stands before the name of a route in `View.stands_for`."""
CONFIGS = ("config", "self.config", "configurator")
DEFAULT_ROUTER = "config"


def read(module: Module, kept: Kept) -> None:
    """Routes, what is included below a prefix, views and services of one file."""
    adds = any(call.last == "add_route" and call.name.startswith(CONFIGS) for call in module.calls)
    if not adds and not module.imported(*MODULES):
        return
    file = Declaring(NAME, Lookup(module), kept)
    for call in module.calls:
        if call.name.startswith(CONFIGS):
            _configured(file, call)
    for decorator, target in decorations(module):
        if decorator.last == "view_config":
            _view(file, decorator, target)
    _services(file)


def _router(file: Declaring, call: Call) -> str:
    """The function that is given the configuration, by which it is included."""
    functions = file.lookup.module.functions
    name = functions[call.function].qualname if call.function != -1 else DEFAULT_ROUTER
    file.router(name, call.line)
    return name


def _configured(file: Declaring, call: Call) -> None:
    if call.last == "add_route" and len(call.args) + len(call.keywords) >= 2:
        name, path = plain(argument(call, 0, "name")), argument(call, 1, "pattern", "path")
        if path is not None and name is not None:
            declared = methods_of(file.lookup, call.keywords.get("request_method"), call.function)
            file.route(_router(file, call), declared or (), value_of(path), call, "", name=name)
    elif call.last == "include" and call.args:
        child = call.args[0]
        name = plain(child) if isinstance(child, Text) else dotted(child)
        prefix = value_of(call.keywords.get("route_prefix"))
        if name and (prefix or isinstance(child, Name) or name.startswith(".")):
            file.mount(_router(file, call), name, call.line, prefix)
    elif call.last == "add_view" and call.args:
        route = plain(call.keywords.get("route_name"))
        if route:
            methods = methods_of(file.lookup, call.keywords.get("request_method"), call.function) or ()
            page = _is_page(call.keywords.get("renderer"))
            view = View(
                symbol=dotted(call.args[0]), line=call.line, methods=methods, stands_for=ROUTE + route, page=page
            )
            file.kept.views.append(view)


def _is_page(renderer: Expr | None) -> bool:
    text = plain(renderer) or ""
    return bool(text) and text not in DATA_RENDERERS


def _view(file: Declaring, decorator: Call, target: Function | Class) -> None:
    """``@view_config(route_name="user", request_method="GET", renderer="json")`` on a function or method."""
    if isinstance(target, Class):
        attribute = plain(decorator.keywords.get("attr")) or "__call__"
        owner: Class | None = target
        symbol = f"{target.name}.{attribute}"
    else:
        owner = file.lookup.module.classes[target.owner] if target.owner != -1 else None
        symbol = target.qualname
    defaults = _defaults(owner)
    given = {**defaults, **decorator.keywords}
    route = plain(given.get("route_name"))
    if not route:
        return
    methods = methods_of(file.lookup, given.get("request_method"), decorator.function) or ()
    permission = written(given.get("permission")).strip('"')
    guards = (f"permission {permission}",) if permission and "NO_PERMISSION" not in permission else ()
    page = _is_page(given.get("renderer"))
    line = target.line
    file.kept.views.append(
        View(symbol=symbol, line=line, methods=methods, stands_for=ROUTE + route, page=page, guards=guards)
    )


def _defaults(owner: Class | None) -> dict[str, Expr]:
    for decorator in owner.decorators if owner else ():
        if isinstance(decorator, Call) and decorator.last == "view_defaults":
            return decorator.keywords
    return {}


def _services(file: Declaring) -> None:
    """Cornice: ``users = Service(name="users", path="/users")`` and ``@users.get()``; ``@resource(path=...)``."""
    services: set[str] = set()
    for item in file.lookup.module.assignments:
        call = item.value
        if isinstance(call, Call) and file.lookup.origin(call.name).startswith("cornice") and call.last == "Service":
            services.add(item.target)
            file.router(item.target, item.line, prefix=value_of(argument(call, 1, "path")))
    for function in file.lookup.module.functions:
        for decorator in function.decorators:
            head, last = owner_of(dotted(getattr(decorator, "callee", decorator)))
            if head in services and last in VERBS:
                at = Span(decorator.line, function.end_line)
                file.route(head, (VERBS[last],), (), at, function.qualname)
    for owner in file.lookup.module.classes:
        for decorator in owner.decorators:
            if isinstance(decorator, Call) and file.lookup.origin(decorator.name).startswith("cornice"):
                _resource(file, owner, decorator)


def _resource(file: Declaring, owner: Class, decorator: Call) -> None:
    file.router(owner.name, owner.line)
    for method in file.lookup.methods_of(owner):
        collection = method.name.startswith("collection_")
        verb = method.name.removeprefix("collection_")
        path = decorator.keywords.get("collection_path" if collection else "path")
        if verb in VERBS and path is not None:
            file.route(owner.name, (VERBS[verb],), value_of(path), method, method.qualname)


def expand(index: Index, _: str, route: Route) -> Iterable[Expansion]:
    """The views that answer a route, wherever they are; methods of the view, else of the route, else any."""
    found = list(_views(index, route.name)) if route.name else []
    for where, view in found:
        place = _place(index, where, view)
        for method in view.methods or route.methods or ("ANY",):
            yield Expansion(method=method, page=view.page, guards=view.guards, place=place)
    if not found and route.methods:
        yield from (Expansion(method=method) for method in route.methods)


def _views(index: Index, name: str) -> Iterator[tuple[str, View]]:
    for where, facts in sorted(index.files.items()):
        for view in facts.routing.views if facts.routing else ():
            if view.stands_for == f"{ROUTE}{name}":
                yield where, view


def _place(index: Index, where: str, view: View) -> Place | None:
    found = index.function(where, view.symbol)
    return Place(path=found[0], line=found[1].line, end_line=found[1].end_line) if found else None


PYRAMID = Framework(
    name=NAME, languages=("Python",), read=read, packages=("pyramid", "cornice"), expand=expand, decides=True
)
