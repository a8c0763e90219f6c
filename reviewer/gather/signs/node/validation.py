"""Input that is checked before it is used, in JavaScript and TypeScript."""

from __future__ import annotations

import re

from reviewer.gather.look import Look, inside, look_at, option, pairs_of, words
from reviewer.gather.reader import Kept, Reader
from reviewer.gather.signs._emit import ECMA, keep
from reviewer.gather.signs._refusals import keep_refusals
from reviewer.gather.signs.status import ecma_statuses
from reviewer.gather.syntax import Call, Module, Name, dotted
from reviewer.model.facts.code import SignKind

LIBRARIES = {
    "joi": "Joi",
    "@hapi/joi": "Joi",
    "celebrate": "celebrate",
    "zod": "zod",
    "yup": "yup",
    "express-validator": "express-validator",
    "express-joi-validation": "Joi",
    "ajv": "Ajv",
    "superstruct": "superstruct",
    "valibot": "valibot",
    "validator": "validator",
    "jsonschema": "jsonschema",
    "express-jsonschema": "jsonschema",
    "indicative": "indicative",
    "fastest-validator": "fastest-validator",
}
ALWAYS = {
    "celebrate": "celebrate",
    "celebrate.celebrate": "celebrate",
    "express-validator.validationResult": "express-validator",
    "express-validator.checkSchema": "express-validator",
    "express-joi-validation.createValidator": "Joi",
}
EXPRESS_VALIDATOR = words("body check param query cookie header oneOf")
CHECKS = words(
    "validate validateAsync validateSync parse parseAsync safeParse safeParseAsync attempt assert cast is compile"
)
VALIDATOR_CHECKS = re.compile(r"is[A-Z]\w*$|equals$|contains$|matches$")
FROM_REQUEST = re.compile(
    r"(?:req|request|ctx|context|ctx\.request|c)\.(?:body|query|params|headers|request|payload|req)|body$|dto$|input$|payload$|data$"
)
NOT_SCHEMAS = words("JSON Date Number URL qs url path querystring yaml bcrypt argon2")
NEST_PIPES = words(
    "ValidationPipe ParseIntPipe ParseUUIDPipe ZodValidationPipe JoiValidationPipe ParseEnumPipe ParseBoolPipe"
)
REQUEST_VALUES = re.compile(r"\b(?:req|request)\.(?:body|query|params)\b|\bctx\.(?:request\.body|query|params)\b")
FASTIFY_ROUTES = words("get post put patch delete route")


def read(module: Module, kept: Kept) -> None:
    """Joi, zod, yup, express-validator, class-validator, Ajv, Fastify's schemas, and checks by hand."""
    look = look_at(module)
    library = next((label for name, label in LIBRARIES.items() if look.imports(name)), "")
    for call in module.calls:
        means = _means(look, call, library)
        if means:
            keep(kept, look, SignKind.VALIDATION, call, means)
    _class_validator(look, kept)
    keep_refusals(look, kept, ecma_statuses(look), REQUEST_VALUES)


def _means(look: Look, call: Call, library: str) -> str:
    origin, name = look.origin(call.name), call.last
    if origin in ALWAYS:
        return ALWAYS[origin]
    if origin.startswith("express-validator.") and name in EXPRESS_VALIDATOR:
        return "express-validator"
    if origin.startswith("validator.") and VALIDATOR_CHECKS.match(name):
        return "validator"
    if name in NEST_PIPES and look.imports("@nestjs/common"):
        return name
    if name in CHECKS and call.args and (library or name.startswith(("safeParse", "validateAsync"))):
        return (library or "schema") if _of_request(call) else ""
    if name in FASTIFY_ROUTES and look.imports("fastify") and _has_schema(call):
        return "Fastify schema"
    return ""


def _of_request(call: Call) -> bool:
    """Whether what is checked came with a request: ``schema.validate(req.body)``; ``JSON.parse`` checks nothing."""
    if call.name.partition(".")[0] in NOT_SCHEMAS:
        return False
    return any(FROM_REQUEST.search(part.dotted[:200]) for part in inside(*call.args) if isinstance(part, Name))


def _has_schema(call: Call) -> bool:
    """``fastify.post("/x", { schema: { body: ... } }, handler)``."""
    return any(key in ("body", "querystring", "params") for key, _ in pairs_of(option(call, "schema")))


def _class_validator(look: Look, kept: Kept) -> None:
    """One sign for each class whose fields carry rules of class-validator."""
    if not look.imports("class-validator"):
        return
    told: set[int] = set()
    for item in look.module.assignments:
        for decorator in item.decorators:
            name = dotted(decorator.callee) if isinstance(decorator, Call) else dotted(decorator)
            if item.owner not in told and look.origin(name).startswith("class-validator."):
                told.add(item.owner)
                keep(kept, look, SignKind.VALIDATION, look.module.classes[item.owner], "class-validator", -1)


VALIDATION_ECMA = Reader(name="validation (JavaScript)", languages=ECMA, read=read)
