"""Calls that run or render what they are given, where it is not a constant."""

from __future__ import annotations

import re

from reviewer.gather.expressions import inside
from reviewer.gather.look import Look, look_at, words
from reviewer.gather.reader import Kept, Reader
from reviewer.gather.signs._emit import keep
from reviewer.gather.signs.go._go import GO, in_handler
from reviewer.gather.syntax import Call, Expr, Module, Name, Text, plain
from reviewer.model.facts.code import SignKind

SHELLS = words("sh bash /bin/sh /bin/bash cmd cmd.exe zsh powershell /usr/bin/bash")
COMMANDS = {"exec.Command": 0, "exec.CommandContext": 1, "syscall.Exec": 0, "os.StartProcess": 0}
SCHEME = re.compile(r"data:image/|https?://|mailto:", re.IGNORECASE)
MARKUP = words("template.HTML template.JS template.URL template.HTMLAttr template.CSS")


def read(module: Module, kept: Kept) -> None:
    """A shell that is given values, a program that a value names, and values that pass for safe markup."""
    look = look_at(module)
    for call in module.calls:
        if _runs(look, call) or _trusts(look, call):
            keep(kept, look, SignKind.DANGEROUS_CALL, call, call.name)


def _runs(look: Look, call: Call) -> bool:
    place = COMMANDS.get(call.name)
    if place is None or len(call.args) <= place:
        return False
    program, rest = call.args[place], call.args[place + 1 :]
    if plain(look.value(program, call.function)) in SHELLS:
        return len(rest) > 1 and not look.is_constant(rest[1], call.function)
    return (
        isinstance(program, Name) and not look.is_constant(program, call.function) and in_handler(look, call.function)
    )


def _trusts(look: Look, call: Call) -> bool:
    return (
        call.name in MARKUP
        and bool(call.args)
        and not look.is_constant(call.args[0], call.function)
        and not (call.last == "URL" and _has_scheme(call.args[0]))
        and in_handler(look, call.function)
    )


def _has_scheme(expr: Expr) -> bool:
    """``"data:image/png;base64," + text``: whatever follows, it is no script."""
    first = next((part for part in inside(expr) if isinstance(part, Text)), None)
    head = first.parts[0] if first is not None and first.parts else None
    return isinstance(head, str) and SCHEME.match(head) is not None


DANGER_GO = Reader(name="dangerous calls (Go)", languages=GO, read=read)
