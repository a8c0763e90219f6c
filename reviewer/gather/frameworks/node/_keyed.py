"""Loops over what another file exports: ``Object.keys(routes).forEach((name) => app.use(name, routes[name]))``."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from reviewer.gather.frameworks.node._express_reading import Reading
from reviewer.gather.keyed import KEYS
from reviewer.gather.languages.node._modules import exported_name
from reviewer.gather.syntax import Call, Expr, Items, Mapping, Module, Name, Other, Text, value_of
from reviewer.model.facts.routing import Mount
from reviewer.model.facts.values import FILE, Ref, Value

ROUTERS = ("router", "route", "routes", "handler", "controller")
PATHS = ("path", "prefix", "url", "basePath", "base", "endpoint")
ROWS_MOST = 200
PAIRS = frozenset({"Object.entries", "Object.values"})


def keyed_child(reading: Reading, item: Expr, call: Call) -> str:
    """The module of which a loop mounts every export, marked as such; ``""`` for anything else."""
    base = _subscripted(reading, item, call) if isinstance(item, Other) else _paired(reading, item, call)
    if base is None or base.partition(".")[0] not in reading.names.imports or not reading.names.is_own(base):
        return ""
    return f"{base}{KEYS}"


def lists(module: Module) -> Iterator[Mount]:
    """What the lists of a file hold for such loops: ``[{ path: "/users", router: users }]``, or the routers alone."""
    exported = {item.local for item in module.exports if not item.module}
    for item in module.assignments:
        symbol = exported_name(item.target) or item.target
        if item.function != -1 or symbol not in exported or not isinstance(item.value, Items):
            continue
        for row in item.value.values[:ROWS_MOST]:
            child, prefix = _row(row)
            if child:
                yield Mount(parent=f"{symbol}{KEYS}", child=child, framework="", line=row.line, prefix=prefix)


def _row(row: Expr) -> tuple[str, Value]:
    if isinstance(row, Name):
        return row.dotted, ()
    if not isinstance(row, Mapping) or row.get("method") is not None:
        return "", ()
    child = next((value.dotted for key in ROUTERS if isinstance(value := row.get(key), Name)), "")
    path = next((value for key in PATHS if isinstance(value := row.get(key), Text | Name)), None)
    return (child, value_of(path)) if child and path is not None else ("", ())


def by_key(reading: Reading, prefix: Value, call: Call) -> Value:
    """A prefix with the name of each export where the loop's variable stands."""
    return tuple(
        Ref(name=FILE) if isinstance(part, Ref) and _over(reading, part.name, call) else part for part in prefix
    )


def _subscripted(reading: Reading, item: Other, call: Call) -> str | None:
    """``routes`` of ``routes[name]``, where a loop gives the name."""
    if item.kind != "subscript_expression" or len(item.operands) != 2:
        return None
    base, key = item.operands
    known = isinstance(base, Name) and isinstance(key, Name) and _over(reading, key.dotted, call) is not None
    return base.dotted if known and isinstance(base, Name) else None


def _paired(reading: Reading, item: Expr, call: Call) -> str | None:
    """``routes`` of a variable of a loop over ``Object.entries(routes)``, or over the list itself."""
    over = _over(reading, item.dotted, call) if isinstance(item, Name) else None
    if isinstance(over, Name):
        return over.dotted
    given = over.args[0] if isinstance(over, Call) and over.name in PAIRS and over.args else None
    return given.dotted if isinstance(given, Name) else None


def _over(reading: Reading, name: str, call: Call) -> Expr | None:
    return reading.loops.iterated_by(replace(call, args=(Name(name, call.line),)))
