"""Django's paths as plain ones: converters and regular expressions to ``{name}``."""

from __future__ import annotations

import re

from reviewer.gather.syntax import Call, Expr, plain, value_of
from reviewer.model.facts.values import Value

CONVERTER = re.compile(r"<(?:[^<>:]*:)?([^<>:]+)>")
NAMED = re.compile(r"\?P<(\w+)>")
PLAIN_GROUP = re.compile(r"\?[:a-zA-Z=!<-]")
QUANTIFIERS = "?*+"
ANCHORS = "^$"
ESCAPED_ANCHORS = "AZzbB"
ESCAPED_CLASSES = "dDwWsS"
UNNAMED = "{param}"
EVERYTHING = re.compile(r"\^?(?:\.\*|\(\?:\.\*\))(?:/\??)?\$?")
"""A pattern that matches whatever is left, and hands none of it to its view."""
TRANSLATING = frozenset({"_", "gettext_lazy", "gettext", "ugettext_lazy", "ugettext", "pgettext_lazy", "pgettext"})
"""Calls that a path is put in to be served in the visitor's language: as it is written, in the default one."""


def path_value(expr: Expr | None) -> Value:
    """The path of ``path()``."""
    value = value_of(_untranslated(expr))
    return tuple(CONVERTER.sub(r"{\1}", part) if isinstance(part, str) else part for part in value)


def regex_value(expr: Expr | None) -> Value:
    """The path of ``re_path()`` and ``url()``."""
    return tuple(plain_path(part) if isinstance(part, str) else part for part in value_of(_untranslated(expr)))


def takes_the_rest(expr: Expr | None) -> bool:
    """Whether the path of ``re_path()`` answers whatever no path before it did: a page or an error of its own."""
    return EVERYTHING.fullmatch(plain(expr) or "") is not None


def _untranslated(expr: Expr | None) -> Expr | None:
    """The path in ``_("about/")``; the text follows the context in ``pgettext("menu", "about/")``."""
    return expr.args[-1] if isinstance(expr, Call) and expr.last in TRANSLATING and expr.args else expr


def plain_path(pattern: str) -> str:
    """A regular expression as a path: groups to parameters, anchors and quantifiers away. One pass.

    What varies outside a named group becomes ``{param}``; an optional group is left out, an optional letter stays:
    ``users?`` is ``users``.
    """
    found: list[str] = []
    position = 0
    while position < len(pattern):
        piece, position = _piece(pattern, position)
        quantified = position < len(pattern) and pattern[position] in "*+?{"
        optional = quantified and pattern[position] in "*?"
        if quantified:
            position = _after_quantifier(pattern, position)
        kept = piece == "/" or (pattern[position - 1] == "*" if piece == UNNAMED else piece.isalnum())
        dropped = optional and not (kept and (len(piece) == 1 or piece == UNNAMED))
        if piece and not dropped and not (piece == UNNAMED and found and found[-1] == UNNAMED):
            found.append(piece)
    return "".join(found)


def _piece(pattern: str, position: int) -> tuple[str, int]:
    """What one element of the pattern stands for, and where the next begins."""
    sign = pattern[position]
    if sign == "\\" and position + 1 < len(pattern):
        escaped = pattern[position + 1]
        if escaped in ESCAPED_ANCHORS:
            return "", position + 2
        return (UNNAMED if escaped in ESCAPED_CLASSES else escaped), position + 2
    if sign == "[":
        return UNNAMED, _after_class(pattern, position)
    if sign == "(":
        return _group(pattern, position)
    if sign in ANCHORS or sign == ")":
        return "", position + 1
    return (UNNAMED if sign == "." else sign), position + 1


def _group(pattern: str, position: int) -> tuple[str, int]:
    end = _after_group(pattern, position)
    if named := NAMED.match(pattern, position + 1):
        return f"{{{named.group(1)}}}", end
    if PLAIN_GROUP.match(pattern, position + 1) is None:
        return UNNAMED, end
    inside = pattern[position + 3 : end - 1]
    simple = pattern[position + 1 : position + 3] == "?:" and "(" not in inside
    return (plain_path(inside.split("|")[0]) if simple else ""), end


def _after_group(pattern: str, position: int) -> int:
    depth = 0
    while position < len(pattern):
        sign = pattern[position]
        if sign == "\\":
            position += 1
        elif sign == "[":
            position = _after_class(pattern, position) - 1
        elif sign in "()":
            depth += 1 if sign == "(" else -1
            if depth == 0:
                return position + 1
        position += 1
    return len(pattern)


def _after_class(pattern: str, position: int) -> int:
    position += 2 if pattern[position + 1 : position + 2] in ("]", "^") else 1
    while position < len(pattern) and pattern[position] != "]":
        position += 2 if pattern[position] == "\\" else 1
    return min(position + 1, len(pattern))


def _after_quantifier(pattern: str, position: int) -> int:
    if pattern[position] == "{":
        end = pattern.find("}", position)
        return len(pattern) if end == -1 else end + 1
    while position < len(pattern) and pattern[position] in QUANTIFIERS:
        position += 1
    return position
