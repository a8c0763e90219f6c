"""Calls of Kotlin: trailing lambdas are last arguments, infix functions are methods of what stands before them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reviewer.gather.languages._treesitter import line_of
from reviewer.gather.languages._walk import (
    NOTHING,
)
from reviewer.gather.languages.jvm import _kotlin_functions as functions
from reviewer.gather.languages.jvm._kotlin_strings import filled
from reviewer.gather.languages.jvm._kotlin_walker import (
    COMMENTS,
    Handler,
    Walker,
    child_of,
    member_of,
)
from reviewer.gather.syntax import Attribute, Call, Expr, Items, Mapping, Name, dotted

if TYPE_CHECKING:
    from tree_sitter import Node

LOOPING = frozenset(
    {
        *("forEach", "forEachIndexed", "onEach", "onEachIndexed", "map", "mapIndexed", "mapNotNull", "mapTo"),
        *("mapIndexedNotNull", "flatMap", "flatMapIndexed", "filter", "filterNot", "filterIndexed", "fold", "reduce"),
        *("associate", "associateBy", "associateWith", "groupBy", "partition", "sumOf", "sortedBy", "repeat"),
        *("all", "any", "none", "count", "takeWhile", "dropWhile", "removeIf", "forEachLine", "parallelMap"),
    }
)
"""Functions that call their lambda for each element: calls in it are made in a loop."""
LISTS = frozenset(
    {
        *("listOf", "setOf", "arrayOf", "mutableListOf", "mutableSetOf", "arrayListOf", "hashSetOf", "listOfNotNull"),
        *("emptyList", "emptySet", "emptyArray", "intArrayOf", "longArrayOf", "sequenceOf"),
    }
)
MAPS = frozenset({"mapOf", "mutableMapOf", "hashMapOf", "linkedMapOf"})
TYPE_ARGUMENTS = "<>"
"""The keyword under which the type arguments of a call are kept."""
UNFILLED = Call(NOTHING, (), {}, 0, 0)


def call(walker: Walker, node: Node) -> Expr:
    """A call; ``get("/x") { }``, a call of a call to the grammar, is one call with two arguments."""
    callee, *rest = node.named_children
    if callee.type == "call_expression" and child_of(node, "value_arguments") is None:
        first, *others = callee.named_children
        if not any(child.type == "annotated_lambda" for child in others):
            callee, rest = first, [*others, *rest]
    return made(walker, node, callee, rest)


def misread_generic(node: Node) -> tuple[Node, Node, Node] | None:
    """The callee, type and arguments of ``get<T> { }`` or ``get<T>(x)``, which the grammar may read as comparisons."""
    left, right = node.child_by_field_name("left"), node.child_by_field_name("right")
    if left is None or right is None or left.type != "binary_expression":
        return None
    if right.type not in ("parenthesized_expression", "lambda_literal", "annotated_lambda"):
        return None
    callee, kind = left.child_by_field_name("left"), left.child_by_field_name("right")
    signs = [child.type for item in (left, node) for child in item.children if not child.is_named]
    if callee is None or kind is None or signs != ["<", ">"]:
        return None
    names = ("identifier", "navigation_expression")
    return (callee, kind, right) if callee.type in names and kind.type in names else None


def generic_call(walker: Walker, node: Node, callee: Node, kind: Node, arguments: Node) -> Expr:
    """What `misread_generic` found, as the call that it is."""
    return made(walker, node, callee, [kind, arguments])


def made(walker: Walker, node: Node, callee: Node, rest: list[Node]) -> Expr:
    """The call of ``callee`` with type arguments, arguments and lambdas, recorded in its place."""
    mark = len(walker.texts)
    target = walker.visit(callee)
    slot = len(walker.calls)
    walker.calls.append(UNFILLED)
    looping = dotted(target).rpartition(".")[2] in LOOPING
    args, keywords = arguments(walker, rest, walker.scope.loops + looping)
    found = placed(walker, node, target, args, keywords)
    known = _collection(found) or filled(walker, found, mark)
    if known is not None:
        del walker.calls[slot]
        return known
    walker.calls[slot] = found
    return found


def placed(walker: Walker, node: Node, callee: Expr, args: tuple[Expr, ...], keywords: dict[str, Expr]) -> Call:
    """A call with what is known of its place."""
    last = dotted(callee).rpartition(".")[2]
    return Call(
        callee=callee,
        args=args,
        keywords=keywords,
        line=_line(callee, node),
        end_line=node.end_point[0] + 1,
        function=walker.scope.index,
        owner=walker.scope.owner,
        loops=walker.scope.loops,
        new=last[:1].isupper() and not last.isupper(),
    )


def _line(callee: Expr, node: Node) -> int:
    """The line of the method's name in a chain over several lines, else that on which the call begins."""
    return callee.line if isinstance(callee, Attribute) else node.start_point[0] + 1


