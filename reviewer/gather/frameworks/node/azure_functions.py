"""Azure Functions in JavaScript: ``app.http(name, { methods, route })``, or a folder with its ``function.json``."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from reviewer.gather.frameworks.dotnet.functions import AZURE, settle
from reviewer.gather.languages.node._names import Names
from reviewer.gather.reader import Expansion, Framework, Kept
from reviewer.gather.syntax import Call, Expr, Items, Lambda, Mapping, Module, Name, plain, value_of
from reviewer.model.facts.routing import Route, Router
from reviewer.model.facts.values import Place, Value

if TYPE_CHECKING:
    from reviewer.gather.index import Index

PACKAGE = "@azure/functions"
ROUTER = "functions"
BY_FOLDER = "#FOLDER"
"""The name of a route that is served under the name of its folder."""
METHODS = {"http": "", "get": "GET", "post": "POST", "put": "PUT", "patch": "PATCH", "deleteRequest": "DELETE"}
"""Methods of the application of the package, with the method of HTTP that each stands for."""
OPTIONAL = re.compile(r"\{(\w{1,80})(?::[^{}]{0,80})?\?\}")
SCRIPTS = ("index.js", "index.mjs", "index.ts")


def read(module: Module, kept: Kept) -> None:
    """``app.http("getUser", { methods: ["GET"], route: "users/{id}", authLevel: "anonymous", handler })``."""
    if not module.imported(PACKAGE):
        return
    names = Names(module)
    for call in module.calls:
        owner, _, method = call.name.rpartition(".")
        if method in METHODS and len(call.args) > 1 and names.origin(Name(owner, call.line)) == f"{PACKAGE}.app":
            _keep(kept, call, METHODS[method])


def _keep(kept: Kept, call: Call, method: str) -> None:
    name, options = plain(call.args[0]), call.args[1]
    given = options.get("route") if isinstance(options, Mapping) else None
    handler = options.get("handler") if isinstance(options, Mapping) else options
    path = ("/", *optional(value_of(given))) if given is not None else (f"/{name}",)
    if name is None:
        return
    if not any(item.framework == AZURE for item in kept.routers):
        kept.routers.append(Router(symbol=ROUTER, framework=AZURE, line=call.line))
    kept.routes.append(
        Route(
            router=ROUTER,
            framework=AZURE,
            methods=(method,) if method else _methods(options),
            path=path,
            line=call.line,
            end_line=handler.line if isinstance(handler, Lambda) else call.end_line,
            handler=handler.dotted if isinstance(handler, Name) else "",
            guards=_guards(options),
        )
    )


def optional(path: Value) -> Value:
    """``users/{id?}`` as ``users/:id?``."""
    return tuple(OPTIONAL.sub(r":\1?", part) if isinstance(part, str) else part for part in path)


def _methods(options: Expr) -> tuple[str, ...]:
    given = options.get("methods") if isinstance(options, Mapping) else None
    texts = [plain(item) for item in given.values] if isinstance(given, Items) else []
    return tuple(text.upper() for text in texts if text) or ("GET", "POST")


def _guards(options: Expr) -> tuple[str, ...]:
    """Without a level everybody may call: that is what the package does."""
    level = plain(options.get("authLevel")) if isinstance(options, Mapping) else None
    return ("AuthorizationLevel",) if level in ("function", "admin") else ()


def expand(index: Index, path: str, route: Route) -> Iterable[Expansion]:
    """The route's own methods; a function of a folder is found beside its description."""
    folder = posixpath.dirname(path)
    named = f"/{posixpath.basename(folder)}" if route.name == BY_FOLDER else None
    place = _beside(index, folder) if path.endswith(".json") else None
    return [Expansion(method=method, path=named, place=place) for method in route.methods]


def _beside(index: Index, folder: str) -> Place | None:
    for script in SCRIPTS:
        path = posixpath.join(folder, script)
        functions = index.files[path].functions if path in index.files else ()
        longest = max(functions, key=lambda item: item.end_line - item.line, default=None)
        if longest is not None:
            return Place(path=path, line=longest.line, end_line=longest.end_line)
    return None


FRAMEWORK = Framework(
    name=AZURE,
    languages=("JavaScript", "TypeScript"),
    read=read,
    packages=(PACKAGE,),
    settle=settle,
    expand=expand,
    decides=True,
)
