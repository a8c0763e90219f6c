"""Input that is checked before it is used, in Python."""

from __future__ import annotations

import re

from reviewer.gather.look import Look, decorators, last, look_at, words
from reviewer.gather.reader import Kept, Reader
from reviewer.gather.signs._emit import PYTHON, PYTHON_WEB, bases_of, keep
from reviewer.gather.signs._refusals import keep_refusals
from reviewer.gather.signs.status import python_statuses
from reviewer.gather.syntax import Call, Function, Module, dotted
from reviewer.model.facts.code import SignKind

BY_CALL = {
    "use_kwargs": "webargs",
    "use_args": "webargs",
    "parse_args": "reqparse",
    "expects_json": "flask-expects-json",
    "validate_on_submit": "WTForms",
    "model_validate": "pydantic",
    "model_validate_json": "pydantic",
    "parse_obj": "pydantic",
    "parse_raw": "pydantic",
}
"""Methods and decorators whose name says it; each counts only where its library or a web framework is imported."""
BY_ORIGIN = {
    "jsonschema.validate": "jsonschema",
    "fastjsonschema.compile": "fastjsonschema",
    "cerberus.Validator": "Cerberus",
    "voluptuous.Schema": "voluptuous",
    "flask_pydantic.validate": "pydantic",
    "flask_inputs.Inputs": "flask-inputs",
    "pydantic.TypeAdapter": "pydantic",
}
ROUTES = words("get post put patch delete api_route route")
FASTAPI = ("fastapi", "litestar", "ninja")
NOT_INPUT = words(
    "Request Response BackgroundTasks WebSocket Session AsyncSession HTTPConnection Depends Any Callable SecurityScopes"
    " HttpRequest Database Connection Settings Engine"
)
TYPE_NAME = re.compile(r"(?:\w+\.)*([A-Z]\w*)$")
GENERIC_VIEWS = (
    "CreateAPIView", "UpdateAPIView", "RetrieveUpdateAPIView", "ListCreateAPIView", "RetrieveUpdateDestroyAPIView",
    "ModelViewSet", "CreateModelMixin", "UpdateModelMixin",
)  # fmt: skip
REQUEST_VALUES = re.compile(
    r"\brequest\.(?:get_json|json|form|args|data|POST|GET|values|query_params|files)\b|\brequest\.json\(|\breq\.media\b|\.get_argument\("
    r"|cherrypy\.request\.json|\bget_json\("
)


def read(module: Module, kept: Kept) -> None:
    """marshmallow, pydantic, WTForms, Django's forms and serializers, JSON Schema, and checks by hand."""
    look = look_at(module)
    for call in module.calls:
        means = _means(look, call)
        if means:
            keep(kept, look, SignKind.VALIDATION, call, means)
    for decorator, name, item in decorators(module):
        if last(name) == "arguments" and isinstance(decorator, Call) and look.imports("flask_smorest"):
            keep(kept, look, SignKind.VALIDATION, item, "flask-smorest", -1)
    if look.imports(*FASTAPI):
        for function in module.functions:
            if _typed_handler(function):
                keep(kept, look, SignKind.VALIDATION, function, "pydantic", function.index)
    _views(look, kept)
    if look.imports(*PYTHON_WEB):
        keep_refusals(look, kept, python_statuses(look), REQUEST_VALUES)


def _views(look: Look, kept: Kept) -> None:
    """REST framework's generic views validate by their serializer."""
    for owner in look.module.classes:
        generic = any(last(base) in GENERIC_VIEWS for base in bases_of(look, owner))
        if generic and any(field.target == "serializer_class" for field in look.module.fields_of(owner)):
            keep(kept, look, SignKind.VALIDATION, owner, "REST framework serializer", -1)


def _means(look: Look, call: Call) -> str:
    receiver, _, name = call.name.rpartition(".")
    origin = look.origin(call.name)
    if origin in BY_ORIGIN:
        return BY_ORIGIN[origin]
    if name in BY_CALL:
        if BY_CALL[name] == "reqparse" and not look.imports("flask_restful", "flask_restx", "flask_restplus"):
            return ""
        return BY_CALL[name]
    if name == "is_valid" and not call.args:
        kind = last(receiver).lower()
        return "REST framework serializer" if "serializer" in kind else "Django form" if "form" in kind else ""
    if name == "validate" and last(receiver).lower().endswith("form") and not call.args:
        return "WTForms"
    if name in ("load", "loads") and call.args:
        return "marshmallow" if _is_schema(call, receiver) else ""
    return ""


def _is_schema(call: Call, receiver: str) -> bool:
    """``user_schema.load(...)``, ``UserSchema().load(...)``; not ``json.load``."""
    made = getattr(call.callee, "value", None)
    name = last(made.name) if isinstance(made, Call) else last(receiver)
    return name.lower().endswith("schema")


def _typed_handler(function: Function) -> bool:
    """A handler with a parameter of a model's type."""
    if not any(isinstance(item, Call) and last(dotted(item.callee)) in ROUTES for item in function.decorators):
        return False
    for parameter in function.parameters:
        if isinstance(parameter.default, Call) and last(parameter.default.name) in ("Depends", "Security", "File"):
            continue
        found = TYPE_NAME.match(parameter.type[:80])
        if (
            found
            and found[1] not in NOT_INPUT
            and not found[1].endswith(("Dep", "Service", "Repository", "Session", "Client"))
        ):
            return True
    return False


VALIDATION_PYTHON = Reader(name="validation (Python)", languages=PYTHON, read=read)
