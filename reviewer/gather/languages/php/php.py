"""PHP in the common syntax: one parse, one walk. Files mix PHP and HTML; the HTML is passed over.

Complexity is counted as lizard counts it for PHP: 1 and one more for each ``if``, ``elseif``, ``for``, ``foreach``,
``while``, ``case``, ``catch``, ``match``, ``&&``, ``||`` and ``?``. Closures are functions of their own.
"""

from __future__ import annotations

from reviewer.gather.languages._lines import line_counts
from reviewer.gather.languages._module import bounded, module_of
from reviewer.gather.languages._treesitter import parse
from reviewer.gather.languages.php import (
    _assignments,
    _calls,
    _classes,
    _expressions,
    _functions,
    _modules,
    _names,
    _statements,
    _strings,
)
from reviewer.gather.languages.php._walker import Handler, Walker
from reviewer.gather.languages.php._written_out import written_out
from reviewer.gather.reader import Language
from reviewer.gather.syntax import Module
from reviewer.model.check import Depth

HANDLERS: dict[str, Handler] = {
    **_names.HANDLERS,
    **_strings.HANDLERS,
    **_expressions.HANDLERS,
    **_assignments.HANDLERS,
    **_functions.HANDLERS,
    **_classes.HANDLERS,
    **_calls.HANDLERS,
    **_modules.HANDLERS,
    **_statements.HANDLERS,
}


def read(data: bytes, kind: str) -> Module:  # noqa: ARG001
    """A PHP file; see `reviewer.gather.reader.Language`."""
    tree = parse(data, "tree_sitter_php", "language_php")
    walker = Walker(HANDLERS)
    with bounded():
        walker.visit(tree.root_node)
    methods = sum(1 for item in walker.functions if item.owner != -1)
    return module_of(
        walker, "PHP", data, tree.root_node, line_counts(data.decode("utf-8", "replace"), ("//", "#"), ("#[",)), methods
    )


PHP = Language(
    name="PHP",
    kinds=("php",),
    parse=read,
    depth=frozenset({Depth.FUNCTIONS, Depth.ROUTES, Depth.TESTS, Depth.DATA}),
    declared=written_out,
)
