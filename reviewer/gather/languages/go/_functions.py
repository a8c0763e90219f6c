"""Functions, methods, closures and their parameters."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reviewer.gather.languages.go._walker import NOTHING, Scope, Walker, parts, text, type_text
from reviewer.gather.syntax import Expr, Function, Lambda, Parameter

if TYPE_CHECKING:
    from tree_sitter import Node

UNFILLED = Function(-1, "", "", 0, 0)
LAMBDA = "<lambda>"


def declaration(walker: Walker, node: Node, doc: str = "") -> Expr:
    """``func name() {}`` and ``func (s *Server) name() {}``; the doc is the comment before it."""
    called = text(node.child_by_field_name("name"))
    receiver = _receiver(node.child_by_field_name("receiver"))
    owner = walker.types.get(receiver[1], -1) if receiver else -1
    qualname = f"{receiver[1]}.{called}" if receiver else called
    _function(walker, node, called, qualname, owner=owner, receiver=receiver[0] if receiver else "", doc=doc)
    return NOTHING


def literal(walker: Walker, node: Node, loops: int = 0) -> Lambda:
    """``func(...) {...}`` as a value; ``loops`` are those around a closure that is called in place."""
    outer = walker.scope.qualname
    index = _function(walker, node, LAMBDA, f"{outer}.{LAMBDA}" if outer else LAMBDA, loops=loops)
    return Lambda(index, node.start_point[0] + 1, node.end_point[0] + 1)


def _function(
    walker: Walker,
    node: Node,
    name: str,
    qualname: str,
    owner: int = -1,
    receiver: str = "",
    doc: str = "",
    loops: int = 0,
) -> int:
    outer = walker.scope
    index = len(walker.functions)
    walker.functions.append(UNFILLED)
    walker.scope = scope = Scope(index, owner if name != LAMBDA else outer.owner, qualname, loops)
    result = node.child_by_field_name("result")
    walker.functions[index] = started = Function(
        index=index,
        name=name,
        qualname=qualname,
        line=node.start_point[0] + 1,
        end_line=node.end_point[0] + 1,
        parameters=_parameters(node.child_by_field_name("parameters")),
        returns=type_text(result),
        owner=owner,
        parent=outer.index,
        documented=bool(doc),
        doc=doc,
        receiver=receiver,
        returned=_returned(result),
    )
    walker.visit(node.child_by_field_name("body"))
    walker.leave(outer)
    walker.functions[index] = _finished(started, scope)
    return index


def _finished(item: Function, scope: Scope) -> Function:
    return Function(
        index=item.index,
        name=item.name,
        qualname=item.qualname,
        line=item.line,
        end_line=item.end_line,
        parameters=item.parameters,
        returns=item.returns,
        owner=item.owner,
        parent=item.parent,
        complexity=scope.complexity,
        nesting=scope.nesting,
        documented=item.documented,
        statements=scope.statements,
        doc=item.doc,
        receiver=item.receiver,
        returned=item.returned,
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
