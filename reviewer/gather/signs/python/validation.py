"""Input that is checked before it is used, in Python."""

from __future__ import annotations

import re

from reviewer.gather.expressions import last, truth
from reviewer.gather.look import Look, decorators, look_at, words
from reviewer.gather.reader import Kept, Reader
from reviewer.gather.signs._emit import PYTHON, PYTHON_WEB, bases_of, keep
from reviewer.gather.signs._refusals import keep_refusals
from reviewer.gather.signs.status import python_statuses
from reviewer.gather.syntax import Call, Function, Module, Parameter, dotted
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
ROUTES = words(
    "get post put patch delete api_route route api_operation http_get http_post http_put http_patch http_delete"
)
TAKING = words("post put patch http_post http_put http_patch")
FASTAPI = ("fastapi", "litestar", "ninja")
NOT_INPUT = words(
    "Request Response BackgroundTasks WebSocket Session AsyncSession HTTPConnection Depends Any Callable SecurityScopes"
    " HttpRequest Database Connection Settings Engine"
)
TYPE_NAME = re.compile(
    r"(?:(?:\w+\.)*(?:Query|Body|Form|Json|PatchDict|BodyEx|QueryEx|FormEx)\[)?(?:\w+\.)*([A-Z]\w*)\]?$"
)
"""A model's name, also in ``Query[Filters]`` and ``Form[Login]``."""
RAW = words("Request HttpRequest dict Dict Any Mapping object Annotated")
"""Types that say nothing of what a body holds, or whose inside would have to be looked at."""
GENERIC_VIEWS = (
    "CreateAPIView", "UpdateAPIView", "RetrieveUpdateAPIView", "ListCreateAPIView", "RetrieveUpdateDestroyAPIView",
    "ModelViewSet", "CreateModelMixin", "UpdateModelMixin",
)  # fmt: skip
REQUEST_VALUES = re.compile(
    r"\brequest\.(?:get_json|json|form|args|data|POST|GET|values|query_params|files)\b|\brequest\.json\(|\breq\.media\b|\.get_argument\("
    r"|cherrypy\.request\.json|\bget_json\("
)
UNPACKING = "(**"
UNPACKED = re.compile(
    r"\b([A-Z]\w{0,60}(?:Request|Schema|Create|Update|In|Input|DTO|Dto|Payload|Form|Body|Params))\(\*\*\(?(?:await\s)?"
    r"(?:\w{1,20}\.)?(?:json|get_json|data|payload|body|form|args|query_args|media|validated)\b"
)


def read(module: Module, kept: Kept) -> None:
    """marshmallow, pydantic, WTForms, Django's forms and serializers, JSON Schema, and checks by hand."""
    look = look_at(module)
    for call in module.calls:
        means = _means(look, call)
        if means:
            keep(kept, look, SignKind.VALIDATION, call, means)
    for decorator, name, item in decorators(module):
        if isinstance(decorator, Call) and (means := _by_decorator(look, decorator, last(name))):
            keep(kept, look, SignKind.VALIDATION, item, means, -1)
    if look.imports(*FASTAPI):
        for function in module.functions:
            if _typed_handler(function):
                keep(kept, look, SignKind.VALIDATION, function, "pydantic", function.index)
    _views(look, kept)
    if look.imports(*PYTHON_WEB):
        keep_refusals(look, kept, python_statuses(look), REQUEST_VALUES)


def _by_decorator(look: Look, decorator: Call, name: str) -> str:
    """The means by which a decorator validates what its function takes, ``""`` for none."""
    if name == "arguments" and look.imports("flask_smorest"):
        return "flask-smorest"
    return "RESTX model" if name == "expect" and truth(decorator.keywords.get("validate")) is True else ""


def _views(look: Look, kept: Kept) -> None:
    """REST framework's generic views validate by their serializer."""
    for owner in look.module.classes:
        generic = any(last(base) in GENERIC_VIEWS for base in bases_of(look, owner))
        named = any(field.target == "serializer_class" for field in look.module.fields_of(owner))
        chosen = any(method.name == "get_serializer_class" for method in look.module.methods_of(owner))
        if generic and (named or chosen):
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
    return "schema class" if UNPACKING in look.lines[call.line - 1] and _unpacks(look, call) else ""


def _unpacks(look: Look, call: Call) -> bool:
    """``LoginRequest(**request.json)``: a class that is named after what is asked for takes a body apart."""
    found = UNPACKED.search(look.lines[call.line - 1][:300])
    return found is not None and found[1] == last(call.name)


def _is_schema(call: Call, receiver: str) -> bool:
    """``user_schema.load(...)``, ``UserSchema().load(...)``; not ``json.load``."""
    made = getattr(call.callee, "value", None)
    name = last(made.name) if isinstance(made, Call) else last(receiver)
    return name.lower().endswith("schema")


def _typed_handler(function: Function) -> bool:
    """A handler with a parameter of a model's type, or one whose parameters are all of declared types."""
    names = {last(dotted(item.callee)) for item in function.decorators if isinstance(item, Call)}
    if not ROUTES & names:
        return False
    if TAKING & names and not any(
        _is_raw(parameter) for parameter in function.parameters if parameter.name not in ("self", "cls")
    ):
        return True
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


def _is_raw(parameter: Parameter) -> bool:
    """Whether a parameter lets a body through as it comes: the request itself, a dictionary, no type at all."""
    if isinstance(parameter.default, Call) and last(parameter.default.name) in ("Depends", "Security"):
        return False
    bare = parameter.type.strip("'\"").partition("|")[0].strip()
    return not bare or last(bare).partition("[")[0] in RAW


VALIDATION_PYTHON = Reader(name="validation (Python)", languages=PYTHON, read=read)
