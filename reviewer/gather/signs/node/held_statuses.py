"""Statuses that objects hold for answers that are sent elsewhere: ``{ code: 404 }``, ``res.status(code)``."""

from __future__ import annotations

import re

from reviewer.gather.expressions import chain
from reviewer.gather.look import Look, look_at
from reviewer.gather.reader import Kept, Reader
from reviewer.gather.signs._emit import ECMA, keep
from reviewer.gather.signs.status import SENDERS
from reviewer.gather.syntax import Attribute, Call, Module, Name, Other
from reviewer.model.facts.code import SignKind

HELD = re.compile(
    r"\b(?:code|status|statusCode|status_code|httpCode|httpStatus)[\"']?\s?:\s?(20[124]|40[01349]|410|422)\b(?!\s?[|.\w])"
)
OF_HELD = ("code", "status")
SENDING = frozenset({"status", "code", "sendStatus"})
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
    given = next((call for call in module.calls if call.last in SENDING and _gives(look, call)), None)
    if given is not None:
        keep(kept, look, SignKind.HINT, given, "status given")


def _gives(look: Look, call: Call) -> bool:
    """``res.status(code)``, ``res.status(result.code || 200)``: what is sent was decided elsewhere."""
    parts = chain(call)
    first = call.args[0] if call.args else None
    if not parts or not SENDERS.intersection(parts[:-1]) or first is None:
        return False
    values = first.operands if isinstance(first, Other) else (first,)
    return any(isinstance(value, (Name, Attribute)) and not look.is_imported(_head(value)) for value in values)


def _head(value: Name | Attribute) -> str:
    return value.dotted if isinstance(value, Name) else ""


HELD_STATUSES = Reader(name="held statuses (JavaScript)", languages=ECMA, read=read)
