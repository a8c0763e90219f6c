"""What ``use`` mounts, what guards by it, and which functions are given an application to declare routes on."""

from __future__ import annotations

from collections.abc import Iterable

from reviewer.gather.frameworks.node._express_reading import CHAINED, Reading, Receiver, line_of
from reviewer.gather.frameworks.node._express_values import (
    DOCUMENTATION,
    LIKE_ROUTER,
    guard_name,
    is_path_name,
    is_sum,
    paths_of,
)
from reviewer.gather.frameworks.node._folders import by_file, required_call, required_folder
from reviewer.gather.frameworks.node._globs import globbed_folder
from reviewer.gather.frameworks.node._keyed import by_key, keyed_child
from reviewer.gather.frameworks.node._parameters import arguments_of, helped, placed
from reviewer.gather.frameworks.node._route_objects import lists_given
from reviewer.gather.frameworks.node.settings_in_code import key_of
from reviewer.gather.given import TABLE
from reviewer.gather.syntax import (
    Attribute,
    Call,
    Expr,
    Items,
    Lambda,
    Mapping,
    Name,
    Other,
    Text,
    dotted,
    plain,
    value_of,
)
from reviewer.model.facts.routing import Mount
from reviewer.model.facts.values import Ref, Value

FILES = frozenset({"express.static", "serve-static", "serve-index", "swagger-ui-express.serve", "redoc-express"})
"""Middlewares of libraries that answer by themselves below their path."""
GRAPHQL = frozenset(
    {
        "express-graphql",
        "express-graphql.graphqlHTTP",
        "@apollo/server/express4.expressMiddleware",
        "@as-integrations/express4.expressMiddleware",
        "@as-integrations/express5.expressMiddleware",
        "graphql-http/lib/use/express.createHandler",
        "graphql-yoga.createYoga",
        "apollo-server-express.graphqlExpress",
    }
)
GRAPHQL_PATH = "/graphql"
REGISTERS = {"RegisterRoutes": ("tsoa", "tsoa.ROUTES_BASE_PATH")}
"""Generated functions that take in all controllers of a framework, with the setting that stands before their paths."""


def read_use(reading: Reading, call: Call, receiver: Receiver) -> None:
    """``router.use(path, middleware, ..., router)``."""
    prefixes, given = split_paths(reading, call)
    items = reading.flattened(given)
    for prefix in prefixes:
        _below(reading, call, receiver.symbol, placed(reading, prefix, call), items)


def split_paths(reading: Reading, call: Call) -> tuple[list[Value], tuple[Expr, ...]]:
    """The paths that come first, or the empty one, and the rest."""
    first = call.args[0] if call.args else None
    if first is None:
        return [], ()
    texts = isinstance(first, Items) and first.values and all(isinstance(value, Text) for value in first.values)
    spelled = isinstance(first, Text) or (isinstance(first, Other) and first.kind == "regex") or texts
    named = is_sum(first) or is_path_name(first, reading.texts) or bool(key_of(first))
    if spelled or (len(call.args) > 1 and named):
        return paths_of(first) or [], call.args[1:]
    if len(call.args) > 1 and (made := helped(reading, first)) is not None:
        return [made], call.args[1:]
    if isinstance(first, Other) and first.operator in ("||", "??") and len(call.args) > 1 and first.operands:
        return [value_of(first.operands[-1])], call.args[1:]
    return [()], call.args


