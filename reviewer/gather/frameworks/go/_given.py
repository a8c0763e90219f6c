"""Functions, methods and structs that are given a router: what they declare on it is served where it is."""

from __future__ import annotations

from reviewer.gather.filled import PARAMETER
from reviewer.gather.frameworks.go._declaring import Declaring
from reviewer.gather.frameworks.go._dialects import GENERIC
from reviewer.gather.frameworks.go._expand import DESCRIBED
from reviewer.gather.frameworks.go._groups import GROUPS, Groups
from reviewer.gather.frameworks.go._paths import path_value
from reviewer.gather.frameworks.go._shapes import receiver_of
from reviewer.gather.frameworks.go._symbols import NET_HTTP
from reviewer.gather.frameworks.go._tables import is_row_field
from reviewer.gather.syntax import Attribute, Call, Name, Other, Text
from reviewer.model.facts.routing import Route
from reviewer.model.facts.values import Value

GENERATED = frozenset(
    {
        *("RegisterHandlers", "RegisterHandlersWithBaseURL", "RegisterHandlersWithOptions"),
        *("HandlerFromMux", "HandlerFromMuxWithBaseURL"),
    }
)
"""What oapi-codegen calls the functions by which its servers declare their routes."""


EACH = "[*]"
"""What stands behind the name of a list for each of its elements."""


def given(routes: Declaring, call: Call) -> None:
    """A function, a method or a struct that is given a router."""
    routers = routes.routers
    if call.new:
        _held(routers, call)
        return
    if not call.args or _is_derived(routers, call) or call.name.partition(".")[0] in routers.dialects:
        return
    for place, arg in enumerate(call.args):
        if isinstance(arg, (Name, Call)) and not (isinstance(arg, Name) and arg.dotted in routers.dialects):
            router = routers.of(arg, call.function) or routers.likely(arg, call.function)
            if router is not None:
                _handed(routes, call, router, place)


def _is_derived(routers: Groups, call: Call) -> bool:
    """Whether a call gives a group of a router."""
    expr = receiver_of(call) if call.last in GROUPS else None
    return expr is not None and routers.of(expr, call.function) is not None


def _held(routers: Groups, call: Call) -> None:
    """A struct that a router is put into."""
    for key, value in call.keywords.items():
        if isinstance(value, (Name, Call)) and (router := routers.of(value, call.function)):
            routers.mount(router, f"{call.name}.{key}", (), call.line)
            routers.kinds.setdefault(f"{call.name}.{key}", routers.kinds.get(router, NET_HTTP))


def _handed(routes: Declaring, call: Call, router: str, place: int) -> None:
    """A call with a router at a place among its arguments."""
    routers = routes.routers
    listed = _listed(routers, call)
    for name in listed:
        routers.mount(router, f"{name}#{place}", (), call.line)
        if name.endswith(EACH):
            routers.declare(f"{name}#{place}", routers.kinds.get(router, NET_HTTP), call.line)
    callee = "" if listed else callee_of(routers, call)
    if callee:
        routers.mount(router, f"{callee}#{place}", (), call.line, given=_texts(routers, call))
    if call.last in GENERATED and routers.kinds.get(router) is not GENERIC and "." in callee and len(call.args) > 1:
        _described(routes, call, router, callee)


def _texts(routers: Groups, call: Call) -> tuple[tuple[str, Value], ...]:
    """The texts that a function is handed beside its router, by their places: what it declares may begin with them."""
    found: list[tuple[str, Value]] = []
    for place, arg in enumerate(call.args):
        value = path_value(routers.look, arg, call.function) if isinstance(arg, (Text, Name, Other)) else ()
        shown = "".join(part if isinstance(part, str) else part.name.rpartition(".")[2][:1] for part in value)
        if shown[:1] == "/" or (shown[:1].isupper() and not isinstance(arg, Text)) or PARAMETER in shown:
            found.append((f"{PARAMETER}{place}", value))
    return tuple(found)


def _listed(routers: Groups, call: Call) -> list[str]:
    """The functions of a list that a loop calls one by one: by name, or all that is ever added to the list."""
    if not isinstance(call.callee, Name) or "." in call.name:
        return []
    for item in routers.look.assigned(call.name, call.function):
        value = item.value
        if isinstance(value, Other) and value.kind == "range" and value.operands:
            rows = routers.names.rows(value.operands[0], call.function)
            named = [routers.names.known(row.dotted, call.function) for row in rows if isinstance(row, Name)]
            held = value.operands[0]
            return named or ([f"{held.dotted}{EACH}"] if isinstance(held, Name) else [])
    return []


def added(routers: Groups, call: Call) -> None:
    """``routes = append(routes, RegisterUsers)``: a function that whoever goes through the list gives a router."""
    if call.name != "append" or not call.args or not isinstance(call.args[0], Name):
        return
    for arg in call.args[1:]:
        function = routers.names.functions.get(arg.dotted) if isinstance(arg, Name) else None
        for place, parameter in enumerate(function.parameters if function is not None else ()):
            dialect = routers.dialect_of_type(parameter.type)
            if function is not None and dialect is not None:
                held = f"{call.args[0].dotted}{EACH}#{place}"
                routers.kinds.setdefault(held, dialect)
                routers.mount(held, f"{function.qualname}#{place}", (), call.line)


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
