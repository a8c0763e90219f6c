"""Go: one parse, one walk. Complexity counts ``if``, ``for``, ``case``, ``&&`` and ``||``, as lizard and gocyclo do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reviewer.gather.languages._lines import line_counts
from reviewer.gather.languages._module import bounded, module_of
from reviewer.gather.languages._treesitter import parse
from reviewer.gather.languages.go import _calls, _expressions, _statements
from reviewer.gather.languages.go._exports import exports
from reviewer.gather.languages.go._functions import declaration
from reviewer.gather.languages.go._imports import import_spec, settle_names
from reviewer.gather.languages.go._types import specification
from reviewer.gather.languages.go._walker import Handler, Walker, parts, text
from reviewer.gather.reader import Language
from reviewer.gather.syntax import Module
from reviewer.model.check import Depth

if TYPE_CHECKING:
    from tree_sitter import Node

HANDLERS: dict[str, Handler] = {
    **_expressions.HANDLERS,
    **_calls.HANDLERS,
    **_statements.HANDLERS,
    "import_spec": import_spec,
}
DECLARATIONS = ("function_declaration", "method_declaration")


def read(data: bytes, _kind: str) -> Module:
    """A Go file; see `reviewer.gather.reader.Language`."""
    root = parse(data, "tree_sitter_go").root_node
    source = data.decode("utf-8", "replace")
    walker = Walker(HANDLERS)
    with bounded():
        _walk(walker, root, source)
    walker.exports.extend(exports(walker))
    walker.assignments.sort(key=lambda item: item.line)
    methods = sum(1 for item in walker.functions if item.receiver)
    return module_of(walker, "Go", data, root, line_counts(source), methods)


def _walk(walker: Walker, root: Node, source: str) -> None:
    """Imports and types first, since methods and literals look them up; then everything else, with its comments."""
    documented = list(_with_comments(root))
    for node, doc in documented:
        if node.type == "package_clause":
            walker.namespace = text(parts(node)[0]) if parts(node) else ""
        elif node.type == "import_declaration":
            walker.visit(node)
        elif node.type == "type_declaration":
            _types(walker, node, doc)
    settle_names(walker, source)
    for node, doc in documented:
        if node.type in DECLARATIONS:
            declaration(walker, node, doc)
        elif node.type not in ("package_clause", "import_declaration", "type_declaration"):
            walker.visit(node)


def _types(walker: Walker, node: Node, doc: str) -> None:
    specifications = list(_with_comments(node))
    for child, own in specifications:
        line = node.start_point[0] + 1 if len(specifications) == 1 else 0
        specification(walker, child, own or (doc if len(specifications) == 1 else ""), line)


def _with_comments(node: Node) -> list[tuple[Node, str]]:
    """The children of a node, each with the comment that ends on the line above it."""
    found: list[tuple[Node, str]] = []
    comments: list[Node] = []
    for child in node.named_children:
        if child.type == "comment":
            if comments and comments[-1].end_point[0] + 1 < child.start_point[0]:
                comments.clear()
            comments.append(child)
            continue
        touching = bool(comments) and comments[-1].end_point[0] + 1 == child.start_point[0]
        found.append((child, "\n".join(_bare(text(item)) for item in comments) if touching else ""))
        comments.clear()
    return found


def _bare(comment: str) -> str:
    if comment.startswith("/*"):
        return comment[2:].removesuffix("*/").strip()
    return comment.removeprefix("//").strip()


GO = Language(
    name="Go",
    kinds=("go",),
    parse=read,
    depth=frozenset({Depth.FUNCTIONS, Depth.ROUTES, Depth.TESTS, Depth.DATA}),
)
