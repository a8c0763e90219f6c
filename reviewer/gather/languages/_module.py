"""A finished walk as a module of the common syntax."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from reviewer.gather.languages._halstead import maintainability
from reviewer.gather.languages._treesitter import DEPTH_LIMIT, error_share
from reviewer.gather.reader import TooDeep
from reviewer.gather.syntax import Module

if TYPE_CHECKING:
    from tree_sitter import Node

    from reviewer.gather.languages._walk import Walk


@contextmanager
def bounded() -> Iterator[None]:
    """Around a walk: where it nests deeper than the interpreter's stack, the file is too deep to be read.

    Raises:
        TooDeep: instead of ``RecursionError``.
    """
    try:
        yield
    except RecursionError:
        raise TooDeep(f"too deep to be read: more levels than the limit of {DEPTH_LIMIT}") from None


def module_of(walk: Walk, language: str, data: bytes, root: Node, counts: tuple[int, int], methods: int) -> Module:
    """Everything that a walk collected.

    Args:
        walk: ended at the end of the file.
        language: as `Module.language` says it.
        data: the file as UTF-8.
        root: of the tree that was walked.
        counts: lines of code, and lines that hold a comment alone.
        methods: functions that count for the maintainability index.
    """
    text = data.decode("utf-8", "replace")
    lines = text.count("\n") + (bool(text) and not text.endswith("\n"))
    return Module(
        language=language,
        text=text,
        lines=lines,
        code_lines=counts[0],
        functions=tuple(walk.functions),
        classes=tuple(walk.classes),
        calls=tuple(walk.calls),
        assignments=tuple(walk.assignments),
        imports=tuple(walk.imports),
        exports=tuple(walk.exports),
        catches=tuple(walk.catches),
        returns=tuple(walk.returns),
        compares=tuple(walk.compares),
        asserts=tuple(walk.asserts),
        texts=tuple(walk.texts),
        errors=error_share(root, lines),
        maintainability=_maintainability(walk, *counts, methods),
        namespace=walk.namespace,
    )


def _maintainability(walk: Walk, code: int, comments: int, methods: int) -> float | None:
    walk.leave(walk.scope)
    if not walk.statements:
        return None
    share = 100 * comments / code if code else 0.0
    return maintainability(walk.halstead.volume, 1 + walk.decisions + methods, walk.statements, share)
