"""Typed routes of Ktor: classes with ``@Resource`` or ``@Location`` say the path, a property of theirs the parent."""

from __future__ import annotations

from collections.abc import Iterator

from reviewer.gather.expressions import last
from reviewer.gather.frameworks.jvm._ktor_scope import path_value
from reviewer.gather.reader import Kept
from reviewer.gather.syntax import Call, Class, Expr, Items, Module, dotted
from reviewer.model.facts.code import Attribute
from reviewer.model.facts.values import Ref, Value

MARKS = frozenset({"Resource", "Location"})
PATH = "ktorPath"
"""The name below a class under which its path is kept as a constant."""


class Resources:
    """The typed routes that a file names."""

    def __init__(self, module: Module) -> None:
        self.typed = module.imported("io.ktor.server.resources", "io.ktor.resources", "io.ktor.locations", "io.ktor")

    def path_of(self, types: Expr) -> Value | None:
        """The path of the class that a route is typed with."""
        first = types.values[0] if isinstance(types, Items) and types.values else None
        name = dotted(first) if first is not None else ""
        return (Ref(name=f"{name}.{PATH}"),) if self.typed and name[:1].isupper() else None


def read_resources(module: Module, kept: Kept) -> None:
    """Keeps the path of each typed route below the path of its parent, which may be in another file."""
    marked = {item.name: path for item in module.classes if (path := _own_path(item)) is not None}
    for item in module.classes:
        own = marked.get(item.name)
        if own is None:
            continue
        parent = next(_parents(module, item, marked), "")
        above: Value = (Ref(name=f"{parent}.{PATH}"), "/") if parent else ()
        kept.constants.append(Attribute(name=f"{item.name}.{PATH}", value=(*above, *own), line=item.line))


def _own_path(item: Class) -> Value | None:
    for decorator in item.decorators:
        if isinstance(decorator, Call) and last(decorator.name) in MARKS:
            return path_value(decorator.args[0] if decorator.args else decorator.keywords.get("path"))
    return None


def _parents(module: Module, item: Class, marked: dict[str, Value]) -> Iterator[str]:
    """The class of a property that is a typed route too; one called ``parent`` may be of another file."""
    for field in module.fields_of(item):
        kind = field.type.strip("?")
        if not kind:
            continue
        outer = item.name
        while outer:
            name = f"{outer}.{kind}"
            if name in marked and name != item.name:
                yield name
            outer = outer.rpartition(".")[0]
        if kind in marked or field.target == "parent":
            yield kind
