"""What stands beside a server and is no part of it, by what its files hold: scripts of pages, programs run by hand."""

from __future__ import annotations

import msgspec

from reviewer.model.facts.file import FileFacts, Runs
from reviewer.model.facts.repository import FileRole, SourceFile, Standing

ENTRIES = frozenset(
    "main __main__ app run server manage wsgi asgi cli worker bot index start consumer api application client".split()
)
"""Names of the files by which programs are started in production."""


def beside_server(files: tuple[SourceFile, ...]) -> tuple[SourceFile, ...]:
    """The files with scripts of pages as front end, and programs that are run by hand as scripts.

    A program counts as one where other files serve, it does not, and no file imports its name.
    """
    told = [file for file in files if _tells(file)]
    if not told:
        return files
    hand = {file.path for file in told if file.facts and file.facts.runs is Runs.BY_HAND}
    serving = any(_serves(file.facts) for file in files if file.facts and file.standing is Standing.OWN)
    imported = _imported(files) if hand and serving else frozenset()
    roles = {file.path: FileRole.FRONTEND for file in told if file.path not in hand}
    if serving:
        roles.update({path: FileRole.SCRIPTS for path in hand if _stem(path) not in imported | ENTRIES})
    return tuple(msgspec.structs.replace(file, role=roles[file.path]) if file.path in roles else file for file in files)


def _tells(file: SourceFile) -> bool:
    facts = file.facts
    return (
        facts is not None
        and facts.runs is not None
        and file.role is FileRole.SERVER
        and not (_serves(facts) or (facts.runs is Runs.IN_BROWSER and (facts.data or facts.statements)))
    )


def _serves(facts: FileFacts) -> bool:
    return bool(facts.operations or (facts.routing and (facts.routing.routes or facts.routing.views)))


def _stem(path: str) -> str:
    return path.rpartition("/")[2].rpartition(".")[0]


def _imported(files: tuple[SourceFile, ...]) -> frozenset[str]:
    """The last names of the modules that Python files import, and the names out of them."""
    found: set[str] = set()
    for file in files:
        if file.language == "Python" and file.facts and file.role is not FileRole.TESTS:
            for item in file.facts.imports:
                found.add(item.module.rpartition(".")[2])
                found.add(item.name or "")
    return frozenset(found)
