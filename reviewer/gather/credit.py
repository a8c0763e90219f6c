"""Only the candidate's own work counts: leaves of the facts what stands in files that the candidate wrote."""

from __future__ import annotations

from typing import TypeVar

import msgspec

from reviewer.model.facts.repository import FileRole, RepositoryFacts, Standing

T = TypeVar("T")

OWN_ENOUGH = 0.5
"""The share of a file's lines from which its contents count as the candidate's."""


def credited(facts: RepositoryFacts) -> RepositoryFacts:
    """The facts of which only own files are left; unchanged where nobody is named and everyone's work counts."""
    if not facts.history.own_known:
        return facts
    foreign = {file.path for file in facts.project.files if file.share is not None and file.share < OWN_ENOUGH}
    if not foreign:
        return facts
    replace = msgspec.structs.replace
    return replace(
        facts,
        project=replace(
            facts.project,
            files=tuple(file for file in facts.project.files if file.path not in foreign),
            manifests=_kept(facts.project.manifests, foreign),
            frameworks=_named(facts.project.frameworks, foreign),
        ),
        code=_group(facts.code, foreign),
        api=replace(
            facts.api,
            endpoints=tuple(item for item in facts.api.endpoints if item.file not in foreign),
            operations=tuple(item for item in facts.api.operations if item.file not in foreign),
            descriptions=_kept(facts.api.descriptions, foreign),
        ),
        tests=replace(
            _group(facts.tests, foreign),
            files=tuple(path for path in facts.tests.files if path not in foreign),
            frameworks=_named(facts.tests.frameworks, foreign),
        ),
        data=replace(
            facts.data,
            statements=_kept(facts.data.statements, foreign),
            tables=_kept(facts.data.tables, foreign),
            steps=_kept(facts.data.steps, foreign),
            layers=_named(facts.data.layers, foreign),
            databases=_named(facts.data.databases, foreign),
        ),
        operations=_group(facts.operations, foreign),
        documents=replace(
            facts.documents,
            readme=None
            if facts.documents.readme and facts.documents.readme.path in foreign
            else facts.documents.readme,
            others=_kept(facts.documents.others, foreign),
        ),
        secrets=_kept(facts.secrets, foreign),
    )


def has_server_code(facts: RepositoryFacts) -> bool:
    """Whether any own file holds server code, schema or tests."""
    roles = (FileRole.SERVER, FileRole.SCHEMA, FileRole.TESTS, FileRole.SCRIPTS)
    return any(file.standing is Standing.OWN and file.language and file.role in roles for file in facts.project.files)


def _kept(items: tuple[T, ...], foreign: set[str]) -> tuple[T, ...]:
    return tuple(item for item in items if getattr(item, "path", None) not in foreign)


def _named(items: tuple[T, ...], foreign: set[str]) -> tuple[T, ...]:
    """Uses with their own evidence alone; those whose every place is somebody else's are dropped."""
    found = []
    for item in items:
        evidence = getattr(item, "evidence", ())
        own = tuple(place for place in evidence if place.path not in foreign)
        if own or not evidence:
            found.append(msgspec.structs.replace(item, evidence=own))  # type: ignore[type-var]
    return tuple(found)


def _group(group: T, foreign: set[str]) -> T:
    """A group with every tuple of located things filtered."""
    changed = {
        name: _kept(value, foreign)
        for name in group.__struct_fields__  # type: ignore[attr-defined]
        if isinstance(value := getattr(group, name), tuple)
    }
    return msgspec.structs.replace(group, **changed)  # type: ignore[type-var]
