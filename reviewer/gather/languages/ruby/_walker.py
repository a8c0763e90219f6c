"""The state of one walk over a Ruby tree, and its dispatch by node type."""

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
"""What comments and definitions give: no expression."""
UNFILLED_CALL = Call(NOTHING, (), {}, 0, 0)
VISIBILITIES = frozenset({"private", "protected", "public", "private_class_method", "module_function"})
"""Words that, alone on a line of a class body, hold for the methods after them."""
THROWING = frozenset({"raise", "fail", "throw"})


class Scope:
    """A method or block while it is walked, or a class body (whose ``index`` is -1), or the file."""

    __slots__ = (
        "block", "complexity", "depth", "index", "locals", "loops", "nesting", "outer", "owner", "qualname",
        "statements", "visibility",
    )  # fmt: skip

    def __init__(
        self,
        index: int,
        owner: int,
        qualname: str = "",
        loops: int = 0,
        outer: Scope | None = None,
        block: bool = False,
    ) -> None:
        self.index = index
        self.owner = owner
        self.qualname = qualname
        self.loops = loops
        self.outer = outer
        self.block = block
        self.complexity = 1
        self.depth = 0
        self.nesting = 0
        self.statements = 0
        self.locals: set[str] = set()
        self.visibility = "public"

    def knows(self, name: str) -> bool:
        """Whether a name is a local variable or parameter here; blocks see those around them."""
        scope: Scope | None = self
        while scope is not None:
            if name in scope.locals:
                return True
            scope = scope.outer if scope.block else None
        return False

    def enter(self) -> None:
        """One block deeper."""
        self.depth += 1
        self.nesting = max(self.nesting, self.depth)

    def leave(self) -> None:
        """Back out of a block."""
        self.depth -= 1


class Walker:
    """Collects everything of a `Module` while the handlers walk the tree, each node once."""

    def __init__(self, handlers: Mapping[str, Handler], heredocs: Mapping[int, Node]) -> None:
        self.handlers = handlers
        self.heredocs = heredocs
        """The bodies of here-documents by the byte at which each is begun."""
        self.scope = Scope(-1, -1)
        self.thrown = 0
        self.halstead = Halstead()
        self.decisions = 0
        self.statements = 0
        self.functions: list[Function] = []
        self.classes: list[Class] = []
        self.included: dict[int, list[Expr]] = {}
        """The modules that a class includes, by its index."""
        self.extended: dict[int, list[str]] = {}
        self.calls: list[Call] = []
        self.assignments: list[Assignment] = []
        self.imports: list[Import] = []
        self.catches: list[Catch] = []
        self.returns: list[Return] = []
        self.compares: list[Compare] = []
        self.texts: list[tuple[Text, int]] = []

    def visit(self, node: Node | None) -> Expr:
        """The node as an expression; a definition is recorded and gives `NOTHING`."""
        if node is None:
            return NOTHING
        return self.handlers.get(node.type, visit_children)(self, node)

    def assign(self, target: str, value: Expr | None, node: Node, augmented: bool = False) -> None:
        """Records ``target = value`` here."""
        scope = self.scope
        if "." not in target:
            scope.locals.add(target)
        self.assignments.append(
            Assignment(
                target=target,
                value=value,
                line=line_of(node),
                end_line=node.end_point[0] + 1,
                function=scope.index,
                owner=scope.owner,
                augmented=augmented,
            )
        )

    def add_text(self, text: Text) -> Text:
        """Records a string constant."""
        self.texts.append((text, self.scope.index))
        return text

    def bare_call(self, callee: Name, node: Node) -> Call:
        """Records a call without arguments: ``user.save``, ``authenticate_user!``."""
        scope = self.scope
        found = Call(
            callee=callee,
            args=(),
            keywords={},
            line=node.start_point[0] + 1,
            end_line=node.end_point[0] + 1,
            function=scope.index,
            owner=scope.owner,
            loops=scope.loops,
        )
        self.calls.append(found)
        if callee.dotted in THROWING:
            self.thrown += 1
        return found

    def leave(self, outer: Scope) -> Scope:
        """Back to the scope around. What a block decides counts for the method that it stands in."""
        ended, self.scope = self.scope, outer
        if ended.block and outer.index != -1:
            outer.complexity += ended.complexity - 1
            outer.statements += ended.statements
            outer.nesting = max(outer.nesting, outer.depth + ended.nesting)
        else:
            self.decisions += ended.complexity - 1
            self.statements += ended.statements
        return ended


def visit_children(walker: Walker, node: Node) -> Expr:
    """Any other node: its parts."""
    operands = []
    for child in node.named_children:
        expr = walker.visit(child)
        if expr is not NOTHING:
            operands.append(expr)
    return Other(node.type, node.start_point[0] + 1, tuple(operands))


def visit_block(walker: Walker, node: Node) -> Expr:
    """Statements one after another; the value is that of the last."""
    last: Expr = NOTHING
    for child in node.named_children:
        kind = child.type
        if kind in ("comment", "heredoc_body"):
            continue
        walker.scope.statements += 1
        last = bare_word(walker, child) if kind == "identifier" else walker.visit(child)
    return last


def bare_word(walker: Walker, node: Node) -> Expr:
    """A name as a whole statement: a call, unless it is a variable."""
    name = text_of(node)
    found = Name(name, line_of(node))
    if walker.scope.knows(name):
        return found
    if name in VISIBILITIES:
        walker.scope.visibility = name
        return NOTHING
    walker.bare_call(found, node)
    return found


def skip(_walker: Walker, _node: Node) -> Expr:
    """Comments and what stands for nothing."""
    return NOTHING


def inner(node: Node) -> Node | None:
    """The first child that is no comment."""
    return next((child for child in node.named_children if child.type != "comment"), None)


def member_of(value: Expr, name: str, line: int) -> Name | Attribute:
    """``value.name``."""
    return Name(f"{value.dotted}.{name}", value.line) if isinstance(value, Name) else Attribute(value, name, line)
