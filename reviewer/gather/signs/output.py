"""Prints and loggers."""

from __future__ import annotations

from reviewer.gather.look import Look, last, look_at, words
from reviewer.gather.reader import Kept, Reader
from reviewer.gather.signs._emit import ECMA, PYTHON, is_browser, keep
from reviewer.gather.syntax import Call, Module
from reviewer.model.facts.code import SignKind

CONSOLE = words("log info debug warn error trace dir table")
LEVELS = words("debug info warning warn error exception critical fatal trace success http verbose silly")
LOGGER_NAMES = words("logger log _logger _log logging")
PYTHON_LOGGERS = {
    "logging.getLogger": "logging",
    "logging.basicConfig": "logging",
    "logging.config.dictConfig": "logging",
    "structlog.get_logger": "structlog",
    "structlog.getLogger": "structlog",
    "structlog.configure": "structlog",
    "loguru.logger.add": "loguru",
    "loguru.logger.configure": "loguru",
}
ECMA_LOGGERS = {
    "winston.createLogger": "winston",
    "pino": "pino",
    "pino-http": "pino",
    "bunyan.createLogger": "bunyan",
    "log4js.getLogger": "log4js",
    "log4js.configure": "log4js",
    "signale.Signale": "signale",
    "@nestjs/common.Logger": "NestJS Logger",
    "morgan": "morgan",
    "koa-logger": "koa-logger",
    "tslog.Logger": "tslog",
    "loglevel.getLogger": "loglevel",
}

RUN_ALONE = "if __name__ =="


def read_python(module: Module, kept: Kept) -> None:
    """``print(...)`` and log calls; what is printed where a file is run by itself is for who runs it."""
    look = look_at(module)
    own_print = any(function.name == "print" for function in module.functions) or look.is_imported("print")
    guard = module.text.find(RUN_ALONE)
    alone = module.text.count("\n", 0, guard) + 1 if guard >= 0 else module.lines + 1
    for call in module.calls:
        if call.name == "print" and not own_print:
            if call.function != -1 or call.line < alone:
                keep(kept, look, SignKind.PRINT, call, "print")
            continue
        _logger(look, kept, call, PYTHON_LOGGERS)


def read_ecma(module: Module, kept: Kept) -> None:
    """``console.log(...)`` outside of the browser, and log calls."""
    look = look_at(module)
    browser = is_browser(look)
    for call in module.calls:
        head, _, ending = call.name.rpartition(".")
        if head == "console" and ending in CONSOLE:
            if not browser:
                keep(kept, look, SignKind.PRINT, call, call.name)
            continue
        _logger(look, kept, call, ECMA_LOGGERS)


def _logger(look: Look, kept: Kept, call: Call, makers: dict[str, str]) -> None:
    library = makers.get(look.origin(call.name))
    if library:
        keep(kept, look, SignKind.LOGGER, call, library)
    elif call.last in LEVELS and last(call.name.rpartition(".")[0]).lower() in LOGGER_NAMES:
        keep(kept, look, SignKind.LOGGER, call, call.name)


PRINTS_PYTHON = Reader(name="prints and loggers (Python)", languages=PYTHON, read=read_python)
PRINTS_ECMA = Reader(name="prints and loggers (JavaScript)", languages=ECMA, read=read_ecma)
