"""Expressions of Ruby in the common syntax: names, literals, operators."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from reviewer.gather.languages._treesitter import line_of, text_of
from reviewer.gather.languages._walk import (
    NOTHING,
)
from reviewer.gather.languages.ruby import _strings as strings
from reviewer.gather.languages.ruby._walker import (
    Handler,
    Walker,
    bare_word,
    inner,
    member_of,
    skip,
    visit_block,
)
from reviewer.gather.syntax import Assignment, Compare, Expr, Items, Mapping, Name, Number, Other, Text, plain

if TYPE_CHECKING:
    from tree_sitter import Node

COMPARISONS = frozenset({"==", "===", "!=", "<", "<=", ">", ">=", "=~", "!~", "<=>"})
DECISIONS = frozenset({"&&", "||", "and", "or"})
KEY = re.compile(r"[A-Za-z_][\w-]*[?!]?")
SIGILS = re.compile(r"@{1,2}")


def identifier(walker: Walker, node: Node) -> Expr:
    """A name: a variable, or a method that takes nothing; one with a mark at its end is a call."""
    found = Name(text_of(node), node.start_point[0] + 1)
    if found.dotted.endswith(("?", "!")):
        walker.bare_call(found, node)
    return found


def _side(walker: Walker, node: Node | None) -> Expr:
    """One side of ``a || b``, where a bare word is a call."""
    return bare_word(walker, node) if node is not None and node.type == "identifier" else walker.visit(node)


def instance(_walker: Walker, node: Node) -> Expr:
    """``@name`` is ``this.name``."""
    return Name(SIGILS.sub("this.", text_of(node), count=1), node.start_point[0] + 1)


def global_(_walker: Walker, node: Node) -> Expr:
    """``$name`` is ``name``."""
    return Name(text_of(node).removeprefix("$"), node.start_point[0] + 1)


def scoped(walker: Walker, node: Node) -> Expr:
    """``A::B`` is ``A.B``."""
    scope = node.child_by_field_name("scope")
    name = text_of(node.child_by_field_name("name"))
    if scope is None:
        return Name(name, line_of(node))
    return member_of(walker.visit(scope), name, line_of(node))


def number(_walker: Walker, node: Node) -> Expr:
    """A number, true, false or nil."""
    return Number(text_of(node), node.start_point[0] + 1)


def array(walker: Walker, node: Node) -> Expr:
    """A list."""
    values = []
    for child in node.named_children:
        if child.type not in ("comment", "heredoc_body"):
            values.append(walker.visit(child))
    return Items(tuple(values), line_of(node))


def hash_(walker: Walker, node: Node) -> Expr:
    """A hash; ``**rest`` has no key."""
    pairs = [found for child in node.named_children if (found := pair_of(walker, child)) is not None]
    return Mapping(tuple(pairs), line_of(node))


def pair_of(walker: Walker, node: Node) -> tuple[Expr | None, Expr] | None:
    """An entry of a hash or of keyword arguments, None for what is none."""
    if node.type == "hash_splat_argument":
        return None, walker.visit(inner(node))
    if node.type != "pair":
        return None
    key = node.child_by_field_name("key")
    name = walker.visit(key)
    value = node.child_by_field_name("value")
    return name, walker.visit(value) if value is not None else Name(plain(name) or "", line_of(node))


def element(walker: Walker, node: Node) -> Expr:
    """``a[:b]`` and ``a["b"]`` are ``a.b``; any other index stays an operand."""
    value = walker.visit(node.child_by_field_name("object"))
    keys = [child for child in node.named_children[1:] if child.type not in ("comment", "block", "do_block")]
    indexes = [walker.visit(child) for child in keys]
    text = plain(indexes[0]) if len(indexes) == 1 else None
    if text is not None and KEY.fullmatch(text):
        return member_of(value, text, line_of(node))
    return Other("subscript", line_of(node), (value, *indexes))


def range_(walker: Walker, node: Node) -> Expr:
    """``1..5``."""
    return Other("slice", line_of(node), tuple([walker.visit(child) for child in node.named_children]))


def binary(walker: Walker, node: Node) -> Expr:
    """Comparisons are recorded, ``+`` next to a string joins, ``<<`` adds to one, short-circuits are decisions."""
    sign = node.child_by_field_name("operator")
    operator = sign.type if sign is not None else ""
    mark = len(walker.texts)
    visit = _side if operator in DECISIONS else Walker.visit
    left = visit(walker, node.child_by_field_name("left"))
    right = visit(walker, node.child_by_field_name("right"))
    line = node.start_point[0] + 1
    walker.halstead.add(operator, (left, right), walker.scope.qualname)
    if operator == "+" and (isinstance(left, Text) or isinstance(right, Text)):
        return strings.concatenated(walker, left, right, mark)
    if operator == "%" and isinstance(left, Text):
        return strings.formatted(walker, left, [right], mark)
    if operator == "<<" and isinstance(left, Name) and isinstance(right, Text):
        _append(walker, left, right, node)
    if operator in DECISIONS:
        walker.scope.complexity += 1
    elif operator in COMPARISONS:
        walker.compares.append(Compare(left, operator, right, line, walker.scope.index))
    return Other(node.type, line, (left, right), {"and": "&&", "or": "||"}.get(operator, operator))


def _append(walker: Walker, target: Name, value: Text, node: Node) -> None:
    scope = walker.scope
    walker.assignments.append(
        Assignment(target.dotted, value, line_of(node), node.end_point[0] + 1, "", scope.index, -1, (), True)
    )


def unary(walker: Walker, node: Node) -> Expr:
    """``!a``, ``not a``, ``defined?(a)``; a negative number is a number."""
    sign = node.child_by_field_name("operator")
    operator = sign.type if sign is not None else ""
    value = walker.visit(node.child_by_field_name("operand"))
    if operator == "-" and isinstance(value, Number):
        return Number(f"-{value.text}", value.line)
    walker.halstead.add(operator, (value,), walker.scope.qualname)
    return Other(node.type, line_of(node), (value,), operator)


def ternary(walker: Walker, node: Node) -> Expr:
    """``a ? b : c``, a decision."""
    walker.scope.complexity += 1
    names = ("condition", "consequence", "alternative")
    parts = tuple([walker.visit(node.child_by_field_name(name)) for name in names])
    return Other("ternary_expression", line_of(node), parts, "?")


def shorthand(_walker: Walker, node: Node) -> Expr:
    """``self`` and ``super`` where they are no call."""
    return Name(text_of(node), line_of(node))


def no_value(_walker: Walker, _node: Node) -> Expr:
    """Redo, retry: nothing that stays."""
    return NOTHING


HANDLERS: dict[str, Handler] = {
    **strings.HANDLERS,
    **dict.fromkeys(("identifier", "constant"), identifier),
    **dict.fromkeys(("instance_variable", "class_variable"), instance),
    **dict.fromkeys(("integer", "float", "rational", "complex", "true", "false", "nil"), number),
    **dict.fromkeys(("comment", "heredoc_body", "heredoc_end", "alias", "undef", "uninterpreted"), skip),
    **dict.fromkeys(("redo", "retry", "empty_statement"), no_value),
    **dict.fromkeys(("parenthesized_statements", "block_body", "then", "do"), visit_block),
    **dict.fromkeys(("file", "line", "encoding", "self"), shorthand),
    "global_variable": global_,
    "scope_resolution": scoped,
    "array": array,
    "hash": hash_,
    "element_reference": element,
    "range": range_,
    "binary": binary,
    "unary": unary,
    "conditional": ternary,
}
