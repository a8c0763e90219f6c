"""Calls, with what is known of their place: loops, await, promise catches, required modules."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reviewer.gather.languages._treesitter import line_of
from reviewer.gather.languages._walk import (
    NO_KEYWORDS,
    NOTHING,
    UNFILLED_CALL,
)
from reviewer.gather.languages.node import _functions as functions
from reviewer.gather.languages.node._catches import body_since
from reviewer.gather.languages.node._expressions import template
from reviewer.gather.languages.node._walker import (
    Handler,
    Walker,
    inner,
)
from reviewer.gather.syntax import Attribute, Call, Catch, Expr, Import, Lambda, Name, plain

if TYPE_CHECKING:
    from tree_sitter import Node

LOOPING = frozenset({"forEach", "map", "flatMap", "filter", "reduce", "reduceRight", "some", "every", "findIndex"})
"""Methods that call their argument for each element: calls in it are made in a loop."""
NOT_WRAPPERS = frozenset({"setTimeout", "setInterval", "setImmediate", "require", "describe", "it", "test"})
"""Functions that keep no value of the function given to them: their result is not that function wrapped."""
REQUIRED = "require("


def required_name(module: str) -> str:
    """The name by which an expression refers to a module that it requires in place: no dots, so that members follow."""
    return f"{REQUIRED}{module.replace('.', '_')})"


def call(walker: Walker, node: Node, name: str = "", awaited: bool = False) -> Expr:
    """A call, or the module that ``require`` and ``import()`` give.

    Args:
        name: the variable that the result is given to: a function that is wrapped goes by it.
    """
    new = node.type == "new_expression"
    function = node.child_by_field_name("constructor" if new else "function")
    arguments = node.child_by_field_name("arguments")
    callee = (
        Name("import", line_of(node)) if function is not None and function.type == "import" else walker.visit(function)
    )
    slot, thrown = len(walker.calls), walker.thrown
    walker.calls.append(UNFILLED_CALL)
    args = _arguments(walker, arguments, callee, name)
    found = Call(
        callee=callee,
        args=args,
        keywords=NO_KEYWORDS,
        line=node.start_point[0] + 1,
        end_line=node.end_point[0] + 1,
        function=walker.scope.index,
        owner=walker.scope.owner,
        loops=walker.scope.loops,
        new=new,
        awaited=awaited,
    )
    walker.calls[slot] = found
    if isinstance(callee, Name):
        module = plain(args[0]) if callee.dotted in ("require", "import") and len(args) == 1 else None
        if module:
            return _required(walker, module, found.line)
    if _last(callee) == "catch" and len(args) == 1:
        _catch(walker, args[0], slot + 1, thrown)
    return found


def _required(walker: Walker, module: str, line: int) -> Name:
    name = required_name(module)
    walker.required[name] = module
    walker.imports.append(Import(module, None, name, line))
    return Name(name, line)


def _last(callee: Expr) -> str:
    """The method that is called, "" for a plain function."""
    if isinstance(callee, Attribute):
        return callee.name
    return callee.dotted.rpartition(".")[2] if isinstance(callee, Name) and "." in callee.dotted else ""


def _arguments(walker: Walker, node: Node | None, callee: Expr, name: str) -> tuple[Expr, ...]:
    if node is None:
        return ()
    if node.type == "template_string":
        return (template(walker, node, "tagged"),)
    loops = walker.scope.loops + 1 if _last(callee) in LOOPING else 0
    given = name if isinstance(callee, Name) and _wraps(callee.dotted) else ""
    args: list[Expr] = []
    for child in node.named_children:
        if child.type in functions.FUNCTIONS:
            args.append(functions.function(walker, child, given, loops))
        elif child.type == "call_expression" and given:
            args.append(call(walker, child, given))
        elif child.type != "comment":
            args.append(walker.visit(child))
    return tuple(args)


def _wraps(callee: str) -> bool:
    return "." not in callee and callee not in NOT_WRAPPERS


def _catch(walker: Walker, handler: Expr, calls: int, thrown: int) -> None:
    """``.catch(handler)`` of a promise."""
    if isinstance(handler, Lambda):
        body = walker.functions[handler.function]
        does = body_since(walker, calls, thrown, empty=body.statements == 0)
    else:
        name = handler.dotted if isinstance(handler, Name) else ""
        does = body_since(walker, calls, thrown, empty=False, also=name)
    walker.catches.append(Catch(handler.line, getattr(handler, "end_line", handler.line), (), does, walker.scope.index))


def awaited(walker: Walker, node: Node) -> Expr:
    """``await x``: the call, marked; anything else as it is."""
    value = inner(node)
    if value is not None and value.type in ("call_expression", "new_expression"):
        return call(walker, value, awaited=True)
    return walker.visit(value) if value is not None else NOTHING


HANDLERS: dict[str, Handler] = {"call_expression": call, "new_expression": call, "await_expression": awaited}
