"""Statuses that results of C# hold for answers that are sent elsewhere: ``new Result { Code = 404 }``."""

from __future__ import annotations

import re

from reviewer.gather.look import look_at
from reviewer.gather.reader import Kept, Reader
from reviewer.gather.signs._emit import keep
from reviewer.gather.signs.dotnet._csharp import CSHARP
from reviewer.gather.signs.dotnet.status import BY_NAME
from reviewer.gather.syntax import Attribute, Expr, Module, Name, dotted
from reviewer.model.facts.code import SignKind

HELD = re.compile(
    r"\b(?:\w{0,20}Code|\w{0,20}Status)\s?=\s?(?:\(int\)\s?)?"
    r"(?:(20[124]|40[01349]|410|422)\b(?![\w.])|StatusCodes\.Status(\d{3})|HttpStatusCode\.(\w{2,30}))"
)
OF_HELD = ("code", "status")
SENDING = frozenset({"StatusCode"})
KEPT = frozenset({"201", "202", "204", "400", "401", "403", "404", "409", "410", "422"})
LINE_MOST = 300


def read(module: Module, kept: Kept) -> None:
    """Each status once, and once that a status is sent which is not written there."""
    look = look_at(module)
    told: set[str] = set()
    for number, line in look.lines_with(OF_HELD):
        for found in HELD.finditer(line[:LINE_MOST]):
            status = found[1] or found[2] or str(BY_NAME.get(found[3], ""))
            if status in KEPT - told:
                told.add(status)
                keep(kept, look, SignKind.HINT, Name("", number), f"status held: {status}", -1)
    given = next((call for call in module.calls if call.last in SENDING and call.args and _is_held(call.args[0])), None)
    if given is not None:
        keep(kept, look, SignKind.HINT, given, "status given")
        return
    item = next((item for item in module.assignments if _is_answer(item.target) and _is_held(item.value)), None)
    if item is not None:
        keep(kept, look, SignKind.HINT, item, "status given")


def _is_answer(target: str) -> bool:
    return target.rpartition(".")[2] == "StatusCode" and target.rpartition(".")[0].rpartition(".")[2].lower() in (
        "response",
        "res",
    )


def _is_held(value: Expr | None) -> bool:
    """``StatusCode(result.Code, result)``: what is sent was decided where the result was made."""
    if not isinstance(value, (Name, Attribute)):
        return False
    head, _, field = dotted(value).rpartition(".")
    return bool(head) and field.endswith(("Code", "Status")) and head not in ("StatusCodes", "HttpStatusCode")


HELD_STATUSES = Reader(name="held statuses (C#)", languages=CSHARP, read=read)
