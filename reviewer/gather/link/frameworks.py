"""The frameworks that a repository uses: by their routes, by what server code imports, by what it is built on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from reviewer.gather import registry
from reviewer.gather.link.framework_names import (
    BORROWED,
    BUILT_ON,
    DECLARED,
    ECOSYSTEM_OF_MANIFEST,
    IMPORTED,
    LOOK_ALIKES,
    NOT_SERVING,
)
from reviewer.gather.link.view import EVIDENCE_MOST, View
from reviewer.gather.reader import Framework
from reviewer.gather.syntax import heads
from reviewer.model.facts.documents import Manifest
from reviewer.model.facts.repository import NamedUse, SourceFile
from reviewer.model.facts.values import At, Place

Named = tuple[str, Place]
MVC, FLUX = "Spring MVC", "Spring WebFlux"
FLUX_PACKAGES = frozenset({"spring-boot-starter-webflux", "spring-webflux"})
MVC_PACKAGES = frozenset(
    {
        "spring-boot-starter-web",
        "spring-boot-starter-webmvc",
        "spring-webmvc",
        "spring-boot-starter-data-rest",
        "spring-boot-starter-hateoas",
        "spring-boot-starter-jersey",
    }
)


def link_frameworks(view: View, manifests: tuple[At[Manifest], ...]) -> tuple[NamedUse, ...]:
    """Every framework with where it shows, by name."""
    found: dict[str, list[Place]] = {}
    read = registry.frameworks(_languages(view))
    shown = [*_routed((*view.server, *view.settings), read), *_declared(view, manifests)]
    for name, place in (*shown, *_imported(view.server), *_extended(view.server)):
        found.setdefault(name, []).append(place)
    if MVC in found and _is_reactive(manifests):
        found.setdefault(FLUX, []).extend(found.pop(MVC))
    versions = {item.name.lower(): item.version for at in manifests for item in at.fact.dependencies if item.version}
    packages = {name: item.packages for name, item in read.items()}
    for name in [name for name, others in LOOK_ALIKES.items() if name in found and any(o in found for o in others)]:
        if not _is_had(packages[name], view, manifests):
            del found[name]
    below = {BUILT_ON[name] for name in found if name in BUILT_ON}
    below |= {name for name, other in BORROWED.items() if other in found} - {name for name, _ in shown}
    declaring = {at.path for at in manifests}
    return tuple(
        NamedUse(
            name=name,
            version=next((versions[key] for key in packages.get(name, (name.lower(),)) if key in versions), None),
            evidence=_evidence(places, declaring),
        )
        for name, places in sorted(found.items())
        if name not in below and (name not in read or read[name].listed)
    )


def _is_had(packages: tuple[str, ...], view: View, manifests: tuple[At[Manifest], ...]) -> bool:
    """Whether server code imports one of some packages, or a manifest declares it."""
    declared = {item.name.lower() for at in manifests for item in at.fact.dependencies}
    imported = {item.module for file in view.server if file.facts for item in file.facts.imports}
    return not (declared | imported).isdisjoint(packages)


def _evidence(places: list[Place], declaring: set[str]) -> tuple[Place, ...]:
    """Where a framework shows, in order; manifests beside the first one that names it come last."""
    named = [place for place in places if place.path in declaring]
    first = [place for place in places if place not in named[1:]]
    return tuple(dict.fromkeys([*first, *named[1:]]))[:EVIDENCE_MOST]


def _is_reactive(manifests: tuple[At[Manifest], ...]) -> bool:
    """Whether WebFlux alone serves Spring's annotations: a file need not import anything reactive."""
    declared = {
        item.name.lower().rpartition(":")[2] for at in manifests for item in at.fact.dependencies if not item.dev
    }
    return bool(declared & FLUX_PACKAGES) and not declared & MVC_PACKAGES


def _languages(view: View) -> set[str | None]:
    return {file.language for file in view.server}


def _routed(files: Iterable[SourceFile], known: Mapping[str, Framework]) -> Iterator[Named]:
    """By routes and routers; documents name a framework only beside code that it is written in.

    A prefix of everything that a settings file tells is no use of the framework: ``server.port`` holds for several.
    What readers of several frameworks take a line for counts for those that show elsewhere too (``@bp.route`` in a file
    that imports the blueprint alone).
    """
    declared = [item for file in files for item in _declaring(file, known)]
    claims: dict[Place, set[str]] = {}
    for framework, place in declared:
        claims.setdefault(place, set()).add(framework)
    sure = {framework for framework, place in declared if len(claims[place]) == 1}
    yield from (item for item in declared if not sure or item[0] in sure)


def _declaring(file: SourceFile, known: Mapping[str, Framework]) -> Iterator[Named]:
    routing = file.facts.routing if file.facts else None
    if routing is None:
        return
    code = file.language in registry.ECOSYSTEMS
    declared = [(item.framework, item.line) for item in routing.routers if code or not item.root]
    declared += [(item.framework, item.line) for item in routing.routes]
    for framework, line in declared:
        if not framework or (framework not in known and not code):
            continue
        serves = known[framework].serves if framework in known else None
        if serves is None or serves(file.path):
            yield framework, Place(path=file.path, line=line)


def _imported(files: tuple[SourceFile, ...]) -> Iterator[Named]:
    """By imports; a namespace of the project's own is no library, whatever it is called."""
    spaces = {file.facts.namespace for file in files if file.facts and file.facts.namespace}
    for file in files:
        names = IMPORTED.get(registry.ECOSYSTEMS.get(file.language or "", ""), {})
        imports = [item for item in file.facts.imports if item.module not in spaces] if file.facts else []
        aside = {
            name for name, modules in NOT_SERVING.items() if any(item.module.startswith(modules) for item in imports)
        }
        for item in imports:
            full = f"{item.module}.{item.name}" if item.name else item.module
            for name in [names[module] for module in heads(full) if module in names]:
                if name not in aside:
                    yield name, Place(path=file.path, line=item.line)


def _extended(files: Iterable[SourceFile]) -> Iterator[Named]:
    """An extension of a content management system is built on it, whether it has routes or not."""
    for file in files:
        mark = file.facts.document.cms if file.facts and file.facts.document else None
        if mark is not None:
            yield mark.name, Place(path=file.path, line=mark.line)


def _declared(view: View, manifests: tuple[At[Manifest], ...]) -> Iterator[Named]:
    """Only beside server code of the manifest's ecosystem: a dependency without code is no use."""
    written = {registry.ECOSYSTEMS[name] for name in _languages(view) if name in registry.ECOSYSTEMS}
    for at in manifests:
        if ECOSYSTEM_OF_MANIFEST.get(at.fact.ecosystem) not in written:
            continue
        for item in at.fact.dependencies:
            name = DECLARED.get((at.fact.ecosystem, item.name.lower().rpartition(":")[2]))
            if name and not item.dev:
                yield name, Place(path=at.path, line=item.line)
