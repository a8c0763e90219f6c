"""One place that answers errors, known by its shape: what wraps handlers and looks at the error that they return."""

from __future__ import annotations

import re

from reviewer.gather.look import Look, look_at
from reviewer.gather.reader import Kept, Reader
from reviewer.gather.signs._emit import keep
from reviewer.gather.signs.go._go import GO, is_context, serves
from reviewer.gather.syntax import Function, Module
from reviewer.model.facts.code import SignKind

HANDLER_TYPE = re.compile(r"(?:Handler|HandlerFunc|HandlerFn|Func)$|^func\(")
TESTS_ERROR = re.compile(r"\b\w*[eE]rr\w*\s{0,3}!=\s{0,3}nil|\bc(?:tx)?\.Errors\b")
GOES_ON = re.compile(r"\w*[eE]rr\w*\s{0,3}:?=\s{0,3}\w{1,20}\.Next\(|\bc(?:tx)?\.Errors\b")
"""Fiber's and Gin's way to whatever comes after, with the errors of it."""
ANSWERS = re.compile(
    r"\.(?:JSON|IndentedJSON|AbortWithStatusJSON|String|SendString|SendStatus|XML|HTML|Encode|WriteHeader)\(|\bhttp\.Error\("
    r"|\b(?:\w{0,40}\.)?(?:respond|render|write|send|handle|encode)\w{0,30}\([^()]{0,80}\b[eE]rr",
    re.IGNORECASE,
)
SERVER_FAULT = re.compile(r"InternalServerError|\b50[0-4]\b")
LINES_MOST = 150
LINE_MOST = 300


def read(module: Module, kept: Kept) -> None:
    """Wrappers of handlers, handler types that return an error, and functions that are given a request and an error."""
    if "err" not in module.text and ".Errors" not in module.text:
        return
    look = look_at(module)
    if not serves(look):
        return
    for function in module.functions:
        if function.parent == -1 and _answers_errors(look, function):
            keep(kept, look, SignKind.ERROR_HANDLER, function, function.name, function.index)


def _answers_errors(look: Look, function: Function) -> bool:
    text = _text(look, function)
    if not ANSWERS.search(text):
        return False
    if any(item.type == "error" for item in function.parameters):
        return any(is_context(item) for item in function.parameters) and bool(SERVER_FAULT.search(text))
    return bool(TESTS_ERROR.search(text)) and _wraps(function, text)


def _wraps(function: Function, text: str) -> bool:
    """Whether an error is what a handler gave back that was handed in, is the receiver, or comes next."""
    if GOES_ON.search(text):
        return True
    names = [item.name for item in function.parameters if item.name and HANDLER_TYPE.search(item.type)]
    names += [function.receiver] if function.receiver and function.name == "ServeHTTP" else []
    return any(re.search(rf"\b\w*[eE]rr\w*\s{{0,3}}:?=\s{{0,3}}{re.escape(name)}\(", text) for name in names)


def _text(look: Look, function: Function) -> str:
    end = min(function.end_line, function.line + LINES_MOST)
    return "\n".join(line[:LINE_MOST] for line in look.lines[function.line - 1 : end])


ERROR_SHAPES_GO = Reader(name="error shapes (Go)", languages=GO, read=read)
