"""Tokens that are issued and verified by a server's own methods, and verification behind a promise."""

from __future__ import annotations

import re

from reviewer.gather.look import Look, look_at, option, truth, words
from reviewer.gather.reader import Kept, Reader
from reviewer.gather.signs._emit import ECMA, keep
from reviewer.gather.signs.tokens import EXPIRES, EXPIRY_KEYS, UNKNOWN
from reviewer.gather.syntax import Call, Module, dotted
from reviewer.model.facts.code import SignKind

MARKS = re.compile(r"\bjwt(?:Sign|Verify)\b|\.jwt\.(?:sign|verify)\b|\bpromisify\b|\bclient\.verifyIdToken\b")
VERIFIED = words("jsonwebtoken.verify")
SIGNING, VERIFYING = words("jwtSign"), words("jwtVerify")
OWNERS = words("request req reply rep fastify app server instance this.server this.fastify this.app")
"""What Fastify's plugin puts its methods on."""


def read(module: Module, kept: Kept) -> None:
    """``request.jwtVerify()``, ``app.jwt.sign(payload)`` of Fastify, ``promisify(jwt.verify)(token, secret)``."""
    if not MARKS.search(module.text):
        return
    look = look_at(module)
    for call in module.calls:
        _read_call(look, kept, call)


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


TOKENS_OF_SERVERS = Reader(name="tokens of servers (JavaScript)", languages=ECMA, read=read)
