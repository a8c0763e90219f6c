"""How Java and Kotlin keep passwords: hashed by a function made for it, by one that is not, or not at all."""

from __future__ import annotations

import re

from reviewer.gather.expressions import inside
from reviewer.gather.look import Look, look_at, words
from reviewer.gather.reader import Kept, Reader
from reviewer.gather.signs._emit import keep
from reviewer.gather.signs.jvm._jvm import JVM, getter
from reviewer.gather.syntax import Call, Compare, Expr, Module, Name, dotted, plain
from reviewer.model.facts.code import SignKind

ENCODERS = {
    "BCryptPasswordEncoder": "bcrypt",
    "Argon2PasswordEncoder": "argon2",
    "SCryptPasswordEncoder": "scrypt",
    "Pbkdf2PasswordEncoder": "pbkdf2",
    "PasswordEncoderFactories.createDelegatingPasswordEncoder": "bcrypt",
    "BCrypt.hashpw": "bcrypt",
    "BCrypt.checkpw": "bcrypt",
    "BCrypt.withDefaults": "bcrypt",
    "BCrypt.verifyer": "bcrypt",
    "BcryptUtil.bcryptHash": "bcrypt",
    "BcryptUtil.matches": "bcrypt",
    "Argon2Factory.create": "argon2",
    "Password.hash": "password4j",
    "DefaultPasswordService": "Shiro",
}
WEAK_ENCODERS = {
    "NoOpPasswordEncoder.getInstance": "clear text",
    "NoOpPasswordEncoder": "clear text",
    "Md5PasswordEncoder": "md5",
    "MessageDigestPasswordEncoder": "digest",
    "StandardPasswordEncoder": "sha256",
    "ShaPasswordEncoder": "sha1",
    "withDefaultPasswordEncoder": "clear text",
}
DELEGATING = "DelegatingPasswordEncoder"
"""It hashes with one encoder and knows others by what older hashes begin with."""
CLIENTS = "AuthorizationServerConfigurer"
"""What sets up the clients of an OAuth server: their secrets are no passwords of users."""
TYPES = ("PasswordEncoder", "BCryptPasswordEncoder")
USING = words("encode matches upgradeEncoding")
PBKDF = "PBKDF2"
DIGESTS = {"MD5": "md5", "SHA-1": "sha1", "SHA1": "sha1", "SHA": "sha1", "SHA-256": "sha256", "SHA-512": "sha512"}
UTILS = {
    "DigestUtils.md5Hex": "md5",
    "DigestUtils.md5DigestAsHex": "md5",
    "DigestUtils.sha1Hex": "sha1",
    "DigestUtils.sha256Hex": "sha256",
    "SecureUtil.md5": "md5",
    "SecureUtil.sha1": "sha1",
    "SecureUtil.sha256": "sha256",
    "DigestUtil.md5Hex": "md5",
    "Hashing.md5": "md5",
    "Hashing.sha256": "sha256",
    "Md5Hash": "md5",
    "SimpleHash": "digest",
}
OWN_DIGEST = re.compile(r"(?:get|to|make|hex|encode|encrypt|hash)?_?(md5|sha1|sha256)\w{0,12}", re.IGNORECASE)
"""How a project calls a digest of its own: ``getMD5ofStr``."""
ABROAD = (
    r"senha|contrase(?:n|ni|\u00f1)a|clave|passwort|kennwort|mot_?de_?passe|mdp|haslo|has\u0142o|sifre|\u015fifre|parola"
    r"|mat_?khau|heslo|lozinka|wachtwoord"
)
"""The word in the languages that names in code are written in beside English."""
PASSWORD = re.compile(rf"(?:\w+\.)*(?:\w*_)?(?:\w{{0,20}}?[pP]assword|passwd|pwd|PASSWORD|passWord|{ABROAD})$")
NAMED = re.compile(r"password|passwd|pwd", re.IGNORECASE)
"""What a function or a class is called that handles passwords: ``hashPassword``, ``PasswordHash``."""
BARE = re.compile(
    rf"(?:\w+\.)*(?:pass|passwd|pwd|passWord|(?:user|login|old|input|raw|plain|entered)?_?password|{ABROAD})$",
    re.IGNORECASE,
)
CONFIRMED = re.compile(r"confirm|repeat|again|retype|verif|check|match|new|second|re_?pass|\d$", re.IGNORECASE)
ASKED = re.compile(
    r"req|request|body|form|payload|dto|input|args|params|json|credential|ctx|login\w*|vo$|data|command|event",
    re.IGNORECASE,
)
HASHING = re.compile(r"passwordEncoder|bcrypt|encoder\.|argon|pbkdf|scrypt|hash|digest|md5|encrypt", re.IGNORECASE)
FINDERS = re.compile(
    rf"(?:find|get|query|select|exists|count)\w{{0,60}}?And(?:Pass(?:word|wd)?\w{{0,20}}|{ABROAD})$"
    r"|(?:find|get|select|check)\w{0,40}ByPassword$",
    re.IGNORECASE,
)
SQL_PASSWORD = re.compile(
    rf"\bwhere\b[^;]{{0,200}}?\b(?:pass(?:word|wd)?|{ABROAD})\s{{0,4}}=\s{{0,4}}(?:\?|:\w|#\{{|\$\{{|'|$)",
    re.IGNORECASE,
)
PLACE_LIMIT = 4000
EQUALITY = frozenset({"equals", "hashCode", "compareTo"})


