"""What the readers of dependency manifests share."""

from __future__ import annotations

import re
from collections.abc import Iterable

from reviewer.gather.documents._trees import with_document
from reviewer.model.facts.documents import Dependency, Document, Manifest
from reviewer.model.facts.file import FileFacts

DEPENDENCY_LIMIT = 2_000
TEXT_LIMIT = 300
DEV_WORDS = ("dev", "test", "lint", "doc", "ci", "style", "typing", "debug")
"""Groups of dependencies whose names begin so are for development."""


def is_dev(group: str) -> bool:
    """Whether a group of dependencies is for development only, by its name."""
    return group.lower().startswith(DEV_WORDS)


def dependency(name: str, version: str | None, line: int, dev: bool = False) -> Dependency:
    """A dependency with its texts cut; an empty version or ``*`` is None."""
    spec = (version or "").strip()[:TEXT_LIMIT]
    return Dependency(name=str(name)[:TEXT_LIMIT], version=spec if spec not in ("", "*") else None, line=line, dev=dev)


def pypi_name(name: str) -> str:
    """The normal spelling of a Python distribution's name (PEP 503)."""
    return re.sub(r"[-_.]+", "-", name).lower()


def with_manifest(
    base: FileFacts,
    ecosystem: str,
    dependencies: Iterable[Dependency] = (),
    problem: str | None = None,
    document: Document | None = None,
    **rest: object,
) -> FileFacts:
    """The facts of a file with its manifest; ``rest`` goes to `Manifest`, ``document`` holds what else it says."""
    kept = tuple(item for item in dependencies if item.name)[:DEPENDENCY_LIMIT]
    manifest = Manifest(ecosystem=ecosystem, dependencies=kept, **rest)  # type: ignore[arg-type]
    found = document or Document()
    return with_document(
        base,
        Document(
            manifest=manifest,
            lint_config=found.lint_config,
            coverage_threshold=found.coverage_threshold,
            coverage_measured=found.coverage_measured,
        ),
        problem,
    )
