"""What a Spring application sets for all its routes: path prefixes, the dispatcher, exported repositories."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reviewer.gather.expressions import truth
from reviewer.gather.frameworks.jvm._annotations import find, flat, given, option, path_of, texts
from reviewer.gather.frameworks.jvm.spring_mvc import FLUX, MVC, REACTIVE
from reviewer.gather.reader import Kept, Reader
from reviewer.gather.syntax import Call, Class, Module, Name, dotted
from reviewer.model.facts.routing import Route, Router
from reviewer.model.facts.values import Ref

DATA_REST = "Spring Data REST"
CONTEXT = (Ref(name="server.servlet.context-path"),)
BASE = (Ref(name="spring.webflux.base-path"),)
DATA_REST_BASE = (Ref(name="spring.data.rest.base-path"),)
INITIALIZER = "DispatcherServletInitializer"
EXPORTED = ("RepositoryRestResource", "RestResource")
COLLECTION, ITEM = ("GET", "POST"), ("GET", "PUT", "PATCH", "DELETE")
SIBILANT = re.compile(r"(?:s|x|z|ch|sh)$")


def read(module: Module, kept: Kept) -> None:
    """Keeps prefixes set in code, and repositories that are served without a controller."""
    if not module.imported("org.springframework"):
        return
    for call in module.calls:
        if call.last == "addPathPrefix" and call.args:
            _prefix(module, kept, call)
    for owner in module.classes:
        if any(dotted(getattr(base, "callee", base)).endswith(INITIALIZER) for base in owner.bases):
            _dispatcher(module, kept, owner)
        exported = find(owner.decorators, *EXPORTED)
        if exported is not None and owner.kind == "interface":
            kept.routers.append(Router(symbol=owner.name, framework=DATA_REST, line=owner.line, prefix=DATA_REST_BASE))
            kept.routes.extend(_exported(module, owner, exported))


def _prefix(module: Module, kept: Kept, call: Call) -> None:
    """``configurer.addPathPrefix("/api", ...)``, below the context path of the settings."""
    owner = module.classes[call.owner] if call.owner != -1 else None
    prefix = path_of(module, owner, call.args[0])
    reactive = module.imported(*REACTIVE)
    kept.routers.append(
        Router(
            symbol=owner.name if owner else "configurer",
            framework=FLUX if reactive else MVC,
            line=call.line,
            root=True,
            prefix=(*(BASE if reactive else CONTEXT), "/", *prefix),
        )
    )


def _dispatcher(module: Module, kept: Kept, owner: Class) -> None:
    """``getServletMappings`` of a class that registers the dispatcher: ``/api/*``."""
    for method in module.methods_of(owner):
        if method.name != "getServletMappings":
            continue
        for item in module.returns:
            mappings = texts(item.value) if item.function == method.index else []
            if mappings:
                prefix = mappings[0].removesuffix("*").rstrip("/")
                kept.routers.append(
                    Router(
                        symbol=owner.name,
                        framework=MVC,
                        line=item.line,
                        root=True,
                        prefix=(prefix,) if prefix else (),
                    )
                )


def _exported(module: Module, owner: Class, exported: object) -> Iterator[Route]:
    """The collection and the items of an exported repository, at the path it gives or the plural of its entity."""
    decorator = exported if isinstance(exported, Call) else None
    if truth(option(decorator, "exported")) is False:
        return
    named = option(decorator, "path") or given(decorator, "path")
    path = path_of(module, owner, named) if named is not None else (_plural(_entity(owner)),)
    for methods, suffix in ((COLLECTION, ""), (ITEM, "/{id}")):
        yield Route(
            router=owner.name,
            framework=DATA_REST,
            methods=methods,
            path=(*path, suffix) if suffix else path,
            line=owner.line,
            end_line=owner.end_line,
            implicit=True,
        )


def _entity(owner: Class) -> str:
    """``User`` of ``JpaRepository<User, Long>``; else the interface's own name without its ending."""
    for value in owner.keywords.values():
        first = next(iter(flat(value)), None)
        if isinstance(first, Name):
            return first.dotted.rpartition(".")[2]
    return owner.name.rpartition(".")[2].removesuffix("Repository")


def _plural(name: str) -> str:
    """English plurals as far as spelling tells them."""
    low = name[:1].lower() + name[1:]
    if low.endswith("y") and low[-2:-1] not in "aeiou":
        return f"{low[:-1]}ies"
    return f"{low}es" if SIBILANT.search(low) else f"{low}s"


SPRING_APP = Reader(name="Spring application", languages=("Java", "Kotlin"), read=read)
