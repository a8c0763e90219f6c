"""Handlers that a generator wrote and nobody filled in."""

from __future__ import annotations

import re

from reviewer.gather.look import look_at
from reviewer.gather.reader import Kept, Reader
from reviewer.gather.signs._emit import ECMA, keep
from reviewer.gather.syntax import Module, Name
from reviewer.model.facts.code import SignKind

STUB = re.compile(r"return\s{1,9}['\"`]This action (?:returns|adds|removes|updates)\b")
"""What the resource generator of NestJS answers with."""
LINE_MOST = 300


def read(module: Module, kept: Kept) -> None:
    """Each line that answers with such a sentence."""
    if "This action " not in module.text:
        return
    look = look_at(module)
    for number, line in enumerate(look.lines, 1):
        if not STUB.search(line[:LINE_MOST]):
            continue
        keep(kept, look, SignKind.HINT, Name("", number), "stub", look.innermost(number))


STUBS = Reader(name="handlers not filled in", languages=ECMA, read=read)
