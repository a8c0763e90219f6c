"""Azure Functions and AWS Lambda's annotations: functions that answer to HTTP by their attributes."""

from __future__ import annotations

from collections.abc import Iterator

from reviewer.gather.frameworks.dotnet._attributes import find, last_name, template
from reviewer.gather.index import Index
from reviewer.gather.look import words
from reviewer.gather.reader import Framework, Kept
from reviewer.gather.syntax import Call, Expr, Function, Items, Module, dotted, plain
from reviewer.model.facts.routing import Route, Router
from reviewer.model.facts.values import Ref, Value

AZURE, LAMBDA = "Azure Functions", "AWS Lambda"
TRIGGER = "HttpTrigger"
ROUTER = "functions"
HOST_PREFIX = "#HOSTPREFIX"
"""The setting of the host, under a name that no program can declare."""
NAMES = words("Function FunctionName")
LEVEL = "AuthorizationLevel."
ANNOTATIONS = words("RestApi HttpApi")
VERBS = words("get post put patch delete head options any")


def read_azure(module: Module, kept: Kept) -> None:
    """Parameters with ``[HttpTrigger]``; `settle` puts the host's prefix before them."""
    routes = [route for function in module.functions for route in _azure(module, function)]
    if routes:
        kept.routers.append(Router(symbol=ROUTER, framework=AZURE, line=routes[0].line))
        kept.routes.extend(routes)


def settle(index: Index, path: str, _router: Router, _prefix: str) -> tuple[str, tuple[str, ...]]:
    """What the host serves all functions below: ``/api``, unless its settings say otherwise."""
    return index.text(path, (Ref(name=HOST_PREFIX),)) or "/api", ()


def _azure(module: Module, function: Function) -> Iterator[Route]:
    for parameter in function.parameters:
        for item in find(parameter.decorators, TRIGGER):
            args = item.args if isinstance(item, Call) else ()
            route = item.keywords.get("Route") if isinstance(item, Call) else None
            yield _route(module, function, AZURE, _methods(args), _azure_path(function, route), _guards(args))


def _azure_path(function: Function, route: Expr | None) -> Value:
    """The route that is given, else the function's name."""
    if route is not None and getattr(route, "text", "") != "null":
        return template(route)
    named = next((item for item in function.decorators if last_name(item) in NAMES), None)
    first = named.args[0] if isinstance(named, Call) and named.args else None
    return (plain(first) or dotted(first).rpartition(".")[2] or function.name,)


def _methods(args: tuple[Expr, ...]) -> tuple[str, ...]:
    parts = [part for arg in args for part in (arg.values if isinstance(arg, Items) else (arg,))]
    found = [text.upper() for part in parts if (text := plain(part)) and text.lower() in VERBS]
    return tuple(dict.fromkeys(found)) or ("ANY",)


def _guards(args: tuple[Expr, ...]) -> tuple[str, ...]:
    levels = [name for arg in args if (name := dotted(arg)).startswith(LEVEL)]
    if any(name.endswith("Anonymous") for name in levels):
        return ("AllowAnonymous",)
    return ("AuthorizationLevel",) if levels else ()


def read_lambda(module: Module, kept: Kept) -> None:
    """Methods with ``[RestApi(LambdaHttpMethod.Get, "/x")]`` or ``[HttpApi]``."""
    routes = [route for function in module.functions for route in _lambda(module, function)]
    if routes:
        kept.routers.append(Router(symbol=ROUTER, framework=LAMBDA, line=routes[0].line))
        kept.routes.extend(routes)


def _lambda(module: Module, function: Function) -> Iterator[Route]:
    for item in function.decorators:
        if last_name(item) in ANNOTATIONS and isinstance(item, Call) and len(item.args) > 1:
            verb = dotted(item.args[0]).rpartition(".")[2].upper()
            yield _route(module, function, LAMBDA, (verb or "ANY",), template(item.args[1]), ())


def _route(
    module: Module, function: Function, framework: str, methods: tuple[str, ...], path: Value, guards: tuple[str, ...]
) -> Route:
    owner = f"{module.classes[function.owner].name}." if function.owner != -1 else ""
    return Route(
        router=ROUTER,
        framework=framework,
        methods=methods,
        path=path,
        line=function.line,
        end_line=function.end_line,
        handler=f"{owner}{function.name}",
        guards=guards,
    )


AZURE_FUNCTIONS = Framework(
    name=AZURE,
    languages=("C#",),
    read=read_azure,
    settle=settle,
    packages=("microsoft.azure.functions.worker", "microsoft.net.sdk.functions"),
)
AWS_LAMBDA = Framework(name=LAMBDA, languages=("C#",), read=read_lambda, packages=("amazon.lambda.annotations",))
