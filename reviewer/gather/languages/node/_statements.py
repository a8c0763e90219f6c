"""Statements: control flow, with what it adds to complexity and nesting, and exception handlers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reviewer.gather.languages._treesitter import line_of, text_of
from reviewer.gather.languages._walk import (
    NOTHING,
)
from reviewer.gather.languages.node._assignments import bind
from reviewer.gather.languages.node._catches import body_since
from reviewer.gather.languages.node._walker import (
    Handler,
    Walker,
    inner,
    skip,
    visit_block,
)
from reviewer.gather.syntax import Catch, Compare, Expr, Other, Return, Text

if TYPE_CHECKING:
    from tree_sitter import Node

SKIPPED = (
    "abstract_method_signature",
    "ambient_declaration",
    "break_statement",
    "continue_statement",
    "debugger_statement",
    "empty_statement",
    "function_signature",
    "import_alias",
    "index_signature",
    "interface_declaration",
    "method_signature",
    "property_signature",
    "statement_identifier",
    "type_alias_declaration",
    "type_annotation",
    "type_arguments",
    "type_parameters",
)
"""Nodes that hold no code that runs."""


CASE = "case"
"""The operator of a comparison that a ``switch`` makes."""


def if_(walker: Walker, node: Node) -> Expr:
    """``if``; an ``else if`` is a decision more and no block deeper."""
    scope = walker.scope
    scope.complexity += 1
    walker.visit(node.child_by_field_name("condition"))
    scope.enter()
    walker.visit(node.child_by_field_name("consequence"))
    scope.leave()
    alternative = node.child_by_field_name("alternative")
    otherwise = inner(alternative) if alternative is not None else None
    if otherwise is None:
        return NOTHING
    if otherwise.type == "if_statement":
        return if_(walker, otherwise)
    scope.enter()
    walker.visit(otherwise)
    scope.leave()
    return NOTHING


def loop(walker: Walker, node: Node) -> Expr:
    """``for``, ``while`` and ``do``: what they repeat is in a loop."""
    scope = walker.scope
    walker.visit(node.child_by_field_name("initializer"))
    _repeat(walker, [node.child_by_field_name(name) for name in ("condition", "increment", "body")])
    scope.complexity += 1
    return NOTHING


def for_in(walker: Walker, node: Node) -> Expr:
    """``for (x of xs)``: ``x`` is an element of ``xs``."""
    walker.scope.complexity += 1
    iterated = walker.visit(node.child_by_field_name("right"))
    left = node.child_by_field_name("left")
    if left is not None:
        bind(walker, left, Other(node.type, line_of(node), (iterated,)), left)
    _repeat(walker, [node.child_by_field_name("body")])
    return NOTHING


def _repeat(walker: Walker, nodes: list[Node | None]) -> None:
    scope = walker.scope
    scope.enter()
    scope.loops += 1
    for node in nodes:
        walker.visit(node)
    scope.loops -= 1
    scope.leave()


def switch(walker: Walker, node: Node) -> Expr:
    """``switch``: each ``case`` is a decision, and a comparison where it is a text."""
    subject = walker.visit(node.child_by_field_name("value"))
    walker.scope.enter()
    body = node.child_by_field_name("body")
    for case in body.named_children if body is not None else ():
        walker.scope.complexity += case.type == "switch_case"
        value = case.child_by_field_name("value")
        if value is not None and value.type == "string":
            line = line_of(value)
            text = Text((text_of(value)[1:-1],), line, line)
            walker.compares.append(Compare(subject, CASE, text, line, walker.scope.index))
        visit_block(walker, case)
    walker.scope.leave()
    return NOTHING


def try_(walker: Walker, node: Node) -> Expr:
    """``try`` with its handler."""
    scope = walker.scope
    scope.enter()
    walker.visit(node.child_by_field_name("body"))
    _handler(walker, node.child_by_field_name("handler"))
    walker.visit(node.child_by_field_name("finalizer"))
    scope.leave()
    return NOTHING


def _handler(walker: Walker, node: Node | None) -> None:
    if node is None:
        return
    walker.scope.complexity += 1
    calls, thrown = len(walker.calls), walker.thrown
    body = node.child_by_field_name("body")
    walker.visit(body)
    empty = body is None or all(child.type in ("comment", "empty_statement") for child in body.named_children)
    does = body_since(walker, calls, thrown, empty)
    walker.catches.append(Catch(line_of(node), node.end_point[0] + 1, (), does, walker.scope.index))


def return_(walker: Walker, node: Node) -> Expr:
    """``return x``."""
    value = inner(node)
    if value is not None:
        walker.returns.append(Return(walker.visit(value), line_of(node), walker.scope.index))
    return NOTHING


def throw(walker: Walker, node: Node) -> Expr:
    """``throw x``."""
    walker.thrown += 1
    return walker.visit(inner(node))


def expression(walker: Walker, node: Node) -> Expr:
    """An expression as a statement; directives such as ``"use strict"`` say nothing."""
    value = inner(node)
    if value is not None and value.type != "string":
        walker.visit(value)
    return NOTHING


HANDLERS: dict[str, Handler] = {
    **dict.fromkeys(SKIPPED, skip),
    **dict.fromkeys(("program", "statement_block"), visit_block),
    **dict.fromkeys(("for_statement", "while_statement", "do_statement"), loop),
    "if_statement": if_,
    "for_in_statement": for_in,
    "switch_statement": switch,
    "try_statement": try_,
    "return_statement": return_,
    "throw_statement": throw,
    "expression_statement": expression,
}
