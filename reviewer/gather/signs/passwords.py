"""How passwords are kept: hashed by a function made for it, by one that is not, or not at all."""

from __future__ import annotations

import re

from reviewer.gather.expressions import calls_in, inside, pairs_of
from reviewer.gather.look import Look, look_at, words
from reviewer.gather.reader import Kept, Reader
from reviewer.gather.signs._emit import ECMA, PYTHON, keep
from reviewer.gather.syntax import Call, Compare, Expr, Mapping, Module, Name, Text, dotted, plain
from reviewer.model.facts.code import SignKind

PYTHON_HASHES = {
    "bcrypt.hashpw": "bcrypt",
    "bcrypt.checkpw": "bcrypt",
    "werkzeug.security.generate_password_hash": "werkzeug",
    "werkzeug.security.check_password_hash": "werkzeug",
    "flask_bcrypt.generate_password_hash": "bcrypt",
    "flask_bcrypt.check_password_hash": "bcrypt",
    "argon2.PasswordHasher": "argon2",
    "passlib.context.CryptContext": "passlib",
    "pwdlib.PasswordHash": "pwdlib",
    "pwdlib.PasswordHash.recommended": "pwdlib",
    "hashlib.pbkdf2_hmac": "pbkdf2",
    "hashlib.scrypt": "scrypt",
    "django.contrib.auth.hashers.make_password": "Django",
    "django.contrib.auth.hashers.check_password": "Django",
    "nacl.pwhash.str": "argon2",
    **{f"sqlalchemy_utils.{path}PasswordType": "PasswordType" for path in ("", "types.", "types.password.")},
}
PASSLIB = ("passlib.hash.", "passlib.apps.")
BCRYPT_METHODS = words("generate_password_hash check_password_hash")
DJANGO_METHODS = words("set_password create_user create_superuser")
DJANGO_MODULES = ("django", "rest_framework")
ECMA_HASHES = {
    **{f"{package}.{method}": "bcrypt" for package in ("bcrypt", "bcryptjs", "bcrypt-nodejs", "bcrypt-ts")
       for method in ("hash", "hashSync", "compare", "compareSync")},
    **{f"argon2.{method}": "argon2" for method in ("hash", "verify")},
    **{f"crypto.{method}": "pbkdf2" for method in ("pbkdf2", "pbkdf2Sync")},
    **{f"crypto.{method}": "scrypt" for method in ("scrypt", "scryptSync")},
    "passport-local-mongoose": "passport-local-mongoose",
}  # fmt: skip
WEAK = words("md5 sha1 sha224 sha256 sha384 sha512")
WEAK_ECMA = {
    "crypto.createHash": "",
    "md5": "md5",
    "sha1": "sha1",
    "sha256": "sha256",
    "js-sha256.sha256": "sha256",
    "crypto-js.MD5": "md5",
}
PASSWORD = re.compile(r"(?:\w+\.)*(?:\w*_)?(?:password|passwd|pwd|passphrase)$", re.IGNORECASE)
BARE_PASSWORD = re.compile(
    r"(?:\w+\.)*(?:plain_?|raw_?|entered_?|given_?|input_?)?(?:password|passwd|pwd)$", re.IGNORECASE
)
OF_SERVICES = re.compile(
    r"(?:^|[._])(?:\w{0,20}_)?(?:store|merchant|gateway|api|smtp|mail|ftp|db|database|sandbox|wifi|payment|bank|reset|forgot|"
    r"otp|one_?time)_?(?:password|passwd|pwd|pass)\b",
    re.IGNORECASE,
)
"""Passwords for other services, which are signed or sent as those ask for, and codes that stand for one."""
CONFIRMED = re.compile(r"confirm|repeat|again|retype|verif|check|match|new|old|current|second|\d$", re.IGNORECASE)
HASHING = re.compile(r"hash|bcrypt|crypt|argon|pbkdf|scrypt|digest|md5|sha\d|salt", re.IGNORECASE)
ELSEWHERE = re.compile(r"pwned|breach|gravatar|etag|checksum|cache|hasher", re.IGNORECASE)
"""Functions and classes that digest passwords for something else, or as a step of a hasher of a framework."""
ASKED = re.compile(
    r"(?:req|request|body|data|form|values|payload|dto|input|args|params|json|credentials?|ctx|info|event)\b",
    re.IGNORECASE,
)
QUERIES = words(
    "filter filter_by get get_or_404 first find findOne findFirst findUnique findOneBy find_one where findAll findMany"
    " exists"
)
SQL_PASSWORD = re.compile(
    r"\bwhere\b[^;]{0,200}?\bpass(?:word|wd)?\s{0,4}=\s{0,4}(?:\?|%s|:\w|@\w|\$\d|'|$)", re.IGNORECASE
)
NEAR = 2
"""Lines after a comparison in which what is compared may be changed."""
PLACE_LIMIT = 4000


def read_python(module: Module, kept: Kept) -> None:
    """bcrypt, argon2, passlib, Werkzeug, Django; digests and clear text."""
    look = look_at(module)
    strong = {call.function: name for call in module.calls if (name := _python_hash(look, call))}
    for call in module.calls:
        if name := _python_hash(look, call):
            keep(kept, look, SignKind.PASSWORD_HASH, call, name)
        elif look.origin(call.name).startswith("hashlib.") and call.last in WEAK and call.function not in strong:
            _weak(look, kept, call, call.last, call.args)
    _clear_text(look, kept, bool(strong))


