"""Where PHP turns errors into answers, and what of them leaks to the client."""

from __future__ import annotations

import re

from reviewer.gather.expressions import inside, last
from reviewer.gather.look import Look, decorators, look_at, words
from reviewer.gather.reader import Kept, Reader
from reviewer.gather.signs._emit import bases_of, keep
from reviewer.gather.signs.php._php import PHP, first_text, in_catch
from reviewer.gather.syntax import Call, Expr, Module, Name, Text, dotted
from reviewer.model.facts.code import SignKind

HANDLER_CALLS = {
    "set_exception_handler": "set_exception_handler",
    "set_error_handler": "set_error_handler",
    "addErrorMiddleware": "Slim",
    "setDefaultErrorHandler": "Slim",
    "setErrorHandler": "Slim",
}
HANDLER_BASES = words(
    "ExceptionHandler ErrorHandler SlimErrorHandler AbstractErrorHandler ErrorRenderer ExceptionRenderer"
    " WebExceptionRenderer"
)
MADE = {"ErrorHandlerMiddleware": "CakePHP", "ErrorMiddleware": "Slim", "ErrorResponseGenerator": "Mezzio"}
"""Middlewares whose making is all that it takes."""
HANDLER_METHODS = words("render register __invoke respond renderable")
LISTENING = re.compile(r"ExceptionEvent|GetResponseForExceptionEvent|KernelEvents::EXCEPTION|kernel\.exception")
ENTRIES = words("errorHandler phpErrorHandler notFoundHandler")
ANSWERS = words(
    "echo print die exit json JsonResponse withJson response Response write wp_send_json_error wp_send_json abort"
    " jsonResponse json_response sendResponse WP_Error halt json_encode setContent sendError respondWithError"
)
TELLING = words("getMessage getTraceAsString getTrace getFile __toString errorInfo")
EXCEPTIONS = words("e ex exception th err error")
DATABASE_ERRORS = words(
    "mysqli_error mysqli_connect_error mysql_error pg_last_error sqlsrv_errors oci_error error_get_last"
)
ERROR_FIELDS = re.compile(
    r"(?:\w+\.)*(?:conn|con|db|mysqli|connection|link|stmt|database|dbh)\w*\.(?:error|connect_error|errorInfo)\Z",
    re.IGNORECASE,
)


def read(module: Module, kept: Kept) -> None:
    """Handlers for all exceptions; texts of exceptions and of the database in answers."""
    look = look_at(module)
    _handlers(look, kept)
    _leaks(look, kept)


def _handlers(look: Look, kept: Kept) -> None:
    for call in look.module.calls:
        if detail := _handles(call):
            keep(kept, look, SignKind.ERROR_HANDLER, call, detail)
    for owner in look.module.classes:
        methods = {method.name for method in look.module.methods_of(owner)}
        named = {last(dotted(base)) for base in owner.bases} | {last(base) for base in bases_of(look, owner)}
        if named & HANDLER_BASES and methods & HANDLER_METHODS:
            keep(kept, look, SignKind.ERROR_HANDLER, owner, owner.name, -1)
        elif methods and LISTENING.search(look.module.text) and _listens(look, owner.index):
            keep(kept, look, SignKind.ERROR_HANDLER, owner, "ExceptionEvent", -1)
    for item in look.module.assignments:
        if last(item.target) in ENTRIES:
            keep(kept, look, SignKind.ERROR_HANDLER, item, last(item.target))


def _handles(call: Call) -> str:
    """What a call sets up to answer errors, ``""`` for nothing."""
    if call.new and call.last in MADE:
        return MADE[call.last]
    if call.last in HANDLER_CALLS:
        return HANDLER_CALLS[call.last]
    if call.name in ("Flight.map", "app.error") and "error" in f"{call.name} {first_text(call)}":
        return "error"
    exceptions = last(call.name.rpartition(".")[0]) == "exceptions"
    return "Laravel" if exceptions and call.last in ("render", "renderable", "report") else ""


def _listens(look: Look, owner: int) -> bool:
    for method in look.module.functions:
        if method.owner == owner and any(
            "Exception" in item.type and "Event" in item.type for item in method.parameters
        ):
            return True
    return any(name.endswith("AsEventListener") for _, name, item in decorators(look.module) if item.index == owner)


def _leaks(look: Look, kept: Kept) -> None:
    caught = in_catch(look)
    told: set[int] = set()
    for call in look.module.calls:
        if call.last not in ANSWERS or call.line in told or _is_terminal(call):
            continue
        detail = next(
            (found for arg in (*call.args, *call.keywords.values()) if (found := _detail(look, arg, call, caught))), ""
        )
        if detail:
            told.add(call.line)
            keep(kept, look, SignKind.ERROR_LEAK, call, detail)


def _is_terminal(call: Call) -> bool:
    """``exit($e->getMessage() . "\\n")``: a line of its own is written to a terminal."""
    text = call.args[-1] if call.args and call.name in ("exit", "die") else None
    return isinstance(text, Text) and bool(text.parts) and text.parts[-1] in ("\n", "\\n")


def _detail(look: Look, arg: Expr, call: Call, caught: frozenset[int]) -> str:
    for item in inside(look.value(arg, call.function)):
        if isinstance(item, Call):
            if item.last in TELLING and call.line in caught and "." in item.name:
                return item.name
            if item.name in DATABASE_ERRORS:
                return item.name
        elif (isinstance(item, Name) and ERROR_FIELDS.match(item.dotted[:100])) or (
            isinstance(item, Name) and item is arg and call.line in caught and item.dotted in EXCEPTIONS
        ):
            return item.dotted
    return ""


ERRORS_PHP = Reader(name="errors (PHP)", languages=PHP, read=read)
