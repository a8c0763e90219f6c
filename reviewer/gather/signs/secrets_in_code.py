"""Secrets that the code itself gives: settings of that name, keys of ``sign`` and ``verify``, defaults of variables."""

from __future__ import annotations

import re

from reviewer.gather.expressions import last, pairs_of
from reviewer.gather.look import LINE_LIMIT, Look, look_at, words
from reviewer.gather.reader import Kept, Reader
from reviewer.gather.signs._emit import BOTH, Setting, bases_of, keep, settings
from reviewer.gather.signs._secret_guards import is_kept_out, is_no_key
from reviewer.gather.syntax import Call, Expr, Module, Name, Other, Text, plain
from reviewer.model.facts.code import SignKind

SECRETS = re.compile(
    r"\w{0,20}(?:secret|secret_?key|jwt_?secret_?key|jwt_?key|signing_?key|secret_?or_?(?:private_?)?key|jwt_?private_?key)$",
    re.IGNORECASE,
)
SIGNING = words("sign verify encode decode")
SIGNERS = ("jsonwebtoken.", "jwt-simple.", "jwt.", "jose.jwt.")
NEST_MODULE = "JwtModule.register"
"""What is given the key that NestJS signs tokens with; there even a key that is only called so is one."""
SECRET_TAKERS = words("cookie-parser cookie-session")
VARIABLE_NAME = re.compile(r"[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+$")
SESSION = re.compile(r"\b(?:express|cookie)?-?session\(|\bcookieParser\(", re.IGNORECASE)
SETTINGS_BASE = re.compile(r"(?:\A|\.)_?\w{0,40}Base\w{0,40}Settings\Z")
NO_USE = re.compile(r"test|mock|fake|example|placeholder|insecure|forbidden|weak", re.IGNORECASE)
"""Names of what holds values that no application runs with."""
OF_SERVICE = re.compile(
    r"cloudinary|qi_?niu|aws|\bs3|stripe|pay|sms|wechat|weixin|aliyun|tencent|mail|oauth", re.IGNORECASE
)
"""Names of what holds the keys of another service."""
OWN = re.compile(
    r"(?:app|flask|django|jwt|session|auth|token|access|refresh)?_?(?:secret|(?:secret|jwt|signing)_?key)",
    re.IGNORECASE,
)
"""Names of the key that the program itself signs with, whatever is filled in."""
TO_FILL_IN = re.compile(r"your[ _-]|<|\[|x{4}|(?:enter|insert|put|fill)[ _-]|.{0,40}[\u3400-\u9fff]", re.IGNORECASE)
"""Words in place of the secret of a service."""
LABELLED = re.compile(r"\b(\w{3,20})[\"']?[ \t]{0,4}[:=]>?[ \t]{0,4}[\"']\1[\"']")
"""An entry whose value is its own name, as in a table of words: ``"password": "password"``."""
WORD_ENTRY = re.compile(r"\b(\w{2,40})[\"']?[ \t]{0,4}[:=]>?[ \t]{0,4}[\"']([a-z]{2,20})[\"']")
NEAR, CATEGORY_LEAST = 5, 3
"""So many entries around that are given the same word make it the name of a group of them."""
READERS = words("get getenv config setdefault str env getOrThrow")
COMPARES = 2_000
EQUALS = words("== === is")
CHOICES = words("|| ?? or ? ?:")


def read(module: Module, kept: Kept) -> None:
    """One sign per place; a secret that only stands in where a variable is not set has the detail ``default``."""
    look = look_at(module)
    secrets, filled = _Secrets(look, kept), _filled_by_variables(look)
    for call in module.calls:
        if look.origin(call.name).endswith(NEST_MODULE) and call.args:
            for _, value in (pair for pair in pairs_of(call.args[0]) if pair[0] == "secret"):
                secrets.add(call.name, value, call.function)
    for item in settings(look):
        if SECRETS.fullmatch(item.name[:60]) and not NO_USE.search(item.where[:100]) and not _is_label(look, item):
            said = "default" if item.line in filled else _other_use(look, item)
            secrets.add(item.name, item.value, item.function, said)
    for call in module.calls:
        origin = look.origin(call.name)
        signs = last(origin) in SIGNING and origin.startswith(SIGNERS) and look.is_imported(call.name)
        if signs and len(call.args) > 1:
            secrets.add(call.name, call.args[1], call.function)
        elif origin in SECRET_TAKERS and call.args and isinstance(call.args[0], Text):
            secrets.add(call.name, call.args[0], call.function)


def _other_use(look: Look, item: Setting) -> str:
    """What a secret is for where that is not tokens: a session, or a service by the name of what holds it."""
    if _of_session(look, item.line):
        return "session secret"
    return f"{item.where[:100]}.{item.name}" if OF_SERVICE.search(item.where[:100]) else ""


