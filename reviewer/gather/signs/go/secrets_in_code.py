"""Secrets that the code itself gives: settings of that name, keys that tokens are signed with, defaults."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reviewer.gather.look import Look, look_at
from reviewer.gather.reader import Kept, Reader
from reviewer.gather.signs._emit import keep
from reviewer.gather.signs._secret_guards import is_kept_out, is_no_key
from reviewer.gather.signs.go._go import GO
from reviewer.gather.signs.secrets_in_code import refused
from reviewer.gather.syntax import Call, Expr, Module, Name, Text, plain
from reviewer.model.facts.code import SignKind

SECRETS = re.compile(
    r"\w{0,24}(?:secret|secret_?key|secret_?password|jwt_?key|signing_?key|jwt_?secret_?key|private_?key|jwt_?secret|hmac_?secret|session_?key|token_?key|"
    r"token_?symmetric_?key|encryption_?key|secretstring|sign_?key)$",
    re.IGNORECASE,
)
SIGNERS = frozenset({"SignedString"})
STORES = frozenset({"NewCookieStore", "NewStore", "NewFilesystemStore"})
DEFAULTS = re.compile(r"(?:get|read|lookup)_?env\w{0,20}$|^env\w{0,12}$|SetDefault$|default", re.IGNORECASE)
VARIABLE_NAME = re.compile(r"[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+$|[a-z]+(?:\.[a-z_]+)+$")
KEY_PREFIX = re.compile(
    r"[a-z]{2,20}(?:[-_:.][a-z]{2,20}){0,5}[-_:.]|(?:[a-z]+[-_:.])*(?:session|user|token|auth|cookie)"
)
"""How keys of a store begin, and names of its entries: ``user-session-``, ``session``."""
NO_USE = re.compile(
    r"test|mock|fake|example|placeholder|header|query|param|cookie|path|file|env|name|prefix|field|column|context|claim",
    re.IGNORECASE,
)
STANDS_IN = re.compile(r"default|fallback", re.IGNORECASE)
"""How a name begins whose value only stands in where nothing is set: ``defaultJWTSecret``."""
LEAST = 3
"""Characters from which a text may be a secret."""


def read(module: Module, kept: Kept) -> None:
    """One sign per place; what only stands in where a variable is not set has the detail ``default``."""
    look = look_at(module)
    lines: set[int] = set()
    known: frozenset[str] | None = None
    for name, value, function in _candidates(look):
        for text, default in _texts(look, name, value, function):
            if default:
                known = refused(look) if known is None else known
                if (plain(text) or "") in known:
                    continue
            if text.line not in lines and _is_secret(name, plain(text) or ""):
                lines.add(text.line)
                if not (is_no_key(look, name, plain(text) or "") or is_kept_out(look, text.line, fallback=default)):
                    keep(kept, look, SignKind.SECRET_LITERAL, text, "default" if default else name, function)


def _candidates(look: Look) -> Iterator[tuple[str, Expr, int]]:
    """Names of secrets with what they are given."""
    for item in look.module.assignments:
        if item.value is not None and _names_secret(item.target.rpartition(".")[2]) and not NO_USE.search(item.target):
            yield item.target, item.value, item.function
    for call in look.module.calls:
        yield from _of_call(call)
    for back in look.module.returns:
        around = look.module.functions[back.function] if back.function != -1 else None
        if around is not None and isinstance(back.value, Text) and _names_secret(around.name):
            yield around.name, back.value, back.function


def _of_call(call: Call) -> Iterator[tuple[str, Expr, int]]:
    for key, value in call.keywords.items():
        if _names_secret(key) and not NO_USE.search(key):
            yield key, value, call.function
    first = plain(call.args[0]) if call.args else None
    if call.last in SIGNERS and call.args:
        yield call.last, call.args[0], call.function
    elif call.last in STORES and call.args and isinstance(call.args[0], Text):
        yield call.name, call.args[0], call.function
    elif DEFAULTS.search(call.last[:60]) and len(call.args) > 1 and _names_secret(first or ""):
        yield first or "", call, call.function


def _names_secret(name: str) -> bool:
    return bool(SECRETS.fullmatch(name[:80]))


def _texts(look: Look, name: str, value: Expr, function: int) -> Iterator[tuple[Text, bool]]:
    """The literal behind a value, and whether it only stands in for a variable."""
    if isinstance(value, Name):
        value = look.value(value, function) or value
    if isinstance(value, Text):
        yield value, bool(STANDS_IN.match(name.rpartition(".")[2]))
    elif isinstance(value, Call) and DEFAULTS.search(value.last[:60]):
        yield from ((arg, True) for arg in value.args[1:2] if isinstance(arg, Text))


def _is_named_so(name: str, text: str) -> bool:
    """Whether a text says what the name says: the key of a session, ``sessionAccessTokenKey = "accessToken"``."""
    low, words = name.rpartition(".")[2].lower(), text.lower()
    return words == low or (words.isalpha() and low.endswith("key") and words in low)


def _is_secret(name: str, text: str) -> bool:
    """Not empty, not a variable's name, not the setting's own name."""
    return (
        len(text.strip()) >= LEAST
        and not _is_named_so(name, text)
        and not VARIABLE_NAME.fullmatch(text)
        and not KEY_PREFIX.fullmatch(text[:80])
    )


SECRET_LITERALS_GO = Reader(name="secrets in code (Go)", languages=GO, read=read)
