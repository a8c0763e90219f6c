"""Java.

Complexity is McCabe's as lizard counts Java: one, and one more for each ``if``, loop, ``case``, ``catch``, ``&&``,
``||`` and ``?:``; lambdas and anonymous classes count into the method around them.
"""

from __future__ import annotations

from reviewer.gather.languages._lines import line_counts
from reviewer.gather.languages._module import bounded, module_of
from reviewer.gather.languages._treesitter import parse as parse_tree
from reviewer.gather.languages.jvm import (
    _java_annotations,
    _java_calls,
    _java_classes,
    _java_expressions,
    _java_functions,
    _java_statements,
)
from reviewer.gather.languages.jvm._java_walker import Handler, Walker
from reviewer.gather.languages.jvm._locals import with_locals
from reviewer.gather.reader import Language
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
    with bounded():
        walker.visit(tree.root_node)
    methods = len(walker.functions)
    return module_of(walker, "Java", data, tree.root_node, line_counts(data.decode("utf-8", "replace")), methods)


JAVA = Language(
    name="Java",
    kinds=("java",),
    parse=parse,
    depth=frozenset({Depth.FUNCTIONS, Depth.ROUTES, Depth.TESTS, Depth.DATA}),
    declared=with_locals,
)
