"""Python statements: one walk over the tree that fills a `Builder`."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from reviewer.gather.languages.python._builder import EXTRAS, Builder, bind, nested, parts
from reviewer.gather.languages.python._errors import raise_, try_
from reviewer.gather.languages.python._expressions import expression, iterated
from reviewer.gather.languages.python._functions import STRINGS, class_, function
from reviewer.gather.languages.python._imports import import_, import_from
from reviewer.gather.syntax import Assertion, Call, Expr, Name, Other, Return

if TYPE_CHECKING:
    from tree_sitter import Node

UNCOUNTED = frozenset({
    "block", "ERROR", "decorated_definition", "if_statement", "elif_clause", "else_clause", "for_statement",
    "while_statement", "with_statement", "try_statement",
})  # fmt: skip


def statement(builder: Builder, node: Node) -> None:
    """Walks one statement, block or, after an error, whatever stands where a statement should.

    A block counts as one statement for its header, so that ``else`` and ``except`` count and ``if`` does not twice.
    """
    handler = STATEMENTS.get(node.type)
    if handler is None:
        if node.type not in EXTRAS:
            expression(builder, node)
        return
    if node.type not in UNCOUNTED:
        builder.scope.statements += 1
    handler(builder, node)


def _body(builder: Builder, node: Node) -> None:
    for child in node.named_children:
        statement(builder, child)


def _nothing(builder: Builder, node: Node) -> None:
    """A statement without expressions."""


def _expressions(builder: Builder, node: Node) -> None:
    for child in parts(node):
        expression(builder, child)


def _expression_statement(builder: Builder, node: Node) -> None:
    for child in parts(node):
        if child.type in STRINGS:
            builder.prose.append((child.start_point[0], child.end_point[0]))
        elif child.type in ("assignment", "augmented_assignment"):
            _assignment(builder, child)
        else:
            expression(builder, child)


def _assignment(builder: Builder, node: Node) -> None:
    """``a = b = value``, ``a: T``, ``a += value``: every target is bound to the one value."""
    targets: list[tuple[Node, str]] = []
    value: Node | None = node
    while value is not None and value.type in ("assignment", "augmented_assignment"):
        left, declared = value.child_by_field_name("left"), value.child_by_field_name("type")
        if left is not None:
            targets.append((left, builder.annotation(declared)))
        value = value.child_by_field_name("right")
    result = expression(builder, value) if value is not None else None
    if node.type == "augmented_assignment" and result is not None and targets:
        operator = node.child_by_field_name("operator")
        left_side = Name(dotted=builder.text(targets[0][0]), line=result.line)
        builder.halstead.add(operator.type if operator else "=", (left_side, result), builder.scope.name)
    for left, type_text in targets:
        bind(builder, left, result, node, type_text)
        if left.type in ("subscript", "attribute"):
            expression(builder, left)


def _if(builder: Builder, node: Node) -> None:
    builder.scope.decisions += 1
    expression(builder, node.child_by_field_name("condition"))
    nested(builder, node.child_by_field_name("consequence"))
    for branch in node.children_by_field_name("alternative"):
        statement(builder, branch)


def _else(builder: Builder, node: Node) -> None:
    nested(builder, node.child_by_field_name("body"))


def _loop_else(builder: Builder, node: Node) -> None:
    branch = node.child_by_field_name("alternative")
    if branch is not None:
        builder.scope.decisions += 1
        _else(builder, branch)


def _for(builder: Builder, node: Node) -> None:
    scope = builder.scope
    scope.decisions += 1
    iterated(builder, node, node)
    scope.loops += 1
    nested(builder, node.child_by_field_name("body"))
    scope.loops -= 1
    _loop_else(builder, node)


def _while(builder: Builder, node: Node) -> None:
    scope = builder.scope
    scope.decisions += 1
    scope.loops += 1
    expression(builder, node.child_by_field_name("condition"))
    nested(builder, node.child_by_field_name("body"))
    scope.loops -= 1
    _loop_else(builder, node)


def _with(builder: Builder, node: Node) -> None:
    for clause in parts(node):
        if clause.type == "with_clause":
            for item in parts(clause):
                _with_item(builder, item.child_by_field_name("value") or item)
    nested(builder, node.child_by_field_name("body"))


def _with_item(builder: Builder, value: Node) -> None:
    inner = parts(value)
    if value.type != "as_pattern" or len(inner) < 2:
        expression(builder, value)
        return
    opened = expression(builder, inner[0])
    for target in parts(inner[1]):
        bind(builder, target, opened, value)


def _match(builder: Builder, node: Node) -> None:
    for subject in node.children_by_field_name("subject"):
        expression(builder, subject)
    body = node.child_by_field_name("body")
    cases = [child for child in parts(body) if child.type == "case_clause"] if body is not None else []
    builder.scope.decisions += max(0, len(cases) - any(_catches_all(case) for case in cases))
    for case in cases:
        guard = case.child_by_field_name("guard")
        if guard is not None:
            _expressions(builder, guard)
        nested(builder, case.child_by_field_name("consequence"))


def _catches_all(case: Node) -> bool:
    """``case _`` or ``case name``."""
    patterns = [child for child in case.named_children if child.type == "case_pattern"]
    if len(patterns) != 1:
        return False
    inner = patterns[0].children
    return len(inner) == 1 and (inner[0].type == "_" or (inner[0].type == "dotted_name" and inner[0].child_count == 1))


def _return(builder: Builder, node: Node) -> None:
    for child in parts(node):
        value = expression(builder, child)
        line = node.start_point[0] + 1
        builder.returns.append(Return(value=value, line=line, function=builder.scope.function))


def _assert(builder: Builder, node: Node) -> None:
    """An assert counts as one decision, whatever its test holds."""
    scope = builder.scope
    before = scope.decisions
    values = [expression(builder, child) for child in parts(node)]
    scope.decisions = before + 1
    line, end_line = node.start_point[0] + 1, node.end_point[0] + 1
    test: Expr = values[0] if values else Other(kind="missing", line=line)
    builder.asserts.append(Assertion(test=test, line=line, end_line=end_line, function=scope.function))


def _old_call(builder: Builder, node: Node) -> None:
    """``print value`` and ``exec code`` of Python 2 as the calls that they are."""
    line, scope = node.start_point[0] + 1, builder.scope
    builder.calls.append(
        Call(
            callee=Name(dotted=node.type.removesuffix("_statement"), line=line),
            args=tuple(expression(builder, child) for child in parts(node)),
            keywords={},
            line=line,
            end_line=node.end_point[0] + 1,
            function=scope.function,
            owner=scope.owner,
            loops=scope.loops,
        )
    )


def _decorated(builder: Builder, node: Node) -> None:
    before = builder.scope.decisions
    decorators: list[Expr] = []
    for child in parts(node):
        if child.type == "decorator":
            decorators += [expression(builder, inner) for inner in parts(child)]
            builder.scope.decisions = before
        elif child.type == "function_definition":
            builder.scope.statements += 1
            function(builder, child, tuple(decorators))
        elif child.type == "class_definition":
            builder.scope.statements += 1
            class_(builder, child, tuple(decorators))
        else:
            statement(builder, child)


STATEMENTS: dict[str, Callable[[Builder, Node], None]] = {
    "block": _body,
    "ERROR": _body,
    "expression_statement": _expression_statement,
    "decorated_definition": _decorated,
    "function_definition": function,
    "class_definition": class_,
    "if_statement": _if,
    "elif_clause": _if,
    "else_clause": _else,
    "for_statement": _for,
    "while_statement": _while,
    "with_statement": _with,
    "try_statement": try_,
    "match_statement": _match,
    "return_statement": _return,
    "raise_statement": raise_,
    "assert_statement": _assert,
    "import_statement": import_,
    "import_from_statement": import_from,
    "future_import_statement": import_from,
    "print_statement": _old_call,
    "exec_statement": _old_call,
    "delete_statement": _expressions,
    "pass_statement": _nothing,
    "break_statement": _nothing,
    "continue_statement": _nothing,
    "global_statement": _nothing,
    "nonlocal_statement": _nothing,
    "type_alias_statement": _nothing,
}
