"""Methods, constructors, lambdas and anonymous classes.

A constructor goes by the name of its class. Lambdas, the methods of anonymous classes and static initialisers are
called ``<lambda>``; the last part of the qualified name of an anonymous class's method is still its own. Their
decisions count into the method around them, as lizard counts Java.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from reviewer.gather.languages._treesitter import line_of, text_of
from reviewer.gather.languages._walk import (
    NOTHING,
    Scope,
)
from reviewer.gather.languages.jvm._java_annotations import modifiers
from reviewer.gather.languages.jvm._java_walker import (
    COMMENTS,
    Handler,
    Walker,
    type_of,
    type_text,
    visit_block,
)
from reviewer.gather.syntax import Expr, Function, Lambda, Parameter, Return

if TYPE_CHECKING:
    from tree_sitter import Node

LAMBDA = "<lambda>"
BODYLESS = "bodyless"
UNFILLED = Function(-1, "", "", 0, 0)
PARAMETERS = ("formal_parameter", "spread_parameter")
CONSTRUCTORS = ("constructor_declaration", "compact_constructor_declaration")
METHODS = (*CONSTRUCTORS, "method_declaration")


def method(walker: Walker, node: Node) -> Expr:
    """A method or constructor of the class whose body is being walked."""
    doc, outer = walker.take_doc(), walker.scope
    decorators, words = modifiers(walker, node)
    name = text_of(node.child_by_field_name("name"))
    body = node.child_by_field_name("body")
    index = len(walker.functions)
    walker.functions.append(UNFILLED)
    walker.scope = scope = Scope(index, outer.owner, f"{outer.qualname}.{name}" if outer.qualname else name)
    given = parameters(walker, node.child_by_field_name("parameters"))
    if body is not None:
        visit_block(walker, body)
    walker.leave(outer)
    walker.functions[index] = Function(
        index=index,
        name=name,
        qualname=scope.qualname,
        line=_first_line(node),
        end_line=node.end_point[0] + 1,
        parameters=given,
        decorators=decorators,
        returns=type_of(node),
        owner=outer.owner,
        complexity=scope.complexity,
        nesting=scope.nesting,
        documented=bool(doc),
        statements=scope.statements,
        doc=doc,
        modifiers=words if body is not None else (*words, BODYLESS),
    )
    return NOTHING


def _first_line(node: Node) -> int:
    """The line of the name, so that annotations above it are not part of the length."""
    name = node.child_by_field_name("name")
    return line_of(name if name is not None else node)


def parameters(walker: Walker, node: Node | None) -> tuple[Parameter, ...]:
    """Declared parameters with their annotations."""
    if node is None:
        return ()
    return tuple([_parameter(walker, child) for child in node.named_children if child.type in PARAMETERS])


def _parameter(walker: Walker, node: Node) -> Parameter:
    decorators, _ = modifiers(walker, node)
    if node.type == "formal_parameter":
        return Parameter(text_of(node.child_by_field_name("name")), type_of(node), None, decorators)
    kinds = [child for child in node.named_children if child.type.endswith(("_type", "type_identifier"))]
    name = next((child for child in node.named_children if child.type == "variable_declarator"), None)
    return Parameter(text_of(name), f"{type_text(kinds[0])}..." if kinds else "", None, decorators)


def lambda_(walker: Walker, node: Node, loops: int = 0) -> Lambda:
    """``x -> y``.

    Args:
        loops: around each call of it (an argument of ``forEach``).
    """
    listed = node.child_by_field_name("parameters")
    return _closure(walker, node, LAMBDA, _lambda_parameters(walker, listed), loops)


def _lambda_parameters(walker: Walker, node: Node | None) -> tuple[Parameter, ...]:
    if node is None or node.type == "formal_parameters":
        return parameters(walker, node)
    names = [node] if node.type == "identifier" else node.named_children
    return tuple(Parameter(text_of(name)) for name in names if name.type not in COMMENTS)


def anonymous(walker: Walker, body: Node) -> tuple[Lambda, ...]:
    """The methods of ``new Listener() { ... }``; what it runs at once belongs to the function around."""
    found = []
    for child in body.named_children:
        if child.type in METHODS:
            name = text_of(child.child_by_field_name("name"))
            decorators, _ = modifiers(walker, child)
            given = parameters(walker, child.child_by_field_name("parameters"))
            found.append(_closure(walker, child, name, given, 0, decorators))
        elif child.type == "field_declaration":
            for declared in child.children_by_field_name("declarator"):
                walker.visit(declared.child_by_field_name("value"))
        elif child.type not in COMMENTS:
            walker.visit(child)
    return tuple(found)


def static_initializer(walker: Walker, node: Node) -> Expr:
    """``static { ... }`` of a class."""
    _closure(walker, node, "<static>", (), 0)
    return NOTHING


def _closure(
    walker: Walker,
    node: Node,
    name: str,
    given: tuple[Parameter, ...],
    loops: int,
    decorators: tuple[Expr, ...] = (),
) -> Lambda:
    outer = walker.scope
    index = len(walker.functions)
    walker.functions.append(UNFILLED)
    qualname = f"{outer.qualname}.{name}" if outer.qualname else name
    walker.scope = scope = Scope(index, outer.owner, qualname, loops)
    _closure_body(walker, node)
    walker.scope = outer
    outer.complexity += scope.complexity - 1
    outer.nesting = max(outer.nesting, outer.depth + scope.nesting)
    walker.statements += scope.statements
    found = Function(
        index=index,
        name=LAMBDA,
        qualname=qualname,
        line=line_of(node),
        end_line=node.end_point[0] + 1,
        parameters=given,
        decorators=decorators,
        parent=outer.index,
        complexity=scope.complexity,
        nesting=scope.nesting,
        statements=scope.statements,
    )
    walker.functions[index] = found
    return Lambda(index, found.line, found.end_line)


def _closure_body(walker: Walker, node: Node) -> None:
    body = node.child_by_field_name("body") or next((c for c in node.named_children if c.type == "block"), None)
    if body is None:
        return
    if body.type in ("block", "constructor_body"):
        visit_block(walker, body)
        return
    walker.scope.statements = 1
    value = walker.visit(body)
    walker.returns.append(Return(value, line_of(body), walker.scope.index))


HANDLERS: dict[str, Handler] = {
    **dict.fromkeys(METHODS, method),
    "lambda_expression": lambda_,
    "static_initializer": static_initializer,
}