def _is_label(look: Look, item: Setting) -> bool:
    """Whether an entry is one of a table of words: ``{"password": "password", "secret": "secret key"}``."""
    text = (plain(item.value) or "").strip()
    if item.alone or not text.replace(" ", "").isalpha():
        return False
    if " " not in text:
        return text.islower() and _is_category(look, item, text)
    return any(LABELLED.search(line[:LINE_LIMIT]) for line in look.lines[max(item.line - 3, 0) : item.line + 2])


def _is_category(look: Look, item: Setting, text: str) -> bool:
    """Whether a word is given to several settings in a row: ``{"stripeKey": "payment", "stripeSecret": "payment"}``."""
    near = look.lines[max(item.line - 1 - NEAR, 0) : item.line + NEAR]
    names = {name for line in near for name, said in WORD_ENTRY.findall(line[:LINE_LIMIT]) if said == text}
    return len(names) >= CATEGORY_LEAST


class _Secrets:
    """Keeps each literal once."""

    def __init__(self, look: Look, kept: Kept) -> None:
        self.look, self.kept = look, kept
        self.lines: set[int] = set()
        self.refused: frozenset[str] | None = None

    def add(self, name: str, value: Expr, function: int, said: str = "") -> None:
        """Keeps ``value`` where it is a literal or falls back to one; ``said`` stands for the name."""
        candidates = [value] if isinstance(value, Text) else _fallbacks(value)
        for candidate in candidates:
            text = plain(candidate)
            if text is None or not _is_secret(name, text) or candidate.line in self.lines:
                continue
            if candidate is not value and self._refuses(text):
                continue
            self.lines.add(candidate.line)
            if is_no_key(self.look, name, text) or is_kept_out(
                self.look, candidate.line, fallback=candidate is not value or said == "default"
            ):
                continue
            detail = (said or name) if candidate is value else "default"
            keep(self.kept, self.look, SignKind.SECRET_LITERAL, candidate, detail, function)

    def _refuses(self, text: str) -> bool:
        self.refused = refused(self.look) if self.refused is None else self.refused
        return text in self.refused


def refused(look: Look) -> frozenset[str]:
    """Texts that the module compares something with: a default that it asks for by equality is one it refuses."""
    found = set()
    for item in look.module.compares[:COMPARES]:
        if item.operator in EQUALS:
            for side in (item.left, item.right):
                said = plain(look.value(side, item.function) or side) if isinstance(side, Name) else plain(side)
                found.add(said or "")
    return frozenset(found)


def _filled_by_variables(look: Look) -> frozenset[int]:
    """Lines of fields that variables of the environment take the place of: those of pydantic's settings classes, and
    those that another class of the file, for production, reads instead."""
    classes = look.module.classes
    owners = (owner for owner in classes if any(SETTINGS_BASE.search(b) for b in bases_of(look, owner)))
    lines = {field.line for owner in owners for field in look.module.fields_of(owner) if field.type}
    if len(classes) > 1 and ("environ" in look.module.text or "getenv" in look.module.text):
        fields = [
            field for owner in classes for field in look.module.fields_of(owner) if SECRETS.fullmatch(field.target[:60])
        ]
        read = {field.target for field in fields if field.value is not None and not isinstance(field.value, Text)}
        lines |= {field.line for field in fields if field.target in read and isinstance(field.value, Text)}
    return frozenset(lines)


def _of_session(look: Look, line: int) -> bool:
    """Whether a secret signs the cookie of a session, not tokens: ``session({ secret: "..." })``."""
    return any(SESSION.search(text[:300]) for text in look.lines[max(line - 4, 0) : line])


def _fallbacks(value: Expr) -> list[Expr]:
    """``process.env.X || "..."``, ``os.getenv("X", "...")``, ``config("X", default="...")``."""
    if isinstance(value, Other) and value.operator in CHOICES:
        return [part for part in value.operands[1:] if isinstance(part, Text)]
    if isinstance(value, Call) and last(value.name) in READERS:
        default = value.keywords.get("default")
        return [*value.args[1:2], *([default] if default is not None else [])]
    return []


def _is_secret(name: str, text: str) -> bool:
    """Not empty, not a variable's name, not the setting's own name, not words in place of a service's secret."""
    if TO_FILL_IN.match(text[:80]) and SECRETS.fullmatch(name[:60]) and not OWN.fullmatch(last(name)[:60]):
        return False
    return bool(text.strip()) and text.lower() != last(name).lower() and not VARIABLE_NAME.match(text)


SECRET_LITERALS = Reader(name="secrets in code", languages=BOTH, read=read)
