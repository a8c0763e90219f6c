"""Middleware of Koa that catches whatever comes after it: its one error handler."""

from __future__ import annotations

import re

from reviewer.gather.look import look_at, words
from reviewer.gather.reader import Kept, Reader
from reviewer.gather.signs._emit import ECMA, keep
from reviewer.gather.syntax import Function, Module
from reviewer.model.facts.code import SignKind

MARKS = re.compile(r"\bawait\s{1,9}next\(|\byield\s{1,9}next\b")
CONTEXTS = words("ctx context _ctx c")
BESIDE = ("console.", "logger.", "log.", "Date", "performance.", "process.hrtime")
"""What may be called beside ``next``; anything else says that the middleware has work of its own."""
PARAMETERS = 2
ANSWERS = re.compile(
    r"\b(?:res|response|reply|ctx|context|c)\.(?:status|json|send|code|body|sendStatus)\b|\bstatusCode:|NextResponse\.json\(|Response\.json\("
)
ROUTED = re.compile(r"\b(?:req|request|ctx)\b")
LINES_MOST, LINE_MOST = 60, 300


def read(module: Module, kept: Kept) -> None:
    """``async (ctx, next) => { try { await next(); } catch (error) { ... } }``."""
    if "catch" not in module.text:
        return
    look = look_at(module)
    for function in module.functions:
        if _wraps(function, look.lines):
            keep(kept, look, SignKind.ERROR_HANDLER, function, "wrapper", function.index)
    if not module.catches or not MARKS.search(module.text):
        return
    for function in module.functions:
        if _goes_on(function) and _only_catches(module, function):
            keep(kept, look, SignKind.ERROR_HANDLER, function, "Koa", function.index)


def _wraps(function: Function, lines: list[str]) -> bool:
    """A function that is given a handler, calls it with the request, and answers by itself whatever that throws."""
    if len(function.parameters) != 1 or not function.parameters[0].name:
        return False
    text = "\n".join(
        line[:LINE_MOST] for line in lines[function.line - 1 : min(function.end_line, function.line + LINES_MOST)]
    )
    if "catch" not in text or ANSWERS.search(text) is None:
        return False
    given = re.escape(function.parameters[0].name)
    direct = function.parent == -1 and re.search(rf"\b{given}\(\s?(?:req|request|ctx|context|c|event)\b", text)
    return bool(direct or (ROUTED.search(text) and re.search(rf"\b{given}\.(?:handler|handle|execute)\(", text)))


def _goes_on(function: Function) -> bool:
    names = [item.name for item in function.parameters]
    return len(names) == PARAMETERS and names[0] in CONTEXTS and names[1] == "next"


def _only_catches(module: Module, function: Function) -> bool:
    """Whether everything before the catch is ``next``."""
    first = next((item for item in module.catches if item.function == function.index), None)
    if first is None:
        return False
    tried = [call.name for call in module.calls if call.function == function.index and call.end_line <= first.line]
    return "next" in tried and all(name == "next" or name.startswith(BESIDE) for name in tried)


ERROR_MIDDLEWARE = Reader(name="error middleware (JavaScript)", languages=ECMA, read=read)
