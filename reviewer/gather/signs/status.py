"""The status codes that handlers answer with, and their JSON responses."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from reviewer.gather.expressions import chain, integer, last, option
from reviewer.gather.look import Look, look_at, words
from reviewer.gather.reader import Kept, Reader
from reviewer.gather.signs._emit import ECMA, PYTHON, PYTHON_WEB, Placed, keep
from reviewer.gather.signs._json_answers import keep_json_answers
from reviewer.gather.signs._status import EXCEPTIONS, status_of, statuses_of
from reviewer.gather.syntax import Assignment, Call, Expr, Items, Lambda, Mapping, Module, dotted
from reviewer.model.facts.code import SignKind

TUPLE_ANSWERS = (
    "flask",
    "quart",
    "flask_restful",
    "flask_restx",
    "flask_smorest",
    "connexion",
    "ninja",
    "flask_apispec",
)
RESPONSES = words(
    "Response JsonResponse HttpResponse JSONResponse json_response make_response StreamingResponse HTMLResponse"
    " PlainTextResponse ORJSONResponse FileResponse RedirectResponse TemplateResponse HTTPResponse json text"
)
FIRST_IS_STATUS = words("abort HTTPException HTTPError send_error set_status HTTPAbort")
SECOND_IS_STATUS = words("make_response Response")
NAMED_ANSWERS = {
    **dict.fromkeys(words("Http404 HttpResponseNotFound get_object_or_404 get_list_or_404"), 404),
    **dict.fromkeys(words("first_or_404 get_or_404 one_or_404"), 404),
    **dict.fromkeys(words("HttpResponseBadRequest ParseError"), 400),
    **dict.fromkeys(words("NotAuthenticated AuthenticationFailed"), 401),
    **dict.fromkeys(words("HttpResponseForbidden PermissionDenied"), 403),
    **dict.fromkeys(words("HttpResponseRedirect HTTPFound"), 302),
    **dict.fromkeys(words("bad_request badRequest"), 400),
    **dict.fromkeys(words("unprocessable_entity"), 422),
    "HttpResponseNotAllowed": 405,
    "HttpResponseGone": 410,
    "HttpResponseServerError": 500,
    "Throttled": 429,
    "HTTPOk": 200,
    "HTTPCreated": 201,
    "HTTPNoContent": 204,
}
DRF_ERRORS = "rest_framework."
SANIC = "sanic."
SANIC_ERRORS = {
    **dict.fromkeys(words("InvalidUsage InvalidHeader HeaderNotFound InvalidRangeType"), 400),
    **dict.fromkeys(words("FileNotFound"), 404),
    **dict.fromkeys(words("MethodNotSupported"), 405),
    **dict.fromkeys(words("ServerError"), 500),
}
"""Exceptions of Sanic that have names of their own."""

SENDERS = words("res response reply resp _res rep ctx context c h")
JSON_CALLS = words("jsonify JsonResponse JSONResponse ORJSONResponse UJSONResponse json_response")
JSON_ORIGINS = words("rest_framework.response.Response sanic.json sanic.response.json")
HONO, CONTEXTS = words("json body text html"), words("c ctx context")
"""Hono's answers, which take a status second."""
ASSERTING = words("expect should have to")
SENSIBLE = words("reply rep httpErrors")
"""What @fastify/sensible puts its answers on: ``reply.notFound()``."""
ERROR_FIELDS = words("status code httpCode httpStatus statusCode")
"""How fields of errors that are thrown are called, where they hold a status."""
ANSWERING = re.compile(r"respon[sd]|reply", re.IGNORECASE)
BOOM = {name[0].lower() + name[1:]: status for name, status in EXCEPTIONS.items()} | {
    "badImplementation": 500,
    "badData": 422,
}

Found = tuple[int, Placed, int]


