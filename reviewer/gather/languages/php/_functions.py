"""Functions, methods and closures, and their parameters."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reviewer.gather.languages._treesitter import line_of, text_of
from reviewer.gather.languages._walk import (
    NO_KEYWORDS,
    NOTHING,
    Scope,
)
from reviewer.gather.languages.php._annotations import annotations_of, doc_text
from reviewer.gather.languages.php._walker import (
    Handler,
    Walker,
    type_of,
    variable,
    visit_block,
)
from reviewer.gather.syntax import Assignment, Call, Expr, Function, Lambda, Parameter, Return

if TYPE_CHECKING:
    from tree_sitter import Node

CLOSURES = frozenset({"anonymous_function", "arrow_function"})
CLOSURE = "<lambda>"
BODYLESS = "bodyless"
TOLD_WORDS = 2
"""Words of a comment behind the opening brace from which on it says what a function does."""
UNFILLED = Function(-1, "", "", 0, 0)
PARAMETERS = frozenset({"simple_parameter", "variadic_parameter", "property_promotion_parameter"})


def described(walker: Walker, node: Node) -> tuple[str, bool, tuple[Expr, ...]]:
    """The doc text of a definition, whether it has any, and its decorators: attributes, then annotations."""
    comment, told = walker.take_comment(), walker.take_told()
    doc = doc_text(text_of(comment)) if comment is not None else ""
    before = attributes(walker, node)
    if "@" in doc:
        before += annotations_of(doc, line_of(node))
    return doc, bool(doc) or told, before


def attributes(walker: Walker, node: Node) -> tuple[Expr, ...]:
    """``#[Route('/x')]`` before a definition, parameter or property."""
    listed = node.child_by_field_name("attributes")
    found: list[Expr] = []
    for group in listed.named_children if listed is not None else ():
        for item in group.named_children:
            if item.type == "attribute" and item.named_child_count:
                found.append(_attribute(walker, item))
    return tuple(found)


def _attribute(walker: Walker, node: Node) -> Expr:
    name = walker.visit(node.named_children[0])
    given = node.child_by_field_name("parameters")
    if given is None:
        return name
    args, keywords = arguments(walker, given)
    return Call(name, args, keywords, line_of(node), node.end_point[0] + 1)


def arguments(walker: Walker, node: Node | None, loops: int = 0) -> tuple[tuple[Expr, ...], dict[str, Expr]]:
    """The arguments of a call by place and by name; closures among them run in ``loops`` loops."""
    args: list[Expr] = []
    keywords: dict[str, Expr] = {}
    for child in node.named_children if node is not None else ():
        if child.type != "argument":
            if child.type == "variadic_unpacking":
                args.append(walker.visit(child))
            continue
        name = child.child_by_field_name("name")
        value = next((part for part in reversed(child.named_children) if part.type != "comment"), None)
        if value is None:
            continue
        expr = closure(walker, value, loops) if value.type in CLOSURES else walker.visit(value)
        if name is not None:
            keywords[text_of(name)] = expr
        else:
            args.append(expr)
    return tuple(args), keywords or NO_KEYWORDS


def closure(walker: Walker, node: Node, loops: int = 0) -> Expr:
    """A closure or arrow function."""
    return _function(walker, node, CLOSURE, loops=loops)


def definition(walker: Walker, node: Node) -> Expr:
    """``function name() {}``."""
    _function(walker, node, text_of(node.child_by_field_name("name")))
    return NOTHING


def method(walker: Walker, node: Node) -> Expr:
    """A method of the class whose body is being walked."""
    _function(walker, node, text_of(node.child_by_field_name("name")), is_method=True)
    return NOTHING


def _function(walker: Walker, node: Node, name: str, loops: int = 0, is_method: bool = False) -> Lambda:
    outer = walker.scope
    doc, documented, decorators = described(walker, node)
    prefix = walker.classes[outer.owner].name if is_method else outer.qualname
    qualname = f"{prefix}.{name}" if prefix else name
    index = len(walker.functions)
    walker.functions.append(UNFILLED)
    if is_method and name == "__construct":
        _promoted(walker, node.child_by_field_name("parameters"))
    walker.scope = scope = Scope(index, outer.owner, qualname, loops)
    parameters = _parameters(walker, node.child_by_field_name("parameters"))
    _body(walker, node.child_by_field_name("body"))
    walker.leave(outer)
    found = Function(
        index=index,
        name=name,
        qualname=qualname,
        line=line_of(node),
        end_line=node.end_point[0] + 1,
        parameters=parameters,
        decorators=decorators,
        returns=type_of(node, "return_type"),
        owner=outer.owner if is_method else -1,
        parent=-1 if is_method else outer.index,
        complexity=scope.complexity,
        nesting=scope.nesting,
        documented=documented or _told_inside(node.child_by_field_name("body")),
        statements=scope.statements,
        doc=doc,
        modifiers=_modifiers(node),
    )
    walker.functions[index] = found
    return Lambda(index, found.line, found.end_line)


def _modifiers(node: Node) -> tuple[str, ...]:
    words = tuple(text_of(child) for child in node.named_children if child.type.endswith("_modifier"))
    return words if node.child_by_field_name("body") is not None else (*words, BODYLESS)


def _told_inside(body: Node | None) -> bool:
    """Whether a comment behind the opening brace, on its line, says something."""
    first = body.named_children[0] if body is not None and body.named_child_count else None
    if body is None or first is None or first.type != "comment" or first.start_point[0] != body.start_point[0]:
        return False
    return len(text_of(first).strip("/*# \t").split()) >= TOLD_WORDS


def _body(walker: Walker, node: Node | None) -> None:
    if node is None:
        return
    if node.type == "compound_statement":
        visit_block(walker, node)
        return
    walker.scope.statements = 1
    walker.returns.append(Return(walker.visit(node), line_of(node), walker.scope.index))


def _parameters(walker: Walker, node: Node | None) -> tuple[Parameter, ...]:
    found = []
    for child in node.named_children if node is not None else ():
        if child.type in PARAMETERS:
            default = child.child_by_field_name("default_value")
            found.append(
                Parameter(
                    name=variable(child.child_by_field_name("name")),
                    type=type_of(child),
                    default=walker.visit(default) if default is not None else None,
                    decorators=attributes(walker, child),
                )
            )
    return tuple(found)


def _promoted(walker: Walker, node: Node | None) -> None:
    """``__construct(private Users $users)`` declares a field."""
    for child in node.named_children if node is not None else ():
        if child.type == "property_promotion_parameter":
            walker.assignments.append(
                Assignment(
                    target=variable(child.child_by_field_name("name")),
                    value=None,
                    line=line_of(child),
                    end_line=child.end_point[0] + 1,
                    type=type_of(child),
                    owner=walker.scope.owner,
                    decorators=attributes(walker, child),
                )
            )


HANDLERS: dict[str, Handler] = {
    **dict.fromkeys(CLOSURES, closure),
    "function_definition": definition,
    "method_declaration": method,
}
