"""Tokens of Java and Kotlin: issued with or without an end, verified or merely read; keys written in the code."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reviewer.gather.expressions import chain
from reviewer.gather.frameworks.jvm._annotations import find, given
from reviewer.gather.look import Look, look_at, words
from reviewer.gather.reader import Kept, Reader
from reviewer.gather.signs._emit import keep
from reviewer.gather.signs._secret_guards import is_kept_out, is_no_key
from reviewer.gather.signs.jvm._jvm import JVM
from reviewer.gather.syntax import Assignment, Call, Expr, Module, Name, plain
from reviewer.model.facts.code import SignKind

LIBRARIES = (
    "cn.hutool.jwt",
    "com.auth0.jwt",
    "com.nimbusds",
    "io.fusionauth.jwt",
    "io.jsonwebtoken",
    "io.smallrye.jwt",
    "org.eclipse.microprofile.jwt",
    "org.jose4j",
    "org.springframework.security.oauth2.jwt",
)
EXPIRING = ("io.smallrye.jwt",)
"""Libraries whose tokens end by themselves."""
EXPIRES, FOREVER = "expires", "no expiry"
EXPIRY = words(
    "setExpiration expiration withExpiresAt expirationTime expiresAt expiresIn setExpirationTimeMinutesInTheFuture exp"
    " setExpiresAt expireAt"
)
VERIFIERS = ("verify", "parseClaimsJws", "parseSignedClaims", "processToClaims")
DECODERS = ("NimbusJwtDecoder", "JwtDecoders", "ReactiveJwtDecoders", "NimbusReactiveJwtDecoder")
UNVERIFIED = {"parseClaimsJwt": "parseClaimsJwt", "parseUnsecuredClaims": "parseUnsecuredClaims"}
NONE = re.compile(r"(?:Algorithm|SignatureAlgorithm)\.(?:none|NONE)$")
KEYS = words("signWith setSigningKey verifyWith hmacShaKeyFor HMAC256 HMAC384 HMAC512 SecretKeySpec")
SECRET = re.compile(
    r"(?:\w*_)?(?:jwt|token|signing|secret|private)\w{0,20}?(?:secret|key)\w{0,10}$|secret$", re.IGNORECASE
)
NOT_SECRET = re.compile(
    r"header|prefix|name|claim|issuer|type|path|url|param|cookie|public|attribute|size|length", re.IGNORECASE
)
SHORTEST = 6
SIGNS_TEXT = re.compile(r"(?:algorithm|algo|signer|signature|hmac)\w{0,10}(?:\(\))?$", re.IGNORECASE)
"""What signs any text, not a token alone."""
NAMES = re.compile(
    r"(?:Hmac|HS|RS|AES|HMAC)\w{0,10}|[a-z]+(?:\.[a-z]+)+|authorization|bearer ?|x-[a-z-]+|\w{0,20}[_-]?token|jwt",
    re.IGNORECASE,
)


def read(module: Module, kept: Kept) -> None:
    """jjwt, Auth0's java-jwt, Nimbus, Spring's decoders; secrets in constants and in defaults of settings."""
    look = look_at(module)
    if look.imports(*LIBRARIES):
        ending, verifies = _ending_functions(look), any(call.last in VERIFIERS for call in module.calls)
        for call in module.calls:
            _jwt(look, kept, call, ending, verifies)
    for call in module.calls:
        if call.last == "oauth2ResourceServer":
            keep(kept, look, SignKind.TOKEN_VERIFIED, call, "oauth2ResourceServer")
    _secrets(look, kept)


def _jwt(look: Look, kept: Kept, call: Call, ending: frozenset[int], verifies: bool) -> None:
    name, names = call.last, chain(call)
    if _issues(look, name, names):
        expires = not EXPIRY.isdisjoint(names) or call.function in ending or look.imports(*EXPIRING)
        keep(kept, look, SignKind.TOKEN_ISSUED, call, EXPIRES if expires else FOREVER)
    elif name in UNVERIFIED and not call.new:
        keep(kept, look, SignKind.TOKEN_UNVERIFIED, call, UNVERIFIED[name])
    elif name == "build" and {"JWT", "require"} <= set(names) and look.imports("com.auth0.jwt") and not verifies:
        keep(kept, look, SignKind.TOKEN_VERIFIED, call, "JWTVerifier")
    elif name in VERIFIERS and call.args:
        keep(kept, look, SignKind.TOKEN_VERIFIED, call, call.name.strip("."))
    elif name == "parse" and look.imports("io.jsonwebtoken") and ("parser" in names or "parserBuilder" in names):
        keep(kept, look, SignKind.TOKEN_VERIFIED, call, "parse")
    elif call.name.startswith(DECODERS):
        keep(kept, look, SignKind.TOKEN_VERIFIED, call, call.name)
    elif call.name == "JWT.decode" and look.imports("com.auth0.jwt") and not verifies:
        keep(kept, look, SignKind.TOKEN_UNVERIFIED, call, "decode without verify")
    elif NONE.search(call.name[:80]) or any(
        isinstance(arg, Name) and NONE.search(arg.dotted[:80]) for arg in call.args
    ):
        keep(kept, look, SignKind.TOKEN_UNVERIFIED, call, "none algorithm")


def _issues(look: Look, name: str, names: list[str]) -> bool:
    """``Jwts.builder()...compact()``, ``JWT.create()...sign(algorithm)``."""
    if name == "compact":
        return look.imports("io.jsonwebtoken")
    if name == "sign":
        if not {"JWT", "Jwt", "withSubject", "JWTUtil"}.isdisjoint(names):
            return True
        return look.imports("com.auth0.jwt") and not SIGNS_TEXT.search(".".join(names[:-1])[-60:])
    if name == "encode":
        return look.imports("org.springframework.security.oauth2.jwt") and "encoder" in names[-2].lower()
    return name == "SignedJWT" and look.imports("com.nimbusds")


def _ending_functions(look: Look) -> frozenset[int]:
    """The functions that set an expiry, on a builder or in the claims."""
    called = {
        call.function
        for call in look.module.calls
        if call.last in EXPIRY or any(plain(arg) == "exp" for arg in call.args)
    }
    assigned = (item for item in look.module.assignments if item.function != -1)
    return frozenset(called | {item.function for item in assigned if item.target.endswith((".expiration", ".exp"))})


def _secrets(look: Look, kept: Kept) -> None:
    """Constants called secrets, keys given as literals, and defaults of settings that hold one."""
    told: set[int] = set()

    def add(place: Expr | Assignment, detail: str, function: int) -> None:
        if place.line not in told:
            told.add(place.line)
            if is_kept_out(look, place.line, fallback=detail == "default"):
                return
            keep(kept, look, SignKind.SECRET_LITERAL, place, detail, function)

    for item in look.module.assignments:
        name = item.target.rpartition(".")[2]
        named = bool(SECRET.fullmatch(name[:60])) and not NOT_SECRET.search(name[:60])
        text = plain(item.value)
        if (
            named
            and text is not None
            and _is_secret(text)
            and not (text.lower() == name.lower() or is_no_key(look, name, text))
        ):
            add(item, name, item.function)
        default = _default(item)
        if named and default and _is_secret(default):
            add(item, "default", item.function)
    for arg, call in _key_literals(look):
        add(arg, call.last, call.function)


def _key_literals(look: Look) -> Iterator[tuple[Expr, Call]]:
    """Keys that are given to what signs, as literals."""
    for call in look.module.calls:
        if call.last in KEYS and (look.imports(*LIBRARIES) or call.last == "SecretKeySpec"):
            for arg in call.args:
                literal = _literal(arg)
                if literal is not None and _is_secret(literal):
                    yield arg, call


def _default(item: Assignment) -> str:
    """``@Value("${jwt.secret:changeme}")``."""
    said = plain(given(find(item.decorators, "Value"))) or ""
    if not said.startswith("${") or ":" not in said:
        return ""
    return said[2:].removesuffix("}").partition(":")[2]


def _literal(expr: Expr) -> str | None:
    """A constant text, also as bytes: ``"key".getBytes()``."""
    if isinstance(expr, Call) and expr.last in ("getBytes", "toByteArray", "decode"):
        value = getattr(expr.callee, "value", None)
        return plain(value) if value is not None else plain(expr.args[0]) if expr.args else None
    return plain(expr)


def _is_secret(text: str) -> bool:
    """Long enough, and neither a setting's key, nor an algorithm's name, nor that of a header or claim."""
    return len(text) >= SHORTEST and "${" not in text and not NAMES.fullmatch(text[:80])


TOKENS_JVM = Reader(name="tokens (Java, Kotlin)", languages=JVM, read=read)
