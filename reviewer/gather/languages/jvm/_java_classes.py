"""Classes, interfaces, records, enumerations and annotation types, with their fields.

``Class.bases`` holds the names of what is extended and implemented; the type arguments of a base stand in
``Class.keywords`` under the base's name (``JpaRepository<User, Long>``: ``{"JpaRepository": [User, Long]}``).
``Class.implements`` holds the interfaces as written, arguments included.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from reviewer.gather.languages._treesitter import line_of, text_of
from reviewer.gather.languages._walk import (
    NOTHING,
    Scope,
)
from reviewer.gather.languages.jvm._java_annotations import modifiers
from reviewer.gather.languages.jvm._java_functions import anonymous, parameters
from reviewer.gather.languages.jvm._java_walker import (
    COMMENTS,
    Handler,
    Walker,
    type_name,
    type_of,
    type_text,
    visit_members,
)
from reviewer.gather.syntax import Assignment, Class, Expr, Items, Name

if TYPE_CHECKING:
    from tree_sitter import Node

KINDS = {
    "class_declaration": "class",
    "interface_declaration": "interface",
    "enum_declaration": "enum",
    "record_declaration": "record",
    "annotation_type_declaration": "annotation",
}
HERITAGE = ("superclass", "super_interfaces", "extends_interfaces")


def class_(walker: Walker, node: Node) -> Expr:
    """Any declaration of a type."""
    doc, outer = walker.take_doc(), walker.scope
    decorators, words = modifiers(walker, node)
    around = f"{walker.classes[outer.owner].name}." if outer.owner != -1 else ""
    name = around + text_of(node.child_by_field_name("name"))
    types = list(_heritage(node))
    index = len(walker.classes)
    walker.classes.append(
        Class(
            index=index,
            name=name,
            line=line_of(node.child_by_field_name("name") or node),
            end_line=node.end_point[0] + 1,
            bases=tuple(Name(type_name(kind), line_of(kind)) for kind, _ in types),
            keywords={type_name(kind): given for kind, _ in types if (given := _arguments_of(kind)) is not None},
            decorators=decorators,
            documented=bool(doc),
            parent=outer.owner,
            implements=tuple(type_text(kind) for kind, interface in types if interface),
            kind="abstract" if "abstract" in words and node.type == "class_declaration" else KINDS[node.type],
            doc=doc,
        )
    )
    walker.scope = Scope(-1, index, name)
    if node.type == "record_declaration":
        _components(walker, node)
    body = node.child_by_field_name("body")
    visit_members(walker, body.named_children if body is not None else ())
    walker.leave(outer)
    return NOTHING


def _heritage(node: Node) -> list[tuple[Node, bool]]:
    """The types that a class extends or implements, and whether each is an interface."""
    found: list[tuple[Node, bool]] = []
    for clause in node.named_children:
        if clause.type in HERITAGE:
            for child in clause.named_children:
                kinds = child.named_children if child.type == "type_list" else [child]
                interface = clause.type != "superclass"
                found.extend((kind, interface) for kind in kinds if kind.type not in COMMENTS)
    return found


def _arguments_of(kind: Node) -> Items | None:
    given = next((child for child in kind.named_children if child.type == "type_arguments"), None)
    if given is None:
        return None
    return Items(tuple(Name(type_text(child), line_of(child)) for child in given.named_children), line_of(kind))


def _components(walker: Walker, node: Node) -> None:
    """The components of a record are fields."""
    for item in parameters(walker, node.child_by_field_name("parameters")):
        walker.assignments.append(
            Assignment(
                target=item.name,
                value=None,
                line=line_of(node),
                end_line=line_of(node),
                type=item.type,
                owner=walker.scope.owner,
                decorators=item.decorators,
            )
        )


def field(walker: Walker, node: Node) -> Expr:
    """Fields, and the constants of interfaces."""
    decorators, _ = modifiers(walker, node)
    kind = type_of(node)
    for child in node.children_by_field_name("declarator"):
        value = child.child_by_field_name("value")
        expr = walker.visit(value) if value is not None else None
        walker.assign(text_of(child.child_by_field_name("name")), expr, child, kind, decorators=decorators)
    return NOTHING


def element(walker: Walker, node: Node) -> Expr:
    """``String value() default "x";`` of an annotation type."""
    value = node.child_by_field_name("value")
    expr = walker.visit(value) if value is not None else None
    walker.assign(text_of(node.child_by_field_name("name")), expr, node, type_of(node))
    return NOTHING


def constant(walker: Walker, node: Node) -> Expr:
    """A constant of an enumeration: a field whose value is its arguments."""
    decorators, _ = modifiers(walker, node)
    arguments = node.child_by_field_name("arguments")
    args = tuple([walker.visit(c) for c in arguments.named_children if c.type not in COMMENTS]) if arguments else ()
    body = node.child_by_field_name("body")
    if body is not None:
        args += anonymous(walker, body)
    value = Items(args, line_of(node)) if args else None
    walker.assign(text_of(node.child_by_field_name("name")), value, node, decorators=decorators)
    return NOTHING


def members(walker: Walker, node: Node) -> Expr:
    """What follows the constants of an enumeration."""
    return visit_members(walker, node.named_children)


HANDLERS: dict[str, Handler] = {
    **dict.fromkeys(KINDS, class_),
    **dict.fromkeys(("field_declaration", "constant_declaration"), field),
    "annotation_type_element_declaration": element,
    "enum_constant": constant,
    "enum_body_declarations": members,
}
