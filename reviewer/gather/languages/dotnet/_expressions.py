"""Expressions of C# in the common syntax, but for calls and strings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reviewer.gather.languages import _operators
from reviewer.gather.languages._treesitter import line_of, text_of
from reviewer.gather.languages._walk import (
    NOTHING,
)
from reviewer.gather.languages.dotnet._walker import (
    Handler,
    Walker,
    inner,
    member_of,
    operator_of,
    skip,
    type_name,
    type_text,
)
from reviewer.gather.syntax import Assignment, Compare, Expr, Items, Mapping, Name, Number, Other, Text, dotted, plain

if TYPE_CHECKING:
    from tree_sitter import Node

COMPARISONS = frozenset({"==", "!=", "<", "<=", ">", ">="})
DECISIONS = frozenset({"&&", "||", "??"})
NOT_NULL = "!"
"""``x!`` says that ``x`` is not null, and nothing else."""
SKIPPED = ("comment", "discard", "type_argument_list", "type_parameter_list", "implicit_type", "predefined_type_name")


def identifier(_walker: Walker, node: Node) -> Expr:
    """A name; ``@class`` is ``class``."""
    return Name(text_of(node).removeprefix("@"), node.start_point[0] + 1)


def type_expression(_walker: Walker, node: Node) -> Expr:
    """A type in the place of an expression: its name without generics."""
    return Name(type_name(node), line_of(node))


def member(walker: Walker, node: Node) -> Expr:
    """``a.b``."""
    value = walker.visit(node.child_by_field_name("expression"))
    name = node.child_by_field_name("name")
    return member_of(value, type_name(name), line_of(name or node))


def conditional_access(walker: Walker, node: Node) -> Expr:
    """``a?.b`` is ``a.b``."""
    children = [child for child in node.named_children if child.type != "comment"]
    if len(children) < 2:
        return walker.visit(inner(node))
    walker.bound.append(walker.visit(children[0]))
    found = walker.visit(children[-1])
    walker.bound.pop()
    return found


def member_binding(walker: Walker, node: Node) -> Expr:
    """``.b`` of ``a?.b``."""
    name = node.child_by_field_name("name")
    value = walker.bound[-1] if walker.bound else NOTHING
    return member_of(value, type_name(name), line_of(node))


def element_access(walker: Walker, node: Node) -> Expr:
    """``a[i]`` and, after ``?``, ``[i]``: the value and the index."""
    subscript = node.child_by_field_name("subscript") or node
    target = node.child_by_field_name("expression")
    value = walker.visit(target) if target is not None else (walker.bound[-1] if walker.bound else NOTHING)
    indices = [walker.visit(inner(child) or child) for child in subscript.named_children if child.type == "argument"]
    return Other("element_access_expression", line_of(node), (value, *indices))


def number(_walker: Walker, node: Node) -> Expr:
    """A number, or a constant of the language."""
    return Number(text_of(node), node.start_point[0] + 1)


def binary(walker: Walker, node: Node) -> Expr:
    """See `reviewer.gather.languages._operators.binary`."""
    return _operators.binary(walker, node, operator_of(node), DECISIONS, COMPARISONS)


def unary(walker: Walker, node: Node) -> Expr:
    """``!a``, ``-1``, ``a++``, ``a!``."""
    operator = operator_of(node)
    value = walker.visit(inner(node))
    if node.type == "postfix_unary_expression" and operator == NOT_NULL:
        return value
    if operator == "-" and isinstance(value, Number):
        return Number(f"-{value.text}", value.line)
    walker.halstead.add(operator, (value,), walker.scope.qualname)
    return Other(node.type, line_of(node), (value,), operator)


def ternary(walker: Walker, node: Node) -> Expr:
    """``a ? b : c``, a decision."""
    walker.scope.complexity += 1
    parts = tuple(
        [walker.visit(node.child_by_field_name(name)) for name in ("condition", "consequence", "alternative")]
    )
    return Other(node.type, line_of(node), parts, "?")


def unwrapped(walker: Walker, node: Node) -> Expr:
    """Parentheses, ``checked(x)``, ``ref x``: the expression inside."""
    return walker.visit(inner(node))


def cast(walker: Walker, node: Node) -> Expr:
    """``(T)x`` and ``x as T``: the value."""
    return walker.visit(node.child_by_field_name("value") or node.child_by_field_name("left"))


def is_type(walker: Walker, node: Node) -> Expr:
    """``x is T``."""
    left = walker.visit(node.child_by_field_name("left"))
    right = Name(type_name(node.child_by_field_name("right")), line_of(node))
    walker.compares.append(Compare(left, "is", right, line_of(node), walker.scope.index))
    return Other(node.type, line_of(node), (left, right), "is")


def is_pattern(walker: Walker, node: Node) -> Expr:
    """``x is null``, ``x is not "a"``, ``x is User u``, which declares ``u``."""
    left = walker.visit(node.child_by_field_name("expression"))
    pattern = node.child_by_field_name("pattern")
    operator = "is"
    while pattern is not None and pattern.type in ("negated_pattern", "parenthesized_pattern"):
        operator = "is not" if pattern.type == "negated_pattern" else operator
        pattern = inner(pattern)
    right = walker.visit(pattern)
    if pattern is not None and pattern.type == "declaration_pattern":
        _declare(walker, pattern, left)
    walker.compares.append(Compare(left, operator, right, line_of(node), walker.scope.index))
    return Other(node.type, line_of(node), (left, right), operator)


def _declare(walker: Walker, pattern: Node, value: Expr) -> None:
    name = pattern.child_by_field_name("name")
    if name is not None:
        kind = type_text(pattern.child_by_field_name("type"))
        walker.record(Assignment(text_of(name), value, line_of(pattern), line_of(pattern), kind))


def declaration_pattern(_walker: Walker, node: Node) -> Expr:
    """``User u`` in a pattern: the type."""
    return Name(type_name(node.child_by_field_name("type")), line_of(node))


def either_pattern(walker: Walker, node: Node) -> Expr:
    """``1 or 2``: a decision."""
    walker.scope.complexity += 1
    left = walker.visit(node.child_by_field_name("left"))
    return Other(node.type, line_of(node), (left, walker.visit(node.child_by_field_name("right"))), operator_of(node))


def assignment(walker: Walker, node: Node) -> Expr:
    """``target = value`` and ``target += value``; the expression is the value."""
    left_node = node.child_by_field_name("left")
    right_node = node.child_by_field_name("right")
    operator = operator_of(node)
    left = walker.visit(left_node)
    expected, walker.expected = walker.expected, ""
    value = walker.visit(right_node)
    walker.expected = expected
    if operator != "=":
        walker.halstead.add(operator, (left, value), walker.scope.qualname)
        walker.scope.complexity += operator == "??="
    target = target_name(left)
    if target:
        walker.record(
            Assignment(
                target,
                value,
                line_of(node),
                node.end_point[0] + 1,
                augmented=operator not in ("=", "??="),
            )
        )
    elif isinstance(left, Items) and isinstance(value, Items) and len(left.values) == len(value.values):
        for one, other in zip(left.values, value.values, strict=True):
            if name := target_name(one):
                walker.record(Assignment(name, other, line_of(node), node.end_point[0] + 1))
    return value


def target_name(expr: Expr) -> str:
    """What is given a value: a dotted name, or an entry of one (``headers["X"]``)."""
    if isinstance(expr, Other) and expr.kind == "element_access_expression" and len(expr.operands) == 2:
        key = plain(expr.operands[1])
        owner = dotted(expr.operands[0])
        return f'{owner}["{key}"]' if key is not None and owner else ""
    return dotted(expr)


def items(walker: Walker, node: Node) -> Expr:
    """Arrays, collections, tuples."""
    values = []
    for child in node.named_children:
        if child.type not in ("comment", "array_type", "array_rank_specifier"):
            values.append(walker.visit(child))
    if len(values) == 1 and isinstance(values[0], Items) and node.type != "tuple_expression":
        return values[0]
    return Items(tuple(values), line_of(node))


def argument(walker: Walker, node: Node) -> Expr:
    """An argument outside of a call (a tuple's part): its value."""
    children = [child for child in node.named_children if child.type != "comment"]
    return walker.visit(children[-1]) if children else NOTHING


def anonymous(walker: Walker, node: Node) -> Expr:
    """``new { A = x, y.B }``: names to values."""
    pairs: list[tuple[Expr | None, Expr]] = []
    name: Node | None = None
    children = node.children
    for place, child in enumerate(children):
        if not child.is_named or child.type == "comment":
            continue
        if child.type == "identifier" and place + 1 < len(children) and children[place + 1].type == "=":
            name = child
            continue
        value = walker.visit(child)
        key = text_of(name) if name is not None else dotted(value).rpartition(".")[2]
        pairs.append((Text((key,), line_of(child), line_of(child)) if key else None, value))
        name = None
    return Mapping(tuple(pairs), line_of(node))


def type_of(_walker: Walker, node: Node) -> Expr:
    """``typeof(T)``: the type as an operand."""
    return Other(
        "typeof_expression", line_of(node), (Name(type_name(node.child_by_field_name("type")), line_of(node)),)
    )


def declaration_expression(walker: Walker, node: Node) -> Expr:
    """``out var x`` and ``var (a, b)``: declares it."""
    name = node.child_by_field_name("name")
    if name is None:
        return NOTHING
    kind = type_text(node.child_by_field_name("type"))
    if name.type == "identifier":
        walker.record(Assignment(text_of(name), None, line_of(node), line_of(node), kind))
    return Name(text_of(name), line_of(node))


def thrown(walker: Walker, node: Node) -> Expr:
    """``x ?? throw new E()``."""
    walker.thrown += 1
    return Other(node.type, line_of(node), (walker.visit(inner(node)),))


HANDLERS: dict[str, Handler] = {
    **dict.fromkeys(("identifier", "this", "base", "this_expression", "base_expression"), identifier),
    **dict.fromkeys(("generic_name", "qualified_name", "alias_qualified_name", "predefined_type"), type_expression),
    **dict.fromkeys(("nullable_type", "array_type", "tuple_type"), type_expression),
    **dict.fromkeys(("integer_literal", "real_literal", "boolean_literal", "null_literal"), number),
    **dict.fromkeys(("parenthesized_expression", "checked_expression", "ref_expression"), unwrapped),
    **dict.fromkeys(("constant_pattern", "expression_element", "collection_element", "spread_element"), unwrapped),
    **dict.fromkeys(("prefix_unary_expression", "postfix_unary_expression"), unary),
    **dict.fromkeys(("cast_expression", "as_expression"), cast),
    **dict.fromkeys(("or_pattern", "and_pattern"), either_pattern),
    **dict.fromkeys(("initializer_expression", "collection_expression", "tuple_expression"), items),
    **dict.fromkeys(("array_creation_expression", "implicit_array_creation_expression"), items),
    **dict.fromkeys(("element_access_expression", "element_binding_expression"), element_access),
    **dict.fromkeys(SKIPPED, skip),
    "member_access_expression": member,
    "conditional_access_expression": conditional_access,
    "member_binding_expression": member_binding,
    "binary_expression": binary,
    "conditional_expression": ternary,
    "is_expression": is_type,
    "is_pattern_expression": is_pattern,
    "declaration_pattern": declaration_pattern,
    "assignment_expression": assignment,
    "argument": argument,
    "anonymous_object_creation_expression": anonymous,
    "typeof_expression": type_of,
    "declaration_expression": declaration_expression,
    "throw_expression": thrown,
}
