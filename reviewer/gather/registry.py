"""Finds languages and readers by walking their folders: a new one is one new file, and no list is edited."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator
from functools import cache
from types import ModuleType

from reviewer.gather.reader import DocumentReader, Framework, Language, Reader

READER_FOLDERS = (
    "reviewer.gather.frameworks",
    "reviewer.gather.data",
    "reviewer.gather.data.orm",
    "reviewer.gather.testing",
    "reviewer.gather.signs",
)
LANGUAGE_FOLDER = "reviewer.gather.languages"
DOCUMENT_FOLDERS = ("reviewer.gather.documents", "reviewer.gather.data", "reviewer.gather.data.orm")


def _modules(folder: str) -> Iterator[ModuleType]:
    package = importlib.import_module(folder)
    for info in sorted(pkgutil.iter_modules(package.__path__), key=lambda item: item.name):
        if not info.ispkg:
            yield importlib.import_module(f"{folder}.{info.name}")


def _constants(folder: str, kind: type) -> Iterator[object]:
    for module in _modules(folder):
        for name in sorted(vars(module)):
            value = vars(module)[name]
            if isinstance(value, kind) and name.isupper():
                yield value


@cache
def languages() -> dict[str, Language]:
    """Every language by the file kinds that it reads."""
    found: dict[str, Language] = {}
    for item in _constants(LANGUAGE_FOLDER, Language):
        assert isinstance(item, Language)
        found.update(dict.fromkeys(item.kinds, item))
    return found


@cache
def readers(language: str) -> tuple[Reader, ...]:
    """Every reader of a language, by folder and name; a reader that two modules share is listed once."""
    found: dict[str, Reader] = {}
    for folder in READER_FOLDERS:
        for item in _constants(folder, Reader):
            assert isinstance(item, Reader)
            if language in item.languages:
                found.setdefault(item.name, item)
    return tuple(found.values())


@cache
def frameworks() -> dict[str, Framework]:
    """Every web framework that is read, by name."""
    return {item.name: item for item in _constants(READER_FOLDERS[0], Framework) if isinstance(item, Framework)}


@cache
def documents() -> dict[str, DocumentReader]:
    """Every document reader by the kinds that it reads."""
    found: dict[str, DocumentReader] = {}
    for folder in DOCUMENT_FOLDERS:
        for item in _constants(folder, DocumentReader):
            assert isinstance(item, DocumentReader)
            found.update(dict.fromkeys(item.kinds, item))
    return found
