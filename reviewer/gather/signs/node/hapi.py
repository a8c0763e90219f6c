"""What hapi's own settings say of errors, limits, input and tokens; its files need not import it."""

from __future__ import annotations

import re

from reviewer.gather.expressions import option, pairs_of, truth
from reviewer.gather.look import Look, look_at
from reviewer.gather.reader import Kept, Reader
from reviewer.gather.signs._emit import ECMA, Setting, keep, settings
from reviewer.gather.signs.limits import EVERYONE, origins
from reviewer.gather.syntax import Call, Mapping, Module, plain
from reviewer.model.facts.code import SignKind

MARKS = re.compile(r"onPreResponse|auth\.strategy|@hapi/|\bmaxBytes\b|\bvalidate['\"]?\s{0,3}:|\bcors['\"]?\s{0,3}:")
ERRORS = "onPreResponse"
TOKEN_SCHEMES = ("jwt", "jwt-access-token", "hapi-auth-jwt2", "bearer-access-token", "keycloak-jwt")
TOKENS = "@hapi/jwt.token."
CHECKED = ("payload", "query", "params", "body", "headers")
"""What the rules of a route are for; koa-joi-router calls the payload a body."""
ROUTERS = ("@hapi/hapi", "hapi", "koa-joi-router")
ROUTES = re.compile(r"\bhandler['\"]?\s{0,3}[:,(]")
"""In tables of routes, which are often alone in their file."""


def read(module: Module, kept: Kept) -> None:
    """Error handling before answers, CORS, limits of payloads, rules of routes, strategies with tokens."""
    if not MARKS.search(module.text):
        return
    look = look_at(module)
    for call in module.calls:
        _call(look, kept, call)
    if look.imports(*ROUTERS) or ROUTES.search(module.text):
        for item in settings(look):
            if not item.alone:
                _setting(look, kept, item)


def _call(look: Look, kept: Kept, call: Call) -> None:
    origin = look.origin(call.name)
    if call.last == "ext" and (_first(call) == ERRORS or plain(option(call, "type")) == ERRORS):
        keep(kept, look, SignKind.ERROR_HANDLER, call, ERRORS)
    elif call.name.endswith("auth.strategy") and len(call.args) > 1 and plain(call.args[1]) in TOKEN_SCHEMES:
        off = truth(option(call, "verify")) is False
        kind = SignKind.TOKEN_UNVERIFIED if off else SignKind.TOKEN_VERIFIED
        keep(kept, look, kind, call, "verify is off" if off else call.name)
    elif origin == f"{TOKENS}generate":
        keep(kept, look, SignKind.TOKEN_ISSUED, call, "expires" if _expires(look, call) else "")
    elif origin in (f"{TOKENS}verify", f"{TOKENS}verifySignature", f"{TOKENS}verifyToken"):
        keep(kept, look, SignKind.TOKEN_VERIFIED, call, call.name)


def _first(call: Call) -> str | None:
    return plain(call.args[0]) if call.args else None


def _expires(look: Look, call: Call) -> bool:
    """Whether the token says its end; one that does not may still be refused by age (``maxAgeSec``)."""
    payload = look.value(call.args[0], call.function) if call.args else None
    return option(call, "ttlSec") is not None or (isinstance(payload, Mapping) and payload.get("exp") is not None)


def _setting(look: Look, kept: Kept, item: Setting) -> None:
    if item.name == "maxBytes":
        keep(kept, look, SignKind.BODY_LIMIT, item, item.name)
    elif item.name == "cors" and truth(item.value) is True:
        keep(kept, look, SignKind.CORS, item, EVERYONE)
    elif item.name == "cors" and isinstance(item.value, Mapping):
        allowed = item.value.get("origin")
        text = EVERYONE if allowed is None else origins(look, allowed, item.function)
        keep(kept, look, SignKind.CORS, item, text)
        if text == EVERYONE and truth(item.value.get("credentials")) is True:
            keep(kept, look, SignKind.CORS_CREDENTIALS, item, "every origin with credentials")
    elif item.name == "validate" and any(key in CHECKED for key, _ in pairs_of(item.value)):
        keep(kept, look, SignKind.VALIDATION, item, "rules of the route")


HAPI_ECMA = Reader(name="settings of hapi (JavaScript)", languages=ECMA, read=read)