def _below(reading: Reading, call: Call, symbol: str, prefix: Value, items: list[Expr]) -> None:
    guards = list(reading.guards_before(symbol, prefix))
    own: list[str] = []
    mounted = False
    for item in items:
        if _answers(reading, call, symbol, prefix, item, last=item is items[-1] and not mounted):
            mounted = True
            continue
        if (folder := _taken_in(reading, item)) is not None:
            mounted = True
            mount_folder(reading, call, symbol, by_file(prefix), folder, [*guards, *own])
            continue
        keyed = keyed_child(reading, item, call)
        child = keyed or child_of(reading, item, call)
        mounted = mounted or bool(keyed)
        if child:
            reading.routers.use(symbol, line_of(call))
            reading.mounts.extend(
                Mount(
                    parent=symbol,
                    child=served,
                    framework=reading.routers.dialect.name,
                    line=line_of(call),
                    prefix=by_key(reading, prefix, call) if keyed else prefix,
                    guards=tuple(dict.fromkeys([*guards, *own])),
                    given=arguments_of(reading, item),
                )
                for served in (child, *lists_given(reading, item))
            )
        declared = child in reading.routers.found
        mounted = mounted or declared
        guard = "" if declared else guard_name(item)
        if guard and not (child and LIKE_ROUTER.search(guard)):
            own.append(guard)
    if not mounted:
        remember(reading, symbol, prefix, own)


def _taken_in(reading: Reading, item: Expr) -> str | None:
    """The folder of a file that is taken in by name: of the pattern that found it, else the one that its path says."""
    required = required_call(reading, item)
    found = globbed_folder(reading, required.line) if required is not None else None
    return found or required_folder(reading, item)


def remember(reading: Reading, symbol: str, prefix: Value, guards: list[str]) -> None:
    """What comes after passes these guards too."""
    text = "".join(part for part in prefix if isinstance(part, str)).rstrip("/*")
    for guard in guards:
        reading.remember(symbol, text, guard)


def _answers(reading: Reading, call: Call, symbol: str, prefix: Value, item: Expr, last: bool) -> bool:
    """Middlewares that answer by themselves: files, API documentation, GraphQL, a function without ``next``."""
    origin = reading.names.origin(item.callee if isinstance(item, Call) else item)
    if origin in FILES:
        if prefix:
            reading.route(call, symbol, ("GET",), prefix, implicit=True)
        return True
    if origin in DOCUMENTATION:
        return True
    made = _made_by(reading, item)
    if origin in GRAPHQL or made in GRAPHQL:
        reading.route(call, symbol, ("ANY",), prefix or (GRAPHQL_PATH,), handler=origin.rpartition(".")[2])
        return True
    if not (isinstance(item, Lambda) and last and prefix and prefix not in (("*",), ("/",), ("/*",))):
        return False
    if len(reading.module.functions[item.function].parameters) not in (1, 2):
        return False
    reading.route(call, symbol, ("ANY",), prefix)
    return True


def _made_by(reading: Reading, item: Expr) -> str:
    """The origin of the call that made what a variable holds: ``yoga = createYoga(...)``."""
    if not isinstance(item, Name):
        return ""
    made = reading.results.get(item.dotted)
    return reading.names.origin(made.callee) if made is not None else ""


def child_of(reading: Reading, item: Expr, call: Call) -> str:
    """The name of what is mounted, where this repository may define it; ``""`` for a library's middleware."""
    names = reading.names
    if isinstance(item, Name):
        known = reading.routers.lookup(item.dotted, call.function, call.owner)
        result = _made_here(reading, item) if known is None else None
        given = child_of(reading, result, call) if result is not None else ""
        return known or given or (names.instance(item.dotted) if names.is_own(item.dotted) else "")
    if isinstance(item, Attribute) and isinstance(item.value, Call) and item.value.new:
        made = dotted(item.value.callee)
        return f"{made}.{item.name}" if names.is_own(made) else ""
    if not isinstance(item, Call):
        return ""
    created = reading.routers.creation(item)
    if created is not None:
        return reading.routers.created.get(id(created), "")
    if isinstance(item.callee, Attribute):
        return child_of(reading, item.callee, call)
    name = dotted(item.callee)
    return names.instance(name) if names.is_own(name) and is_known(reading, name) else ""


