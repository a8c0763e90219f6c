"""Tokens in PHP: issued with or without an end, verified or merely read."""

from __future__ import annotations

import re

from reviewer.gather.expressions import inside
from reviewer.gather.look import Look, look_at
from reviewer.gather.reader import Kept, Reader
from reviewer.gather.signs._emit import keep
from reviewer.gather.signs.php._php import PHP
from reviewer.gather.syntax import Call, Mapping, Module, Text, plain
from reviewer.model.facts.code import SignKind

EXPIRES, FOREVER, UNKNOWN = "expires", "no expiry", ""
FIREBASE = ("Firebase.JWT.JWT.", "JWT.", "Firebase.JWT.")
EXPIRY = re.compile(r"['\"]exp['\"]|->\s?exp\b|expiresAt\(|expires_?at|setExpiration", re.IGNORECASE)
ISSUERS = {
    "JWTAuth.attempt": EXPIRES,
    "JWTAuth.fromUser": EXPIRES,
    "JWTAuth.refresh": EXPIRES,
    "createToken": UNKNOWN,
    "createPlainTextToken": UNKNOWN,
}
MANAGERS = re.compile(r"jwt_?(?:token)?_?manager|jwtManager|jwtEncoder", re.IGNORECASE)
GUARDING = re.compile(r"auth:(?:sanctum|api|jwt|passport)|jwt\.(?:auth|verify)|Authentication\.Jwt")
"""Middlewares of Laravel and authenticators of CakePHP that verify the token of a request."""
LCOBUCCI = ("Lcobucci.JWT",)
CAME = re.compile(
    r"header|authorization|cookie|\$_|request|bearer|function \w*(?:verif|valid|auth|check|current|user)", re.IGNORECASE
)
"""What tells that a token came with a request: one that was just issued needs no second look."""
JOINED = re.compile(r"['\"]\.['\"]|\}\.\{?\$|[a-z]\.\$")
COMPARES = re.compile(r"hash_equals\(|explode\(\s?['\"]\.")
"""A signature that is made again to be compared issues no token."""
SPLIT = re.compile(r"explode\(\s?['\"]\.['\"]")


def read(module: Module, kept: Kept) -> None:
    """firebase/php-jwt, tymon/jwt-auth, lcobucci/jwt, Lexik's bundle, Sanctum, and tokens made by hand."""
    text = module.text
    if GUARDING.search(text):
        _guarding(module, kept)
    if "oken" not in text and "JWT" not in text and "jwt" not in text:
        return
    look = look_at(module)
    for call in module.calls:
        _call(look, kept, call)
    _by_hand(look, kept)


def _guarding(module: Module, kept: Kept) -> None:
    """The first place that puts a guard which verifies tokens before something."""
    look = look_at(module)
    for call in module.calls:
        for item in inside(*call.args):
            if isinstance(item, Text) and GUARDING.fullmatch((plain(item) or "")[:60]):
                keep(kept, look, SignKind.TOKEN_VERIFIED, call, plain(item) or "")
                return


def _call(look: Look, kept: Kept, call: Call) -> None:
    origin = look.origin(call.name)
    name = call.last
    if origin.startswith(FIREBASE) and name in ("encode", "decode"):
        _firebase(look, kept, call)
    elif call.name in ISSUERS or (name in ISSUERS and call.name != name):
        detail = ISSUERS.get(call.name, ISSUERS.get(name, UNKNOWN))
        ends = name == "createToken" and len(call.args) > 2
        keep(kept, look, SignKind.TOKEN_ISSUED, call, EXPIRES if ends else detail)
    elif name in ("create", "createFromPayload") and MANAGERS.search(call.name):
        keep(kept, look, SignKind.TOKEN_ISSUED, call, EXPIRES)
    elif name in ("getToken", "issueToken") and look.imports(*LCOBUCCI):
        keep(kept, look, SignKind.TOKEN_ISSUED, call, EXPIRES if look.mentions(call.function, EXPIRY) else FOREVER)
    elif call.name in ("JWTAuth.parseToken", "JWTAuth.authenticate", "JWTAuth.setToken") or (
        name in ("assert", "validate") and look.imports(*LCOBUCCI)
    ):
        keep(kept, look, SignKind.TOKEN_VERIFIED, call, call.name.lstrip(".") or name)
    elif call.new and name in ("JwtAuthentication", "JWTAuthentication"):
        keep(kept, look, SignKind.TOKEN_VERIFIED, call, call.name)


def _firebase(look: Look, kept: Kept, call: Call) -> None:
    if call.last == "encode":
        keep(kept, look, SignKind.TOKEN_ISSUED, call, _expiry(look, call))
        return
    algorithms = look.value(call.args[2], call.function) if len(call.args) > 2 else None
    if any((plain(item) or "").lower() == "none" for item in getattr(algorithms, "values", ())):
        keep(kept, look, SignKind.TOKEN_UNVERIFIED, call, "none algorithm")
    elif len(call.args) < 2:
        keep(kept, look, SignKind.TOKEN_UNVERIFIED, call, "decode without a key")
    else:
        keep(kept, look, SignKind.TOKEN_VERIFIED, call, call.name)


def _expiry(look: Look, call: Call) -> str:
    """``exp`` anywhere in the function; none only where the whole payload is in sight."""
    if "exp" in look.texts_in(call.function) or look.mentions(call.function, EXPIRY):
        return EXPIRES
    payload = look.value(call.args[0], call.function) if call.args else None
    if isinstance(payload, Mapping):
        keys = {plain(key) for key, _ in payload.pairs}
        return EXPIRES if "exp" in keys else FOREVER if None not in {key for key, _ in payload.pairs} else UNKNOWN
    return EXPIRES if call.function == -1 and EXPIRY.search(look.module.text) else UNKNOWN


def _by_hand(look: Look, kept: Kept) -> None:
    """A token's payload that is decoded without its signature being made again."""
    for function in look.module.functions:
        body = "\n".join(line[:400] for line in look.lines[function.line - 1 : function.end_line])[:20_000]
        if (
            SPLIT.search(body)
            and "base64" in body
            and "json_decode" in body
            and re.search(r"token|jwt", body, re.IGNORECASE)
        ):
            if not CAME.search(body):
                continue
            made = re.search(r"hash_hmac|hash_equals|openssl_verify|signature", body, re.IGNORECASE)
            kind = SignKind.TOKEN_VERIFIED if made else SignKind.TOKEN_UNVERIFIED
            keep(kept, look, kind, function, function.name if made else "decoded without verification", function.index)
    for call in look.module.calls:
        if call.name == "hash_hmac" and _joins_parts(look, call):
            keep(kept, look, SignKind.TOKEN_ISSUED, call, EXPIRES if EXPIRY.search(look.module.text) else FOREVER)
            return


def _joins_parts(look: Look, call: Call) -> bool:
    """Whether a signature is made over a header and a payload that are joined, not over any other value."""
    around = look.module.functions[call.function] if call.function != -1 else None
    first, end = (around.line - 1, around.end_line) if around is not None else (0, len(look.lines))
    body = "\n".join(line[:400] for line in look.lines[first:end])[:20_000]
    return "header" in body.lower() and bool(JOINED.search(body)) and not COMPARES.search(body)


TOKENS_PHP = Reader(name="tokens (PHP)", languages=PHP, read=read)
