"""Calls, objects that are made, attributes, and query expressions as the calls that they stand for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reviewer.gather.languages._treesitter import line_of, text_of
from reviewer.gather.languages._walk import (
    NOTHING,
    UNFILLED_CALL,
)
from reviewer.gather.languages.dotnet import _functions as functions
from reviewer.gather.languages.dotnet._strings import formatted
from reviewer.gather.languages.dotnet._walker import (
    TYPE_ARGUMENTS,
    Handler,
    Walker,
    inner,
    member_of,
    type_arguments,
    type_name,
)
from reviewer.gather.syntax import Assignment, Call, Expr, Items, Mapping, Name, Other, Text, dotted

if TYPE_CHECKING:
    from tree_sitter import Node

LOOPING = frozenset({"ForEach", "ForEachAsync", "ForAsync"})
"""Methods that call their argument for each element: calls in it are made in a loop."""
PROJECTING = frozenset({"Select", "SelectMany", "SelectAwait"})
"""Loops where the function given is asynchronous; else a provider may turn the whole into one query."""
FORMAT = frozenset({"string.Format", "String.Format", "System.String.Format"})
CONCAT = frozenset({"string.Concat", "String.Concat", "System.String.Concat"})
CLAUSES = {
    "where_clause": "Where",
    "order_by_clause": "OrderBy",
    "select_clause": "Select",
    "group_clause": "GroupBy",
    "join_clause": "Join",
    "from_clause": "SelectMany",
}
ATTRIBUTE = "Attribute"


def call(walker: Walker, node: Node, awaited: bool = False) -> Expr:
    """A call; ``nameof(x)`` is the text ``x``, ``string.Format`` the text that it makes."""
    function = node.child_by_field_name("function")
    callee = walker.visit(function)
    slot = len(walker.calls)
    walker.calls.append(UNFILLED_CALL)
    mark = len(walker.texts)
    args, keywords = _arguments(walker, node.child_by_field_name("arguments"), dotted(callee).rpartition(".")[2])
    if generics := type_arguments(function):
        keywords[TYPE_ARGUMENTS] = Items(generics, line_of(node))
    found = walker.add_call(slot, _made(walker, node, callee, args, keywords, awaited=awaited))
    if found.name == "nameof" and args:
        del walker.calls[slot]
        return Text((dotted(args[0]).rpartition(".")[2],), found.line, found.line)
    if args and isinstance(args[0], Text) and found.name in FORMAT:
        return _replaced(walker, formatted(args[0], args[1:]), args[0], mark)
    if found.name in CONCAT and any(isinstance(arg, Text) for arg in args):
        return _concatenated(walker, found)
    return found


def _made(
    walker: Walker,
    node: Node,
    callee: Expr,
    args: tuple[Expr, ...],
    keywords: dict[str, Expr],
    new: bool = False,
    awaited: bool = False,
) -> Call:
    return Call(
        callee=callee,
        args=args,
        keywords=keywords,
        line=node.start_point[0] + 1,
        end_line=node.end_point[0] + 1,
        function=walker.scope.index,
        owner=walker.scope.owner,
        loops=walker.scope.loops,
        new=new,
        awaited=awaited,
    )


def _replaced(walker: Walker, text: Text, old: Text, mark: int) -> Text:
    if text is not old:
        walker.texts[mark:] = [item for item in walker.texts[mark:] if item[0] is not old]
        walker.add_text(text)
    return text


def _concatenated(walker: Walker, found: Call) -> Text:
    parts = tuple(part for arg in found.args for part in (arg.parts if isinstance(arg, Text) else (arg,)))
    known = all(isinstance(part, str) for part in parts)
    return walker.add_text(Text(parts, found.line, found.end_line, "plain" if known else "concatenated"))


def _arguments(walker: Walker, node: Node | None, callee: str) -> tuple[tuple[Expr, ...], dict[str, Expr]]:
    args: list[Expr] = []
    keywords: dict[str, Expr] = {}
    for child in node.named_children if node is not None else ():
        if child.type != "argument":
            continue
        name = child.child_by_field_name("name")
        values = [item for item in child.named_children if item.type not in ("comment", "modifier")]
        if not values:
            continue
        value = _argument(walker, values[-1], callee)
        if name is not None:
            keywords[text_of(name)] = value
        else:
            args.append(value)
    return tuple(args), keywords


def _argument(walker: Walker, node: Node, callee: str) -> Expr:
    if node.type not in functions.LAMBDAS:
        return walker.visit(node)
    repeated = callee in LOOPING or (callee in PROJECTING and functions.is_async(node))
    return functions.lambda_(walker, node, walker.scope.loops + 1 if repeated else 0)


def made_here(walker: Walker, node: Node, callee: Expr) -> Expr:
    """A call whose arguments are a child of its node."""
    slot = len(walker.calls)
    walker.calls.append(UNFILLED_CALL)
    listed = next((child for child in node.named_children if child.type == "argument_list"), None)
    args, keywords = _arguments(walker, listed, "")
    return walker.add_call(slot, _made(walker, node, callee, args, keywords))


def new(walker: Walker, node: Node) -> Expr:
    """``new T(...) { A = 1 }``: what is set in braces follows the named arguments; elements are the last argument."""
    kind = node.child_by_field_name("type")
    expected, walker.expected = walker.expected, ""
    callee = Name(type_name(kind) if kind is not None else expected, line_of(node))
    slot = len(walker.calls)
    walker.calls.append(UNFILLED_CALL)
    listed = next((child for child in node.named_children if child.type == "argument_list"), None)
    args, keywords = _arguments(walker, listed, "")
    initializer = next((child for child in node.named_children if child.type == "initializer_expression"), None)
    if initializer is not None:
        args = (*args, *_initial(walker, initializer, keywords))
    if generics := type_arguments(kind):
        keywords[TYPE_ARGUMENTS] = Items(generics, line_of(node))
    walker.expected = expected
    return walker.add_call(slot, _made(walker, node, callee, args, keywords, new=True))


def _initial(walker: Walker, node: Node, keywords: dict[str, Expr]) -> tuple[Expr, ...]:
    elements: list[Expr] = []
    pairs: list[tuple[Expr | None, Expr]] = []
    for child in node.named_children:
        left = child.child_by_field_name("left") if child.type == "assignment_expression" else None
        right = child.child_by_field_name("right")
        if left is not None and left.type == "identifier":
            keywords[text_of(left)] = walker.visit(right)
        elif left is not None:
            key = inner(left)
            pairs.append((walker.visit(inner(key) if key is not None else None), walker.visit(right)))
        elif child.type == "initializer_expression" and child.named_child_count == 2:
            key, value = child.named_children
            pairs.append((walker.visit(key), walker.visit(value)))
        elif child.type != "comment":
            elements.append(walker.visit(child))
    found: list[Expr] = [Mapping(tuple(pairs), line_of(node))] if pairs else []
    return (*found, Items(tuple(elements), line_of(node))) if elements else tuple(found)


def awaited(walker: Walker, node: Node) -> Expr:
    """``await x``: the call, marked; anything else as it is."""
    value = inner(node)
    if value is not None and value.type == "invocation_expression":
        return call(walker, value, awaited=True)
    return walker.visit(value)


def with_(walker: Walker, node: Node) -> Expr:
    """``x with { A = 1 }``: the value and what is changed of it."""
    children = node.named_children
    value = walker.visit(children[0]) if children else NOTHING
    pairs: list[tuple[Expr | None, Expr]] = []
    for child in children[1:]:
        parts = child.named_children
        if child.type == "with_initializer" and len(parts) == 2:
            pairs.append((Text((text_of(parts[0]),), line_of(child), line_of(child)), walker.visit(parts[1])))
    return Other(node.type, line_of(node), (value, Mapping(tuple(pairs), line_of(node))))


def query(walker: Walker, node: Node) -> Expr:
    """``from u in users where ... select ...`` as ``users.Where(...).Select(...)``."""
    value: Expr = NOTHING
    for child in node.named_children:
        if child.type == "from_clause" and value is NOTHING:
            value = _source(walker, child)
        elif child.type in CLAUSES:
            value = _clause(walker, child, value)
        elif child.type != "comment":
            walker.visit(child)
    return value


def _source(walker: Walker, node: Node) -> Expr:
    parts = [child for child in node.named_children if child.type != "comment"]
    value = walker.visit(parts[-1]) if parts else NOTHING
    name = node.child_by_field_name("name")
    if name is not None:
        element = Other(node.type, line_of(node), (value,))
        walker.record(Assignment(text_of(name), element, line_of(node), line_of(node)))
    return value


def _clause(walker: Walker, node: Node, value: Expr) -> Expr:
    method = CLAUSES[node.type]
    if node.type == "order_by_clause" and any(child.type == "descending" for child in node.children):
        method = "OrderByDescending"
    slot = len(walker.calls)
    walker.calls.append(UNFILLED_CALL)
    name = node.child_by_field_name("name")
    args = [walker.visit(child) for child in node.named_children if child.type != "comment" and child != name]
    callee = member_of(value, method, line_of(node))
    return walker.add_call(slot, _made(walker, node, callee, tuple(args), {}))


def attributes(walker: Walker, node: Node) -> tuple[Expr, ...]:
    """The attributes of a member, type or parameter: a name without arguments, else a call."""
    found: list[Expr] = []
    for listed in node.named_children:
        if listed.type in ("attribute_list", "global_attribute"):
            for child in listed.named_children:
                if child.type == "attribute":
                    found.append(_attribute(walker, child))
    return tuple(found)


def _attribute(walker: Walker, node: Node) -> Expr:
    kind = node.child_by_field_name("name")
    name = type_name(kind)
    if name.endswith(ATTRIBUTE) and name != ATTRIBUTE:
        name = name.removesuffix(ATTRIBUTE)
    args: list[Expr] = []
    keywords: dict[str, Expr] = {}
    listed = next((child for child in node.named_children if child.type == "attribute_argument_list"), None)
    for child in listed.named_children if listed is not None else ():
        parts = [part for part in child.named_children if part.type != "comment"]
        key = child.child_by_field_name("name")
        if not parts:
            continue
        value = walker.visit(parts[-1])
        if key is not None and len(parts) > 1:
            keywords[text_of(key)] = value
        else:
            args.append(value)
    if generics := type_arguments(kind):
        keywords[TYPE_ARGUMENTS] = Items(generics, line_of(node))
    if not args and not keywords:
        return Name(name, line_of(node))
    made = Name(name, line_of(node))
    return Call(made, tuple(args), keywords, line_of(node), node.end_point[0] + 1, owner=walker.scope.owner)


HANDLERS: dict[str, Handler] = {
    "invocation_expression": call,
    "object_creation_expression": new,
    "implicit_object_creation_expression": new,
    "await_expression": awaited,
    "with_expression": with_,
    "query_expression": query,
}
