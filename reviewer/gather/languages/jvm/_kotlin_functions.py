"""Functions, lambdas, their parameters, and annotations."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reviewer.gather.languages._treesitter import line_of
from reviewer.gather.languages._walk import (
    NO_KEYWORDS,
    NOTHING,
    Scope,
)
from reviewer.gather.languages.jvm import _kotlin_calls as calls
from reviewer.gather.languages.jvm._kotlin_walker import (
    COMMENTS,
    TYPES,
    Handler,
    Walker,
    child_of,
    visit_all,
)
from reviewer.gather.syntax import Call, Expr, Function, Lambda, Name, Parameter, Return

if TYPE_CHECKING:
    from tree_sitter import Node

CLOSURES = frozenset({"lambda_literal", "annotated_lambda", "anonymous_function"})
LAMBDA = "<lambda>"
RECEIVER = "this"
"""The name of the parameter that stands for what an extension function is called on."""
BODYLESS = "bodyless"
UNFILLED = Function(-1, "", "", 0, 0)


def declaration(walker: Walker, node: Node) -> Expr:
    """``fun name() {}``; the parameter ``this`` has the type that an extension function extends."""
    name_node = node.child_by_field_name("name")
    name, outer = walker.name(name_node), walker.scope
    doc = walker.take_doc()
    method = outer.index == -1 and outer.owner != -1
    around = walker.classes[outer.owner].name if method else outer.qualname
    qualname = f"{around}.{name}" if around else name
    index = len(walker.functions)
    walker.functions.append(UNFILLED)
    decorators = decorators_of(walker, node)
    walker.scope = scope = Scope(index, outer.owner, qualname)
    receiver, returned = _types(walker, node)
    parameters = _parameters(walker, child_of(node, "function_value_parameters"))
    body, words = child_of(node, "function_body"), modifiers(walker, node)
    _body(walker, body)
    walker.leave(outer)
    walker.functions[index] = Function(
        index=index,
        name=name,
        qualname=qualname,
        line=line_of(name_node or node),
        end_line=node.end_point[0] + 1,
        parameters=(*((Parameter(RECEIVER, receiver),) if receiver else ()), *parameters),
        decorators=decorators,
        returns=returned,
        owner=outer.owner if method else -1,
        parent=-1 if method else outer.index,
        complexity=scope.complexity,
        nesting=scope.nesting,
        documented=bool(doc),
        is_async="suspend" in words,
        statements=scope.statements,
        doc=doc,
        modifiers=words if body is not None else (*words, BODYLESS),
    )
    return NOTHING


def _types(walker: Walker, node: Node) -> tuple[str, str]:
    """The receiver's type and the returned one."""
    receiver = returned = ""
    named = False
    for child in node.named_children:
        if child.type in TYPES:
            if named:
                returned = walker.type(child)
            else:
                receiver = walker.type(child)
        named = named or child.type in ("identifier", "function_value_parameters")
    return receiver, returned


def _body(walker: Walker, node: Node | None) -> None:
    if node is None:
        return
    block = child_of(node, "block")
    if block is not None:
        visit_all(walker, block.named_children)
        return
    value = visit_all(walker, node.named_children)
    if value is not NOTHING:
        walker.returns.append(Return(value, value.line, walker.scope.index))


def _parameters(walker: Walker, node: Node | None) -> tuple[Parameter, ...]:
    """Annotations stand before their parameter, the default value behind it."""
    found: list[Parameter] = []
    before: tuple[Expr, ...] = ()
    for child in node.named_children if node is not None else ():
        if child.type == "parameter_modifiers":
            before += _annotations_in(walker, child)
        elif child.type == "parameter":
            name = walker.name(child_of(child, "identifier"))
            found.append(Parameter(name, walker.declared_type(child), None, before))
            before = ()
        elif child.type not in COMMENTS and found:
            last = found[-1]
            found[-1] = Parameter(last.name, last.type, walker.visit(child), last.decorators)
    return tuple(found)


def closure(walker: Walker, node: Node, loops: int) -> Lambda:
    """A lambda or anonymous function. What it decides is counted into the function around it.

    Args:
        loops: around each run of it.
    """
    literal = (child_of(node, "lambda_literal") or node) if node.type == "annotated_lambda" else node
    outer, index = walker.scope, len(walker.functions)
    walker.functions.append(UNFILLED)
    walker.scope = scope = Scope(index, outer.owner, outer.qualname, loops)
    if literal.type == "anonymous_function":
        parameters = _parameters(walker, child_of(literal, "function_value_parameters"))
        _body(walker, child_of(literal, "function_body"))
    else:
        parameters = _lambda_parameters(walker, child_of(literal, "lambda_parameters"))
        value = visit_all(walker, [child for child in literal.named_children if child.type != "lambda_parameters"])
        if value is not NOTHING:
            walker.returns.append(Return(value, value.line, index))
    walker.leave(outer, absorbed=True)
    return _anonymous(walker, node, scope, outer.index, parameters)


