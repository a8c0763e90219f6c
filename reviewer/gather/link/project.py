"""What a repository is: its languages by role, its frameworks, what of it is not read in depth."""

from __future__ import annotations

from collections.abc import Iterable

from reviewer.gather import registry
from reviewer.gather.kinds import BACKEND_LANGUAGES
from reviewer.gather.link.view import EVIDENCE_MOST, View
from reviewer.model.facts.documents import Manifest
from reviewer.model.facts.history import History
from reviewer.model.facts.repository import FileRole, LanguageUse, NamedUse, Project, SourceFile, Standing
from reviewer.model.facts.values import At, Place
from reviewer.model.repository import Repository

IMPORTED_FRAMEWORKS = {
    "flask_restful": "Flask",
    "flask_restx": "Flask",
    "tornado": "Tornado",
    "aiohttp.web": "aiohttp",
    "sanic": "Sanic",
    "bottle": "Bottle",
    "falcon": "Falcon",
    "starlette": "Starlette",
    "graphene": "Graphene",
    "strawberry": "Strawberry",
    "spyne": "spyne",
    "grpc": "gRPC",
    "koa": "Koa",
    "fastify": "Fastify",
    "@nestjs/platform-fastify": "Fastify",
    "@hapi/hapi": "hapi",
    "hono": "Hono",
    "type-graphql": "type-graphql",
    "@nestjs/graphql": "NestJS GraphQL",
    "apollo-server": "Apollo",
    "apollo-server-express": "Apollo",
    "@apollo/server": "Apollo",
    "express-graphql": "express-graphql",
    "@grpc/grpc-js": "gRPC",
    "soap": "node-soap",
}
"""Frameworks whose import in server code is their use; those with a reader need a route or an application."""
ROUTE_FRAMEWORKS_UNREAD = frozenset(
    {"Tornado", "aiohttp", "Sanic", "Bottle", "Falcon", "Koa", "Fastify", "hapi", "Hono"}
)
DECLARED_FRAMEWORKS = {
    "spring-boot-starter-web": "Spring Boot",
    "spring-boot-starter": "Spring Boot",
    "spring-boot-starter-parent": "Spring Boot",
    "spring-boot-starter-webflux": "Spring Boot",
    "spring-boot-starter-data-jpa": "Spring Boot",
    "spring-boot-starter-web-services": "Spring Web Services",
    "quarkus-resteasy": "Quarkus",
    "laravel/framework": "Laravel",
    "symfony/framework-bundle": "Symfony",
    "slim/slim": "Slim",
    "rails": "Ruby on Rails",
    "sinatra": "Sinatra",
    "github.com/gin-gonic/gin": "Gin",
    "github.com/labstack/echo/v4": "Echo",
    "microsoft.net.sdk.web": "ASP.NET Core",
}
"""Frameworks of languages that are not read yet, by the dependency that only their users declare."""


def link_project(repository: Repository, view: View, history: History) -> Project:
    """The project group."""
    manifests = tuple(
        At(path=file.path, fact=file.facts.document.manifest)
        for file in view.own
        if file.facts and file.facts.document and file.facts.document.manifest
    )
    frameworks = _frameworks(view, manifests)
    languages = _languages(view)
    scaffold = [file for file in view.files if file.standing is Standing.SCAFFOLD]
    return Project(
        name=repository.name,
        languages=languages,
        frameworks=frameworks,
        cms=_cms(view),
        manifests=manifests,
        own_share=history.own_share,
        fork=repository.fork,
        scaffold=f"{len(scaffold)} files of a generator" if scaffold else None,
        unread=tuple(f"{use.name} routes" for use in frameworks if use.name in ROUTE_FRAMEWORKS_UNREAD),
        unread_lines=sum(use.lines for use in languages if not use.read and use.name in BACKEND_LANGUAGES),
        files=view.files,
    )


def _cms(view: View) -> tuple[NamedUse, ...]:
    """Content management systems that own files extend."""
    found: dict[str, list[tuple[str, Place]]] = {}
    for file in view.own:
        mark = file.facts.document.cms if file.facts and file.facts.document else None
        if mark is not None:
            found.setdefault(mark.name, []).append((mark.kind, Place(path=file.path, line=mark.line)))
    return tuple(
        NamedUse(name=name, kind=marks[0][0], evidence=tuple(place for _, place in marks[:EVIDENCE_MOST]))
        for name, marks in sorted(found.items())
    )


def _languages(view: View) -> tuple[LanguageUse, ...]:
    sums: dict[tuple[str, FileRole], list[float]] = {}
    for file in view.files:
        if file.language is None or file.standing not in (Standing.OWN, Standing.SCAFFOLD) or file.facts is None:
            continue
        row = sums.setdefault((file.language, file.role), [0, 0, 0])
        row[0] += 1
        row[1] += file.facts.lines
        if file.standing is Standing.OWN:
            row[2] += file.facts.lines * (1.0 if file.share is None else file.share)
    return tuple(
        LanguageUse(
            name=name, role=role, files=int(row[0]), lines=int(row[1]), own_lines=round(row[2]), read=_is_read(name)
        )
        for (name, role), row in sorted(sums.items(), key=lambda item: (-item[1][1], item[0]))
    )


def _is_read(language: str) -> bool:
    return language == "SQL" or registry.language_named(language) is not None


def _frameworks(view: View, manifests: tuple[At[Manifest], ...]) -> tuple[NamedUse, ...]:
    found: dict[str, list[Place]] = {}
    for name, place in (*_routed(view.server), *_imported(view.server), *_declared(view, manifests)):
        found.setdefault(name, []).append(place)
    versions = {item.name.lower(): item.version for at in manifests for item in at.fact.dependencies if item.version}
    return tuple(
        NamedUse(name=name, version=_version(name, versions), evidence=tuple(dict.fromkeys(places))[:EVIDENCE_MOST])
        for name, places in sorted(found.items())
    )


def _routed(files: Iterable[SourceFile]) -> Iterable[tuple[str, Place]]:
    for file in files:
        routing = file.facts.routing if file.facts else None
        if routing is not None:
            declared = [(item.framework, item.line) for item in routing.routers]
            declared += [(item.framework, item.line) for item in routing.routes]
            yield from ((framework, Place(path=file.path, line=line)) for framework, line in declared)


def _imported(files: Iterable[SourceFile]) -> Iterable[tuple[str, Place]]:
    for file in files:
        for item in file.facts.imports if file.facts else ():
            full = f"{item.module}.{item.name}" if item.name else item.module
            for module, name in IMPORTED_FRAMEWORKS.items():
                if item.module == module or full == module or full.startswith((f"{module}.", f"{module}/")):
                    yield name, Place(path=file.path, line=item.line)


def _declared(view: View, manifests: tuple[At[Manifest], ...]) -> Iterable[tuple[str, Place]]:
    """Only where there is server code in a language that is not read: elsewhere the code itself decides."""
    if all(_is_read(file.language or "") for file in view.server):
        return
    for at in manifests:
        for item in at.fact.dependencies:
            name = DECLARED_FRAMEWORKS.get(item.name.lower().rpartition(":")[2])
            if name and not item.dev:
                yield name, Place(path=at.path, line=item.line)


def _version(name: str, versions: dict[str, str]) -> str | None:
    framework = registry.frameworks().get(name)
    packages = framework.packages if framework else (name.lower(),)
    return next((versions[package] for package in packages if package in versions), None)
