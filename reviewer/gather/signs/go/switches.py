"""What should be off in production and is switched on: debug mode; and TLS checks switched off."""

from __future__ import annotations

from reviewer.gather.expressions import truth
from reviewer.gather.look import look_at
from reviewer.gather.reader import Kept, Reader
from reviewer.gather.signs._emit import keep
from reviewer.gather.signs.go._go import GO, serves
from reviewer.gather.syntax import Module, dotted, plain
from reviewer.model.facts.code import SignKind

INSECURE = "InsecureSkipVerify"
PPROF = "net/http/pprof"


def read(module: Module, kept: Kept) -> None:
    """``InsecureSkipVerify: true``, ``gin.SetMode(gin.DebugMode)``, ``e.Debug = true``."""
    look = look_at(module)
    for call in module.calls:
        if truth(call.keywords.get(INSECURE)) is True:
            keep(kept, look, SignKind.TLS_OFF, call, INSECURE)
        elif (
            call.name == "gin.SetMode"
            and call.args
            and (dotted(call.args[0]) == "gin.DebugMode" or plain(call.args[0]) == "debug")
        ):
            keep(kept, look, SignKind.DEBUG_ON, call, "gin.DebugMode")
    for item in module.assignments:
        name = item.target.rpartition(".")[2]
        if name == INSECURE and truth(item.value) is True:
            keep(kept, look, SignKind.TLS_OFF, item, INSECURE)
        elif (
            name == "Debug"
            and truth(item.value) is True
            and serves(look)
            and item.target in ("e.Debug", "app.Debug", "echo.Debug")
        ):
            keep(kept, look, SignKind.DEBUG_ON, item, item.target)


SWITCHES_GO = Reader(name="debug and TLS (Go)", languages=GO, read=read)
