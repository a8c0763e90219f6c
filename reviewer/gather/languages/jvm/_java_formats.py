"""Texts that Java fills in at run time: ``String.format``, ``formatted`` and ``MessageFormat.format``."""

from __future__ import annotations

import re
from itertools import groupby

from reviewer.gather.languages.jvm._java_walker import Walker
from reviewer.gather.syntax import Expr, Other, Text

PERCENT = re.compile(r"%(?:(\d{1,3})\$)?[-#+ 0,(<]{0,6}\d{0,4}(?:\.\d{1,4})?(?:[tT][a-zA-Z]|[a-zA-Z%])")
BRACES = re.compile(r"\{(\d{1,3})(?:,[^{}]{0,40})?\}")
PATTERNS = {"String.format": PERCENT, "formatted": PERCENT, "MessageFormat.format": BRACES}
"""The placeholders of each, by the name of the call (``formatted`` is a method of the text itself)."""

Part = str | Expr


def formatted(
    walker: Walker, name: str, subject: Expr, args: tuple[Expr, ...], lines: tuple[int, int], mark: int
) -> Text | None:
    """The text that a formatting call makes, recorded in place of its template; None where the template is unknown.

    Args:
        name: of the call, as in `PATTERNS`.
        subject: what the method is called on, its template for ``formatted``.
        args: its arguments.
        lines: the first and the last of the call.
        mark: how many texts there were before the call.
    """
    if name != "formatted" and args and not isinstance(args[0], Text):
        args = args[1:]
    template, values = (subject, args) if name == "formatted" else (args[0] if args else None, args[1:])
    if not isinstance(template, Text):
        return None
    parts: list[Part] = []
    position = 0
    for part in template.parts:
        if isinstance(part, str):
            filled, position = _filled(PATTERNS[name], part, values, position, lines[0])
            parts += filled
        else:
            parts.append(part)
    found = Text(_merged(parts), *lines, "formatted")
    walker.texts[mark:] = [item for item in walker.texts[mark:] if item[0] is not template]
    walker.texts.append((found, walker.scope.index))
    return found


def _filled(
    pattern: re.Pattern[str], text: str, values: tuple[Expr, ...], position: int, line: int
) -> tuple[list[Part], int]:
    """One piece of a template with its values put in, and how many were taken in order so far."""
    found: list[Part] = []
    end = 0
    for match in pattern.finditer(text):
        found.append(text[end : match.start()])
        end = match.end()
        if match[0] in ("%%", "%n"):
            found.append("%" if match[0] == "%%" else "\n")
            continue
        index = position
        if match[1]:
            index = int(match[1]) - (pattern is PERCENT)
        else:
            position += 1
        found.append(values[index] if 0 <= index < len(values) else Other("placeholder", line))
    return [*found, text[end:]], position


def _merged(parts: list[Part]) -> tuple[Part, ...]:
    found: list[Part] = []
    for is_text, run in groupby(parts, lambda part: isinstance(part, str)):
        if not is_text:
            found += run
        elif text := "".join(part for part in run if isinstance(part, str)):
            found.append(text)
    return tuple(found)
