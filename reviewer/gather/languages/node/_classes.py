"""Classes, their members and decorators; enumerations."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reviewer.gather.languages._told import NOWHERE, belongs, told_row
from reviewer.gather.languages._treesitter import line_of, text_of
from reviewer.gather.languages._walk import (
    NOTHING,
    Scope,
)
from reviewer.gather.languages.node import _functions as functions
from reviewer.gather.languages.node._walker import (
    Handler,
    Walker,
    inner,
    is_doc_comment,
    type_of,
    visit_block,
)
from reviewer.gather.syntax import Assignment, Class, Expr, Mapping, Name, Text

if TYPE_CHECKING:
    from tree_sitter import Node

FIELDS = ("field_definition", "public_field_definition")
UNFILLED = Class(-1, "", 0, 0)


def class_(walker: Walker, node: Node, name: str = "", decorators: tuple[Expr, ...] = ()) -> Expr:
    """A class; the expression is its name.

    Args:
        name: of the variable that a class expression is given to.
        decorators: those before its ``export``.
    """
    documented = walker.take_documented()
    own = text_of(node.child_by_field_name("name")) or name or functions.DEFAULT
    outer, index = walker.scope, len(walker.classes)
    before = decorators + _decorators(walker, node)
    bases, implements = _heritage(walker, node)
    found = Class(
        index=index,
        name=own,
        line=line_of(node),
        end_line=node.end_point[0] + 1,
        bases=bases,
        decorators=before,
        documented=documented,
        parent=outer.owner,
        implements=implements,
    )
    walker.classes.append(found)
    walker.scope = Scope(-1, index, own)
    _members(walker, node.child_by_field_name("body"))
    walker.leave(outer)
    return Name(own, found.line)


def class_declaration(walker: Walker, node: Node) -> Expr:
    """A class as a statement."""
    class_(walker, node)
    return NOTHING


def _decorators(walker: Walker, node: Node) -> tuple[Expr, ...]:
    return tuple([walker.visit(inner(child)) for child in node.children_by_field_name("decorator")])


def _heritage(walker: Walker, node: Node) -> tuple[tuple[Expr, ...], tuple[str, ...]]:
    heritage = next((child for child in node.named_children if child.type == "class_heritage"), None)
    bases: list[Expr] = []
    implements: list[str] = []
    for clause in heritage.named_children if heritage is not None else ():
        if clause.type == "implements_clause":
            implements.extend(text_of(child) for child in clause.named_children if child.type != "comment")
        elif clause.type == "extends_clause":
            bases.append(walker.visit(clause.child_by_field_name("value")))
        elif clause.type != "comment":
            bases.append(walker.visit(clause))
    return tuple(bases), tuple(implements)


def _members(walker: Walker, body: Node | None) -> None:
    """In TypeScript the decorators of a method stand before it, in JavaScript inside it."""
    documented, told = False, NOWHERE
    last: Node | None = None
    pending: tuple[Expr, ...] = ()
    for child in body.named_children if body is not None else ():
        if child.type == "comment":
            documented, told = documented or is_doc_comment(child), told_row(child, last, told)
            continue
        documented, told, last = documented or belongs(told, child), NOWHERE, child
        if child.type == "decorator":
            pending += (walker.visit(inner(child)),)
        else:
            walker.documented = documented
            _member(walker, child, pending)
            documented, pending = False, ()


def _member(walker: Walker, node: Node, before: tuple[Expr, ...]) -> None:
    if node.type == "method_definition":
        decorators = before + _decorators(walker, node)
        functions.function(walker, node, text_of(node.child_by_field_name("name")), method=True, decorators=decorators)
    elif node.type in FIELDS:
        _field(walker, node, before + _decorators(walker, node))
    elif node.type == "class_static_block":
        walker.visit(node.child_by_field_name("body"))


def _field(walker: Walker, node: Node, decorators: tuple[Expr, ...]) -> None:
    name = text_of(node.child_by_field_name("name") or node.child_by_field_name("property"))
    value = node.child_by_field_name("value")
    expr: Expr | None = None
    if value is not None and value.type in functions.FUNCTIONS:
        expr = functions.function(walker, value, name, method=True, decorators=decorators)
    elif value is not None:
        expr = functions.named(walker, value, name)
    walker.assignments.append(
        Assignment(
            target=name,
            value=expr,
            line=line_of(node),
            end_line=node.end_point[0] + 1,
            type=type_of(node),
            owner=walker.scope.owner,
            decorators=decorators,
        )
    )


def enum(walker: Walker, node: Node) -> Expr:
    """An enumeration, as an object of its values."""
    body = node.child_by_field_name("body")
    pairs: list[tuple[Expr | None, Expr]] = []
    for child in body.named_children if body is not None else ():
        if child.type == "enum_assignment":
            key = text_of(child.child_by_field_name("name"))
            value = walker.visit(child.child_by_field_name("value"))
            pairs.append((Text((key,), line_of(child), line_of(child)), value))
    walker.assign(text_of(node.child_by_field_name("name")), Mapping(tuple(pairs), line_of(node)), node)
    return NOTHING


HANDLERS: dict[str, Handler] = {
    "class": class_,
    "class_declaration": class_declaration,
    "abstract_class_declaration": class_declaration,
    "class_body": visit_block,
    "enum_declaration": enum,
}