def _python_hash(look: Look, call: Call) -> str:
    origin = look.origin(call.name)
    if origin in PYTHON_HASHES:
        return PYTHON_HASHES[origin]
    if origin.startswith(PASSLIB):
        return "passlib"
    method = call.last
    if method in BCRYPT_METHODS and (look.imports("flask_bcrypt") or look.is_imported(call.name)):
        return "bcrypt"
    if method in DJANGO_METHODS and look.imports(*DJANGO_MODULES) and "." in call.name:
        return "Django"
    return "passlib" if method in ("hash", "verify") and "pwd_context" in call.name else ""


def read_ecma(module: Module, kept: Kept) -> None:
    """bcrypt, argon2, Node's pbkdf2 and scrypt; digests and clear text."""
    look = look_at(module)
    hashed = False
    for call in module.calls:
        origin = look.origin(call.name)
        given = {look.origin(dotted(arg)) for arg in call.args if isinstance(arg, Name)}
        found = ECMA_HASHES.get(origin) or next(
            (ECMA_HASHES[name] for name in given if name == "passport-local-mongoose"), ""
        )
        if found:
            hashed = True
            keep(kept, look, SignKind.PASSWORD_HASH, call, found)
        elif origin in WEAK_ECMA:
            _weak(look, kept, call, WEAK_ECMA[origin], call.args)
        elif call.last == "update":
            maker = next(
                (inner for inner in calls_in(call.callee) if look.origin(inner.name) == "crypto.createHash"), None
            )
            algorithm = plain(maker.args[0]) if maker and maker.args else None
            if algorithm and algorithm.lower().replace("-", "") in WEAK:
                _weak(look, kept, call, algorithm.lower(), call.args)
    _clear_text(look, kept, hashed)


def _weak(look: Look, kept: Kept, call: Call, algorithm: str, args: tuple[Expr, ...]) -> None:
    """A digest of something called a password, where the place does not say that it serves something else."""
    around = next(look.around(call.function), None)
    if around is not None and ELSEWHERE.search(around.qualname[:200]):
        return
    names = [part.dotted[:200].removesuffix(".encode") for part in inside(*args) if isinstance(part, Name)]
    if any(OF_SERVICES.search(name) for name in names):
        return
    named = any(PASSWORD.match(name) for name in names)
    if named or _set_as_password(look, call):
        keep(kept, look, SignKind.PASSWORD_WEAK, call, algorithm)


def _set_as_password(look: Look, call: Call) -> bool:
    """``self.password = md5(...)``, or a function that sets attributes and asks for the one named ``password``."""
    value = next((item for item in look.assigned_at(call.line) if PASSWORD.match(item.target[:200])), None)
    if value is not None:
        return True
    around = next(look.around(call.function), None)
    return around is not None and around.name == "__setattr__" and "password" in look.texts_in(call.function)


def _clear_text(look: Look, kept: Kept, hashed: bool) -> None:
    """A stored password compared with the one that was sent, or looked up by it."""
    if hashed or HASHING.search(_calls_text(look)):
        return
    for item in look.module.compares:
        if item.operator in ("==", "===", "!=", "!==") and _compares_stored(item) and not _is_changed(look, item):
            keep(kept, look, SignKind.PASSWORD_WEAK, item, "clear text")
    for call in look.module.calls:
        if call.last in QUERIES and _looks_up(call):
            keep(kept, look, SignKind.PASSWORD_WEAK, call, "clear text")
    for text, function in look.module.texts:
        whole = "".join(part if isinstance(part, str) else "'" for part in text.parts)[:PLACE_LIMIT]
        if SQL_PASSWORD.search(whole) and whole.lstrip()[:6].lower() == "select":
            keep(kept, look, SignKind.PASSWORD_WEAK, text, "clear text", function)


def _calls_text(look: Look) -> str:
    return " ".join(call.name for call in look.module.calls if "." not in call.name or HASHING.search(call.name))[
        :PLACE_LIMIT
    ]


def _compares_stored(item: Compare) -> bool:
    left, right = dotted(item.left), dotted(item.right)
    if not (BARE_PASSWORD.match(left[:200]) and BARE_PASSWORD.match(right[:200])) or left == right:
        return False
    if CONFIRMED.search(left) or CONFIRMED.search(right):
        return False
    return _is_stored(left) != _is_stored(right)


def _is_changed(look: Look, item: Compare) -> bool:
    """Whether what is compared is then given the other value: ``if self.password != password: self.password = ...``."""
    names = (dotted(item.left), dotted(item.right))
    found = (given for name in names for given in look.assigned(name, item.function))
    return any(0 <= given.line - item.line <= NEAR for given in found)


def _is_stored(name: str) -> bool:
    """``user.password``; neither a plain variable nor something that came with a request."""
    head = name.rpartition(".")[0]
    return bool(head) and not ASKED.search(head)


def _looks_up(call: Call) -> bool:
    pairs = [pair for part in inside(*call.args) if isinstance(part, Mapping) for pair in pairs_of(part)]
    pairs += list(call.keywords.items())
    return any(
        key.lower() in ("password", "passwd", "pwd")
        and isinstance(value, (Name, Text))
        and BARE_PASSWORD.match(dotted(value)[:200] or "-")
        for key, value in pairs
    )


PASSWORDS_PYTHON = Reader(name="passwords (Python)", languages=PYTHON, read=read_python)
PASSWORDS_ECMA = Reader(name="passwords (JavaScript)", languages=ECMA, read=read_ecma)
