"""What CakePHP's route builder declares in ways of its own: resources, scopes by name, paths with ``:id`` and ``*``."""

from __future__ import annotations

import re

from reviewer.gather.frameworks.php._applications import Reading, declare
from reviewer.gather.frameworks.php._handlers import closure_of
from reviewer.gather.frameworks.php._paths import other_paths
from reviewer.gather.syntax import Call, Expr, Items, Mapping, Name, Text, plain, value_of
from reviewer.model.facts.routing import Mount, Route
from reviewer.model.facts.values import Value

RESOURCE = (
    ("index", "GET", "", "index"),
    ("create", "POST", "", "add"),
    ("view", "GET", "/{id}", "view"),
    ("update", "PUT", "/{id}", "edit"),
    ("update", "PATCH", "/{id}", "edit"),
    ("delete", "DELETE", "/{id}", "delete"),
)
"""What ``resources('Articles')`` declares: the name that ``only`` knows it by, method, path below, and action."""
CAPITAL = re.compile(r"(?<=[a-z0-9])([A-Z])")
GREEDY = re.compile(r"/\*{1,2}\Z")


def dashed(name: str) -> str:
    """``AdminArea`` as ``admin-area``, as CakePHP spells names in paths since its fourth version."""
    return CAPITAL.sub(r"-\1", name).replace("_", "-").lower()


def cake_paths(path: Value) -> list[Value]:
    """A path without the mark for any number of further parts."""
    return other_paths(tuple(GREEDY.sub("", part) if isinstance(part, str) else part for part in path) or ("/",))


def scope_of(call: Call, written: Value) -> Value:
    """What stands before the routes of a scope: a path, or the dashed name of a prefix or plugin."""
    options = next((arg for arg in call.args[1:] if isinstance(arg, Mapping)), None)
    path = options.get("path") if options is not None and call.last != "scope" else None
    if isinstance(path, (Text, Name)):
        return value_of(path)
    name = plain(call.args[0]) if call.args else None
    return written if call.last == "scope" or name is None else (f"/{dashed(name)}",)


def declare_resources(reading: Reading, call: Call, router: str) -> None:
    """``resources('Articles', ['only' => 'index'], function ($routes) {...})``: the closure is below one of them."""
    name = plain(call.args[0]) if call.args else None
    if not name:
        return
    options = next((arg for arg in call.args[1:] if isinstance(arg, Mapping)), None)
    path = _said(options, "path") or dashed(name)
    only = _listed(options.get("only") if options is not None else None)
    declare(reading, router, call.line)
    for key, method, suffix, action in RESOURCE:
        if only and key not in only and action not in only:
            continue
        reading.kept.routes.append(
            Route(
                router=router,
                framework=reading.dialect.name,
                methods=(method,),
                path=(f"/{path}{suffix}",),
                line=call.line,
                end_line=call.end_line,
                handler=f"{_said(options, 'controller') or name}.{action}",
            )
        )
    closure = next((found for arg in call.args[1:] if (found := closure_of(arg)) is not None), None)
    if closure is not None:
        symbol = f"group@{closure.function}"
        reading.groups[closure.function] = symbol
        declare(reading, symbol, call.line)
        prefix: Value = (f"/{path}/{{parent_id}}",)
        reading.kept.mounts.append(
            Mount(parent=router, child=symbol, framework=reading.dialect.name, line=call.line, prefix=prefix)
        )


def _said(options: Mapping | None, key: str) -> str:
    return (plain(options.get(key)) or "").strip("/") if options is not None else ""


def _listed(expr: Expr | None) -> list[str]:
    values = expr.values if isinstance(expr, Items) else (expr,)
    return [text for value in values if (text := plain(value))]
