"""Classes, interfaces, traits and enumerations with their members."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reviewer.gather.languages._treesitter import line_of, text_of
from reviewer.gather.languages._walk import (
    NOTHING,
    Scope,
)
from reviewer.gather.languages.php._functions import described
from reviewer.gather.languages.php._walker import (
    Handler,
    Walker,
    type_of,
    variable,
    visit_block,
    with_dots,
)
from reviewer.gather.syntax import Class, Expr, Name

if TYPE_CHECKING:
    from tree_sitter import Node

ANONYMOUS = "<anonymous>"
KINDS = {
    "class_declaration": "class",
    "anonymous_class": "class",
    "interface_declaration": "interface",
    "trait_declaration": "trait",
    "enum_declaration": "enum",
}
CLAUSES = ("base_clause", "class_interface_clause")
NAMES = ("name", "qualified_name", "relative_name")


def class_(walker: Walker, node: Node) -> Expr:
    """Any kind of class; its traits are bases too."""
    doc, documented, decorators = described(walker, node)
    name = text_of(node.child_by_field_name("name")) or ANONYMOUS
    outer, index = walker.scope, len(walker.classes)
    body = node.child_by_field_name("body")
    walker.classes.append(
        Class(
            index=index,
            name=name,
            line=line_of(node),
            end_line=node.end_point[0] + 1,
            bases=tuple(_bases(node)) + tuple(_traits(body)),
            decorators=decorators,
            documented=documented,
            parent=outer.owner,
            implements=tuple(base.dotted for base in _bases(node, CLAUSES[1:])),
            kind=KINDS[node.type],
            doc=doc,
        )
    )
    walker.scope = Scope(-1, index, name)
    if body is not None:
        visit_block(walker, body)
    walker.leave(outer)
    return NOTHING


def _bases(node: Node, clauses: tuple[str, ...] = CLAUSES) -> list[Name]:
    return [
        Name(with_dots(text_of(item)), line_of(item))
        for clause in node.named_children
        if clause.type in clauses
        for item in clause.named_children
        if item.type in NAMES
    ]


def _traits(body: Node | None) -> list[Name]:
    return [
        Name(with_dots(text_of(item)), line_of(item))
        for member in (body.named_children if body is not None else ())
        if member.type == "use_declaration"
        for item in member.named_children
        if item.type in NAMES
    ]


def properties(walker: Walker, node: Node) -> Expr:
    """``protected $table = 'users', $other;``."""
    _, _, decorators = described(walker, node)
    for item in node.named_children:
        if item.type == "property_element":
            default = item.child_by_field_name("default_value")
            value = walker.visit(default) if default is not None else None
            name = variable(item.child_by_field_name("name"))
            walker.assign(name, value, node, type_of(node), decorators=decorators)
        elif item.type == "property_hook_list":
            walker.visit(item)
    return NOTHING


def constants(walker: Walker, node: Node) -> Expr:
    """``const LIMIT = 10;`` in a class or outside."""
    for item in node.named_children:
        if item.type == "const_element" and item.named_child_count > 1:
            walker.assign(text_of(item.named_children[0]), walker.visit(item.named_children[-1]), item)
    return NOTHING


def case(walker: Walker, node: Node) -> Expr:
    """A case of an enumeration."""
    _, _, decorators = described(walker, node)
    value = node.child_by_field_name("value")
    walker.assign(
        text_of(node.child_by_field_name("name")),
        walker.visit(value) if value is not None else None,
        node,
        decorators=decorators,
    )
    return NOTHING


HANDLERS: dict[str, Handler] = {
    **dict.fromkeys(KINDS, class_),
    **dict.fromkeys(("declaration_list", "enum_declaration_list"), visit_block),
    "property_declaration": properties,
    "const_declaration": constants,
    "enum_case": case,
}
