"""aiohttp's server: routes added to a router, listed, or decorated; class views; applications below others."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from reviewer.gather.frameworks.python._declaring import Declaring, Span
from reviewer.gather.frameworks.python._lookup import Lookup
from reviewer.gather.frameworks.python._offered import children, field_of, offer
from reviewer.gather.frameworks.python._python import VERBS, argument, decorations, guards_of, owner_of
from reviewer.gather.frameworks.python._served import defined_methods
from reviewer.gather.given import MADE
from reviewer.gather.reader import Expansion, Framework, Kept
from reviewer.gather.syntax import Assignment, Call, Class, Expr, Items, Module, Name, Other, dotted, plain, value_of
from reviewer.model.facts.routing import Route, View
from reviewer.model.facts.values import Value

if TYPE_CHECKING:
    from reviewer.gather.index import Index

NAME = "aiohttp"
MODULE = "aiohttp.web"
ADDING = {f"add_{verb}": (method,) for verb, method in VERBS.items()} | {"add_view": ()}
ADDERS = frozenset({"add_route", *ADDING})
LISTED = {verb: (method,) for verb, method in VERBS.items()} | {"view": (), "route": ("ANY",)}
APPLICATION, TABLE = "Application", "RouteTableDef"
MARK = "router.add_"
"""What adds routes in files that are given the application and import nothing of the library."""
TEMPLATE = "aiohttp_jinja2.template"
PARAMETERS = frozenset({"app", "application", "router", "api"})
"""What a function calls the application that it is given to add routes to."""
OWN = frozenset(
    {
        *VERBS,
        "view",
        "route",
        "docs",
        "template",
        "request_schema",
        "response_schema",
        "json_schema",
        "querystring_schema",
    }
)


def read(module: Module, kept: Kept) -> None:
    """Applications, tables, routes and mounts of one file."""
    if not module.imported("aiohttp") and MARK not in module.text:
        return
    file = Declaring(NAME, Lookup(module), kept)
    _pages(file)
    for item in module.assignments:
        _made(file, item)
    for decorator, target in decorations(module):
        head, last = owner_of(decorator.name)
        if head and last in LISTED and _is_table(file, head):
            path, methods = _given(decorator, last)
            handler = target.name if isinstance(target, Class) else target.qualname
            at = Span(decorator.line, target.end_line)
            file.route(head, methods, path, at, handler, guards=guards_of(target.decorators, OWN))
    for call in module.calls:
        _called(file, call)
    _given_back(file)
    offer(file.lookup, NAME, kept)


def _given_back(file: Declaring) -> None:
    """``return [web.get("/path", handler), ...]``."""
    for item in file.lookup.module.returns:
        if (
            item.function != -1
            and isinstance(item.value, Items)
            and any(_is_listed(file, i) for i in item.value.values)
        ):
            symbol = f"{file.lookup.module.functions[item.function].qualname}{MADE}"
            file.router(symbol, item.line)
            _list(file, symbol, item.value)


def _pages(file: Declaring) -> None:
    """Handlers that a decorator of aiohttp_jinja2 renders, and those that render or redirect themselves."""
    for function in file.lookup.module.functions:
        rendered = any(
            isinstance(decorator, Call) and file.lookup.origin(decorator.name) == TEMPLATE
            for decorator in function.decorators
        )
        if rendered or file.lookup.renders(function):
            file.kept.views.append(View(symbol=function.qualname, line=function.line, page=True))


def _made(file: Declaring, item: Assignment) -> None:
    call = item.value
    origin = file.lookup.origin(call.name) if isinstance(call, Call) else ""
    if isinstance(call, Call) and origin.startswith("aiohttp") and call.last in (APPLICATION, TABLE):
        file.router(field_of(file.lookup, item), item.line, root=call.last == APPLICATION, again=item.function != -1)
    elif item.function == -1 and isinstance(item.value, Items) and any(_is_listed(file, i) for i in item.value.values):
        file.router(item.target, item.line)
        _list(file, item.target, item.value)


def _is_table(file: Declaring, head: str) -> bool:
    """A table of this file, or one imported from another under its usual name."""
    if any(item.symbol == head and item.framework == NAME for item in file.kept.routers):
        return True
    return head.rpartition(".")[2] in ("routes", "route_table") and head.partition(".")[0] in file.lookup.imported_names


def _is_listed(file: Declaring, item: Expr) -> bool:
    """``web.get("/path", handler)``."""
    return isinstance(item, Call) and item.last in LISTED and file.lookup.origin(item.name).startswith(MODULE)


def _given(call: Call, kind: str) -> tuple[Value, tuple[str, ...]]:
    position = 1 if kind == "route" else 0
    declared = (plain(argument(call, 0, "method")) or "*").upper() if kind == "route" else ""
    methods = (("ANY",) if declared == "*" else (declared,)) if declared else LISTED[kind]
    return value_of(argument(call, position, "path")), methods


def _list(file: Declaring, symbol: str, value: Expr, depth: int = 0) -> None:
    """What ``add_routes`` is given: calls, tables by name, several of them added up."""
    if isinstance(value, Items) and depth < 5:
        for item in value.values:
            _list(file, symbol, item, depth + 1)
    elif isinstance(value, Other) and depth < 5:
        for item in value.operands:
            _list(file, symbol, item, depth + 1)
    elif isinstance(value, Call) and _is_listed(file, value):
        path, methods = _given(value, value.last)
        handler = dotted(argument(value, 2 if value.last == "route" else 1, "handler"))
        file.route(symbol, methods, path, value, _local(file, value, handler), guards=_guards(file, handler))
    elif isinstance(value, Call) and value.last == "static" and value.args:
        file.route(symbol, ("GET",), (*value_of(value.args[0]), "/{path}"), value, "", implicit=True)
    elif isinstance(value, Name | Call):
        for child in children(file.lookup, value):
            file.mount(symbol, child, value.line)


def _guards(file: Declaring, handler: str) -> tuple[str, ...]:
    function = file.lookup.functions.get(handler)
    return guards_of(function.decorators, OWN) if function else ()


def _local(file: Declaring, call: Call, handler: str) -> str:
    """``self.list`` inside a class is a method of it; ``users.list`` of an object one of its class."""
    head, _, last = handler.rpartition(".")
    if head == "self" and call.owner != -1:
        return f"{file.lookup.module.classes[call.owner].name}.{last}"
    made = file.lookup.value(head, call.function) if head else None
    return f"{made.name}.{last}" if isinstance(made, Call) and made.last[:1].isupper() else handler


def _behind(file: Declaring, name: str, function: int) -> str:
    """``app.router.add_get`` of ``router.add_get`` and of ``add_get``, where those stand for its parts."""
    head, dot, rest = name.partition(".")
    value = file.lookup.value(head, function)
    if isinstance(value, Name) and ".router" in f".{value.dotted}":
        return f"{value.dotted}{dot}{rest}"
    return name


def _symbol(file: Declaring, name: str, call: Call) -> str:
    """The router that a call is made on: its variable, or the function that was given the application."""
    head = name.removesuffix(".router")
    function = call.function
    functions = file.lookup.module.functions
    while function != -1:
        item = functions[function]
        if any(parameter.name == head.partition(".")[0] for parameter in item.parameters) and head in PARAMETERS:
            return item.qualname
        function = item.parent
    return head


def _called(file: Declaring, call: Call) -> None:
    head, last = owner_of(_behind(file, call.name, call.function))
    if not head:
        _handed(file, call)
    elif last in ADDERS and head.endswith("router") and (tables := file.lookup.tables_of(call)):
        for table in tables:
            file.mount(_symbol(file, head, call), table, call.line)
    elif last in ADDING and head.endswith("router"):
        _added(file, call, _symbol(file, head, call), ADDING[last], 0)
    elif last == "add_route" and head.endswith("router") and len(call.args) > 2:
        method = (plain(call.args[0]) or "*").upper()
        _added(file, call, _symbol(file, head, call), ("ANY",) if method == "*" else (method,), 1)
    elif last == "add_routes" and call.args:
        symbol = _symbol(file, head, call)
        file.router(symbol, call.line)
        _list(file, symbol, call.args[0])
    elif last == "add_subapp" and len(call.args) > 1:
        made = dotted(getattr(call.args[1], "callee", None))
        for child in (*children(file.lookup, call.args[1], call.function), made):
            file.mount(_symbol(file, head, call), child, call.line, value_of(call.args[0]))
    elif last in ("add_static",) and call.args:
        path = (*value_of(call.args[0]), "/{path}")
        file.route(_symbol(file, head, call), ("GET",), path, call, "", implicit=True)
    else:
        _handed(file, call)


def _added(file: Declaring, call: Call, symbol: str, methods: tuple[str, ...], position: int) -> None:
    path = argument(call, position, "path")
    handler = dotted(argument(call, position + 1, "handler"))
    if path is not None:
        file.router(symbol, call.line)
        file.route(symbol, methods, value_of(path), call, _local(file, call, handler), guards=_guards(file, handler))


def _handed(file: Declaring, call: Call) -> None:
    """``setup_routes(app)``: what the function adds, it adds to that application."""
    given = [dotted(arg) for arg in call.args]
    known = {item.symbol for item in file.kept.routers if item.framework == NAME}
    for name in given:
        if name in known and dotted(call.callee) and not call.name.startswith(("web.", "aiohttp")):
            file.mount(name, call.name, call.line)


def expand(index: Index, path: str, route: Route) -> Iterable[Expansion]:
    """The methods that a class view defines."""
    known = {name for _, item in index.mro(path, route.handler) for name in item.methods}
    return [Expansion(method=method, symbol=name) for method, name in defined_methods(known)]


AIOHTTP = Framework(name=NAME, languages=("Python",), read=read, packages=("aiohttp",), expand=expand)
