"""Prints left from debugging, and loggers, in PHP. ``echo`` is how PHP answers, so it is no print."""

from __future__ import annotations

from reviewer.gather.expressions import last, truth
from reviewer.gather.look import look_at, words
from reviewer.gather.reader import Kept, Reader
from reviewer.gather.signs._emit import keep
from reviewer.gather.signs.php._php import PHP
from reviewer.gather.syntax import Call, Module
from reviewer.model.facts.code import SignKind

DUMPS = words("var_dump dd dump ddd debug_zval_refcount debug_print_backtrace kint krumo pre_r")
RETURNING = words("print_r var_export")
"""Functions that print, unless their second argument asks for the text."""
LEVELS = words("emergency alert critical error warning notice info debug log addRecord addInfo addError")
OWN_CALLS = ("log_", "logError", "logInfo", "logWarning", "logDebug", "logRequest", "logException")
HOLDERS = words("logger log Log _logger logger() Logger monolog")
MAKERS = {"Monolog.Logger": "Monolog", "Laminas.Log.Logger": "Laminas Log", "Analog.Logger": "Analog"}
FUNCTIONS = {
    "error_log": "error_log",
    "syslog": "syslog",
    "log_message": "log_message",
    "logger": "logger",
    "report": "report",
    "watchdog": "watchdog",
}


def read(module: Module, kept: Kept) -> None:
    """``var_dump`` and its like; Monolog, Laravel's and other loggers."""
    look = look_at(module)
    own = look.outer_functions
    for call in module.calls:
        if call.name in own:
            continue
        if call.name in DUMPS or (call.name in RETURNING and not _returns(call)):
            keep(kept, look, SignKind.PRINT, call, call.name)
        elif call.new and (library := MAKERS.get(look.origin(call.name))):
            keep(kept, look, SignKind.LOGGER, call, library)
        elif call.name in FUNCTIONS and call.args:
            keep(kept, look, SignKind.LOGGER, call, FUNCTIONS[call.name])
        elif (call.last in LEVELS or call.last.startswith(OWN_CALLS)) and last(_holder(call)) in HOLDERS:
            keep(kept, look, SignKind.LOGGER, call, call.name.lstrip("."))


def _returns(call: Call) -> bool:
    return len(call.args) > 1 and truth(call.args[1]) is not False


def _holder(call: Call) -> str:
    inner = getattr(call.callee, "value", None)
    if isinstance(inner, Call):
        return f"{inner.name}()" if inner.name == "logger" else inner.last
    return call.name.rpartition(".")[0]


OUTPUT_PHP = Reader(name="prints and loggers (PHP)", languages=PHP, read=read)
