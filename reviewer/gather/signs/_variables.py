"""The name of a variable of the environment, as calls of the environment and of helpers around them give it."""

from __future__ import annotations

import re

from reviewer.gather.syntax import Call, Expr, Name, plain

HELPER = re.compile(
    r"(?:get|read|lookup|must|load|fetch|require|retrieve)?_?(?:get|read)?_?envs?(?:ironment)?_?(?:var(?:iable)?)?"
    r"_?(?:as)?_?(?:or|with|str|string|int|bool|number|default|value|required)?_?(?:default|else|throw|fail|panic)?",
    re.IGNORECASE,
)
"""How a project calls a function of its own that asks for one variable: ``getEnv``, ``envOrDefault``."""

CAPITALS = re.compile(r"[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*")
NAME_LIMIT = 60


def variable_of(expr: Expr | None) -> str:
    """The variable that an argument names: a text, or a constant by its own name (``Keys.DB_HOST``).

    A plain word is a parameter of a helper, which names no variable itself.
    """
    text = plain(expr)
    if text:
        return text
    if not isinstance(expr, Name):
        return ""
    name = expr.dotted.rpartition(".")[2]
    return name[:NAME_LIMIT] if "." in expr.dotted or CAPITALS.fullmatch(name[:NAME_LIMIT]) else ""


def asked_by_helper(call: Call) -> str:
    """The variable that ``getEnv("DB_HOST")`` or ``getEnv(Keys.DB_HOST)`` asks for; empty for other calls."""
    if not call.args or not HELPER.fullmatch(call.last[:NAME_LIMIT]):
        return ""
    name = variable_of(call.args[0])
    return name if len(name) > 1 and CAPITALS.fullmatch(name[:NAME_LIMIT]) else ""
