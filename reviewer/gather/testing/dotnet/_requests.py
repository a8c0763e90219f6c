"""The HTTP requests that C# tests make: ``HttpClient`` of a test host, request messages, RestSharp, Flurl."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from reviewer.gather.expressions import root
from reviewer.gather.look import Look, words
from reviewer.gather.syntax import Attribute, Call, Expr, Function, Name, Other, Text, dotted, plain
from reviewer.gather.testing._draft import is_remote
from reviewer.gather.testing._paths import text_value
from reviewer.gather.testing.dotnet._cases import rows_of
from reviewer.model.facts.tests import Request
from reviewer.model.facts.values import Ref, Value

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
GATEWAY = "FunctionHandlerAsync"
"""What takes a request of an API gateway through the whole application, in functions of AWS Lambda."""
METHOD_NAMES = words("get post put patch delete head options")
TYPED = {"GETAsync": "GET", "POSTAsync": "POST", "PUTAsync": "PUT", "PATCHAsync": "PATCH", "DELETEAsync": "DELETE"}
HANDLING = re.compile(r"(?:Controller|Endpoints?|Api|Handlers|Routes)\Z")
"""How classes are called whose methods answer requests."""
NAMED, ACTION = "url_for:", "action:"
"""How the names begin of endpoints that are asked for by their class, and of handlers that are called by themselves."""
REPLACING = words("Replace Trim TrimStart TrimEnd ToString ToLower")
HOPS = 5
CLIENT = re.compile(r"client|http|api|server|sut", re.IGNORECASE)
PATH = re.compile(r"(?:https?://[^/\s]+)?/?[\w{}<>.~%-]*(?:[/?][\w{}<>.~%=&,:@+-]*)*\Z")


def read_requests(look: Look) -> Iterator[Request]:
    """Every request of a test module that does not go to somebody else's host."""
    base = _base_path(look)
    made = {function.name: (value, function.index) for function, value in returned_paths(look)}
    for call in look.module.calls:
        for method, target in _requests(call):
            if is_remote(look.value(target, call.function)):
                continue
            for path in _paths(look, call, target, made):
                yield Request(method=method, path=_based(base, path), line=call.line)
        yield from _by_class(call)
        if call.last == GATEWAY and call.args and "." in call.name:
            yield Request(method="", path=(Ref(name=dotted(call.args[0]) or GATEWAY),), line=call.line)
        if handler := _handler(look, call):
            yield Request(method="", path=(Ref(name=f"{ACTION}{handler}"),), line=call.line, alone=True)


def _by_class(call: Call) -> Iterator[Request]:
    """``client.POSTAsync<CreateUser, Request, Response>(...)`` of FastEndpoints: the endpoint by its class."""
    types = getattr(call.keywords.get("<>"), "values", ())
    if call.last in TYPED and types and (name := dotted(types[0])):
        path = (Ref(name=f"{NAMED}{name.rpartition('.')[2]}"),)
        yield Request(method=TYPED[call.last], path=path, line=call.line)


def _handler(look: Look, call: Call) -> str:
    """The action that a test calls by itself: ``_controller.Show(1)``, ``CatEndpoints.List(db)``."""
    head, _, method = call.name.removeprefix("this.").rpartition(".")
    if not head or "." in head or call.new or not method[:1].isupper():
        return ""
    kinds = [head] if head[:1].isupper() else []
    for item in look.assigned(head, call.function):
        made = item.value.name if isinstance(item.value, Call) and item.value.new else ""
        kinds += [item.type, made]
    kind = next((name for name in kinds if HANDLING.search(name[-80:])), "")
    return f"{kind.rpartition('.')[2]}.{method}" if kind else ""


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
    if _looks_like_path(target) or (call.last in VERBS and _is_client(call) and isinstance(target, (Name, Text, Call))):
        yield method, target


def _message(call: Call) -> Iterator[tuple[str, Expr]]:
    """``new HttpRequestMessage(HttpMethod.Get, "/x")``, ``new RestRequest("/x", Method.Post)``."""
    method = dotted(call.keywords.get("Method")).rpartition(".")[2].upper() or "GET"
    given = call.keywords.get("RequestUri")
    target = _inside_uri(given) if given is not None else None
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
    """``client.GetAsync(...)``, ``Client.WithToken(token).GetAsync(...)``."""
    head = call.name.rpartition(".")[0]
    if not head and isinstance(base := root(call.callee), Call):
        head = base.name.rpartition(".")[0]
    return bool(CLIENT.search(head[-80:]))


def _looks_like_path(expr: Expr) -> bool:
    if not isinstance(expr, Text) or not expr.parts:
        return False
    text = "".join(part if isinstance(part, str) else "{}" for part in expr.parts)
    return "/" in text and len(text) < 400 and bool(PATH.match(text))


def _paths(look: Look, call: Call, target: Expr, made: dict[str, tuple[Expr, int]]) -> list[Value]:
    """The path as written, once for each row of data that fills it in."""
    method = next((item for item in look.around(call.function) if item.owner != -1), None)
    rows = rows_of(method) if method is not None else [{}]
    found = []
    for row in rows:
        path, function = _written(look, row.get(dotted(target), target), call.function, made)
        found.append(text_value(look, path, function, row))
    return list(dict.fromkeys(found))


def _written(look: Look, expr: Expr, function: int, made: dict[str, tuple[Expr, int]]) -> tuple[Expr, int]:
    """A path behind variables, helpers of the same file and ``Replace``, with the function that it stands in."""
    for _ in range(HOPS):
        value = look.value(expr, function)
        if isinstance(value, Call) and value.last in REPLACING:
            head = value.name.rpartition(".")[0]
            value = value.callee.value if isinstance(value.callee, Attribute) else Name(head, value.line)
        elif isinstance(value, Call) and value.new and value.last == "Uri":
            value = _inside_uri(value)
        elif isinstance(value, Call) and not value.new:
            name = value.name.removeprefix("this.").rpartition(".")[2]
            if name not in made:
                return Name(value.name, value.line), function
            value, function = made[name]
        if value is None or value is expr:
            break
        expr = value
    return expr, function


def returned_paths(look: Look) -> Iterator[tuple[Function, Expr]]:
    """The methods of a file that give back a path, with what they give back."""
    for item in look.module.returns:
        value = item.value.operands[0] if isinstance(item.value, Other) and item.value.operands else item.value
        if item.function != -1 and (_looks_like_path(value) or (isinstance(value, Text) and "/" in _start(value))):
            yield look.module.functions[item.function], item.value


def _start(text: Text) -> str:
    return text.parts[0] if text.parts and isinstance(text.parts[0], str) else ""


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
