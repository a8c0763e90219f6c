"""Statements: control flow, with what it adds to complexity and nesting, assignments and exception handlers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reviewer.gather.languages._treesitter import line_of
from reviewer.gather.languages._walk import (
    NOTHING,
)
from reviewer.gather.languages.jvm._jvm_catches import body_of
from reviewer.gather.languages.jvm._kotlin_walker import (
    COMMENTS,
    Handler,
    Walker,
    child_of,
    inner,
    visit_all,
    visit_block,
)
from reviewer.gather.syntax import Catch, Compare, Expr, Import, Name, Other, Return, Text, dotted

if TYPE_CHECKING:
    from tree_sitter import Node

CHOOSING = "switch_expression"
"""The kind of an expression whose first operand only chooses among the others, as elsewhere."""


def if_(walker: Walker, node: Node) -> Expr:
    """``if``, which is an expression too; an ``else if`` is a decision more and no block deeper."""
    scope = walker.scope
    scope.complexity += 1
    condition = node.child_by_field_name("condition")
    operands = [walker.visit(condition)]
    branches = [child for child in node.named_children if child != condition and child.type not in COMMENTS]
    for branch in branches:
        deeper = branch.type != "if_expression" or branch is branches[0]
        operands.append(_nested(walker, [branch]) if deeper else walker.visit(branch))
    return Other(node.type, line_of(node), tuple(item for item in operands if item is not NOTHING), "?")


def _nested(walker: Walker, nodes: list[Node], loops: int = 0) -> Expr:
    scope = walker.scope
    scope.enter()
    scope.loops += loops
    value = visit_all(walker, nodes)
    scope.loops -= loops
    scope.leave()
    return value


def when(walker: Walker, node: Node) -> Expr:
    """``when``: each entry but ``else`` is a decision; one that is a text is compared with the subject."""
    operands: list[Expr] = []
    subject: Expr = NOTHING
    for child in node.named_children:
        if child.type == "when_entry":
            walker.scope.complexity += any(part.type == "->" for part in child.children) and not _is_else(child)
            operands.append(_entry(walker, child, subject))
        elif child.type not in COMMENTS:
            subject = _subject(walker, child)
            operands.append(subject)
    kind = node.type if subject is NOTHING else CHOOSING
    return Other(kind, line_of(node), tuple(item for item in operands if item is not NOTHING), "?")


def _subject(walker: Walker, node: Node) -> Expr:
    """``when (path)`` and ``when (val path = request.pathInfo)``."""
    name = child_of(node, "variable_declaration")
    value = next(
        (child for child in reversed(node.named_children) if child.type not in COMMENTS and child != name), None
    )
    subject = walker.visit(value)
    if name is not None:
        walker.assign(walker.type(name).partition(":")[0], subject, name)
    return subject


def _entry(walker: Walker, node: Node, subject: Expr) -> Expr:
    conditions = node.children_by_field_name("condition")
    for condition in conditions:
        expected = walker.visit(condition)
        if isinstance(expected, Text) and subject is not NOTHING:
            walker.compares.append(Compare(subject, "case", expected, line_of(condition), walker.scope.index))
    return _nested(walker, [child for child in node.named_children if child not in conditions])


def _is_else(entry: Node) -> bool:
    return any(part.type == "else" for part in entry.children)


def loop(walker: Walker, node: Node) -> Expr:
    """``for``, ``while`` and ``do``: what they repeat is in a loop; what ``for`` goes through is not."""
    walker.scope.complexity += 1
    repeated = [child for child in node.named_children if child.type not in (*COMMENTS, "label", "annotation")]
    if node.type == "for_statement":
        names = [child for child in repeated if child.type in ("variable_declaration", "multi_variable_declaration")]
        rest = [child for child in repeated if child not in names]
        iterated = walker.visit(rest[0]) if rest else NOTHING
        for item in names:
            walker.assign(walker.type(item).partition(":")[0], Other(node.type, line_of(node), (iterated,)), item)
        repeated = rest[1:]
    _nested(walker, repeated, loops=1)
    return NOTHING


def try_(walker: Walker, node: Node) -> Expr:
    """``try`` with its handlers; it is an expression too."""
    operands: list[Expr] = []
    for child in node.named_children:
        if child.type == "catch_block":
            _handler(walker, child)
        elif child.type not in COMMENTS:
            operands.append(_nested(walker, [child]))
    return Other(node.type, line_of(node), tuple(item for item in operands if item is not NOTHING))


def _handler(walker: Walker, node: Node) -> None:
    walker.scope.complexity += 1
    calls, thrown = len(walker.calls), walker.thrown
    block = child_of(node, "block")
    if block is not None:
        _nested(walker, [block])
    empty = block is None or all(child.type in COMMENTS for child in block.named_children)
    kind = walker.type(child_of(node, "user_type", "nullable_type"))
    does = body_of([call.name for call in walker.calls[calls:]], walker.thrown > thrown, empty)
    types = (kind,) if kind else ()
    walker.catches.append(Catch(line_of(node), node.end_point[0] + 1, types, does, walker.scope.index))


def return_(walker: Walker, node: Node) -> Expr:
    """``return x`` and ``return@label x``."""
    label = node.child_by_field_name("label")
    values = [child for child in node.named_children if child != label and child.type not in (*COMMENTS, "label")]
    if values:
        walker.returns.append(Return(walker.visit(values[-1]), line_of(node), walker.scope.index))
    return NOTHING


def throw(walker: Walker, node: Node) -> Expr:
    """``throw x``."""
    walker.thrown += 1
    walker.visit(inner(node))
    return NOTHING


def assignment(walker: Walker, node: Node) -> Expr:
    """``target = value`` and ``target += value``."""
    target = walker.visit(node.child_by_field_name("left"))
    value = walker.visit(node.child_by_field_name("right"))
    operator = next((child.type for child in node.children if not child.is_named), "=")
    if operator != "=":
        walker.halstead.add(operator, (target, value), walker.scope.qualname)
    if dotted(target):
        walker.assign(dotted(target), value, node, augmented=operator != "=")
    return NOTHING


def import_(walker: Walker, node: Node) -> Expr:
    """``import a.b.C``, ``import a.b.*`` and ``import a.b.C as D``."""
    full = walker.text(child_of(node, "qualified_identifier", "identifier")).replace("`", "")
    tokens = {child.type for child in node.children}
    if "*" in tokens:
        walker.imports.append(Import(full, "*", "*", line_of(node)))
        return NOTHING
    module, _, name = full.rpartition(".")
    alias = walker.name(node.named_children[-1]) if "as" in tokens else name
    walker.imports.append(Import(module, name, alias, line_of(node)))
    return NOTHING


def package(walker: Walker, node: Node) -> Expr:
    """``package a.b``."""
    walker.namespace = walker.text(child_of(node, "qualified_identifier", "identifier")).replace("`", "")
    return NOTHING


def type_test(walker: Walker, node: Node) -> Expr:
    """``is T`` of a ``when`` entry."""
    return Name(walker.type(inner(node)), line_of(node)) if node.type == "type_test" else walker.visit(inner(node))


HANDLERS: dict[str, Handler] = {
    **dict.fromkeys(("source_file", "block", "class_body", "enum_class_body", "function_body"), visit_block),
    **dict.fromkeys(("for_statement", "while_statement", "do_while_statement"), loop),
    **dict.fromkeys(("type_test", "range_test"), type_test),
    "if_expression": if_,
    "when_expression": when,
    "try_expression": try_,
    "return_expression": return_,
    "throw_expression": throw,
    "assignment": assignment,
    "import": import_,
    "package_header": package,
}
