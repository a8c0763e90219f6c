"""JavaScript and TypeScript in the common syntax: one parse, one walk."""

from __future__ import annotations

from reviewer.gather.languages._halstead import maintainability
from reviewer.gather.languages._treesitter import DEPTH_LIMIT, error_share, parse
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
from reviewer.gather.reader import TooDeep
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
    try:
        walker.visit(tree.root_node)
    except RecursionError:
        raise TooDeep(f"too deep to be read: more levels than the limit of {DEPTH_LIMIT}") from None
    text = data.decode("utf-8", "replace")
    code, comments = line_counts(text)
    lines = text.count("\n") + (bool(text) and not text.endswith("\n"))
    return Module(
        language=language,
        text=text,
        lines=lines,
        code_lines=code,
        functions=tuple(walker.functions),
        classes=tuple(walker.classes),
        calls=tuple(walker.calls),
        assignments=tuple(walker.assignments),
        imports=tuple(walker.imports),
        exports=tuple(walker.exports),
        catches=tuple(walker.catches),
        returns=tuple(walker.returns),
        compares=tuple(walker.compares),
        texts=tuple(walker.texts),
        errors=error_share(tree.root_node, lines),
        maintainability=_maintainability(walker, code, comments),
    )


def line_counts(text: str) -> tuple[int, int]:
    """Lines that hold code, and lines that hold a comment alone."""
    code, comments, inside = 0, 0, False
    for line in text.split("\n"):
        rest = line.strip()
        if not rest:
            continue
        if inside or rest.startswith("/*"):
            inside = "*/" not in rest
            rest = rest.partition("*/")[2].strip()
        if rest and not rest.startswith("//"):
            code += 1
        else:
            comments += 1
    return code, comments


def _maintainability(walker: Walker, code: int, comments: int) -> float | None:
    walker.leave(walker.scope)
    if not walker.statements:
        return None
    share = 100 * comments / code if code else 0.0
    methods = sum(1 for item in walker.functions if item.owner != -1)
    return maintainability(walker.halstead.volume, 1 + walker.decisions + methods, walker.statements, share)
