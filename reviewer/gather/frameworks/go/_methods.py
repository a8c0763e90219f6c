"""Handlers of net/http that look at the request's method themselves, and so say what they answer to."""

from __future__ import annotations

import re

from reviewer.gather.frameworks.go._dialects import HTTP
from reviewer.gather.frameworks.go._paths import NAMED_METHODS
from reviewer.gather.syntax import Expr, Module, Name, plain

REQUEST_METHOD = re.compile(
    r"(?:\w+\.)*(?:[rR]eq(?:uest)?|r|request|httpReq\w*|c\.Request|ctx\.Request|this\.Ctx\.Request)\.Method"
)

_latest: list[tuple[Module, dict[int, tuple[tuple[int, str], ...]]]] = []


def method_checks(module: Module) -> dict[int, tuple[str, ...]]:
    """The methods that each function compares that of the request with, by the function's index."""
    return {
        function: _answered(tuple(dict.fromkeys(name for _, name in found)))
        for function, found in compared_methods(module).items()
    }


def compared_methods(module: Module) -> dict[int, tuple[tuple[int, str], ...]]:
    """The same, each with the line that it is compared in."""
    if not (_latest and _latest[0][0] is module):
        _latest[:] = [(module, _compared(module))]
    return _latest[0][1]


def _compared(module: Module) -> dict[int, tuple[tuple[int, str], ...]]:
    found: dict[int, dict[tuple[int, str], None]] = {}
    if ".Method" not in module.text:
        return {}
    for item in module.compares:
        if item.operator not in ("==", "!=", "case"):
            continue
        for left, right in ((item.left, item.right), (item.right, item.left)):
            if isinstance(left, Name) and REQUEST_METHOD.fullmatch(left.dotted):
                name = _method(right)
                if name:
                    found.setdefault(item.function, {})[item.line, name] = None
    return {function: tuple(names) for function, names in found.items()}


def _answered(names: tuple[str, ...]) -> tuple[str, ...]:
    """``OPTIONS`` is asked for by handlers that answer preflight requests beside what they serve."""
    served = tuple(name for name in names if name != "OPTIONS")
    return served or names


def _method(expr: Expr) -> str:
    text = plain(expr)
    if text is not None:
        return text.upper() if text.upper() in HTTP else ""
    return NAMED_METHODS.get(expr.dotted.rpartition(".")[2], "") if isinstance(expr, Name) else ""