def _anonymous(walker: Walker, node: Node, scope: Scope, parent: int, parameters: tuple[Parameter, ...]) -> Lambda:
    found = Function(
        index=scope.index,
        name=LAMBDA,
        qualname=scope.qualname or LAMBDA,
        line=line_of(node),
        end_line=node.end_point[0] + 1,
        parameters=parameters,
        parent=parent,
        complexity=scope.complexity,
        nesting=scope.nesting,
        statements=scope.statements,
    )
    walker.functions[scope.index] = found
    return Lambda(scope.index, found.line, found.end_line)


def _lambda_parameters(walker: Walker, node: Node | None) -> tuple[Parameter, ...]:
    found = []
    for child in node.named_children if node is not None else ():
        if child.type == "variable_declaration":
            found.append(Parameter(walker.name(child_of(child, "identifier")), walker.declared_type(child)))
        elif child.type == "multi_variable_declaration":
            found.append(Parameter(walker.type(child)))
    return tuple(found)


def block_as_lambda(walker: Walker, node: Node, body: list[Node]) -> Lambda:
    """Code that is no function of its own and belongs to no other: ``init { }``, accessors, object members."""
    outer, index = walker.scope, len(walker.functions)
    walker.functions.append(UNFILLED)
    walker.scope = scope = Scope(index, outer.owner, outer.qualname, outer.loops)
    visit_all(walker, body)
    walker.leave(outer, absorbed=True)
    return _anonymous(walker, node, scope, outer.index, ())


def modifiers(walker: Walker, node: Node) -> tuple[str, ...]:
    """The words before a declaration: ``suspend``, ``const``, ``enum``."""
    found = child_of(node, "modifiers")
    words = found.named_children if found is not None else ()
    return tuple(walker.type(child) for child in words if child.type != "annotation")


def decorators_of(walker: Walker, node: Node) -> tuple[Expr, ...]:
    """The annotations before a declaration; their strings and calls are theirs alone."""
    found = child_of(node, "modifiers")
    return (*_taken_apart(walker, node), *(_annotations_in(walker, found) if found is not None else ()))


def _taken_apart(walker: Walker, node: Node) -> tuple[Expr, ...]:
    """``@Resource("/x")`` on the line before, where the grammar makes an expression of it: a text behind a mark."""
    before = node.prev_named_sibling
    while before is not None and before.type in COMMENTS:
        before = before.prev_named_sibling
    found: list[Expr] = []
    while before is not None and before.type == "annotated_expression":
        mark, inner = child_of(before, "annotation"), before.named_children[-1]
        kind = child_of(mark, "user_type") if mark is not None else None
        if inner.type not in ("annotated_expression", "parenthesized_expression"):
            return ()
        if kind is None:
            found.extend(_annotations_in(walker, before))
        elif inner.type == "parenthesized_expression":
            callee = Name(type_name(walker, kind), line_of(kind))
            marks = len(walker.calls), len(walker.texts)
            args = tuple(walker.visit(child) for child in inner.named_children if child.type not in COMMENTS)
            found.append(calls.placed(walker, inner, callee, args, NO_KEYWORDS))
            del walker.calls[marks[0] :]
            del walker.texts[marks[1] :]
        else:
            found.append(Name(type_name(walker, kind), line_of(kind)))
        before = inner
    return tuple(found)


def _annotations_in(walker: Walker, node: Node) -> tuple[Expr, ...]:
    mark = len(walker.calls), len(walker.texts)
    found = [
        _annotation(walker, part)
        for child in node.named_children
        if child.type == "annotation"
        for part in child.named_children
        if part.type in ("user_type", "constructor_invocation")
    ]
    del walker.calls[mark[0] :]
    del walker.texts[mark[1] :]
    return tuple(found)


def _annotation(walker: Walker, node: Node) -> Expr:
    if node.type == "user_type":
        return Name(type_name(walker, node), line_of(node))
    return constructed(walker, node)


def constructed(walker: Walker, node: Node) -> Call:
    """``Name(args)`` of an annotation or a base class."""
    kind = child_of(node, "user_type")
    callee = Name(type_name(walker, kind) if kind is not None else "", line_of(node))
    args, keywords = calls.arguments(walker, [c for c in node.named_children if c.type == "value_arguments"], 0)
    return calls.placed(walker, node, callee, args, keywords)


def type_name(walker: Walker, node: Node) -> str:
    """A type's name with dots, without what it is generic over."""
    return ".".join(walker.name(child) for child in node.named_children if child.type == "identifier")


def lambda_expression(walker: Walker, node: Node) -> Expr:
    """A lambda that is no argument."""
    return closure(walker, node, walker.scope.loops)


HANDLERS: dict[str, Handler] = {
    **dict.fromkeys(CLOSURES, lambda_expression),
    "function_declaration": declaration,
}
