"""A function of Azure that its folder describes (function.json): the requests that it answers."""

from __future__ import annotations

from reviewer.gather.documents._json import load_json
from reviewer.gather.documents._routing import with_routing
from reviewer.gather.frameworks.dotnet.functions import AZURE
from reviewer.gather.frameworks.node.azure_functions import BY_FOLDER, ROUTER, optional
from reviewer.gather.reader import DocumentReader
from reviewer.model.facts.file import FileFacts
from reviewer.model.facts.routing import Route, Router, Routing

TRIGGER = "httptrigger"
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS")
PATH_MOST = 200


def read_functions_binding(source: str, base: FileFacts) -> FileFacts:
    """Keeps the route of a trigger by HTTP; without one the function is served under the name of its folder."""
    tree = load_json(source).tree
    bindings = tree.get("bindings") if isinstance(tree, dict) else None
    for item in bindings if isinstance(bindings, list) else ():
        if isinstance(item, dict) and str(item.get("type")).lower() == TRIGGER:
            route = _route(item)
            router = Router(symbol=ROUTER, framework=AZURE, line=1)
            return with_routing(base, Routing(routers=(router,), routes=(route,)))
    return base


def _route(item: dict[object, object]) -> Route:
    path, methods = item.get("route"), item.get("methods")
    named = [str(method).upper() for method in methods] if isinstance(methods, list) else []
    given = isinstance(path, str) and bool(path)
    return Route(
        router=ROUTER,
        framework=AZURE,
        methods=tuple(method for method in named if method in METHODS) or ("ANY",),
        path=optional(("/" + str(path)[:PATH_MOST].strip("/"),)) if given else (),
        line=1,
        end_line=1,
        name="" if given else BY_FOLDER,
        guards=() if item.get("authLevel") == "anonymous" else ("AuthorizationLevel",),
    )


FUNCTIONS_BINDING = DocumentReader(
    name="a function of Azure in its folder", kinds=("functions-binding",), read=read_functions_binding
)
