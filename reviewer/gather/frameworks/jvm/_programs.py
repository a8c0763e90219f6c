"""Which settings stand before the routes of a program, where a repository holds several."""

from __future__ import annotations

import re

from reviewer.gather.access import program_of
from reviewer.gather.index import Index
from reviewer.gather.reader import Roots

SETTINGS = re.compile(r"(?:application|bootstrap|microprofile-config)[\w-]*\.(?:properties|ya?ml|conf)$")

_latest: list[tuple[Index, frozenset[str]]] = []


def roots_of(index: Index, path: str, roots: Roots) -> Roots:
    """Those of the file's own program; of one without settings of its own, which is a library, all.

    A file of settings named as the program (``account-service.yml`` of a configuration server) is the program's.
    """
    program = program_of(path)
    folder = program.rpartition("/")[2]
    named = [item for item in roots if folder and item[0].rpartition("/")[2].partition(".")[0] == folder]
    if named:
        return named
    own = [item for item in roots if program_of(item[0]) == program]
    return own if own or program in _programs(index) else roots


def _programs(index: Index) -> frozenset[str]:
    """The programs that have settings of their own."""
    if not (_latest and _latest[0][0] is index):
        found = frozenset(program_of(path) for path in index.files if SETTINGS.search(path.rpartition("/")[2]))
        _latest[:] = [(index, found)]
    return _latest[0][1]
