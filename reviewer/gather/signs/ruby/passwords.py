"""How passwords are kept in Ruby: hashed by a function made for it, by one that is not, or not at all."""

from __future__ import annotations

import re

from reviewer.gather.expressions import inside
from reviewer.gather.look import Look, look_at, words
from reviewer.gather.reader import Kept, Reader
from reviewer.gather.signs._emit import keep
from reviewer.gather.signs.ruby._ruby import RUBY
from reviewer.gather.syntax import Call, Compare, Module, Name, dotted, plain
from reviewer.model.facts.code import SignKind

HASHES = {
    "has_secure_password": "bcrypt",
    "BCrypt.Password.create": "bcrypt",
    "BCrypt.Password.new": "bcrypt",
    "BCrypt.Engine.hash_secret": "bcrypt",
    "Password.create": "bcrypt",
    "Argon2.Password.new": "argon2",
    "Argon2.Password.create": "argon2",
    "Argon2.Password.verify_password": "argon2",
    "SCrypt.Password.create": "scrypt",
    "OpenSSL.KDF.pbkdf2_hmac": "pbkdf2",
    "OpenSSL.PKCS5.pbkdf2_hmac": "pbkdf2",
    "authenticates_with_sorcery!": "Sorcery",
    "acts_as_authentic": "Authlogic",
}
INCLUDED = {
    "Clearance.User": "Clearance",
    "BCrypt": "bcrypt",
    "ActiveModel.SecurePassword": "bcrypt",
    "Rodauth": "bcrypt",
}
WEAK = {
    f"{prefix}.{name}.{method}": name.lower()
    for prefix in ("Digest", "OpenSSL.Digest")
    for name in ("MD5", "SHA1", "SHA256", "SHA512", "SHA2")
    for method in ("hexdigest", "base64digest", "digest", "new")
}
PASSWORD = re.compile(r"(?:\w+\.)*(?:\w*_)?(?:password|passwd|pwd|passphrase)(?:\.\w+)?\Z", re.IGNORECASE)
COMPARED = "clear text, compared"
"""A password compared by ``==``, which is also how bcrypt's own objects are compared: what another file may tell."""
KEPT = re.compile(
    r"(?:\w+\.)*(?:\w*_)?(?:password(?:_digest|_hash)?|encrypted_password|hashed_password|passwd|pwd)\Z", re.IGNORECASE
)
ASKED = r"params|form|data|input|json|body|payload|request"
STORED = re.compile(rf"(?:this\.)?(?!{ASKED})\w+\.(?:password|passwd|pwd)\Z", re.IGNORECASE)
SENT = re.compile(rf"(?:{ASKED})(?:\.\w+)*\.(?:password|passwd|pwd)\Z|(?:password|passwd|pwd)\Z", re.IGNORECASE)
QUERIES = words("find_by find_by! where exists? first")


def read(module: Module, kept: Kept) -> None:
    """has_secure_password, Devise, bcrypt, argon2; digests and clear text."""
    look = look_at(module)
    hashed = False
    for call in module.calls:
        name = HASHES.get(call.name) or _by_library(call)
        if name:
            hashed = True
            keep(kept, look, SignKind.PASSWORD_HASH, call, name)
        elif call.name in WEAK and _of_password(look, call):
            keep(kept, look, SignKind.PASSWORD_WEAK, call, WEAK[call.name])
    if not hashed and "BCrypt" not in module.text and "authenticate" not in module.text:
        _clear_text(look, kept)


def _by_library(call: Call) -> str:
    if call.name == "devise" and any(plain(arg) == "database_authenticatable" for arg in call.args):
        return "Devise"
    if call.name == "include":
        return next((INCLUDED[name] for arg in call.args if (name := dotted(arg)) in INCLUDED), "")
    return ""


def _of_password(look: Look, call: Call) -> bool:
    """Whether a password is digested, and not only to compare it in constant time."""
    if any(item.last.endswith("secure_compare") and item.function == call.function for item in look.module.calls):
        return False
    named = any(PASSWORD.match(part.dotted[:200]) for part in inside(*call.args) if isinstance(part, Name))
    return named or any(KEPT.match(item.target[:200]) for item in look.assigned_at(call.line))


def _clear_text(look: Look, kept: Kept) -> None:
    """A stored password compared with the one that was sent, or looked up by it."""
    for item in look.module.compares:
        if item.operator in ("==", "!=") and _compares_stored(item):
            keep(kept, look, SignKind.PASSWORD_WEAK, item, COMPARED)
    for call in look.module.calls:
        if call.last not in QUERIES:
            continue
        for key, value in call.keywords.items():
            if key in ("password", "passwd", "pwd") and SENT.match(dotted(value)[:200] or "-"):
                keep(kept, look, SignKind.PASSWORD_WEAK, call, "clear text")


def _compares_stored(item: Compare) -> bool:
    left, right = dotted(item.left)[:200], dotted(item.right)[:200]
    return bool((STORED.match(left) and SENT.match(right)) or (STORED.match(right) and SENT.match(left)))


PASSWORDS_RUBY = Reader(name="passwords (Ruby)", languages=RUBY, read=read)
