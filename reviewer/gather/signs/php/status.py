"""The status codes that PHP answers with, and its JSON answers."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reviewer.gather.expressions import inside, integer, last, option
from reviewer.gather.look import Look, look_at, words
from reviewer.gather.reader import Kept, Reader
from reviewer.gather.signs._emit import Placed, keep
from reviewer.gather.signs._status import BY_NAME, EXCEPTIONS, status_of
from reviewer.gather.signs.php._php import PHP, first_text
from reviewer.gather.syntax import Call, Expr, Module, Name, Text, dotted, plain
from reviewer.model.facts.code import SignKind

STATUS_LINE = re.compile(r"(?:HTTP/\d(?:\.\d)?|Status:)\s{1,5}([1-5]\d\d)\b", re.IGNORECASE)
FIRST = words(
    "http_response_code abort withStatus setStatusCode set_status_header status_header setStatus halt"
    " setHttpResponseCode HttpException status setResponseCode abortIf"
)
"""Calls whose first argument is the status."""
SECOND = words(
    "abort_if abort_unless json response JsonResponse Response withJson respond jsonResponse json_response sendResponse"
    " wp_send_json wp_send_json_error wp_send_json_success WP_REST_Response sendJson sendError respondWithError"
    " errorResponse successResponse error success send responseJson setJSON respondWithJson set_response HtmlResponse"
    " TextResponse ResponseInterface fail jsonError respondJson sendOutput html make apiResponse view"
)
"""Calls whose second argument is the status, where it is one."""
OWN = SECOND | words("return answer output reply sendJSON sendResponseJson sendJsonResponse jsonReturn returnJson")
"""What a project's own helpers are called besides, which take the status in any place."""
CODES = frozenset(BY_NAME.values())
PLACES_MOST = 4
RAISED = re.compile(r"Exception\Z")
FRAMEWORKS = ("Cake.Http.Exception.", "Cake.Datasource.Exception.", "Slim.Exception.", "League.Route.Http.Exception.")
"""Where exceptions come from whose names stand for a status."""
NAMED = {
    "noContent": 204,
    "createNotFoundException": 404,
    "createAccessDeniedException": 403,
    "respondCreated": 201,
    "respondDeleted": 200,
    "respondNoContent": 204,
    "failNotFound": 404,
    "failUnauthorized": 401,
    "failForbidden": 403,
    "failValidationError": 400,
    "failValidationErrors": 400,
    "failServerError": 500,
    "failResourceExists": 409,
    "findOrFail": 404,
    "firstOrFail": 404,
    "show_404": 404,
    "authorizeResource": 403,
    "notFound": 404,
    "denyAccessUnlessGranted": 403,
}
REFUSING = words("authorize authorizeForUser")
"""Calls that refuse who may not do what their first argument says: ``$this->authorize('update', $note)``."""
STEM = re.compile(r"(?:Http)?(\w+?)(?:Http)?(?:Exception)?\Z")
STEMS = {
    **EXCEPTIONS,
    "AccessDenied": 403,
    "UnprocessableEntity": 422,
    "ModelNotFound": 404,
    "Validation": 422,
    "Authentication": 401,
    "Authorization": 403,
    "RecordNotFound": 404,
    "InvalidCsrfToken": 403,
}
KNOWN_EXCEPTIONS = re.compile(
    r"\AHttp\w+Exception\Z|\w+HttpException\Z|\A(?:Validation|Authentication|Authorization)Exception\Z"
)
BODIES = words("withStringBody setBody setContent")
"""What puts text into a response; where it is JSON, that is answered."""
TEMPLATE = re.compile(r"\?>\s{0,40}<[a-zA-Z!/]")
ENDED = re.compile(r"application/json|\bexit\b|\bdie\b")
"""A file of markup hands data to its scripts as JSON; where it stops short of the markup, it answers with it."""
JSON_CALLS = words("json JsonResponse withJson wp_send_json wp_send_json_success jsonResponse json_response setJSON")
JSON_HOLDERS = re.compile(r"response|Flight|Response|reply|this|res\Z", re.IGNORECASE)

Found = tuple[int, Placed, int]


def statuses(look: Look) -> Iterator[Found]:
    """Every status that a module answers with: (status, place, function)."""
    for call in look.module.calls:
        for status in _of_call(call):
            yield status, call, call.function
        if call.new and RAISED.search(look.origin(call.name)):
            yield from ((status, call, call.function) for status in _raised(look, call))


