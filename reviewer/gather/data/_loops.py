"""Whether the loop around a call goes over rows, as its header reads: retries and searches for a free name do not."""

from __future__ import annotations

import re

from reviewer.gather.expressions import calls_in, names_in
from reviewer.gather.look import LINE_LIMIT, Look
from reviewer.gather.syntax import Call

UP_MOST = 60
"""Lines above a call in which its loop's header is looked for."""
CHAIN_LINES = 12
"""Lines around a query in which the next turn's value is taken from its row."""
ITERATED = ("iterated", "for", "enhanced_for")
"""What the kinds begin with of expressions that a loop goes over."""
WHILE = re.compile(r"(?:\}\s{0,4})?(?:while|until|unless|do|loop|repeat)\b")
ROWS = re.compile(r"fetch|next|shift|pop|read|\brow|\brecord|length|\bcount\b|size\b|\bhas|queue|stack", re.IGNORECASE)
"""What the condition of a loop over rows holds."""
FOR = re.compile(r"(?:await\s{1,4})?(?:for|foreach)\b")
AGAIN = re.compile(r"attempt|retr(?:y|ies)|\btries\b|\(\s{0,4};\s{0,4};\s{0,4}\)|^for\s{0,4}\{", re.IGNORECASE)
FIXED = re.compile(
    r"\bin\s{1,4}(?:range\(\s{0,4}\d+\s{0,4}\)|\[\s{0,4}[\"'\d][^\]]{0,300}\]|\(\s{0,4}[\"'][^)]{0,300}\)|[A-Z][A-Z0-9_]{2,60}\b)"
    r"|^for\s{0,4}\(?\s{0,4}(?:\w{1,10}\s{1,4})?\$?\w{1,40}\s{0,4}:?=\s{0,4}\d+\s{0,4};\s{0,4}\$?\w{1,40}\s{0,4}[<>]=?\s{0,4}\d+\s{0,4};"
    r"|\bin\s{1,4}\d+\s{0,4}(?:\.\.[.<]?|until|downTo)\s{0,4}\d+\b"
    r"|\bof\s{1,4}(?:\[\s{0,4}[\"'\d][^\]]{0,300}\]|[A-Z][A-Z0-9_]{2,60}\b)|^foreach\s{0,4}\(\s{0,4}\[\s{0,4}[\"'\d]"
)
"""Loops over constants: a number of turns, or a list that is written out."""
TIMES = re.compile(r"\(?\d+(?:\.\.\.?\d+\))?\.(?:times|upto\(\d+|downto\(\d+|each)\b|repeat\(\d+\)")
"""Blocks that run a number of times that is written out."""


def _goes_up(look: Look, call: Call) -> bool:
    """Whether each turn asks for what the row before names: ``node = find(node.parent_id)``, up a chain of parents."""
    held = next(
        (
            item
            for line in range(call.line, max(0, call.line - CHAIN_LINES), -1)
            for item in look.assigned_at(line)
            if item.function == call.function and any(one.line == call.line for one in calls_in(item.value))
        ),
        None,
    )
    if held is None or _is_given(look, held.target, call.function):
        return False
    asked = {name.partition(".")[0] for name in names_in(*call.args, *call.keywords.values())}
    asked |= {
        name.partition(".")[0] for one in calls_in(held.value) for name in names_in(*one.args, *one.keywords.values())
    }
    if held.target in asked:
        return True
    return any(
        item.target in asked
        and item.function == call.function
        and not _is_given(look, item.target, call.function)
        and held.target in {name.partition(".")[0] for name in names_in(item.value)}
        for line in range(call.line + 1, call.line + CHAIN_LINES)
        for item in look.assigned_at(line)
    )


def _is_given(look: Look, name: str, function: int) -> bool:
    """Whether a name is what a loop goes over: each turn has its own."""
    kinds = (getattr(item.value, "kind", "") for item in look.assigned(name, function))
    return any(kind.startswith(ITERATED) for kind in kinds)


def over_rows(look: Look, call: Call) -> bool:
    """Whether a call in a loop runs once per row, as far as the loop's header tells; it does where none is found."""
    lines = look.lines
    if not 0 < call.line <= len(lines):
        return True
    own = lines[call.line - 1][:LINE_LIMIT]
    bare = own.lstrip()
    if _goes_up(look, call):
        return False
    if WHILE.match(bare) and not bare.startswith(("do ", "do{", "loop")):
        return bool(ROWS.search(bare)) and "exists" not in bare.lower()
    depth = len(own) - len(bare)
    for number in range(call.line - 2, max(-1, call.line - UP_MOST), -1):
        line = lines[number][:LINE_LIMIT]
        header = line.lstrip()
        indent = len(line) - len(header)
        if not header or indent >= depth:
            continue
        if TIMES.match(header):
            return False
        if WHILE.match(header):
            return bool(ROWS.search(header))
        if FOR.match(header):
            return not (AGAIN.search(header) or FIXED.search(header))
        depth = indent
        if indent == 0:
            break
    return True
