"""Spring MVC: controllers and their methods by annotations, also those of interfaces and base classes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from reviewer.gather.frameworks.jvm._annotations import find
from reviewer.gather.frameworks.jvm._programs import roots_of
from reviewer.gather.frameworks.jvm._spring_classes import (
    CLIENTS,
    CONTROLLERS,
    REST,
    Mapped,
    class_paths,
    guards_of,
    is_page,
    is_rest,
    mapped,
)
from reviewer.gather.frameworks.jvm._spring_functional import read_functional
from reviewer.gather.frameworks.jvm._spring_generated import generated
from reviewer.gather.index import Index
from reviewer.gather.reader import Expansion, Framework, Kept
from reviewer.gather.syntax import Class, Module, dotted
from reviewer.model.facts.code import ClassDef
from reviewer.model.facts.routing import Route, Router, View

MVC = "Spring MVC"
FLUX = "Spring WebFlux"
SPRING = "org.springframework"
REACTIVE = (
    "reactor",
    "kotlinx.coroutines.flow",
    "org.springframework.web.reactive",
    "org.springframework.http.server.reactive",
)
MAPPINGS = ("RequestMapping", "GetMapping", "PostMapping", "PutMapping", "PatchMapping", "DeleteMapping")
INHERITED = "inherited"
"""The name of a route that stands for whatever a class inherits."""
PERHAPS = "perhaps"
"""The name of a route that stands for all of a class which an annotation of the project may make a controller."""
PUBLIC = "public"
KINDS = ("class", "object", "record")
DELEGATE = "ApiDelegate"
"""What generators call the interfaces that their controllers hand requests on to."""
NOT_SERVED = Expansion(method="")
CONTROLLER_NAMES = frozenset(CONTROLLERS)
REST_NAMES = frozenset(REST)
KNOWN = CONTROLLER_NAMES | {"RequestMapping", "CrossOrigin", "Slf4j", "Validated", "Tag", "RequiredArgsConstructor"}


def read_mvc(module: Module, kept: Kept) -> None:
    """Keeps the controllers of a file with nothing reactive in it."""
    if module.imported(SPRING) and not _is_reactive(module):
        _read(module, kept, MVC)


def read_flux(module: Module, kept: Kept) -> None:
    """Keeps the controllers and functional routes of a file with something reactive in it."""
    if module.imported(SPRING) and _is_reactive(module):
        _read(module, kept, FLUX)


def _is_reactive(module: Module) -> bool:
    """By what it imports, and by handlers that Kotlin suspends."""
    if module.imported(*REACTIVE):
        return True
    return any(item.is_async and item.owner != -1 and find(item.decorators, *MAPPINGS) for item in module.functions)


def _read(module: Module, kept: Kept, framework: str) -> None:
    for owner in module.classes:
        _read_class(module, kept, owner, framework)
    read_functional(module, kept, framework)


def _read_class(module: Module, kept: Kept, owner: Class, framework: str) -> None:
    """A class that is, or may be by what it inherits, a controller; and what it leaves to those that inherit it."""
    methods = list(mapped(module, owner))
    paths = class_paths(module, owner)
    delegate = any(dotted(getattr(base, "callee", base)).endswith(DELEGATE) for base in owner.bases)
    controller = delegate or find(owner.decorators, *CONTROLLERS) is not None
    if not (methods or paths or controller):
        return
    pages = controller and not delegate and not is_rest(owner.decorators)
    guards = guards_of(owner.decorators)
    kept.views.append(
        View(symbol=owner.name, line=owner.line, path=paths[0] if paths else (), page=pages, guards=guards)
    )
    kept.views.extend(_views(owner, methods, pages))
    if owner.kind not in KINDS or find(owner.decorators, *CLIENTS) is not None:
        return
    for number, path in enumerate(paths or ((),)):
        symbol = owner.name + (f"#{number}" if number else "")
        kept.routers.append(Router(symbol=symbol, framework=framework, line=owner.line, prefix=path))
        if owner.bases or not controller:
            kept.routes.append(_inheriting(owner, symbol, framework, controller))
        if controller:
            kept.routes.extend(_routes(owner, methods, symbol, framework, pages, guards))


def _views(owner: Class, methods: list[Mapped], pages: bool) -> Iterator[View]:
    """Each mapped method, for the classes that inherit it."""
    for item in methods:
        for below in item.paths:
            yield View(
                symbol=f"{owner.name}.{item.function.name}",
                line=item.line,
                methods=item.methods,
                path=below,
                page=is_page(item.function, pages),
                guards=guards_of(item.function.decorators),
            )


def _routes(
    owner: Class, methods: list[Mapped], symbol: str, framework: str, pages: bool, guards: tuple[str, ...]
) -> Iterator[Route]:
    for item in methods:
        inner = guards_of(item.function.decorators)
        for below in item.paths:
            yield Route(
                router=symbol,
                framework=framework,
                methods=item.methods,
                path=below,
                line=item.line,
                end_line=item.function.end_line,
                handler=f"{owner.name}.{item.function.name}",
                page=is_page(item.function, pages),
                guards=inner if PUBLIC in inner else (*guards, *inner),
            )


def _inheriting(owner: Class, symbol: str, framework: str, controller: bool) -> Route:
    """Whatever the class inherits; all of it where only the linker can tell whether it is a controller."""
    return Route(
        router=symbol,
        framework=framework,
        methods=(),
        path=(),
        line=owner.line,
        end_line=owner.end_line,
        handler=owner.name,
        name=INHERITED if controller else PERHAPS,
    )


def expand(index: Index, path: str, route: Route) -> Iterable[Expansion]:
    """The mappings of the interfaces and base classes of a controller; of one by annotation, its own too."""
    found = index.classes(path, route.handler)
    if found is None:
        return [NOT_SERVED]
    meta = _meta(index, *found) if route.name == PERHAPS else None
    if route.name == PERHAPS and meta is None:
        return [NOT_SERVED]
    own = {view.symbol.rpartition(".")[2] for _, view in _mapped_views(index, *found)}
    expansions: list[Expansion] = []
    for number, (where, item) in enumerate(index.mro(path, route.handler)):
        for place, view in _mapped_views(index, where, item):
            name = view.symbol.rpartition(".")[2]
            if name not in own if number else route.name == PERHAPS:
                page = _is_page(index, *found) and not REST_NAMES.intersection(meta.decorators if meta else ())
                expansions.extend(
                    Expansion(
                        method=method,
                        suffix=index.text(place, view.path, unknown="{value}"),
                        symbol=name,
                        page=page,
                        guards=view.guards,
                    )
                    for method in view.methods
                )
    return [*expansions, *generated(index, *found)] or [NOT_SERVED]


def _mapped_views(index: Index, path: str, item: ClassDef) -> Iterator[tuple[str, View]]:
    routing = index.files[path].routing
    for view in routing.views if routing else ():
        if view.methods and view.symbol.rpartition(".")[0] == item.name:
            yield path, view


def _class_view(index: Index, path: str, item: ClassDef) -> View | None:
    routing = index.files[path].routing
    return next((view for view in (routing.views if routing else ()) if view.symbol == item.name), None)


def _is_page(index: Index, path: str, item: ClassDef) -> bool:
    view = _class_view(index, path, item)
    return view is not None and view.page


def _meta(index: Index, path: str, item: ClassDef) -> ClassDef | None:
    """The project's own annotation that makes a class a controller."""
    for decorator in item.decorators:
        found = index.classes(path, decorator)
        if found is not None and CONTROLLER_NAMES.intersection(name.rpartition(".")[2] for name in found[1].decorators):
            return found[1]
    return None


