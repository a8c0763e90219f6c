"""Where errors are turned into answers, and what of them leaks to the client."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reviewer.gather.expressions import inside, last
from reviewer.gather.look import Look, look_at, words
from reviewer.gather.reader import Kept, Reader
from reviewer.gather.signs._emit import keep
from reviewer.gather.signs.dotnet._csharp import CSHARP, LOCAL_ONLY, base_names, for_development, is_web, method_of
from reviewer.gather.syntax import Call, Expr, Function, Module, Name
from reviewer.model.facts.code import SignKind

BROAD = words(
    "Exception SystemException DbException SqlException DbUpdateException AggregateException ApplicationException"
)
ANSWERS = words(
    "Ok BadRequest StatusCode Problem Json Content NotFound Conflict Unauthorized UnprocessableEntity ObjectResult"
    " JsonResult ContentResult InternalServerError WriteAsync WriteAsJsonAsync CreateErrorResponse CreateResponse"
    " BadRequestObjectResult InternalServerErrorResult SendAsync ThrowError SendErrorsAsync"
)
ERROR_NAMES = re.compile(r"_?(?:ex|e|err|error|exc|exception|exp)\d?\Z", re.IGNORECASE)
FOR_CLIENTS = words("BadRequest BadRequestObjectResult NotFound NotFoundObjectResult Conflict UnprocessableEntity")
"""Answers of a handler that say that the request was wrong: their texts are meant for the client."""
TOLD = words("Message StackTrace InnerException InnerException.Message Data Source")
HANDLERS = words("IExceptionHandler IExceptionFilter IAsyncExceptionFilter ExceptionFilterAttribute IMiddleware")
MIDDLEWARE = words("Invoke InvokeAsync TryHandleAsync OnException OnExceptionAsync")


def read(module: Module, kept: Kept) -> None:
    """Middlewares that catch, texts of exceptions in answers, and the developer's page outside of development."""
    look = look_at(module)
    handlers = {item.index for item in module.functions if _is_handler(look, item)}
    for function in module.functions:
        if function.index in handlers and _is_middleware(look, function):
            keep(kept, look, SignKind.ERROR_HANDLER, function, "middleware", function.index)
    for call in module.calls:
        if call.last == "UseDeveloperExceptionPage" and _starts(look, call) and not for_development(look, call.line):
            keep(kept, look, SignKind.ERROR_LEAK, call, call.last)
    if is_web(look) or handlers:
        _leaks(look, kept, handlers)


def _starts(look: Look, call: Call) -> bool:
    """Whether a call stands where the application is put together; who calls a helper may ask for the environment."""
    around = method_of(look, call.function)
    extends = around is not None and "static" in around.modifiers and around.name != "Main"
    return not extends


def _is_handler(look: Look, function: Function) -> bool:
    if function.owner == -1 or function.name not in MIDDLEWARE:
        return False
    return _is_middleware(look, function) or bool(set(base_names(look.module.classes[function.owner])) & HANDLERS)


def _is_middleware(look: Look, function: Function) -> bool:
    """``InvokeAsync(HttpContext context)`` with a handler of exceptions in it."""
    if not function.name.startswith("Invoke") or not any(p.type == "HttpContext" for p in function.parameters):
        return False
    return any(function.line <= item.line <= function.end_line for item in look.module.catches)


def _leaks(look: Look, kept: Kept, handlers: set[int]) -> None:
    broad = {
        line
        for catch in look.module.catches
        if not catch.types or any(last(name) in BROAD for name in catch.types)
        for line in range(catch.line, catch.end_line + 1)
    }
    own = {line for item in look.module.catches for line in range(item.line, item.end_line + 1)} - broad
    told: set[int] = set()
    for call in look.module.calls:
        if call.last not in ANSWERS or call.line in told:
            continue
        around = method_of(look, call.function)
        in_handler = around is not None and _serves(look, around, handlers)
        if not (call.line in broad or (in_handler and call.line not in own)) or (
            around is not None and look.mentions(around.index, LOCAL_ONLY)
        ):
            continue
        detail = next(_told(look, call), "")
        if detail and not (in_handler and call.last in FOR_CLIENTS):
            told.add(call.line)
            keep(kept, look, SignKind.ERROR_LEAK, call, detail)


def _serves(look: Look, function: Function, handlers: set[int]) -> bool:
    """Whether a method is such a handler, or helps one in its class with any exception; errors of one's own tell."""
    if function.index in handlers:
        return True
    owners = {look.module.functions[index].owner for index in handlers}
    return function.owner in owners and any(last(item.type) in BROAD for item in function.parameters)


def _told(look: Look, call: Call) -> Iterator[str]:
    for arg in (*call.args, *call.keywords.values()):
        for part in _parts(look, arg, call.function):
            if isinstance(part, Name):
                head, _, rest = part.dotted.partition(".")
                if (ERROR_NAMES.match(head) and rest in TOLD) or (
                    ERROR_NAMES.match(head) and not rest and call.last in ("BadRequest", "StatusCode", "Ok", "Json")
                ):
                    yield part.dotted
            elif isinstance(part, Call) and part.last == "ToString" and ERROR_NAMES.match(part.name.rpartition(".")[0]):
                yield part.name


def _parts(look: Look, arg: Expr, function: int) -> Iterator[Expr]:
    """An argument and, where it is a name, what was put into it before."""
    yield from inside(arg)
    if isinstance(arg, Name) and not ERROR_NAMES.match(arg.dotted):
        value = look.value(arg, function)
        if value is not arg:
            yield from inside(value)


ERRORS_DOTNET = Reader(name="errors (C#)", languages=CSHARP, read=read)
