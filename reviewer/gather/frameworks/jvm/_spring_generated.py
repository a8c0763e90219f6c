"""Controllers and resources of interfaces that a build generates: an OpenAPI file says what their methods serve."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reviewer.gather.index import Index
from reviewer.gather.reader import Expansion
from reviewer.model.facts.code import ClassDef

INTERFACE = re.compile(r"\w*Api(?:Delegate|Service)?$")
LETTERS = re.compile(r"[^A-Za-z0-9]")


def generated(index: Index, path: str, item: ClassDef) -> Iterator[Expansion]:
    """The operations whose method the class has, where it implements an interface that is not in the repository."""
    missing = [base for base in item.bases if INTERFACE.search(base) and index.classes(path, base) is None]
    if not missing:
        return
    methods = {method.lower(): method for method in item.methods}
    delegates = any(base.endswith("Delegate") for base in missing)
    for _, facts in sorted(index.files.items()):
        description = facts.document.api if facts.document else None
        for operation in description.operations if description else ():
            symbol = methods.get(LETTERS.sub("", operation.symbol).lower())
            if description and symbol and operation.symbol:
                method, _, full = operation.name.partition(" ")
                suffix = full if delegates else full.removeprefix(description.prefix)
                yield Expansion(method=method, suffix=suffix, symbol=symbol)
