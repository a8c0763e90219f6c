"""Statements of Ruby: branches, loops, rescues, assignments. Like everything in Ruby they have a value."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reviewer.gather.languages._treesitter import line_of, text_of
from reviewer.gather.languages._walk import (
    NOTHING,
)
from reviewer.gather.languages.ruby._classes import made_class
from reviewer.gather.languages.ruby._walker import (
    Handler,
    Walker,
    bare_word,
    inner,
    visit_block,
)
from reviewer.gather.syntax import Catch, Expr, Items, Mapping, Name, Number, Other, Return, dotted
from reviewer.model.facts.code import CatchBody

if TYPE_CHECKING:
    from tree_sitter import Node

LOGGERS = frozenset(
    {"logger", "log", "Logger", "Sentry", "Raven", "Rollbar", "Bugsnag", "Honeybadger", "Airbrake", "Appsignal", "warn"}
)
QUIET = frozenset({"nil", "comment", "empty_statement", "next"})
"""What the body of a handler may hold and still do nothing."""
DROPS = frozenset({"program", "body_statement", "block_body", "then", "else", "begin", "do", "ensure", "rescue"})
"""What holds statements, whose values nobody takes: elsewhere ``nil`` is a value to go on with."""
PASSED = ("begin_block", "end_block", "ensure", "else")
REMEMBERED = ("||=", "&&=")


def branch(walker: Walker, node: Node) -> Expr:
    """``if``, ``unless``, ``elsif``: a decision; the value is one of its two."""
    scope = walker.scope
    scope.complexity += 1
    condition = walker.visit(node.child_by_field_name("condition"))
    if node.type != "elsif":
        scope.enter()
    chosen = walker.visit(node.child_by_field_name("consequence"))
    other = walker.visit(node.child_by_field_name("alternative"))
    if node.type != "elsif":
        scope.leave()
    return Other("ternary_expression", line_of(node), (condition, chosen, other), "?")


def modifier(walker: Walker, node: Node) -> Expr:
    """``body if condition``."""
    walker.scope.complexity += 1
    condition = walker.visit(node.child_by_field_name("condition"))
    value = _body(walker, node.child_by_field_name("body"))
    return Other("ternary_expression", line_of(node), (condition, value, NOTHING), "?")


def _body(walker: Walker, node: Node | None) -> Expr:
    """A body without a block around it, where a bare word is a call."""
    if node is not None and node.type == "identifier":
        return bare_word(walker, node)
    return walker.visit(node)


def loop(walker: Walker, node: Node) -> Expr:
    """``while``, ``until``, ``for``: a decision and a loop."""
    scope = walker.scope
    scope.complexity += 1
    pattern, value = node.child_by_field_name("pattern"), node.child_by_field_name("value")
    iterated = walker.visit(inner(value)) if value is not None else NOTHING
    if pattern is not None and pattern.type == "identifier":
        walker.assign(walker.local(text_of(pattern)), Other("iterated", line_of(node), (iterated,)), node)
    walker.visit(node.child_by_field_name("condition"))
    scope.loops += 1
    scope.enter()
    _body(walker, node.child_by_field_name("body"))
    scope.leave()
    scope.loops -= 1
    return NOTHING


def case(walker: Walker, node: Node) -> Expr:
    """``case``: its value is that of one of the branches."""
    parts: list[Expr] = [walker.visit(node.child_by_field_name("value"))]
    walker.scope.enter()
    for child in node.named_children:
        if child.type in ("when", "in_clause"):
            walker.scope.complexity += 1
            for pattern in child.children_by_field_name("pattern"):
                walker.visit(pattern)
            parts.append(walker.visit(child.child_by_field_name("body")))
        elif child.type == "else":
            parts.append(visit_block(walker, child))
    walker.scope.leave()
    return Other("case", line_of(node), tuple(parts[1:]))


def body(walker: Walker, node: Node) -> Expr:
    """Statements with the handlers after them: a method's or block's body, ``begin ... end``."""
    last: Expr = NOTHING
    for child in node.named_children:
        kind = child.type
        if kind in ("comment", "heredoc_body"):
            continue
        if kind == "rescue":
            rescue(walker, child)
        elif kind in PASSED:
            visit_block(walker, child)
        else:
            walker.scope.statements += 1
            last = bare_word(walker, child) if kind == "identifier" else walker.visit(child)
    return last


def rescue(walker: Walker, node: Node) -> Expr:
    """One handler, a decision."""
    scope = walker.scope
    scope.complexity += 1
    listed, variable = node.child_by_field_name("exceptions"), node.child_by_field_name("variable")
    types = tuple(dotted(walker.visit(child)) for child in listed.named_children) if listed is not None else ()
    if variable is not None and inner(variable) is not None:
        scope.locals.add(text_of(inner(variable)))
    calls, thrown = len(walker.calls), walker.thrown
    handler = node.child_by_field_name("body")
    scope.enter()
    walker.visit(handler)
    scope.leave()
    quiet = handler is None or all(child.type in QUIET for child in handler.named_children)
    _catch(walker, node, tuple(name for name in types if name), quiet, calls, thrown)
    return NOTHING


def _catch(walker: Walker, node: Node, types: tuple[str, ...], quiet: bool, calls: int, thrown: int) -> None:
    if quiet:
        does = CatchBody.EMPTY
    elif walker.thrown > thrown:
        does = CatchBody.RAISED
    elif any(not LOGGERS.isdisjoint(call.name.split(".")) for call in walker.calls[calls:]):
        does = CatchBody.LOGGED
    else:
        does = CatchBody.HANDLED
    walker.catches.append(Catch(line_of(node), node.end_point[0] + 1, types, does, walker.scope.index))


def rescue_modifier(walker: Walker, node: Node) -> Expr:
    """``value rescue other``."""
    walker.scope.complexity += 1
    value = _body(walker, node.child_by_field_name("body"))
    calls, thrown = len(walker.calls), walker.thrown
    handler = node.child_by_field_name("handler")
    _body(walker, handler)
    quiet = handler is None or (handler.type in QUIET and (node.parent is None or node.parent.type in DROPS))
    _catch(walker, node, (), quiet, calls, thrown)
    return value


def return_(walker: Walker, node: Node) -> Expr:
    """``return value``, and ``next`` and ``break``, which end a block alike."""
    listed = inner(node)
    if listed is None:
        return NOTHING
    value = walker.visit(listed)
    walker.returns.append(Return(value, line_of(node), walker.scope.index))
    return NOTHING


def assignment(walker: Walker, node: Node) -> Expr:
    """``target = value``; the expression is the value."""
    left, right = node.child_by_field_name("left"), node.child_by_field_name("right")
    if left is None or right is None:
        return NOTHING
    value = walker.visit(right)
    if left.type == "left_assignment_list":
        _several(walker, left, value, node)
        return value
    target = _target(walker, left)
    if target:
        walker.assign(walker.local(target), value, node)
    if left.type == "constant":
        made_class(walker, target, value, node)
    return value


def _target(walker: Walker, node: Node) -> str:
    """The dotted name that is given a value, ``""`` for none."""
    if node.type == "call":
        receiver = node.child_by_field_name("receiver")
        head = dotted(walker.visit(receiver)) if receiver is not None else ""
        return f"{head}.{text_of(node.child_by_field_name('method'))}" if head else ""
    return dotted(walker.visit(node))


def _several(walker: Walker, left: Node, value: Expr, node: Node) -> None:
    """``a, b = b, a``: each its own, where they can be told apart."""
    targets = [_target(walker, child) for child in left.named_children]
    values = value.values if isinstance(value, Items) else ()
    for place, target in enumerate(targets):
        part: Expr = Other("subscript", line_of(node), (value, Number(str(place), line_of(node))))
        if len(values) == len(targets):
            part = values[place]
        if target:
            walker.assign(walker.local(target), part, node)


def augmented(walker: Walker, node: Node) -> Expr:
    """``target += value``; ``target ||= value`` gives a value as ``=`` does."""
    left, right = node.child_by_field_name("left"), node.child_by_field_name("right")
    if left is None or right is None:
        return NOTHING
    target, operator = _target(walker, left), text_of(node.child_by_field_name("operator"))
    value = walker.visit(right)
    walker.halstead.add(operator, (Name(target, line_of(node)), value), walker.scope.qualname)
    walker.scope.complexity += operator in REMEMBERED
    if target:
        walker.assign(walker.local(target), value, node, augmented=operator not in REMEMBERED)
    return value


def listed(walker: Walker, node: Node) -> Expr:
    """The right side of ``a, b = 1, 2``."""
    return Items(tuple([walker.visit(child) for child in node.named_children]), line_of(node))


def no_entries(_walker: Walker, node: Node) -> Expr:
    """Patterns of ``in``, of which nothing is asked."""
    return Mapping((), line_of(node))


HANDLERS: dict[str, Handler] = {
    **dict.fromkeys(("if", "unless", "elsif"), branch),
    **dict.fromkeys(("if_modifier", "unless_modifier"), modifier),
    **dict.fromkeys(("while", "until", "for", "while_modifier", "until_modifier"), loop),
    **dict.fromkeys(("case", "case_match"), case),
    **dict.fromkeys(("program", "body_statement", "begin"), body),
    **dict.fromkeys(("return", "next", "break"), return_),
    **dict.fromkeys(("else", "ensure", "begin_block", "end_block"), visit_block),
    **dict.fromkeys(("hash_pattern", "array_pattern", "find_pattern"), no_entries),
    "rescue": rescue,
    "rescue_modifier": rescue_modifier,
    "assignment": assignment,
    "operator_assignment": augmented,
    "right_assignment_list": listed,
}
