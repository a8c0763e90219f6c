"""JavaScript and TypeScript in the common syntax: one parse, one walk."""

from __future__ import annotations

from reviewer.gather.languages._lines import line_counts
from reviewer.gather.languages._module import bounded, module_of
from reviewer.gather.languages._treesitter import parse
from reviewer.gather.languages.node import (
    _assignments,
    _calls,
    _classes,
    _expressions,
    _functions,
    _modules,
    _statements,
)
from reviewer.gather.languages.node._walker import Handler, NamedHandler, Walker
from reviewer.gather.syntax import Module

HANDLERS: dict[str, Handler] = {
    **_expressions.HANDLERS,
    **_calls.HANDLERS,
    **_functions.HANDLERS,
    **_classes.HANDLERS,
    **_assignments.HANDLERS,
    **_modules.HANDLERS,
    **_statements.HANDLERS,
}
NAMED_HANDLERS: dict[str, NamedHandler] = {
    "object": _expressions.obj,
    "class": _classes.class_,
    "call_expression": _calls.call,
    "assignment_expression": _assignments.assignment,
}


def read(data: bytes, grammar: str, symbol: str, language: str) -> Module:
    """One file as a module.

    Args:
        data: the file as UTF-8.
        grammar: the grammar package's import name.
        symbol: its function that returns the grammar.
        language: as `Module.language` says it.

    Raises:
        TooDeep: it nests deeper than the guard allows.
    """
    tree = parse(data, grammar, symbol)
    walker = Walker(HANDLERS, NAMED_HANDLERS)
    with bounded():
        walker.visit(tree.root_node)
    methods = sum(1 for item in walker.functions if item.owner != -1)
    return module_of(walker, language, data, tree.root_node, line_counts(data.decode("utf-8", "replace")), methods)
