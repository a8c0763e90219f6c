"""Tokens in Ruby: issued with or without an end, verified or merely read."""

from __future__ import annotations

import re

from reviewer.gather.expressions import option, pairs_of, truth
from reviewer.gather.look import Look, look_at, words
from reviewer.gather.reader import Kept, Reader
from reviewer.gather.signs._emit import keep
from reviewer.gather.signs.ruby._ruby import RUBY
from reviewer.gather.syntax import Call, Expr, Items, Mapping, Module, Number, dotted, plain
from reviewer.model.facts.code import SignKind

EXPIRES, FOREVER, UNKNOWN = "expires", "no expiry", ""
EXPIRY = re.compile(r"\bexp\b\s{0,3}(?::|=>|\]\s{0,3}=)|[\"']exp[\"']|expires?_(?:in|at)|\bexp\s{0,3}=")
VERIFYING = words("JWT.decode JSON.JWT.decode Rodauth.decode")
INCLUDED = {
    "DeviseTokenAuth.Concerns.User": "devise_token_auth",
    "DeviseTokenAuth.Concerns.SetUserByToken": "devise_token_auth",
    "Knock.Authenticable": "Knock",
    "JWTSessions.RailsAuthorization": "jwt_sessions",
    "JWTSessions.Authorization": "jwt_sessions",
    "Devise.JWT.RevocationStrategies.JTIMatcher": "devise-jwt",
    "Devise.JWT.RevocationStrategies.Denylist": "devise-jwt",
    "Devise.JWT.RevocationStrategies.Allowlist": "devise-jwt",
    "ActionController.HttpAuthentication.Token.ControllerMethods": "HTTP token",
}
"""Modules by which a class checks tokens, or keeps them."""
SIGNED = words("generates_token_for signed_id message_verifier")


def read(module: Module, kept: Kept) -> None:
    """ruby-jwt, Knock, devise-jwt, and Rails' own signed tokens."""
    look = look_at(module)
    for call in module.calls:
        if call.name in ("JWT.encode", "Knock.AuthToken.new"):
            keep(kept, look, SignKind.TOKEN_ISSUED, call, _expiry(look, call))
        elif call.name in VERIFYING:
            reason = _unverified(look, call)
            kind = SignKind.TOKEN_UNVERIFIED if reason else SignKind.TOKEN_VERIFIED
            keep(kept, look, kind, call, reason or call.name)
        elif call.last in SIGNED and "expires_in" in call.keywords:
            keep(kept, look, SignKind.TOKEN_ISSUED, call, EXPIRES)
        elif call.name == "include" and (
            known := [INCLUDED[name] for arg in call.args if (name := dotted(arg)) in INCLUDED]
        ):
            keep(kept, look, SignKind.TOKEN_VERIFIED, call, known[0])
        elif call.name == "devise" and any(plain(arg) == "jwt_authenticatable" for arg in call.args):
            keep(kept, look, SignKind.TOKEN_VERIFIED, call, "devise-jwt")
        elif call.name == "jwt_secret" or (call.name == "enable" and any(plain(arg) == "jwt" for arg in call.args)):
            if look.imports("rodauth") or "odauth" in module.text:
                keep(kept, look, SignKind.TOKEN_VERIFIED, call, "Rodauth")
        elif (
            call.name in ("find_signed", "doorkeeper_authorize!")
            or call.last
            in (
                "find_by_token_for",
                "find_signed!",
            )
            or call.name == "authenticate_or_request_with_http_token"
        ):
            keep(kept, look, SignKind.TOKEN_VERIFIED, call, call.name)


def _expiry(look: Look, call: Call) -> str:
    """By the payload, or by anything about an end in the method that makes the token."""
    if look.mentions(call.function, EXPIRY):
        return EXPIRES
    payload = look.value(call.args[0], call.function) if call.args else None
    pairs: list[tuple[str, Expr]] = list(pairs_of(payload)) or list(call.keywords.items())
    if any(key in ("exp", "expires_at") for key, _ in pairs):
        return EXPIRES
    return FOREVER if isinstance(payload, Mapping) and all(key is not None for key, _ in payload.pairs) else UNKNOWN


def _unverified(look: Look, call: Call) -> str:
    """``JWT.decode(token, nil, false)``, and the algorithm ``none``."""
    if call.name != "JWT.decode":
        return ""
    if len(call.args) > 2 and isinstance(call.args[2], Number) and truth(call.args[2]) is False:
        return "decode without verify"
    allowed = look.value(option(call, "algorithm") or option(call, "algorithms"), call.function)
    texts = [plain(item) for item in allowed.values] if isinstance(allowed, Items) else [plain(allowed)]
    return "none algorithm" if any((text or "").lower() == "none" for text in texts) else ""


TOKENS_RUBY = Reader(name="tokens (Ruby)", languages=RUBY, read=read)
