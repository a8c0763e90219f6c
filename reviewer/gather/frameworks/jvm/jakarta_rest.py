"""Jakarta REST (JAX-RS), as in Quarkus, Jersey and RESTEasy: resources, those below them, applications."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from reviewer.gather.expressions import last
from reviewer.gather.frameworks.jvm._annotations import find, given, name_of, path_of, words_of
from reviewer.gather.frameworks.jvm._jakarta_filters import filter_rules
from reviewer.gather.frameworks.jvm._programs import roots_of
from reviewer.gather.frameworks.jvm._spring_generated import INTERFACE, generated
from reviewer.gather.index import Index
from reviewer.gather.reader import Expansion, Framework, Kept
from reviewer.gather.syntax import Class, Expr, Function, Module, dotted
from reviewer.model.facts.code import ClassDef
from reviewer.model.facts.routing import Mount, Route, Router, View
from reviewer.model.facts.values import Ref, Value

REST = "Jakarta REST"
MODULES = ("jakarta.ws.rs", "javax.ws.rs", "org.jboss.resteasy", "org.glassfish.jersey")
VERBS = frozenset({"GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"})
CLIENT = ("RegisterRestClient", "FeignClient")
ROOT_SETTING = (Ref(name="quarkus.http.root-path"),)
GUARDS = ("RolesAllowed", "Authenticated", "RequiresRoles", "RequiresAuthentication", "DenyAll", "Secured")
PUBLIC = "public"
HTML = "text/html"
TEMPLATES = ("TemplateInstance", "Viewable", "Template")
INHERITED = "inherited"
IMPLEMENTED = "implemented"
"""Names of routes that stand for what a class inherits, and for an interface wherever a class implements it."""
GENERATED = "generated"
"""The name of a route that stands for a class of an interface that the build makes of an OpenAPI file."""
NOT_SERVED = Expansion(method="")


def read(module: Module, kept: Kept) -> None:
    """Keeps the resources and applications of a file."""
    if not module.imported(*MODULES):
        return
    kept.rules.extend(filter_rules(module, REST))
    for owner in module.classes:
        application = find(owner.decorators, "ApplicationPath")
        if application is not None:
            path = path_of(module, owner, given(application))
            kept.routers.append(
                Router(
                    symbol=owner.name, framework=REST, line=owner.line, root=True, prefix=(*ROOT_SETTING, "/", *path)
                )
            )
            continue
        if find(owner.decorators, *CLIENT) is None:
            _read_resource(module, kept, owner)


def _read_resource(module: Module, kept: Kept, owner: Class) -> None:
    path = find(owner.decorators, "Path")
    methods = [(function, verb) for function in module.methods_of(owner) if (verb := _verb(function))]
    prefix = path_of(module, owner, given(path)) if path is not None else ()
    guards = guards_of(owner.decorators)
    page = _is_html(owner.decorators)
    kept.views.extend(_views(module, owner, methods, prefix, guards, page, path is not None))
    served = path is not None and owner.kind in ("class", "object", "record")
    locators = list(_locators(module, owner))
    kept.mounts.extend(locators)
    if owner.kind == "interface" and path is not None and methods:
        kept.routers.append(Router(symbol=owner.name, framework=REST, line=owner.line, prefix=prefix))
        kept.routes.append(_whole(owner, IMPLEMENTED))
    elif served or locators or (methods and owner.kind in ("class", "object", "record")):
        kept.routers.append(Router(symbol=owner.name, framework=REST, line=owner.line, prefix=prefix))
        if owner.bases and served:
            kept.routes.append(_whole(owner, INHERITED))
        if served or methods:
            kept.routes.extend(_routes(module, owner, methods, guards, page, "" if served else IMPLEMENTED))
    elif owner.kind == "class" and any(INTERFACE.fullmatch(last(dotted(base))) for base in owner.bases):
        kept.routers.append(Router(symbol=owner.name, framework=REST, line=owner.line))
        kept.routes.append(_whole(owner, GENERATED))


def _verb(function: Function) -> str:
    return next((name for item in function.decorators if (name := name_of(item)) in VERBS), "")


def _views(
    module: Module,
    owner: Class,
    methods: list[tuple[Function, str]],
    prefix: Value,
    guards: tuple[str, ...],
    page: bool,
    resource: bool,
) -> Iterator[View]:
    """The class, and each of its methods, for what inherits them."""
    if not methods:
        return
    yield View(symbol=owner.name, line=owner.line, path=prefix, guards=guards, detail=resource)
    for function, verb in methods:
        yield View(
            symbol=f"{owner.name}.{function.name}",
            line=function.line,
            methods=(verb,),
            path=_path(module, owner, function),
            page=page or _is_page(function),
            guards=guards_of(function.decorators),
        )


def _path(module: Module, owner: Class, function: Function) -> Value:
    path = find(function.decorators, "Path")
    return path_of(module, owner, given(path)) if path is not None else ()


def _routes(
    module: Module,
    owner: Class,
    methods: list[tuple[Function, str]],
    guards: tuple[str, ...],
    page: bool,
    name: str,
) -> Iterator[Route]:
    """The methods of a class; those of one without a path are served where something hands requests on to it."""
    for function, verb in methods:
        inner = guards_of(function.decorators)
        yield Route(
            router=owner.name,
            framework=REST,
            methods=(verb,) if not name else (),
            path=_path(module, owner, function),
            line=function.line,
            end_line=function.end_line,
            handler=f"{owner.name}.{function.name}",
            page=page or _is_page(function),
            guards=inner or guards,
            name=f"below {verb}" if name else "",
        )


def _whole(owner: Class, name: str) -> Route:
    return Route(
        router=owner.name,
        framework=REST,
        methods=(),
        path=(),
        line=owner.line,
        end_line=owner.end_line,
        handler=owner.name,
        name=name,
    )


def _locators(module: Module, owner: Class) -> Iterator[Mount]:
    """Methods with a path and no verb: what they return answers below it."""
    for function in module.methods_of(owner):
        path = find(function.decorators, "Path")
        kind = function.returns.removeprefix("Class<").partition("<")[0].rstrip(">").strip()
        if path is not None and not _verb(function) and kind[:1].isupper():
            prefix = path_of(module, owner, given(path))
            yield Mount(parent=owner.name, child=kind, framework=REST, line=function.line, prefix=prefix)


def guards_of(decorators: Iterable[Expr]) -> tuple[str, ...]:
    """What annotations ask for; ``public`` where they open something to everybody."""
    found = []
    for decorator in decorators:
        name = name_of(decorator)
        if name in ("PermitAll", "PublicEndpoint"):
            found.append(PUBLIC)
        elif name in GUARDS:
            found.append(f"{name} (authorized)")
    return tuple(found)


def _is_html(decorators: Iterable[Expr]) -> bool:
    produced = find(decorators, "Produces")
    said = words_of(given(produced)) if produced is not None else ""
    return (HTML in said or "TEXT_HTML" in said) and "json" not in said.lower()


def _is_page(function: Function) -> bool:
    return _is_html(function.decorators) or any(name in function.returns[:200] for name in TEMPLATES)


def expand(index: Index, path: str, route: Route) -> Iterable[Expansion]:
    """What a class inherits, an interface that some class implements, a resource that others hand requests to."""
    found = index.classes(path, route.handler.partition(".")[0] if route.name.startswith("below") else route.handler)
    if route.name.startswith("below "):
        mounted = _is_mounted(index, route.router)
        return [Expansion(method=route.name.removeprefix("below "))] if mounted else [NOT_SERVED]
    if found is None or (route.name == IMPLEMENTED and not _is_implemented(index, *found)):
        return [NOT_SERVED]
    if route.name == GENERATED:
        return list(generated(index, *found)) or [NOT_SERVED]
    own = {view.symbol.rpartition(".")[2] for _, view in _method_views(index, *found)}
    expansions: list[Expansion] = []
    for number, (where, item) in enumerate(index.mro(path, route.handler)):
        if (route.name == IMPLEMENTED) != (number == 0):
            continue
        for place, view in _method_views(index, where, item):
            name = view.symbol.rpartition(".")[2]
            if number == 0 or name not in own:
                suffix = index.text(place, view.path, unknown="{value}")
                expansions.extend(
                    Expansion(method=method, suffix=suffix, symbol=name, page=view.page, guards=view.guards)
                    for method in view.methods
                )
    return expansions or [NOT_SERVED]


def _method_views(index: Index, path: str, item: ClassDef) -> Iterator[tuple[str, View]]:
    routing = index.files[path].routing
    for view in routing.views if routing else ():
        if view.methods and view.symbol.rpartition(".")[0] == item.name:
            yield path, view


def _is_implemented(index: Index, path: str, interface: ClassDef) -> bool:
    """Whether a class of the repository implements an interface: else it is that of a client."""
    name = interface.name.rpartition(".")[2]
    for where, facts in sorted(index.files.items()):
        for item in facts.classes:
            if any(base.rpartition(".")[2] == name for base in item.bases):
                found = next((index.classes(where, base) for base in item.bases if base.endswith(name)), None)
                if found is not None and found[0] == path and "Path" not in item.decorators:
                    return True
    return False


def _is_mounted(index: Index, name: str) -> bool:
    return any(
        mount.framework == REST and last(mount.child) == last(name)
        for facts in index.files.values()
        if facts.routing
        for mount in facts.routing.mounts
    )


JAKARTA_REST = Framework(
    name=REST,
    languages=("Java", "Kotlin"),
    read=read,
    packages=("jakarta.ws.rs:jakarta.ws.rs-api", "javax.ws.rs:javax.ws.rs-api", "io.quarkus:quarkus-rest"),
    expand=expand,
    one_root=True,
    roots=roots_of,
)
