"""AWS Chalice: routes by decorators, blueprints below a prefix."""

from __future__ import annotations

from msgspec.structs import replace

from reviewer.gather.frameworks.python._declaring import Decorating, read_decorated
from reviewer.gather.reader import Framework, Kept
from reviewer.gather.syntax import Call, Module

NAME = "Chalice"
SPEC = Decorating(
    framework=NAME,
    modules=("chalice",),
    applications=frozenset({"Chalice"}),
    routers=frozenset({"Blueprint"}),
    mounts={"register_blueprint": ("url_prefix", -1, 0)},
)


def read(module: Module, kept: Kept) -> None:
    """Routers, routes and mounts of one file; an authorizer of the decorator guards."""
    before = len(kept.routes)
    if read_decorated(module, kept, SPEC) is None:
        return
    authorized = {
        decorator.line
        for function in module.functions
        for decorator in function.decorators
        if isinstance(decorator, Call) and {"authorizer", "api_key_required"} & decorator.keywords.keys()
    }
    for number in range(before, len(kept.routes)):
        if kept.routes[number].line in authorized:
            kept.routes[number] = replace(kept.routes[number], guards=("authorizer", *kept.routes[number].guards))


CHALICE = Framework(name=NAME, languages=("Python",), read=read, packages=("chalice",))
