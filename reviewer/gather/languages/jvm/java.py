"""Java.

Complexity is McCabe's as lizard counts Java: one, and one more for each ``if``, loop, ``case``, ``catch``, ``&&``,
``||`` and ``?:``; lambdas and anonymous classes count into the method around them.
"""

from __future__ import annotations

from reviewer.gather.languages._halstead import maintainability
from reviewer.gather.languages._treesitter import DEPTH_LIMIT, error_share
from reviewer.gather.languages._treesitter import parse as parse_tree
from reviewer.gather.languages.jvm import (
    _java_annotations,
    _java_calls,
    _java_classes,
    _java_expressions,
    _java_functions,
    _java_statements,
)
from reviewer.gather.languages.jvm._java_lines import line_counts
from reviewer.gather.languages.jvm._java_walker import Handler, Walker
from reviewer.gather.reader import Language, TooDeep
from reviewer.gather.syntax import Module
from reviewer.model.check import Depth

HANDLERS: dict[str, Handler] = {
    **_java_expressions.HANDLERS,
    **_java_annotations.HANDLERS,
    **_java_calls.HANDLERS,
    **_java_functions.HANDLERS,
    **_java_classes.HANDLERS,
    **_java_statements.HANDLERS,
}


def parse(data: bytes, _kind: str) -> Module:
    """A Java file; see `reviewer.gather.reader.Language`."""
    tree = parse_tree(data, "tree_sitter_java")
    walker = Walker(HANDLERS)
    try:
        walker.visit(tree.root_node)
    except RecursionError:
        raise TooDeep(f"too deep to be read: more levels than the limit of {DEPTH_LIMIT}") from None
    text = data.decode("utf-8", "replace")
    code, comments = line_counts(text)
    lines = text.count("\n") + (bool(text) and not text.endswith("\n"))
    return Module(
        language="Java",
        text=text,
        lines=lines,
        code_lines=code,
        functions=tuple(walker.functions),
        classes=tuple(walker.classes),
        calls=tuple(walker.calls),
        assignments=tuple(walker.assignments),
        imports=tuple(walker.imports),
        catches=tuple(walker.catches),
        returns=tuple(walker.returns),
        compares=tuple(walker.compares),
        asserts=tuple(walker.asserts),
        texts=tuple(walker.texts),
        errors=error_share(tree.root_node, lines),
        maintainability=_maintainability(walker, code, comments),
        namespace=walker.namespace,
    )


def _maintainability(walker: Walker, code: int, comments: int) -> float | None:
    walker.leave(walker.scope)
    if not walker.statements:
        return None
    share = 100 * comments / code if code else 0.0
    return maintainability(
        walker.halstead.volume, 1 + walker.decisions + len(walker.functions), walker.statements, share
    )


JAVA = Language(
    name="Java",
    kinds=("java",),
    parse=parse,
    depth=frozenset({Depth.FUNCTIONS, Depth.ROUTES, Depth.TESTS, Depth.DATA}),
)
