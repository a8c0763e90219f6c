"""Functions and their parameters."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reviewer.gather.languages._treesitter import line_of, text_of
from reviewer.gather.languages._walk import (
    NOTHING,
    Scope,
)
from reviewer.gather.languages.node._walker import (
    Handler,
    Walker,
    inner,
    last_part,
    type_of,
    visit_block,
)
from reviewer.gather.syntax import Expr, Function, Lambda, Name, Parameter, Return

if TYPE_CHECKING:
    from tree_sitter import Node

FUNCTIONS = frozenset({"arrow_function", "function_expression", "generator_function"})
WRAPPERS = frozenset({"parenthesized_expression", "as_expression", "satisfies_expression", "non_null_expression"})
ANONYMOUS = "<anonymous>"
ACCESS = "accessibility_modifier"
"""``public``, ``protected`` or ``private`` before a member of a class in TypeScript."""
DEFAULT = "default"
"""The name of what a module exports without a name of its own."""
UNFILLED = Function(-1, "", "", 0, 0)
TYPED_PARAMETERS = ("required_parameter", "optional_parameter")


def named(walker: Walker, node: Node | None, name: str) -> Expr:
    """The value of something called ``name``: functions, classes and object literals in it go by that name."""
    while node is not None and node.type in WRAPPERS:
        node = inner(node)
    if node is None:
        return NOTHING
    if node.type in FUNCTIONS:
        return function(walker, node, name)
    handler = walker.named_handlers.get(node.type)
    return handler(walker, node, name) if handler else walker.visit(node)


def function(
    walker: Walker,
    node: Node,
    name: str = "",
    loops: int = 0,
    method: bool = False,
    decorators: tuple[Expr, ...] = (),
) -> Lambda:
    """Any function.

    Args:
        name: of the variable, property or field that it is given to; may be dotted.
        loops: around each call of it (a callback of ``forEach``).
        method: whether it belongs to the class whose body is being walked.
    """
    outer, documented = walker.scope, walker.take_documented()
    own = text_of(node.child_by_field_name("name"))
    given = (own or name or ANONYMOUS) if name in ("", DEFAULT) else name
    prefix = walker.classes[outer.owner].name if method else outer.qualname
    qualname = f"{prefix}.{given}" if prefix else given
    index = len(walker.functions)
    walker.functions.append(UNFILLED)
    walker.scope = scope = Scope(index, outer.owner, qualname, loops)
    parameters = _parameters(walker, node, method and given == "constructor")
    _body(walker, node.child_by_field_name("body"))
    walker.leave(outer)
    found = Function(
        index=index,
        name=last_part(given),
        qualname=qualname,
        line=line_of(node),
        end_line=node.end_point[0] + 1,
        parameters=parameters,
        decorators=decorators,
        returns=text_of(node.child_by_field_name("return_type")).removeprefix(":").strip(),
        owner=outer.owner if method else -1,
        parent=-1 if method else outer.index,
        complexity=scope.complexity,
        nesting=scope.nesting,
        documented=documented,
        is_async=any(child.type == "async" for child in node.children[:4]),
        statements=scope.statements,
        modifiers=tuple(text_of(child) for child in node.children if child.type == ACCESS),
    )
    walker.functions[index] = found
    return Lambda(index, found.line, found.end_line)


def _body(walker: Walker, node: Node | None) -> None:
    if node is None:
        return
    if node.type == "statement_block":
        visit_block(walker, node)
        return
    walker.scope.statements = 1
    value = walker.visit(node)
    walker.returns.append(Return(value, line_of(node), walker.scope.index))


def _parameters(walker: Walker, node: Node, constructor: bool) -> tuple[Parameter, ...]:
    single = node.child_by_field_name("parameter")
    if single is not None:
        return (Parameter(text_of(single)),)
    listed = node.child_by_field_name("parameters")
    if listed is None:
        return ()
    found = []
    for child in listed.named_children:
        if child.type != "comment":
            found.append(_parameter(walker, child))
            if constructor:
                _field_of_parameter(walker, child, found[-1])
    return tuple(found)


def _parameter(walker: Walker, node: Node) -> Parameter:
    pattern, kind, decorators = node, "", []
    default = None
    if node.type in TYPED_PARAMETERS:
        kind = type_of(node)
        pattern = node.child_by_field_name("pattern") or node
        default = node.child_by_field_name("value")
        for child in node.children_by_field_name("decorator"):
            decorators.append(walker.visit(inner(child)))
    elif node.type == "assignment_pattern":
        pattern = node.child_by_field_name("left") or node
        default = node.child_by_field_name("right")
    name = " ".join(text_of(pattern).split())
    return Parameter(name, kind, walker.visit(default) if default is not None else None, tuple(decorators))


def _field_of_parameter(walker: Walker, node: Node, parameter: Parameter) -> None:
    """``constructor(private users: UserService)`` declares and fills a field."""
    if any(child.type in ("accessibility_modifier", "readonly", "override_modifier") for child in node.children):
        walker.assign(f"this.{parameter.name}", Name(parameter.name, line_of(node)), node, parameter.type)


def declaration(walker: Walker, node: Node) -> Expr:
    """``function name() {}``."""
    function(walker, node)
    return NOTHING


HANDLERS: dict[str, Handler] = {
    **dict.fromkeys(FUNCTIONS, function),
    "function_declaration": declaration,
    "generator_function_declaration": declaration,
    "method_definition": declaration,
}
