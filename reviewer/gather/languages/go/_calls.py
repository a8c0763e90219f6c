"""Calls, conversions, and composite literals, which are calls of their type or lists and maps."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from reviewer.gather.languages._walk import (
    NO_KEYWORDS,
    NOTHING,
    UNFILLED_CALL,
)
from reviewer.gather.languages.go._expressions import BYTES
from reviewer.gather.languages.go._functions import literal as function_literal
from reviewer.gather.languages.go._walker import (
    Handler,
    Walker,
    inner,
    parts,
    text,
    type_text,
)
from reviewer.gather.syntax import Call, Expr, Items, Mapping, Name, Number, Other, Text, dotted, plain

if TYPE_CHECKING:
    from tree_sitter import Node

FORMATTING = "fmt.Sprintf"
VERB = re.compile(r"%[-+# 0]{0,5}(?:\*|\d{1,4})?(?:\.(?:\*|\d{1,4})?)?(?:\[(\d{1,2})\])?([a-zA-Z%])")
NUMERIC_VERBS = frozenset("dbcoOxXUeEfFgGt")
"""Verbs of ``Sprintf`` that put in a number or a truth, never free text; ``%x`` writes hexadecimal digits."""
MAP_NAMES = frozenset(
    {"H", "M", "Map", "Fields", "Headers", "Labels", "Values", "Header", "Bind", "Params", "Eq", "Record"}
)
"""What named map types are usually called: ``gin.H``, ``bson.M``, ``fiber.Map``, ``logrus.Fields``, ``squirrel.Eq``."""
TYPE_NAMES = frozenset({"type_identifier", "qualified_type"})
STRUCT = "struct"
"""The callee of a literal whose type is not named: it stands where its elements are listed."""
EXIT_CALLS = frozenset({"panic", "log.Fatal", "log.Fatalf", "log.Fatalln", "log.Panic", "log.Panicf", "os.Exit"})
HANDING_ON = frozenset({"c.Error", "ctx.Error", "c.AbortWithError", "ctx.AbortWithError"})
"""Calls by which a handler leaves an error to the middleware around it."""
EXIT_NAMES = frozenset({"Fatal", "Fatalf", "Fatalln", "Panic", "Panicf", "Goexit"})


def call(walker: Walker, node: Node) -> Expr:
    """A call; ``fmt.Sprintf`` of a known text gives that text with what is put in."""
    function = node.child_by_field_name("function")
    arguments = node.child_by_field_name("arguments")
    slot, mark = len(walker.calls), len(walker.texts)
    walker.calls.append(UNFILLED_CALL)
    callee, kinds = _callee(walker, function)
    args = tuple([walker.visit(child) for child in parts(arguments)])
    if isinstance(callee, Name) and callee.dotted == FORMATTING and args and isinstance(args[0], Text):
        del walker.calls[slot]
        return _formatted(walker, args[0], args[1:], node, mark)
    given = node.child_by_field_name("type_arguments")
    kinds = kinds or (_kinds(given) if given is not None else ())
    keywords: dict[str, Expr] = {"<>": Items(kinds, node.start_point[0] + 1)} if kinds else NO_KEYWORDS
    found = walker.calls[slot] = _call(walker, node, callee, args, keywords)
    if found.name in EXIT_CALLS or found.last in EXIT_NAMES or (found.name in HANDING_ON and args):
        walker.passed_on += 1
    return found


def _call(
    walker: Walker, node: Node, callee: Expr, args: tuple[Expr, ...], keywords: dict[str, Expr], new: bool = False
) -> Call:
    scope = walker.scope
    return Call(
        callee=callee,
        args=args,
        keywords=keywords,
        line=node.start_point[0] + 1,
        end_line=node.end_point[0] + 1,
        function=scope.index,
        owner=scope.owner,
        loops=scope.loops,
        new=new,
    )


def _callee(walker: Walker, node: Node | None) -> tuple[Expr, tuple[Expr, ...]]:
    """What is called, and the types it is called with (``Map[int](xs)``)."""
    if node is None:
        return NOTHING, ()
    if node.type == "func_literal":
        return function_literal(walker, node, walker.scope.loops), ()
    if node.type == "index_expression":
        index = node.child_by_field_name("index")
        written = text(index)
        if index is not None and index.type in ("identifier", "selector_expression") and _is_type(written):
            return walker.visit(node.child_by_field_name("operand")), (Name(written, index.start_point[0] + 1),)
    return walker.visit(node), ()


def _is_type(written: str) -> bool:
    last = written.rpartition(".")[2]
    return last[:1].isupper() or written in ("string", "int", "int64", "bool", "float64", "byte", "any", "error")


def _kinds(node: Node) -> tuple[Expr, ...]:
    return tuple([Name(type_text(child).lstrip("*"), child.start_point[0] + 1) for child in parts(node)])


def _formatted(walker: Walker, template: Text, args: tuple[Expr, ...], node: Node, mark: int) -> Expr:
    """``fmt.Sprintf`` with its verbs filled; numbers put in are marked, so that they pass for no text."""
    known = plain(template)
    pieces: list[str | Expr] = list(template.parts) if known is None else []
    if known is None:
        pieces.extend(args)
    else:
        _fill(known, args, pieces, node.start_point[0] + 1)
    gone = {id(template), *(id(arg) for arg in args)}
    walker.texts[mark:] = [item for item in walker.texts[mark:] if id(item[0]) not in gone]
    found: list[str | Expr] = []
    for piece in pieces:
        if isinstance(piece, str) and found and isinstance(found[-1], str):
            found[-1] += piece
        elif piece != "":
            found.append(piece)
    plain_text = all(isinstance(piece, str) for piece in found)
    made = Text(tuple(found), template.line, node.end_point[0] + 1, "plain" if plain_text else "formatted")
    walker.texts.append((made, walker.scope.index))
    return made


def _fill(template: str, args: tuple[Expr, ...], pieces: list[str | Expr], line: int) -> None:
    position, end = 0, 0
    for match in VERB.finditer(template):
        pieces.append(template[end : match.start()])
        end = match.end()
        if match[2] == "%":
            pieces.append("%")
            continue
        if match[1]:
            position = int(match[1]) - 1
        value: Expr = args[position] if 0 <= position < len(args) else Other("placeholder", line)
        position += 1
        if isinstance(value, Text):
            pieces.extend(value.parts)
        elif isinstance(value, Number):
            pieces.append(value.text)
        elif match[2] in NUMERIC_VERBS:
            pieces.append(Call(Name("int", line), (value,), NO_KEYWORDS, line, line))
        else:
            pieces.append(value)
    pieces.append(template[end:])


def converted(walker: Walker, node: Node) -> Expr:
    """``T(x)``: bytes of a text are that text, any other conversion is a call of the type."""
    kind = node.child_by_field_name("type")
    value = walker.visit(node.child_by_field_name("operand"))
    written = type_text(kind)
    if written in BYTES or kind is None:
        return value
    kinds: tuple[Expr, ...] = ()
    if kind.type == "generic_type":
        given = kind.child_by_field_name("type_arguments")
        kinds = _kinds(given) if given is not None else ()
        written = text(kind.child_by_field_name("type"))
    keywords: dict[str, Expr] = {"<>": Items(kinds, node.start_point[0] + 1)} if kinds else NO_KEYWORDS
    found = _call(walker, node, Name(written, node.start_point[0] + 1), (value,), keywords)
    walker.calls.append(found)
    return found


def composite(walker: Walker, node: Node) -> Expr:
    """``T{...}``."""
    body = node.child_by_field_name("body")
    return _literal(walker, node, node.child_by_field_name("type"), body)


def _literal(walker: Walker, node: Node, kind: Node | None, body: Node | None) -> Expr:
    """A literal of a type; ``kind`` is None where the type stands with the elements around it."""
    while kind is not None and kind.type == "pointer_type":
        kind = inner(kind)
    if kind is not None and kind.type in ("slice_type", "array_type", "implicit_length_array_type"):
        element = kind.child_by_field_name("element")
        return Items(tuple([_value(walker, child, element) for child in parts(body)]), node.start_point[0] + 1)
    if kind is not None and kind.type == "map_type":
        return _mapping(walker, node, body, kind.child_by_field_name("value"))
    if kind is not None and kind.type == "struct_type":
        return _struct(walker, node, Name(STRUCT, node.start_point[0] + 1), body, _fields(kind))
    written = text(kind.child_by_field_name("type") if kind is not None and kind.type == "generic_type" else kind)
    if _is_map(walker, written, body):
        return _mapping(walker, node, body, None)
    return _struct(walker, node, Name(written or STRUCT, node.start_point[0] + 1), body, [])


def _is_map(walker: Walker, written: str, body: Node | None) -> bool:
    """Whether a literal of a named type is a map: by the type, or by keys that are no field names."""
    if written in walker.maps or written.rpartition(".")[2] in MAP_NAMES:
        return True
    first = next(iter(parts(body)), None)
    key = first.child_by_field_name("key") if first is not None and first.type == "keyed_element" else None
    named = inner(key) if key is not None and key.type == "literal_element" else key
    return named is not None and named.type not in ("identifier", "field_identifier", "int_literal")


def _mapping(walker: Walker, node: Node, body: Node | None, value: Node | None) -> Expr:
    pairs: list[tuple[Expr | None, Expr]] = []
    for child in parts(body):
        if child.type == "keyed_element":
            pairs.append((walker.visit(child.child_by_field_name("key")), _value(walker, child, value)))
    return Mapping(tuple(pairs), node.start_point[0] + 1)


def _struct(walker: Walker, node: Node, callee: Name, body: Node | None, fields: list[str]) -> Expr:
    """A struct as a call of its type, with the fields that are named as keywords."""
    slot = len(walker.calls)
    walker.calls.append(UNFILLED_CALL)
    args: list[Expr] = []
    keywords: dict[str, Expr] = {}
    for place, child in enumerate(parts(body)):
        value = _value(walker, child, None)
        if child.type == "keyed_element":
            keywords[text(child.child_by_field_name("key"))] = value
        elif place < len(fields):
            keywords[fields[place]] = value
        else:
            args.append(value)
    found = walker.calls[slot] = _call(walker, node, callee, tuple(args), keywords, new=True)
    return found


def _value(walker: Walker, child: Node, kind: Node | None) -> Expr:
    """An element of a literal; where its own type is left out it has that of the elements."""
    node: Node | None = child.child_by_field_name("value") if child.type == "keyed_element" else child
    if node is not None and node.type == "literal_element":
        node = inner(node)
    if node is not None and node.type == "literal_value":
        return _literal(walker, node, kind, node)
    return walker.visit(node)


def _fields(kind: Node) -> list[str]:
    """The names of the fields of a struct type, in order."""
    listed = inner(kind)
    return [text(field) for child in parts(listed) for field in child.children_by_field_name("name")]


def is_call_of(expr: Expr, name: str) -> bool:
    """Whether an expression is a call of a name."""
    return isinstance(expr, Call) and dotted(expr.callee) == name


HANDLERS: dict[str, Handler] = {
    "call_expression": call,
    "type_conversion_expression": converted,
    "composite_literal": composite,
    "func_literal": function_literal,
}
