"""Python's imports."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reviewer.gather.languages.python._builder import Builder
from reviewer.gather.syntax import Import

if TYPE_CHECKING:
    from tree_sitter import Node


def import_(builder: Builder, node: Node) -> None:
    """``import a.b`` binds ``a``, ``import a.b as c`` binds ``c``."""
    line = node.start_point[0] + 1
    for name, alias in _names(builder, node):
        builder.imports.append(Import(module=name, name=None, alias=alias or name.partition(".")[0], line=line))


def import_from(builder: Builder, node: Node) -> None:
    """``from .a import b as c``: the dots stay in the module's name."""
    origin = node.child_by_field_name("module_name")
    module = "".join(builder.text(origin).split()) if origin else "__future__"
    line = node.start_point[0] + 1
    for name, alias in _names(builder, node):
        builder.imports.append(Import(module=module, name=name, alias=alias or name, line=line))
    if any(child.type == "wildcard_import" for child in node.named_children):
        builder.imports.append(Import(module=module, name="*", alias="*", line=line))


def _names(builder: Builder, node: Node) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for item in node.children_by_field_name("name"):
        name, alias = item.child_by_field_name("name"), item.child_by_field_name("alias")
        found.append((builder.text(name or item), builder.text(alias) if alias else ""))
    return found
