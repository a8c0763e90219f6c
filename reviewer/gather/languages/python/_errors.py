"""Python's ``try`` and ``raise``: what is caught, and what is done with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reviewer.gather.languages.python._builder import Builder, nested, parts
from reviewer.gather.syntax import Catch, Items, dotted
from reviewer.model.facts.code import CatchBody

if TYPE_CHECKING:
    from tree_sitter import Node

IDLE = frozenset({"pass_statement", "continue_statement"})


def try_(builder: Builder, node: Node) -> None:
    """A whole ``try``: each handler and its ``else`` count as one decision."""
    for child in parts(node):
        if child.type == "except_clause":
            builder.scope.decisions += 1
            _except(builder, child)
        elif child.type == "else_clause":
            builder.scope.decisions += 1
            nested(builder, child.child_by_field_name("body"))
        elif child.type == "finally_clause":
            for block in parts(child):
                nested(builder, block)
        else:
            nested(builder, child)


def _except(builder: Builder, node: Node) -> None:
    scope = builder.scope
    *_, body = children = parts(node) or [node]
    raised, logged = scope.raised, scope.logged
    caught = _caught(builder, children[0]) if len(children) > 1 else ()
    if body.type == "block":
        nested(builder, body)
    does = CatchBody.HANDLED
    if scope.raised > raised:
        does = CatchBody.RAISED
    elif scope.logged > logged:
        does = CatchBody.LOGGED
    elif body.type == "block" and all(_is_idle(child) for child in parts(body)):
        does = CatchBody.EMPTY
    line, end_line = node.start_point[0] + 1, node.end_point[0] + 1
    builder.catches.append(Catch(line=line, end_line=end_line, types=caught, does=does, function=scope.function))


def _caught(builder: Builder, node: Node) -> tuple[str, ...]:
    inner = parts(node)
    value = builder.expression(builder, inner[0] if node.type == "as_pattern" and inner else node)
    kinds = value.values if isinstance(value, Items) else (value,)
    return tuple(name for kind in kinds if (name := dotted(kind)))


def _is_idle(node: Node) -> bool:
    inner = node.named_children
    silent = node.type == "expression_statement" and len(inner) == 1 and inner[0].type in ("ellipsis", "string")
    return silent or node.type in IDLE


def raise_(builder: Builder, node: Node) -> None:
    """A ``raise``, which also says what the handler around it does."""
    for child in parts(node):
        builder.expression(builder, child)
    builder.scope.raised += 1
