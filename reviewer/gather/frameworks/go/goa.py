"""Goa: services, methods and their routes in the design, from which the server is generated."""

from __future__ import annotations

from reviewer.gather.frameworks.go._dialects import HTTP
from reviewer.gather.frameworks.go._paths import path_value
from reviewer.gather.look import Look, look_at
from reviewer.gather.reader import Framework, Kept
from reviewer.gather.syntax import Call, Lambda, Module, plain
from reviewer.model.facts.routing import Route, Router
from reviewer.model.facts.values import Value

NAME = "Goa"
MODULES = (
    "goa.design/goa/v3/dsl",
    "github.com/shogo82148/goa-v1/design/apidsl",
    "github.com/goadesign/goa/design/apidsl",
)


def read(module: Module, kept: Kept) -> None:
    """Keeps a router for each service, and a route for each endpoint of its methods."""
    if not any(item.module in MODULES for item in module.imports):
        return
    look = look_at(module)
    bodies = {arg.function: call for call in module.calls for arg in call.args if isinstance(arg, Lambda)}
    services: dict[int, Router] = {}
    for call in module.calls:
        around = _around(look, bodies, call.function)
        names = [item.name for item in around]
        if call.name == "Path" and call.args and names[:2] == ["HTTP", "Service"]:
            _service(kept, services, around[1], path_value(look, call.args[0], call.function))
    for call in module.calls:
        around = _around(look, bodies, call.function)
        service = next((item for item in around if item.name in ("Service", "Resource")), None)
        if call.name in HTTP and call.args and service is not None and any(item.name == "HTTP" for item in around):
            router = _service(kept, services, service, ())
            kept.routes.append(
                Route(
                    router=router.symbol,
                    framework=NAME,
                    methods=(call.name,),
                    path=path_value(look, call.args[0], call.function),
                    line=call.line,
                    end_line=call.end_line,
                    guards=_guards(around, look),
                )
            )


def _around(look: Look, bodies: dict[int, Call], function: int) -> list[Call]:
    """The calls of the language that a function lies in, innermost first."""
    return [bodies[item.index] for item in look.around(function) if item.index in bodies]


def _service(kept: Kept, services: dict[int, Router], call: Call, prefix: Value) -> Router:
    if id(call) not in services:
        name = (plain(call.args[0]) if call.args else None) or f"service@{call.line}"
        services[id(call)] = Router(symbol=name, framework=NAME, line=call.line, prefix=prefix)
        kept.routers.append(services[id(call)])
    return services[id(call)]


def _guards(around: list[Call], look: Look) -> tuple[str, ...]:
    """``Security(JWTAuth)`` in the method or the service."""
    functions = {arg.function for item in around for arg in item.args if isinstance(arg, Lambda)}
    secured = (call for call in look.module.calls if call.name == "Security" and call.function in functions)
    return tuple(
        dict.fromkeys(f"Security {getattr(arg, 'dotted', 'auth')}" for call in secured for arg in call.args[:1])
    )


FRAMEWORK = Framework(name=NAME, languages=("Go",), read=read, packages=("goa.design/goa/v3",))
