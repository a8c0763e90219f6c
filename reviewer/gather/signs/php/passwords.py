"""How PHP keeps passwords: hashed by a function made for it, by one that is not, or not at all."""

from __future__ import annotations

import re

from reviewer.gather.expressions import inside, last, pairs_of
from reviewer.gather.look import Look, look_at, words
from reviewer.gather.reader import Kept, Reader
from reviewer.gather.signs._emit import keep
from reviewer.gather.signs.passwords import ELSEWHERE, OF_SERVICES, PASSWORD
from reviewer.gather.signs.php._php import PHP
from reviewer.gather.syntax import Call, Compare, Expr, Mapping, Module, Name, Text, dotted, plain
from reviewer.model.facts.code import SignKind

HASHES = {
    "password_hash": "password_hash",
    "password_verify": "password_hash",
    "bcrypt": "bcrypt",
    "sodium_crypto_pwhash_str": "argon2",
    "wp_hash_password": "WordPress",
    "wp_check_password": "WordPress",
    "user_check_password": "Drupal",
    "Hash.make": "Laravel Hash",
    "Hash.check": "Laravel Hash",
    "hash_pbkdf2": "pbkdf2",
}
METHODS = {
    "hashPassword": "Symfony",
    "isPasswordValid": "Symfony",
    "encodePassword": "Symfony",
    "hash_password": "hash_password",
}
MADE = {"DefaultPasswordHasher": "CakePHP", "NativePasswordHasher": "Symfony", "SodiumPasswordHasher": "Symfony"}
"""Hashers by the class that is made."""
PORTABLE = "Portable PHP password hashing"
"""How phpass begins, which is copied in under many names and goes through MD5 many times where there is no bcrypt."""
WEAK = words("md5 sha1")
DIGESTS = re.compile(r"\A(?:md5|sha1|sha224|sha256|sha384|sha512|whirlpool|crc32b?)\Z", re.IGNORECASE)
KEY = re.compile(r"(?:\w*_)?(?:password|passwd|pwd|pass)\Z", re.IGNORECASE)
NAMES = re.compile(r"(?:\w+\.)*(?:\w*_?)(?:password|passwd|pwd|pass)\d?\Z", re.IGNORECASE)
CONFIRMED = re.compile(r"confirm|repeat|again|retype|re_?pass|verif|check|new|cpass|_2|2\Z", re.IGNORECASE)
ASKED = re.compile(
    r"_(?:POST|GET|REQUEST)|request|input|data|body|form|params|args|credentials|json|this\Z", re.IGNORECASE
)
STORED = re.compile(r"row|user|result|admin|account|member|record|fetch|data|student|customer|login", re.IGNORECASE)
LOOKUPS = words("where get_where findOneBy findBy first find count getWhere orWhere select get has")
SQL_PASSWORD = re.compile(
    r"\bwhere\b[^;]{0,200}?\b\w{0,20}pass(?:word|wd)?`?\s{0,4}=\s{0,4}(?:\?|:\w|'|\"|$)|\bwhere\b[^;]{0,200}?\bpwd`?\s{0,4}=",
    re.IGNORECASE,
)
SENDS = re.compile(r"smtp|mail|imap|ldap|client|header|basic|curl|request", re.IGNORECASE)
"""Functions and classes that send a password to another server in the way that it asks for."""
PLACE_LIMIT = 4_000


def read(module: Module, kept: Kept) -> None:
    """``password_hash`` and the frameworks' hashers; digests and clear text."""
    if ("ass" not in module.text and "PASS" not in module.text) or PORTABLE in module.text[:3_000]:
        return
    look = look_at(module)
    hashed = any(call.last in METHODS for call in module.calls)
    for call in module.calls:
        if found := _strong(look, call):
            hashed = True
            keep(kept, look, SignKind.PASSWORD_HASH, call, found)
    hashed = _casts(look, kept) or hashed
    for call in module.calls:
        algorithm = _digest(call)
        if algorithm and _of_password(look, call):
            hashed = True
            keep(kept, look, SignKind.PASSWORD_WEAK, call, algorithm)
    if not hashed:
        _clear_text(look, kept)


