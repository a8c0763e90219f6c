"""Functions that turn strangers away by themselves: a condition on who asks, and a refusal right after it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from reviewer.gather.syntax import Function

ASKS = re.compile(
    r"\bif\b.{0,200}?(?:\bnot\b[\s(]{1,9}(?:\w+\.){0,3}user\.is_(?:authenticated|staff|superuser)\b"
    r"|\bnot\b[\s(]{1,9}(?:\w+\.){0,2}(?:request|context)\.user(?:\s*:|\s+or\b)"
    r"|\buser\.is_anonymous\b(?!\s*(?:==|is)\s*False)|\buser\.is_(?:authenticated|staff|superuser)\s*(?:==|is)\s*False"
    r"|\buser\.is_(?:authenticated|staff|superuser)\s*(?:!=|is\s+not)\s*True)"
)
"""``if not request.user.is_authenticated:``, ``if request.user.is_anonymous:``."""
REFUSES = re.compile(r"\s*(?:return|raise|self\.(?:permission_denied|handle_no_permission)|messages\.error|abort)\b")
LINES_BETWEEN = 8
"""Lines that a condition may be written over, with what it logs, before it refuses."""
LINE_MOST = 300


def refusal_line(lines: Sequence[str], function: Function) -> int:
    """The line on which a function begins to turn strangers away, 0 where it does not.

    Args:
        lines: those of its file, the first being line 1.
        function: looked at from its first line to its last.
    """
    for number in range(function.line, min(function.end_line, len(lines)) + 1):
        line = lines[number - 1][:LINE_MOST]
        if "user" not in line or not ASKS.search(line):
            continue
        inline = line.rstrip().rpartition(":")[2]
        following = (inline, *lines[number : min(number + LINES_BETWEEN, function.end_line)])
        if any(REFUSES.match(after[:LINE_MOST]) for after in _block(line, following)):
            return number
    return 0


def _block(line: str, following: Sequence[str]) -> list[str]:
    """What stands after a condition as far as it is indented deeper."""
    indent = len(line) - len(line.lstrip())
    found = [following[0]]
    for after in following[1:]:
        if after.strip() and len(after) - len(after.lstrip()) <= indent and not after.lstrip().startswith(")"):
            break
        found.append(after)
    return found