def arguments(walker: Walker, nodes: list[Node], loops: int) -> tuple[tuple[Expr, ...], dict[str, Expr]]:
    """Positional and named arguments of a call."""
    args: list[Expr] = []
    keywords: dict[str, Expr] = {}
    for node in nodes:
        if node.type == "value_arguments":
            for child in node.named_children:
                if child.type == "value_argument":
                    _argument(walker, child, loops, args, keywords)
        elif node.type == "type_arguments":
            keywords[TYPE_ARGUMENTS] = Items(types(walker, node), line_of(node))
        elif node.type in ("annotated_lambda", "lambda_literal"):
            args.append(functions.closure(walker, node, loops))
        elif node.type in ("identifier", "navigation_expression"):
            keywords[TYPE_ARGUMENTS] = Items((Name(walker.text(node), line_of(node)),), line_of(node))
        elif node.type not in COMMENTS:
            args.append(walker.visit(node))
    return tuple(args), keywords


def types(walker: Walker, node: Node) -> tuple[Expr, ...]:
    """Type arguments by their names."""
    return tuple(
        Name(walker.type(child).partition("<")[0].strip("?* "), line_of(child))
        for child in node.named_children
        if child.type not in COMMENTS
    )


def _argument(walker: Walker, node: Node, loops: int, args: list[Expr], keywords: dict[str, Expr]) -> None:
    parts = [child for child in node.named_children if child.type not in (*COMMENTS, "annotation")]
    if not parts:
        return
    value = parts[-1]
    if value.type == "spread_expression":
        value = value.named_children[-1] if value.named_children else value
    expr = functions.closure(walker, value, loops) if value.type in functions.CLOSURES else walker.visit(value)
    if len(parts) > 1 and any(child.type == "=" for child in node.children):
        keywords[walker.name(parts[0])] = expr
    else:
        args.append(expr)


def _collection(found: Call) -> Expr | None:
    """``listOf(a, b)`` is a list, ``mapOf("a" to b)`` an object; None for any other call."""
    if not isinstance(found.callee, Name):
        return None
    if found.name in LISTS and not any(key != TYPE_ARGUMENTS for key in found.keywords):
        return Items(found.args, found.line)
    if found.name in MAPS and found.args:
        pairs = [pair_of(item) for item in found.args]
        if all(pair is not None for pair in pairs):
            return Mapping(tuple(pair for pair in pairs if pair is not None), found.line)
    return None


def pair_of(expr: Expr) -> tuple[Expr, Expr] | None:
    """The two sides of ``a to b``, None for anything else."""
    if not (isinstance(expr, Call) and expr.last == "to" and len(expr.args) == 1):
        return None
    if isinstance(expr.callee, Attribute):
        return expr.callee.value, expr.args[0]
    head = dotted(expr.callee).rpartition(".")[0]
    return (Name(head, expr.line), expr.args[0]) if head else None


def infix(walker: Walker, node: Node) -> Expr:
    """``a eq b``, which is ``a.eq(b)``."""
    parts = [child for child in node.named_children if child.type not in COMMENTS]
    if len(parts) != 3:
        return NOTHING
    left = walker.visit(parts[0])
    callee = member_of(left, walker.name(parts[1]), line_of(parts[1]))
    slot = len(walker.calls)
    walker.calls.append(UNFILLED)
    closure = parts[2].type in functions.CLOSURES
    value = functions.closure(walker, parts[2], walker.scope.loops) if closure else walker.visit(parts[2])
    found = placed(walker, node, callee, (value,), {})
    walker.calls[slot] = found
    return found


HANDLERS: dict[str, Handler] = {"call_expression": call, "infix_expression": infix}
