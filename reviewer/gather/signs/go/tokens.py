"""Tokens: issued with or without an end, verified or merely read."""

from __future__ import annotations

import re

from reviewer.gather.look import Look, look_at
from reviewer.gather.reader import Kept, Reader
from reviewer.gather.signs._emit import keep
from reviewer.gather.signs.go._go import GO
from reviewer.gather.syntax import Call, Mapping, Module, plain
from reviewer.model.facts.code import SignKind

EXPIRES, FOREVER, UNKNOWN = "expires", "no expiry", ""
JWT = (
    *(
        "github.com/golang-jwt/jwt",
        "github.com/dgrijalva/jwt-go",
        "github.com/form3tech-oss/jwt-go",
        "github.com/golang-jwt/jwt/v4",
    ),
    *(
        "github.com/golang-jwt/jwt/v5",
        "github.com/lestrrat-go/jwx",
        "gopkg.in/square/go-jose.v2",
        "github.com/go-jose/go-jose",
    ),
    *("github.com/kataras/jwt", "github.com/cristalhq/jwt", "github.com/gbrlsnchs/jwt", "github.com/pascaldekloe/jwt"),
)
LIBRARIES = {
    "github.com/go-chi/jwtauth": ("Encode", "Verifier"),
    "github.com/appleboy/gin-jwt": ("TokenGenerator", "MiddlewareFunc"),
    "github.com/gofiber/contrib/jwt": ("", "New"),
    "github.com/gofiber/jwt": ("", "New"),
    "github.com/labstack/echo-jwt": ("", "WithConfig"),
}
"""Other packages: what issues a token, what verifies that of every request."""
PASETO = ("github.com/o1egl/paseto", "aidanwoods.dev/go-paseto", "github.com/vk-rv/pvx")
SIGNED = frozenset({"SignedString"})
PARSES = frozenset(
    {"Parse", "ParseWithClaims", "ParseSigned", "ParseRequest", "ParseFromRequest", "VerifyToken", "ParseString"}
)
EXPIRY = re.compile(r"exp(?:ires|iry|iration)?(?:_?at)?\b|\bTTL\b|ExpiresAt|duration", re.IGNORECASE)
EXPIRY_FIELDS = frozenset({"ExpiresAt", "Expiration", "Expiry", "ExpiredAt", "Exp", "exp"})
NONE = re.compile(r"SigningMethodNone|UnsafeAllowNoneSignatureType|\"none\"")


def read(module: Module, kept: Kept) -> None:
    """golang-jwt and its predecessors, jwx, Paseto, and the middleware packages."""
    look = look_at(module)
    jwt, paseto = look.imports(*JWT), look.imports(*PASETO)
    for call in module.calls:
        if jwt:
            _jwt(look, kept, call)
        if paseto and call.last in ("Encrypt", "Sign", "V4Encrypt", "V4Sign"):
            keep(kept, look, SignKind.TOKEN_ISSUED, call, EXPIRES if _speaks_of_end(look, call) else UNKNOWN)
        elif paseto and call.last in ("Decrypt", "Verify", "ParseV4Local", "ParseV4Public"):
            keep(kept, look, SignKind.TOKEN_VERIFIED, call, call.name)
        for package, (issuing, verifying) in LIBRARIES.items():
            if call.last in (issuing, verifying) and look.imports(package) and "." in call.name:
                issues = call.last == issuing
                kind = SignKind.TOKEN_ISSUED if issues else SignKind.TOKEN_VERIFIED
                keep(
                    kept,
                    look,
                    kind,
                    call,
                    (EXPIRES if _speaks_of_end(look, call) else UNKNOWN) if issues else call.name,
                )


def _jwt(look: Look, kept: Kept, call: Call) -> None:
    name = call.last
    if name == "SignedString" or (name == "Sign" and "jwt" in call.name.lower()):
        keep(kept, look, SignKind.TOKEN_ISSUED, call, _end(look, call))
    elif name == "ParseUnverified":
        keep(kept, look, SignKind.TOKEN_UNVERIFIED, call, "ParseUnverified")
    elif name in PARSES and _is_parser(look, call):
        if look.mentions(call.function, NONE):
            keep(kept, look, SignKind.TOKEN_UNVERIFIED, call, "none algorithm")
        else:
            keep(kept, look, SignKind.TOKEN_VERIFIED, call, call.name.lstrip("."))


def _is_parser(look: Look, call: Call) -> bool:
    head = call.name.rpartition(".")[0]
    return head in ("jwt", "request", "jwtgo", "jws", "") or "parser" in head.lower() or "jwt" in look.origin(head)


def _end(look: Look, call: Call) -> str:
    """Whether the claims have an end: in the function around, or in a type of claims that another function fills."""
    if _speaks_of_end(look, call):
        return EXPIRES
    for other in look.module.calls:
        if other.function == call.function and other.last == "NewWithClaims" and len(other.args) > 1:
            claims = look.value(other.args[1], call.function)
            if isinstance(claims, Mapping):
                return FOREVER
            if isinstance(claims, Call) and claims.new and claims.keywords:
                return FOREVER
    return UNKNOWN


def _speaks_of_end(look: Look, call: Call) -> bool:
    function = call.function
    if "exp" in look.texts_in(function):
        return True
    for other in look.module.calls:
        if other.function == function and not EXPIRY_FIELDS.isdisjoint(other.keywords):
            return True
        if other.function == function and any(
            isinstance(arg, Mapping) and any(plain(key) == "exp" for key, _ in arg.pairs) for arg in other.args
        ):
            return True
    return look.mentions(function, EXPIRY)


TOKENS_GO = Reader(name="tokens (Go)", languages=GO, read=read)
