"""Where Java and Kotlin turn exceptions into answers, and what of them leaks to the client."""

from __future__ import annotations

from reviewer.gather.expressions import chain, inside
from reviewer.gather.frameworks.jvm._annotations import find, given, words_of
from reviewer.gather.look import Look, look_at, words
from reviewer.gather.reader import Kept, Reader
from reviewer.gather.signs._emit import keep
from reviewer.gather.signs._status import status_of
from reviewer.gather.signs.jvm._jvm import JVM, WEB, answers, method_of
from reviewer.gather.syntax import Attribute, Call, Expr, Function, Module, Name, Text, dotted
from reviewer.model.facts.code import SignKind

HANDLERS = ("ExceptionHandler", "ServerExceptionMapper", "Error")
MAPPERS = words(
    "ExceptionMapper ExceptionHandler ResponseEntityExceptionHandler HandlerExceptionResolver ErrorController"
    " ErrorWebExceptionHandler AbstractErrorWebExceptionHandler SimpleMappingExceptionResolver DefaultErrorAttributes"
    " DataFetcherExceptionHandler DataFetcherExceptionResolverAdapter"
)
"""Interfaces and classes that are implemented to answer exceptions."""
VERTX = words("failureHandler errorHandler")
"""What routers of Vert.x are given for whatever fails."""
REGISTERING = words("exception StatusPages setErrorHandler")
BROAD = words(
    "Exception Throwable RuntimeException SQLException DataAccessException PersistenceException HibernateException"
    " JpaSystemException DataIntegrityViolationException NullPointerException Error"
)
ANSWERS = words(
    "body ResponseEntity badRequest ok status internalServerError entity sendError println print write json result html"
    " ResponseStatusException respond respondText setBody unprocessableEntity of error fail put bodyValue"
)
MESSAGES = words(
    "getMessage getLocalizedMessage toString getStackTrace getCause getSuppressed message stackTraceToString"
)
TRACES = words("getStackTrace stackTraceToString getFullStackTrace getStackTraceAsString")
FAULTS = words("badRequest notFound unprocessableEntity unauthorized forbidden conflict")
STATUS_CALLS = words("status setStatus sendError ResponseEntity ResponseStatusException")
WRITERS = words("getWriter getOutputStream writer out response")


def read(module: Module, kept: Kept) -> None:
    """Handlers of Spring, JAX-RS, Micronaut, Javalin and Ktor; exception texts in answers."""
    look = look_at(module)
    if not look.imports(*WEB, "org.springframework.graphql", "graphql.execution"):
        return
    _handlers(look, kept)
    _leaks(look, kept)


def _handlers(look: Look, kept: Kept) -> None:
    for function in look.module.functions:
        decorator = find(function.decorators, *HANDLERS)
        if decorator is not None:
            said = words_of(given(decorator, "exception")).replace(".class", "")
            kinds = said or ", ".join(parameter.type for parameter in function.parameters[:1])
            keep(kept, look, SignKind.ERROR_HANDLER, function, kinds or "everything", function.index)
    for owner in look.module.classes:
        bases = [dotted(base.callee if isinstance(base, Call) else base).rpartition(".")[2] for base in owner.bases]
        mapper = next((base for base in bases if base in MAPPERS), "")
        if mapper:
            said = words_of(owner.keywords.get(mapper))
            keep(kept, look, SignKind.ERROR_HANDLER, owner, said.partition(" ")[0] or mapper, -1)
    for call in look.module.calls:
        if call.last == "exception" and len(call.args) > 1 and (kind := _class(call.args[0])):
            keep(kept, look, SignKind.ERROR_HANDLER, call, kind)
        elif call.last in VERTX and call.args and look.imports("io.vertx"):
            keep(kept, look, SignKind.ERROR_HANDLER, call, call.last)
        elif call.last == "install" and call.args and dotted(call.args[0]) == "StatusPages":
            keep(kept, look, SignKind.ERROR_HANDLER, call, "StatusPages")


def _class(expr: Expr) -> str:
    """The class that is handed on as such, ``X.class`` and Kotlin's ``X::class.java``; ``""`` for none."""
    name = dotted(expr).removesuffix(".java")
    return name.removesuffix(".class") if name.endswith(".class") else ""


