"""Routes that one text names with their method: ``"GET /users/{id}"``, as SST and API Gateway write them."""

from __future__ import annotations

import re

from reviewer.gather.syntax import Expr, Text, plain, value_of
from reviewer.model.facts.values import Value

METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "ANY")
METHOD_PATH = re.compile(r"\s*(GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS|ANY)\s+(/\S*)\s*", re.IGNORECASE)
PROXY = re.compile(r"\{proxy\+\}")
MORE = re.compile(r"\{(\w+)\+\}")


def method_path(expr: Expr | str | None) -> tuple[str, Value] | None:
    """The method and the path of such a text; None for what is handed on whole, ``$default`` and anything else."""
    text = expr if isinstance(expr, str) else plain(expr)
    if text is not None and hands_on(text):
        return None
    if text is not None:
        found = METHOD_PATH.fullmatch(text[:500])
        return (found[1].upper(), (served(found[2]),)) if found else None
    if isinstance(expr, Text) and expr.parts and isinstance(expr.parts[0], str):
        method, _, rest = expr.parts[0].strip().partition(" ")
        if method.upper() in METHODS and rest.strip().startswith("/"):
            inner = value_of(Text((rest.strip(), *expr.parts[1:]), expr.line, expr.end_line))
            return method.upper(), inner
    return None


def served(path: str) -> str:
    """``{id+}`` as ``{id}``."""
    return MORE.sub(r"{\1}", path)


def hands_on(path: str) -> bool:
    """Whether everything is handed on to one function, which tells the paths apart itself (``/{proxy+}``)."""
    return bool(PROXY.search(path))
