"""Prints and loggers."""

from __future__ import annotations

from reviewer.gather.expressions import last, truth
from reviewer.gather.look import LINE_LIMIT, Look, look_at, words
from reviewer.gather.reader import Kept, Reader
from reviewer.gather.signs._emit import ECMA, PYTHON, is_browser, keep
from reviewer.gather.syntax import Call, Mapping, Module
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
    "hono/logger.logger": "Hono logger",
    "hono-pino.pinoLogger": "pino",
    "koa-pino-logger": "pino",
    "express-pino-logger": "pino",
    "express-winston.logger": "winston",
}
STARTS = words("fastify require(fastify)")
"""The program that logs by itself where it is told so."""
ENDS = ("process.exit", "throw")
LISTENS = words("listen serve")
NEAR = 3
"""Lines behind a print at the start of a module within which the program ends."""

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
    starting = [(call.line, call.end_line) for call in module.calls if call.last in LISTENS]
    for call in module.calls:
        head, _, ending = call.name.rpartition(".")
        if head == "console" and ending in CONSOLE:
            if not browser and not _is_start(look, call, starting):
                keep(kept, look, SignKind.PRINT, call, call.name)
            continue
        if call.last.casefold() in STARTS and _has_logger(call):
            keep(kept, look, SignKind.LOGGER, call, "Fastify logger")
        _logger(look, kept, call, ECMA_LOGGERS)


def _is_start(look: Look, call: Call, starting: list[tuple[int, int]]) -> bool:
    """Whether a print says where the server listens, or why the program does not even start."""
    if any(line <= call.line <= end_line + 1 for line, end_line in starting):
        return True
    if call.function != -1:
        return False
    after = look.lines[call.end_line : call.end_line + NEAR]
    return any(word in line[:LINE_LIMIT] for line in after for word in ENDS)


def _has_logger(call: Call) -> bool:
    given = [arg.get("logger") for arg in call.args if isinstance(arg, Mapping)]
    return any(value is not None and truth(value) is not False for value in given)


def _logger(look: Look, kept: Kept, call: Call, makers: dict[str, str]) -> None:
    library = makers.get(look.origin(call.name))
    if library:
        keep(kept, look, SignKind.LOGGER, call, library)
    elif call.last in LEVELS and last(call.name.rpartition(".")[0]).lower() in LOGGER_NAMES:
        keep(kept, look, SignKind.LOGGER, call, call.name)


PRINTS_PYTHON = Reader(name="prints and loggers (Python)", languages=PYTHON, read=read_python)
PRINTS_ECMA = Reader(name="prints and loggers (JavaScript)", languages=ECMA, read=read_ecma)
