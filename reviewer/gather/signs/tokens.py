"""Tokens: issued with or without an end, verified or merely read."""

from __future__ import annotations

import re

from reviewer.gather.expressions import inside, last, option, truth
from reviewer.gather.look import Look, decorators, look_at, words
from reviewer.gather.reader import Kept, Reader
from reviewer.gather.signs._emit import ECMA, PYTHON, keep, settings
from reviewer.gather.syntax import Call, Expr, Items, Lambda, Mapping, Module, dotted, plain
from reviewer.model.facts.code import SignKind

EXPIRES, FOREVER, UNKNOWN = "expires", "no expiry", ""
DECODES = "decodes a token"
"""The hint of a call that reads a token and verifies nothing, whoever gave it."""
EXPIRY_KEYWORD = re.compile(r"\bexp\s{0,3}=|\[EXP\]")
EXPIRY_KEYS = words("exp expiresIn expires_in expires_delta expires exp_delta lifetime")
PYTHON_JWT = ("jwt.", "jose.jwt.", "authlib.jose.jwt.", "python_jwt.")
PYTHON_EXPIRING = {
    "flask_jwt_extended.create_access_token",
    "flask_jwt_extended.create_refresh_token",
    "rest_framework_simplejwt.tokens.RefreshToken.for_user",
    "rest_framework_simplejwt.tokens.AccessToken.for_user",
    "itsdangerous.TimedJSONWebSignatureSerializer",
    "itsdangerous.URLSafeTimedSerializer",
}
DRF_TOKEN = "rest_framework.authtoken.models.Token.objects."
PYTHON_VERIFIERS = words(
    "verify_jwt_in_request jwt_required fresh_jwt_required verify_id_token decode_token JWTAuthentication"
    " jwt_refresh_token_required"
)
VERIFIER_MODULES = (
    "flask_jwt_extended",
    "rest_framework_simplejwt",
    "firebase_admin",
    "flask_jwt",
    "rest_framework_jwt",
    "fastapi_jwt_auth",
)
UNVERIFIED_CALLS = words("get_unverified_claims")
VERIFY_OFF = words("verify_signature verify")
VERIFYING_MIDDLEWARE = ("express-jwt", "koa-jwt", "express-oauth2-jwt-bearer")
ECMA_JWT = ("jsonwebtoken", "jwt-simple")
REQUEST = re.compile(r"\b(?:req|request|ctx)\.|authorization|cookies", re.IGNORECASE)


def read_python(module: Module, kept: Kept) -> None:
    """PyJWT, python-jose, Authlib, Flask-JWT-Extended, Simple JWT, itsdangerous, REST framework's tokens."""
    look = look_at(module)
    verifying = {
        call.function for call in module.calls if call.last == "decode" and call.args and not _not_verified(look, call)
    }
    for call in module.calls:
        origin = look.origin(call.name)
        if origin.startswith(PYTHON_JWT) and look.is_imported(call.name):
            _python_jwt(look, kept, call, call.function in verifying)
        elif origin in PYTHON_EXPIRING:
            forever = truth(call.keywords.get("expires_delta")) is False
            keep(kept, look, SignKind.TOKEN_ISSUED, call, FOREVER if forever else EXPIRES)
        elif origin.startswith(DRF_TOKEN) and last(origin) in ("create", "get_or_create"):
            keep(kept, look, SignKind.TOKEN_ISSUED, call, FOREVER)
        elif last(origin) in PYTHON_VERIFIERS and origin.startswith(VERIFIER_MODULES):
            keep(kept, look, SignKind.TOKEN_VERIFIED, call, call.name)
    for decorator, name, item in decorators(module):
        origin = look.origin(name)
        if not isinstance(decorator, Call) and last(name) in PYTHON_VERIFIERS and origin.startswith(VERIFIER_MODULES):
            keep(kept, look, SignKind.TOKEN_VERIFIED, item, name, -1)


def _python_jwt(look: Look, kept: Kept, call: Call, verifies: bool) -> None:
    """``verifies``: the function around verifies as well; a look before that finds the key or the sender."""
    name = call.last
    if name == "encode":
        position = 1 if look.origin(call.name).startswith("authlib.") else 0
        payload = (
            call.args[position]
            if len(call.args) > position
            else call.keywords.get("payload", call.keywords.get("claims"))
        )
        keep(kept, look, SignKind.TOKEN_ISSUED, call, _python_expiry(look, call, payload))
    elif name == "decode":
        reason = _not_verified(look, call)
        if not reason:
            keep(kept, look, SignKind.TOKEN_VERIFIED, call, call.name)
        elif not verifies:
            keep(kept, look, SignKind.TOKEN_UNVERIFIED, call, reason)
    elif name in UNVERIFIED_CALLS and not verifies:
        keep(kept, look, SignKind.TOKEN_UNVERIFIED, call, call.name)


def _python_expiry(look: Look, call: Call, payload: Expr | None) -> str:
    """``exp`` anywhere in the function that makes the token; none only where the whole payload is in sight."""
    if "exp" in look.texts_in(call.function) or look.mentions(call.function, EXPIRY_KEYWORD):
        return EXPIRES
    value = look.value(payload, call.function)
    if isinstance(value, Mapping) and all(key is not None for key, _ in value.pairs):
        return FOREVER
    return UNKNOWN


def _not_verified(look: Look, call: Call) -> str:
    if truth(call.keywords.get("verify")) is False or (len(call.args) > 2 and truth(call.args[2]) is False):
        return "verify=False"
    options = look.value(call.keywords.get("options"), call.function)
    if isinstance(options, Mapping):
        for key in VERIFY_OFF:
            if truth(options.get(key)) is False:
                return f"{key} is off"
    return "none algorithm" if _none_algorithm(look, call) else ""


