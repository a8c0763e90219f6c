"""Input that is checked before it is used, in JavaScript and TypeScript."""

from __future__ import annotations

import re

from reviewer.gather.expressions import chain, inside, option, pairs_of
from reviewer.gather.look import Look, look_at, words
from reviewer.gather.objects import objects
from reviewer.gather.reader import Kept, Reader
from reviewer.gather.signs._emit import ECMA, keep
from reviewer.gather.signs._refusals import keep_refusals
from reviewer.gather.signs.status import ecma_statuses
from reviewer.gather.syntax import Attribute, Call, Expr, Mapping, Module, Name, dotted
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
    "express-validation": "express-validation",
    "koa-joi-router": "Joi",
    "@vinejs/vine": "VineJS",
    "typebox": "TypeBox",
    "fastest-validator": "fastest-validator",
    "validatorjs": "validatorjs",
    "node-input-validator": "node-input-validator",
}
ALWAYS = {
    "celebrate": "celebrate",
    "celebrate.celebrate": "celebrate",
    "express-validator.validationResult": "express-validator",
    "express-validator.checkSchema": "express-validator",
    "express-joi-validation.createValidator": "Joi",
    "express-validation.validate": "express-validation",
    "express-openapi-validator.middleware": "express-openapi-validator",
    "@middy/validator": "middy validator",
    "@hono/zod-validator.zValidator": "zod",
    "@hono/valibot-validator.vValidator": "valibot",
    "@hono/typebox-validator.tbValidator": "TypeBox",
    "@hono/arktype-validator.arktypeValidator": "ArkType",
    "@hono/standard-validator.sValidator": "schema",
    "hono-openapi.validator": "schema",
    "hono/validator.validator": "validator of one's own",
}
RULES_GIVEN = ("validatorjs", "node-input-validator")
"""Libraries that are made with what is checked and its rules."""
EXPRESS_VALIDATOR = words("body check param query cookie header oneOf")
CHECKS = words(
    "validate validateAsync validateSync parse parseAsync safeParse safeParseAsync attempt assert cast is compile"
)
SURE_CHECKS = words("validate validateAsync attempt assert")
VALIDATOR_CHECKS = re.compile(r"is[A-Z]\w*$|equals$|contains$|matches$")
FROM_REQUEST = re.compile(
    r"(?:req|request|ctx|context|ctx\.request|c)\.(?:body|query|params|headers|request|payload|req)|body$|dto$|input$|payload$|data$"
)
SETTINGS = re.compile(r"env|config|settings", re.IGNORECASE)
NOT_SCHEMAS = words("JSON Date Number URL qs url path querystring yaml bcrypt argon2")
NEST_PIPES = words(
    "ValidationPipe ParseIntPipe ParseUUIDPipe ZodValidationPipe JoiValidationPipe ParseEnumPipe ParseBoolPipe"
)
OF_FIELDS = ("class-validator.", "@midwayjs/validate.Rule")
"""What says the rules of a field beside it."""
FIELD_RULES = re.compile(r"(?:^|[\s{,])validate\s?:\s?\{")
LINE_MOST = 300
REQUEST_VALUES = re.compile(r"\b(?:req|request)\.(?:body|query|params)\b|\bctx\.(?:request\.body|query|params)\b")
CLIENTS = words("axios request http https got client supertest superagent agent ky")
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
    _of_models(look, kept)
    _of_route_objects(look, kept)
    keep_refusals(look, kept, ecma_statuses(look), REQUEST_VALUES)


def _means(look: Look, call: Call, library: str) -> str:
    origin, name = look.origin(call.name), call.last
    if origin in ALWAYS:
        return ALWAYS[origin]
    if origin.startswith("express-validator.") and name in EXPRESS_VALIDATOR:
        return "express-validator"
    if origin.startswith("validator.") and VALIDATOR_CHECKS.match(name):
        return "validator"
    if call.new and call.args and origin.partition(".")[0] in RULES_GIVEN:
        return library
    if name in NEST_PIPES and look.imports("@nestjs/common"):
        return name
    if (name == "verifyParams" and call.args) or _is_validator(call):
        return "koa-parameter" if name == "verifyParams" else "validator of one's own"
    if name in SURE_CHECKS and call.args and _on_library(look, call):
        return "" if _of_settings(call) else library
    if (
        name in CHECKS
        and call.args
        and (library or _on_schema(call) or name.startswith(("safeParse", "validateAsync")))
    ):
        return (library or "schema") if _of_request(call) else ""
    return _declared(look, call, origin, library)