def python_statuses(look: Look) -> Iterator[Found]:
    """Every status that a Python module answers with: (status, place, function)."""
    if not look.imports(*PYTHON_WEB):
        return
    if look.imports(*TUPLE_ANSWERS):
        for item in look.module.returns:
            if isinstance(item.value, Items) and 2 <= len(item.value.values) <= 3:
                yield from ((status, item, item.function) for status in statuses_of(item.value.values[1]))
    for call in look.module.calls:
        yield from ((status, call, call.function) for status in _python_call(look, call))
    for assigned in look.module.assignments:
        if _names_status(assigned):
            yield from ((status, assigned, assigned.function) for status in statuses_of(assigned.value))


def _names_status(item: Assignment) -> bool:
    """``response.status_code = ...``, ``status_code`` and ``code`` of an exception class."""
    if last(item.target) == "status_code" or item.target.endswith("response.status"):
        return True
    return item.target == "code" and item.owner != -1 and (integer(item.value) or 0) >= 400


def _python_call(look: Look, call: Call) -> Iterator[int]:
    name = call.last
    if name.startswith("assert"):
        return
    if "status_code" in call.keywords:
        yield from statuses_of(call.keywords["status_code"])
    elif "status" in call.keywords and name in RESPONSES:
        yield from statuses_of(call.keywords["status"])
    elif (integer(call.keywords.get("code")) or 0) >= 400:
        yield from statuses_of(call.keywords["code"])
    elif name in FIRST_IS_STATUS and call.args:
        yield from statuses_of(call.args[0])
    elif name in SECOND_IS_STATUS and len(call.args) > 1:
        yield from statuses_of(call.args[1])
    elif name in NAMED_ANSWERS:
        yield NAMED_ANSWERS[name]
    elif look.is_imported(call.name):
        yield from _python_exception(look, call.name, name)


def _python_exception(look: Look, dotted_name: str, name: str) -> Iterator[int]:
    origin = look.origin(dotted_name)
    stem = name.removeprefix("HTTP")
    if stem in EXCEPTIONS and (name != stem or origin.startswith((DRF_ERRORS, "werkzeug.", SANIC, "litestar."))):
        yield EXCEPTIONS[stem]
    elif name == "ValidationError" and origin.startswith(DRF_ERRORS):
        yield 400
    elif name in SANIC_ERRORS and origin.startswith(SANIC):
        yield SANIC_ERRORS[name]


def ecma_statuses(look: Look) -> Iterator[Found]:
    """Every status that a JavaScript or TypeScript module answers with: (status, place, function)."""
    for call in look.module.calls:
        for status in _ecma_call(look, call):
            yield status, call, call.function
    for item in look.module.assignments:
        head, _, ending = item.target.rpartition(".")
        if (
            ending == "statusCode"
            or (ending == "status" and last(head) in SENDERS | {"err", "error"})
            or (ending in ERROR_FIELDS and _in_error(look, item.owner))
        ):
            yield from ((status, item, item.function) for status in statuses_of(item.value))
    for function in look.module.functions:
        if function.name == "constructor" and _in_error(look, function.owner):
            given = (status_of(item.default) for item in function.parameters)
            yield from ((status, function, function.index) for status in given if status is not None and status >= 400)


def _in_error(look: Look, owner: int) -> bool:
    """Whether a class is an error that is thrown: by its own name, or by that of what it extends."""
    if not 0 <= owner < len(look.module.classes):
        return False
    item = look.module.classes[owner]
    return any(name.endswith(("Error", "Exception")) for name in (item.name, *map(dotted, item.bases)))


