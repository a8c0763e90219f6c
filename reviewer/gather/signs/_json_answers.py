"""JSON that Python's handlers answer without a call that says so: dictionaries that are returned, written or set."""

from __future__ import annotations

from collections.abc import Iterator

from reviewer.gather.look import Look, last, words
from reviewer.gather.reader import Kept
from reviewer.gather.signs._emit import Placed, keep
from reviewer.gather.syntax import Call, Expr, Function, Items, Mapping, dotted
from reviewer.model.facts.code import SignKind

RETURNING = (
    *("flask", "quart", "flask_restful", "flask_restx", "flask_restplus", "flask_smorest", "apiflask"),
    *("bottle", "chalice"),
)
"""Frameworks that turn a dictionary which a handler returns into JSON."""
ROUTING = words("route get post put patch delete")
"""Decorators of handlers, and the methods of resources."""
MEDIA = words("resp.media response.media res.media")
"""What Falcon answers with."""
WRITING = words("self.write self.finish")
"""How Tornado's handlers answer: a dictionary becomes JSON."""


def keep_json_answers(look: Look, kept: Kept) -> None:
    """Keeps each such answer."""
    for place, function, text in (*_returned(look), *_written(look)):
        keep(kept, look, SignKind.JSON_RESPONSE, place, text, function)


def _returned(look: Look) -> Iterator[tuple[Placed, int, str]]:
    if not look.imports(*RETURNING):
        return
    for item in look.module.returns:
        body = item.value.values[0] if isinstance(item.value, Items) and item.value.values else item.value
        if isinstance(body, Mapping) and item.function != -1 and _handles(look.module.functions[item.function]):
            yield item, item.function, "returned"


def _handles(function: Function) -> bool:
    if function.owner != -1 and function.name in ROUTING:
        return True
    return any(isinstance(item, Call) and last(item.name) in ROUTING for item in function.decorators)


def _written(look: Look) -> Iterator[tuple[Placed, int, str]]:
    for item in look.module.assignments:
        if item.target in MEDIA:
            yield item, item.function, "media"
    if look.imports("tornado"):
        for call in look.module.calls:
            if call.name in WRITING and call.args and _is_data(call.args[0]):
                yield call, call.function, call.name


def _is_data(value: Expr) -> bool:
    return isinstance(value, Mapping) or (isinstance(value, Call) and dotted(value.callee).endswith("dumps"))
