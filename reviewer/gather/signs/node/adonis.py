"""What AdonisJS says in its own words: answers by name, validated input, hashed passwords, tokens, the environment."""

from __future__ import annotations

import re

from reviewer.gather.expressions import last, option
from reviewer.gather.look import Look, look_at, words
from reviewer.gather.reader import Kept, Reader
from reviewer.gather.signs._emit import ECMA, bases_of, keep
from reviewer.gather.signs.tokens import EXPIRES, EXPIRY_KEYS, UNKNOWN
from reviewer.gather.syntax import Call, Module, plain
from reviewer.model.facts.code import SignKind

MARKS = re.compile(
    r"@adonisjs/|@ioc:Adonis|@vinejs/|'#|\"#|\buse\('(?:App|Hash|Env|Database|Validator|Route)|\bHttpContext"
)
"""Without one of these a file has nothing of AdonisJS."""
STATUSES = {
    "ok": 200,
    "created": 201,
    "accepted": 202,
    "noContent": 204,
    "badRequest": 400,
    "unauthorized": 401,
    "paymentRequired": 402,
    "forbidden": 403,
    "notFound": 404,
    "methodNotAllowed": 405,
    "conflict": 409,
    "gone": 410,
    "unprocessableEntity": 422,
    "tooManyRequests": 429,
    "internalServerError": 500,
    "serviceUnavailable": 503,
}
"""Methods of the response, by the status that each answers with."""
RESPONSES = words("response ctx.response this.response")
REQUESTS = words("request ctx.request this.ctx.request")
BODILESS = 204
HASHES = re.compile(r"@ioc:Adonis/Core/Hash|@adonisjs/core/services/hash|use\(Hash\)|@adonisjs/core/hash")
HASHING = words("make hash verify")
ENVIRONMENT = re.compile(r"@ioc:Adonis/Core/Env|#start/env|@adonisjs/core/env|/start/env|use\(Env\)")
GUARDS = words("authenticate authenticateUsing getUserOrFail check")
ISSUING = words("attempt generate login loginViaId withRefreshToken createToken")
FINDERS = words("withAuthFinder")
HANDLERS = words("HttpExceptionHandler ExceptionHandler")


def read(module: Module, kept: Kept) -> None:
    """Keeps the signs of one file."""
    if not MARKS.search(module.text):
        return
    look = look_at(module)
    for call in module.calls:
        _answer(look, kept, call)
        _input(look, kept, call)
        _identity(look, kept, call)
        if call.last == "get" and call.args and ENVIRONMENT.search(look.origin(call.name)):
            keep(kept, look, SignKind.ENV_READ, call, plain(call.args[0]) or "")
    for item in module.classes:
        if any(last(base) in HANDLERS for base in bases_of(look, item)):
            keep(kept, look, SignKind.ERROR_HANDLER, item, "AdonisJS", -1)


def _answer(look: Look, kept: Kept, call: Call) -> None:
    """``response.created(user)``."""
    status = STATUSES.get(call.last)
    if status is None or call.name.rpartition(".")[0] not in RESPONSES:
        return
    keep(kept, look, SignKind.STATUS, call, str(status))
    if call.args and status != BODILESS:
        keep(kept, look, SignKind.JSON_RESPONSE, call, call.name)


def _input(look: Look, kept: Kept, call: Call) -> None:
    """``request.validate(UserValidator)``, ``request.validateUsing(userValidator)``."""
    if call.last in ("validate", "validateUsing") and call.args and call.name.rpartition(".")[0] in REQUESTS:
        keep(kept, look, SignKind.VALIDATION, call, "AdonisJS")


def _identity(look: Look, kept: Kept, call: Call) -> None:
    """Passwords and tokens: ``Hash.make``, ``auth.use("api").attempt(...)``, ``User.accessTokens.create(user)``."""
    origin = look.origin(call.name)
    if (call.last in HASHING and HASHES.search(origin)) or call.last in FINDERS:
        keep(kept, look, SignKind.PASSWORD_HASH, call, "AdonisJS")
    elif call.last in GUARDS and _of_auth(call):
        keep(kept, look, SignKind.AUTH_GUARD, call, "auth")
        keep(kept, look, SignKind.TOKEN_VERIFIED, call, call.last)
    elif (call.last in ISSUING and _of_auth(call)) or call.name.endswith(".accessTokens.create"):
        ends = any(option(call, key) is not None for key in (*EXPIRY_KEYS, "expiresIn"))
        keep(kept, look, SignKind.TOKEN_ISSUED, call, EXPIRES if ends else UNKNOWN)


def _of_auth(call: Call) -> bool:
    """Whether a call is made on the authenticator: ``auth``, ``ctx.auth``, ``auth.use("api")``."""
    receiver = getattr(call.callee, "value", None)
    name = receiver.name if isinstance(receiver, Call) else call.name.rpartition(".")[0]
    owner = name.removesuffix(".use").removesuffix(".with")
    return owner == "auth" or owner.endswith(".auth")


ADONIS_SIGNS = Reader(name="AdonisJS (signs)", languages=ECMA, read=read)
