"""Where errors are turned into answers, and what of them leaks to the client."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reviewer.gather.expressions import chain, inside, last
from reviewer.gather.look import Look, decorators, look_at, words
from reviewer.gather.reader import Kept, Reader
from reviewer.gather.signs._emit import ECMA, PYTHON, PYTHON_WEB, bases_of, keep, settings
from reviewer.gather.signs._json_answers import handles
from reviewer.gather.signs._status import status_of, statuses_of
from reviewer.gather.syntax import (
    Attribute,
    Call,
    Expr,
    Function,
    Items,
    Mapping,
    Module,
    Name,
    Return,
    Text,
    dotted,
    plain,
)
from reviewer.model.facts.code import SignKind

HANDLER_DECORATORS = words("errorhandler app_errorhandler exception_handler error_handler")
HANDLER_CALLS = words("add_exception_handler register_error_handler add_error_handler")
SANIC_HANDLER, SANIC_ADD = "error_handler", "error_handler.add"
"""Where Sanic's application keeps its handler of errors, and what adds one for an exception."""
DJANGO_HANDLERS = words("handler400 handler403 handler404 handler500")
BROAD = words(
    "Exception BaseException SQLAlchemyError DatabaseError OperationalError IntegrityError Error PyMongoError"
)
ANSWERS = words(
    "jsonify JsonResponse HttpResponse JSONResponse Response HTTPException abort make_response json_response"
    " HttpResponseServerError HttpResponseBadRequest PlainTextResponse HTTPError"
)
TRACES = words("format_exc format_exception print_exc format_tb")
ERROR_NAMES = words("e err error ex exc exception")
FIRST_OF_HANDLER = re.compile(r"_?(?:err|error|e|ex|exception)$", re.IGNORECASE)
LAST_OF_HANDLER = ("next", "nextfn", "nextfunction", "done", "")
"""What Express hands to its handlers of errors last; a lone ``_`` is not asked for."""
OWN_STATUS = ("status", "code", "statusCode", "httpStatus", "httpCode", "status_code")
SENDERS = words("res response reply resp ctx c")
SENDING = words("json send end jsonp write")
ECMA_HANDLER_CALLS = words("setErrorHandler useGlobalFilters onError")
DEVELOPMENT = re.compile(
    r"NODE_ENV|development|isDev|DEBUG|isOperation|isProd|isTrusted|\.expose\b|(?:status|code)\w{0,8}\s?(?:>=|<|={2,3})\s?500",
    re.IGNORECASE,
)
"""What a handler asks for before it tells: the environment, or whether the error was made for the client."""
FOR_DEVELOPERS = re.compile(r"dev(?:elopment)?(?:[A-Z_]|Error|$)|(?:[a-z]Dev|_dev)", re.ASCII)
"""In names of functions that answer developers alone."""


def read_python(module: Module, kept: Kept) -> None:
    """Error handlers of Flask, FastAPI, Django and their like; exception texts in answers."""
    look = look_at(module)
    _python_handlers(look, kept)
    if look.imports(*PYTHON_WEB):
        _python_leaks(look, kept)


def _python_handlers(look: Look, kept: Kept) -> None:
    for decorator, name, function in decorators(look.module):
        if _registers(look, name):
            args = decorator.args if isinstance(decorator, Call) else ()
            keep(kept, look, SignKind.ERROR_HANDLER, function, _text(args[0] if args else None), -1)
    for call in look.module.calls:
        maker = call.callee
        if isinstance(maker, Call) and _registers(look, maker.name):
            keep(kept, look, SignKind.ERROR_HANDLER, call, _text(maker.args[0] if maker.args else None))
        if call.last in HANDLER_CALLS or call.name.endswith(f".{SANIC_ADD}"):
            keep(kept, look, SignKind.ERROR_HANDLER, call, _text(call.args[0] if call.args else None))
        elif call.last == "Sanic" and SANIC_HANDLER in call.keywords:
            keep(kept, look, SignKind.ERROR_HANDLER, call, SANIC_HANDLER)
    for item in look.module.assignments:
        if item.target.endswith(f".{SANIC_HANDLER}") and isinstance(item.value, Call) and look.imports("sanic"):
            keep(kept, look, SignKind.ERROR_HANDLER, item, last(item.value.name))
    _python_settings(look, kept)


