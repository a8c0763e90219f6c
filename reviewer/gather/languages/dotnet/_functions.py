"""Methods, constructors, local functions and lambdas, with their parameters."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reviewer.gather.languages._treesitter import line_of, text_of
from reviewer.gather.languages._walk import (
    NOTHING,
    Scope,
)
from reviewer.gather.languages.dotnet import _calls as calls
from reviewer.gather.languages.dotnet._walker import (
    Handler,
    Walker,
    inner,
    type_text,
    visit_block,
)
from reviewer.gather.syntax import Expr, Function, Lambda, Name, Parameter, Return

if TYPE_CHECKING:
    from tree_sitter import Node

LAMBDAS = frozenset({"lambda_expression", "anonymous_method_expression"})
ANONYMOUS = "<lambda>"
BODYLESS = "bodyless"
"""Marks what is declared without a body."""
UNFILLED = Function(-1, "", "", 0, 0)
METHODS = {
    "method_declaration": "",
    "constructor_declaration": "constructor",
    "destructor_declaration": "Finalize",
    "operator_declaration": "operator",
    "conversion_operator_declaration": "operator",
    "indexer_declaration": "this[]",
}
"""Members that are functions, with the name of those that have none of their own; a constructor's is its class's."""


def is_async(node: Node) -> bool:
    """Whether a lambda is asynchronous."""
    return any(child.type in ("modifier", "async") and text_of(child) == "async" for child in node.children)


def lambda_(walker: Walker, node: Node, loops: int = 0) -> Expr:
    """A lambda or ``delegate``; its decisions count to the function around it, as lizard counts them.

    Args:
        walker: the walk.
        node: the lambda.
        loops: around each call of it (the argument of ``ForEach``).
    """
    outer = walker.scope
    index, scope = _enter(walker, ANONYMOUS, outer, loops)
    parameters = _parameters(walker, node)
    body = node.child_by_field_name("body") or next((child for child in node.children if child.type == "block"), None)
    decorators = calls.attributes(walker, node)
    _body(walker, body)
    walker.leave(outer)
    outer.complexity += scope.complexity - 1
    walker.decisions -= scope.complexity - 1
    walker.functions[index] = Function(
        index=index,
        name=ANONYMOUS,
        qualname=scope.qualname,
        line=line_of(node),
        end_line=node.end_point[0] + 1,
        parameters=parameters,
        decorators=decorators,
        parent=outer.index,
        complexity=scope.complexity,
        nesting=scope.nesting,
        is_async=is_async(node),
        statements=scope.statements,
    )
    return Lambda(index, line_of(node), node.end_point[0] + 1)


def _enter(walker: Walker, name: str, outer: Scope, loops: int = 0) -> tuple[int, Scope]:
    """A new function's index, and its scope, which is now the walker's."""
    index = len(walker.functions)
    walker.functions.append(UNFILLED)
    qualname = f"{outer.qualname}.{name}" if outer.qualname else name
    walker.scope = Scope(index, outer.owner, qualname, loops)
    return index, walker.scope


def method(walker: Walker, node: Node) -> Expr:
    """A method, constructor, operator or local function."""
    doc = walker.take_doc()
    name = METHODS.get(node.type) or text_of(node.child_by_field_name("name"))
    outer = walker.scope
    is_member = node.type in METHODS and outer.index == -1
    decorators = calls.attributes(walker, node)
    index, scope = _enter(walker, name, outer)
    parameters = _parameters(walker, node)
    for child in node.named_children:
        if child.type == "constructor_initializer":
            walker.visit(child)
    _body(walker, node.child_by_field_name("body") or node.child_by_field_name("accessors"))
    walker.leave(outer)
    returned = node.child_by_field_name("returns") or node.child_by_field_name("type")
    walker.functions[index] = Function(
        index=index,
        name=name,
        qualname=scope.qualname,
        line=first_line(node),
        end_line=node.end_point[0] + 1,
        parameters=parameters,
        decorators=decorators,
        returns=type_text(returned),
        owner=outer.owner if is_member else -1,
        parent=-1 if is_member else outer.index,
        complexity=scope.complexity,
        nesting=scope.nesting,
        documented=bool(doc),
        is_async=is_async(node),
        statements=scope.statements,
        doc=doc,
        modifiers=modifiers_of(node) if node.child_by_field_name("body") else (*modifiers_of(node), BODYLESS),
    )
    return NOTHING


def modifiers_of(node: Node) -> tuple[str, ...]:
    """The words before a declaration: ``public``, ``static``, ``abstract``."""
    return tuple(text_of(child) for child in node.children if child.type == "modifier")


def first_line(node: Node) -> int:
    """The line of the declaration itself, after its attributes."""
    skipped = ("attribute_list", "comment")
    return line_of(next((child for child in node.children if child.type not in skipped), node))


def accessor(walker: Walker, node: Node, name: str, kind: str) -> None:
    """``get`` or ``set`` with a body of its own."""
    outer = walker.scope
    body = node.child_by_field_name("body")
    if body is None:
        return
    if body.type != "block":
        walker.visit(inner(body))
        return
    index, scope = _enter(walker, name, outer)
    _body(walker, body)
    walker.leave(outer)
    walker.functions[index] = Function(
        index=index,
        name=name,
        qualname=scope.qualname,
        line=line_of(node),
        end_line=node.end_point[0] + 1,
        returns=kind,
        owner=outer.owner,
        complexity=scope.complexity,
        nesting=scope.nesting,
        statements=scope.statements,
    )


def _body(walker: Walker, node: Node | None) -> None:
    if node is None:
        return
    if node.type in ("block", "accessor_list"):
        visit_block(walker, node)
        return
    walker.scope.statements = 1
    value = walker.visit(inner(node) if node.type == "arrow_expression_clause" else node)
    walker.returns.append(Return(value, line_of(node), walker.scope.index))


def _parameters(walker: Walker, node: Node) -> tuple[Parameter, ...]:
    listed = node.child_by_field_name("parameters")
    if listed is None:
        listed = next((child for child in node.named_children if child.type == "parameter_list"), None)
    if listed is None:
        return ()
    if listed.type == "implicit_parameter":
        return (Parameter(text_of(listed)),)
    return parameters_in(walker, listed)


def parameters_in(walker: Walker, listed: Node) -> tuple[Parameter, ...]:
    """The parameters in parentheses; the grammar leaves those of ``params`` without a node of their own."""
    found = [parameter(walker, child) for child in listed.named_children if child.type in PARAMETERS]
    name = listed.child_by_field_name("name")
    if name is not None:
        found.append(Parameter(text_of(name), type_text(listed.child_by_field_name("type"))))
    return tuple(found)


PARAMETERS = ("parameter", "implicit_parameter")


def parameter(walker: Walker, node: Node) -> Parameter:
    """One parameter with its attributes, type and default."""
    name = node.child_by_field_name("name")
    if name is None:
        return Parameter(text_of(node))
    default = None
    after = False
    for child in node.children:
        if child.type == "=":
            after = True
        elif after and child.is_named and child.type != "comment":
            default = walker.visit(child)
            break
    decorators = calls.attributes(walker, node)
    return Parameter(text_of(name).removeprefix("@"), type_text(node.child_by_field_name("type")), default, decorators)


def constructor_initializer(walker: Walker, node: Node) -> Expr:
    """``: base(...)`` and ``: this(...)``, a call."""
    word = next((child for child in node.children if child.type in ("base", "this")), node)
    return calls.made_here(walker, node, Name(text_of(word), line_of(node)))


HANDLERS: dict[str, Handler] = {
    **dict.fromkeys(METHODS, method),
    **dict.fromkeys(LAMBDAS, lambda_),
    "local_function_statement": method,
    "constructor_initializer": constructor_initializer,
}
