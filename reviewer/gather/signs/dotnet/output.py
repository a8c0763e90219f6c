"""What goes to the console, and what to a logger."""

from __future__ import annotations

import re

from reviewer.gather.look import look_at, words
from reviewer.gather.reader import Kept, Reader
from reviewer.gather.signs._emit import keep
from reviewer.gather.signs.dotnet._csharp import CSHARP
from reviewer.gather.syntax import Module
from reviewer.model.facts.code import SignKind

PRINTS = words(
    "Console.WriteLine Console.Write Console.Out.WriteLine Console.Error.WriteLine System.Console.WriteLine"
    " Console.Out.WriteLineAsync Console.Error.WriteLineAsync"
)
METHODS = words("LogTrace LogDebug LogInformation LogWarning LogError LogCritical BeginScope")
LEVELS = words("Verbose Debug Information Info Warning Warn Error Fatal Trace ForContext")
RECEIVER = re.compile(r"(?:.*\.)?_?(?:log|logger|\w*Logger)\Z", re.IGNORECASE)
SETUP = {
    "UseSerilog": "Serilog",
    "AddSerilog": "Serilog",
    "UseNLog": "NLog",
    "AddNLog": "NLog",
    "AddLog4Net": "log4net",
}
MAKERS = {"LogManager.GetLogger": "log4net", "LogManager.GetCurrentClassLogger": "NLog"}


def read(module: Module, kept: Kept) -> None:
    """``Console.WriteLine`` and log calls of Microsoft's, Serilog's, NLog's and log4net's loggers."""
    look = look_at(module)
    for call in module.calls:
        head, _, method = call.name.rpartition(".")
        if call.name in PRINTS:
            keep(kept, look, SignKind.PRINT, call, call.name)
        elif call.last in SETUP:
            keep(kept, look, SignKind.LOGGER, call, SETUP[call.last])
        elif call.name in MAKERS:
            keep(kept, look, SignKind.LOGGER, call, MAKERS[call.name])
        elif method in METHODS or (method in LEVELS and bool(head) and bool(RECEIVER.match(head[-80:]))):
            keep(kept, look, SignKind.LOGGER, call, call.name)


OUTPUT_DOTNET = Reader(name="prints and loggers (C#)", languages=CSHARP, read=read)