def _declared(look: Look, call: Call, origin: str, library: str) -> str:
    """Rules that a route is declared with, for its framework to check."""
    if call.last == "input" and call.args and "rocedure" in call.name:
        return library or "schema"
    if call.last in FASTIFY_ROUTES and _has_schema(call) and call.name.partition(".")[0] not in CLIENTS:
        return "Fastify schema"
    if call.last in FASTIFY_ROUTES and len(call.args) > 2 and _is_fastify(look, call) and _named_schema(look, call):
        return "Fastify schema"
    if call.last == "createRoute" and origin.startswith("@hono/zod-openapi") and _has_rules(option(call, "request")):
        return "zod"
    if call.last in FASTIFY_ROUTES and look.imports("elysia") and len(call.args) > 2 and _has_rules(call.args[-1]):
        return "Elysia schema"
    return ""


def _on_library(look: Look, call: Call) -> bool:
    """``Joi.validate(user, schema)``, ``Joi.compile(schema).validate(values)``: whatever is given, it is checked."""
    return LIBRARIES.get(look.origin(chain(call)[0])) == "Joi"


def _of_settings(call: Call) -> bool:
    """Whether the environment is what is checked."""
    return any(SETTINGS.search(part.dotted[:200]) for part in inside(*call.args) if isinstance(part, Name))


def _on_schema(call: Call) -> bool:
    """``userSchema.validate(req.body)``, with a schema that another file declares."""
    return chain(call)[-2:-1] != [] and chain(call)[-2].lower().endswith("schema")


def _of_request(call: Call) -> bool:
    """Whether what is checked came with a request: ``schema.validate(req.body)``; ``JSON.parse`` checks nothing."""
    if call.name.partition(".")[0] in NOT_SCHEMAS:
        return False
    return any(FROM_REQUEST.search(part.dotted[:200]) for part in inside(*call.args) if isinstance(part, Name))


def _has_rules(given: Expr | None) -> bool:
    """Whether a description of a route says what its body, query or path parameters are."""
    return any(key in ("body", "query", "params") for key, _ in pairs_of(given))


def _has_schema(call: Call) -> bool:
    """``fastify.post("/x", { schema: { body: ... } }, handler)``, also with a schema of another file."""
    given = option(call, "schema")
    if isinstance(given, Name):
        return len(call.args) > 1 or call.last == "route"
    return _has_rules_of_route(given)


def _is_fastify(look: Look, call: Call) -> bool:
    return call.name.startswith("fastify.") or look.imports("fastify")


def _named_schema(look: Look, call: Call) -> bool:
    """``fastify.post("/x", postSchema, handler)``: options of a route that are declared by themselves."""
    options = look.value(call.args[1], call.function)
    if isinstance(options, Mapping):
        return _has_rules_of_route(options.get("schema"))
    return isinstance(options, Name) and "schema" in options.dotted[-80:].lower()


def _has_rules_of_route(given: Expr | None) -> bool:
    return isinstance(given, Name) or any(key in ("body", "querystring", "params") for key, _ in pairs_of(given))


def _of_route_objects(look: Look, kept: Kept) -> None:
    """``{ method: "POST", url: "/notes", schema: { body: ... } }`` of Fastify, in a list of routes."""
    if not all(word in look.module.text for word in ("schema", "url:", "method:", "body:")):
        return
    for mapping, _, _ in objects(look):
        given = mapping.get("schema")
        if mapping.get("url") is None or mapping.get("method") is None or given is None:
            continue
        if any(key == "body" for key, _ in pairs_of(given)):
            keep(kept, look, SignKind.VALIDATION, mapping, "Fastify schema", -1)


def _is_validator(call: Call) -> bool:
    """``new RegisterValidator().validate(ctx)``."""
    maker = call.callee.value if isinstance(call.callee, Attribute) else None
    return call.last == "validate" and isinstance(maker, Call) and maker.new and maker.last.endswith("Validator")


def _class_validator(look: Look, kept: Kept) -> None:
    """One sign for each class whose fields carry rules of class-validator."""
    if not look.imports("class-validator", "@midwayjs/validate"):
        return
    told: set[int] = set()
    for item in look.module.assignments:
        for decorator in item.decorators:
            name = dotted(decorator.callee) if isinstance(decorator, Call) else dotted(decorator)
            if item.owner not in told and look.origin(name).startswith(OF_FIELDS):
                told.add(item.owner)
                keep(kept, look, SignKind.VALIDATION, look.module.classes[item.owner], "class-validator", -1)


def _of_models(look: Look, kept: Kept) -> None:
    """One sign for a file of Sequelize's models whose fields are checked before they are stored."""
    text = look.module.text
    if "validate" not in text or not ("DataTypes" in text or look.imports("sequelize", "sequelize-typescript")):
        return
    number = next((n for n, line in look.lines_with(("validate",)) if FIELD_RULES.search(line[:LINE_MOST])), 0)
    if number:
        keep(kept, look, SignKind.VALIDATION, Name("", number), "Sequelize", -1)


VALIDATION_ECMA = Reader(name="validation (JavaScript)", languages=ECMA, read=read)
