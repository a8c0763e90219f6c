"""Statuses that tables and errors of Python hold for answers that are sent elsewhere: ``{"status": HTTP_404}``."""

from __future__ import annotations

import re

from reviewer.gather.look import look_at
from reviewer.gather.reader import Kept, Reader
from reviewer.gather.signs._emit import PYTHON, keep
from reviewer.gather.syntax import Attribute, Expr, Module, Name, dotted
from reviewer.model.facts.code import SignKind

HELD = re.compile(
    r"\b(?:code|status|status_code|http_code|http_status)[\"']?\s?[:=]\s?(?:[\w.]{0,40}HTTP_)?"
    r"(20[124]|40[01349]|410|422)(?:_[A-Z_]{2,40})?\b(?!\s?[|.\w])"
)
OF_HELD = ("code", "status")
FIELDS = ("status", "status_code")
LINE_MOST = 300


def read(module: Module, kept: Kept) -> None:
    """Each status once, and once that a status is sent which is not written there."""
    look = look_at(module)
    told: set[str] = set()
    for number, line in look.lines_with(OF_HELD):
        for found in HELD.finditer(line[:LINE_MOST]):
            if found[1] not in told:
                told.add(found[1])
                keep(kept, look, SignKind.HINT, Name("", number), f"status held: {found[1]}", -1)
    given = next((item for item in module.assignments if _is_sent(item.target) and _is_of_an_error(item.value)), None)
    if given is not None:
        keep(kept, look, SignKind.HINT, given, "status given")
        return
    call = next((item for item in module.calls for name in FIELDS if _is_of_an_error(item.keywords.get(name))), None)
    if call is not None:
        keep(kept, look, SignKind.HINT, call, "status given")


def _is_sent(target: str) -> bool:
    head, _, field = target.rpartition(".")
    return field in FIELDS and head.rpartition(".")[2] in ("res", "resp", "response")


def _is_of_an_error(value: Expr | None) -> bool:
    """``exception.status``, ``error.status_code``: what is sent was decided where the error was made."""
    return isinstance(value, (Name, Attribute)) and dotted(value).rpartition(".")[2] in (*FIELDS, "code", "http_status")


HELD_STATUSES = Reader(name="held statuses (Python)", languages=PYTHON, read=read)
