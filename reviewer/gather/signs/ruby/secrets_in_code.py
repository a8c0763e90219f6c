"""Secrets that Ruby code itself gives: keys of tokens and sessions as literals, defaults of variables."""

from __future__ import annotations

import re

from reviewer.gather.look import Look, look_at, words
from reviewer.gather.reader import Kept, Reader
from reviewer.gather.signs._emit import keep
from reviewer.gather.signs._secret_guards import is_kept_out
from reviewer.gather.signs.ruby._ruby import RUBY
from reviewer.gather.syntax import Call, Expr, Module, Other, Text, plain
from reviewer.model.facts.code import SignKind

SECRET = re.compile(
    r"(?:\w{1,30}\.)*\w{0,20}(?:secret|secret_?key|secret_?key_?base|jwt_?key|signing_?key|secret_?token|pepper)\Z",
    re.I,
)
NO_USE = re.compile(r"test|mock|fake|example|placeholder", re.IGNORECASE)
SIGNING = words("JWT.encode JWT.decode")
VARIABLE = re.compile(r"[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+\Z")
READERS = words("ENV.fetch")


def read(module: Module, kept: Kept) -> None:
    """``SECRET_KEY = "..."``, ``JWT.encode(payload, "...")``, ``set :session_secret, "..."``."""
    look = look_at(module)
    told: set[int] = set()
    for item in module.assignments:
        if SECRET.fullmatch(item.target[:80]) and not NO_USE.search(item.target):
            _add(look, kept, told, item.target, item.value, item.function)
    for call in module.calls:
        if call.name in SIGNING and len(call.args) > 1:
            _add(look, kept, told, call.name, call.args[1], call.function)
        elif call.name == "set" and len(call.args) == 2 and plain(call.args[0]) == "session_secret":
            _add(look, kept, told, "session_secret", call.args[1], call.function)
        elif call.name == "use" and "secret" in call.keywords:
            _add(look, kept, told, "secret", call.keywords["secret"], call.function)


def _add(look: Look, kept: Kept, told: set[int], name: str, value: Expr | None, function: int) -> None:
    """Keeps a literal, or one that stands in where a variable is not set."""
    candidates = [value] if isinstance(value, Text) else _fallbacks(value)
    for candidate in candidates:
        text = plain(candidate)
        if text and text.strip() and not VARIABLE.match(text) and candidate.line not in told:
            told.add(candidate.line)
            if is_kept_out(look, candidate.line, fallback=candidate is not value):
                continue
            keep(kept, look, SignKind.SECRET_LITERAL, candidate, name if candidate is value else "default", function)


def _fallbacks(value: Expr | None) -> list[Text]:
    """``ENV["X"] || "..."`` and ``ENV.fetch("X", "...")``."""
    if isinstance(value, Other) and value.operator == "||":
        return [part for part in value.operands[1:] if isinstance(part, Text)]
    if isinstance(value, Call) and value.name in READERS:
        return [part for part in value.args[1:2] if isinstance(part, Text)]
    return []


SECRETS_RUBY = Reader(name="secrets in code (Ruby)", languages=RUBY, read=read)
