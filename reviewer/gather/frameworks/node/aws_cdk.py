"""AWS CDK: the resources and methods of an API Gateway, and the routes of an HTTP API."""

from __future__ import annotations

from reviewer.gather.frameworks.node._method_paths import hands_on, served
from reviewer.gather.languages.node._names import Names
from reviewer.gather.reader import Framework, Kept
from reviewer.gather.syntax import Attribute, Call, Expr, Items, Mapping, Module, Name, dotted, plain, value_of
from reviewer.model.facts.routing import Route, Router
from reviewer.model.facts.values import Value

NAME = "AWS CDK"
MODULES = ("aws-cdk-lib", "@aws-cdk")
RESOURCES = frozenset({"addResource", "resourceForPath"})
METHOD, ROUTES = "addMethod", "addRoutes"
DEPTH = 12


def read(module: Module, kept: Kept) -> None:
    """Keeps the methods added to resources, with the paths of the resources around, and routes of HTTP APIs."""
    if not module.imported(*MODULES):
        return
    names = Names(module)
    for call in module.calls:
        if call.last == METHOD and call.args and (method := plain(call.args[0])):
            path = _path(names, _receiver(call))
            if path is not None:
                _keep(kept, call, method.upper(), path, len(call.args) > 2 and _authorized(call.args[2]))
        elif call.last == ROUTES and call.args and isinstance(call.args[0], Mapping):
            _http_routes(kept, call, call.args[0])


def _receiver(call: Call) -> Expr:
    if isinstance(call.callee, Attribute):
        return call.callee.value
    return Name(dotted(call.callee).rpartition(".")[0], call.line)


def _path(names: Names, expr: Expr | None, depth: int = 0) -> Value | None:
    """The path of a resource: those it was added to, then its own; ``api.root`` is the root."""
    if depth > DEPTH:
        return None
    if isinstance(expr, Call) and expr.last in RESOURCES and expr.args:
        above = _path(names, _receiver(expr), depth + 1)
        own = tuple(part.lstrip("/") if isinstance(part, str) else part for part in value_of(expr.args[0]))
        return None if above is None else (*above, "/", *own)
    name = dotted(expr)
    if name.endswith(".root") or (isinstance(expr, Attribute) and expr.name == "root"):
        return ()
    given = names.values.get(name) if name else None
    return _path(names, given, depth + 1) if given is not None else None


def _authorized(options: Expr) -> bool:
    return isinstance(options, Mapping) and options.get("authorizer") is not None


def _keep(kept: Kept, call: Call, method: str, path: Value, guarded: bool) -> None:
    text = "".join(part for part in path if isinstance(part, str))
    if hands_on(text) or method == "OPTIONS":
        return
    if not any(item.framework == NAME for item in kept.routers):
        kept.routers.append(Router(symbol=NAME, framework=NAME, line=call.line, root=True))
    kept.routes.append(
        Route(
            router=NAME,
            framework=NAME,
            methods=(method,),
            path=tuple(served(part) if isinstance(part, str) else part for part in path) or ("/",),
            line=call.line,
            end_line=call.end_line,
            guards=("authorizer",) if guarded else (),
        )
    )


def _http_routes(kept: Kept, call: Call, options: Mapping) -> None:
    """``api.addRoutes({ path, methods: [HttpMethod.GET], integration })``."""
    listed = options.get("methods")
    methods = [dotted(item).rpartition(".")[2] for item in listed.values] if isinstance(listed, Items) else ["ANY"]
    path = options.get("path")
    for method in methods if path is not None else ():
        _keep(kept, call, method.upper(), value_of(path), _authorized(options))


FRAMEWORK = Framework(
    name=NAME, languages=("JavaScript", "TypeScript"), read=read, packages=("aws-cdk-lib", "@aws-cdk/core")
)
