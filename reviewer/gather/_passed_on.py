"""Handlers that only raise again what they caught: the program would do the same without them."""

from __future__ import annotations

import re

from reviewer.gather.syntax import Catch
from reviewer.model.facts.code import CatchBody

LINES_MOST = 6
LONGEST = 200
"""Lines of a handler, and characters of each, up to which it is looked at."""
COMMENT = re.compile(r"\A\s*(?:#|//).*")
WORD = re.compile(r"\$?[A-Za-z_]\w*")
EXCEPT = re.compile(r"\s*except\b(?P<caught>[^:\n]*):\s*raise\b[ \t]*(?P<thrown>\w*)\s*")
CATCH = re.compile(r"\bcatch\s*(?:\((?P<caught>[^()]*)\)\s*)?\{\s*throw\b\s*(?P<thrown>[$\w]*)\s*;?\s*\}")
ARROW = re.compile(r"\.catch\(\s*\(?(?P<caught>[^()=]*)\)?\s*=>\s*\{\s*throw\b\s*(?P<thrown>[$\w]+)\s*;?\s*\}")


def does_of(lines: list[str], item: Catch) -> CatchBody:
    """What a handler does, with whether it only raises again what it caught.

    Args:
        lines: of the file.
        item: one of its handlers.
    """
    if item.does is not CatchBody.RAISED or item.end_line - item.line >= LINES_MOST:
        return item.does
    cut = (COMMENT.sub("", line[:LONGEST]) for line in lines[item.line - 1 : item.end_line])
    text = "\n".join(cut)
    found = EXCEPT.fullmatch(text) or CATCH.search(text) or ARROW.search(text)
    if found is None:
        return item.does
    thrown = found["thrown"]
    again = not thrown or thrown in WORD.findall(found["caught"] or "")
    return CatchBody.PASSED if again else item.does
