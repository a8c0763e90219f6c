"""Tests in JavaScript that call modules which send queries by themselves, where nothing is replaced."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping

from reviewer.gather.data.names import GUESS
from reviewer.gather.link.view import View
from reviewer.model.facts.data import How
from reviewer.model.facts.repository import SourceFile
from reviewer.model.facts.values import Place

LANGUAGES = ("JavaScript", "TypeScript")
ENDINGS = ("", ".js", ".ts", ".mjs", ".cjs", "/index.js", "/index.ts")


def tests_of_queries(view: View, files: list[SourceFile]) -> tuple[Place, ...]:
    """The test files that import, by its path, a file of the server which asks a database.

    Args:
        files: those with test cases.
    """
    asking = {file.path: file for file in view.server if file.language in LANGUAGES and _asks(file)}
    return tuple(
        Place(path=file.path, line=1)
        for file in files
        if file.language in LANGUAGES and asking and _calls_itself(file) and any(_imported(file, asking))
    )


def _asks(file: SourceFile) -> bool:
    """Whether a file sends queries, by statements or through a layer that is known to be one."""
    if file.facts is None:
        return False
    sure = any(use.how is How.QUERIED and not use.detail.startswith(GUESS) for use in file.facts.data)
    return bool(file.facts.statements) or sure


def _calls_itself(file: SourceFile) -> bool:
    """Not where something is replaced, nor where only requests lead to the code, which may end before a database."""
    tests = file.facts.tests if file.facts else None
    return tests is not None and not tests.mocks and not tests.requests


def _imported(file: SourceFile, asking: Mapping[str, SourceFile]) -> Iterator[bool]:
    folder = posixpath.dirname(file.path)
    for item in file.facts.imports if file.facts else ():
        if item.module.startswith("."):
            path = posixpath.normpath(posixpath.join(folder, item.module))
            yield any(f"{path}{ending}" in asking for ending in ENDINGS)
