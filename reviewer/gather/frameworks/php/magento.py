"""Magento 2: the controllers of a module; its web API is read in `documents.magento`."""

from __future__ import annotations

from collections.abc import Iterator
from weakref import WeakKeyDictionary

from reviewer.gather.documents.magento import NAME, front_of
from reviewer.gather.index import Index
from reviewer.gather.look import words
from reviewer.gather.reader import Expansion, Framework, Kept
from reviewer.gather.syntax import Call, Class, Module, dotted, plain
from reviewer.model.facts.routing import Route, Router
from reviewer.model.facts.values import Place

CONTROLLER, ADMIN, EXECUTE = "Controller", "Adminhtml", "execute"
ROUTER = "controllers"
METHODS = {
    "HttpGetActionInterface": "GET",
    "HttpPostActionInterface": "POST",
    "HttpPutActionInterface": "PUT",
    "HttpPatchActionInterface": "PATCH",
    "HttpDeleteActionInterface": "DELETE",
}
"""https://developer.adobe.com/commerce/php/development/components/routing/"""
RESERVED = words("new print switch return list empty clone default include require use exit echo")
"""Words of PHP that Magento puts ``Action`` behind: https://developer.adobe.com/commerce/php/development/components/routing/"""
RESOURCE = "ADMIN_RESOURCE"
DATA = words("JsonFactory Json RawFactory")
"""Makers of answers that are no page; ``ResultFactory::TYPE_JSON`` is another."""
TYPES = ("ResultFactory.TYPE_JSON", "ResultFactory.TYPE_RAW")
BACK_END = "/admin"
GUARD = "permission admin"
_CLASSES: WeakKeyDictionary[Index, dict[str, list[tuple[str, str]]]] = WeakKeyDictionary()


def read(module: Module, kept: Kept) -> None:
    """Keeps the actions of a file: ``Acme\\Shop\\Controller\\Cart\\Add`` serves ``cart/add`` of the module."""
    vendor, name, *inner = [*(module.namespace or "").split("."), "", ""]
    if not (inner and inner[0] == CONTROLLER and (module.imported(NAME) or f"{NAME}\\" in module.text)):
        return
    folders = [part for part in inner[1:] if part]
    for owner in module.classes:
        execute = next((item for item in module.methods_of(owner) if item.name == EXECUTE), None)
        if execute is None or not owner.bases or "abstract" in owner.modifiers:
            continue
        admin = folders[:1] == [ADMIN]
        place = "_".join(folders[1:] if admin else folders).lower()
        kept.routers.append(Router(symbol=ROUTER, framework=NAME, line=owner.line))
        kept.routes.append(
            Route(
                router=ROUTER,
                framework=NAME,
                methods=_methods(owner),
                path=(f"{place}/{_action(owner.name)}" if place else _action(owner.name),),
                line=owner.line,
                end_line=owner.end_line,
                handler=f"{owner.name}.{EXECUTE}",
                page=not _answers_data(module),
                guards=(_resource(module, owner),) if admin else (),
                name=front_of("adminhtml" if admin else "frontend", f"{vendor}_{name}"),
            )
        )


def _action(name: str) -> str:
    """What a class is asked for by; a word that no class may be named by stands without its ending."""
    lower = name.lower()
    return bare if (bare := lower.removesuffix("action")) in RESERVED else lower


def _methods(owner: Class) -> tuple[str, ...]:
    bases = [dotted(base).rpartition(".")[2] for base in owner.bases]
    return tuple(METHODS[base] for base in bases if base in METHODS) or ("ANY",)


def _answers_data(module: Module) -> bool:
    if any(item.name in DATA or (item.name or "").endswith("JsonFactory") for item in module.imports):
        return True
    return any(dotted(arg) in TYPES for call in module.calls for arg in call.args if not isinstance(arg, Call))


def _resource(module: Module, owner: Class) -> str:
    """The right that an action of the back end asks for; every one asks for somebody who is logged in."""
    said = (plain(item.value) for item in module.assignments if item.owner == owner.index and item.target == RESOURCE)
    return f"permission {named}" if (named := next(said, None)) else GUARD


def expand(index: Index, path: str, route: Route) -> Iterator[Expansion]:
    """An action below the name that its module gave itself; the web API is served as it is declared."""
    if route.router != ROUTER:
        place = _served_by(index, route.handler) or Place(path=path, line=route.line, end_line=route.end_line)
        yield from (Expansion(method=method, place=place) for method in route.methods)
        return
    own = index.text(path, route.path)
    for front in _fronts(index, route.name):
        served = f"{BACK_END if route.name.startswith('adminhtml') else ''}/{front}/{own}"
        yield from (Expansion(method=method, path=served) for method in route.methods)


def _served_by(index: Index, handler: str) -> Place | None:
    """Where the service that a route of the web API names is written: in the class that implements its interface."""
    contract, _, method = handler.rpartition(".")
    for path, name in _classes(index).get(contract.rpartition(".")[2], ()):
        found = index.function(path, f"{name}.{method}")
        if found is not None:
            return Place(path=found[0], line=found[1].line, end_line=found[1].end_line)
    return None


def _classes(index: Index) -> dict[str, list[tuple[str, str]]]:
    """Classes of PHP by what they are or implement, those that implement it first."""
    known = _CLASSES.get(index)
    if known is None:
        known = _CLASSES[index] = {}
        own = [
            (path, item) for path, facts in sorted(index.files.items()) if facts.kind == "php" for item in facts.classes
        ]
        for path, item in own:
            for base in item.bases:
                known.setdefault(base.rpartition(".")[2], []).append((path, item.name))
        for path, item in own:
            known.setdefault(item.name, []).append((path, item.name))
    return known


def _fronts(index: Index, symbol: str) -> list[str]:
    """Names under which the controllers of a module are found."""
    return [
        index.text(place, router.prefix)
        for place, facts in sorted(index.files.items())
        for router in (facts.routing.routers if facts.routing else ())
        if router.framework == NAME and router.symbol == symbol
    ]


FRAMEWORK = Framework(name=NAME, languages=("PHP",), read=read, expand=expand, decides=True)
