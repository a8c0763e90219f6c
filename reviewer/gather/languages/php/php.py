"""PHP in the common syntax: one parse, one walk. Files mix PHP and HTML; the HTML is passed over.

Complexity is counted as lizard counts it for PHP: 1 and one more for each ``if``, ``elseif``, ``for``, ``foreach``,
``while``, ``case``, ``catch``, ``match``, ``&&``, ``||`` and ``?``. Closures are functions of their own.
"""

from __future__ import annotations

from reviewer.gather.languages._halstead import maintainability
from reviewer.gather.languages._treesitter import DEPTH_LIMIT, error_share, parse
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
from reviewer.gather.reader import Language, TooDeep
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
    try:
        walker.visit(tree.root_node)
    except RecursionError:
        raise TooDeep(f"too deep to be read: more levels than the limit of {DEPTH_LIMIT}") from None
    text = data.decode("utf-8", "replace")
    code, comments = line_counts(text)
    lines = text.count("\n") + (bool(text) and not text.endswith("\n"))
    return Module(
        language="PHP",
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


def line_counts(text: str) -> tuple[int, int]:
    """Lines that hold code or HTML, and lines that hold a comment of PHP alone."""
    code, comments, inside = 0, 0, False
    for line in text.split("\n"):
        rest = line.strip()
        if not rest:
            continue
        if inside or rest.startswith("/*"):
            inside = "*/" not in rest
            rest = rest.partition("*/")[2].strip()
        if (rest and not rest.startswith(("//", "#"))) or rest.startswith("#["):
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


PHP = Language(
    name="PHP",
    kinds=("php",),
    parse=read,
    depth=frozenset({Depth.FUNCTIONS, Depth.ROUTES, Depth.TESTS, Depth.DATA}),
)
