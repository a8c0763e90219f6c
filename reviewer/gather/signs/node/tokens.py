"""Tokens that are issued and verified by a server's own methods, and verification behind a promise."""

from __future__ import annotations

import re

from reviewer.gather.expressions import option, truth
from reviewer.gather.look import Look, look_at, words
from reviewer.gather.reader import Kept, Reader
from reviewer.gather.signs._emit import ECMA, keep
from reviewer.gather.signs.tokens import EXPIRES, EXPIRY_KEYS, FOREVER, UNKNOWN
from reviewer.gather.syntax import Call, Expr, Mapping, Module, dotted, plain
from reviewer.model.facts.code import SignKind

MARKS = re.compile(
    r"\bjwt(?:Sign|Verify)\b|\.jwt\.(?:sign|verify)\b|\bpromisify\b|\bclient\.verifyIdToken\b|hono/jw[tk]\b|\belysia\b"
)
ELYSIA = "@elysiajs/jwt"
"""The plugin that puts ``jwt``, or what its option ``name`` says, into the context of each route."""
VERIFIED = words("jsonwebtoken.verify")
SIGNING, VERIFYING = words("jwtSign"), words("jwtVerify")
HONO_VERIFYING = words("hono/jwt.verify hono/jwt.jwt hono/jwt.verifyWithJwks hono/jwk.jwk")
"""Hono's function, and its middlewares that ask every request for a token."""
OWNERS = words("request req reply rep fastify app server instance this.server this.fastify this.app")
"""What Fastify's plugin puts its methods on."""


def read(module: Module, kept: Kept) -> None:
    """``request.jwtVerify()`` of Fastify, ``sign(payload)`` of Hono, ``promisify(jwt.verify)(token, secret)``."""
    if not MARKS.search(module.text):
        return
    look = look_at(module)
    for call in module.calls:
        _read_call(look, kept, call)
    if look.imports("elysia", ELYSIA):
        _read_elysia(look, kept)


def _read_elysia(look: Look, kept: Kept) -> None:
    """``jwt.verify(token)`` and ``jwt.sign(payload)`` of the context; the plugin's options say whether tokens end."""
    plugins = [call for call in look.module.calls if look.origin(call.name) in (ELYSIA, f"{ELYSIA}.jwt")]
    options = [look.value(call.args[0], call.function) for call in plugins if call.args]
    named = {plain(option(call, "name")) or "jwt" for call in plugins} | {"jwt"}
    for call in look.module.calls:
        owner, _, name = call.name.rpartition(".")
        if owner.rpartition(".")[2] not in named or (look.is_imported(owner) and not plugins):
            continue
        if name == "verify":
            keep(kept, look, SignKind.TOKEN_VERIFIED, call, call.name)
        elif name == "sign":
            keep(kept, look, SignKind.TOKEN_ISSUED, call, _elysia_expiry(look, call, options))


def _elysia_expiry(look: Look, call: Call, options: list[Expr | None]) -> str:
    payload = look.value(call.args[0], call.function) if call.args else None
    seen = [*options, payload]
    if any(isinstance(item, Mapping) and item.get("exp") is not None for item in seen):
        return EXPIRES
    whole = all(isinstance(item, Mapping) and all(key is not None for key, _ in item.pairs) for item in seen)
    return FOREVER if whole and options else UNKNOWN


def _read_call(look: Look, kept: Kept, call: Call) -> None:
    owner, _, name = call.name.rpartition(".")
    of_server = owner in OWNERS or (owner.endswith(".jwt") and owner.removesuffix(".jwt") in OWNERS)
    if of_server and (name in VERIFYING or (owner.endswith(".jwt") and name == "verify")):
        off = truth(option(call, "ignoreExpiration")) is True
        kind = SignKind.TOKEN_UNVERIFIED if off else SignKind.TOKEN_VERIFIED
        keep(kept, look, kind, call, "expiry is ignored" if off else call.name)
    elif of_server and (name in SIGNING or (owner.endswith(".jwt") and name == "sign")):
        ends = any(option(call, key) is not None for key in EXPIRY_KEYS)
        keep(kept, look, SignKind.TOKEN_ISSUED, call, EXPIRES if ends else UNKNOWN)
    elif isinstance(call.callee, Call) and call.callee.last == "promisify":
        given = [look.origin(dotted(arg)) for arg in call.callee.args]
        if VERIFIED.intersection(given):
            keep(kept, look, SignKind.TOKEN_VERIFIED, call, "promisify(verify)")
    elif look.origin(call.name) in HONO_VERIFYING:
        keep(kept, look, SignKind.TOKEN_VERIFIED, call, call.name)
    elif look.origin(call.name) == "hono/jwt.sign":
        keep(kept, look, SignKind.TOKEN_ISSUED, call, _hono_expiry(look, call))


def _hono_expiry(look: Look, call: Call) -> str:
    """By ``exp`` in the payload, which is all that ends a token of Hono; a payload out of sight tells nothing."""
    payload = look.value(call.args[0], call.function) if call.args else None
    if not isinstance(payload, Mapping):
        return UNKNOWN
    if payload.get("exp") is not None:
        return EXPIRES
    return UNKNOWN if any(key is None for key, _ in payload.pairs) else FOREVER


TOKENS_OF_SERVERS = Reader(name="tokens of servers (JavaScript)", languages=ECMA, read=read)
