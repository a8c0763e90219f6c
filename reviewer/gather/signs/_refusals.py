"""Validation by hand: a handler that reads the request and refuses it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from reviewer.gather.look import Look
from reviewer.gather.reader import Kept
from reviewer.gather.signs._emit import Placed, keep
from reviewer.gather.syntax import Name
from reviewer.model.facts.code import SignKind

BAD_REQUEST, UNPROCESSABLE = 400, 422
LINE_MOST = 300
LINES_BETWEEN = 4
"""Lines that a refusal may stand below its condition."""
SOUGHT = re.compile(
    r"\.(?:find|get|select|query|load|fetch|first|where|exists|count|search|look_?up|authenticate|log_?in)\w{0,40}[(<]"
    r"|(?:repository|repo|service|dao|store|model)\w{0,10}\.",
    re.IGNORECASE,
)
"""What a value was sought with; that it is not there says nothing of the body."""
DONE = re.compile(
    r"(?:service|repository|repo|dao|store|model|use_?cases?)\w{0,10}\."
    r"(?:create|add|save|insert|update|register|delete|remove|find|get|log_?in|authenticate)\w{0,40}[(<]"
    r"|\b(?:create|add|save|insert|update|register|store|delete|remove)\w{0,40}use_?case\(",
    re.IGNORECASE,
)
"""What did the work or looked for a row, be it with what the request holds: its answer is no check of that."""
TAKEN = re.compile(r"already|\bexists\b(?!\?)|duplicate|not[ _]?found", re.IGNORECASE)
"""What is refused for what the store holds, not for what the body says."""
TYPE_ARGUMENTS = re.compile(r"<[^<>]{0,80}>")
BODY_PARAMETER = re.compile(
    r"(?:@RequestBody|@Body|\[FromBody\])(?:\([^()]{0,60}\))?[^,():=]{1,120}?\b(\w{1,60})\s{0,3}(?:[,):?=]|$)"
)
"""A parameter that is the body of a request: ``@RequestBody Map<String, String> request``, ``@Body() dto: NewNote``."""
BEFORE, AFTER = 1, 2
"""Lines around a refusal in which its message stands."""
CONDITION = re.compile(r"\b(?:if|unless)\b")
TESTED = re.compile(r"\b(?:if|unless)\b[\s(!]{0,6}(?:not\s|empty\(|isset\(|len\()?[\s(!$]{0,4}([A-Za-z_]\w{0,60})")


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
            first = look.module.functions[function].line
            near = look.lines[max(first - 1, place.line - 1 - BEFORE) : place.line + AFTER]
            if TAKEN.search(" ".join(line[:LINE_MOST] for line in near)):
                continue
            if status == BAD_REQUEST and was_sought(look.lines[first - 1 : place.line], request_values):
                continue
            told.add(function)
            keep(kept, look, SignKind.VALIDATION, Name("", place.line), "hand-written", function)


def was_sought(lines: Sequence[str], request_values: re.Pattern[str]) -> bool:
    """Whether the last condition of some lines asks for what was looked up in a store, not read from the request.

    Args:
        lines: those of a function up to its refusal, or up to the condition itself.
        request_values: matches a line that reads the request.
    """
    near = range(len(lines) - 1, max(len(lines) - 1 - LINES_BETWEEN, 0), -1)
    number = next((item for item in near if CONDITION.search(lines[item][:LINE_MOST])), None)
    tested = TESTED.search(lines[number][:LINE_MOST]) if number is not None else None
    if number is None or tested is None:
        return False
    given = re.compile(rf"\b{tested[1]}\b(?:\s?:\s?[\w<>]{{1,40}})?\s{{0,3}}:?=(?!=)(.{{0,200}})")
    found = [match[1] for text in lines[:number] if (match := given.search(text[:LINE_MOST]))]
    own = _of_body(lines)
    found = [own.sub("", text) for text in found] if own else found
    return any(DONE.search(text) or (SOUGHT.search(text) and not request_values.search(text)) for text in found)


def _of_body(lines: Sequence[str]) -> re.Pattern[str] | None:
    """Matches a getter of what a function is handed as the body, which looks nothing up: ``request.get``."""
    names: set[str] = set()
    for line in lines:
        text = line[:LINE_MOST]
        if "Body" in text:
            names.update(BODY_PARAMETER.findall(TYPE_ARGUMENTS.sub("", TYPE_ARGUMENTS.sub("", text))))
    return re.compile(rf"\b(?:{'|'.join(sorted(names))})(?:\?|!!)?\.\w{{1,60}}") if names else None
