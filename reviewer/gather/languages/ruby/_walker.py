"""The state of one walk over a Ruby tree, and its dispatch by node type."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, cast

from reviewer.gather.languages._treesitter import line_of, text_of
from reviewer.gather.languages._walk import NOTHING, Walk
from reviewer.gather.languages._walk import Scope as Plain
from reviewer.gather.syntax import (
    Attribute,
    Call,
    Expr,
    Name,
)

if TYPE_CHECKING:
    from tree_sitter import Node

Handler = Callable[["Walker", "Node"], Expr]

VISIBILITIES = frozenset({"private", "protected", "public", "private_class_method", "module_function"})
"""Words that, alone on a line of a class body, hold for the methods after them."""
THROWING = frozenset({"raise", "fail", "throw"})


class Scope(Plain):
    """A method or block while it is walked, or a class body (whose ``index`` is -1), or the file."""

    __slots__ = ("block", "locals", "outer", "visibility")

    def __init__(
        self,
        index: int,
        owner: int,
        qualname: str = "",
        loops: int = 0,
        outer: Scope | None = None,
        block: bool = False,
    ) -> None:
        super().__init__(index, owner, qualname, loops)
        self.outer = outer
        self.block = block
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


class Walker(Walk):
    """Collects everything of a `Module` while the handlers walk the tree, each node once."""

    scope: Scope

    def __init__(self, handlers: Mapping[str, Handler], heredocs: Mapping[int, Node]) -> None:
        super().__init__(handlers)
        self.scope = Scope(-1, -1)
        self.heredocs = heredocs
        """The bodies of here-documents by the byte at which each is begun."""
        self.included: dict[int, list[Expr]] = {}
        """The modules that a class includes, by its index."""
        self.extended: dict[int, list[str]] = {}

    def local(self, target: str) -> str:
        """The target of an assignment, which is a local variable from here on."""
        if "." not in target:
            self.scope.locals.add(target)
        return target

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

    def leave(self, outer: Plain) -> Plain:
        """Back to the scope around. What a block decides counts for the method that it stands in."""
        ended, self.scope = self.scope, cast("Scope", outer)
        if ended.block and outer.index != -1:
            outer.absorb(ended)
            outer.statements += ended.statements
        else:
            self.decisions += ended.complexity - 1
            self.statements += ended.statements
        return ended


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
