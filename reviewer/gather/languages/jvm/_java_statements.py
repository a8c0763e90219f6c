"""Statements: control flow, with what it adds to complexity and nesting, exception handlers, imports."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reviewer.gather.languages._treesitter import line_of, text_of
from reviewer.gather.languages._walk import (
    NOTHING,
)
from reviewer.gather.languages.jvm._java_walker import (
    COMMENTS,
    Handler,
    Walker,
    inner,
    skip,
    type_name,
    type_of,
    type_text,
    visit_block,
    visit_members,
)
from reviewer.gather.languages.jvm._jvm_catches import body_of
from reviewer.gather.syntax import Assertion, Catch, Compare, Expr, Import, Other, Return, Text

if TYPE_CHECKING:
    from tree_sitter import Node

SKIPPED = ("break_statement", "continue_statement", "module_declaration", ";")


def program(walker: Walker, node: Node) -> Expr:
    """A whole file."""
    return visit_members(walker, node.named_children)


def package(walker: Walker, node: Node) -> Expr:
    """``package a.b;``."""
    name = next((c for c in node.named_children if c.type in ("scoped_identifier", "identifier")), None)
    walker.namespace = "".join(text_of(name).split())
    return NOTHING


def import_(walker: Walker, node: Node) -> Expr:
    """``import a.b.C;``, ``import a.b.*;`` and those of static members."""
    path = next((c for c in node.named_children if c.type in ("scoped_identifier", "identifier")), None)
    full = "".join(text_of(path).split())
    if any(child.type == "asterisk" for child in node.named_children):
        walker.imports.append(Import(full, "*", "*", line_of(node)))
        return NOTHING
    module, _, name = full.rpartition(".")
    walker.imports.append(Import(module, name, name, line_of(node)))
    return NOTHING


def if_(walker: Walker, node: Node) -> Expr:
    """``if``; an ``else if`` is a decision more and no block deeper."""
    scope = walker.scope
    scope.complexity += 1
    walker.visit(node.child_by_field_name("condition"))
    _nested(walker, node.child_by_field_name("consequence"))
    otherwise = node.child_by_field_name("alternative")
    if otherwise is not None and otherwise.type == "if_statement":
        return if_(walker, otherwise)
    if otherwise is not None:
        _nested(walker, otherwise)
    return NOTHING


def _nested(walker: Walker, node: Node | None) -> None:
    walker.scope.enter()
    walker.visit(node)
    walker.scope.leave()


def loop(walker: Walker, node: Node) -> Expr:
    """``for``, ``while`` and ``do``: what they repeat is in a loop."""
    walker.scope.complexity += 1
    for child in node.children_by_field_name("init"):
        walker.visit(child)
    _repeat(walker, [child for name in ("condition", "update", "body") for child in node.children_by_field_name(name)])
    return NOTHING


def for_each(walker: Walker, node: Node) -> Expr:
    """``for (User user : users)``: ``user`` is an element of ``users``."""
    walker.scope.complexity += 1
    iterated = walker.visit(node.child_by_field_name("value"))
    name = node.child_by_field_name("name")
    if name is not None:
        walker.assign(text_of(name), Other(node.type, line_of(node), (iterated,)), name, type_of(node))
    _repeat(walker, node.children_by_field_name("body"))
    return NOTHING


def _repeat(walker: Walker, nodes: list[Node]) -> None:
    scope = walker.scope
    scope.enter()
    scope.loops += 1
    for node in nodes:
        walker.visit(node)
    scope.loops -= 1
    scope.leave()


def switch(walker: Walker, node: Node) -> Expr:
    """``switch``: each ``case`` is a decision. As an expression it is its subject and the values of its cases.

    What is compared with a text is kept as a comparison, as a chain of ``equals`` would be.
    """
    operands = [walker.visit(node.child_by_field_name("condition"))]
    around, walker.yielded = walker.yielded, []
    walker.scope.enter()
    body = node.child_by_field_name("body")
    for group in body.named_children if body is not None else ():
        for child in group.named_children:
            if child.type == "switch_label":
                walker.scope.complexity += text_of(child)[:4] == "case"
                _label(walker, child, operands[0])
            elif child.type not in COMMENTS:
                walker.scope.statements += 1
                value = inner(child) if child.type == "expression_statement" else None
                operands.append(walker.visit(child if value is None else value))
    walker.scope.leave()
    operands.extend(walker.yielded)
    walker.yielded = around
    return Other(node.type, line_of(node), (operands[0], *(item for item in operands[1:] if item is not NOTHING)))


def _label(walker: Walker, node: Node, subject: Expr) -> None:
    for item in node.named_children:
        expected = walker.visit(item)
        if isinstance(expected, Text):
            walker.compares.append(Compare(subject, "case", expected, line_of(item), walker.scope.index))


def try_(walker: Walker, node: Node) -> Expr:
    """``try`` with its resources and handlers."""
    scope = walker.scope
    scope.enter()
    for child in node.named_children:
        if child.type == "catch_clause":
            _catch(walker, child)
        else:
            walker.visit(child)
    scope.leave()
    return NOTHING


def resource(walker: Walker, node: Node) -> Expr:
    """``Connection c = open()`` of a ``try``."""
    name = node.child_by_field_name("name")
    value = walker.visit(node.child_by_field_name("value") or inner(node))
    if name is not None:
        walker.assign(text_of(name), value, node, type_of(node))
    return NOTHING


def _catch(walker: Walker, node: Node) -> None:
    walker.scope.complexity += 1
    calls, thrown = len(walker.calls), walker.thrown
    parameter = next((child for child in node.named_children if child.type == "catch_formal_parameter"), None)
    kinds: tuple[str, ...] = ()
    if parameter is not None:
        listed = next((child for child in parameter.named_children if child.type == "catch_type"), None)
        kinds = tuple(type_name(child) for child in listed.named_children) if listed is not None else ()
        walker.assign(text_of(parameter.child_by_field_name("name")), None, parameter, type_text(listed))
    body = node.child_by_field_name("body")
    walker.visit(body)
    empty = body is None or all(child.type in COMMENTS for child in body.named_children)
    does = body_of((call.name for call in walker.calls[calls:]), walker.thrown > thrown, empty)
    walker.catches.append(Catch(line_of(node), node.end_point[0] + 1, kinds, does, walker.scope.index))


def return_(walker: Walker, node: Node) -> Expr:
    """``return x`` and ``yield x``; the value of a ``yield`` is one of the ``switch`` around it."""
    value = inner(node)
    if value is None:
        return NOTHING
    expr = walker.visit(value)
    if node.type == "return_statement":
        walker.returns.append(Return(expr, line_of(node), walker.scope.index))
    else:
        walker.yielded.append(expr)
    return NOTHING


def throw(walker: Walker, node: Node) -> Expr:
    """``throw x``."""
    walker.thrown += 1
    walker.visit(inner(node))
    return NOTHING


def assert_(walker: Walker, node: Node) -> Expr:
    """``assert x : y``."""
    test, *message = [child for child in node.named_children if child.type not in COMMENTS] or [node]
    if test is not node:
        expr = walker.visit(test)
        walker.asserts.append(Assertion(expr, line_of(node), node.end_point[0] + 1, walker.scope.index))
    for child in message:
        walker.visit(child)
    return NOTHING


HANDLERS: dict[str, Handler] = {
    **dict.fromkeys(SKIPPED, skip),
    **dict.fromkeys(("for_statement", "while_statement", "do_statement"), loop),
    **dict.fromkeys(("return_statement", "yield_statement"), return_),
    **dict.fromkeys(("try_statement", "try_with_resources_statement"), try_),
    "program": program,
    "package_declaration": package,
    "import_declaration": import_,
    "block": visit_block,
    "if_statement": if_,
    "enhanced_for_statement": for_each,
    "switch_expression": switch,
    "resource": resource,
    "throw_statement": throw,
    "assert_statement": assert_,
}