def _registers(look: Look, name: str) -> bool:
    """Whether a decorator, or a call in its place, makes a handler of errors: ``app.exception(X)`` of Sanic."""
    return (
        last(name) in HANDLER_DECORATORS
        or (last(name) == "exception" and look.imports("sanic"))
        or (last(name) == "error" and "." in name and look.imports("bottle"))
    )


def _python_settings(look: Look, kept: Kept) -> None:
    for item in settings(look):
        if item.name == "EXCEPTION_HANDLER" or item.name.startswith("error_page."):
            keep(kept, look, SignKind.ERROR_HANDLER, item, plain(item.value) or item.name)
        elif item.alone and item.name in DJANGO_HANDLERS and item.function == -1:
            keep(kept, look, SignKind.ERROR_HANDLER, item, item.name)
    for owner in look.module.classes:
        if any(last(base) == "RequestHandler" for base in bases_of(look, owner)):
            for method in look.module.methods_of(owner):
                if method.name == "write_error":
                    keep(kept, look, SignKind.ERROR_HANDLER, method, "write_error", method.index)


def _text(expr: Expr | None) -> str:
    """What a handler is registered for, as written."""
    return plain(expr) or getattr(expr, "text", "") or dotted(expr) or "everything"


def _python_leaks(look: Look, kept: Kept) -> None:
    """The text of any exception at all (``except Exception``), or a traceback, in an answer."""
    broad = {
        line
        for catch in look.module.catches
        if not catch.types or any(last(name) in BROAD for name in catch.types)
        for line in range(catch.line, catch.end_line + 1)
    }
    answers: list[tuple[Expr, int]] = [
        (item.value, item.function) for item in look.module.returns if _is_returned_answer(look, item)
    ]
    answers += [(call, call.function) for call in look.module.calls if call.last in ANSWERS]
    told: set[int] = set()
    for answer, function in answers:
        for part in inside(answer):
            detail = _python_leak(part, part.line in broad)
            if detail and part.line not in told and _is_answer(answer):
                told.add(part.line)
                keep(kept, look, SignKind.ERROR_LEAK, part, detail, function)


def _is_returned_answer(look: Look, item: Return) -> bool:
    """Whether a returned value is an answer: what a handler returns, or a body with its status."""
    value = item.value
    if isinstance(value, Items):
        return len(value.values) > 1 and any(status_of(part) is not None for part in value.values[1:])
    if isinstance(value, Mapping):
        return item.function != -1 and handles(look.module.functions[item.function])
    return True


def _is_answer(answer: Expr) -> bool:
    """A returned dict or tuple, or a call that makes an answer; a returned string may be anything."""
    return not isinstance(answer, (Text, Name, Attribute)) and (
        not isinstance(answer, Call) or last(answer.name) in ANSWERS
    )


def _python_leak(part: Expr, broad: bool) -> str:
    if isinstance(part, Call):
        name = last(part.name)
        if name in TRACES and "traceback" in part.name:
            return part.name
        if broad and name in ("str", "repr") and len(part.args) == 1 and dotted(part.args[0]) in ERROR_NAMES:
            return f"{name}({dotted(part.args[0])})"
    if (
        broad
        and isinstance(part, Text)
        and any(dotted(inner) in ERROR_NAMES for inner in part.parts if not isinstance(inner, str))
    ):
        return "exception in text"
    if broad and isinstance(part, Name) and part.dotted.endswith(".args") and part.dotted[:-5] in ERROR_NAMES:
        return part.dotted
    return ""


