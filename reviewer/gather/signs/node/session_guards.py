"""Server actions and routes of Next.js that ask for the session, and turn away whoever has none."""

from __future__ import annotations

import re

from reviewer.gather.look import look_at
from reviewer.gather.reader import Kept, Reader
from reviewer.gather.signs._emit import ECMA, keep
from reviewer.gather.syntax import Module, Name
from reviewer.model.facts.code import SignKind

ON_SERVER = re.compile(r"^\s{0,9}['\"]use server['\"]|\bfrom\s{1,3}['\"]next/(?:server|headers)['\"]", re.MULTILINE)
ASKS = re.compile(
    r"\b(?:getServerSession|getSession|getSessionCookie|getIronSession|currentUser|getCurrentUser|getUser|getToken|validateRequest"
    r"|verifySession|requireUser|requireAuth|auth)\(|\.cookies\.get\(|\bcookies\(\)"
)
REFUSED = re.compile(
    r"\bif\s?\(\s?!\s?\(?(?:\w{1,40}\??\.){0,3}\w{0,20}(?:session|user|token|auth|cookie)\w{0,20}\b", re.IGNORECASE
)
ANSWERS = re.compile(r"\b(?:return|throw|redirect\()")
ASKED_WITHIN, ANSWERED_WITHIN = 12, 3
"""Lines between the question and the condition, and between that and the refusal."""
LINE_MOST = 300


def read(module: Module, kept: Kept) -> None:
    """``const session = await auth(); if (!session?.user) throw ...``; the middleware of a whole application."""
    if "if" not in module.text or not ON_SERVER.search(module.text):
        return
    look = look_at(module)
    asked = -ASKED_WITHIN - 1
    for number, line in enumerate(look.lines, 1):
        if ASKS.search(line[:LINE_MOST]):
            asked = number
        if number - asked <= ASKED_WITHIN and REFUSED.search(line[:LINE_MOST]):
            following = look.lines[number - 1 : number + ANSWERED_WITHIN]
            if any(ANSWERS.search(text[:LINE_MOST]) for text in following):
                keep(kept, look, SignKind.AUTH_GUARD, Name("", number), "asks for the session", -1)


SESSION_GUARDS = Reader(name="session guards (JavaScript)", languages=ECMA, read=read)
