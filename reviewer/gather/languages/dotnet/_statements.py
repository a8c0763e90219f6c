"""Statements: control flow, with what it adds to complexity and nesting, and exception handlers."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from reviewer.gather.languages._treesitter import line_of, text_of
from reviewer.gather.languages._walk import (
    NOTHING,
)
from reviewer.gather.languages.dotnet._walker import (
    Handler,
    Walker,
    inner,
    skip,
    type_name,
    type_text,
    visit_block,
)
from reviewer.gather.syntax import Assignment, Catch, Expr, Other, Return
from reviewer.model.facts.code import CatchBody

if TYPE_CHECKING:
    from tree_sitter import Node

BLOCKS = (
    "compilation_unit",
    "block",
    "declaration_list",
    "enum_member_declaration_list",
    "global_statement",
    "checked_statement",
    "unsafe_statement",
    "fixed_statement",
    "labeled_statement",
    "preproc_if",
    "preproc_elif",
    "preproc_else",
    "preproc_if_in_attribute_list",
    "finally_clause",
)
SKIPPED = (
    "attribute_list",
    "global_attribute",
    "break_statement",
    "continue_statement",
    "empty_statement",
    "goto_statement",
    "delegate_declaration",
    "extern_alias_directive",
    "modifier",
    "preproc_define",
    "preproc_endregion",
    "preproc_error",
    "preproc_line",
    "preproc_nullable",
    "preproc_pragma",
    "preproc_region",
    "preproc_undef",
    "preproc_warning",
    "shebang_directive",
    "type_parameter_constraints_clause",
)
LOGS = re.compile(r"log|logger|console|trace|debug|telemetry|sentry|elmah|eventsource", re.IGNORECASE)
LOG_CALLS = re.compile(r"Log[A-Z]\w*|(?:Write|Print)(?:Line)?|TrackException|CaptureException")
PASSES_ON = frozenset({"Throw", "SetException", "TrySetException", "Rethrow", "FailFast", "Exit"})
"""Calls that hand the error to whoever is responsible, as a throw does."""


def if_(walker: Walker, node: Node) -> Expr:
    """``if``; an ``else if`` is a decision more and no block deeper."""
    scope = walker.scope
    scope.complexity += 1
    walker.visit(node.child_by_field_name("condition"))
    scope.enter()
    walker.visit(node.child_by_field_name("consequence"))
    scope.leave()
    otherwise = node.child_by_field_name("alternative")
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
    start = node.child_by_field_name("initializer")
    walker.visit(start)
    scope.complexity += 1
    scope.enter()
    scope.loops += 1
    for child in node.named_children:
        if child != start:
            walker.visit(child)
    scope.loops -= 1
    scope.leave()
    return NOTHING


def for_each(walker: Walker, node: Node) -> Expr:
    """``foreach (var x in xs)``: ``x`` is an element of ``xs``."""
    scope = walker.scope
    scope.complexity += 1
    iterated = walker.visit(node.child_by_field_name("right"))
    left = node.child_by_field_name("left")
    if left is not None:
        kind = type_text(node.child_by_field_name("type"))
        element = Other(node.type, line_of(node), (iterated,))
        names = left.named_children if left.type == "tuple_pattern" else [left]
        for name in names:
            walker.record(Assignment(text_of(name), element, line_of(node), line_of(node), kind))
    scope.enter()
    scope.loops += 1
    walker.visit(node.child_by_field_name("body"))
    scope.loops -= 1
    scope.leave()
    return NOTHING


def switch(walker: Walker, node: Node) -> Expr:
    """``switch``: each ``case`` is a decision, ``default`` is none."""
    walker.visit(node.child_by_field_name("value"))
    walker.scope.enter()
    body = node.child_by_field_name("body")
    for section in body.named_children if body is not None else ():
        walker.scope.complexity += any(child.type == "case" for child in section.children)
        visit_block(walker, section)
    walker.scope.leave()
    return NOTHING


def switch_expression(walker: Walker, node: Node) -> Expr:
    """``x switch { 1 => a, _ => b }``: each arm but the last resort is a decision; the operands are the results."""
    found: list[Expr] = []
    for child in node.named_children:
        if child.type != "switch_expression_arm":
            found.append(walker.visit(child))
            continue
        parts = [part for part in child.named_children if part.type != "comment"]
        walker.scope.complexity += bool(parts) and parts[0].type != "discard"
        for place, part in enumerate(parts):
            expr = walker.visit(part)
            if place == len(parts) - 1:
                found.append(expr)
    return Other(node.type, line_of(node), tuple(found))


def try_(walker: Walker, node: Node) -> Expr:
    """``try`` with its handlers."""
    scope = walker.scope
    scope.enter()
    for child in node.named_children:
        if child.type == "catch_clause":
            _handler(walker, child)
        else:
            walker.visit(child)
    scope.leave()
    return NOTHING


def _handler(walker: Walker, node: Node) -> None:
    walker.scope.complexity += 1
    calls, thrown = len(walker.calls), walker.thrown
    body = node.child_by_field_name("body")
    declared = next((child for child in node.named_children if child.type == "catch_declaration"), None)
    for child in node.named_children:
        if child.type == "catch_filter_clause":
            walker.visit(child)
    walker.visit(body)
    kind = type_name(declared.child_by_field_name("type")) if declared is not None else ""
    empty = body is None or all(child.type in ("comment", "empty_statement") for child in body.named_children)
    does = _body_since(walker, calls, thrown, empty)
    types = (kind,) if kind else ()
    walker.catches.append(Catch(line_of(node), node.end_point[0] + 1, types, does, walker.scope.index))


def _body_since(walker: Walker, calls: int, thrown: int, empty: bool) -> CatchBody:
    """What was done since there were that many calls and throws."""
    if empty:
        return CatchBody.EMPTY
    names = [call.name for call in walker.calls[calls:]]
    if walker.thrown > thrown or any(name.rpartition(".")[2] in PASSES_ON for name in names):
        return CatchBody.RAISED
    if any(_logs(name) for name in names):
        return CatchBody.LOGGED
    return CatchBody.HANDLED


def _logs(name: str) -> bool:
    head, _, last = name.rpartition(".")
    return bool(LOG_CALLS.fullmatch(last)) or bool(head and LOGS.search(head[:200]))


def return_(walker: Walker, node: Node) -> Expr:
    """``return x`` and ``yield return x``."""
    value = inner(node)
    if value is not None:
        walker.returns.append(Return(walker.visit(value), line_of(node), walker.scope.index))
    return NOTHING


def throw(walker: Walker, node: Node) -> Expr:
    """``throw x``."""
    walker.thrown += 1
    return walker.visit(inner(node))


def nested(walker: Walker, node: Node) -> Expr:
    """``using`` and ``lock``: what they hold, and a block that is no decision."""
    for child in node.named_children:
        walker.visit(child)
    return NOTHING


def expression(walker: Walker, node: Node) -> Expr:
    """An expression as a statement."""
    walker.visit(inner(node))
    return NOTHING


HANDLERS: dict[str, Handler] = {
    **dict.fromkeys(SKIPPED, skip),
    **dict.fromkeys(BLOCKS, visit_block),
    **dict.fromkeys(("for_statement", "while_statement", "do_statement"), loop),
    **dict.fromkeys(("using_statement", "lock_statement", "local_declaration_statement"), nested),
    **dict.fromkeys(("return_statement", "yield_statement"), return_),
    "if_statement": if_,
    "foreach_statement": for_each,
    "switch_statement": switch,
    "switch_expression": switch_expression,
    "try_statement": try_,
    "throw_statement": throw,
    "expression_statement": expression,
}
