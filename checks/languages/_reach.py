"""Which files belong to the program that a framework runs, where a repository holds several programs."""

from __future__ import annotations

from posixpath import basename, dirname

from reviewer.model.facts.repository import Code

ENTRIES = frozenset({"index", "__init__", "mod"})
"""Files that are imported by the name of their folder."""


def joined(code: Code, paths: set[str], starts: set[str]) -> set[str]:
    """The files that imports join to some others, in whichever direction.

    Imports are followed by the last names in them, so that too much is joined rather than too little.

    Args:
        paths: the files in question.
        starts: those that surely belong to the program.
    """
    owner: dict[str, str] = {}

    def find(key: str) -> str:
        while (above := owner.get(key, key)) != key:
            owner[key] = owner.get(above, above)
            key = above
        return key

    called: set[str] = set()
    for path in paths:
        stem = basename(path).partition(".")[0]
        names = {stem, basename(dirname(path))} if stem in ENTRIES else {stem}
        called |= names
        for name in names:
            owner[find(path)] = find(f"<{name}>")
    for item in code.imports:
        if item.path in paths:
            for name in _names(item.fact.module, item.fact.name) & called:
                owner[find(item.path)] = find(f"<{name}>")
    roots = {find(path) for path in starts & paths}
    return {path for path in paths if find(path) in roots}


def _names(module: str, name: str | None) -> set[str]:
    """The names by which a file may be meant: of ``./users/routes.js`` ``routes``, of ``app.users`` both."""
    if "/" in module:
        return {basename(module).removesuffix(".js").removesuffix(".ts").partition(".")[0]} - {""}
    return {part for part in (*module.split(".")[-2:], name or "") if part and part != "*"}
