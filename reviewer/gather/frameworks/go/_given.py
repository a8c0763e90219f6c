"""Functions, methods and structs that are given a router: what they declare on it is served where it is."""

from __future__ import annotations

from reviewer.gather.frameworks.go._declaring import Declaring
from reviewer.gather.frameworks.go._expand import DESCRIBED
from reviewer.gather.frameworks.go._groups import GROUPS, Groups
from reviewer.gather.frameworks.go._paths import path_value
from reviewer.gather.frameworks.go._symbols import NET_HTTP
from reviewer.gather.frameworks.go._tables import is_row_field
from reviewer.gather.syntax import Attribute, Call, Name
from reviewer.model.facts.routing import Route

GENERATED = frozenset(
    {
        *("RegisterHandlers", "RegisterHandlersWithBaseURL", "RegisterHandlersWithOptions"),
        *("HandlerFromMux", "HandlerFromMuxWithBaseURL"),
    }
)
"""What oapi-codegen calls the functions by which its servers declare their routes."""


def given(routes: Declaring, call: Call) -> None:
    """A function, a method or a struct that is given a router."""
    routers = routes.routers
    if call.new:
        for key, value in call.keywords.items():
            if isinstance(value, (Name, Call)) and (router := routers.of(value, call.function)):
                routers.mount(router, f"{call.name}.{key}", (), call.line)
                routers.kinds.setdefault(f"{call.name}.{key}", routers.kinds.get(router, NET_HTTP))
        return
    if not call.args or call.last in GROUPS or call.name.partition(".")[0] in routers.dialects:
        return
    for place, arg in enumerate(call.args):
        if not isinstance(arg, (Name, Call)) or (isinstance(arg, Name) and arg.dotted in routers.dialects):
            continue
        router = routers.of(arg, call.function) or routers.likely(arg, call.function)
        if router is not None and (callee := callee_of(routers, call)):
            routers.mount(router, f"{callee}#{place}", (), call.line)
            if call.last in GENERATED and "." in callee and len(call.args) > 1:
                _described(routes, call, router, callee)


def _described(routes: Declaring, call: Call, router: str, callee: str) -> None:
    """What a generated server registers are the operations of the repository's API description."""
    routers = routes.routers
    dialect = routers.kinds.get(router, NET_HTTP)
    server = next((arg for arg in call.args if routers.of(arg, call.function) is None), None)
    based = call.args[2] if len(call.args) > 2 and "BaseURL" in call.last else None
    routes.routes.append(
        Route(
            router=router,
            framework=dialect.name or NET_HTTP.name,
            methods=(),
            path=path_value(routers.look, based, call.function),
            line=call.line,
            end_line=call.end_line,
            handler=routers.names.type_of(server, call.function) if server is not None else "",
            name=f"{DESCRIBED}{callee}",
            guards=tuple(routers.guards.get(router, ())),
        )
    )


def callee_of(routers: Groups, call: Call) -> str:
    """What is called by the name under which other files know it; ``?.Method`` where the type is not told."""
    if isinstance(call.callee, Name):
        name = call.callee.dotted
        known = routers.names.known(name, call.function)
        head = name.partition(".")[0]
        if known == name and "." in name and not routers.look.is_imported(head) and head not in routers.names.classes:
            return (
                f"**.{call.last}" if is_row_field(routers.look, Name(head, call.line), call.function) else f"?.{name}"
            )
        return known
    if isinstance(call.callee, Attribute):
        kind = routers.names.type_of(call.callee.value, call.function)
        return f"{kind}.{call.callee.name}" if kind else f"?.{call.callee.name}"
    if isinstance(call.callee, Call):
        made = callee_of(routers, call.callee)
        return f"{made}()" if made else ""
    return ""
