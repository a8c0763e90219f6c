"""tRPC: procedures in routers that nest by name, and the handlers that serve a router over HTTP.

A query is a GET of the names joined by dots, a mutation a POST (``/api/trpc/post.list``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from reviewer.gather.expressions import option, root
from reviewer.gather.frameworks.node._express_values import paths_of
from reviewer.gather.languages.node._modules import exported_name
from reviewer.gather.reader import Framework, Kept
from reviewer.gather.syntax import Attribute, Call, Expr, Lambda, Mapping, Module, Name, dotted, plain
from reviewer.model.facts.routing import Mount, Route, Router
from reviewer.model.facts.values import Value

if TYPE_CHECKING:
    from reviewer.gather.index import Index

NAME = "tRPC"
MARK = re.compile(r"rocedure\b|trpc|\.merge\([^()]{0,80}Router\b|\bcreate\w{0,20}Router\b", re.IGNORECASE)
"""Without one of these words there is nothing of tRPC in a file."""
MAKES = re.compile(r"(?:^|\.)(?:router|create\w{0,20}Router|make\w{0,20}Router)$", re.IGNORECASE)
VERBS = {"query": "GET", "mutation": "POST", "subscription": "GET"}
DOT = "~"
"""Ends the name of a router in a path, until the path is whole: then a dot stands in place of the slash after it."""
NEXT_PATH = "/api/trpc"
SERVES = {
    "fetchRequestHandler": "",
    "createNextApiHandler": NEXT_PATH,
    "createHTTPServer": "",
    "createHTTPHandler": "",
    "awsLambdaRequestHandler": "",
    "nodeHTTPRequestHandler": "",
}
"""Functions that serve a router by themselves, with the path that each has unless it is told."""
MIDDLEWARE = frozenset({"createExpressMiddleware", "trpcServer", "createKoaMiddleware"})
FASTIFY = "fastifyTRPCPlugin"
CHAIN_MOST = 200
DEPTH_MOST = 10


def read(module: Module, kept: Kept) -> None:
    """Keeps the routers of a file, and what serves them."""
    if not MARK.search(module.text):
        return
    for item in module.assignments:
        if isinstance(item.value, Call):
            exported = exported_name(item.target)
            _read_made(exported if exported is not None else item.target, item.value, kept)
    for call in module.calls:
        _read_serving(call, kept)


def _read_made(symbol: str, made: Call, kept: Kept) -> None:
    """``router({ list: procedure.query(...), user: userRouter })``, ``router().query("list", {...})``."""
    routes: list[Route] = []
    mounts: list[Mount] = []
    record = made.args[0] if made.args and isinstance(made.args[0], Mapping) else None
    if record is not None and MAKES.search(dotted(made.callee)):
        _read_record(symbol, record, "", routes, mounts, DEPTH_MOST)
    elif made.last == "mergeRouters":
        mounts.extend(_mount(symbol, arg, "") for arg in made.args if isinstance(arg, Name))
    else:
        _read_chain(symbol, made, routes, mounts)
    if routes or mounts:
        kept.routers.append(Router(symbol=symbol, framework=NAME, line=made.line))
        kept.routes.extend(routes)
        kept.mounts.extend(mounts)


def _read_record(
    symbol: str, record: Mapping, before: str, routes: list[Route], mounts: list[Mount], depth: int
) -> None:
    for key, value in record.pairs:
        name = plain(key) or dotted(key)
        if isinstance(value, Name) and name:
            mounts.append(_mount(symbol, value, f"{before}{name}{DOT}"))
        elif not (isinstance(value, Call) and name):
            continue
        elif value.last in VERBS:
            routes.append(_procedure(symbol, f"{before}{name}", value, value))
        elif depth and value.args and isinstance(value.args[0], Mapping) and MAKES.search(dotted(value.callee)):
            _read_record(symbol, value.args[0], f"{before}{name}{DOT}/", routes, mounts, depth - 1)


def _read_chain(symbol: str, made: Call, routes: list[Route], mounts: list[Mount]) -> None:
    """The older form: ``createRouter().query("feed", { resolve }).merge("post.", postRouter)``."""
    calls = list(_calls_of(made))
    if not MAKES.search(dotted(calls[-1].callee)):
        return
    for call in calls:
        first = plain(call.args[0]) if call.args else None
        if call.last in VERBS and first and len(call.args) > 1:
            routes.append(_procedure(symbol, first.replace(".", f"{DOT}/"), call, made))
        elif call.last == "merge" and call.args and isinstance(call.args[-1], Name):
            mounts.append(_mount(symbol, call.args[-1], (first or "").replace(".", DOT)))


def _calls_of(expr: Expr | None) -> Iterator[Call]:
    for _ in range(CHAIN_MOST):
        if not isinstance(expr, Call):
            return
        yield expr
        expr = expr.callee.value if isinstance(expr.callee, Attribute) else None


def _procedure(symbol: str, path: str, call: Call, chain: Call) -> Route:
    """A procedure, guarded by what it begins with (``protectedProcedure``)."""
    base = root(chain)
    begins = dotted(base.callee) if isinstance(base, Call) else dotted(base)
    handler = next((dotted(arg) for arg in call.args if isinstance(arg, Name)), "")
    written_out = any(isinstance(arg, Lambda | Mapping) for arg in call.args)
    return Route(
        router=symbol,
        framework=NAME,
        methods=(VERBS[call.last],),
        path=(path,),
        line=call.line,
        end_line=call.end_line,
        handler="" if written_out else handler,
        guards=(begins.removesuffix(f".{call.last}").partition(".")[0],) if begins else (),
    )


def _mount(symbol: str, child: Expr, prefix: str) -> Mount:
    return Mount(parent=symbol, child=dotted(child), framework=NAME, line=child.line, prefix=(prefix,))


def _read_serving(call: Call, kept: Kept) -> None:
    """What answers requests with a router: functions of an adapter, a middleware below a path, a plugin."""
    if call.last in SERVES:
        given = option(call, "endpoint")
        prefix: Value = (paths_of(given) or [()])[0] if given is not None else (SERVES[call.last],)
        _keep_served(call, option(call, "router"), prefix, kept)
    elif call.last == "use":
        served = next((arg for arg in call.args if isinstance(arg, Call) and arg.last in MIDDLEWARE), None)
        if served is not None:
            path = (paths_of(call.args[0]) or [()])[0] if len(call.args) > 1 else ()
            whole = tuple(part.removesuffix("/*") if isinstance(part, str) else part for part in path)
            _keep_served(call, option(served, "router"), whole, kept)
    elif call.last == "register" and len(call.args) > 1 and dotted(call.args[0]).endswith(FASTIFY):
        options, prefix_of = option(call, "trpcOptions"), option(call, "prefix")
        path = (paths_of(prefix_of) or [()])[0] if prefix_of is not None else ()
        _keep_served(call, options.get("router") if isinstance(options, Mapping) else None, path, kept)


def _keep_served(call: Call, router: Expr | None, prefix: Value, kept: Kept) -> None:
    if not isinstance(router, Name):
        return
    symbol = f"{call.last}@{call.line}"
    kept.routers.append(Router(symbol=symbol, framework=NAME, line=call.line, root=True, prefix=prefix))
    kept.mounts.append(Mount(parent=symbol, child=router.dotted, framework=NAME, line=call.line))


def joined_by_dots(index: Index, route: Route, path: str) -> str:
    """The names of routers and procedure with dots between them."""
    del index, route
    return path.replace(f"{DOT}/", ".")


FRAMEWORK = Framework(
    name=NAME,
    languages=("JavaScript", "TypeScript"),
    read=read,
    packages=("@trpc/server",),
    fill=joined_by_dots,
)
