"""SST: the routes of an API in the stack that declares it, each with the function that answers."""

from __future__ import annotations

from collections.abc import Iterator

from reviewer.gather.expressions import option, pairs_of
from reviewer.gather.frameworks._serverless import expand
from reviewer.gather.frameworks.node._method_paths import method_path
from reviewer.gather.languages.node._names import Names
from reviewer.gather.reader import Framework, Kept
from reviewer.gather.syntax import Call, Expr, Mapping, Module, Name, Text, dotted, plain
from reviewer.model.facts.routing import Route, Router

NAME = "SST"
MODULES = ("sst", "@serverless-stack/resources", "sst/constructs")
APIS = frozenset(
    {"Api", "ApiGatewayV1Api", "ApiGatewayV1", "ApiGatewayV2", "sst.aws.ApiGatewayV2", "sst.aws.ApiGatewayV1"}
)
ADDING = frozenset({"route", "addRoutes"})
NO_AUTHORIZER = "none"


def read(module: Module, kept: Kept) -> None:
    """Keeps the routes that a stack gives to its APIs."""
    infrastructure = "sst.aws." in module.text or "$config" in module.text
    if not module.imported(*MODULES) and not infrastructure:
        return
    names = Names(module)
    apis = {item.target: item.value for item in module.assignments if isinstance(item.value, Call)}
    guards: dict[str, tuple[str, ...]] = {}
    for call in module.calls:
        if call.new and (call.last in APIS or dotted(call.callee) in APIS):
            symbol = next((target for target, value in apis.items() if value is call), f"{call.last}@{call.line}")
            options = next((arg for arg in call.args if isinstance(arg, Mapping)), None)
            kept.routers.append(Router(symbol=symbol, framework=NAME, line=call.line, root=True))
            guards[symbol] = _default(options)
            _keep_all(kept, names, symbol, options.get("routes") if options else None, guards[symbol])
        elif call.last in ADDING and _made_here(apis, call):
            _added(kept, names, call, guards.get(call.name.rpartition(".")[0], ()))


def _made_here(apis: dict[str, Call], call: Call) -> bool:
    made = apis.get(call.name.rpartition(".")[0])
    return made is not None and made.last in APIS


def _added(kept: Kept, names: Names, call: Call, guards: tuple[str, ...]) -> None:
    """``api.route("GET /users", "src/users.list")`` and ``api.addRoutes(stack, { ... })``."""
    symbol = call.name.rpartition(".")[0]
    if call.last == "addRoutes":
        _keep_all(kept, names, symbol, next((arg for arg in call.args if isinstance(arg, Mapping)), None), guards)
    elif len(call.args) > 1:
        _keep(kept, names, symbol, call.args[0], call.args[1], guards)


def _default(options: Mapping | None) -> tuple[str, ...]:
    """The authorizer of every route that names none."""
    defaults = options.get("defaults") if options else None
    given = defaults.get("authorizer") if isinstance(defaults, Mapping) else None
    return (f"authorizer {plain(given) or ''}".strip(),) if given is not None else ()


def _keep_all(kept: Kept, names: Names, symbol: str, routes: Expr | None, guards: tuple[str, ...]) -> None:
    if isinstance(routes, Name):
        routes = names.values.get(routes.dotted)
    for key, value in routes.pairs if isinstance(routes, Mapping) else ():
        if key is not None:
            _keep(kept, names, symbol, key, value, guards)


def _keep(kept: Kept, names: Names, symbol: str, key: Expr, value: Expr, guards: tuple[str, ...]) -> None:
    found = method_path(key)
    if found is None:
        return
    method, path = found
    own = dict(pairs_of(value)).get("authorizer") if isinstance(value, Mapping) else None
    if own is not None:
        guards = () if plain(own) == NO_AUTHORIZER else (f"authorizer {plain(own) or dotted(own)}",)
    kept.routes.append(
        Route(
            router=symbol,
            framework=NAME,
            methods=(method,),
            path=path,
            line=key.line,
            end_line=max(key.line, value.line),
            name=next(_handlers(names, value), ""),
            guards=guards,
        )
    )


def _handlers(names: Names, value: Expr) -> Iterator[str]:
    """The function of a route: a text, ``{ function: "..." }``, or a variable that holds one."""
    for _ in range(4):
        if isinstance(value, Text):
            text = plain(value)
            if text:
                yield text
            return
        if isinstance(value, Mapping):
            inner = value.get("function") or value.get("handler")
        elif isinstance(value, Name):
            inner = names.values.get(value.dotted)
        elif isinstance(value, Call):
            inner = option(value, "handler")
        else:
            inner = None
        if inner is None:
            return
        value = inner


FRAMEWORK = Framework(
    name=NAME, languages=("JavaScript", "TypeScript"), read=read, packages=("sst",), expand=expand, decides=True
)
