"""The frameworks that a repository uses: by their routes, by what server code imports, by what it is built on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from reviewer.gather import registry
from reviewer.gather.link.framework_names import BUILT_ON, DECLARED, ECOSYSTEM_OF_MANIFEST, IMPORTED
from reviewer.gather.link.view import EVIDENCE_MOST, View
from reviewer.gather.reader import Framework
from reviewer.model.facts.documents import Manifest
from reviewer.model.facts.repository import NamedUse, SourceFile
from reviewer.model.facts.values import At, Place

Named = tuple[str, Place]


def link_frameworks(view: View, manifests: tuple[At[Manifest], ...]) -> tuple[NamedUse, ...]:
    """Every framework with where it shows, by name."""
    found: dict[str, list[Place]] = {}
    read = registry.frameworks(_languages(view))
    routed = _routed((*view.server, *view.settings), read)
    for name, place in (*routed, *_imported(view.server), *_declared(view, manifests)):
        found.setdefault(name, []).append(place)
    versions = {item.name.lower(): item.version for at in manifests for item in at.fact.dependencies if item.version}
    packages = {name: item.packages for name, item in read.items()}
    below = {BUILT_ON[name] for name in found if name in BUILT_ON}
    return tuple(
        NamedUse(
            name=name,
            version=next((versions[key] for key in packages.get(name, (name.lower(),)) if key in versions), None),
            evidence=tuple(dict.fromkeys(places))[:EVIDENCE_MOST],
        )
        for name, places in sorted(found.items())
        if name not in below and (name not in read or read[name].listed)
    )


def _languages(view: View) -> set[str | None]:
    return {file.language for file in view.server}


def _routed(files: Iterable[SourceFile], known: Mapping[str, Framework]) -> Iterator[Named]:
    """By routes and routers; documents name a framework only beside code that it is written in."""
    for file in files:
        routing = file.facts.routing if file.facts else None
        if routing is not None:
            declared = [(item.framework, item.line) for item in routing.routers]
            declared += [(item.framework, item.line) for item in routing.routes]
            for framework, line in declared:
                if framework not in known and file.language not in registry.ECOSYSTEMS:
                    continue
                serves = known[framework].serves if framework in known else None
                if framework and (serves is None or serves(file.path)):
                    yield framework, Place(path=file.path, line=line)


def _imported(files: Iterable[SourceFile]) -> Iterator[Named]:
    for file in files:
        names = IMPORTED.get(registry.ECOSYSTEMS.get(file.language or "", ""), {})
        for item in file.facts.imports if file.facts else ():
            full = f"{item.module}.{item.name}" if item.name else item.module
            for module, name in names.items():
                if module in (item.module, full) or full.startswith((f"{module}.", f"{module}/")):
                    yield name, Place(path=file.path, line=item.line)


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
