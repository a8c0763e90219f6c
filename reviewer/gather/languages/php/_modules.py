"""Namespaces, ``use`` and the files that are required."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reviewer.gather.languages._treesitter import line_of, text_of
from reviewer.gather.languages._walk import (
    NOTHING,
)
from reviewer.gather.languages.php._walker import (
    Handler,
    Walker,
    inner,
    visit_block,
    with_dots,
)
from reviewer.gather.syntax import Call, Expr, Import, Name, Text, dotted

if TYPE_CHECKING:
    from tree_sitter import Node

REQUIRING = {
    "require_expression": "require",
    "require_once_expression": "require_once",
    "include_expression": "include",
    "include_once_expression": "include_once",
}


def namespace(walker: Walker, node: Node) -> Expr:
    """``namespace A\\B;``; the first one counts."""
    walker.namespace = walker.namespace or with_dots(text_of(node.child_by_field_name("name")))
    body = node.child_by_field_name("body")
    return visit_block(walker, body) if body is not None else NOTHING


def use(walker: Walker, node: Node) -> Expr:
    """``use A\\B as C, D;`` and ``use A\\{B, C};``."""
    prefix = next((with_dots(text_of(child)) for child in node.named_children if child.type == "namespace_name"), "")
    group = node.child_by_field_name("body")
    for clause in (group or node).named_children:
        if clause.type == "namespace_use_clause":
            _imported(walker, clause, prefix)
    return NOTHING


def _imported(walker: Walker, clause: Node, prefix: str) -> None:
    named = next((child for child in clause.named_children if child.type in ("name", "qualified_name")), None)
    name = with_dots(text_of(named))
    full = f"{prefix}.{name}" if prefix else name
    module, _, last = full.rpartition(".")
    alias = text_of(clause.child_by_field_name("alias")) or last
    found = Import(module, last, alias, line_of(clause)) if module else Import(last, None, alias, line_of(clause))
    walker.imports.append(found)


def require(walker: Walker, node: Node) -> Expr:
    """``require __DIR__ . '/x.php'``: a call, and an import that binds no name where the path is constant."""
    value = walker.visit(inner(node))
    path = required_path(value)
    if path:
        walker.imports.append(Import(path, None, "", line_of(node)))
    return walker.call(REQUIRING[node.type], (value,), node)


def required_path(value: Expr) -> str:
    """The file that is required, relative to the one that requires it; ``""`` where it is not known.

    A folder by a name that leads nowhere (``ROOT . '/x.php'``) counts as the file's own.
    """
    if not isinstance(value, Text) or not value.parts:
        return ""
    first, rest = value.parts[0], value.parts[1:]
    if not all(isinstance(part, str) for part in rest):
        return ""
    tail = "".join(str(part) for part in rest)
    if isinstance(first, str):
        return _relative(first + tail)
    return _relative(f"{'../' * (_folder(first) or 0)}{tail.lstrip('/')}")


def _relative(path: str) -> str:
    while path.startswith("./"):
        path = path[2:]
    if path.startswith(("../", "/")) or not path:
        return path
    return f"./{path}"


def _folder(expr: Expr) -> int | None:
    """How many folders above the file's own an expression means; None where it means something else."""
    if isinstance(expr, Name):
        return 0 if expr.dotted == "__DIR__" else None
    up = -1
    while isinstance(expr, Call) and expr.name == "dirname" and expr.args and up < 20:
        up, expr = up + 1, expr.args[0]
    if dotted(expr) == "__FILE__":
        return up
    return up + 1 if dotted(expr) == "__DIR__" else None


HANDLERS: dict[str, Handler] = {
    "namespace_definition": namespace,
    "namespace_use_declaration": use,
    **dict.fromkeys(REQUIRING, require),
}
