"""Statements: branches, loops, switches, assignments, returns."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reviewer.gather.languages._walk import (
    NOTHING,
)
from reviewer.gather.languages.go._errors import error_in, is_error, keep_branch, keep_ignored, passes_on
from reviewer.gather.languages.go._types import specification
from reviewer.gather.languages.go._walker import (
    Handler,
    Walker,
    parts,
    skip,
    text,
    type_text,
)
from reviewer.gather.syntax import Call, Compare, Expr, Items, Name, Other, Return, dotted

if TYPE_CHECKING:
    from tree_sitter import Node

CASES = frozenset({"expression_case", "type_case", "communication_case"})


def block(walker: Walker, node: Node) -> Expr:
    """Statements one after another."""
    for child in node.named_children:
        if child.type == "statement_list":
            block(walker, child)
        elif child.type != "comment":
            walker.scope.statements += 1
            walker.visit(child)
    return NOTHING


def if_(walker: Walker, node: Node) -> Expr:
    """``if``; an ``else if`` is a decision more and no block deeper. A branch on an error is its handler."""
    scope = walker.scope
    scope.complexity += 1
    walker.visit(node.child_by_field_name("initializer"))
    error = error_in(walker.visit(node.child_by_field_name("condition")))
    branches = [node.child_by_field_name("consequence"), node.child_by_field_name("alternative")]
    for place, branch in enumerate(branches):
        calls, passed_on = len(walker.calls), walker.passed_on
        if branch is None:
            continue
        if branch.type == "if_statement":
            if_(walker, branch)
            continue
        scope.enter()
        walker.visit(branch)
        scope.leave()
        if error is not None and error[0] == (place == 0):
            keep_branch(walker, branch, error[1], calls, passed_on)
    return NOTHING


def for_(walker: Walker, node: Node) -> Expr:
    """``for`` in all its forms: what it repeats is in a loop."""
    scope = walker.scope
    scope.complexity += 1
    body = node.child_by_field_name("body")
    for child in parts(node):
        if child.type == "range_clause":
            _range(walker, child)
        elif child.type == "for_clause":
            walker.visit(child.child_by_field_name("initializer"))
    scope.enter()
    scope.loops += 1
    for child in parts(node):
        if child.type == "for_clause":
            walker.visit(child.child_by_field_name("condition"))
            walker.visit(child.child_by_field_name("update"))
        elif child.type != "range_clause" and child != body:
            walker.visit(child)
    walker.visit(body)
    scope.loops -= 1
    scope.leave()
    return NOTHING


def _range(walker: Walker, node: Node) -> None:
    """``key, value := range xs``."""
    iterated = walker.visit(node.child_by_field_name("right"))
    line = node.start_point[0] + 1
    for place, target in enumerate(parts(node.child_by_field_name("left"))):
        name = dotted(walker.visit(target))
        if name and name != "_":
            walker.assign(name, Other("range", line, (iterated,), "value" if place else "key"), node)


def switch(walker: Walker, node: Node) -> Expr:
    """``switch x {...}``: each case is a decision, and compares."""
    walker.visit(node.child_by_field_name("initializer"))
    subject = node.child_by_field_name("value")
    value = walker.visit(subject) if subject is not None else None
    walker.scope.enter()
    for case in node.named_children:
        if case.type in CASES or case.type == "default_case":
            _case(walker, case, value)
    walker.scope.leave()
    return NOTHING


def _case(walker: Walker, node: Node, value: Expr | None) -> None:
    walker.scope.complexity += node.type in CASES
    listed = node.child_by_field_name("value")
    conditions = [walker.visit(child) for child in parts(listed)]
    error = error_in(conditions[0]) if value is None and conditions else None
    for item in conditions if value is not None else ():
        walker.compares.append(Compare(value or NOTHING, "case", item, node.start_point[0] + 1, walker.scope.index))
    calls, passed_on = len(walker.calls), walker.passed_on
    for child in node.named_children:
        if child.type == "statement_list":
            block(walker, child)
        elif child != listed and child.type not in ("comment", "expression_list"):
            walker.visit(child)
    if error is not None and error[0]:
        keep_branch(walker, node, error[1], calls, passed_on)


def type_switch(walker: Walker, node: Node) -> Expr:
    """``switch v := x.(type) {...}``."""
    walker.visit(node.child_by_field_name("initializer"))
    value = walker.visit(node.child_by_field_name("value"))
    for alias in parts(node.child_by_field_name("alias")):
        walker.assign(text(alias), Other("type_assertion", node.start_point[0] + 1, (value,)), node)
    walker.scope.enter()
    for case in node.named_children:
        if case.type in CASES or case.type == "default_case":
            walker.scope.complexity += case.type in CASES
            for child in case.named_children:
                if child.type == "statement_list":
                    block(walker, child)
    walker.scope.leave()
    return NOTHING


def select(walker: Walker, node: Node) -> Expr:
    """``select {...}``."""
    walker.scope.enter()
    for case in node.named_children:
        if case.type in CASES or case.type == "default_case":
            walker.scope.complexity += case.type in CASES
            walker.visit(case.child_by_field_name("communication"))
            for child in case.named_children:
                if child.type == "statement_list":
                    block(walker, child)
    walker.scope.leave()
    return NOTHING


def assignment(walker: Walker, node: Node) -> Expr:
    """``a, b := f()``, ``a = 1``, ``a += 1``."""
    sign = node.child_by_field_name("operator")
    operator = sign.type if sign is not None else "="
    targets = [walker.visit(child) for child in parts(node.child_by_field_name("left"))]
    values = [walker.visit(child) for child in parts(node.child_by_field_name("right"))]
    names = [dotted(target) for target in targets]
    augmented = operator not in ("=", ":=")
    if augmented:
        walker.halstead.add(operator, (*targets, *values), walker.scope.qualname)
    _bind(walker, names, values, node, augmented=augmented)
    return NOTHING


def _bind(
    walker: Walker, names: list[str], values: list[Expr], node: Node, kind: str = "", augmented: bool = False
) -> None:
    """Gives values to names; of a call with several results the first name gets the call itself."""
    line = node.start_point[0] + 1
    for place, name in enumerate(names):
        if not name:
            continue
        value: Expr | None = None
        if len(values) == len(names):
            value = values[place]
        elif len(values) == 1:
            value = values[0] if place == 0 else Other("result", line, (values[0],), str(place))
        walker.assign(name, value, node, kind, augmented=augmented)
    keep_ignored(walker, names, values, line)


def variable(walker: Walker, node: Node) -> Expr:
    """``var a, b T = x, y`` and ``const a = x``."""
    names = [text(child) for child in node.children_by_field_name("name")]
    values = [walker.visit(child) for child in parts(node.child_by_field_name("value"))]
    _bind(walker, names, values, node, type_text(node.child_by_field_name("type")))
    return NOTHING


def return_(walker: Walker, node: Node) -> Expr:
    """``return a, b``: several values are a list. An error among them is passed on."""
    scope = walker.scope
    values = tuple([walker.visit(child) for listed in parts(node) for child in parts(listed)])
    line = node.start_point[0] + 1
    if values:
        value = values[0] if len(values) == 1 else Items(values, line)
        walker.returns.append(Return(value, line, scope.index))
        walker.passed_on += any(passes_on(item) for item in values)
    elif scope.index != -1:
        named = walker.functions[scope.index].returned
        walker.passed_on += any(is_error(Name(item, line)) for item in named)
    return NOTHING


def send(walker: Walker, node: Node) -> Expr:
    """``errs <- err``."""
    walker.visit(node.child_by_field_name("channel"))
    walker.passed_on += passes_on(walker.visit(node.child_by_field_name("value")))
    return NOTHING


def step(walker: Walker, node: Node) -> Expr:
    """``a++``."""
    value = walker.visit(parts(node)[0]) if parts(node) else NOTHING
    walker.halstead.add("++" if node.type == "inc_statement" else "--", (value,), walker.scope.qualname)
    return NOTHING


def expression(walker: Walker, node: Node) -> Expr:
    """Expressions as statements, ``go f()`` and ``defer f()``."""
    for child in node.named_children:
        walker.visit(child)
    return NOTHING


def inner_type(walker: Walker, node: Node) -> Expr:
    """A type that is declared inside a function."""
    for child in parts(node):
        specification(walker, child)
    return NOTHING


def is_call(expr: Expr) -> bool:
    """Whether an expression is a call."""
    return isinstance(expr, Call)


HANDLERS: dict[str, Handler] = {
    **dict.fromkeys(("block", "statement_list"), block),
    **dict.fromkeys(("assignment_statement", "short_var_declaration"), assignment),
    **dict.fromkeys(("var_spec", "const_spec"), variable),
    **dict.fromkeys(("expression_statement", "go_statement", "defer_statement", "labeled_statement"), expression),
    **dict.fromkeys(("var_declaration", "const_declaration", "var_spec_list", "const_spec_list"), expression),
    **dict.fromkeys(("inc_statement", "dec_statement"), step),
    **dict.fromkeys(("break_statement", "continue_statement", "goto_statement", "fallthrough_statement"), skip),
    "if_statement": if_,
    "for_statement": for_,
    "expression_switch_statement": switch,
    "type_switch_statement": type_switch,
    "select_statement": select,
    "return_statement": return_,
    "send_statement": send,
    "type_declaration": inner_type,
}
