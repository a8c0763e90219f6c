"""The status codes that Java and Kotlin handlers answer with, and their JSON responses."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reviewer.gather.expressions import chain, inside
from reviewer.gather.frameworks.jvm._annotations import given, name_of, option, words_of
from reviewer.gather.look import Look, look_at, words
from reviewer.gather.reader import Kept, Reader
from reviewer.gather.signs._emit import Placed, keep
from reviewer.gather.signs._status import BY_NAME, EXCEPTIONS, status_of, statuses_of
from reviewer.gather.signs.jvm._jvm import JVM, WEB, answers, has
from reviewer.gather.syntax import Call, Expr, Function, Items, Lambda, Module, Name, dotted
from reviewer.model.facts.code import SignKind

BUILDERS = frozenset(
    {"ResponseEntity", "Response", "ServerResponse", "HttpResponse", "RestResponse", "MutableHttpResponse"}
)
NAMED = {
    "ok": 200,
    "created": 201,
    "accepted": 202,
    "noContent": 204,
    "seeOther": 303,
    "notModified": 304,
    "temporaryRedirect": 307,
    "permanentRedirect": 308,
    "badRequest": 400,
    "unauthorized": 401,
    "forbidden": 403,
    "notFound": 404,
    "notAllowed": 405,
    "notAcceptable": 406,
    "unprocessableEntity": 422,
    "unprocessableContent": 422,
    "internalServerError": 500,
    "serverError": 500,
}
"""What builders of answers are begun with."""
STATUS_CALLS = words("status setStatus sendError setStatusCode statusCode")
PLAY = "play.mvc"
ERRORS_FROM = 400
WITH_STATUS = words(
    "ResponseEntity ResponseStatusException HttpStatusException WebApplicationException HttpStatusEntryPoint"
    " HttpClientErrorException HttpServerErrorException HttpResponseException ErrorResponseException"
)
"""Constructors that are given a status."""
CONSTANTS = re.compile(r"(?:^|\.)(?:HttpStatus|HttpStatusCode|Response\.Status|Status)\.[A-Z]\w+$")
"""What the constants of an enumeration of errors are given, and the constructors of exceptions."""
JAX_RS = ("jakarta.ws.rs", "javax.ws.rs")
VERBS = frozenset({"DELETE", "POST", "PUT", "PATCH"})
NO_CONTENT = 204
"""What JAX-RS answers where a method with a verb hands nothing back (Jakarta REST 3.1, 3.3.3)."""
JAX_RS_STEMS = {**EXCEPTIONS, "NotAuthorized": 401, "NotAllowed": 405, "NotSupported": 415, "InternalServerError": 500}
KTOR = {
    "OK": 200,
    "Created": 201,
    "Accepted": 202,
    "NoContent": 204,
    **EXCEPTIONS,
}
KTOR_STATUS = "HttpStatusCode."
KTOR_MADE = words("HttpStatusCode HttpStatusCode.fromValue")
"""``HttpStatusCode(404, "Not found")``."""
SENDERS = words("res response resp ctx context reply exchange servletResponse httpResponse httpServletResponse it call")
JSON_TYPES = ("APPLICATION_JSON", "application/json")
TYPING = words("setContentType contentType")
OF_ANSWERS = words("type header setHeader addHeader putHeader")
"""What says the type of an answer where it is called on one; requests of clients have the same."""
NEGOTIATION = "ContentNegotiation"
KTOR_SERVER = ("io.ktor.server", "io.ktor.features")
CONVERTERS = words("json jackson gson moshi register serialization")
"""What Ktor's content negotiation is given, inside of the application and not of a client."""
REST = ("RestController", "ResponseBody")


def statuses(look: Look) -> Iterator[tuple[int, Placed, int]]:
    """Every status that a module answers with: (status, place, function)."""
    if not look.imports(*WEB):
        return
    for call in look.module.calls:
        for status in _of_call(look, call):
            yield status, call, call.function
    for function in look.module.functions:
        yield from ((status, function, function.index) for status in _declared(function.decorators))
        if (
            function.returns == "void"
            and look.imports(*JAX_RS)
            and VERBS.intersection(map(name_of, function.decorators))
        ):
            yield NO_CONTENT, function, function.index
    for owner in look.module.classes:
        yield from ((status, owner, -1) for status in _declared(owner.decorators))
    for assigned in look.module.assignments:
        if assigned.owner != -1 and assigned.function == -1:
            yield from ((status, assigned, -1) for status in _constant(assigned.value))
        if (
            assigned.target.rpartition(".")[2] in ("statusCode", "status")
            and assigned.target.partition(".")[0] in SENDERS
        ):
            yield from ((status, assigned, assigned.function) for status in statuses_of(assigned.value))


