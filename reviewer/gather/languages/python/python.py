"""Python, scripts and notebooks, versions 2 and 3."""

from __future__ import annotations

from reviewer.gather.languages._halstead import maintainability
from reviewer.gather.languages._treesitter import error_share, parse
from reviewer.gather.languages.python._builder import Builder
from reviewer.gather.languages.python._expressions import expression
from reviewer.gather.languages.python._statements import statement
from reviewer.gather.languages.python._unrolled import unrolled
from reviewer.gather.reader import Language
from reviewer.gather.syntax import Module
from reviewer.model.check import Depth


def read(data: bytes, _kind: str) -> Module:
    """A file of Python in the common syntax.

    Args:
        data: UTF-8.
        _kind: ``python``, or ``notebook`` for the code cells of one put together; both are read alike.

    Raises:
        TooDeep: its nesting passes the guard.
    """
    root = parse(data, "tree_sitter_python").root_node
    builder = Builder(source=data, statement=statement, expression=expression)
    for child in root.named_children:
        statement(builder, child)
    builder.leave(builder.scope)
    text = data.decode("utf-8", "replace")
    code, comments = _line_counts(text, builder.prose)
    return Module(
        language="Python",
        text=text,
        lines=text.count("\n") + (not text.endswith("\n") and bool(text)),
        code_lines=code,
        functions=tuple(builder.functions),
        classes=tuple(builder.classes),
        calls=tuple(sorted(builder.calls, key=lambda item: item.line)),
        assignments=tuple(sorted(builder.assignments, key=lambda item: item.line)),
        imports=tuple(builder.imports),
        catches=tuple(sorted(builder.catches, key=lambda item: item.line)),
        returns=tuple(sorted(builder.returns, key=lambda item: item.line)),
        compares=tuple(builder.compares),
        asserts=tuple(builder.asserts),
        texts=tuple(sorted(builder.texts, key=lambda item: item[0].line)),
        errors=error_share(root, text.count("\n") + 1),
        maintainability=_maintainability(builder, code, comments),
    )


def _line_counts(text: str, prose: list[tuple[int, int]]) -> tuple[int, int]:
    """Lines that hold code, and lines that are comments or in a string of several lines that stands alone."""
    told = {row: last > first for first, last in prose for row in range(first, last + 1)}
    code = comments = 0
    for row, line in enumerate(text.split("\n")):
        stripped = line.lstrip()
        if not stripped:
            continue
        if row in told:
            comments += told[row]
        elif stripped[0] == "#":
            comments += 1
        else:
            code += 1
    return code, comments


def _maintainability(builder: Builder, code: int, comments: int) -> float | None:
    if not builder.statements:
        return None
    share = 100 * comments / code if code else 0.0
    methods = sum(1 for item in builder.functions if item.owner != -1 and item.parent == -1)
    return maintainability(builder.halstead.volume, 1 + builder.decisions + methods, builder.statements, share)


PYTHON = Language(
    name="Python",
    kinds=("python", "notebook"),
    parse=read,
    depth=frozenset({Depth.FUNCTIONS, Depth.ROUTES, Depth.TESTS, Depth.DATA}),
    declared=unrolled,
)
