"""Finds languages and readers by walking their folders: a new one is one new file, and no list is edited.

Each folder holds what reads every language, and a folder for each ecosystem with what reads that one alone. An
ecosystem is loaded when the first file of one of its languages is met.
"""

from __future__ import annotations

import importlib
import importlib.util
import pkgutil
from collections.abc import Iterable, Iterator
from functools import cache
from types import ModuleType

from reviewer.gather.kinds import LANGUAGE_OF_KIND
from reviewer.gather.reader import DocumentReader, Framework, Language, Reader
from reviewer.model.check import Depth

ECOSYSTEMS = {
    "Python": "python",
    "JavaScript": "node",
    "TypeScript": "node",
    "Java": "jvm",
    "Kotlin": "jvm",
    "C#": "dotnet",
    "PHP": "php",
    "Ruby": "ruby",
    "Go": "go",
}
"""The folder that reads a language, below each of the folders here."""
LANGUAGE_FOLDER = "reviewer.gather.languages"
FRAMEWORK_FOLDER = "reviewer.gather.frameworks"
READER_FOLDERS = (
    FRAMEWORK_FOLDER,
    "reviewer.gather.data",
    "reviewer.gather.data.orm",
    "reviewer.gather.testing",
)
SIGN_FOLDERS = ("reviewer.gather.signs",)
DOCUMENT_FOLDERS = ("reviewer.gather.documents", "reviewer.gather.data")


def _modules(folder: str) -> Iterator[ModuleType]:
    if importlib.util.find_spec(folder) is None:
        return
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
def _languages_of(ecosystem: str) -> dict[str, Language]:
    found: dict[str, Language] = {}
    for item in _constants(f"{LANGUAGE_FOLDER}.{ecosystem}", Language):
        assert isinstance(item, Language)
        found.update(dict.fromkeys(item.kinds, item))
    return found


def language_of(kind: str) -> Language | None:
    """The language that reads files of a kind, None where no language does."""
    ecosystem = ECOSYSTEMS.get(LANGUAGE_OF_KIND.get(kind, ""))
    return _languages_of(ecosystem).get(kind) if ecosystem else None


def language_named(name: str | None) -> Language | None:
    """The language of a name, None where it is not read."""
    ecosystem = ECOSYSTEMS.get(name or "")
    found = _languages_of(ecosystem).values() if ecosystem else ()
    return next((item for item in found if item.name == name), None)


def depths(names: Iterable[str]) -> dict[str, frozenset[Depth]]:
    """How deep each of some languages is read; those that are not read are left out."""
    found = (language_named(name) for name in dict.fromkeys(names))
    return {language.name: language.depth for language in found if language is not None}


def read_for(needs: Iterable[Depth]) -> tuple[str, ...]:
    """The languages that are read as deep as a check needs, by name."""
    return tuple(sorted({language.name for language in languages().values() if language.depth.issuperset(needs)}))


@cache
def languages() -> dict[str, Language]:
    """Every language by the file kinds that it reads."""
    return {kind: item for name in _all_ecosystems() for kind, item in _languages_of(name).items()}


@cache
def readers(language: str) -> tuple[Reader, ...]:
    """What reads every file of a language, by folder and name; a reader that two modules share is listed once."""
    return _readers_in(READER_FOLDERS, language)


@cache
def sign_readers(language: str) -> tuple[Reader, ...]:
    """What reads the signs of a language; signs in files of test cases are never asked for."""
    return _readers_in(SIGN_FOLDERS, language)


def _readers_in(folders: Iterable[str], language: str) -> tuple[Reader, ...]:
    found: dict[str, Reader] = {}
    for folder in folders:
        for place in (folder, f"{folder}.{ECOSYSTEMS[language]}"):
            for item in _constants(place, Reader):
                assert isinstance(item, Reader)
                if language in item.languages:
                    found.setdefault(item.name, item)
    return tuple(found.values())


def frameworks(languages: Iterable[str | None] | None = None) -> dict[str, Framework]:
    """The web frameworks that are read, by name: those of some languages, or all."""
    wanted = _all_ecosystems() if languages is None else {ECOSYSTEMS[name] for name in languages if name in ECOSYSTEMS}
    return {name: item for ecosystem in sorted(wanted) for name, item in _frameworks_of(ecosystem).items()}


@cache
def _frameworks_of(ecosystem: str) -> dict[str, Framework]:
    found = _constants(f"{FRAMEWORK_FOLDER}.{ecosystem}", Framework)
    return {item.name: item for item in found if isinstance(item, Framework)}


@cache
def documents() -> dict[str, tuple[DocumentReader, ...]]:
    """The document readers of each kind, by folder and name: those that share a kind read one after another."""
    found: dict[str, tuple[DocumentReader, ...]] = {}
    for folder in DOCUMENT_FOLDERS:
        for item in _constants(folder, DocumentReader):
            assert isinstance(item, DocumentReader)
            for kind in item.kinds:
                if item not in found.get(kind, ()):
                    found[kind] = (*found.get(kind, ()), item)
    return found


def _all_ecosystems() -> tuple[str, ...]:
    return tuple(dict.fromkeys(ECOSYSTEMS.values()))
