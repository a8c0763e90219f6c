"""The state of one walk over a PHP tree, and its dispatch by node type."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

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
NO_KEYWORDS: dict[str, Expr] = {}
UNFILLED_CALL = Call(NOTHING, (), NO_KEYWORDS, 0, 0)


class Scope:
    """A function while it is walked, or a class body (whose ``index`` is -1), or the module."""

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
        self.comment: Node | None = None
        """The doc comment right before the statement or member being visited."""
        self.echoing = False
        """Whether the next expression stands in ``<?= ... ?>``."""
        self.thrown = 0
        self.halstead = Halstead()
        self.decisions = 0
        self.statements = 0
        self.namespace = ""
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

    def assign(
        self,
        target: str,
        value: Expr | None,
        node: Node,
        kind: str = "",
        augmented: bool = False,
        decorators: tuple[Expr, ...] = (),
    ) -> None:
        """Records ``target = value`` here."""
        self.assignments.append(
            Assignment(
                target=target,
                value=value,
                line=line_of(node),
                end_line=node.end_point[0] + 1,
                type=kind,
                function=self.scope.index,
                owner=self.scope.owner,
                decorators=decorators,
                augmented=augmented,
            )
        )

    def call(self, callee: str, args: tuple[Expr, ...], node: Node) -> Call:
        """Records what the language writes as a statement (``echo``, ``require``) as a call."""
        found = Call(
            callee=Name(callee, line_of(node)),
            args=args,
            keywords=NO_KEYWORDS,
            line=line_of(node),
            end_line=node.end_point[0] + 1,
            function=self.scope.index,
            owner=self.scope.owner,
            loops=self.scope.loops,
        )
        self.calls.append(found)
        return found

    def leave(self, outer: Scope) -> Scope:
        """Back to the scope around; the one that ends is counted into the file."""
        ended, self.scope = self.scope, outer
        self.decisions += ended.complexity - 1
        self.statements += ended.statements
        return ended

    def take_comment(self) -> Node | None:
        """The doc comment of the definition being entered; what lies inside it is not told by the same comment."""
        comment, self.comment = self.comment, None
        return comment


def visit_children(walker: Walker, node: Node) -> Expr:
    """Any other node: its parts."""
    operands = []
    for child in node.named_children:
        expr = walker.visit(child)
        if expr is not NOTHING:
            operands.append(expr)
    return Other(node.type, node.start_point[0] + 1, tuple(operands))


def visit_block(walker: Walker, node: Node) -> Expr:
    """Statements or members one after another, each with the doc comment before it."""
    walker.comment = None
    for child in node.named_children:
        if child.type == "comment":
            walker.comment = child if is_doc_comment(child) else walker.comment
            continue
        walker.scope.statements += child.type not in NO_STATEMENTS
        walker.visit(child)
        walker.comment = None
    return NOTHING


NO_STATEMENTS = frozenset({"text", "php_tag", "text_interpolation"})


def is_doc_comment(comment: Node) -> bool:
    """Whether a comment is PHPDoc."""
    return (comment.text or b"").startswith(b"/**")


def skip(_walker: Walker, _node: Node) -> Expr:
    """Comments and types."""
    return NOTHING


def inner(node: Node | None) -> Node | None:
    """The first child that is no comment."""
    return next((child for child in node.named_children if child.type != "comment"), None) if node else None


def with_dots(name: str) -> str:
    """``App\\Models\\User`` as ``App.Models.User``."""
    return name.replace(" ", "").lstrip("\\").replace("\\", ".")


def type_of(node: Node, field: str = "type") -> str:
    """A declared type as written, its names with dots."""
    written = node.child_by_field_name(field)
    if written is None:
        return ""
    text = text_of(written).removeprefix(":").strip().replace("\\", ".")
    return text.lstrip(".").replace("|.", "|").replace("?.", "?")


def variable(node: Node | None) -> str:
    """``name`` of ``$name``."""
    return text_of(node).lstrip("&. \t\n").removeprefix("$")


def member_of(value: Expr, name: str, line: int) -> Expr:
    """``value.name``."""
    return Name(f"{value.dotted}.{name}", value.line) if isinstance(value, Name) else Attribute(value, name, line)
