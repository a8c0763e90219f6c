"""net/http's own mux: routes are declared on it from anywhere, and served only where a server is given no handler."""

from __future__ import annotations

from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from reviewer.gather.look import words
from reviewer.gather.syntax import Call, Module, Name, Number
from reviewer.model.facts.code import Attribute

if TYPE_CHECKING:
    from reviewer.gather.index import Index
    from reviewer.model.facts.routing import Route

DEFAULT_MUX = "http"
"""The symbol of net/http's own mux: the package sends requests too, and is a router only where it is used as one."""
SERVED = "http.DefaultServeMux"
"""The name of the constant that a file keeps which serves it."""
SERVING = words("ListenAndServe ListenAndServeTLS Serve ServeTLS Run RunTLS")
OTHER_HOSTS = words("appengine.Main lambda.Start algnhsa.ListenAndServe gateway.ListenAndServe cgi.Serve fcgi.Serve")


def served_here(module: Module) -> list[Attribute]:
    """Says that a file serves the default mux: by its name, or by a server without a handler of its own."""
    if SERVED in module.text:
        return [Attribute(name=SERVED, value=("true",), line=1)]
    for call in module.calls if "http" in module.text else ():
        if _gives_none(call) or call.name in OTHER_HOSTS or _is_bare_server(module, call):
            return [Attribute(name=SERVED, value=("true",), line=call.line)]
    return []


def _gives_none(call: Call) -> bool:
    given = call.args[-1] if call.last in SERVING and len(call.args) > 1 else None
    return isinstance(given, (Name, Number)) and (given.dotted if isinstance(given, Name) else given.text) == "nil"


def _is_bare_server(module: Module, call: Call) -> bool:
    """``&http.Server{Addr: addr}`` that is given no handler afterwards either."""
    if not call.new or call.name != "http.Server" or call.args:
        return False
    handler = call.keywords.get("Handler")
    if handler is not None:
        return isinstance(handler, (Name, Number)) and getattr(handler, "dotted", getattr(handler, "text", "")) == "nil"
    return not any(item.target.endswith(".Handler") for item in module.assignments)


_idle: WeakKeyDictionary[Index, bool] = WeakKeyDictionary()


def is_idle(index: Index, route: Route) -> bool:
    """Whether a route stands on the default mux of a repository that serves other routers alone."""
    if route.router != DEFAULT_MUX or route.framework not in ("net/http", ""):
        return False
    known = _idle.get(index)
    if known is None:
        known = _idle[index] = _serves_others(index)
    return known


def _serves_others(index: Index) -> bool:
    others = False
    for facts in index.files.values():
        if any(item.name == SERVED for item in facts.constants):
            return False
        others = others or any(
            item.root and item.symbol != DEFAULT_MUX for item in (facts.routing.routers if facts.routing else ())
        )
    return others