def _none_algorithm(look: Look, call: Call) -> bool:
    allowed = look.value(option(call, "algorithms"), call.function)
    return isinstance(allowed, Items) and any((plain(item) or "").lower() == "none" for item in allowed.values)


def read_ecma(module: Module, kept: Kept) -> None:
    """jsonwebtoken, jose, @nestjs/jwt, passport-jwt, express-jwt."""
    look = look_at(module)
    verifies = any(_is_jwt(look, call) and call.last == "verify" for call in module.calls)
    for call in module.calls:
        origin = look.origin(call.name)
        if _is_jwt(look, call):
            _ecma_jwt(look, kept, call, verifies)
        elif (
            origin == "jose.jwtVerify"
            or (call.new and origin in ("passport-jwt.Strategy", "passport-jwt.JwtStrategy"))
            or (origin.startswith(("express-jwt", "koa-jwt", "express-oauth2-jwt-bearer")) and "unless" not in origin)
        ):
            keep(kept, look, SignKind.TOKEN_VERIFIED, call, call.name)
        elif call.last == "setExpirationTime" and look.imports("jose"):
            keep(kept, look, SignKind.TOKEN_ISSUED, call, EXPIRES)
        elif "jwtservice" in call.name.lower():
            _nest(look, kept, call)
    _strategies(look, kept)
    for setting in settings(look):
        if setting.name == "signOptions" and isinstance(setting.value, Mapping) and look.imports("@nestjs/jwt"):
            detail = EXPIRES if setting.value.get("expiresIn") is not None else FOREVER
            keep(kept, look, SignKind.TOKEN_ISSUED, setting, detail, setting.function)


def _strategies(look: Look, kept: Kept) -> None:
    """``class JwtStrategy extends PassportStrategy(Strategy)``."""
    for owner in look.module.classes if look.imports("passport-jwt") else ():
        if any(isinstance(part, Call) and part.last == "PassportStrategy" for part in inside(*owner.bases)):
            keep(kept, look, SignKind.TOKEN_VERIFIED, owner, owner.name, -1)


def _verifies(look: Look, call: Call) -> bool:
    """Libraries that verify the token of every request."""
    origin = look.origin(call.name)
    if call.new and origin in ("passport-jwt.Strategy", "passport-jwt.JwtStrategy"):
        return True
    return origin == "jose.jwtVerify" or (origin.startswith(VERIFYING_MIDDLEWARE) and not origin.endswith(".unless"))


def _is_jwt(look: Look, call: Call) -> bool:
    return look.origin(call.name).startswith(tuple(f"{module}." for module in ECMA_JWT))


def _nest(look: Look, kept: Kept, call: Call) -> None:
    name = call.last
    if name in ("verify", "verifyAsync"):
        keep(kept, look, SignKind.TOKEN_VERIFIED, call, call.name)
    elif name in ("sign", "signAsync"):
        expires = any(option(call, key) is not None for key in EXPIRY_KEYS)
        keep(kept, look, SignKind.TOKEN_ISSUED, call, EXPIRES if expires else UNKNOWN)
    elif name == "decode" and call.args:
        keep(kept, look, SignKind.HINT, call, DECODES)


def _ecma_jwt(look: Look, kept: Kept, call: Call, verifies: bool) -> None:
    name = call.last
    if name in ("sign", "encode"):
        keep(kept, look, SignKind.TOKEN_ISSUED, call, _ecma_expiry(look, call))
    elif name == "verify" or (name == "decode" and look.origin(call.name).startswith("jwt-simple")):
        reason = "none algorithm" if _none_algorithm(look, call) else ""
        if truth(option(call, "ignoreExpiration")) is True:
            reason = "expiry is ignored"
        kind = SignKind.TOKEN_UNVERIFIED if reason else SignKind.TOKEN_VERIFIED
        keep(kept, look, kind, call, reason or call.name)
    elif name == "decode" and not verifies:
        trusted = _trusted(look, call)
        kind = SignKind.TOKEN_UNVERIFIED if trusted else SignKind.HINT
        keep(kept, look, kind, call, "decode without verify" if trusted else DECODES)


def _trusted(look: Look, call: Call) -> bool:
    """Whether what is decoded came with a request: the function around reads one."""
    return look.mentions(call.function, REQUEST)


def _ecma_expiry(look: Look, call: Call) -> str:
    """By the options, by ``exp`` in the payload; without an end only where both are in sight."""
    payload = look.value(call.args[0], call.function) if call.args else None
    if isinstance(payload, Mapping) and payload.get("exp") is not None:
        return EXPIRES
    rest = [look.value(arg, call.function) for arg in call.args[2:] if not isinstance(arg, Lambda)]
    for value in rest:
        if isinstance(value, Mapping):
            if any(value.get(key) is not None for key in EXPIRY_KEYS):
                return EXPIRES
            if any(key is None for key, _ in value.pairs):
                return UNKNOWN
        elif not dotted(value).endswith(("callback", "cb", "done")):
            return UNKNOWN
    whole = isinstance(payload, Mapping) and all(key is not None for key, _ in payload.pairs)
    return FOREVER if whole else UNKNOWN


TOKENS_PYTHON = Reader(name="tokens (Python)", languages=PYTHON, read=read_python)
TOKENS_ECMA = Reader(name="tokens (JavaScript)", languages=ECMA, read=read_ecma)
