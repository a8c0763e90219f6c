"""Which files belong to the program that a framework runs, where a repository holds several programs."""

from __future__ import annotations

import re
from posixpath import basename, dirname, join, normpath

from reviewer.model.facts.repository import Code

ENTRIES = frozenset({"index", "__init__", "mod"})
"""Files that are imported by the name of their folder."""
BY_HAND = re.compile(
    r"(?:.*[._-])?(?:seed(?:s|er|ers|ing)?|set-?up|populate|fill(?:er)?|fixtures?|reset|create[_-]?(?:admin|super_?user))(?:[._-].*)?\.\w+\Z",
    re.IGNORECASE,
)
"""Names of files that somebody runs by hand, beside the program."""


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
        name = _name(path)
        called.add(name)
        owner[find(path)] = find(f"<{name}>")
    for item in code.imports:
        if item.path in paths:
            for name in _names(item.path, item.fact.module, item.fact.name) & called:
                owner[find(item.path)] = find(f"<{name}>")
    roots = {find(path) for path in starts & paths}
    return {path for path in paths if find(path) in roots}


def reached(code: Code, paths: set[str], starts: set[str]) -> set[str]:
    """The files that run with some others: what they import, and what imports them with all that it imports.

    Scripts that only import the same models do not run with them, nor do those that are run by hand.
    """
    called: dict[str, set[str]] = {}
    for path in paths:
        called.setdefault(_name(path), set()).add(path)
    below: dict[str, set[str]] = {}
    above: dict[str, set[str]] = {}
    for item in code.imports:
        if item.path in paths:
            for name in _names(item.path, item.fact.module, item.fact.name) & called.keys():
                below.setdefault(item.path, set()).update(called[name])
                for other in called[name]:
                    above.setdefault(other, set()).add(item.path)
    by_hand = {path for path in paths - starts if BY_HAND.match(basename(path))}
    around = _closure(starts & paths, above, by_hand)
    return _closure(around, below, by_hand)


def _closure(starts: set[str], edges: dict[str, set[str]], left_out: set[str]) -> set[str]:
    found, waiting = set(starts), list(starts)
    while waiting:
        for path in edges.get(waiting.pop(), set()) - found - left_out:
            found.add(path)
            waiting.append(path)
    return found


def _name(path: str) -> str:
    """The name by which a file is imported: that of its folder where it stands for that."""
    stem = basename(path).partition(".")[0]
    return (basename(dirname(path)) or stem) if stem in ENTRIES else stem


def _names(path: str, module: str, name: str | None) -> set[str]:
    """The names by which a file may be meant: of ``./users/routes.js`` ``routes``, of ``app.users`` both."""
    if "/" in module or module in (".", ".."):
        stem = basename(module).removesuffix(".js").removesuffix(".ts").partition(".")[0]
        if stem and stem not in ENTRIES:
            return {stem}
        if module.startswith("."):
            folder = normpath(join(dirname(path), dirname(module) if stem else module))
        else:
            folder = dirname(module)
        return {basename(folder).strip(".") or "index"}
    return {part for part in (*module.split(".")[-2:], name or "") if part and part != "*"}