def _strong(look: Look, call: Call) -> str:
    if call.name in HASHES:
        return HASHES[call.name]
    if (
        last(call.name.rpartition(".")[0]) == "Hash"
        and call.last in ("make", "check")
        and "Hash" in look.origin(call.name)
    ):
        return "Laravel Hash"
    if call.new and call.last in MADE:
        return MADE[call.last]
    if call.last in METHODS and "." in call.name:
        of_symfony = METHODS[call.last] == "Symfony"
        return METHODS[call.last] if not of_symfony or len(call.args) > 1 or look.imports("Symfony") else ""
    return ""


def _casts(look: Look, kept: Kept) -> bool:
    """``'password' => 'hashed'`` among the casts of a model."""
    values = [item.value for item in look.module.assignments] + [item.value for item in look.module.returns]
    for value in values:
        for part in inside(value):
            entries = dict(pairs_of(part)) if isinstance(part, Mapping) else {}
            if plain(entries.get("password")) == "hashed":
                keep(kept, look, SignKind.PASSWORD_HASH, entries["password"], "Laravel Hash", -1)
                return True
    return False


def _digest(call: Call) -> str:
    if call.name in WEAK and call.args:
        return call.name
    if call.name == "hash" and len(call.args) > 1:
        algorithm = plain(call.args[0]) or ""
        return algorithm.lower() if DIGESTS.match(algorithm[:20]) else ""
    return call.name if call.name in ("base64_encode", "crypt") and call.args else ""


def _of_password(look: Look, call: Call) -> bool:
    around = next(look.around(call.function), None)
    if around is not None and ELSEWHERE.search(around.qualname[:200]):
        return False
    if call.name == "base64_encode":
        sends = around is not None and SENDS.search(around.qualname[:200])
        return not sends and isinstance(call.args[0], Name) and _is_password(call.args[0].dotted)
    if any(_is_password(part.dotted) for part in inside(*call.args) if isinstance(part, Name)):
        return True
    if call.name == "crypt":
        return False
    targets = [item.target[:200] for item in look.assigned_at(call.line)]
    return any(PASSWORD.match(target) and not OF_SERVICES.search(target.replace('["', ".")) for target in targets)


def _is_password(name: str) -> bool:
    if OF_SERVICES.search(name[:200]):
        return False
    return bool(NAMES.match(name[:200])) and not name.lower().endswith(("bypass", "compass"))


def _clear_text(look: Look, kept: Kept) -> None:
    """A stored password compared with the one that was sent, looked up by it, or put in as it came."""
    for item in look.module.compares:
        if item.operator in ("==", "===", "!=", "!==") and _compares_stored(item):
            keep(kept, look, SignKind.PASSWORD_WEAK, item, "clear text")
    for call in look.module.calls:
        if call.last in LOOKUPS and _looks_up(call):
            keep(kept, look, SignKind.PASSWORD_WEAK, call, "clear text")
    told: set[int] = set()
    for text, function in look.module.texts:
        whole = "".join(part if isinstance(part, str) else "'" for part in text.parts)[:PLACE_LIMIT]
        if whole.lstrip()[:6].lower() == "select" and SQL_PASSWORD.search(whole) and text.line not in told:
            told.add(text.line)
            keep(kept, look, SignKind.PASSWORD_WEAK, text, "clear text", function)


def _compares_stored(item: Compare) -> bool:
    left, right = _name(item.left), _name(item.right)
    if not (_is_password(left) and _is_password(right)) or left == right:
        return False
    if CONFIRMED.search(left) or CONFIRMED.search(right):
        return False
    return _is_stored(left) != _is_stored(right)


def _name(expr: Expr) -> str:
    return dotted(expr) if isinstance(expr, Name) else ""


def _is_stored(name: str) -> bool:
    head = name.rpartition(".")[0]
    return bool(head) and not ASKED.search(head[:100]) and bool(STORED.search(head[:100]))


def _looks_up(call: Call) -> bool:
    pairs = [pair for part in inside(*call.args) if isinstance(part, Mapping) for pair in pairs_of(part)]
    if len(call.args) > 1 and (key := plain(call.args[0])):
        pairs.append((key, call.args[-1]))
    return any(
        KEY.match(key[:60]) and isinstance(value, (Name, Text)) and _is_password(dotted(value)) for key, value in pairs
    )


PASSWORDS_PHP = Reader(name="passwords (PHP)", languages=PHP, read=read)