def _leaks(look: Look, kept: Kept) -> None:
    """The text of any exception at all in an answer: of a broad ``catch``, or of a handler of everything."""
    broad = _broad_names(look)
    told: set[int] = set()
    given_answers: list[tuple[Expr, int]] = [(item.value, item.function) for item in look.module.returns
                                             if answers(look, item.function)]  # fmt: skip
    given_answers += [(call, call.function) for call in look.module.calls if call.last in ANSWERS]
    for answer, function in given_answers:
        if isinstance(answer, Call) and answer.name.startswith(("log", "LOG", "System.", "this.log")):
            continue
        client = _client_fault(look, answer, function)
        for part in inside(*(answer.args if isinstance(answer, Call) else (answer,))):
            detail = _leak(part, broad)
            if client and detail.rpartition(".")[2] not in TRACES:
                continue
            if detail and part.line not in told and _is_answer(look, answer, function):
                told.add(part.line)
                keep(kept, look, SignKind.ERROR_LEAK, part, detail, function)
    for call in look.module.calls:
        if call.last == "printStackTrace" and any(
            name.rpartition(".")[2] in WRITERS
            for arg in call.args
            for name in [dotted(arg) or getattr(arg, "name", "")]
        ):
            keep(kept, look, SignKind.ERROR_LEAK, call, "printStackTrace to the answer")


def _client_fault(look: Look, answer: Expr, function: int) -> bool:
    """Whether an answer says that the request was wrong: its text is then meant for the client."""
    if not isinstance(answer, Call):
        return False
    if not FAULTS.isdisjoint(chain(answer)):
        return True
    calls = [part for part in inside(answer) if isinstance(part, Call) and part.last in (*STATUS_CALLS, answer.last)]
    given_args = (arg for call in calls for arg in call.args)
    return any(400 <= (status_of(arg) or status_of(look.value(arg, function)) or 0) < 500 for arg in given_args)


def _broad_names(look: Look) -> dict[str, list[tuple[int, int]]]:
    """The names under which exceptions of any kind are known, with the lines where they are."""
    found: dict[str, list[tuple[int, int]]] = {}
    for catch in look.module.catches:
        if not catch.types or any(kind.rpartition(".")[2] in BROAD for kind in catch.types):
            names = [item.target for item in look.module.assignments if item.value is None and item.line == catch.line]
            for name in names or ["e", "ex"]:
                found.setdefault(name, []).append((catch.line, catch.end_line))
    for function in look.module.functions:
        if find(function.decorators, *HANDLERS) is not None or function.name in ("toResponse", "handle"):
            if _is_for_clients(function) or _names_narrow_kinds(function):
                continue
            for parameter in function.parameters:
                if parameter.type.rpartition(".")[2] in BROAD:
                    found.setdefault(parameter.name, []).append((function.line, function.end_line))
    return found


def _is_for_clients(function: Function) -> bool:
    """Whether a handler's own status says that the request was wrong: ``@ResponseStatus(UNAUTHORIZED)``."""
    status = find(function.decorators, "ResponseStatus")
    told = [part for part in inside(status) if isinstance(part, Name)] if status is not None else []
    return any(400 <= (status_of(part) or 0) < 500 for part in told)


def _names_narrow_kinds(function: Function) -> bool:
    """``@ExceptionHandler({NotFound.class, Taken.class})``: what it names decides, whatever its parameter is."""
    decorator = find(function.decorators, "ExceptionHandler")
    said = words_of(given(decorator, "exception")) if decorator is not None else ""
    kinds = [kind.removesuffix(".class").rpartition(".")[2] for kind in said.split()]
    return bool(kinds) and BROAD.isdisjoint(kinds)


def _leak(part: Expr, broad: dict[str, list[tuple[int, int]]]) -> str:
    """What of an exception a part of an answer tells, ``""`` for nothing."""
    if isinstance(part, Call):
        name = part.name
        head, _, last = name.rpartition(".")
        if last in TRACES and (part.args or _is_broad(head, part.line, broad)):
            return name
        return name if last in MESSAGES and _is_broad(head, part.line, broad) else ""
    if isinstance(part, Text):
        return next(
            (f"{name} in text" for item in part.parts if not isinstance(item, str)
             if _is_broad(name := dotted(item), part.line, broad)), ""
        )  # fmt: skip
    if isinstance(part, Name) and part.dotted.endswith((".message", ".localizedMessage", ".stackTrace")):
        return part.dotted if _is_broad(part.dotted.rpartition(".")[0], part.line, broad) else ""
    return ""


def _is_broad(name: str, line: int, broad: dict[str, list[tuple[int, int]]]) -> bool:
    return any(first <= line <= last for first, last in broad.get(name, ()))


def _is_answer(look: Look, answer: Expr, function: int) -> bool:
    """A call that builds an answer anywhere; in a class that answers requests, whatever is returned."""
    if isinstance(answer, Call) and answer.last in (
        "put",
        "of",
        "error",
        "fail",
        "print",
        "println",
        "write",
        "status",
    ):
        method = method_of(look, function)
        writes = method is not None and any("Response" in parameter.type for parameter in method.parameters)
        return answers(look, function) or writes
    return isinstance(answer, (Call, Text, Name, Attribute)) or answers(look, function)


ERRORS_JVM = Reader(name="errors (Java, Kotlin)", languages=JVM, read=read)
