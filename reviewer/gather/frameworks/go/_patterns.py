"""Goji's patterns: ``mux.HandleFunc(pat.Get("/users/:id"), show)`` in the words of other routers."""

from __future__ import annotations

from msgspec.structs import replace

from reviewer.gather.syntax import Call, Expr, Module, Name, Text, plain

PATTERNS = "goji.io/pat"
FUNCTIONS, HANDLERS = frozenset({"HandleFunc", "HandleFuncC"}), frozenset({"Handle", "HandleC"})
METHODS = frozenset({"Get", "Post", "Put", "Patch", "Delete", "Head", "Options"})
REST = "/*"


def with_patterns(module: Module) -> Module:
    """The module with the method of each pattern as the method of the router that it is given to."""
    if not module.imported(PATTERNS):
        return module
    return replace(module, calls=tuple(_unwrapped(call) for call in module.calls))


def _unwrapped(call: Call) -> Call:
    pattern = call.args[0] if call.args else None
    receiver = call.name.rpartition(".")[0]
    if call.last not in FUNCTIONS | HANDLERS or not receiver or not isinstance(pattern, Call) or not pattern.args:
        return call
    path = pattern.args[0]
    if pattern.name == "pat.New":
        mounted = call.last in HANDLERS and (plain(path) or "").endswith(REST)
        name, path = ("Mount", _without_rest(path)) if mounted else ("Handle", path)
    elif pattern.name.startswith("pat.") and pattern.last in METHODS:
        name = pattern.last
    else:
        return call
    return replace(call, callee=Name(f"{receiver}.{name}", call.line), args=(path, *call.args[1:]))


def _without_rest(path: Expr) -> Expr:
    """What other muxes are served below: they match what is left of the path."""
    return replace(path, parts=((plain(path) or "").removesuffix(REST),)) if isinstance(path, Text) else path
