"""C# in the common syntax: one parse, one walk.

Complexity is McCabe's as lizard counts C#: one, and one more for each ``if``, loop, ``case``, ``catch``, ``?:``,
``&&``, ``||`` and ``??``; arms of a ``switch`` expression and joined patterns count like cases. The decisions of a
lambda belong to the function around it.
"""

from __future__ import annotations

from reviewer.gather.languages._halstead import maintainability
from reviewer.gather.languages._treesitter import DEPTH_LIMIT, error_share, parse
from reviewer.gather.languages.dotnet import _calls, _classes, _expressions, _functions, _statements, _strings
from reviewer.gather.languages.dotnet._walker import Handler, Walker
from reviewer.gather.reader import Language, TooDeep
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
    try:
        walker.visit(tree.root_node)
    except RecursionError:
        raise TooDeep(f"too deep to be read: more levels than the limit of {DEPTH_LIMIT}") from None
    text = data.decode("utf-8", "replace")
    code, comments = line_counts(text)
    lines = text.count("\n") + (bool(text) and not text.endswith("\n"))
    return Module(
        language=NAME,
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


CSHARP = Language(
    name=NAME,
    kinds=("csharp",),
    parse=read,
    depth=frozenset({Depth.FUNCTIONS, Depth.ROUTES, Depth.TESTS, Depth.DATA}),
)
