"""Requests whose path is handed to a helper: ``send("/books")``, where ``send(path)`` asks for what it is given."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec.structs import replace

from reviewer.gather.look import Look
from reviewer.gather.syntax import Call, Expr, Name, Text
from reviewer.gather.testing._paths import text_value
from reviewer.model.facts.tests import Request
from reviewer.model.facts.values import Ref, Value

STEPS = 2
"""How many helpers deep a path may be handed on."""
HOPS = 4
"""Names that are followed to the text of a path."""


def with_passed(look: Look, found: Iterable[tuple[Call, Request]]) -> list[Request]:
    """The requests, those at a parameter's path replaced by those of the calls that hand the path over."""
    requests: list[Request] = []
    pending = list(found)
    for _ in range(STEPS):
        helpers: dict[str, tuple[int, str, Request]] = {}
        for call, request in pending:
            helper = _helper(look, call, request)
            if helper is None:
                requests.append(request)
            else:
                helpers.setdefault(helper[0], (helper[1], helper[2], request))
        if not helpers:
            return requests
        pending = list(_callers(look, helpers))
        called = {call.last for call, _ in pending}
        requests.extend(request for name, (_, _, request) in helpers.items() if name not in called)
    requests.extend(request for _, request in pending)
    return requests


def _helper(look: Look, call: Call, request: Request) -> tuple[str, int, str] | None:
    """The function around a request that is given its path, with the place and name of the parameter."""
    part = request.path[0] if len(request.path) == 1 else ""
    if not isinstance(part, Ref) or not part.name:
        return None
    for item in look.around(call.function):
        for place, parameter in enumerate(item.parameters):
            if parameter.name == part.name and item.name != "<lambda>":
                return item.name, place, parameter.name
    return None


def _callers(look: Look, helpers: dict[str, tuple[int, str, Request]]) -> Iterator[tuple[Call, Request]]:
    for call in look.module.calls:
        if call.last not in helpers:
            continue
        place, name, request = helpers[call.last]
        given: Expr | None = call.keywords.get(name) or (call.args[place] if len(call.args) > place else None)
        if given is not None and all(item.name != call.last for item in look.around(call.function)):
            yield call, replace(request, path=path_of(look, given, call.function), line=call.line)


def path_of(look: Look, expr: Expr, function: int) -> Value:
    """The path that an argument names."""
    current: Expr | None = expr
    for _ in range(HOPS):
        further = look.value(current, function)
        if further is current or not isinstance(further, (Text, Name)):
            break
        current = further
    if isinstance(current, Call) and current.last in ("create", "URI", "of", "fromPath") and current.args:
        current = current.args[0]
    return text_value(look, current, function, {}) if current is not None else ()
