"""The methods that classes of handlers answer: what they define, less what only raises."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from reviewer.gather.frameworks.python._lookup import Lookup
from reviewer.gather.frameworks.python._python import VERBS
from reviewer.model.facts.routing import View

if TYPE_CHECKING:
    from reviewer.gather.index import Index

SMALL = 2
"""Statements of a method that does little but raise."""
REFUSED = "refused"
"""What a view stands for that only raises: a base class answers so for what its subclasses do not serve."""
RAISE = re.compile(r"(?:\s*+|\s*+(?:async\s++)?def\b.{0,300}:\s*)raise\b")


def refusing(lookup: Lookup, pattern: re.Pattern[str]) -> Iterator[View]:
    """Methods of classes, by their names, that do nothing but raise."""
    lines = lookup.module.text.split("\n")
    for function in lookup.module.functions:
        if function.owner == -1 or function.parent != -1 or not pattern.match(function.name):
            continue
        last = next((line for line in reversed(lines[function.line - 1 : function.end_line]) if line.strip()), "")
        if function.statements <= SMALL and RAISE.match(last) and not lookup.returns.get(function.index):
            yield View(symbol=function.qualname, line=function.line, stands_for=REFUSED)


def served_names(index: Index, path: str, handler: str) -> set[str]:
    """The methods that a class defines or inherits, without those that only raise where they are defined."""
    names: dict[str, bool] = {}
    for where, item in index.mro(path, handler):
        routing = index.files[where].routing
        refused = {view.symbol for view in (routing.views if routing else ()) if view.stands_for == REFUSED}
        for name in item.methods:
            names.setdefault(name, f"{item.name}.{name}" not in refused)
    return {name for name, serves in names.items() if serves}


def defined_methods(names: set[str], pattern: str = "{}") -> Iterator[tuple[str, str]]:
    """The methods of HTTP that a class answers, with the names by which it defines them (``on_get``)."""
    for verb, method in VERBS.items():
        name = pattern.format(verb)
        if method not in ("HEAD", "OPTIONS") and name in names:
            yield method, name