def _constant(value: Expr | None) -> Iterator[int]:
    """``NOT_FOUND(HttpStatus.NOT_FOUND, "no such note")``, a constant of an enumeration of outcomes."""
    args = value.values if isinstance(value, Items) else value.args if isinstance(value, Call) else ()
    for arg in args:
        if CONSTANTS.search(dotted(arg)[-80:]):
            yield from _told(arg)


def _declared(decorators: tuple[Expr, ...]) -> Iterator[int]:
    """``@ResponseStatus(HttpStatus.CREATED)``."""
    for decorator in decorators:
        if name_of(decorator) in ("ResponseStatus", "Status"):
            yield from statuses_of(option(decorator, "code") or given(decorator, "code"))


def _of_call(look: Look, call: Call) -> Iterator[int]:
    name = call.last
    if call.new or call.name in WITH_STATUS:
        yield from _of_exception(look, call, name)
        return
    if name in ("super", "this"):
        yield from _constant(call)
        return
    head = look.origin(call.name).rpartition(".")[0].rpartition(".")[2]
    if name in NAMED and (head in BUILDERS or (call.name == name and look.imports(PLAY))):
        yield NAMED[name]
    elif name in STATUS_CALLS and call.args and (head in BUILDERS or _sends(call)):
        yield from _told(call.args[0])
        yield from _chosen(look, call)
    elif name in ("respond", "respondText", "respondRedirect", "json", "result"):
        for arg in call.args[:2]:
            if dotted(arg).startswith(KTOR_STATUS):
                yield from _told(arg)
            elif isinstance(arg, Call) and arg.name in KTOR_MADE:
                yield from statuses_of(next(iter(arg.args), None))


def _sends(call: Call) -> bool:
    """Whether what is given a status is an answer."""
    names = chain(call) or [""]
    return (
        names[0] in SENDERS
        or (names[0] == "this" and len(names) > 1 and names[1] in SENDERS)
        or bool(BUILDERS.intersection(names))
    )


def _told(expr: Expr) -> Iterator[int]:
    """``404``, ``HttpStatus.NOT_FOUND``, ``HttpServletResponse.SC_NOT_FOUND``, ``HttpStatusCode.NotFound``."""
    for part in inside(expr):
        if not isinstance(part, Name):
            continue
        last = part.dotted.removesuffix(".value").removesuffix(".code").rpartition(".")[2]
        if part.dotted.startswith(KTOR_STATUS) and last in KTOR:
            yield KTOR[last]
            return
        if last.startswith("SC_") and last[3:] in BY_NAME:
            yield BY_NAME[last[3:]]
            return
    yield from statuses_of(_without_value(expr))


def _chosen(look: Look, call: Call) -> Iterator[int]:
    """``status = Status.NOT_FOUND`` in one branch and ``Status.CONFLICT`` in another, then ``status(status)``."""
    given_name = dotted(call.args[0])
    if given_name and "." not in given_name:
        for item in look.module.assignments:
            if item.target == given_name and item.function == call.function and item.value is not None:
                yield from _told(item.value)


def _without_value(expr: Expr) -> Expr:
    """``HttpStatus.NOT_FOUND`` of ``HttpStatus.NOT_FOUND.value()``."""
    if isinstance(expr, Call) and expr.last in ("value", "getStatusCode", "getCode", "code"):
        return Name(expr.name.rpartition(".")[0], expr.line)
    return expr


def _of_exception(look: Look, call: Call, name: str) -> Iterator[int]:
    if name in WITH_STATUS:
        for arg in call.args:
            found = next(_told(arg), None) if status_of(_without_value(arg)) is not None else None
            if found is not None:
                yield found
                return
        return
    yield from _constant(call)
    origin = look.origin(call.name)
    stem = name.removesuffix("Exception").removesuffix("Response")
    of_rest = ".ws.rs." in origin or (origin == name and look.imports(*JAX_RS))
    if name.endswith("Exception") and stem in JAX_RS_STEMS and of_rest:
        yield JAX_RS_STEMS[stem]
    elif name.endswith("Response") and stem in EXCEPTIONS and origin.startswith("io.javalin"):
        yield EXCEPTIONS[stem]


