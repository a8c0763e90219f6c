"""The written word of a repository: whose README it is, and what other documents say."""

from __future__ import annotations

import re

from reviewer.model.facts.documents import Readme
from reviewer.model.facts.history import History
from reviewer.model.facts.repository import Documents, Project, Standing
from reviewer.model.facts.values import At

NAME = re.compile(r"(?:^|/)readme(?:\.\w{1,9})?$", re.IGNORECASE)
OWN_ENOUGH = 0.5
DOCUMENT_FOLDERS = frozenset({"doc", "docs", "documentation", "document", "documents", "report", "reports", "wiki"})
TEMPLATES = re.compile(
    r"(?:^|/)(?:\.github|node_modules|vendor)/|(?:code_of_conduct|license|security)\.\w+$", re.IGNORECASE
)
CLOSED = (".pdf", ".doc", ".docx", ".odt", ".pages", ".pptx", ".ppt", ".odp")
"""Endings of documents whose text is not read."""


def of_others(history: History) -> str | None:
    """The path of a README of which others wrote most; None where there is none."""
    if not history.own_known:
        return None
    paths = (path for path, share in history.shares.items() if share < OWN_ENOUGH and NAME.search(path))
    return min(paths, key=lambda path: (path.count("/"), path), default=None)


def written(documents: Documents) -> list[At[Readme]]:
    """Every README that is no generator's, then other documents that say something; the nearest to the root first."""
    found = [item for item in documents.readmes if not item.fact.template]
    for item in documents.others:
        prose = item.fact.prose
        if prose is not None and not TEMPLATES.search(item.path):
            found.append(At(path=item.path, fact=prose))
    return sorted(found, key=lambda item: (not NAME.search(item.path), item.path.count("/"), item.path))


def closed(project: Project) -> list[str]:
    """Documents in a folder for them, or at the root, that only a word processor or viewer opens."""
    return [
        file.path
        for file in project.files
        if file.path.lower().endswith(CLOSED)
        and file.standing is not Standing.VENDORED
        and ("/" not in file.path or DOCUMENT_FOLDERS.intersection(file.path.lower().split("/")[:-1]))
    ]
