"""Kotlin: one parse, one walk.

Complexity is McCabe's as lizard counts it: one, and one more for each ``if``, loop, ``catch``, ``when`` entry with a
condition, ``&&``, ``||`` and ``?:``; what lambdas decide counts into the function around them.
"""

from __future__ import annotations

from reviewer.gather.languages._halstead import maintainability
from reviewer.gather.languages._treesitter import DEPTH_LIMIT, error_share
from reviewer.gather.languages._treesitter import parse as parse_tree
from reviewer.gather.languages.jvm import (
    _kotlin_calls,
    _kotlin_classes,
    _kotlin_expressions,
    _kotlin_functions,
    _kotlin_statements,
    _kotlin_strings,
)
from reviewer.gather.languages.jvm._java_lines import line_counts
from reviewer.gather.languages.jvm._kotlin_repairs import repaired
from reviewer.gather.languages.jvm._kotlin_walker import Handler, Walker
from reviewer.gather.reader import Language, TooDeep
from reviewer.gather.syntax import Module
from reviewer.model.check import Depth

HANDLERS: dict[str, Handler] = {
    **_kotlin_expressions.HANDLERS,
    **_kotlin_strings.HANDLERS,
    **_kotlin_calls.HANDLERS,
    **_kotlin_functions.HANDLERS,
    **_kotlin_classes.HANDLERS,
    **_kotlin_statements.HANDLERS,
}


def parse(data: bytes, kind: str) -> Module:  # noqa: ARG001
    """A Kotlin file; see `reviewer.gather.reader.Language`."""
    tree = parse_tree(repaired(data), "tree_sitter_kotlin")
    walker = Walker(HANDLERS, data)
    try:
        walker.visit(tree.root_node)
    except RecursionError:
        raise TooDeep(f"too deep to be read: more levels than the limit of {DEPTH_LIMIT}") from None
    text = data.decode("utf-8", "replace")
    code, comments = line_counts(text)
    lines = text.count("\n") + (bool(text) and not text.endswith("\n"))
    return Module(
        language="Kotlin",
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
    methods = sum(1 for item in walker.functions if item.owner != -1)
    return maintainability(walker.halstead.volume, 1 + walker.decisions + methods, walker.statements, share)


KOTLIN = Language(
    name="Kotlin",
    kinds=("kotlin",),
    parse=parse,
    depth=frozenset({Depth.FUNCTIONS, Depth.ROUTES, Depth.TESTS, Depth.DATA}),
)