def read(module: Module, kept: Kept) -> None:
    """Statuses and JSON responses of Spring, JAX-RS, Micronaut, Javalin, Ktor and servlets."""
    look = look_at(module)
    bare = _without_body(look)
    for status, place, function in statuses(look):
        keep(kept, look, SignKind.STATUS, place, str(status), function)
        if status < ERRORS_FROM or not isinstance(place, Call) or place.line in bare:
            continue
        if _is_built(look, place) and answers(look, function):
            keep(kept, look, SignKind.JSON_RESPONSE, place, "ResponseEntity", function)
    if not look.imports(*WEB):
        return
    _json_of_classes(look, kept)
    negotiating = {
        arg.function
        for call in module.calls
        if call.last == "install" and call.args and dotted(call.args[0]) == NEGOTIATION and look.imports(*KTOR_SERVER)
        for arg in call.args[1:]
        if isinstance(arg, Lambda)
    }
    for call in module.calls:
        if call.last == "json" and call.args and "." in call.name:
            keep(kept, look, SignKind.JSON_RESPONSE, call, call.name)
        elif _says_type(call) and any(word in words_of(arg) for arg in call.args for word in JSON_TYPES):
            keep(kept, look, SignKind.JSON_RESPONSE, call, "application/json")
        elif call.name == "Json.toJson" and look.imports(PLAY):
            keep(kept, look, SignKind.JSON_RESPONSE, call, call.name)
        elif call.function in negotiating and call.last in CONVERTERS:
            keep(kept, look, SignKind.JSON_RESPONSE, call, f"{NEGOTIATION} {call.last}")


def _is_built(look: Look, call: Call) -> bool:
    """Whether an answer is built with its status, not raised as an exception."""
    return (
        call.last == "ResponseEntity"
        or look.origin(call.name).rpartition(".")[0].rpartition(".")[2] == "ResponseEntity"
    )


def _without_body(look: Look) -> set[int]:
    """Lines on which an answer is a status alone: ``notFound().build()``, ``new ResponseEntity<>(NOT_FOUND)``."""
    found: set[int] = set()
    for call in look.module.calls:
        if call.last == "build" and not call.args:
            found |= {part.line for part in inside(call.callee) if isinstance(part, Call)}
        elif call.last == "ResponseEntity" and len(call.args) == 1:
            found.add(call.line)
    return found


def _says_type(call: Call) -> bool:
    return call.last in TYPING or (call.last in OF_ANSWERS and _sends(call))


def _json_of_classes(look: Look, kept: Kept) -> None:
    """Classes whose methods answer JSON by their annotations, or by the bodies that they return."""
    for owner in look.module.classes:
        methods = look.module.methods_of(owner)
        if has(owner.decorators, *REST) and any(method.decorators for method in methods):
            keep(kept, look, SignKind.JSON_RESPONSE, owner, "@RestController", -1)
        elif has(owner.decorators, "Controller") and look.imports("org.springframework.web"):
            bodies = [item for item in methods if item.decorators and _answers_body(item)]
            if bodies:
                keep(kept, look, SignKind.JSON_RESPONSE, bodies[0], "@ResponseBody", bodies[0].index)
        marks = [*owner.decorators, *(item for method in methods for item in method.decorators)]
        produced = [item for item in marks if name_of(item) == "Produces"]
        if any(word in words_of(given(item)) for item in produced for word in JSON_TYPES):
            keep(kept, look, SignKind.JSON_RESPONSE, owner, "@Produces", -1)


def _answers_body(method: Function) -> bool:
    """``@ResponseBody``, or an entity that is no text."""
    kind = method.returns.partition("<")[2].rstrip("> ")
    entity = method.returns.startswith("ResponseEntity") and kind not in ("", "String", "Void", "Resource", "byte[]")
    return entity or has(method.decorators, "ResponseBody")


STATUS_JVM = Reader(name="statuses (Java, Kotlin)", languages=JVM, read=read)
