"""HTTP statuses in source: as numbers, as names of constants, as exceptions that stand for one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from http import HTTPStatus

from reviewer.gather.expressions import inside, integer
from reviewer.gather.syntax import Attribute, Expr, Name, Other, dotted

PREFIX = re.compile(r"\A(?:HTTP_STATUS_|HTTP_|SC_|STATUS_|CLIENT_ERROR_|SUCCESS_)")
"""What stands before the name of a status in enumerations of one's own."""
OF_STATUSES = re.compile(r"http_?(?:status|code)|status_?(?:code|enum|http)", re.IGNORECASE)
NUMBERED = re.compile(r"(?:HTTP|STATUS)_([1-5]\d\d)(?:_|$)")
NUMBERED_AFTER = re.compile(r"[A-Z]_([1-5]\d\d)$")
"""``HttpStatus.NOT_FOUND_404``, Jetty's."""
BY_NAME = {
    **{status.name: status.value for status in HTTPStatus},
    "CONTENT_TOO_LARGE": 413,
    "PAYLOAD_TOO_LARGE": 413,
    "UNPROCESSABLE_CONTENT": 422,
    "UNPROCESSABLE_ENTITY": 422,
    "INTERNAL_ERROR": 500,
}
EXCEPTIONS = {
    "BadRequest": 400,
    "Unauthorized": 401,
    "Forbidden": 403,
    "NotFound": 404,
    "MethodNotAllowed": 405,
    "NotAcceptable": 406,
    "RequestTimeout": 408,
    "Conflict": 409,
    "Gone": 410,
    "PreconditionFailed": 412,
    "PayloadTooLarge": 413,
    "UnsupportedMediaType": 415,
    "UnprocessableEntity": 422,
    "TooManyRequests": 429,
    "InternalServerError": 500,
    "InternalServer": 500,
    "NotImplemented": 501,
    "BadGateway": 502,
    "ServiceUnavailable": 503,
    "GatewayTimeout": 504,
}
"""Stems of exceptions of werkzeug, aiohttp (``HTTPNotFound``), NestJS (``NotFoundException``), http-errors and boom."""


BY_STEM = {**EXCEPTIONS, "Ok": 200, "OK": 200, "Created": 201, "Accepted": 202, "NoContent": 204}


def status_of(expr: Expr | None) -> int | None:
    """The status that an expression is: ``404``, ``HTTPStatus.NOT_FOUND``, ``status.HTTP_404_NOT_FOUND``."""
    number = integer(expr)
    if number is not None:
        return number if 100 <= number < 600 else None
    if isinstance(expr, (Name, Attribute)):
        parts = dotted(expr).removesuffix(".value").split(".")
        found = NUMBERED.match(parts[-1]) or (NUMBERED_AFTER.search(parts[-1]) if len(parts) > 1 else None)
        if found:
            return int(found[1])
        return _named(parts[-1], parts[-2]) if len(parts) > 1 else None
    return None


def _named(name: str, owner: str) -> int | None:
    """``HTTPStatus.NOT_FOUND``, ``StatusCodes.HTTP_NOT_FOUND``, ``HttpStatus.NotFound`` of any enumeration."""
    bare = PREFIX.sub("", name, count=1)
    if bare in BY_NAME:
        return BY_NAME[bare]
    return BY_STEM.get(name) if OF_STATUSES.search(owner) else None


def statuses_of(expr: Expr | None) -> Iterator[int]:
    """The status that an expression is, or those that it chooses from (``error.status || 500``)."""
    found = status_of(expr)
    if found is not None:
        yield found
    elif isinstance(expr, Other) and expr.operator in ("||", "??", "?", "or", ""):
        for part in inside(*expr.operands):
            inner = status_of(part)
            if inner is not None:
                yield inner
