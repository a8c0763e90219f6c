"""Huma: operations that are registered on an API, and groups of it."""

from __future__ import annotations

from reviewer.gather.frameworks.go._dialects import CAPITAL, bare_module
from reviewer.gather.frameworks.go._handlers import handled
from reviewer.gather.frameworks.go._names import GoNames
from reviewer.gather.frameworks.go._paths import method_of, path_value
from reviewer.gather.look import look_at
from reviewer.gather.reader import Framework, Kept
from reviewer.gather.syntax import Call, Expr, Module, Name
from reviewer.model.facts.routing import Mount, Route, Router

NAME = "Huma"
MODULE = "github.com/danielgtaylor/huma"


def read(module: Module, kept: Kept) -> None:
    """Keeps operations, groups, and functions that are given an API."""
    aliases = {item.alias for item in module.imports if bare_module(item.module) == MODULE}
    if not aliases:
        return
    names = GoNames(look_at(module))
    groups: dict[tuple[int, str], str] = {}
    outer = {id(item.value): item.target for item in module.assignments if isinstance(item.value, Call)}
    for call in module.calls:
        package, _, verb = call.name.rpartition(".")
        if package in aliases and verb == "NewGroup" and call.args:
            target = outer.get(id(call), f"group@{call.line}")
            symbol = f"{names.look.qualname(call.function)}.{target}"
            groups[call.function, target] = symbol
            prefix = path_value(names.look, call.args[1], call.function) if len(call.args) > 1 else ()
            parent = _symbol(names, call.args[0], call.function, groups)
            kept.routers.append(Router(symbol=symbol, framework=NAME, line=call.line))
            kept.mounts.append(Mount(parent=parent, child=symbol, framework=NAME, line=call.line, prefix=prefix))
        elif package in aliases and (verb == "Register" or verb in CAPITAL) and len(call.args) > 2:
            _operation(names, kept, call, verb, _symbol(names, call.args[0], call.function, groups))
        elif not call.new and package not in aliases:
            _given(names, kept, call, groups)
    known = {item.symbol for item in kept.routers}
    kept.routers.extend(
        Router(symbol=name, framework=NAME, line=1)
        for name in dict.fromkeys(item.router for item in kept.routes if item.framework == NAME)
        if name not in known
    )


def _symbol(names: GoNames, expr: Expr, function: int, groups: dict[tuple[int, str], str]) -> str:
    """The API behind a name: a group of this function, a parameter by its place, or the API itself."""
    name = expr.dotted if isinstance(expr, Name) else ""
    for item in names.look.around(function):
        if (item.index, name) in groups:
            return groups[item.index, name]
        for place, parameter in enumerate(item.parameters):
            if parameter.name == name and parameter.type.endswith(("huma.API", "huma.Group")):
                return f"{item.qualname}#{place}"
    return names.known(name, function) or "api"


def _operation(names: GoNames, kept: Kept, call: Call, verb: str, symbol: str) -> None:
    method, path = CAPITAL.get(verb, ""), call.args[1]
    guards: tuple[str, ...] = ()
    if verb == "Register":
        options = names.look.value(call.args[1], call.function)
        if not isinstance(options, Call) or "Path" not in options.keywords:
            return
        method = method_of(names.look, options.keywords.get("Method"), call.function) or "ANY"
        path = options.keywords["Path"]
        guards = ("Security auth",) if "Security" in options.keywords else ()
    handler = handled(names, call.args[2], call.function)
    kept.routes.append(
        Route(
            router=symbol,
            framework=NAME,
            methods=(method,),
            path=path_value(names.look, path, call.function),
            line=call.line,
            end_line=call.end_line,
            handler=handler.name,
            guards=guards,
        )
    )


def _given(names: GoNames, kept: Kept, call: Call, groups: dict[tuple[int, str], str]) -> None:
    """A function that is given the API or a group of it."""
    for place, arg in enumerate(call.args):
        if isinstance(arg, Name) and (call.function, arg.dotted) in groups and isinstance(call.callee, Name):
            child = f"{names.known(call.name, call.function)}#{place}"
            parent = groups[call.function, arg.dotted]
            kept.mounts.append(Mount(parent=parent, child=child, framework=NAME, line=call.line))


FRAMEWORK = Framework(name=NAME, languages=("Go",), read=read, packages=(f"{MODULE}/v2",))
