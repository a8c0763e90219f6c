"""One place that answers errors, known by its shape: what wraps every handler and catches whatever it raises."""

from __future__ import annotations

import re

from reviewer.gather.look import look_at
from reviewer.gather.reader import Kept, Reader
from reviewer.gather.signs._emit import PYTHON, keep
from reviewer.gather.syntax import Function, Module
from reviewer.model.facts.code import SignKind

NEXT = ("call_next", "self.get_response", "get_response", "self.app")
"""What middleware of Starlette, Django and ASGI calls to go on."""
ANSWERS = re.compile(
    r"\b(?:jsonify|JSONResponse|JsonResponse|Response|make_response|json_response|abort)\(|,\s?50[0-4]\b"
)
LINES_MOST = 120
LINE_MOST = 300


def read(module: Module, kept: Kept) -> None:
    """Middleware and decorators around a ``try``, and Django's ``process_exception``."""
    if not module.catches and "process_exception" not in module.text:
        return
    look = look_at(module)
    for function in module.functions:
        text = "\n".join(
            line[:LINE_MOST]
            for line in look.lines[function.line - 1 : min(function.end_line, function.line + LINES_MOST)]
        )
        if ANSWERS.search(text) and (_is_hook(function) or _wraps(module, function, text)):
            keep(kept, look, SignKind.ERROR_HANDLER, function, function.name, function.index)


def _is_hook(function: Function) -> bool:
    return function.name == "process_exception" and function.owner != -1


def _wraps(module: Module, function: Function, text: str) -> bool:
    """Whether what comes next, or the function that is decorated, is called inside of a ``try`` that catches all."""
    if not any(function.line <= item.line <= function.end_line and _is_broad(item.types) for item in module.catches):
        return False
    if any(f"{name}(" in text for name in NEXT):
        return True
    names = [item.name for item in function.parameters]
    return len(names) == 1 and re.search(rf"\b{re.escape(names[0])}\(\*\w{{1,20}},\s?\*\*", text) is not None


def _is_broad(types: tuple[str, ...]) -> bool:
    return not types or any(name in ("Exception", "BaseException") for name in types)


ERROR_SHAPES = Reader(name="error shapes (Python)", languages=PYTHON, read=read)
