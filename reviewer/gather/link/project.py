"""What a repository is: its languages by role, its frameworks, what of it is not read in depth."""

from __future__ import annotations

from reviewer.gather import registry
from reviewer.gather.classify import SCHEMA_RECORDS
from reviewer.gather.kinds import BACKEND_LANGUAGES
from reviewer.gather.link.frameworks import link_frameworks
from reviewer.gather.link.view import EVIDENCE_MOST, View
from reviewer.model.facts.history import History
from reviewer.model.facts.repository import FileRole, LanguageUse, NamedUse, Project, Standing
from reviewer.model.facts.values import At, Place
from reviewer.model.repository import Repository

ROUTE_FRAMEWORKS_UNREAD: frozenset[str] = frozenset()
"""Frameworks that are known by name alone: none at present."""


def link_project(repository: Repository, view: View, history: History) -> Project:
    """The project group."""
    manifests = tuple(
        At(path=file.path, fact=file.facts.document.manifest)
        for file in view.own
        if file.facts and file.facts.document and file.facts.document.manifest
    )
    frameworks = link_frameworks(view, manifests)
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
    """Languages by role; files without a line say nothing (the empty install scripts of an extension).

    A record of the schema, which a tool writes, is kept for what it tells of the data, and is no code of the author's.
    """
    sums: dict[tuple[str, FileRole], list[float]] = {}
    for file in view.files:
        if file.language is None or file.standing not in (Standing.OWN, Standing.SCAFFOLD) or file.facts is None:
            continue
        if file.path.rpartition("/")[2] in SCHEMA_RECORDS:
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
        if row[1]
    )


def _is_read(language: str) -> bool:
    return language == "SQL" or registry.language_named(language) is not None
