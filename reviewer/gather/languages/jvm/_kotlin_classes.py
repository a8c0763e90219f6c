"""Classes, objects, their members and properties."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reviewer.gather.languages._treesitter import line_of
from reviewer.gather.languages._walk import (
    NOTHING,
    Scope,
)
from reviewer.gather.languages.jvm import _kotlin_calls as calls
from reviewer.gather.languages.jvm import _kotlin_functions as functions
from reviewer.gather.languages.jvm._kotlin_walker import (
    COMMENTS,
    TYPES,
    Handler,
    Walker,
    after,
    child_of,
    visit_all,
)
from reviewer.gather.syntax import Call, Class, Expr, Items, Name, Other

if TYPE_CHECKING:
    from tree_sitter import Node

BODIES = ("class_body", "enum_class_body")
COMPANION = "Companion"
BEFORE = 24
"""Bytes before a ``class`` in which its modifier stands."""
UNFILLED = Class(-1, "", 0, 0)


def declaration(walker: Walker, node: Node) -> Expr:
    """A class, interface, enum or object."""
    name_node = node.child_by_field_name("name")
    outer, doc = walker.scope, walker.take_doc()
    inside = outer.index == -1 and outer.owner != -1
    name = f"{walker.classes[outer.owner].name}.{walker.name(name_node)}" if inside else walker.name(name_node)
    index = _opened(walker, name, node)
    decorators = functions.decorators_of(walker, node)
    _primary_constructor(walker, child_of(node, "primary_constructor"))
    bases, types, body = _bases(walker, node)
    walker.classes[index] = Class(
        index=index,
        name=name,
        line=line_of(name_node or node),
        end_line=node.end_point[0] + 1,
        bases=bases,
        keywords=types,
        decorators=decorators,
        documented=bool(doc),
        parent=outer.owner,
        kind=_kind(walker, node),
        doc=doc,
    )
    visit_all(walker, body)
    walker.leave(outer)
    return NOTHING


def _opened(walker: Walker, name: str, node: Node) -> int:
    """Enters a class whose name its members already need."""
    index = len(walker.classes)
    walker.classes.append(Class(index, name, line_of(node), node.end_point[0] + 1))
    walker.scope = Scope(-1, index, name)
    return index


def _kind(walker: Walker, node: Node) -> str:
    if node.type == "object_declaration":
        return "object"
    if any(child.type == "interface" for child in node.children):
        return "interface"
    if "enum" in functions.modifiers(walker, node):
        return "enum"
    keyword = next((child for child in node.children if child.type == "class"), node)
    before = walker.source[max(0, keyword.start_byte - BEFORE) : keyword.start_byte]
    return "annotation" if before.rstrip().endswith(b"annotation") else "class"


def _bases(walker: Walker, node: Node) -> tuple[tuple[Expr, ...], dict[str, Expr], list[Node]]:
    """The bases, what they are generic over by their names, and the members.

    The grammar takes the body behind ``: A by b { ... }`` for a lambda that ``b`` is called with.
    """
    found: list[Expr] = []
    types: dict[str, Expr] = {}
    body = child_of(node, *BODIES)
    members = body.named_children if body is not None else []
    for item in _specifiers(node):
        base = item.named_children[0]
        if base.type == "explicit_delegation":
            lambdas = [child for child in base.named_children[-1].named_children if child.type == "annotated_lambda"]
            literal = child_of(lambdas[-1], "lambda_literal") if lambdas and body is None else None
            members = literal.named_children if literal is not None else members
            base = base.named_children[0]
        expr = _base(walker, base)
        if expr is not None:
            found.append(expr)
            _keep_types(walker, base, expr, types)
    return tuple(found), types, members


def _specifiers(node: Node) -> list[Node]:
    listed = child_of(node, "delegation_specifiers")
    items = listed.named_children if listed is not None else []
    return [item for item in items if item.type == "delegation_specifier" and item.named_children]


def _base(walker: Walker, node: Node) -> Expr | None:
    if node.type == "user_type":
        return Name(functions.type_name(walker, node), line_of(node))
    if node.type != "constructor_invocation":
        return None
    slot = len(walker.calls)
    found = functions.constructed(walker, node)
    walker.calls.insert(slot, found)
    return found


def _keep_types(walker: Walker, node: Node, base: Expr, types: dict[str, Expr]) -> None:
    kind = child_of(node, "user_type") or node
    arguments = child_of(kind, "type_arguments")
    if arguments is not None:
        name = base.name if isinstance(base, Call) else base.dotted if isinstance(base, Name) else ""
        names = [
            Name(walker.type(item).partition("<")[0].strip("?* "), line_of(item)) for item in arguments.named_children
        ]
        types[name] = Items(tuple(names), line_of(arguments))


def _primary_constructor(walker: Walker, node: Node | None) -> None:
    """``class A(val b: B)``: what is ``val`` or ``var`` is a field."""
    listed = child_of(node, "class_parameters") if node is not None else None
    for item in listed.named_children if listed is not None else ():
        if item.type != "class_parameter":
            continue
        default = after(item, "=")
        value = walker.visit(default) if default is not None else None
        if any(child.type in ("val", "var") for child in item.children):
            decorators = functions.decorators_of(walker, item)
            name = walker.name(child_of(item, "identifier"))
            walker.assign(name, value, item, walker.declared_type(item), decorators=decorators)


def companion(walker: Walker, node: Node) -> Expr:
    """A companion object: its members are known by the name of the class around it."""
    outer = walker.scope
    bases, types, members = _bases(walker, node)
    if bases and outer.owner != -1:
        name = f"{walker.classes[outer.owner].name}.{COMPANION}"
        index = len(walker.classes)
        lines = line_of(node), node.end_point[0] + 1
        walker.classes.append(Class(index, name, *lines, bases, types, parent=outer.owner, kind="object"))
    visit_all(walker, members)
    return NOTHING


def object_literal(walker: Walker, node: Node) -> Expr:
    """``object : Base() { }``: its methods are functions without a name."""
    operands: list[Expr] = []
    for item in _specifiers(node):
        expr = _base(walker, item.named_children[0])
        if expr is not None:
            operands.append(expr)
    body = child_of(node, "class_body")
    for child in body.named_children if body is not None else ():
        parts = [child_of(child, "function_body")] if child.type == "function_declaration" else [child]
        known = [part for part in parts if part is not None and part.type not in COMMENTS]
        if known:
            block = child_of(known[0], "block") if known[0].type == "function_body" else None
            nodes = block.named_children if block is not None else known
            operands.append(functions.block_as_lambda(walker, child, nodes))
    return Other(node.type, line_of(node), tuple(operands))


def enum_entry(walker: Walker, node: Node) -> Expr:
    """A constant of an enumeration, as a field that holds its arguments."""
    arguments = child_of(node, "value_arguments")
    args, _ = calls.arguments(walker, [arguments], 0) if arguments is not None else ((), {})
    value = Items(args, line_of(node)) if args else None
    walker.assign(walker.name(child_of(node, "identifier")), value, node)
    body = child_of(node, "class_body")
    if body is not None:
        visit_all(walker, body.named_children)
    return NOTHING


def property_(walker: Walker, node: Node) -> Expr:
    """``val name: Type = value``, ``by delegate``, with accessors; ``val (a, b) = pair``."""
    walker.take_doc()
    decorators = functions.decorators_of(walker, node)
    value = _value(walker, node)
    several = child_of(node, "multi_variable_declaration")
    for item in several.named_children if several is not None else [child_of(node, "variable_declaration")]:
        if item is None or item.type != "variable_declaration":
            continue
        given = Other("component", line_of(item), (value,)) if several is not None and value is not None else value
        walker.assign(
            walker.name(child_of(item, "identifier")), given, node, walker.declared_type(item), decorators=decorators
        )
    for accessor in node.named_children:
        if accessor.type in ("getter", "setter"):
            functions.block_as_lambda(walker, accessor, _accessor_body(accessor))
    return NOTHING


def _value(walker: Walker, node: Node) -> Expr | None:
    delegate = child_of(node, "property_delegate")
    given = delegate.named_children[-1] if delegate is not None and delegate.named_children else after(node, "=")
    if given is None or given.type in TYPES:
        return None
    return walker.visit(given)


def _accessor_body(node: Node) -> list[Node]:
    body = child_of(node, "function_body")
    if body is None:
        return []
    block = child_of(body, "block")
    return block.named_children if block is not None else body.named_children


def accessor(walker: Walker, node: Node) -> Expr:
    """An accessor that the grammar set behind its property."""
    functions.block_as_lambda(walker, node, _accessor_body(node))
    return NOTHING


def initializer(walker: Walker, node: Node) -> Expr:
    """``init { }``, and the body of a further constructor."""
    block = child_of(node, "block")
    functions.block_as_lambda(walker, node, block.named_children if block is not None else [])
    return NOTHING


HANDLERS: dict[str, Handler] = {
    **dict.fromkeys(("class_declaration", "object_declaration"), declaration),
    **dict.fromkeys(("anonymous_initializer", "secondary_constructor"), initializer),
    **dict.fromkeys(("getter", "setter"), accessor),
    "companion_object": companion,
    "object_literal": object_literal,
    "enum_entry": enum_entry,
    "property_declaration": property_,
}
