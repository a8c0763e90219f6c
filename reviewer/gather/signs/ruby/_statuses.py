"""HTTP statuses as Ruby writes them: numbers, and the symbols of Rack."""

from __future__ import annotations

from http import HTTPStatus

from reviewer.gather.expressions import integer
from reviewer.gather.syntax import Expr, Name, plain

BY_NAME = {
    **{status.name.lower(): status.value for status in HTTPStatus},
    "unprocessable_entity": 422,
    "unprocessable_content": 422,
    "content_too_large": 413,
    "payload_too_large": 413,
    "request_entity_too_large": 413,
    "success": 200,
    "redirect": 302,
    "missing": 404,
    "error": 500,
}
"""Symbols of statuses; the last four are Rails' names for whole classes."""


def status_of(expr: Expr | None) -> int | None:
    """The status that an expression is: ``404``, ``:not_found``, ``"404"``."""
    number = integer(expr)
    if number is None:
        text = plain(expr) or _looked_up(expr)
        number = int(text) if text.isascii() and text.isdigit() and len(text) == 3 else BY_NAME.get(text)
    return number if number is not None and 100 <= number < 600 else None


def _looked_up(expr: Expr | None) -> str:
    """The symbol of ``CODES[:not_found]``: what a table of statuses is asked for."""
    head, _, name = expr.dotted.rpartition(".") if isinstance(expr, Name) else ("", "", "")
    return name if head.isupper() or head.endswith("SYMBOL_TO_STATUS_CODE") else ""