def _ecma_call(look: Look, call: Call) -> Iterator[int]:
    name = call.last
    first = call.args[0] if call.args else None
    if name in ("status", "code", "sendStatus", "writeHead", "setStatus") and first is not None:
        if _sends(call):
            yield from statuses_of(first)
    elif (
        name in ("HttpCode", "createError", "createHttpError")
        or (name == "throw" and last(call.name[:-6]) in SENDERS)
        or (name in ("error", "fail") and look.origin(call.name).startswith("@sveltejs/kit."))
    ):
        yield from statuses_of(first)
    elif name in ("json", "Response", "redirect") and option(call, "status") is not None:
        yield from statuses_of(option(call, "status"))
    elif name in HONO and len(call.args) > 1 and last(call.name.rpartition(".")[0]) in CONTEXTS:
        yield from statuses_of(call.args[1])
    elif name in BOOM and last(call.name.rpartition(".")[0]) in SENSIBLE:
        yield BOOM[name]
    elif name == "super" and _in_error(look, look.owner(call.function)):
        yield from _given(call.args[:3])
    elif ANSWERING.search(name) or (len(call.args) > 1 and dotted(first) in SENDERS):
        named = (value for field in ERROR_FIELDS if (value := option(call, field)) is not None)
        yield from _given((*call.args[:3], *named), 200)
    elif call.new or look.is_imported(call.name):
        yield from _ecma_exception(look, call, name)


def _given(args: tuple[Expr, ...], least: int = 400) -> Iterator[int]:
    """The first status from ``least`` on among arguments: ``super(message, 404)``, ``sendResponse(res, 201, data)``."""
    found = (status for arg in args if (status := status_of(arg)) is not None and status >= least)
    yield from islice(found, 1)


def _sends(call: Call) -> bool:
    parts = chain(call)
    return bool(parts) and not ASSERTING.intersection(parts) and bool(SENDERS.intersection(parts[:-1]))


def _ecma_exception(look: Look, call: Call, name: str) -> Iterator[int]:
    stem = name.removesuffix("Exception").removesuffix("Error")
    if call.new and name.endswith(("Error", "Exception")):
        given = [status for arg in call.args[:3] if (status := status_of(arg)) is not None and status >= 400]
        if given:
            yield given[0]
        elif stem in EXCEPTIONS and name != stem:
            yield EXCEPTIONS[stem]
        return
    origin = look.origin(call.name)
    if origin.startswith("http-errors.") and name in EXCEPTIONS:
        yield EXCEPTIONS[name]
    elif origin.startswith(("@hapi/boom.", "boom.")) and name in BOOM:
        yield BOOM[name]


def read_python(module: Module, kept: Kept) -> None:
    """Statuses and JSON responses of Flask, Django, FastAPI and their like."""
    look = look_at(module)
    for status, place, function in python_statuses(look):
        keep(kept, look, SignKind.STATUS, place, str(status), function)
    for call in module.calls:
        if call.last in JSON_CALLS or look.origin(call.name) in JSON_ORIGINS:
            keep(kept, look, SignKind.JSON_RESPONSE, call, call.name)
    keep_json_answers(look, kept)


def read_ecma(module: Module, kept: Kept) -> None:
    """Statuses and JSON responses of Express, Koa, Fastify, NestJS and their like."""
    look = look_at(module)
    for status, place, function in ecma_statuses(look):
        keep(kept, look, SignKind.STATUS, place, str(status), function)
    for call in module.calls:
        if call.args and _answers_json(call):
            keep(kept, look, SignKind.JSON_RESPONSE, call, ".".join(chain(call)))


def _answers_json(call: Call) -> bool:
    """``res.json(x)``, ``res.status(404).json(x)``, ``reply.send({...})``; not ``response.json()`` of fetch."""
    name = call.last
    parts = chain(call)
    if name in ("json", "jsonp"):
        return parts[0] in SENDERS and not isinstance(call.args[0], Lambda)
    return name == "send" and parts[0] in SENDERS and _is_data(call.args[0])


def _is_data(value: Expr) -> bool:
    return isinstance(value, (Mapping, Items))


STATUS_PYTHON = Reader(name="statuses (Python)", languages=PYTHON, read=read_python)
STATUS_ECMA = Reader(name="statuses (JavaScript)", languages=ECMA, read=read_ecma)