def _made_here(reading: Reading, item: Name) -> Call | None:
    """The call whose result a variable holds (``api = makeApi(db)``, ``users = new UsersRouter(db).routes()``).

    Nothing is declared on the variable in this file.
    """
    made = reading.results.get(item.dotted)
    declared = item.dotted in reading.routers.found or item.dotted in reading.names.imports
    if made is None or made.new or declared:
        return None
    if isinstance(made.callee, Attribute):
        return made if isinstance(made.callee.value, Call) and made.callee.value.new else None
    return made if isinstance(made.callee, Name) and "." not in made.callee.dotted else None


def is_known(reading: Reading, name: str) -> bool:
    """Whether a name is imported, or declared in this file."""
    head = name.partition(".")[0]
    return head in reading.names.imports or head in reading.declared


def mount_folder(reading: Reading, call: Call, symbol: str, prefix: Value, folder: str, guards: Iterable[str]) -> None:
    """Keeps that every file of a folder is mounted."""
    reading.routers.use(symbol, line_of(call))
    reading.mounts.append(
        Mount(
            parent=symbol,
            child="",
            framework=reading.routers.dialect.name,
            line=line_of(call),
            prefix=prefix,
            guards=tuple(dict.fromkeys(guards)),
            folder=folder,
        )
    )


def read_given(reading: Reading, call: Call) -> None:
    """``routes(app)``, ``new Routes(app)``: what the callee declares on its parameter is declared on ``app``."""
    name = dotted(call.callee)
    if call.last in REGISTERS:
        _register(reading, call)
        return
    if id(call) in reading.used:
        return
    folder = _taken_in(reading, call.callee) if call.args else None
    for symbol in dict.fromkeys(_routers_given(reading, call)) if folder is not None else ():
        mount_folder(reading, call, symbol, (), folder or "", reading.guards_before(symbol, ()))
    if (
        not name
        or (call.last in CHAINED and "." in name)
        or not is_known(reading, name)
        or not reading.names.is_own(name)
    ):
        return
    for symbol in dict.fromkeys(_routers_given(reading, call)):
        child = reading.names.instance(name)
        if child != symbol and symbol != name.rpartition(".")[0]:
            reading.routers.use(symbol, call.line)
            guards = tuple(dict.fromkeys(reading.guards_before(symbol, ())))
            reading.mounts.append(
                Mount(
                    parent=symbol,
                    child=child,
                    framework=reading.routers.dialect.name,
                    line=call.line,
                    guards=guards,
                    given=arguments_of(reading, call),
                )
            )


def _register(reading: Reading, call: Call) -> None:
    """``RegisterRoutes(app)``, as tsoa generates it: all controllers below the application or router that it gets."""
    framework, base = REGISTERS[call.last]
    for symbol in dict.fromkeys(_routers_given(reading, call)) or [""]:
        if symbol:
            reading.routers.use(symbol, call.line)
        child = f"**.{call.last}{TABLE}"
        mount = Mount(parent=symbol, child=child, framework=framework, line=call.line, prefix=(Ref(name=base),))
        reading.mounts.append(mount)


def _routers_given(reading: Reading, call: Call) -> list[str]:
    given = [*call.args, *(value for arg in call.args if isinstance(arg, Mapping) for _, value in arg.pairs)]
    found = [reading.routers.lookup(arg.dotted, call.function, call.owner) for arg in given if isinstance(arg, Name)]
    return [symbol for symbol in found if symbol]


def read_apollo(reading: Reading, call: Call) -> None:
    """``server.applyMiddleware({ app, path })`` of Apollo serves GraphQL on an application."""
    options = call.args[0] if call.args else None
    app = options.get("app") if isinstance(options, Mapping) else None
    if not isinstance(options, Mapping) or not isinstance(app, Name):
        return
    symbol = reading.routers.lookup(app.dotted, call.function, call.owner)
    if symbol is not None:
        path = options.get("path")
        reading.route(call, symbol, ("ANY",), (plain(path) or GRAPHQL_PATH,), handler=call.name)
