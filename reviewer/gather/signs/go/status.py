"""The status codes that handlers answer with, and their JSON answers."""

from __future__ import annotations

from collections.abc import Iterator

from reviewer.gather.look import Look, look_at, words
from reviewer.gather.reader import Kept, Reader
from reviewer.gather.signs._emit import keep
from reviewer.gather.signs.go._go import CONTEXT_NAMES, GO, in_handler, serves, status_of
from reviewer.gather.syntax import Call, Expr, Items, Mapping, Module, Name
from reviewer.model.facts.code import SignKind

FIRST = words(
    "JSON IndentedJSON PureJSON SecureJSON XML YAML HTML String Data Status SendStatus WriteHeader AbortWithStatus"
    " AbortWithStatusJSON AbortWithError NewHTTPError NewError NoContent Blob JSONPretty JSONBlob Redirect StatusCode"
    " StopWithStatus StopWithJSON StopWithError StopWithProblem SetStatusCode ProtoBuf Attachment"
    " SendError SetStatus CustomAbort"
    " AsciiJSON JSONP Render"
)
"""Methods whose first argument is the status."""
JSON_CALLS = words(
    "JSON IndentedJSON PureJSON SecureJSON AbortWithStatusJSON JSONPretty JSONBlob JSONP"
    " StopWithJSON AsciiJSON ServeJSON OkJsonCtx OkJson"
)
ENCODERS = frozenset({"json.NewEncoder", "json.Marshal", "json.MarshalIndent"})
STATUS_FIELDS = words("statuscode status httpstatus httpstatuscode httpcode code status_code")
"""Fields of errors and answers that hold the status, in lower case."""
HTTP_CALLS = {"http.NotFound": 404, "http.Redirect": 302}
ZERO = "go-zero/rest/httpx"
ZERO_CALLS = words("httpx.Error httpx.ErrorCtx")
"""What go-zero answers an error with, which is 400 where nothing else is set."""
HELPERS = (
    "respond",
    "write",
    "send",
    "render",
    "json",
    "error",
    "reply",
    "response",
    "fail",
    "encode",
    "success",
    "return",
    "abort",
)
"""What a project's own functions that answer begin with; a status among their arguments is the one they answer."""


def read(module: Module, kept: Kept) -> None:
    """Statuses, each on its line, and JSON answers."""
    look = look_at(module)
    if not serves(look) and "Status" not in module.text:
        return
    encodes = _encoders(look)
    zero = ZERO in module.text
    for call in module.calls:
        if zero and call.name in ZERO_CALLS:
            keep(kept, look, SignKind.STATUS, call, "400")
        for status in _statuses(call):
            keep(kept, look, SignKind.STATUS, call, str(status))
        if call.last in JSON_CALLS and call.args and "." in call.name and serves(look):
            keep(kept, look, SignKind.JSON_RESPONSE, call, call.name.lstrip("."))
        elif id(call) in encodes:
            keep(kept, look, SignKind.JSON_RESPONSE, call, "json.NewEncoder")
    _read_values(look, kept)


def _read_values(look: Look, kept: Kept) -> None:
    """Statuses that are put into fields and tables, or given back."""
    module = look.module
    for item in module.assignments:
        field = item.target.rpartition(".")[2].lower()
        named = isinstance(item.value, Name) and item.function != -1
        if (named or field == "statuscode") and field in STATUS_FIELDS and (given := status_of(item.value)) is not None:
            keep(kept, look, SignKind.STATUS, item, str(given))
        for told in _listed(item.value):
            keep(kept, look, SignKind.STATUS, told, str(status_of(told)))
    for returned in module.returns:
        given_back = returned.value.values if isinstance(returned.value, Items) else (returned.value,)
        for value in given_back:
            if isinstance(value, Name) and (given := status_of(value)) is not None:
                keep(kept, look, SignKind.STATUS, value, str(given), returned.function)


def _listed(value: Expr | None) -> Iterator[Name]:
    """The statuses that a table has for errors: ``map[error]int{ErrNotFound: http.StatusNotFound}``."""
    for _, told in value.pairs if isinstance(value, Mapping) else ():
        if isinstance(told, Name) and status_of(told) is not None:
            yield told


def _encoders(look: Look) -> set[int]:
    """``json.NewEncoder(w).Encode(x)`` and ``w.Write(data)`` after ``json.Marshal`` in a handler."""
    found: set[int] = set()
    for call in look.module.calls:
        if call.name in ENCODERS and in_handler(look, call.function):
            found.add(id(call))
    return found


def _statuses(call: Call) -> Iterator[int]:
    name, args = call.last, call.args
    if call.name == "http.Error" and len(args) > 2:
        yield from _known(args[2])
    elif call.name in HTTP_CALLS:
        yield HTTP_CALLS[call.name]
    elif call.new:
        fields = [value for key, value in call.keywords.items() if key.lower() in STATUS_FIELDS]
        for value in (*fields, *(item for item in args if isinstance(item, Name))):
            yield from _known(value)
    elif name in FIRST and args and "." in call.name:
        yield from _known(args[0])
    elif not call.new and (name.lower().startswith(HELPERS) or _is_given_answer(call)):
        for arg in args[:4]:
            status = status_of(arg)
            if status is not None and not _is_plain_number(arg):
                yield status
                return


def _is_given_answer(call: Call) -> bool:
    """Whether what answers the request comes first: ``NewErrorResponse(c, http.StatusBadRequest, text)``."""
    return bool(call.args) and isinstance(call.args[0], Name) and call.args[0].dotted in CONTEXT_NAMES


def _known(expr: Expr) -> Iterator[int]:
    status = status_of(expr)
    if status is not None:
        yield status


def _is_plain_number(expr: Expr) -> bool:
    text = getattr(expr, "text", "")
    return bool(text) and not 200 <= int(text) < 600 if text.isdigit() else False


STATUS_GO = Reader(name="statuses (Go)", languages=GO, read=read)