def read_ecma(module: Module, kept: Kept) -> None:
    """Error handlers of Express, NestJS, Fastify and their like; exception texts in answers."""
    look = look_at(module)
    handlers = [function for function in module.functions if _is_express_handler(function)]
    for function in handlers:
        keep(kept, look, SignKind.ERROR_HANDLER, function, "Express", function.index)
    for decorator, name, owner in decorators(module):
        if name == "Catch" and look.origin(name).startswith("@nestjs/common"):
            args = decorator.args if isinstance(decorator, Call) else ()
            keep(kept, look, SignKind.ERROR_HANDLER, owner, _text(args[0] if args else None), -1)
    for call in module.calls:
        if call.last in ECMA_HANDLER_CALLS or look.origin(call.name) == "celebrate.errors":
            keep(kept, look, SignKind.ERROR_HANDLER, call, call.last)
        elif call.last == "on" and plain(call.args[0] if call.args else None) == "error" and look.imports("koa"):
            keep(kept, look, SignKind.ERROR_HANDLER, call, "koa")
    _ecma_leaks(look, kept, frozenset(function.index for function in handlers))


def _is_express_handler(function: Function) -> bool:
    names = [parameter.name for parameter in function.parameters]
    return len(names) == 4 and bool(FIRST_OF_HANDLER.match(names[0])) and names[3].strip("_").lower() in LAST_OF_HANDLER


def _ecma_leaks(look: Look, kept: Kept, handlers: frozenset[int]) -> None:
    caught = {line for catch in look.module.catches for line in range(catch.line, catch.end_line + 1)}
    told: set[int] = set()
    for call in look.module.calls:
        parts = chain(call)
        if len(parts) < 2 or parts[-1] not in SENDING or parts[0] not in SENDERS or call.line in told:
            continue
        if _hands_over(call) or ("setErrorHandler" in look.module.text and _is_the_error(call)):
            continue
        in_handler = any(function.index in handlers for function in look.around(call.function))
        in_callback = any(_takes_error(function) for function in look.around(call.function))
        if not (in_handler or in_callback or call.line in caught):
            continue
        detail = next(_ecma_details(call, in_handler or _client_fault(call)), "")
        if detail and not _for_development(look, call):
            told.add(call.line)
            keep(kept, look, SignKind.ERROR_LEAK, call, detail)


def _hands_over(call: Call) -> bool:
    """``reply.send(error)``: Fastify's own handler makes the answer."""
    return call.name == "reply.send" and _is_the_error(call)


def _is_the_error(call: Call) -> bool:
    return call.last == "send" and len(call.args) == 1 and dotted(call.args[0]) in ERROR_NAMES


def _takes_error(function: Function) -> bool:
    return bool(function.parameters) and bool(FIRST_OF_HANDLER.match(function.parameters[0].name))


def _client_fault(call: Call) -> bool:
    """Whether the answer says that the request was wrong: its text is then meant for the client."""
    if call.last == "json" and len(call.args) == 2 and any(status < 500 for status in statuses_of(call.args[1])):
        return True
    for part in inside(call.callee):
        if isinstance(part, Call) and last(part.name) in ("status", "code") and part.args:
            return _is_own_status(part.args[0]) or any(status < 500 for status in statuses_of(part.args[0]))
    return False


def _is_own_status(expr: Expr) -> bool:
    """``res.status(err.statusCode)``: only errors that were made for the client bring their status along."""
    head, _, rest = dotted(expr).partition(".")
    return head in ERROR_NAMES and rest in OWN_STATUS


def _ecma_details(call: Call, stack_only: bool) -> Iterator[str]:
    for part in inside(*call.args):
        if not isinstance(part, Name):
            continue
        head, _, rest = part.dotted.partition(".")
        if head in ERROR_NAMES and (rest == "stack" or (not stack_only and rest in ("", "message", "sqlMessage"))):
            yield part.dotted


def _for_development(look: Look, call: Call) -> bool:
    """Whether the function around asks before it tells, or is named after those that it tells."""
    named = FOR_DEVELOPERS.search(last(look.qualname(call.function))[:80])
    return bool(named) or look.mentions(call.function, DEVELOPMENT)


ERRORS_PYTHON = Reader(name="errors (Python)", languages=PYTHON, read=read_python)
ERRORS_ECMA = Reader(name="errors (JavaScript)", languages=ECMA, read=read_ecma)
