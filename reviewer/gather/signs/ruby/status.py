"""The status codes that Ruby handlers answer with, and their JSON responses."""

from __future__ import annotations

from collections.abc import Iterator

from reviewer.gather.expressions import integer
from reviewer.gather.frameworks.ruby._dsl import VERBS
from reviewer.gather.look import Look, look_at, words
from reviewer.gather.reader import Kept, Reader
from reviewer.gather.signs._emit import Placed, keep
from reviewer.gather.signs.ruby._ruby import RUBY, block_of
from reviewer.gather.signs.ruby._statuses import BY_NAME, status_of
from reviewer.gather.syntax import Call, Expr, Items, Mapping, Module, Other, plain
from reviewer.model.facts.code import SignKind

RENDERING = words("render redirect_to json redirect_back respond_with present render_json send_data")
RESPONDING = {"create": (201, 422), "update": (204, 422), "destroy": (204,)}
"""What Rails' responders answer for a record, valid or not, by the action."""
FIRST = words("head halt status error abort")
ANSWERING = ("render_", "json_", "respond_", "error_", "send_", "success_", "failure_", "api_", "head_")
"""How methods of the project's own that answer begin."""
ANSWERS = words("error! json_response error_response success_response api_response response_error json_error fail!")
VAGUE = words("success missing error redirect continue processing found ok")
"""Names of statuses that are words of their own."""
CONDITIONS = ("?", "||")
JSON_KEYS = frozenset({"json", "jsonapi"})
FORMATS = ("format", "default_format", "content_type")
"""Declarations of Grape and Sinatra that say what is answered with."""


def statuses(look: Look) -> Iterator[tuple[int, Placed, int]]:
    """Every status that a module answers with: (status, place, function)."""
    for call in look.module.calls:
        for status in dict.fromkeys(_statuses(call)):
            yield status, call, call.function
    for item in look.module.assignments:
        set_to = status_of(item.value) if item.target in ("status", "response.status", "self.status") else None
        if set_to is not None:
            yield set_to, item, item.function
    for returned in look.module.returns:
        values = returned.value.values if isinstance(returned.value, Items) else ()
        if len(values) == 3 and (integer(values[0]) or 0) >= 200 and isinstance(values[1], Mapping):
            yield from ((found, returned, returned.function) for found in _of(values[0]))


def _action(look: Look, call: Call) -> str:
    """The method that a call stands in, by its name alone."""
    return look.qualname(call.function).rpartition(".")[2]


def _statuses(call: Call) -> Iterator[int]:
    name = call.last
    if "." in call.name and not call.name.startswith(("self.", "res.", "response.")):
        return
    given = call.keywords.get("status") or call.keywords.get("code")
    if given is not None and (name in RENDERING or name in ANSWERS or name.startswith((*ANSWERING, "super"))):
        yield from _of(given)
    elif name in FIRST and call.args:
        yield from _of(call.args[0])
    elif name == "redirect_to" and call.args:
        yield 302
    elif name == "not_found" and call.name == name and call.args:
        yield 404
    elif name in ANSWERS or name.startswith(ANSWERING):
        for arg in call.args[1:4]:
            text = plain(arg)
            number = integer(arg)
            if (text in BY_NAME and text not in VAGUE) or (number is not None and 200 <= number < 600):
                yield from _of(arg)


def _of(expr: Expr) -> Iterator[int]:
    """The status that an expression is, or those that it chooses from."""
    if isinstance(expr, Other) and expr.operator in CONDITIONS:
        for part in expr.operands:
            yield from _of(part)
        return
    status = status_of(expr)
    if status is not None:
        yield status


def read(module: Module, kept: Kept) -> None:
    """Statuses and JSON responses of Rails, Sinatra and Grape."""
    look = look_at(module)
    for status, place, function in statuses(look):
        keep(kept, look, SignKind.STATUS, place, str(status), function)
    for call in module.calls:
        by_itself = RESPONDING.get(_action(look, call), ()) if call.name == "respond_with" and call.args else ()
        for status in by_itself:
            keep(kept, look, SignKind.STATUS, call, str(status))
    serving = look.imports("sinatra", "json", "roda", "hanami") or any(_is_route(call) for call in module.calls)
    for call in module.calls:
        said = _json(look, call, serving)
        if said:
            keep(kept, look, SignKind.JSON_RESPONSE, call, said)
        if said == "Jbuilder":
            return


def _json(look: Look, call: Call, serving: bool) -> str:
    """How a call answers with JSON, ``""`` where it does not."""
    if call.name == "render" and not JSON_KEYS.isdisjoint(call.keywords):
        return "render json"
    if call.name == "json" and call.args and look.imports("sinatra/json", "sinatra"):
        return "json"
    if call.last == "to_json" and serving:
        return "to_json"
    if call.name in ("json.extract!", "json.array!", "json.partial!"):
        return "Jbuilder"
    if call.name in FORMATS and call.args and plain(call.args[0]) == "json":
        return f"{call.name} json"
    return ""


def _is_route(call: Call) -> bool:
    """``get "/users" do``: a route with the code that answers it."""
    path = plain(call.args[0]) if call.name in VERBS and block_of(call) is not None else None
    return bool(path) and str(path).startswith("/")


STATUS_RUBY = Reader(name="statuses (Ruby)", languages=RUBY, read=read)
