"""Handlers that a generator wrote and nobody filled in."""

from __future__ import annotations

import re

from reviewer.gather.look import look_at
from reviewer.gather.reader import Kept, Reader
from reviewer.gather.signs._emit import ECMA, PYTHON, keep
from reviewer.gather.syntax import Module, Name
from reviewer.model.facts.code import SignKind

STUB = re.compile(r"return\s{1,9}['\"`]This action (?:returns|adds|removes|updates)\b")
"""What the resource generator of NestJS answers with."""
LINE_MOST = 300
BODY_MOST = 8
QUOTES = ('"""', "'''")


def read(module: Module, kept: Kept) -> None:
    """Each line that answers with such a sentence."""
    if "This action " not in module.text:
        return
    look = look_at(module)
    for number, line in enumerate(look.lines, 1):
        if not STUB.search(line[:LINE_MOST]):
            continue
        keep(kept, look, SignKind.HINT, Name("", number), "stub", look.innermost(number))


def read_python(module: Module, kept: Kept) -> None:
    """Each function whose body is ``pass`` or three dots alone; its name says nothing of others."""
    if "pass" not in module.text and "..." not in module.text:
        return
    look = look_at(module)
    for item in module.functions:
        if item.end_line - item.line > BODY_MOST or look.lines[item.end_line - 1].strip() not in ("pass", "..."):
            continue
        before = look.lines[item.end_line - 2].rstrip() if item.end_line > item.line else ""
        if before.lstrip().startswith(("def ", "async def ", ")")) or before.endswith(QUOTES):
            keep(kept, look, SignKind.HINT, Name("", item.end_line), "stub", -1)


STUBS_PYTHON = Reader(name="functions not filled in (Python)", languages=PYTHON, read=read_python)
STUBS = Reader(name="handlers not filled in", languages=ECMA, read=read)
