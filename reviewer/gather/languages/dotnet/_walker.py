"""The state of one walk over a C# tree, and its dispatch by node type."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from msgspec.structs import replace

from reviewer.gather.languages._told import NOWHERE, belongs, told_row
from reviewer.gather.languages._treesitter import line_of, text_of
from reviewer.gather.languages._walk import NOTHING, Walk
from reviewer.gather.syntax import (
    Assignment,
    Attribute,
    Call,
    Expr,
    Name,
    Text,
)

if TYPE_CHECKING:
    from tree_sitter import Node

Handler = Callable[["Walker", "Node"], Expr]

TYPE_ARGUMENTS = "<>"
"""The keyword under which a generic call or base carries its type arguments."""
TEXT_TYPES = frozenset({"string", "String", "System.String"})


class Walker(Walk):
    """Collects everything of a `Module` while the handlers walk the tree, each node once."""

    def __init__(self, handlers: Mapping[str, Handler]) -> None:
        super().__init__(handlers)
        self.doc = ""
        """The documentation comment right before the member or statement being visited."""
        self.expected = ""
        """The declared type of what is being given a value, for ``new()``."""
        self.bound: list[Expr] = []
        """What ``?.`` hangs on, innermost last."""

    def record(self, item: Assignment) -> None:
        """Records an assignment here."""
        self.assignments.append(replace(item, function=self.scope.index, owner=self.scope.owner))

    def add_call(self, slot: int, call: Call) -> Call:
        """Puts a finished call in the place that was kept for it."""
        self.calls[slot] = call
        return call

    def take_doc(self) -> str:
        """The comment of the definition being entered; what lies inside it is not documented by the same one."""
        doc, self.doc = self.doc, ""
        return doc


TOLD = " "
"""The doc of what only a comment in plain words stands before."""


def visit_block(walker: Walker, node: Node) -> Expr:
    """Statements or members one after another, each with the comment before it."""
    lines: list[str] = []
    told = NOWHERE
    last: Node | None = None
    for child in node.named_children:
        if child.type == "comment":
            lines, told = _doc_lines(lines, text_of(child)), told_row(child, last, told)
            continue
        walker.doc = "\n".join(lines) or (TOLD if belongs(told, child) else "")
        walker.scope.statements += 1
        walker.visit(child)
        lines, told, last = [], NOWHERE, child
    walker.doc = ""
    return NOTHING


def _doc_lines(lines: list[str], comment: str) -> list[str]:
    if comment.startswith("///"):
        return [*lines, comment[3:].strip()]
    return [comment[3:].removesuffix("*/").strip()] if comment.startswith("/**") else lines


def skip(_walker: Walker, _node: Node) -> Expr:
    """Comments, types and what holds no code."""
    return NOTHING


def inner(node: Node) -> Node | None:
    """The first child that is no comment."""
    return next((child for child in node.named_children if child.type != "comment"), None)


def member_of(value: Expr, name: str, line: int) -> Expr:
    """``value.name``; ``string.Empty`` is the empty text."""
    if not isinstance(value, Name):
        return Attribute(value, name, line)
    if name == "Empty" and value.dotted in TEXT_TYPES:
        return Text(("",), line, line)
    return Name(f"{value.dotted}.{name}", value.line)


def operator_of(node: Node) -> str:
    """The operator of an expression, as written."""
    sign = node.child_by_field_name("operator")
    if sign is not None:
        return sign.type
    return next((child.type for child in node.children if not child.is_named), "")


def type_name(node: Node | None) -> str:
    """The name of a type without its generics, array marks and ``?``: ``List`` of ``List<User>?``."""
    for _ in range(8):
        if node is None:
            return ""
        if node.type in ("nullable_type", "array_type", "ref_type", "scoped_type", "pointer_type"):
            node = node.child_by_field_name("type") or inner(node)
        elif node.type == "generic_name":
            node = inner(node)
        else:
            break
    text = _without_generics(text_of(node)) if node is not None and node.type != "tuple_type" else ""
    return text.removeprefix("global::").replace("::", ".")


def _without_generics(text: str) -> str:
    if "<" not in text:
        return "".join(text.split())
    found, depth = [], 0
    for char in text:
        depth += (char == "<") - (char == ">")
        if depth == 0 and char != ">" and not char.isspace():
            found.append(char)
    return "".join(found)


def type_text(node: Node | None) -> str:
    """A type as written, on one line; ``""`` for ``var``."""
    if node is None or node.type == "implicit_type":
        return ""
    return " ".join(text_of(node).split())


def type_arguments(node: Node | None) -> tuple[Expr, ...]:
    """The type arguments of a name as names: ``Get<User>`` and ``a.b.Get<User>``."""
    if node is None:
        return ()
    if node.type in ("member_access_expression", "member_binding_expression", "qualified_name"):
        node = node.child_by_field_name("name")
    elif node.type == "conditional_access_expression":
        return type_arguments(node.named_children[-1] if node.named_children else None)
    if node is None or node.type != "generic_name":
        return ()
    listed = next((child for child in node.named_children if child.type == "type_argument_list"), None)
    if listed is None:
        return ()
    return tuple(Name(type_name(child), line_of(child)) for child in listed.named_children if child.type != "comment")
