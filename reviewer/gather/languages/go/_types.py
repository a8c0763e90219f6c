"""Type declarations: structs with their fields and tags, interfaces, and named types."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from reviewer.gather.languages._walk import (
    NO_KEYWORDS,
    Scope,
)
from reviewer.gather.languages.go._expressions import unescaped
from reviewer.gather.languages.go._walker import (
    Walker,
    inner,
    parts,
    text,
    type_text,
)
from reviewer.gather.syntax import Assignment, Call, Class, Expr, Name, Text

if TYPE_CHECKING:
    from tree_sitter import Node

TAG = re.compile(r'\s*+([^\s":]{1,60}):"((?:[^"\\]|\\.)*+)"')
NESTED_MOST = 6
"""Structs inside structs whose fields are read."""


def specification(walker: Walker, node: Node, doc: str = "", line: int = 0) -> None:
    """``type Name struct {...}`` or any other named type; an alias is a name for another."""
    called, kind = text(node.child_by_field_name("name")), node.child_by_field_name("type")
    if kind is None or not called:
        return
    if node.type == "type_alias":
        walker.assign(called, Name(type_text(kind).lstrip("*"), node.start_point[0] + 1), node)
        return
    index = len(walker.classes)
    start = node.start_point[0] + 1
    shape = {"struct_type": "class", "interface_type": "interface"}.get(kind.type, "type")
    walker.types.setdefault(called, index)
    if kind.type == "map_type":
        walker.maps.add(called)
    walker.classes.append(
        Class(
            index=index,
            name=called,
            line=line or start,
            end_line=node.end_point[0] + 1,
            bases=_bases(kind),
            keywords=_element(kind),
            documented=bool(doc),
            kind=shape,
            doc=doc,
        )
    )
    if kind.type == "struct_type":
        outer, walker.scope = walker.scope, Scope(-1, index, called)
        _fields(walker, kind, "", 0)
        walker.scope = outer


def _bases(kind: Node) -> tuple[Expr, ...]:
    """What is embedded, or the named type that a type is made of."""
    line = kind.start_point[0] + 1
    if kind.type in ("type_identifier", "qualified_type"):
        return (Name(text(kind), line),)
    if kind.type == "interface_type":
        found = [child for child in kind.named_children if child.type == "type_elem" and child.named_child_count == 1]
        return tuple(Name(type_text(child), child.start_point[0] + 1) for child in found)
    if kind.type != "struct_type":
        return ()
    embedded = [child for child in parts(inner(kind)) if child.child_by_field_name("name") is None]
    return tuple(Name(_type_name(child.child_by_field_name("type")), child.start_point[0] + 1) for child in embedded)


def _element(kind: Node) -> dict[str, Expr]:
    """The element type of a named list: ``type Routes []Route``."""
    if kind.type not in ("slice_type", "array_type"):
        return NO_KEYWORDS
    return {"[]": Name(_type_name(kind.child_by_field_name("element")), kind.start_point[0] + 1)}


def _type_name(node: Node | None) -> str:
    return type_text(node).lstrip("* ").partition("[")[0]


def _fields(walker: Walker, kind: Node, prefix: str, depth: int) -> None:
    """The fields of a struct; those of a struct inside it are called ``Outer.Inner``."""
    for child in parts(inner(kind)):
        if child.type != "field_declaration":
            continue
        declared = child.child_by_field_name("type")
        tags = _tags(child.child_by_field_name("tag"))
        names = [text(item) for item in child.children_by_field_name("name")]
        written = type_text(declared)
        for name in names or [_type_name(declared).rpartition(".")[2]] if names or tags else []:
            walker.assignments.append(
                Assignment(
                    target=f"{prefix}{name}",
                    value=None,
                    line=child.start_point[0] + 1,
                    end_line=child.end_point[0] + 1,
                    type=written,
                    owner=walker.scope.owner,
                    decorators=tags,
                )
            )
        below = declared
        while below is not None and below.type in ("pointer_type", "slice_type"):
            below = below.child_by_field_name("element") or inner(below)
        if below is not None and below.type == "struct_type" and depth < NESTED_MOST:
            _fields(walker, below, f"{prefix}{names[0] if names else ''}.", depth + 1)


def _tags(node: Node | None) -> tuple[Expr, ...]:
    """A struct tag as a call per key: ``json("name,omitempty")``."""
    if node is None:
        return ()
    line = node.start_point[0] + 1
    raw = text(node)
    content = raw[1:-1] if raw[:1] == "`" else unescaped(raw[1:-1])
    return tuple(
        Call(Name(match[1], line), (Text((unescaped(match[2]),), line, line),), NO_KEYWORDS, line, line)
        for match in TAG.finditer(content)
    )
