"""Calls of methods and constructors, with what is known of their place: loops, and the functions given to them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reviewer.gather.languages._treesitter import line_of, text_of
from reviewer.gather.languages._walk import (
    NO_KEYWORDS,
    NOTHING,
)
from reviewer.gather.languages.jvm import _java_functions as functions
from reviewer.gather.languages.jvm._java_formats import PATTERNS, formatted
from reviewer.gather.languages.jvm._java_walker import (
    COMMENTS,
    TYPE_ARGUMENTS,
    Handler,
    Walker,
    inner,
    member_of,
    type_name,
    type_text,
)
from reviewer.gather.syntax import Attribute, Call, Compare, Expr, Items, Name

if TYPE_CHECKING:
    from tree_sitter import Node

EACH = "forEach"
LOOPING = frozenset({"map", "flatMap", "filter", "peek", "mapToObj", "mapToInt", "mapToLong", "anyMatch", "allMatch"})
"""Methods of streams that call their argument for each element. `Optional` has some of the same name, at most once."""
STREAMS = frozenset({"stream", "parallelStream", "range", "rangeClosed", "iterate", "fromIterable", "lines"})
STREAM_CLASSES = frozenset({"Stream", "IntStream", "LongStream", "Flux"})
EQUALS = frozenset({"equals", "equalsIgnoreCase", "contentEquals", "isEqual"})
CHAIN_MOST = 40
"""Calls of a chain that are looked through for a stream."""
UNFILLED_CALL = Call(NOTHING, (), NO_KEYWORDS, 0, 0)


def call(walker: Walker, node: Node) -> Expr:
    """``a.b(c)``; formatting calls give the text that they make, and ``equals`` is a comparison too."""
    name_node = node.child_by_field_name("name")
    name = text_of(name_node)
    subject = node.child_by_field_name("object")
    mark = len(walker.texts)
    value = walker.visit(subject) if subject is not None else NOTHING
    line = line_of(name_node or node)
    callee = Name(name, line) if subject is None else member_of(value, name, line)
    arguments = node.child_by_field_name("arguments")
    full = callee.dotted if isinstance(callee, Name) else ""
    if full in PATTERNS or (name == "formatted" and subject is not None):
        return _format(walker, node, full if full in PATTERNS else name, value, callee, mark)
    keywords = _type_arguments(node.child_by_field_name("type_arguments"))
    slot = _slot(walker)
    args = _arguments(walker, arguments, _loops(walker, name, value))
    if name in EQUALS and args:
        left = args[0] if len(args) == 2 else value
        walker.compares.append(Compare(left, "==", args[-1], line, walker.scope.index))
    return _recorded(walker, node, callee, args, slot, keywords)


def _format(walker: Walker, node: Node, name: str, value: Expr, callee: Expr, mark: int) -> Expr:
    slot = len(walker.calls)
    args = _arguments(walker, node.child_by_field_name("arguments"), 0)
    lines = (line_of(node), node.end_point[0] + 1)
    found = formatted(walker, name, value, args, lines, mark)
    if found is not None:
        return found
    walker.calls.insert(slot, UNFILLED_CALL)
    return _recorded(walker, node, callee, args, slot)


def _slot(walker: Walker) -> int:
    """A place for a call before those in its arguments, in the order they are written."""
    walker.calls.append(UNFILLED_CALL)
    return len(walker.calls) - 1


def _recorded(
    walker: Walker,
    node: Node,
    callee: Expr,
    args: tuple[Expr, ...],
    slot: int,
    keywords: dict[str, Expr] = NO_KEYWORDS,
) -> Call:
    found = Call(
        callee=callee,
        args=args,
        keywords=keywords,
        line=node.start_point[0] + 1,
        end_line=node.end_point[0] + 1,
        function=walker.scope.index,
        owner=walker.scope.owner,
        loops=walker.scope.loops,
        new=node.type == "object_creation_expression",
    )
    walker.calls[slot] = found
    return found


def _arguments(walker: Walker, node: Node | None, loops: int) -> tuple[Expr, ...]:
    if node is None:
        return ()
    args: list[Expr] = []
    for child in node.named_children:
        if child.type == "lambda_expression":
            args.append(functions.lambda_(walker, child, loops))
        elif child.type not in COMMENTS:
            args.append(walker.visit(child))
    return tuple(args)


def _loops(walker: Walker, name: str, subject: Expr) -> int:
    """The loops around each call of a function that is given to this method."""
    if name == EACH or (name in LOOPING and _streams(subject)):
        return walker.scope.loops + 1
    return 0


def _streams(subject: Expr) -> bool:
    """Whether a chain of calls begins with the elements of something."""
    for _ in range(CHAIN_MOST):
        if isinstance(subject, Attribute):
            subject = subject.value
        elif isinstance(subject, Call):
            if subject.last in STREAMS or subject.name.partition(".")[0] in STREAM_CLASSES:
                return True
            subject = subject.callee
        else:
            return False
    return False


def _type_arguments(node: Node | None) -> dict[str, Expr]:
    """``<User>`` before or behind a name."""
    if node is None or not node.named_child_count:
        return NO_KEYWORDS
    kinds = tuple(Name(type_text(child), line_of(child)) for child in node.named_children)
    return {TYPE_ARGUMENTS: Items(kinds, line_of(node))}


def creation(walker: Walker, node: Node) -> Expr:
    """``new User(a)``; the methods of an anonymous class follow its arguments as functions."""
    kind = node.child_by_field_name("type")
    callee = Name(type_name(kind), line_of(kind or node))
    given = next((c for c in kind.named_children if c.type == "type_arguments"), None) if kind is not None else None
    body = next((child for child in node.named_children if child.type == "class_body"), None)
    slot = _slot(walker)
    args = _arguments(walker, node.child_by_field_name("arguments"), 0)
    if body is not None:
        args += functions.anonymous(walker, body)
    return _recorded(walker, node, callee, args, slot, _type_arguments(given))


def constructor_call(walker: Walker, node: Node) -> Expr:
    """``this(a)`` and ``super(a)``."""
    name = text_of(node.child_by_field_name("constructor"))
    slot = _slot(walker)
    args = _arguments(walker, node.child_by_field_name("arguments"), 0)
    return _recorded(walker, node, Name(name, line_of(node)), args, slot)


def expression(walker: Walker, node: Node) -> Expr:
    """An expression as a statement."""
    walker.visit(inner(node))
    return NOTHING


HANDLERS: dict[str, Handler] = {
    "method_invocation": call,
    "object_creation_expression": creation,
    "explicit_constructor_invocation": constructor_call,
    "expression_statement": expression,
}
