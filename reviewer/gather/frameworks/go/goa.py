"""Goa: services, methods and their routes in the design, from which the server is generated."""

from __future__ import annotations

from dataclasses import dataclass, field

from reviewer.gather.frameworks.go._dialects import HTTP
from reviewer.gather.frameworks.go._paths import path_value
from reviewer.gather.look import Look, look_at
from reviewer.gather.reader import Framework, Kept
from reviewer.gather.syntax import Call, Lambda, Module, plain
from reviewer.model.facts.routing import Route, Router
from reviewer.model.facts.values import Value

NAME = "Goa"
API, RESOURCE = "API", "Resource"
OWNERS = frozenset({API, RESOURCE, "Service"})
PREFIXES_OF_FIRST = frozenset({"BasePath"})
PREFIXES = PREFIXES_OF_FIRST | {"Path"}
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
    design = _Design(look, kept)
    for call in module.calls:
        owner = design.owner(call)
        if owner is not None and call.args and call.name in PREFIXES:
            design.prefixes[id(owner)] = path_value(look, call.args[0], call.function)
        elif owner is not None and call.args and call.name == "Parent":
            design.parents[id(owner)] = plain(call.args[0]) or ""
    for call in module.calls:
        owner = design.owner(call)
        if owner is None:
            continue
        if owner.name == API:
            if call.name in PREFIXES and call.args:
                kept.routers.append(
                    Router(symbol=API, framework=NAME, line=owner.line, root=True, prefix=design.prefixes[id(owner)])
                )
        elif call.name in HTTP and call.args:
            _keep_route(design, owner, call)


@dataclass(slots=True)
class _Design:
    """What the file designs: prefixes of services and of the API, and the resources that others belong to."""

    look: Look
    kept: Kept
    prefixes: dict[int, Value] = field(default_factory=dict)
    parents: dict[int, str] = field(default_factory=dict)
    services: dict[int, Router] = field(default_factory=dict)
    bodies: dict[int, Call] = field(default_factory=dict)

    def __post_init__(self) -> None:
        calls = self.look.module.calls
        self.bodies = {arg.function: call for call in calls for arg in call.args if isinstance(arg, Lambda)}

    def around(self, call: Call) -> list[Call]:
        """The calls of the language that a call lies in, innermost first."""
        return [self.bodies[item.index] for item in self.look.around(call.function) if item.index in self.bodies]

    def owner(self, call: Call) -> Call | None:
        """The service or API whose HTTP side a call tells; the first version has no ``HTTP`` around it."""
        around = self.around(call)
        owner = next((item for item in around if item.name in OWNERS), None)
        if owner is None or call.name in PREFIXES_OF_FIRST or owner.name == RESOURCE:
            return owner
        return owner if any(item.name == "HTTP" for item in around) else None

    def router(self, owner: Call) -> Router:
        """The router of a service, made when it is first asked for."""
        if id(owner) not in self.services:
            name = (plain(owner.args[0]) if owner.args else None) or f"service@{owner.line}"
            prefix = (*self._above(owner), *_slashed(self.prefixes.get(id(owner), ())))
            self.services[id(owner)] = Router(symbol=name, framework=NAME, line=owner.line, prefix=prefix)
            self.kept.routers.append(self.services[id(owner)])
        return self.services[id(owner)]

    def _above(self, owner: Call) -> Value:
        """The path to one of the parent's items: what its action ``show`` is served at."""
        parent = self.parents.get(id(owner))
        for call in self.look.module.calls:
            around = self.around(call)
            names = [plain(item.args[0]) for item in around if item.args]
            if parent and call.name == "GET" and call.args and names == ["show", parent]:
                base = self.prefixes.get(id(around[-1]), ())
                return (*_slashed(base), *path_value(self.look, call.args[0], call.function))
        return ()


def _slashed(path: Value) -> Value:
    head = path[0] if path else ""
    return (f"/{head}", *path[1:]) if isinstance(head, str) and head and not head.startswith("/") else path


def _keep_route(design: _Design, owner: Call, call: Call) -> None:
    design.kept.routes.append(
        Route(
            router=design.router(owner).symbol,
            framework=NAME,
            methods=(call.name,),
            path=path_value(design.look, call.args[0], call.function),
            line=call.line,
            end_line=call.end_line,
            guards=_guards(design.around(call), design.look),
        )
    )


def _guards(around: list[Call], look: Look) -> tuple[str, ...]:
    """``Security(JWTAuth)`` in the method or the service."""
    functions = {arg.function for item in around for arg in item.args if isinstance(arg, Lambda)}
    secured = (call for call in look.module.calls if call.name == "Security" and call.function in functions)
    return tuple(
        dict.fromkeys(f"Security {getattr(arg, 'dotted', 'auth')}" for call in secured for arg in call.args[:1])
    )


FRAMEWORK = Framework(name=NAME, languages=("Go",), read=read, packages=("goa.design/goa/v3",), one_root=True)
