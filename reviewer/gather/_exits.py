"""Where a function is left before its end: branches that return or throw, by the indentation of their lines."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right

from reviewer.gather.syntax import Function

LEAVES = re.compile(r"^([ \t]{1,80})(?:return|throw|raise)\b", re.MULTILINE)
BRANCH = re.compile(r"\b(?:if|else|elif|elsif|case|default|when|switch|catch|except|rescue|unless)\b")
LONGEST = 60
"""Lines of a branch that are looked at; a longer one is taken to go on."""
WRITES = re.compile(r"insert|update|delete|save|create|persist|merge|remove|destroy|\.add|execute", re.IGNORECASE)
"""Texts of files in which it matters which branch a line stands in."""

Exit = tuple[int, int]
"""The first line of a branch and the line by which it leaves the function."""


def exits_in(text: str) -> list[Exit]:
    """Every branch of a file that leaves its function, in the order of the lines by which they do."""
    if not WRITES.search(text):
        return []
    lines = text.split("\n")
    found, number, done = [], 1, 0
    for match in LEAVES.finditer(text):
        number += text.count("\n", done, match.start())
        done = match.start()
        begin = _begin(lines, number, len(match[1]))
        if begin:
            found.append((begin, number))
    return found


def exits_of(function: Function, exits: list[Exit]) -> tuple[Exit, ...]:
    """Those of a file that stand in a function."""
    lines = [line for _, line in exits]
    inside = exits[bisect_left(lines, function.line) : bisect_right(lines, function.end_line)]
    return tuple(item for item in inside if item[0] > function.line)


def _begin(lines: list[str], number: int, indent: int) -> int:
    """The first line of the branch that a line stands in; 0 where what is around it is no branch."""
    for above in range(number - 1, max(0, number - LONGEST), -1):
        line = lines[above - 1]
        bare = line.lstrip()
        if bare and len(line) - len(bare) < indent:
            return above + 1 if BRANCH.search(bare[:200]) else 0
    return 0
