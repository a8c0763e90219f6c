"""JSON that Python's handlers answer without a call that says so: dictionaries that are returned, written or set."""

from __future__ import annotations

from collections.abc import Iterator

from reviewer.gather.expressions import last
from reviewer.gather.look import Look, words
from reviewer.gather.reader import Kept
from reviewer.gather.signs._emit import Placed, keep
from reviewer.gather.syntax import Call, Expr, Function, Items, Mapping, Name, dotted
from reviewer.model.facts.code import SignKind

RETURNING = (
    *("flask", "quart", "flask_restful", "flask_restx", "flask_restplus", "flask_smorest", "apiflask"),
    *("bottle", "chalice"),
)
"""Frameworks that turn a dictionary which a handler returns into JSON."""
RESOURCES = ("flask_restful", "flask_restx", "flask_restplus")
"""Frameworks whose resources answer JSON, whatever it is that they return."""
RESOURCE = "Resource"
NO_DATA = words(
    "render_template render_template_string make_response send_file send_from_directory redirect abort Response jsonify"
)
"""Calls that make an answer of their own."""
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
        if item.function == -1:
            continue
        function = look.module.functions[item.function]
        found = isinstance(body, Mapping) and handles(function)
        if found or (_of_resource(look, function) and _is_returned_data(look, body, item.function)):
            yield item, item.function, "returned"


def _is_returned_data(look: Look, body: Expr, function: int) -> bool:
    """A list, what a call gives, or a name that such a value was given to in the same function."""
    if isinstance(body, Name):
        values = [item.value for item in look.assigned(body.dotted, function)]
        return bool(values) and all(isinstance(value, (Mapping, Items)) or _gives_data(value) for value in values)
    return isinstance(body, Items) or _gives_data(body)


def _gives_data(value: Expr | None) -> bool:
    return isinstance(value, Call) and last(value.name) not in NO_DATA


def _of_resource(look: Look, function: Function) -> bool:
    """Whether a function answers a method of a resource of Flask-RESTful or one of its descendants."""
    if function.owner == -1 or function.name not in ROUTING or not look.imports(*RESOURCES):
        return False
    return any(last(dotted(base)) == RESOURCE for base in look.module.classes[function.owner].bases)


def handles(function: Function) -> bool:
    """Whether a function is routed to, or answers a method of a resource."""
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
