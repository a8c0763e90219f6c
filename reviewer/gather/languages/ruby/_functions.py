"""Methods, blocks and their parameters."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reviewer.gather.languages._treesitter import line_of, text_of
from reviewer.gather.languages._walk import (
    NOTHING,
)
from reviewer.gather.languages.ruby._walker import (
    Handler,
    Scope,
    Walker,
)
from reviewer.gather.syntax import Expr, Function, Lambda, Parameter, Return

if TYPE_CHECKING:
    from tree_sitter import Node

CLOSURE = "<lambda>"
UNFILLED = Function(-1, "", "", 0, 0)
SPECIAL_COMMENTS = ("# frozen_string_literal", "# encoding", "# -*-", "#!", "# rubocop:", "# typed:")
"""Comments that are for tools, not for readers."""
PARAMETERS = frozenset(
    {"optional_parameter", "keyword_parameter", "splat_parameter", "hash_splat_parameter", "block_parameter"}
)


def method(walker: Walker, node: Node, visibility: str = "") -> Expr:
    """``def name`` and ``def self.name``.

    Args:
        visibility: the word that stands right before the method (``private def name``).
    """
    outer, index = walker.scope, len(walker.functions)
    name = text_of(node.child_by_field_name("name"))
    owner = outer.owner
    prefix = walker.classes[owner].name if owner != -1 else ""
    shown = visibility or (outer.visibility if node.type == "method" else "public")
    walker.functions.append(UNFILLED)
    walker.scope = scope = Scope(index, owner, f"{prefix}.{name}" if prefix else name, outer=outer)
    parameters = _parameters(walker, node.child_by_field_name("parameters"))
    body = node.child_by_field_name("body")
    if body is not None:
        _returned(walker, walker.visit(body))
    walker.leave(outer)
    walker.functions[index] = Function(
        index=index,
        name=name,
        qualname=scope.qualname,
        line=line_of(node),
        end_line=node.end_point[0] + 1,
        parameters=parameters,
        owner=owner,
        parent=-1 if owner != -1 else outer.index,
        complexity=scope.complexity,
        nesting=scope.nesting,
        documented=is_documented(node),
        statements=scope.statements,
        modifiers=(shown,) if shown in ("private", "protected") else (),
    )
    return NOTHING


def block(walker: Walker, node: Node, loops: int, parameters: Node | None = None) -> Lambda:
    """A block, or the body of a closure.

    Args:
        loops: around what is called in it.
        parameters: of a closure, which stand before it.
    """
    outer, index = walker.scope, len(walker.functions)
    walker.functions.append(UNFILLED)
    walker.scope = scope = Scope(index, outer.owner, outer.qualname, loops, outer, block=True)
    found = _parameters(walker, parameters or node.child_by_field_name("parameters"))
    scope.enter()
    body = node.child_by_field_name("body")
    if body is not None:
        _returned(walker, walker.visit(body))
    scope.leave()
    line, end_line = line_of(node), node.end_point[0] + 1
    walker.functions[index] = Function(
        index=index,
        name=CLOSURE,
        qualname=scope.qualname,
        line=line,
        end_line=end_line,
        parameters=found,
        parent=outer.index,
        complexity=scope.complexity,
        nesting=scope.nesting,
        statements=scope.statements,
    )
    walker.leave(outer)
    return Lambda(index, line, end_line)


def _returned(walker: Walker, value: Expr) -> None:
    """What the last statement gives is what the method or block gives."""
    if value is not NOTHING:
        walker.returns.append(Return(value, value.line, walker.scope.index))


def _parameters(walker: Walker, node: Node | None) -> tuple[Parameter, ...]:
    found: list[Parameter] = []
    for child in node.named_children if node is not None else ():
        if child.type == "comment":
            continue
        if child.type == "destructured_parameter":
            found.extend(_parameters(walker, child))
            continue
        name = text_of(child.child_by_field_name("name") if child.type in PARAMETERS else child)
        default = child.child_by_field_name("value") if child.type in PARAMETERS else None
        found.append(Parameter(name, "", walker.visit(default) if default is not None else None))
        walker.scope.locals.add(name)
    return tuple(found)


def is_documented(node: Node) -> bool:
    """Whether a comment for readers stands right above a definition."""
    before, above = node, node.prev_named_sibling
    if above is None and node.parent is not None and node.parent.type == "body_statement":
        above = node.parent.prev_named_sibling
    if above is None or above.type != "comment" or above.end_point[0] + 1 != before.start_point[0]:
        return False
    return not text_of(above).startswith(SPECIAL_COMMENTS)


HANDLERS: dict[str, Handler] = {"method": method, "singleton_method": method}
