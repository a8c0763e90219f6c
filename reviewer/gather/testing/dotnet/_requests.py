"""The HTTP requests that C# tests make: ``HttpClient`` of a test host, request messages, RestSharp, Flurl."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from reviewer.gather.look import Look, words
from reviewer.gather.syntax import Call, Expr, Name, Text, dotted, plain
from reviewer.gather.testing._draft import is_remote
from reviewer.gather.testing._paths import text_value
from reviewer.gather.testing.dotnet._cases import rows_of
from reviewer.model.facts.tests import Request
from reviewer.model.facts.values import Value

VERBS = {
    **dict.fromkeys(words("GetAsync GetStringAsync GetByteArrayAsync GetStreamAsync GetFromJsonAsync"), "GET"),
    **dict.fromkeys(words("GetJsonAsync GetAndDeserializeAsync GetAndDeserialize"), "GET"),
    **dict.fromkeys(words("PostAsync PostAsJsonAsync PostJsonAsync PostAndDeserializeAsync"), "POST"),
    **dict.fromkeys(words("PutAsync PutAsJsonAsync PutJsonAsync PutAndDeserializeAsync"), "PUT"),
    **dict.fromkeys(words("PatchAsync PatchAsJsonAsync PatchJsonAsync"), "PATCH"),
    **dict.fromkeys(words("DeleteAsync DeleteFromJsonAsync DeleteAsJsonAsync"), "DELETE"),
}
OWN_VERB = re.compile(r"(?:\w*_)?(Get|Post|Put|Patch|Delete)(?:[A-Z]\w*)?Async")
"""Helpers of a test project that are called like the client's methods."""
MESSAGES = words("HttpRequestMessage RestRequest")
METHOD_NAMES = words("get post put patch delete head options")
CLIENT = re.compile(r"client|http|api|server|sut", re.IGNORECASE)
PATH = re.compile(r"(?:https?://[^/\s]+)?/?[\w{}<>.~%-]*(?:[/?][\w{}<>.~%=&,:@+-]*)*\Z")


def read_requests(look: Look) -> Iterator[Request]:
    """Every request of a test module that does not go to somebody else's host."""
    base = _base_path(look)
    for call in look.module.calls:
        for method, target in _requests(call):
            if is_remote(look.value(target, call.function)):
                continue
            for path in _paths(look, call, target):
                yield Request(method=method, path=_based(base, path), line=call.line)


def remote_call(look: Look, call: Call) -> bool:
    """Whether a request goes to a host that is not this machine's."""
    return any(is_remote(look.value(target, call.function)) for _, target in _requests(call))


def _requests(call: Call) -> Iterator[tuple[str, Expr]]:
    if call.new and call.last in MESSAGES:
        yield from _message(call)
        return
    found = OWN_VERB.fullmatch(call.last[:60]) if call.last not in VERBS else None
    method = VERBS.get(call.last) or (found[1].upper() if found else "")
    given = call.args[0] if call.args else call.keywords.get("requestUri")
    if not method or given is None:
        return
    target = _inside_uri(given)
    if _looks_like_path(target) or (call.last in VERBS and _is_client(call) and isinstance(target, (Name, Text))):
        yield method, target


def _message(call: Call) -> Iterator[tuple[str, Expr]]:
    """``new HttpRequestMessage(HttpMethod.Get, "/x")``, ``new RestRequest("/x", Method.Post)``."""
    method = "GET"
    target: Expr | None = None
    for arg in call.args:
        name = dotted(arg).rpartition(".")[2].lower()
        if name in METHOD_NAMES:
            method = name.upper()
        elif target is None:
            target = _inside_uri(arg)
    if target is not None:
        yield method, target


def _inside_uri(expr: Expr) -> Expr:
    return expr.args[0] if isinstance(expr, Call) and expr.last == "Uri" and expr.args else expr


def _is_client(call: Call) -> bool:
    return bool(CLIENT.search(call.name.rpartition(".")[0][-80:]))


def _looks_like_path(expr: Expr) -> bool:
    if not isinstance(expr, Text) or not expr.parts:
        return False
    text = "".join(part if isinstance(part, str) else "{}" for part in expr.parts)
    return "/" in text and len(text) < 400 and bool(PATH.match(text))


def _paths(look: Look, call: Call, target: Expr) -> list[Value]:
    """The path as written, once for each row of data that fills it in."""
    method = next((item for item in look.around(call.function) if item.owner != -1), None)
    rows = rows_of(method) if method is not None else [{}]
    return list(dict.fromkeys(text_value(look, row.get(dotted(target), target), call.function, row) for row in rows))


def _base_path(look: Look) -> str:
    """The path of the address that the client of a file is given: ``/api`` of ``http://localhost/api/``."""
    for item in look.module.assignments:
        if item.target.endswith("BaseAddress") and isinstance(item.value, Call) and item.value.args:
            text = plain(look.value(item.value.args[0], item.function)) or ""
            return urlsplit(text).path.rstrip("/") if text.startswith("http") else ""
    return ""


def _based(base: str, path: Value) -> Value:
    first = path[0] if path else ""
    if not base or not isinstance(first, str) or first.startswith(("/", "http")):
        return path
    return (f"{base}/", *path)