def settle(index: Index, path: str, router: Router, own: str) -> tuple[str, tuple[str, ...]]:
    """A controller without a path of its own has that of its interface, base class or annotation."""
    if own or router.root:
        return own, ()
    for where, item in index.mro(path, router.symbol):
        for holder in [(where, item), *_annotations(index, where, item)]:
            view = _class_view(index, *holder)
            if view is not None and view.path:
                return index.text(holder[0], view.path), view.guards
    return own, ()


def _annotations(index: Index, path: str, item: ClassDef) -> list[tuple[str, ClassDef]]:
    found = (index.classes(path, name) for name in item.decorators if name.rpartition(".")[2] not in KNOWN)
    return [holder for holder in found if holder is not None]


SPRING_MVC = Framework(
    name=MVC,
    languages=("Java", "Kotlin"),
    read=read_mvc,
    packages=("org.springframework:spring-webmvc", "org.springframework.boot:spring-boot-starter-web"),
    expand=expand,
    one_root=True,
    roots=roots_of,
    settle=settle,
)
SPRING_WEBFLUX = Framework(
    name=FLUX,
    languages=("Java", "Kotlin"),
    read=read_flux,
    packages=("org.springframework:spring-webflux", "org.springframework.boot:spring-boot-starter-webflux"),
    expand=expand,
    one_root=True,
    roots=roots_of,
    settle=settle,
)
