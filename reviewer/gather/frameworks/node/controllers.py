"""Frameworks whose controllers declare routes by decorators: tsoa, routing-controllers, LoopBack and their like."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from reviewer.gather.expressions import option
from reviewer.gather.frameworks.node._express_values import paths_of
from reviewer.gather.given import TABLE
from reviewer.gather.languages.node._names import Names
from reviewer.gather.reader import Framework, Kept
from reviewer.gather.syntax import Call, Class, Expr, Function, Mapping, Module, dotted, plain, value_of
from reviewer.model.facts.routing import Route, Router
from reviewer.model.facts.values import Value

ECMA = ("JavaScript", "TypeScript")
VERBS = {"Get": "GET", "Post": "POST", "Put": "PUT", "Patch": "PATCH", "Delete": "DELETE", "All": "ANY"}
GUARDS = re.compile(r"^(?:Authorized|Security|authenticate|Authenticate|UseBefore|UseAuth|Middleware|Auth\w*)$")
OPEN = re.compile(r"^(?:NoSecurity|Public|AllowAnonymous)$")
ROOT_KEYS = ("routePrefix", "rootPath", "prefix")
MOUNT, TSED_NAME = "mount", "Ts.ED"
PATH_KEYS = ("basePath", "path", "route", "prefix", "url")
PAGES = frozenset({"Render", "Redirect", "View"})
REGISTER_ROUTES = "RegisterRoutes"
"""What tsoa generates, to be called with the application."""


@dataclass(frozen=True, slots=True)
class Spec:
    """How one framework calls its decorators: of classes (which hold the prefix), and of methods."""

    name: str
    modules: tuple[str, ...]
    classes: frozenset[str]
    verbs: dict[str, str]
    roots: frozenset[str] = frozenset()
    """Calls that make an application with a prefix for all controllers, in one of its options."""
    plugin: str = ""
    """What is handed to ``register`` of Fastify with a prefix for all controllers."""
    guarded_by_arguments: bool = False
    """Whether what follows the path in a decorator is middleware."""
    any_class: bool = False
    """Whether classes without a decorator hold routes too."""
    registered: str = ""
    """The generated function that has to be called with the application, where one is; else nothing is served."""


def _lower(verbs: dict[str, str], before: str = "") -> dict[str, str]:
    return {before + (key if before else key.lower()): method for key, method in verbs.items()}


SPECS = {
    "tsoa": Spec("tsoa", ("tsoa", "@tsoa/runtime"), frozenset({"Route"}), VERBS, registered=REGISTER_ROUTES),
    "routing-controllers": Spec(
        "routing-controllers",
        ("routing-controllers",),
        frozenset({"Controller", "JsonController"}),
        VERBS,
        frozenset({"createExpressServer", "useExpressServer", "createKoaServer", "useKoaServer"}),
    ),
    "@loopback/rest": Spec(
        "LoopBack",
        ("@loopback/rest", "@loopback/openapi-v3"),
        frozenset({"api"}),
        {**_lower(VERBS), "del": "DELETE"},
        any_class=True,
    ),
    "inversify-express-utils": Spec(
        "InversifyJS",
        ("inversify-express-utils",),
        frozenset({"controller"}),
        _lower(VERBS, "http"),
        frozenset({"InversifyExpressServer"}),
        guarded_by_arguments=True,
    ),
    "@overnightjs/core": Spec("OvernightJS", ("@overnightjs/core",), frozenset({"Controller", "ClassWrapper"}), VERBS),
    "@tsed/common": Spec("Ts.ED", ("@tsed/common", "@tsed/di", "@tsed/schema"), frozenset({"Controller"}), VERBS),
    "fastify-decorators": Spec(
        "fastify-decorators",
        ("fastify-decorators",),
        frozenset({"Controller"}),
        {method: method for method in VERBS.values() if method != "ANY"} | {"ALL": "ANY"},
        plugin="bootstrap",
    ),
    "@midwayjs/core": Spec(
        "Midway", ("@midwayjs/core", "@midwayjs/decorator"), frozenset({"Controller", "Provide"}), VERBS
    ),
}
"""By the package whose dependency tells the version."""


def reader_of(spec: Spec) -> Callable[[Module, Kept], None]:
    """The reader of one of these frameworks."""

    def read(module: Module, kept: Kept) -> None:
        if not module.imported(*spec.modules):
            return
        names = Names(module)
        for owner in module.classes:
            marks = [item for item in owner.decorators if _known_as(names, item) in spec.classes]
            if marks or spec.any_class:
                kept_before = len(kept.routes)
                _methods(spec, names, kept, module, owner)
                if marks or len(kept.routes) > kept_before:
                    prefix = _prefix(marks[0]) if marks else ()
                    symbol = _symbol(spec, owner)
                    kept.routers.append(Router(symbol=symbol, framework=spec.name, line=owner.line, prefix=prefix))
            kept.routers.extend(_mounted(spec, owner))
        for call in module.calls:
            plugged = bool(spec.plugin) and call.last == "register" and bool(call.args)
            if call.last in spec.roots or (plugged and dotted(call.args[0]) == spec.plugin):
                given = next((value for key in ROOT_KEYS if (value := option(call, key)) is not None), None)
                prefix = (paths_of(given) or [()])[0] if given is not None else ()
                symbol = f"{call.last}@{call.line}"
                router = Router(symbol=symbol, framework=spec.name, line=call.line, root=True, prefix=prefix)
                kept.routers.append(router)

    return read


def _mounted(spec: Spec, owner: Class) -> Iterator[Router]:
    """``@Configuration({ mount: { "/rest": [...] } })`` of Ts.ED, where all controllers are below one path."""
    for decorator in owner.decorators if spec.name == TSED_NAME else ():
        options = decorator.args[0] if isinstance(decorator, Call) and decorator.args else None
        mount = options.get("mount") if isinstance(options, Mapping) else None
        if isinstance(mount, Mapping) and len(mount.pairs) == 1:
            path = plain(mount.pairs[0][0]) or ""
            yield Router(symbol=MOUNT, framework=spec.name, line=mount.line, root=True, prefix=(path,))


def _symbol(spec: Spec, owner: Class) -> str:
    """A controller that is served only where a generated function takes all of them in goes by that function."""
    return f"{owner.name}.{spec.registered}{TABLE}" if spec.registered else owner.name


def _last(decorator: Expr) -> str:
    return dotted(decorator.callee if isinstance(decorator, Call) else decorator).rpartition(".")[2]


def _known_as(names: Names, decorator: Expr) -> str:
    """What the library calls a decorator, whatever it is imported as."""
    return names.origin(decorator.callee if isinstance(decorator, Call) else decorator).rpartition(".")[2]


def _prefix(decorator: Expr) -> Value:
    """A text, or ``{ path }``, ``{ route }``, ``{ basePath }``."""
    first = decorator.args[0] if isinstance(decorator, Call) and decorator.args else None
    if isinstance(first, Mapping):
        first = next((found for key in PATH_KEYS if (found := first.get(key)) is not None), None)
    return value_of(first) if first is not None else ()


def _methods(spec: Spec, names: Names, kept: Kept, module: Module, owner: Class) -> None:
    above = (*_guards(owner), *_given(spec, names, owner.decorators))
    for method in module.methods_of(owner):
        for decorator in method.decorators:
            if not isinstance(decorator, Call) or not names.package(decorator.callee).startswith(spec.modules):
                continue
            verb = spec.verbs.get(_known_as(names, decorator))
            if verb is not None:
                _declare(spec, kept, owner, method, decorator, verb, (*above, *_given(spec, names, (decorator,))))


def _given(spec: Spec, names: Names, decorators: tuple[Expr, ...]) -> Iterator[str]:
    """The middleware after the path: ``@httpGet("/", TYPES.AuthMiddleware)``."""
    for decorator in decorators if spec.guarded_by_arguments else ():
        if isinstance(decorator, Call) and names.package(decorator.callee).startswith(spec.modules):
            yield from (text for arg in decorator.args[1:] if (text := dotted(arg) or plain(arg) or _called(arg)))


def _called(expr: Expr) -> str:
    """The name of what is called."""
    return dotted(expr.callee) if isinstance(expr, Call) else ""


def _declare(
    spec: Spec, kept: Kept, owner: Class, method: Function, decorator: Call, verb: str, above: tuple[str, ...]
) -> None:
    opened = any(OPEN.match(_last(item)) for item in method.decorators)
    guards = ("no_auth",) if opened else tuple(dict.fromkeys((*above, *_guards(method))))
    kept.routes.append(
        Route(
            router=_symbol(spec, owner),
            framework=spec.name,
            methods=(verb,),
            path=_prefix(decorator),
            line=decorator.line,
            end_line=method.end_line,
            handler=f"{owner.name}.{method.name}",
            page=any(_last(item) in PAGES for item in method.decorators),
            guards=guards,
        )
    )


def _guards(item: Class | Function) -> Iterator[str]:
    for decorator in item.decorators:
        name = _last(decorator)
        if not GUARDS.match(name):
            continue
        args = decorator.args if isinstance(decorator, Call) else ()
        if name in ("UseBefore", "Middleware"):
            yield from (text for arg in args if (text := dotted(arg)))
        else:
            yield f"{name} {plain(args[0]) or dotted(args[0]) if args else ''}".strip()


def _framework(package: str) -> Framework:
    spec = SPECS[package]
    return Framework(
        name=spec.name,
        languages=ECMA,
        read=reader_of(spec),
        packages=(package,),
        one_root=bool(spec.roots or spec.plugin) or spec.name == TSED_NAME,
    )


TSOA = _framework("tsoa")
ROUTING_CONTROLLERS = _framework("routing-controllers")
LOOPBACK = _framework("@loopback/rest")
INVERSIFY = _framework("inversify-express-utils")
OVERNIGHT = _framework("@overnightjs/core")
TSED = _framework("@tsed/common")
FASTIFY_DECORATORS = _framework("fastify-decorators")
MIDWAY = _framework("@midwayjs/core")
