"""Whether the loop around a call goes over rows, as its header reads: retries and searches for a free name do not."""

from __future__ import annotations

import re

from reviewer.gather.look import LINE_LIMIT, Look
from reviewer.gather.syntax import Call

UP_MOST = 60
"""Lines above a call in which its loop's header is looked for."""
WHILE = re.compile(r"(?:\}\s{0,4})?(?:while|until|unless|do|loop|repeat)\b")
ROWS = re.compile(r"fetch|next|shift|pop|read|\brow|\brecord|length|\bcount\b|size\b|\bhas|queue|stack", re.IGNORECASE)
"""What the condition of a loop over rows holds."""
FOR = re.compile(r"(?:await\s{1,4})?(?:for|foreach)\b")
AGAIN = re.compile(r"attempt|retr(?:y|ies)|\btries\b|\(\s{0,4};\s{0,4};\s{0,4}\)|^for\s{0,4}\{", re.IGNORECASE)
FIXED = re.compile(
    r"\bin\s{1,4}(?:range\(\s{0,4}\d+\s{0,4}\)|\[\s{0,4}[\"'\d][^\]]{0,300}\]|\(\s{0,4}[\"'][^)]{0,300}\)|[A-Z][A-Z0-9_]{2,60}\b)"
    r"|\bof\s{1,4}(?:\[\s{0,4}[\"'\d][^\]]{0,300}\]|[A-Z][A-Z0-9_]{2,60}\b)|^foreach\s{0,4}\(\s{0,4}\[\s{0,4}[\"'\d]"
)
"""Loops over constants: a number of turns, or a list that is written out."""


def over_rows(look: Look, call: Call) -> bool:
    """Whether a call in a loop runs once per row, as far as the loop's header tells; it does where none is found."""
    lines = look.lines
    if not 0 < call.line <= len(lines):
        return True
    own = lines[call.line - 1][:LINE_LIMIT]
    bare = own.lstrip()
    if WHILE.match(bare) and not bare.startswith(("do ", "do{", "loop")):
        return bool(ROWS.search(bare)) and "exists" not in bare.lower()
    depth = len(own) - len(bare)
    for number in range(call.line - 2, max(-1, call.line - UP_MOST), -1):
        line = lines[number][:LINE_LIMIT]
        header = line.lstrip()
        indent = len(line) - len(header)
        if not header or indent >= depth:
            continue
        if WHILE.match(header):
            return bool(ROWS.search(header))
        if FOR.match(header):
            return not (AGAIN.search(header) or FIXED.search(header))
        depth = indent
        if indent == 0:
            break
    return True
