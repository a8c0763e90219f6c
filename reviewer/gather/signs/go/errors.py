"""Where errors are turned into answers, and what of them leaks to the client."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reviewer.gather.expressions import inside
from reviewer.gather.look import Look, look_at, words
from reviewer.gather.reader import Kept, Reader
from reviewer.gather.signs._emit import keep
from reviewer.gather.signs.go._go import GO, handles, serves, status_of
from reviewer.gather.syntax import Attribute, Call, Expr, Function, Module, Name, dotted
from reviewer.model.facts.code import SignKind

HANDLER_CALLS = words(
    "Recovery RecoverWithConfig CustomRecovery CustomRecoveryWithWriter RecoveryWithWriter"
    " SetErrorHandler OnErrorCode OnAnyErrorCode"
)
RECOVER_PACKAGES = words(
    "middleware.Recover middleware.Recoverer recover.New handlers.RecoveryHandler recovery.Recovery middleware.Recovery"
)
HANDLER_SETTINGS = words("HTTPErrorHandler ErrorHandler NotFoundHandler ErrorEncoder")
ERROR_FUNCTION = re.compile(
    r"^(?:custom_?|http_?|global_?|api_?|default_?)?(?:error_?(?:handler|middleware|response)|handle_?errors?|errorhandler|write_?error|respond_?(?:with_?)?error|"
    r"render_?error|server_?error|send_?error|error_?json|problem|abort_?with_?error|error_?encoder|handle_?error_?response)$",
    re.IGNORECASE,
)
"""Names of a project's own functions that every error is answered by."""
SENDING = words(
    "JSON IndentedJSON String AbortWithStatusJSON AbortWithError Error SendString NewHTTPError"
    " NewError JSONPretty Fprint Fprintf Fprintln"
    " Write WriteString HTML Text StopWithError StopWithJSON SendError Encode XML"
)
ERROR_NAME = re.compile(r"(?:err|error|e|\w*Err)\d?")
UNAVAILABLE = 503
"""What says that a service is not ready tells its operators why."""
TRACES = frozenset({"debug.Stack", "runtime.Stack"})


def read(module: Module, kept: Kept) -> None:
    """Recovery middleware, error handlers of frameworks and of the project; errors' texts in 5xx answers."""
    look = look_at(module)
    if serves(look):
        _handlers(look, kept)
        _leaks(look, kept)
    elif any(ERROR_FUNCTION.match(item.name) for item in module.functions):
        _own(look, kept)


def _handlers(look: Look, kept: Kept) -> None:
    for call in look.module.calls:
        if (call.last in HANDLER_CALLS and "." in call.name) or call.name in RECOVER_PACKAGES:
            keep(kept, look, SignKind.ERROR_HANDLER, call, call.name)
        elif call.last == "Use" and (used := [dotted(arg) for arg in call.args if dotted(arg) in RECOVER_PACKAGES]):
            keep(kept, look, SignKind.ERROR_HANDLER, call, used[0])
        elif call.name == "recover" and look.module.calls:
            keep(kept, look, SignKind.ERROR_HANDLER, call, "recover")
        elif call.name == "gin.Default":
            keep(kept, look, SignKind.ERROR_HANDLER, call, "gin.Recovery")
        elif call.new and call.name == "fiber.Config" and "ErrorHandler" in call.keywords:
            keep(kept, look, SignKind.ERROR_HANDLER, call, "fiber ErrorHandler")
    for item in look.module.assignments:
        if item.target.rpartition(".")[2] in HANDLER_SETTINGS and "." in item.target and item.owner == -1:
            keep(kept, look, SignKind.ERROR_HANDLER, item, item.target)
    _own(look, kept)


def _own(look: Look, kept: Kept) -> None:
    """The project's function for every error."""
    for item in look.module.functions:
        if ERROR_FUNCTION.match(item.name) and (handles(item) or _takes_error(item)):
            keep(kept, look, SignKind.ERROR_HANDLER, item, item.name, item.index)


def _takes_error(item: Function) -> bool:
    return any(parameter.type == "error" for parameter in item.parameters)


def _leaks(look: Look, kept: Kept) -> None:
    """The text of an error in an answer that says that the server failed, or a stack trace."""
    told: set[int] = set()
    for call in look.module.calls:
        if call.last not in SENDING or call.line in told or not _answers(look, call):
            continue
        status = _status(call)
        if status is None or status < 500 or status == UNAVAILABLE:
            continue
        detail = next(_details(call), "")
        if detail:
            told.add(call.line)
            keep(kept, look, SignKind.ERROR_LEAK, call, detail)


def _answers(look: Look, call: Call) -> bool:
    return any(handles(item) for item in look.around(call.function)) or call.name == "http.Error"


def _status(call: Call) -> int | None:
    """The status of an answer: an argument, or that of ``.Status(500)`` before it in the chain."""
    for arg in call.args:
        found = status_of(arg)
        if found is not None and found >= 100:
            return found
    inner: Expr = call.callee
    for _ in range(6):
        if isinstance(inner, Attribute):
            inner = inner.value
        elif isinstance(inner, Call):
            if inner.last in ("Status", "SetStatusCode") and inner.args:
                return status_of(inner.args[0])
            inner = inner.callee
        else:
            break
    return None


def _details(call: Call) -> Iterator[str]:
    """What of an error is among the arguments: ``err.Error()``, ``err``, a stack."""
    for part in inside(*call.args):
        if isinstance(part, Call):
            head = part.name.rpartition(".")[0].rpartition(".")[2]
            if (part.last == "Error" and not part.args and ERROR_NAME.fullmatch(head)) or part.name in TRACES:
                yield part.name
        elif (
            isinstance(part, Name)
            and part.dotted in ("err", "e")
            and call.last not in ("Error", "AbortWithError", "Encode")
        ):
            yield dotted(part)


ERRORS_GO = Reader(name="errors (Go)", languages=GO, read=read)
