"""Python expressions in the common syntax. Each reader of a node also records the calls, texts and the like in it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from reviewer.gather.languages.python._builder import Builder, bind, parts
from reviewer.gather.languages.python._functions import lambda_
from reviewer.gather.languages.python._texts import binary, concatenated, formatted, string
from reviewer.gather.syntax import (
    Attribute,
    Call,
    Compare,
    Expr,
    Items,
    Mapping,
    Name,
    Number,
    Other,
    Text,
    dotted,
)

if TYPE_CHECKING:
    from tree_sitter import Node

LOGGING_METHODS = frozenset({"debug", "info", "warning", "warn", "error", "exception", "critical", "fatal", "log"})
LOGGING_CALLS = frozenset({"print_exc", "print_exception", "capture_exception", "format_exc", "report_exc_info"})
LOGGERS = ("logger", "_log")
GET_LOGGER = frozenset({"getLogger", "get_logger"})
CONSTANTS = ("None.", "True.", "False.")


def expression(builder: Builder, node: Node | None) -> Expr:
    """The expression of a node; what the grammar has no form for here becomes `Other` with what is in it."""
    if node is None:
        return Other(kind="missing", line=0)
    return EXPRESSIONS.get(node.type, _other)(builder, node)


def _line(node: Node) -> int:
    return node.start_point[0] + 1


def _each(builder: Builder, nodes: list[Node]) -> tuple[Expr, ...]:
    """A plain loop: a comprehension would take one more frame on every level of nesting."""
    found: list[Expr] = []
    for node in nodes:
        found.append(expression(builder, node))
    return tuple(found)


def _other(builder: Builder, node: Node) -> Expr:
    return Other(kind=node.type, line=_line(node), operands=_each(builder, parts(node)))


def _error(builder: Builder, node: Node) -> Expr:
    for child in parts(node):
        builder.statement(builder, child)
    return Other(kind="ERROR", line=_line(node))


def _identifier(builder: Builder, node: Node) -> Expr:
    return Name(dotted=builder.text(node), line=_line(node))


def _number(builder: Builder, node: Node) -> Expr:
    return Number(text=builder.text(node), line=_line(node))


def _inside(builder: Builder, node: Node) -> Expr:
    inner = parts(node)
    return expression(builder, inner[0]) if len(inner) == 1 else _other(builder, node)


def _items(builder: Builder, node: Node) -> Expr:
    return Items(values=_each(builder, parts(node)), line=_line(node))


def _attribute(builder: Builder, node: Node) -> Expr:
    written = builder.text(node)
    if written.replace(".", "").isidentifier() and not written.startswith(CONSTANTS):
        return Name(dotted=written, line=_line(node))
    names: list[str] = []
    inner = node
    while inner.type == "attribute" and inner.named_child_count:
        children = inner.named_children
        names.append(builder.text(children[-1]))
        inner = children[0]
    names.reverse()
    value = expression(builder, inner)
    if (starred := _starred(value)) is not None:
        return Other(kind="list_splat", line=value.line, operands=(_named_of(starred, names, _line(node)),))
    return _named_of(value, names, _line(node))


def _starred(value: Expr) -> Expr | None:
    """What stands behind the star that the grammar binds too tightly: ``*a.b`` is read as ``(*a).b``."""
    if isinstance(value, Other) and value.kind == "list_splat" and value.operands:
        return value.operands[0]
    return None


def _named_of(value: Expr, names: list[str], line: int) -> Expr:
    if isinstance(value, Name):
        return Name(dotted=".".join([value.dotted, *names]), line=value.line)
    for name in names:
        value = Attribute(value=value, name=name, line=line)
    return value


def _call(builder: Builder, node: Node, awaited: bool = False) -> Expr:
    callee = expression(builder, node.child_by_field_name("function"))
    starred = _starred(callee)
    callee = callee if starred is None else starred
    template = callee.value if isinstance(callee, Attribute) and callee.name == "format" else None
    if isinstance(template, Text) and builder.texts[-1][0] is template:
        builder.texts.pop()
    args, keywords = _arguments(builder, node.child_by_field_name("arguments"))
    if isinstance(template, Text):
        return formatted(builder, template, args, keywords)
    scope = builder.scope
    call = Call(
        callee=callee,
        args=args,
        keywords=keywords,
        line=_line(node),
        end_line=node.end_point[0] + 1,
        function=scope.function,
        owner=scope.owner,
        loops=scope.loops,
        awaited=awaited,
    )
    builder.calls.append(call)
    if _logs(callee):
        scope.logged += 1
    return call if starred is None else Other(kind="list_splat", line=call.line, operands=(call,))


def _arguments(builder: Builder, node: Node | None) -> tuple[tuple[Expr, ...], dict[str, Expr]]:
    if node is None:
        return (), {}
    if node.type != "argument_list":
        return (expression(builder, node),), {}
    args: list[Expr] = []
    keywords: dict[str, Expr] = {}
    for child in parts(node):
        if child.type == "keyword_argument":
            name = child.child_by_field_name("name")
            keywords[builder.text(name) if name else ""] = expression(builder, child.child_by_field_name("value"))
        else:
            args.append(expression(builder, child))
    return tuple(args), keywords


def _logs(callee: Expr) -> bool:
    """Whether a call writes to a log: ``logger.error``, ``self.log.info``, ``logging.getLogger(name).warning``."""
    head, _, last = dotted(callee).rpartition(".")
    if last in LOGGING_CALLS:
        return True
    if last not in LOGGING_METHODS:
        return False
    if isinstance(callee, Attribute):
        return isinstance(callee.value, Call) and callee.value.last in GET_LOGGER
    tail = head.rpartition(".")[2].lower()
    return tail in ("log", "logging") or tail.endswith(LOGGERS)


def _await(builder: Builder, node: Node) -> Expr:
    inner = parts(node)
    if len(inner) == 1 and inner[0].type == "call":
        return _call(builder, inner[0], awaited=True)
    return _other(builder, node)


def _comprehension(builder: Builder, node: Node) -> Expr:
    scope = builder.scope
    body, *clauses = parts(node)
    operands: list[Expr] = []
    entered = 0
    for clause in clauses:
        scope.decisions += 1
        if clause.type == "for_in_clause":
            operands.append(iterated(builder, clause, clause))
            entered += 1
            scope.loops += 1
        else:
            operands.append(
                expression(builder, parts(clause)[0]) if clause.named_child_count else _other(builder, clause)
            )
    result = expression(builder, body)
    scope.loops -= entered
    return Other(kind=node.type, line=_line(node), operands=(result, *operands))


def iterated(builder: Builder, node: Node, whole: Node) -> Expr:
    """The right side of a ``for``; its targets are bound to ``Other("iterated")`` of it."""
    value = expression(builder, node.child_by_field_name("right"))
    target = node.child_by_field_name("left")
    if target is not None:
        bind(builder, target, Other(kind="iterated", line=value.line, operands=(value,)), whole)
    return value


def _conditional(builder: Builder, node: Node) -> Expr:
    builder.scope.decisions += 1
    return _other(builder, node)


def _boolean(builder: Builder, node: Node) -> Expr:
    builder.scope.decisions += 1
    return _operation(builder, node)


def _operation(builder: Builder, node: Node) -> Expr:
    operator = node.child_by_field_name("operator")
    written = operator.type if operator else "not"
    operands = _each(builder, parts(node))
    builder.halstead.add(written, operands, builder.scope.name)
    return Other(kind=node.type, line=_line(node), operands=operands, operator=written)


def _comparison(builder: Builder, node: Node) -> Expr:
    operands = _each(builder, parts(node))
    operators = [child.type for child in node.children_by_field_name("operators")]
    line, function = _line(node), builder.scope.function
    for left, operator, right in zip(operands, operators, operands[1:], strict=False):
        builder.compares.append(Compare(left=left, operator=operator, right=right, line=line, function=function))
        builder.halstead.add(operator, (left, right), builder.scope.name)
    return Other(kind=node.type, line=line, operands=operands, operator=" ".join(operators))


def _dictionary(builder: Builder, node: Node) -> Expr:
    pairs: list[tuple[Expr | None, Expr]] = []
    for child in parts(node):
        if child.type == "pair":
            key = expression(builder, child.child_by_field_name("key"))
            pairs.append((key, expression(builder, child.child_by_field_name("value"))))
        else:
            pairs.append((None, expression(builder, parts(child)[0] if child.named_child_count else None)))
    return Mapping(pairs=tuple(pairs), line=_line(node))


def _named(builder: Builder, node: Node) -> Expr:
    value = expression(builder, node.child_by_field_name("value"))
    target = node.child_by_field_name("name")
    if target is not None:
        bind(builder, target, value, node)
    return value


EXPRESSIONS: dict[str, Callable[[Builder, Node], Expr]] = {
    "identifier": _identifier,
    "dotted_name": _identifier,
    "attribute": _attribute,
    "call": _call,
    "string": string,
    "concatenated_string": concatenated,
    "binary_operator": binary,
    "unary_operator": _operation,
    "not_operator": _operation,
    "boolean_operator": _boolean,
    "comparison_operator": _comparison,
    "conditional_expression": _conditional,
    "named_expression": _named,
    "parenthesized_expression": _inside,
    "lambda": lambda_,
    "await": _await,
    "list": _items,
    "tuple": _items,
    "set": _items,
    "expression_list": _items,
    "pattern_list": _items,
    "dictionary": _dictionary,
    "list_comprehension": _comprehension,
    "set_comprehension": _comprehension,
    "dictionary_comprehension": _comprehension,
    "generator_expression": _comprehension,
    "integer": _number,
    "float": _number,
    "true": _number,
    "false": _number,
    "none": _number,
    "ellipsis": _number,
    "type": _identifier,
    "ERROR": _error,
}
