"""go-restful: web services with a path, and routes built by chains of calls."""

from __future__ import annotations

from reviewer.gather.expressions import root
from reviewer.gather.frameworks.go._dialects import HTTP, bare_module
from reviewer.gather.frameworks.go._handlers import handled
from reviewer.gather.frameworks.go._names import GoNames
from reviewer.gather.frameworks.go._paths import path_value
from reviewer.gather.look import look_at
from reviewer.gather.reader import Framework, Kept
from reviewer.gather.syntax import Attribute, Call, Module, Name
from reviewer.model.facts.routing import Route, Router

NAME = "go-restful"
MODULE = "github.com/emicklei/go-restful"


def read(module: Module, kept: Kept) -> None:
    """Keeps web services and their routes."""
    if not any(bare_module(item.module) == MODULE for item in module.imports):
        return
    names = GoNames(look_at(module))
    outer = {id(call.callee.value): call for call in module.calls if isinstance(call.callee, Attribute)}
    symbols: dict[tuple[int, str], str] = {}
    for call in module.calls:
        head, _, verb = call.name.rpartition(".")
        if verb == "Path" and call.args and head and names.type_of_variable(head, call.function).endswith("WebService"):
            symbol = symbols.setdefault((call.function, head), f"{names.look.qualname(call.function)}.{head}")
            prefix = path_value(names.look, call.args[0], call.function)
            kept.routers.append(Router(symbol=symbol, framework=NAME, line=call.line, prefix=prefix))
    for call in module.calls:
        head, _, verb = call.name.rpartition(".")
        if verb in HTTP and call.args and head and isinstance(root(call), (Call, Name)):
            target = _target(call, outer)
            if target is not None:
                symbol = symbols.get((call.function, head), f"{names.look.qualname(call.function)}.{head}")
                _route(names, kept, call, symbol, target)


def _target(call: Call, outer: dict[int, Call]) -> Call | None:
    """The call of ``To`` further on in the chain."""
    following = outer.get(id(call))
    while following is not None and following.last != "To":
        following = outer.get(id(following))
    return following


def _route(names: GoNames, kept: Kept, call: Call, symbol: str, target: Call) -> None:
    if all(router.symbol != symbol for router in kept.routers):
        kept.routers.append(Router(symbol=symbol, framework=NAME, line=call.line))
    handler = handled(names, target.args[0] if target.args else None, call.function)
    kept.routes.append(
        Route(
            router=symbol,
            framework=NAME,
            methods=(call.last,),
            path=path_value(names.look, call.args[0], call.function),
            line=call.line,
            end_line=target.end_line,
            handler=handler.name,
        )
    )


FRAMEWORK = Framework(name=NAME, languages=("Go",), read=read, packages=(MODULE, f"{MODULE}/v3"))
