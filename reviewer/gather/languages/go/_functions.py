"""Functions, methods, closures and their parameters."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from reviewer.gather.languages._walk import (
    NOTHING,
    Scope,
)
from reviewer.gather.languages.go._walker import (
    Walker,
    parts,
    text,
    type_text,
)
from reviewer.gather.syntax import Expr, Function, Lambda, Parameter

if TYPE_CHECKING:
    from tree_sitter import Node

LAMBDA = "<lambda>"


def declaration(walker: Walker, node: Node, doc: str = "") -> Expr:
    """``func name() {}`` and ``func (s *Server) name() {}``; the doc is the comment before it.

    A name without a capital is not exported, which is private to its package.
    """
    called = text(node.child_by_field_name("name"))
    receiver = _receiver(node.child_by_field_name("receiver"))
    made = _started(walker, node, called, called)
    if not called[:1].isupper():
        made = replace(made, modifiers=("private",))
    if receiver is not None:
        owner = walker.types.get(receiver[1], -1)
        made = replace(made, qualname=f"{receiver[1]}.{called}", owner=owner, receiver=receiver[0])
    _walk(walker, node, replace(made, documented=bool(doc), doc=doc), made.owner, 0)
    return NOTHING


def literal(walker: Walker, node: Node, loops: int = 0) -> Lambda:
    """``func(...) {...}`` as a value; ``loops`` are those around a closure that is called in place."""
    outer = walker.scope
    qualname = f"{outer.qualname}.{LAMBDA}" if outer.qualname else LAMBDA
    made = _started(walker, node, LAMBDA, qualname)
    _walk(walker, node, made, outer.owner, loops)
    return Lambda(made.index, made.line, made.end_line)


def _started(walker: Walker, node: Node, name: str, qualname: str) -> Function:
    """A function as far as its signature tells."""
    result = node.child_by_field_name("result")
    return Function(
        index=len(walker.functions),
        name=name,
        qualname=qualname,
        line=node.start_point[0] + 1,
        end_line=node.end_point[0] + 1,
        parameters=_parameters(node.child_by_field_name("parameters")),
        returns=type_text(result),
        parent=walker.scope.index,
        returned=_returned(result),
    )


def _walk(walker: Walker, node: Node, made: Function, owner: int, loops: int) -> None:
    """Walks the body, and counts it."""
    outer = walker.scope
    walker.functions.append(made)
    walker.scope = scope = Scope(made.index, owner, made.qualname, loops)
    walker.visit(node.child_by_field_name("body"))
    walker.leave(outer)
    walker.functions[made.index] = replace(
        made, complexity=scope.complexity, nesting=scope.nesting, statements=scope.statements
    )


def _receiver(node: Node | None) -> tuple[str, str] | None:
    """The name and the type of a method's receiver."""
    for child in parts(node):
        kind = type_text(child.child_by_field_name("type")).lstrip("*( ").partition("[")[0].rstrip(") ")
        return text(child.child_by_field_name("name")), kind
    return None


def _parameters(node: Node | None) -> tuple[Parameter, ...]:
    found: list[Parameter] = []
    for child in parts(node):
        kind = type_text(child.child_by_field_name("type"))
        if child.type == "variadic_parameter_declaration":
            kind = f"...{kind}"
        names = child.children_by_field_name("name")
        found.extend(Parameter(text(item), kind) for item in names)
        if not names:
            found.append(Parameter("_", kind))
    return tuple(found)


def _returned(node: Node | None) -> tuple[str, ...]:
    if node is None or node.type != "parameter_list":
        return ()
    return tuple(text(item) for child in parts(node) for item in child.children_by_field_name("name"))
