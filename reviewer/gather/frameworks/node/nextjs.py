"""Next.js: route handlers of the app folder, and API routes of the pages folder."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from reviewer.gather.expressions import root
from reviewer.gather.frameworks.node._file_routes import (
    SERVED,
    Exported,
    below,
    compared_methods,
    default_export,
    exported_functions,
    keep,
    served_path,
)
from reviewer.gather.languages.node._names import Names
from reviewer.gather.look import words
from reviewer.gather.reader import Expansion, Framework, Kept
from reviewer.gather.syntax import Call, Expr, Function, Module, dotted
from reviewer.model.facts.routing import Route

if TYPE_CHECKING:
    from reviewer.gather.index import Index

NAME = "Next.js"
ROUTE_FILE = re.compile(r"(?:^|/)route\.[cm]?[jt]s$")
APP, PAGES = ("app",), ("pages/api",)
REQUESTS = ("NextApiRequest", "NextApiResponse", "NextRequest")
ANSWERS = re.compile(r"^(?:res(?:ponse)?\.(?:status|json|send|end|setHeader|redirect|writeHead)|NextResponse\.\w+)$")
"""What a handler without types does with its response."""
SVELTE = "@sveltejs/kit"
LIBRARIES = ("next-auth", "@trpc/server")
TRPC = "@trpc/server"
"""A handler that hands every request on to procedures, which are endpoints of their own."""
SESSIONS = words(
    "getServerSession unstable_getServerSession getSession auth getToken getAuth currentUser getUser verifySession"
    " getCurrentUser validateRequest"
)
REFUSING = re.compile(r"\b40[13]\b|[Uu]nauthorized|UNAUTHORIZED|[Ff]orbidden")
LINE_LIMIT = 1000
CONNECT = "next-connect"
METHODS = "methods:"
"""What stands before the methods of a handler in the name of its route."""


def read(module: Module, kept: Kept) -> None:
    """Keeps exported handlers; only the file's path tells whether they are served."""
    if module.imported(SVELTE, "express", "koa", "fastify", "hono", "@remix-run/node", "@vercel/node"):
        return
    hands_on = module.imported(TRPC)
    for found in exported_functions(module, SERVED):
        keep(kept, NAME, replace(found, library=found.library or hands_on), guards=_session(module, found))
    if module.imported(CONNECT) and (connected := _connected(module)):
        line = next((item.line for item in module.exports if item.name == "default"), 1)
        keep(kept, NAME, Exported("default", line, None), METHODS + ",".join(connected))
        return
    handler = default_export(module)
    if handler is not None and handler.function is not None and _is_handler(module, handler.function):
        methods = METHODS + ",".join(compared_methods(module, handler.function))
        keep(kept, NAME, handler, methods, guards=_session(module, handler))
    library = next(exported_functions(module, ("default",)), None)
    if library is not None and library.library and module.imported(*LIBRARIES):
        keep(kept, NAME, library, METHODS)


def _session(module: Module, found: Exported) -> tuple[str, ...]:
    """A handler that asks for the session and refuses where there is none."""
    function = found.function
    if function is None:
        return ()
    inside = {function.index} | {item.index for item in module.functions if item.parent == function.index}
    asked = next((call.last for call in module.calls if call.function in inside and call.last in SESSIONS), "")
    lines = module.text.split("\n")[function.line - 1 : function.end_line]
    refuses = any(REFUSING.search(line[:LINE_LIMIT]) for line in lines)
    return (f"auth {asked}",) if asked and refuses else ()


def _connected(module: Module) -> tuple[str, ...]:
    """The methods of a next-connect handler: ``nc().get(list).post(create)``."""
    names = Names(module)
    made = {item.target for item in module.assignments if names.origin(_root_callee(item.value)).startswith(CONNECT)}
    found = [
        call.last.upper()
        for call in module.calls
        if call.last.upper() in SERVED
        and (names.origin(_root_callee(call)).startswith(CONNECT) or call.name.partition(".")[0] in made)
    ]
    return tuple(dict.fromkeys(found))


def _root_callee(expr: Expr | None) -> Expr | None:
    """What the first call of a chain calls."""
    base = root(expr) if isinstance(expr, Call) else None
    return base.callee if isinstance(base, Call) else None


def _is_handler(module: Module, function: Function) -> bool:
    """Whether a function takes a request and a response of Next.js."""
    types = [parameter.type for parameter in function.parameters]
    if any(kind.rpartition(".")[2].startswith(REQUESTS) for kind in types):
        return True
    if any(item.name in REQUESTS for item in module.imports):
        return True
    if len(function.parameters) < 2:
        return False
    inside = {function.index} | {item.index for item in module.functions if item.parent == function.index}
    return any(call.function in inside and ANSWERS.match(_full(call.callee)) for call in module.calls)


def _full(callee: object) -> str:
    value = getattr(callee, "value", None)
    while value is not None and not dotted(value):
        value = getattr(getattr(value, "callee", value), "value", None) or getattr(value, "callee", None)
    head = dotted(value).partition(".")[0] if value is not None else ""
    return dotted(callee) if not head else f"{head}.{getattr(callee, 'name', '')}"  # type: ignore[arg-type]


def serves(path: str) -> bool:
    """Whether Next.js looks for routes in a file of this path."""
    return (ROUTE_FILE.search(path) is not None and below(path, APP) is not None) or below(path, PAGES) is not None


def expand(index: Index, path: str, route: Route) -> Iterable[Expansion]:
    """Where a file's path has its handlers served; nowhere for any other file."""
    del index
    inside, in_pages = below(path, APP), below(path, PAGES)
    if route.name in SERVED:
        if inside is None or not ROUTE_FILE.search(path):
            return [Expansion(method="")]
        return [Expansion(method=route.name, suffix=served_path(inside.rpartition("/")[0]))]
    if in_pages is None:
        return [Expansion(method="")]
    methods = [method for method in route.name.removeprefix(METHODS).split(",") if method]
    return [Expansion(method=method, suffix=f"/api{served_path(in_pages)}") for method in methods or ["ANY"]]


FRAMEWORK = Framework(
    name=NAME,
    languages=("JavaScript", "TypeScript"),
    read=read,
    packages=("next",),
    expand=expand,
    serves=serves,
)
