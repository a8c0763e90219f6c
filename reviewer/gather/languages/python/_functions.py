"""Python's functions, lambdas and classes: each opens a scope of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from reviewer.gather.languages.python._builder import Builder, Scope, parts
from reviewer.gather.syntax import Class, Expr, Function, Lambda, Other, Parameter, Return

if TYPE_CHECKING:
    from tree_sitter import Node

LAMBDA = "<lambda>"
STRINGS = frozenset({"string", "concatenated_string"})
SPLATS = frozenset({"list_splat_pattern", "dictionary_splat_pattern"})


def function(builder: Builder, node: Node, decorators: tuple[Expr, ...] = ()) -> None:
    """A ``def`` and everything in it. Decorators, defaults and annotations count towards no function's complexity."""
    outer = builder.scope
    name = builder.text(named) if (named := node.child_by_field_name("name")) else ""
    returns = node.child_by_field_name("return_type")
    body = node.child_by_field_name("body")
    made = Function(
        index=len(builder.functions),
        name=name,
        qualname=f"{outer.name}.{name}" if outer.name else name,
        line=node.start_point[0] + 1,
        end_line=node.end_point[0] + 1,
        decorators=decorators,
        returns=builder.annotation(returns),
        owner=outer.owner,
        parent=outer.function,
        documented=is_documented(body),
        is_async=node.child_count > 0 and node.children[0].type == "async",
    )
    builder.functions.append(made)
    parameters = _parameters(builder, node)
    builder.scope = Scope(function=made.index, owner=outer.owner, name=made.qualname)
    if body is not None:
        builder.statement(builder, body)
    ended = builder.leave(outer)
    builder.functions[made.index] = replace(
        made,
        parameters=parameters,
        complexity=1 + ended.decisions,
        nesting=ended.deepest,
        statements=ended.statements,
    )


def lambda_(builder: Builder, node: Node) -> Expr:
    """A lambda. What it calls belongs to the ``def`` around it, where there is one, and so do its decisions."""
    index = len(builder.functions)
    line, end_line = node.start_point[0] + 1, node.end_point[0] + 1
    outer = builder.scope
    builder.functions.append(
        Function(index=index, name=LAMBDA, qualname=LAMBDA, line=line, end_line=end_line, parent=outer.function)
    )
    parameters = _parameters(builder, node)
    builder.functions[index] = replace(builder.functions[index], parameters=parameters, owner=outer.owner)
    around, outer.function = outer.function, index if outer.function == -1 else outer.function
    value = builder.expression(builder, node.child_by_field_name("body"))
    outer.function = around
    builder.returns.append(Return(value=value, line=line, function=index))
    return Lambda(function=index, line=line, end_line=end_line)


def class_(builder: Builder, node: Node, decorators: tuple[Expr, ...] = ()) -> None:
    """A class with its body, whose fields and methods belong to it alone even inside a function."""
    outer = builder.scope
    name = builder.text(named) if (named := node.child_by_field_name("name")) else ""
    bases, keywords = _bases(builder, node.child_by_field_name("superclasses"))
    body = node.child_by_field_name("body")
    made = Class(
        index=len(builder.classes),
        name=name,
        line=node.start_point[0] + 1,
        end_line=node.end_point[0] + 1,
        bases=bases,
        keywords=keywords,
        decorators=decorators,
        documented=is_documented(body),
        parent=outer.owner,
    )
    builder.classes.append(made)
    builder.scope = Scope(owner=made.index, name=f"{outer.name}.{name}" if outer.name else name)
    if body is not None:
        builder.statement(builder, body)
    builder.leave(outer)


def _bases(builder: Builder, node: Node | None) -> tuple[tuple[Expr, ...], dict[str, Expr]]:
    """Bases and keywords; ``Base[T]`` is ``Base``."""
    bases: list[Expr] = []
    keywords: dict[str, Expr] = {}
    with_decisions = builder.scope.decisions
    for child in parts(node) if node is not None else ():
        if child.type == "keyword_argument":
            name = child.child_by_field_name("name")
            value = builder.expression(builder, child.child_by_field_name("value"))
            keywords[builder.text(name) if name else ""] = value
        else:
            base = builder.expression(builder, child)
            if isinstance(base, Other) and base.kind == "subscript" and base.operands:
                base = base.operands[0]
            bases.append(base)
    builder.scope.decisions = with_decisions
    return tuple(bases), keywords


def _parameters(builder: Builder, node: Node) -> tuple[Parameter, ...]:
    declared = node.child_by_field_name("parameters")
    if declared is None:
        return ()
    before = builder.scope.decisions
    found = tuple([made for child in parts(declared) if (made := _parameter(builder, child))])
    builder.scope.decisions = before
    return found


def _parameter(builder: Builder, node: Node) -> Parameter | None:
    kind = node.type
    if kind == "identifier":
        return Parameter(name=builder.text(node))
    if kind in SPLATS:
        return Parameter(name=builder.text(node).lstrip("* "))
    if kind not in ("typed_parameter", "default_parameter", "typed_default_parameter"):
        return None
    name = node.child_by_field_name("name") or (node.named_children[0] if node.named_child_count else node)
    declared = node.child_by_field_name("type")
    value = node.child_by_field_name("value")
    return Parameter(
        name=builder.text(name).lstrip("* "),
        type=builder.annotation(declared),
        default=builder.expression(builder, value) if value else None,
    )


def is_documented(body: Node | None) -> bool:
    """Whether a body begins with a string that says something."""
    if body is None:
        return False
    first = next((child for child in body.named_children if child.type != "comment"), None)
    if first is None or first.type != "expression_statement" or not first.named_child_count:
        return False
    text = first.named_children[0]
    return text.type in STRINGS and text.end_byte - text.start_byte > len('""""""')
