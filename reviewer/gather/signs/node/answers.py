"""JSON answers of frameworks whose handlers set or return the body: Koa, hapi, Fastify, functions of AWS and Azure."""

from __future__ import annotations

import re

from reviewer.gather.expressions import last
from reviewer.gather.look import Look, look_at, words
from reviewer.gather.objects import objects
from reviewer.gather.reader import Kept, Reader
from reviewer.gather.signs._emit import ECMA, keep
from reviewer.gather.signs._status import statuses_of
from reviewer.gather.signs.limits import origins
from reviewer.gather.syntax import Assignment, Call, Expr, Function, Items, Mapping, Module, Name
from reviewer.model.facts.code import SignKind

MARKS = re.compile(r"\.body\s{0,3}=|\bcontext\.res\b|\bjsonBody\b|\bstatusCode\b|\.response\(|\b_?req(?:uest)?\b")
"""Without one of these there is no such answer in a file."""
KOA_BODIES = words("ctx.body context.body ctx.response.body context.response.body")
KOA_OF_OLD = "this.body"
"""In generators of Koa 1."""
NO_DATA = re.compile(r"html|page|template|stream|file|buffer|render|view", re.IGNORECASE)
"""In names of what is a body and no data."""
ALLOW_ORIGIN = "Access-Control-Allow-Origin"
AZURE = "context.res"
"""What functions of Azure answer by, in their first form."""
REQUESTS = words("request req _request _req")
TOOLKITS = words("h reply rep toolkit _h _reply responseToolkit")
TOOLKIT_RESPONSES = words("h.response reply.response toolkit.response responseToolkit.response _h.response")
HAPI = re.compile(r"\brequest\.(?:payload|auth|pre)\b|\bh\.(?:response|continue|redirect)\b|@hapi/|\bfastify\b")
"""What handlers of hapi and Fastify speak of, where they stand in a file of their own."""


def read(module: Module, kept: Kept) -> None:
    """Keeps the bodies that are objects or lists."""
    if not MARKS.search(module.text):
        return
    look = look_at(module)
    for item in module.assignments:
        if _sets_body(look, item) or _is_stringified(item):
            keep(kept, look, SignKind.JSON_RESPONSE, item, item.target)
    for call in module.calls:
        if call.name in TOOLKIT_RESPONSES and call.args and _is_data(call.args[0]):
            keep(kept, look, SignKind.JSON_RESPONSE, call, call.name)
    _lambda(look, kept)
    _azure(look, kept)
    _returned(look, kept)


def _sets_body(look: Look, item: Assignment) -> bool:
    """``ctx.body = { data }``; a page, a stream and a text are no data."""
    if item.target not in KOA_BODIES and not (item.target == KOA_OF_OLD and "yield" in look.module.text):
        return False
    return _is_data(item.value) or (
        isinstance(item.value, Call) and not NO_DATA.search(item.value.name) and last(item.value.name) != "toString"
    )


def _is_stringified(item: Assignment) -> bool:
    """``this.body = JSON.stringify(body)`` of a class for the answers of functions on AWS Lambda."""
    return item.target == KOA_OF_OLD and isinstance(item.value, Call) and item.value.name == "JSON.stringify"


def _is_data(value: Expr | None) -> bool:
    return isinstance(value, Mapping | Items) or (isinstance(value, Name) and not NO_DATA.search(value.dotted))


def _lambda(look: Look, kept: Kept) -> None:
    """``{ statusCode: 200, body: JSON.stringify(data) }``, wherever it is put together."""
    if "statusCode" not in look.module.text:
        return
    for mapping, function, _ in objects(look):
        allowed = mapping.get(ALLOW_ORIGIN)
        if allowed is not None:
            keep(kept, look, SignKind.CORS, allowed, origins(look, allowed, function), function)
        status, body = mapping.get("statusCode"), mapping.get("body")
        if status is None or body is None:
            continue
        for found in statuses_of(status):
            keep(kept, look, SignKind.STATUS, status, str(found), function)
        if isinstance(body, Call) and body.name == "JSON.stringify":
            keep(kept, look, SignKind.JSON_RESPONSE, body, body.name, function)


def _azure(look: Look, kept: Kept) -> None:
    """``context.res = { status: 404, body: { ... } }``, ``return { status: 201, jsonBody: user }``."""
    if AZURE not in look.module.text and "jsonBody" not in look.module.text:
        return
    for mapping, function, where in objects(look):
        body = mapping.get("jsonBody") or (mapping.get("body") if where == AZURE else None)
        if body is None:
            continue
        for found in statuses_of(mapping.get("status")):
            keep(kept, look, SignKind.STATUS, mapping, str(found), function)
        if mapping.get("jsonBody") is not None or _is_data(body):
            keep(kept, look, SignKind.JSON_RESPONSE, mapping, "jsonBody" if where != AZURE else where, function)


def _returned(look: Look, kept: Kept) -> None:
    """``return { status: "success" }`` of a handler that is given a request, and a toolkit or nothing else."""
    told: set[int] = set()
    for item in look.module.returns:
        function = next(look.around(item.function), None)
        if function is None or function.index in told or not isinstance(item.value, Mapping | Items):
            continue
        if _is_handler(look, function):
            told.add(function.index)
            keep(kept, look, SignKind.JSON_RESPONSE, item, "returned object")


def _is_handler(look: Look, function: Function) -> bool:
    names = [item.name for item in function.parameters]
    if not names or len(names) > 2 or not (names[0] in REQUESTS or names[0].startswith("{")):
        return False
    if len(names) == 2:
        return names[1] in TOOLKITS
    return names[0] in REQUESTS and bool(HAPI.search(look.module.text))


ANSWERS_ECMA = Reader(name="answers that are set or returned (JavaScript)", languages=ECMA, read=read)
