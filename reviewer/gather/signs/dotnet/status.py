"""The status codes that actions and handlers answer with, their JSON answers, and input that they refuse by hand."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reviewer.gather.expressions import inside, integer
from reviewer.gather.look import Look, look_at, words
from reviewer.gather.reader import Kept, Reader
from reviewer.gather.signs._emit import Placed, keep
from reviewer.gather.signs._refusals import keep_refusals
from reviewer.gather.signs._status import EXCEPTIONS
from reviewer.gather.signs.dotnet._csharp import CSHARP, attribute_name, is_web
from reviewer.gather.syntax import Attribute, Call, Expr, Module, Name, dotted
from reviewer.model.facts.code import SignKind

HELPERS = {
    "Ok": 200,
    "OkObjectResult": 200,
    "Created": 201,
    "CreatedAtAction": 201,
    "CreatedAtRoute": 201,
    "Accepted": 202,
    "AcceptedAtAction": 202,
    "AcceptedAtRoute": 202,
    "NoContent": 204,
    "BadRequest": 400,
    "ValidationProblem": 400,
    "ValidationError": 400,
    "InvalidModelState": 400,
    "Unauthorized": 401,
    "Challenge": 401,
    "Forbid": 403,
    "NotFound": 404,
    "Conflict": 409,
    "UnprocessableEntity": 422,
    "InternalServerError": 500,
}
"""Methods of controllers, ``Results`` and ``TypedResults``; results of those names are made with ``new``, too."""
OWNERS = re.compile(r"(?:this|base|(?:Microsoft\.AspNetCore\.Http\.)?(?:Typed)?Results)\Z")
RESULT_SUFFIX = re.compile(r"(?:Object)?(?:ErrorMessage)?(?:Negotiated)?(?:Content)?(?:Http)?Result\Z")
SENDS = {
    "SendOkAsync": 200,
    "SendCreatedAtAsync": 201,
    "SendNoContentAsync": 204,
    "SendErrorsAsync": 400,
    "SendUnauthorizedAsync": 401,
    "SendForbiddenAsync": 403,
    "SendNotFoundAsync": 404,
    "ThrowError": 400,
    "OkAsync": 200,
    "NotFoundAsync": 404,
    "NoContentAsync": 204,
    "CreatedAtAsync": 201,
    "ErrorsAsync": 400,
    "UnauthorizedAsync": 401,
    "ForbiddenAsync": 403,
}
"""FastEndpoints."""
NUMBERED = re.compile(r"Status([1-5]\d\d)[A-Z]\w*\Z")
BY_NAME = {**EXCEPTIONS, "OK": 200, "Created": 201, "Accepted": 202, "NoContent": 204, "MethodNotAllowed": 405}
TAKES_STATUS = words("StatusCode Problem ProducesResponseType Produces ProducesProblem SendAsync CreateResponse")
NOT_ANSWERS = re.compile(r"assert|equal|should|verify|contains|switch|add(?:policy)?\Z|is\Z", re.IGNORECASE)
JSON_CALLS = words("Ok Json CreatedAtAction CreatedAtRoute Created Accepted")
REQUEST_VALUES = re.compile(
    r"\b(?:request|req|dto|model|input|command|body|form|query|\w+Dto|\w+Request|id|file)\b", re.IGNORECASE
)


def read(module: Module, kept: Kept) -> None:
    """Keeps statuses, JSON answers and hand-written refusals."""
    look = look_at(module)
    if not is_web(look) and not _answers(look):
        return
    found = list(_statuses(look))
    for status, place, function in found:
        keep(kept, look, SignKind.STATUS, place, str(status), function)
    for call in module.calls:
        if call.last in JSON_CALLS and _is_helper(call) and call.args:
            keep(kept, look, SignKind.JSON_RESPONSE, call, call.name)
    by_hand = [item for item in found if not _gives_state(item[1])]
    keep_refusals(look, kept, by_hand, REQUEST_VALUES)


def _gives_state(place: Placed) -> bool:
    """``BadRequest(ModelState)`` says what annotations found; attributes of a method refuse nothing."""
    if not isinstance(place, Call):
        return True
    return any(isinstance(part, Name) and part.dotted.startswith("ModelState") for part in inside(*place.args))


def _answers(look: Look) -> bool:
    """Whether a file without a web namespace speaks of statuses (handlers behind a mediator)."""
    return any("HttpStatusCode" in call.name or "StatusCodes" in call.name for call in look.module.calls) or any(
        "HttpStatusCode." in line[:400] or "StatusCodes." in line[:400] for line in look.lines
    )


def _statuses(look: Look) -> Iterator[tuple[int, Placed, int]]:
    for call in look.module.calls:
        for status in _of_call(call):
            yield status, call, call.function
    for item in look.module.assignments:
        if item.target.endswith("StatusCode"):
            for status in statuses_in(item.value):
                yield status, item, item.function
    for function in look.module.functions:
        for decorator in function.decorators:
            if isinstance(decorator, Call) and attribute_name(decorator) == "ProducesResponseType":
                for status in statuses_in(*decorator.args):
                    yield status, function, function.index


def _is_helper(call: Call) -> bool:
    head = call.name.rpartition(".")[0]
    return not call.name.startswith(".") and (not head or bool(OWNERS.match(head)))


def _of_call(call: Call) -> Iterator[int]:
    if call.new:
        stem = RESULT_SUFFIX.sub("", call.last)
        if call.last.endswith("Result") and stem in HELPERS:
            yield HELPERS[stem]
            return
    elif call.last in HELPERS and _is_helper(call):
        yield HELPERS[call.last]
        return
    elif call.last in SENDS:
        yield SENDS[call.last]
        return
    if call.last in TAKES_STATUS or call.new or call.last in ("Content", "Json"):
        yield from statuses_in(*call.args[:3], *(v for k, v in call.keywords.items() if k.lower() == "statuscode"))
    elif not NOT_ANSWERS.search(call.last):
        yield from (status for arg in call.args for status in _named(arg))


def statuses_in(*exprs: Expr | None) -> Iterator[int]:
    """The statuses that expressions are or choose from: ``404``, ``StatusCodes.Status404NotFound``."""
    for expr in exprs:
        number = integer(expr)
        if number is not None and 100 <= number < 600:
            yield number
        else:
            yield from _named(expr)


def _named(expr: Expr | None) -> Iterator[int]:
    for part in inside(expr):
        if isinstance(part, (Name, Attribute)):
            full = dotted(part)
            owner, _, name = full.rpartition(".")
            if found := NUMBERED.match(name):
                yield int(found[1])
            elif owner.endswith("HttpStatusCode") and name in BY_NAME:
                yield BY_NAME[name]


STATUS_DOTNET = Reader(name="statuses (C#)", languages=CSHARP, read=read)