def _raised(look: Look, call: Call) -> Iterator[int]:
    """``new Exception('Not found', 404)``, whose code is answered, and exceptions of frameworks by their names."""
    number = integer(call.args[1]) if len(call.args) > 1 else None
    if number in CODES and number is not None and number >= 400:
        yield number
    elif look.origin(call.name).startswith(FRAMEWORKS):
        yield from _of_exception(last(look.origin(call.name)))


def _of_call(call: Call) -> Iterator[int]:
    name = call.last
    if name == "header" and call.name == "header":
        yield from _of_header(call)
    elif name in FIRST and call.args:
        yield from _codes(call.args[0])
    elif name in OWN and call.args:
        yield from _of_helper(call)
    elif call.new and KNOWN_EXCEPTIONS.match(name):
        yield from _of_exception(name)
    elif call.new and name == "WP_Error":
        yield from _codes(option(call, "status"))
    elif name in NAMED:
        yield NAMED[name]
    elif name in REFUSING and first_text(call):
        yield 403
    for key in ("status", "statusCode", "code"):
        if key in call.keywords:
            yield from _codes(call.keywords[key])


def _of_helper(call: Call) -> Iterator[int]:
    """The status that an answering call is given: second, or as a number in another place."""
    found = list(_codes(call.args[1])) if len(call.args) > 1 and call.last in SECOND else []
    if not found:
        numbers = (integer(arg) for arg in call.args[:PLACES_MOST])
        found = [number for number in numbers if number in CODES and number is not None and number >= 200][:1]
    yield from found


def _of_header(call: Call) -> Iterator[int]:
    found = STATUS_LINE.match(first_text(call)[:100])
    if found:
        yield int(found[1])
    elif len(call.args) > 2:
        yield from _codes(call.args[2])


def _of_exception(name: str) -> Iterator[int]:
    found = STEM.match(name)
    status = STEMS.get(found[1]) if found else None
    if status is not None:
        yield status


def _codes(expr: Expr | None) -> Iterator[int]:
    """A status as a number or by the name of a constant; the branches of a choice each."""
    for item in [expr, *_branches(expr)]:
        status = status_of(item)
        if status is None and isinstance(item, Name) and "." in item.dotted:
            status = BY_NAME.get(item.dotted.rpartition(".")[2].removeprefix("HTTP_").removeprefix("STATUS_"))
        if status is None and (text := plain(item)) is not None and len(text) == 3 and text.isdigit():
            status = int(text)
        if status is not None and 200 <= status < 600:
            yield status


def _branches(expr: Expr | None) -> list[Expr]:
    kind = getattr(expr, "kind", "")
    operands: tuple[Expr, ...] = getattr(expr, "operands", ())
    return (
        list(operands[1:])
        if kind == "ternary_expression"
        else list(operands)
        if getattr(expr, "operator", "") == "??"
        else []
    )


def read(module: Module, kept: Kept) -> None:
    """``http_response_code``, headers, the answers and exceptions of the frameworks."""
    look = look_at(module)
    seen: set[tuple[int, int]] = set()
    for status, place, function in statuses(look):
        if (status, place.line) not in seen:
            seen.add((status, place.line))
            keep(kept, look, SignKind.STATUS, place, str(status), function)
    shown = TEMPLATE.search(module.text) is not None and not ENDED.search(module.text)
    for call in module.calls:
        if _answers_json(call) and not (shown and call.name in ("echo", "print")):
            keep(kept, look, SignKind.JSON_RESPONSE, call, call.name.lstrip(".") or call.last)


def _answers_json(call: Call) -> bool:
    if call.name in ("echo", "print", "exit", "die") or call.last in BODIES:
        return any(isinstance(item, Call) and item.name == "json_encode" for arg in call.args for item in inside(arg))
    if call.last not in JSON_CALLS or (not call.args and not call.new):
        return False
    if call.last != "json":
        return True
    inner = getattr(call.callee, "value", None)
    holder = inner.last if isinstance(inner, Call) else call.name.rpartition(".")[0]
    return (
        bool(JSON_HOLDERS.search(holder))
        and not isinstance(call.args[0] if call.args else None, Text)
        and bool(dotted(call.callee))
    )


STATUS_PHP = Reader(name="statuses (PHP)", languages=PHP, read=read)
