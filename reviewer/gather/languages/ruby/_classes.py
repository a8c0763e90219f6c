"""Classes and modules, under their names with everything that they lie in."""

from __future__ import annotations

from typing import TYPE_CHECKING

import reviewer.gather.syntax as syntax
from reviewer.gather.languages._treesitter import line_of
from reviewer.gather.languages._walk import (
    NOTHING,
)
from reviewer.gather.languages.ruby._functions import is_documented
from reviewer.gather.languages.ruby._walker import (
    Handler,
    Scope,
    Walker,
    inner,
)
from reviewer.gather.syntax import Call, Class, Expr, Name, Other, dotted

if TYPE_CHECKING:
    from tree_sitter import Node

NAMESPACE_MEMBERS = frozenset({"class", "module", "comment"})
"""What a module may hold that is there for its name alone."""


def class_(walker: Walker, node: Node) -> Expr:
    """``class Name < Base``."""
    base = node.child_by_field_name("superclass")
    bases = (_base(walker.visit(inner(base))),) if base is not None else ()
    _define(walker, node, bases, "class")
    return NOTHING


def module(walker: Walker, node: Node) -> Expr:
    """``module Name``."""
    _define(walker, node, (), "module")
    return NOTHING


def _base(expr: Expr) -> Expr:
    """``ActiveRecord::Migration`` of ``ActiveRecord::Migration[7.0]``."""
    if isinstance(expr, Other) and expr.kind == "subscript" and expr.operands:
        return expr.operands[0]
    return expr


def _define(walker: Walker, node: Node, bases: tuple[Expr, ...], kind: str) -> None:
    outer = walker.scope
    name = dotted(walker.visit(node.child_by_field_name("name")))
    full = f"{outer.qualname}.{name}" if outer.qualname and outer.index == -1 else name
    body = node.child_by_field_name("body")
    if kind == "module" and _is_namespace(body):
        walker.scope = Scope(-1, -1, full, outer=outer)
        walker.visit(body)
        walker.leave(outer)
        return
    index = len(walker.classes)
    found = Class(index, full, line_of(node), node.end_point[0] + 1, bases, parent=outer.owner, kind=kind)
    walker.classes.append(found)
    walker.scope = Scope(-1, index, full, outer=outer)
    walker.visit(body)
    walker.leave(outer)
    walker.classes[index] = Class(
        index=index,
        name=full,
        line=found.line,
        end_line=found.end_line,
        bases=(*bases, *walker.included.get(index, ())),
        documented=is_documented(node),
        parent=outer.owner,
        implements=tuple(walker.extended.get(index, ())),
        kind=kind,
    )


def _is_namespace(body: Node | None) -> bool:
    return body is not None and all(child.type in NAMESPACE_MEMBERS for child in body.named_children)


def singleton(walker: Walker, node: Node) -> Expr:
    """``class << self``: its methods are those of the class around."""
    outer = walker.scope
    walker.scope = Scope(-1, outer.owner, outer.qualname, outer=outer)
    walker.visit(node.child_by_field_name("body"))
    walker.leave(outer)
    return NOTHING


def made_class(walker: Walker, name: str, value: Expr, node: Node) -> None:
    """``Name = Class.new(Base)`` and ``Name = Struct.new(:a)`` define a class as well."""
    if not (isinstance(value, Call) and value.name in ("Class.new", "Struct.new", "Data.define")):
        return
    outer = walker.scope
    full = f"{outer.qualname}.{name}" if outer.qualname and outer.index == -1 else name
    bases = value.args[:1] if value.name == "Class.new" and value.args and isinstance(value.args[0], Name) else ()
    end = node.end_point[0] + 1
    walker.classes.append(syntax.Class(len(walker.classes), full, line_of(node), end, bases, parent=outer.owner))


HANDLERS: dict[str, Handler] = {"class": class_, "module": module, "singleton_class": singleton}
