"""Validation by hand: a handler that reads the request and refuses it."""

from __future__ import annotations

import re
from collections.abc import Iterable

from reviewer.gather.look import Look
from reviewer.gather.reader import Kept
from reviewer.gather.signs._emit import Placed, keep
from reviewer.gather.syntax import Name
from reviewer.model.facts.code import SignKind

BAD_REQUEST, UNPROCESSABLE = 400, 422


def keep_refusals(
    look: Look, kept: Kept, statuses: Iterable[tuple[int, Placed, int]], request_values: re.Pattern[str]
) -> None:
    """Keeps the first refusal of each function, outside of exception handlers.

    Args:
        look: the module.
        kept: where the signs go.
        statuses: every answered status with its place and function. 422 says by itself that input was refused; 400
            only in a function that reads the request.
        request_values: matches a line that reads the request.
    """
    caught = {line for catch in look.module.catches for line in range(catch.line, catch.end_line + 1)}
    told: set[int] = set()
    for status, place, function in statuses:
        refuses = status == UNPROCESSABLE or (status == BAD_REQUEST and look.mentions(function, request_values))
        if refuses and function != -1 and function not in told and place.line not in caught:
            told.add(function)
            keep(kept, look, SignKind.VALIDATION, Name("", place.line), "hand-written", function)
