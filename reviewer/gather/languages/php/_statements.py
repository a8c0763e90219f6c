"""Statements: control flow, with what it adds to complexity and nesting, exception handlers, and HTML between them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reviewer.gather.languages._treesitter import line_of, text_of
from reviewer.gather.languages._walk import (
    NOTHING,
)
from reviewer.gather.languages.php._assignments import bind
from reviewer.gather.languages.php._catches import body_since
from reviewer.gather.languages.php._walker import (
    Handler,
    Walker,
    inner,
    skip,
    visit_block,
    with_dots,
)
from reviewer.gather.syntax import Catch, Compare, Expr, Name, Number, Other, Return

if TYPE_CHECKING:
    from tree_sitter import Node

SKIPPED = (
    "break_statement",
    "comment",
    "continue_statement",
    "declare_statement",
    "empty_statement",
    "global_declaration",
    "goto_statement",
    "named_label_statement",
    "php_end_tag",
    "text",
    "use_declaration",
)
"""Nodes that hold no code that runs."""
ECHO_TAG = "<?="


def if_(walker: Walker, node: Node) -> Expr:
    """``if`` with its ``elseif``; an ``else if`` is a decision more and no block deeper."""
    scope = walker.scope
    scope.complexity += 1
    walker.visit(node.child_by_field_name("condition"))
    scope.enter()
    walker.visit(node.child_by_field_name("body"))
    scope.leave()
    for clause in node.children_by_field_name("alternative"):
        otherwise = clause.child_by_field_name("body")
        if clause.type == "else_if_clause":
            scope.complexity += 1
            walker.visit(clause.child_by_field_name("condition"))
        elif otherwise is not None and otherwise.type == "if_statement":
            if_(walker, otherwise)
            continue
        scope.enter()
        walker.visit(otherwise)
        scope.leave()
    return NOTHING


def loop(walker: Walker, node: Node) -> Expr:
    """``for``, ``while`` and ``do``: what they repeat is in a loop."""
    walker.scope.complexity += 1
    walker.visit(node.child_by_field_name("initialize"))
    _repeat(walker, [node.child_by_field_name(name) for name in ("condition", "update")])
    _repeat(walker, node.children_by_field_name("body"))
    return NOTHING


def foreach(walker: Walker, node: Node) -> Expr:
    """``foreach ($items as $key => $item)``: ``$item`` is an element of ``$items``."""
    walker.scope.complexity += 1
    children = [child for child in node.named_children if child.type != "comment"]
    iterated = walker.visit(children[0]) if children else NOTHING
    target = children[1] if len(children) > 1 else None
    if target is not None and target.type == "pair":
        parts = target.named_children
        if len(parts) > 1:
            bind(walker, parts[0], Other("foreach_key", line_of(target), (iterated,)), target)
        target = parts[-1] if parts else None
    if target is not None and target.type == "by_ref":
        target = inner(target)
    if target is not None:
        element = Other("subscript_expression", line_of(target), (iterated, Name("", line_of(target))))
        bind(walker, target, element, target)
    _repeat(walker, node.children_by_field_name("body"))
    return NOTHING


def _repeat(walker: Walker, nodes: list[Node] | list[Node | None]) -> None:
    scope = walker.scope
    scope.enter()
    scope.loops += 1
    for node in nodes:
        walker.visit(node)
    scope.loops -= 1
    scope.leave()


def switch(walker: Walker, node: Node) -> Expr:
    """``switch``: each ``case`` is a decision, and compares with what is switched on."""
    value = walker.visit(inner(node.child_by_field_name("condition")))
    scope = walker.scope
    scope.enter()
    body = node.child_by_field_name("body")
    for case in body.named_children if body is not None else ():
        expected = case.child_by_field_name("value")
        if case.type == "case_statement":
            scope.complexity += 1
            walker.compares.append(Compare(value, "case", walker.visit(expected), line_of(case), scope.index))
        walker.comment = None
        for child in case.named_children:
            if child != expected and child.type != "comment":
                scope.statements += 1
                walker.visit(child)
    scope.leave()
    return NOTHING


def try_(walker: Walker, node: Node) -> Expr:
    """``try`` with its handlers."""
    walker.scope.enter()
    walker.visit(node.child_by_field_name("body"))
    for clause in node.named_children:
        if clause.type == "catch_clause":
            _handler(walker, clause)
        elif clause.type == "finally_clause":
            walker.visit(clause.child_by_field_name("body"))
    walker.scope.leave()
    return NOTHING


def _handler(walker: Walker, node: Node) -> None:
    walker.scope.complexity += 1
    calls, thrown = len(walker.calls), walker.thrown
    body = node.child_by_field_name("body")
    walker.visit(body)
    empty = body is None or all(child.type in ("comment", "empty_statement") for child in body.named_children)
    does = body_since(walker, calls, thrown, empty)
    types = tuple(with_dots(item) for item in text_of(node.child_by_field_name("type")).split("|") if item)
    walker.catches.append(Catch(line_of(node), node.end_point[0] + 1, types, does, walker.scope.index))


def return_(walker: Walker, node: Node) -> Expr:
    """``return $x``."""
    value = inner(node)
    if value is not None:
        walker.returns.append(Return(walker.visit(value), line_of(node), walker.scope.index))
    return NOTHING


def expression(walker: Walker, node: Node) -> Expr:
    """An expression as a statement; after ``<?=`` it is printed."""
    echoing, walker.echoing = walker.echoing, False
    value = walker.visit(inner(node))
    if echoing:
        walker.call("echo", (value,), node)
    return NOTHING


def tag(walker: Walker, node: Node) -> Expr:
    """``<?php`` and ``<?=``."""
    walker.echoing = text_of(node) == ECHO_TAG
    return NOTHING


def html(walker: Walker, node: Node) -> Expr:
    """HTML between two pieces of PHP."""
    for child in node.named_children:
        if child.type == "php_tag":
            tag(walker, child)
    return NOTHING


def unset(walker: Walker, node: Node) -> Expr:
    """``unset($a)`` changes nothing that is told here."""
    for child in node.named_children:
        walker.visit(child)
    return Number("null", line_of(node))


HANDLERS: dict[str, Handler] = {
    **dict.fromkeys(SKIPPED, skip),
    **dict.fromkeys(("program", "compound_statement", "colon_block"), visit_block),
    **dict.fromkeys(("for_statement", "while_statement", "do_statement"), loop),
    "if_statement": if_,
    "foreach_statement": foreach,
    "switch_statement": switch,
    "try_statement": try_,
    "return_statement": return_,
    "expression_statement": expression,
    "php_tag": tag,
    "text_interpolation": html,
    "unset_statement": unset,
}
