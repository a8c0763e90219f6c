"""Calls: of functions, methods and constructors, and of what the language writes without brackets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reviewer.gather.languages._treesitter import line_of, text_of
from reviewer.gather.languages._walk import (
    NOTHING,
    UNFILLED_CALL,
)
from reviewer.gather.languages.php._classes import ANONYMOUS
from reviewer.gather.languages.php._functions import arguments
from reviewer.gather.languages.php._names import member_named
from reviewer.gather.languages.php._strings import CONTENT, formatted
from reviewer.gather.languages.php._walker import (
    Handler,
    Walker,
    inner,
)
from reviewer.gather.syntax import Attribute, Call, Expr, Name, Text, plain

if TYPE_CHECKING:
    from tree_sitter import Node

LOOPING_FUNCTIONS = frozenset({"array_map", "array_walk", "array_filter", "array_reduce", "array_walk_recursive"})
LOOPING_METHODS = frozenset(
    {"each", "map", "flatMap", "mapWithKeys", "filter", "reject", "reduce", "transform", "every", "eachById"}
)
"""Functions and methods of collections that call their argument for each element: calls in it are made in a loop."""
FORMATTING = frozenset({"sprintf", "vsprintf"})


def function_call(walker: Walker, node: Node) -> Expr:
    """``f(...)``; ``define("NAME", value)`` also gives the constant its value."""
    callee = walker.visit(node.child_by_field_name("function"))
    looping = isinstance(callee, Name) and callee.dotted in LOOPING_FUNCTIONS
    found = _call(walker, node, callee, looping)
    if not (isinstance(found, Call) and isinstance(callee, Name)):
        return found
    if callee.dotted == "define" and len(found.args) > 1 and (name := plain(found.args[0])):
        walker.assign(name, found.args[1], node)
    if callee.dotted == "sprintf":
        return formatted(walker, found.args, node) or found
    return found


def method_call(walker: Walker, node: Node) -> Expr:
    """``$a->f(...)``, ``$a?->f(...)`` and ``A::f(...)``."""
    value = walker.visit(node.child_by_field_name("object") or node.child_by_field_name("scope"))
    if isinstance(value, Text):
        value = Name((plain(value) or "").lstrip("\\").replace("\\", "."), value.line)
    callee = member_named(walker, value, node)
    name = callee.name if isinstance(callee, Attribute) else ""
    if isinstance(callee, Name):
        name = callee.dotted.rpartition(".")[2]
    return _call(walker, node, callee, name in LOOPING_METHODS)


def _call(walker: Walker, node: Node, callee: Expr, looping: bool) -> Expr:
    given = node.child_by_field_name("arguments")
    if given is not None and any(child.type == "variadic_placeholder" for child in given.named_children):
        return callee
    return _kept(walker, node, callee, given, looping)


def _kept(
    walker: Walker, node: Node, callee: Expr, given: Node | None, looping: bool = False, new: bool = False
) -> Call:
    slot = len(walker.calls)
    walker.calls.append(UNFILLED_CALL)
    args, keywords = arguments(walker, given, walker.scope.loops + 1 if looping else 0)
    found = Call(
        callee=callee,
        args=args,
        keywords=keywords,
        line=node.start_point[0] + 1,
        end_line=node.end_point[0] + 1,
        function=walker.scope.index,
        owner=walker.scope.owner,
        loops=walker.scope.loops,
        new=new,
    )
    walker.calls[slot] = found
    return found


def new(walker: Walker, node: Node) -> Expr:
    """``new A(...)``, ``new A`` and ``new class(...) {}``."""
    target = inner(node)
    given = next((child for child in node.named_children if child.type == "arguments"), None)
    if target is None:
        return NOTHING
    if target.type == "anonymous_class":
        given = next((child for child in target.named_children if child.type == "arguments"), None)
        walker.visit(target)
        return _kept(walker, node, Name(ANONYMOUS, line_of(node)), given, new=True)
    return _kept(walker, node, walker.visit(target), given, new=True)


def echo(walker: Walker, node: Node) -> Expr:
    """``echo a, b``."""
    return walker.call("echo", tuple(_listed(walker, inner(node))), node)


def printed(walker: Walker, node: Node) -> Expr:
    """``print a``."""
    return walker.call("print", (walker.visit(inner(node)),), node)


def exit_(walker: Walker, node: Node) -> Expr:
    """``exit``, ``exit(a)`` and ``die(a)``."""
    value = inner(node)
    return walker.call("exit", (walker.visit(value),) if value is not None else (), node)


def _listed(walker: Walker, node: Node | None) -> list[Expr]:
    """``a, b``; a longer list nests to the right."""
    found: list[Expr] = []
    while node is not None and node.type == "sequence_expression":
        children = [child for child in node.named_children if child.type != "comment"]
        found.extend([walker.visit(child) for child in children[:-1]])
        node = children[-1] if children else None
    if node is not None:
        found.append(walker.visit(node))
    return found


def shell(walker: Walker, node: Node) -> Expr:
    """``` `ls` ``` runs a command."""
    values = [walker.visit(child) for child in node.named_children if child.type not in CONTENT]
    return walker.call("shell_exec", tuple(values) or (Text((text_of(node),), line_of(node), line_of(node)),), node)


HANDLERS: dict[str, Handler] = {
    "function_call_expression": function_call,
    **dict.fromkeys(
        ("member_call_expression", "nullsafe_member_call_expression", "scoped_call_expression"), method_call
    ),
    "object_creation_expression": new,
    "echo_statement": echo,
    "print_intrinsic": printed,
    "exit_statement": exit_,
    "shell_command_expression": shell,
}
