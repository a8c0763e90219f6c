"""C# in the common syntax: one parse, one walk.

Complexity is McCabe's as lizard counts C#: one, and one more for each ``if``, loop, ``case``, ``catch``, ``?:``,
``&&``, ``||`` and ``??``; arms of a ``switch`` expression and joined patterns count like cases. The decisions of a
lambda belong to the function around it.
"""

from __future__ import annotations

from reviewer.gather.languages._lines import line_counts
from reviewer.gather.languages._module import bounded, module_of
from reviewer.gather.languages._treesitter import parse
from reviewer.gather.languages.dotnet import _calls, _classes, _expressions, _functions, _statements, _strings
from reviewer.gather.languages.dotnet._walker import Handler, Walker
from reviewer.gather.reader import Language
from reviewer.gather.syntax import Module
from reviewer.model.check import Depth

NAME = "C#"
HANDLERS: dict[str, Handler] = {
    **_expressions.HANDLERS,
    **_strings.HANDLERS,
    **_calls.HANDLERS,
    **_functions.HANDLERS,
    **_classes.HANDLERS,
    **_statements.HANDLERS,
}


def read(data: bytes, kind: str) -> Module:  # noqa: ARG001
    """A C# file; see `reviewer.gather.reader.Language`."""
    tree = parse(data, "tree_sitter_c_sharp")
    walker = Walker(HANDLERS)
    with bounded():
        walker.visit(tree.root_node)
    methods = sum(1 for item in walker.functions if item.owner != -1)
    return module_of(walker, NAME, data, tree.root_node, line_counts(data.decode("utf-8", "replace")), methods)


CSHARP = Language(
    name=NAME,
    kinds=("csharp",),
    parse=read,
    depth=frozenset({Depth.FUNCTIONS, Depth.ROUTES, Depth.TESTS, Depth.DATA}),
)
