"""The state of one walk over a C# tree, and its dispatch by node type."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from msgspec.structs import replace

from reviewer.gather.languages._halstead import Halstead
from reviewer.gather.languages._treesitter import line_of, text_of
from reviewer.gather.syntax import (
    Assignment,
    Attribute,
    Call,
    Catch,
    Class,
    Compare,
    Expr,
    Function,
    Import,
    Name,
    Other,
    Return,
    Text,
)

if TYPE_CHECKING:
    from tree_sitter import Node

Handler = Callable[["Walker", "Node"], Expr]

NOTHING = Other("nothing", 0)
"""What statements, types and comments give: no expression."""
UNFILLED_CALL = Call(NOTHING, (), {}, 0, 0)
TYPE_ARGUMENTS = "<>"
"""The keyword under which a generic call or base carries its type arguments."""
TEXT_TYPES = frozenset({"string", "String", "System.String"})


class Scope:
    """A function while it is walked, or a class body (whose ``index`` is -1), or the file."""

    __slots__ = ("complexity", "depth", "index", "loops", "nesting", "owner", "qualname", "statements")

    def __init__(self, index: int, owner: int, qualname: str = "", loops: int = 0) -> None:
        self.index = index
        self.owner = owner
        self.qualname = qualname
        self.loops = loops
        self.complexity = 1
        self.depth = 0
        self.nesting = 0
        self.statements = 0

    def enter(self) -> None:
        """One block deeper."""
        self.depth += 1
        self.nesting = max(self.nesting, self.depth)

    def leave(self) -> None:
        """Back out of a block."""
        self.depth -= 1


class Walker:
    """Collects everything of a `Module` while the handlers walk the tree, each node once."""

    def __init__(self, handlers: Mapping[str, Handler]) -> None:
        self.handlers = handlers
        self.scope = Scope(-1, -1)
        self.doc = ""
        """The documentation comment right before the member or statement being visited."""
        self.expected = ""
        """The declared type of what is being given a value, for ``new()``."""
        self.bound: list[Expr] = []
        """What ``?.`` hangs on, innermost last."""
        self.namespace = ""
        self.thrown = 0
        self.halstead = Halstead()
        self.decisions = 0
        self.statements = 0
        self.functions: list[Function] = []
        self.classes: list[Class] = []
        self.calls: list[Call] = []
        self.assignments: list[Assignment] = []
        self.imports: list[Import] = []
        self.catches: list[Catch] = []
        self.returns: list[Return] = []
        self.compares: list[Compare] = []
        self.texts: list[tuple[Text, int]] = []

    def visit(self, node: Node | None) -> Expr:
        """The node as an expression; a statement is recorded and gives `NOTHING`."""
        if node is None:
            return NOTHING
        return self.handlers.get(node.type, visit_children)(self, node)

    def assign(self, item: Assignment) -> None:
        """Records an assignment here."""
        self.assignments.append(replace(item, function=self.scope.index, owner=self.scope.owner))

    def add_call(self, slot: int, call: Call) -> Call:
        """Puts a finished call in the place that was kept for it."""
        self.calls[slot] = call
        return call

    def add_text(self, text: Text) -> Text:
        """Records a string constant."""
        self.texts.append((text, self.scope.index))
        return text

    def leave(self, outer: Scope) -> Scope:
        """Back to the scope around; the one that ends is counted into the file."""
        ended, self.scope = self.scope, outer
        self.decisions += ended.complexity - 1
        self.statements += ended.statements
        return ended

    def take_doc(self) -> str:
        """The comment of the definition being entered; what lies inside it is not documented by the same one."""
        doc, self.doc = self.doc, ""
        return doc


def visit_children(walker: Walker, node: Node) -> Expr:
    """Any other node: its parts."""
    operands = []
    for child in node.named_children:
        expr = walker.visit(child)
        if expr is not NOTHING:
            operands.append(expr)
    return Other(node.type, node.start_point[0] + 1, tuple(operands))


def visit_block(walker: Walker, node: Node) -> Expr:
    """Statements or members one after another, each with the comment before it."""
    lines: list[str] = []
    for child in node.named_children:
        if child.type == "comment":
            lines = _doc_lines(lines, text_of(child))
            continue
        walker.doc = "\n".join(lines)
        walker.scope.statements += 1
        walker.visit(child)
        lines = []
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