def read(module: Module, kept: Kept) -> None:
    """Password encoders, digests of passwords, clear text that is compared or looked up."""
    look = look_at(module)
    hashed = False
    for call in module.calls:
        strong = _strong(look, call)
        if strong:
            hashed = True
            keep(kept, look, SignKind.PASSWORD_HASH, call, strong)
        elif call.name in WEAK_ENCODERS and (DELEGATING in module.text or CLIENTS in module.text):
            continue
        elif call.name in WEAK_ENCODERS or call.last == "withDefaultPasswordEncoder":
            keep(kept, look, SignKind.PASSWORD_WEAK, call, WEAK_ENCODERS.get(call.name, "clear text"))
        elif weak := _digest(look, call):
            keep(kept, look, SignKind.PASSWORD_WEAK, call, weak)
    if not hashed and not HASHING.search(" ".join(call.name for call in module.calls)[:PLACE_LIMIT]):
        _clear_text(look, kept)


def _strong(look: Look, call: Call) -> str:
    if call.name in ENCODERS:
        return ENCODERS[call.name]
    if call.last in USING and "." in call.name and call.args:
        receiver = call.name.rpartition(".")[0].removeprefix("this.")
        kinds = {item.type for item in look.module.assignments if item.target == receiver}
        if kinds.intersection(TYPES) or re.search(
            r"(?:password|bcrypt)\w{0,20}encoder(?:\(\))?$", receiver[:80], re.IGNORECASE
        ):
            return "password encoder"
    if call.name == "SecretKeyFactory.getInstance" and (plain(call.args[0]) or "" if call.args else "").startswith(
        PBKDF
    ):
        return "pbkdf2"
    return ""


def _digest(look: Look, call: Call) -> str:
    """A digest made for passwords by what goes into it or by the function that makes it."""
    algorithm = UTILS.get(call.name, "")
    if call.name == "MessageDigest.getInstance" and call.args:
        algorithm = DIGESTS.get((plain(call.args[0]) or "").upper(), "")
    own = OWN_DIGEST.fullmatch(call.last[:40]) if not algorithm else None
    if not (algorithm or own):
        return ""
    named = any(PASSWORD.match(_name(part)[:200]) for arg in call.args for part in inside(arg))
    if own is not None:
        return own[1].lower() if named else ""
    around = next(look.around(call.function), None)
    taken = around is not None and any(PASSWORD.match(item.name[:100]) for item in around.parameters)
    said = around is not None and NAMED.search(around.name[:100])
    owner = look.owner(call.function)
    kept_by = owner != -1 and NAMED.search(look.module.classes[owner].name[:100])
    return algorithm if named or taken or said or kept_by else ""


def _name(expr: Expr) -> str:
    if isinstance(expr, Call):
        text = getter(expr)
        return text.removesuffix(".getBytes").removesuffix(".bytes")
    return dotted(expr).removesuffix(".getBytes") if isinstance(expr, Name) else ""


def _clear_text(look: Look, kept: Kept) -> None:
    for item in look.module.compares:
        if item.operator in ("==", "!=") and _compares_stored(item) and not _tells_equals(look, item):
            keep(kept, look, SignKind.PASSWORD_WEAK, item, "clear text")
    for call in look.module.calls:
        if FINDERS.fullmatch(call.last[:120]) and "." in call.name and not _hands_on(look, call):
            keep(kept, look, SignKind.PASSWORD_WEAK, call, "clear text")
    for text, function in look.module.texts:
        whole = "".join(part if isinstance(part, str) else "'" for part in text.parts)[:PLACE_LIMIT]
        if whole.lstrip()[:6].lower() == "select" and SQL_PASSWORD.search(whole):
            keep(kept, look, SignKind.PASSWORD_WEAK, text, "clear text", function)


def _hands_on(look: Look, call: Call) -> bool:
    """Whether the function around is such a finder itself: who calls it may hash the password before."""
    around = next(look.around(call.function), None)
    return around is not None and FINDERS.fullmatch(around.name[:120]) is not None


def _compares_stored(item: Compare) -> bool:
    """``user.getPassword().equals(password)``: what is stored against what came."""
    left, right = getter(item.left), getter(item.right)
    if not (BARE.match(left[:200]) and BARE.match(right[:200])) or left == right:
        return False
    if "" != left.rpartition(".")[0] == right.rpartition(".")[0]:
        return False
    if CONFIRMED.search(left.rpartition(".")[2]) or CONFIRMED.search(right.rpartition(".")[2]):
        return False
    return _is_stored(left) or _is_stored(right)


def _tells_equals(look: Look, item: Compare) -> bool:
    """Whether this stands in the method that tells whether two objects are equal, which signs nobody in."""
    around = next(look.around(item.function), None)
    return around is not None and around.name in EQUALITY


def _is_stored(name: str) -> bool:
    """``user.password``; neither a plain variable nor something that came with a request."""
    head = name.rpartition(".")[0]
    return bool(head) and head != "this" and not ASKED.match(head.rpartition(".")[2])


PASSWORDS_JVM = Reader(name="passwords (Java, Kotlin)", languages=JVM, read=read)
