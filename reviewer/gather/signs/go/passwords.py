"""How passwords are kept: hashed by a function made for it, by one that is not, or not at all."""

from __future__ import annotations

import re

from reviewer.gather.expressions import inside, pairs_of
from reviewer.gather.look import Look, look_at
from reviewer.gather.reader import Kept, Reader
from reviewer.gather.signs._emit import keep
from reviewer.gather.signs.go._go import GO
from reviewer.gather.syntax import Call, Compare, Mapping, Module, Name, dotted
from reviewer.model.facts.code import SignKind

HASHES = {
    "bcrypt.GenerateFromPassword": "bcrypt",
    "bcrypt.CompareHashAndPassword": "bcrypt",
    "argon2.IDKey": "argon2",
    "argon2.Key": "argon2",
    "argon2id.CreateHash": "argon2",
    "argon2id.ComparePasswordAndHash": "argon2",
    "scrypt.Key": "scrypt",
    "pbkdf2.Key": "pbkdf2",
}
WEAK = {
    **{f"md5.{name}": "md5" for name in ("Sum", "New")},
    **{f"sha1.{name}": "sha1" for name in ("Sum", "New")},
    **{f"sha256.{name}": "sha256" for name in ("Sum256", "New", "Sum224")},
    **{f"sha512.{name}": "sha512" for name in ("Sum512", "New", "Sum384")},
}
PASSWORD = re.compile(r"(?:\w+\.)*\w{0,20}(?:password|passwd|pwd|passphrase)$", re.IGNORECASE)
BARE_PASSWORD = re.compile(r"(?:\w+\.)*(?:plain_?|raw_?|input_?)?(?:password|passwd|pwd)$", re.IGNORECASE)
CONFIRMED = re.compile(r"confirm|repeat|again|retype|verif|check|match|new|old|current|second|\d$", re.IGNORECASE)
ASKED = re.compile(r"req|request|body|form|input|payload|dto|params|json|cred|ctx|login|data|args", re.IGNORECASE)
HASHING = re.compile(r"hash|bcrypt|crypt|argon|pbkdf|scrypt|md5|sha\d|salt|compare", re.IGNORECASE)
PASSWORD_FUNCTION = re.compile(r"password|passwd|pwd", re.IGNORECASE)
ELSEWHERE = re.compile(r"gravatar|etag|checksum|cache|file|avatar|token|sign", re.IGNORECASE)
QUERY_PASSWORD = re.compile(r"\bpass(?:word|wd)?\s{0,4}=\s{0,4}(?:\?|\$\d|'|:\w)", re.IGNORECASE)
TEXT_LENGTH = 2_000


def read(module: Module, kept: Kept) -> None:
    """bcrypt, argon2, scrypt, pbkdf2; digests and clear text."""
    look = look_at(module)
    strong = False
    for call in module.calls:
        found = HASHES.get(call.name)
        if found:
            strong = True
            keep(kept, look, SignKind.PASSWORD_HASH, call, found)
        elif call.name in WEAK and _of_password(look, call):
            keep(kept, look, SignKind.PASSWORD_WEAK, call, WEAK[call.name])
    if not strong and not any(HASHING.search(call.name[:200]) for call in module.calls):
        _clear_text(look, kept)


def _of_password(look: Look, call: Call) -> bool:
    """A digest of something called a password, or in a function that is called after one."""
    around = next(look.around(call.function), None)
    if around is not None and ELSEWHERE.search(around.qualname[:200]):
        return False
    if any(PASSWORD.match(part.dotted[:200]) for part in inside(*call.args) if isinstance(part, Name)):
        return True
    if call.last == "New" and around is not None:
        return any(
            other.function == call.function
            and other.last in ("Write", "Sum", "WriteString")
            and any(PASSWORD.match(part.dotted[:200]) for part in inside(*other.args) if isinstance(part, Name))
            for other in look.module.calls
        )
    return around is not None and bool(PASSWORD_FUNCTION.search(around.name)) and bool(call.args)


def _clear_text(look: Look, kept: Kept) -> None:
    """A stored password compared with the one that was sent, or looked up by it."""
    for item in look.module.compares:
        if item.operator in ("==", "!=") and _compares_stored(item):
            keep(kept, look, SignKind.PASSWORD_WEAK, item, "clear text")
    for text, function in look.module.texts:
        whole = "".join(part if isinstance(part, str) else "'" for part in text.parts)[:TEXT_LENGTH]
        asks = "select" in whole[:12].lower() or _is_condition(look, text.line, whole)
        if asks and QUERY_PASSWORD.search(whole):
            keep(kept, look, SignKind.PASSWORD_WEAK, text, "clear text", function)
    for call in look.module.calls:
        if call.last in ("FindOne", "Find", "Where", "First") and _filters(call):
            keep(kept, look, SignKind.PASSWORD_WEAK, call, "clear text")


def _is_condition(look: Look, line: int, whole: str) -> bool:
    """Whether a text is handed to ``Where``."""
    return "=" in whole and ".Where(" in look.lines[line - 1][:400] if 0 < line <= len(look.lines) else False


def _filters(call: Call) -> bool:
    for part in inside(*call.args):
        pairs = list(pairs_of(part)) if isinstance(part, Mapping) else []
        if isinstance(part, Call) and part.new:
            pairs = list(part.keywords.items())
        for key, value in pairs:
            if key.lower() in ("password", "passwd", "pwd") and BARE_PASSWORD.match(dotted(value)[:200] or "-"):
                return True
    return False


def _compares_stored(item: Compare) -> bool:
    left, right = dotted(item.left), dotted(item.right)
    if not (BARE_PASSWORD.match(left[:200]) and BARE_PASSWORD.match(right[:200])) or left == right:
        return False
    if CONFIRMED.search(left) or CONFIRMED.search(right):
        return False
    return _is_stored(left) != _is_stored(right)


def _is_stored(name: str) -> bool:
    head = name.rpartition(".")[0]
    return bool(head) and not ASKED.search(head)


PASSWORDS_GO = Reader(name="passwords (Go)", languages=GO, read=read)
