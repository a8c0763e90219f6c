"""What a function is handed beside a router, put into the paths that it declares: ``routes(app, "/v1")``."""

from __future__ import annotations

from collections.abc import Mapping

from reviewer.gather.index import Index
from reviewer.model.facts.values import Ref, Value

PARAMETER = "#"
"""Stands between a function's name and the place or name of a parameter: ``routes#1``, ``routes#prefix``."""

Given = Mapping[tuple[str, str], str]
"""What parameters stand for: by the file of the function, and its name with the parameter's."""


def filled(value: Value, path: str, given: Given) -> Value:
    """A value written in the file at ``path``, with the parameters that are known put in."""
    if not given:
        return value
    return tuple(given.get((path, part.name), part) if isinstance(part, Ref) else part for part in value)


def handed(
    index: Index, path: str, arguments: tuple[tuple[str, Value], ...], above: Given, child: tuple[str, str] = ("", "")
) -> Given:
    """What the arguments of a call in the file at ``path`` add to what is known already.

    A name that begins with the mark alone is a parameter of ``child``, the function as it was found (file, symbol).
    """
    if not arguments:
        return above
    found = dict(above)
    for name, value in arguments:
        function, _, parameter = name.partition(PARAMETER)
        where, symbol = index.resolve(path, function) if function else (child[0], child[1].partition(PARAMETER)[0])
        found[where, f"{symbol}{PARAMETER}{parameter}"] = index.text(path, filled(value, path, above))
    return found
