"""Tokens and passwords: issued, verified, hashed, or not."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reviewer.gather.expressions import truth
from reviewer.gather.look import Look, look_at, words
from reviewer.gather.reader import Kept, Reader
from reviewer.gather.signs._emit import keep
from reviewer.gather.signs.dotnet._csharp import CSHARP, method_of
from reviewer.gather.syntax import Call, Compare, Lambda, Module, dotted
from reviewer.model.facts.code import SignKind

EXPIRES, FOREVER, UNKNOWN = "expires", "no expiry", ""
EXPIRY = re.compile(r"\bExpires\b|\bexpires\s*:|ExpirationTime|JwtRegisteredClaimNames\.Exp\b|\"exp\"")
VERIFIERS = words(
    "AddJwtBearer ValidateToken ValidateTokenAsync AddMicrosoftIdentityWebApi AddMicrosoftIdentityWebApiAuthentication"
    " AddIdentityServerAuthentication UseJwtBearerAuthentication AddOpenIdConnect AddBearerToken"
    " UseOAuthBearerTokens UseOAuthBearerAuthentication AddAuthenticationJwtBearer"
)
SWITCHES = words("ValidateLifetime RequireSignedTokens")
SQL_LIMIT = 2_000
READS = words("ReadJwtToken ReadToken")
EXPIRED = re.compile(r"expired|refresh", re.IGNORECASE)
HASHES = {
    **dict.fromkeys(words("HashPassword Verify EnhancedHashPassword EnhancedVerify VerifyHashedPassword"), ""),
    **dict.fromkeys(words("VerifyHashedPasswordV2 HashPasswordV2"), ""),
}
IDENTITY_CALLS = words(
    "AddIdentity AddIdentityCore AddDefaultIdentity AddIdentityApiEndpoints CheckPasswordSignInAsync"
    " PasswordSignInAsync CheckPasswordAsync ChangePasswordAsync AddIdentityMongoDbProvider"
)
MADE_HASHES = {
    "PasswordHasher": "ASP.NET Identity",
    "Rfc2898DeriveBytes": "pbkdf2",
    "Argon2id": "argon2",
    "Argon2i": "argon2",
    "Argon2d": "argon2",
}
CALLED_HASHES = {
    "Rfc2898DeriveBytes.Pbkdf2": "pbkdf2",
    "KeyDerivation.Pbkdf2": "pbkdf2",
    "Argon2.Hash": "argon2",
    "Argon2.Verify": "argon2",
    "SCrypt.Generate": "scrypt",
    "Crypto.HashPassword": "ASP.NET Crypto",
    "Crypto.VerifyHashedPassword": "ASP.NET Crypto",
}
WEAK_TYPES = re.compile(
    r"(?:MD5|SHA1|SHA256|SHA384|SHA512|HMACSHA1|HMACSHA256|HMACSHA512|HMACMD5)(?:Managed|CryptoServiceProvider|Cng)?\Z"
)
DIGESTING = words("Create HashData")
PASSWORD_LINE = re.compile(
    r"(?<![A-Za-z])_?(?:plain)?(?:password|passwd|pwd|senha)(?!\w*(?:Salt|Hash)\b)|(?<![A-Za-z])pass(?![A-Za-z])",
    re.IGNORECASE,
)
PASSWORD = re.compile(r"(?:\w+\.)*\w{0,12}(?:password|passwd|pwd|senha)\Z", re.IGNORECASE)
ASKED_IN_SQL = re.compile(
    r"\bWHERE\b[^;]{0,300}?\b(?:user_?)?(?:password|passwd|pwd|senha|contrasena|clave)\]?\s{0,9}"
    r"(?:COLLATE \w{1,60}\s{1,9})?=\s{0,9}(?:[@:?]|N?'|\0)",
    re.IGNORECASE,
)
"""A statement that looks for the row with a password: what is stored can be computed, if it is not the password."""
CONFIRMED = re.compile(r"confirm|repeat|again|retype|old|current|new|verif", re.IGNORECASE)
ELSEWHERE = re.compile(r"gravatar|checksum|etag|cache|file|avatar", re.IGNORECASE)


def read(module: Module, kept: Kept) -> None:
    """JWTs of Microsoft's libraries and others; Identity, BCrypt, PBKDF2, Argon2, plain digests and clear text."""
    look = look_at(module)
    for call in module.calls:
        _token(look, kept, call)
    hashed = _passwords(look, kept)
    if not hashed:
        _clear_text(look, kept)
        _clear_text_in_sql(look, kept)


def _token(look: Look, kept: Kept, call: Call) -> None:
    if (call.new and call.last in ("JwtSecurityToken", "SecurityTokenDescriptor")) or (
        call.new and call.last == "JwtBuilder"
    ):
        keep(kept, look, SignKind.TOKEN_ISSUED, call, _expiry(look, call))
    elif call.last in VERIFIERS:
        keep(kept, look, SignKind.TOKEN_VERIFIED, call, call.last)
    elif call.new and call.last == "TokenValidationParameters" and (reason := _switched_off(look, call)):
        keep(kept, look, SignKind.TOKEN_UNVERIFIED, call, reason)
    elif call.last in READS and _reads_request(look, call):
        keep(kept, look, SignKind.TOKEN_UNVERIFIED, call, call.last)


def _expiry(look: Look, call: Call) -> str:
    around = method_of(look, call.function)
    if "expires" in call.keywords or "Expires" in call.keywords or len(call.args) > 4:
        return EXPIRES
    if around is not None and look.mentions(around.index, EXPIRY):
        return EXPIRES
    return UNKNOWN if len(call.args) in (1, 2) and call.last == "JwtSecurityToken" else FOREVER


def _switched_off(look: Look, call: Call) -> str:
    """Which check is off; a token that has run out is read on purpose where it is renewed."""
    around = method_of(look, call.function)
    if around is not None and EXPIRED.search(around.qualname[:200]):
        return ""
    for name in SWITCHES:
        if truth(call.keywords.get(name)) is False:
            return f"{name} is off"
    return "SignatureValidator is replaced" if isinstance(call.keywords.get("SignatureValidator"), Lambda) else ""


def _reads_request(look: Look, call: Call) -> bool:
    """Whether a token that came with a request is read, in a file that verifies none."""
    if any(item.last in VERIFIERS for item in look.module.calls):
        return False
    around = method_of(look, call.function)
    return around is not None and look.mentions(around.index, re.compile(r"Authorization|Bearer|Request\.Headers"))


def _passwords(look: Look, kept: Kept) -> bool:
    """Keeps hashes, good and weak; whether there was any."""
    found = False
    strong = {call.function for call in look.module.calls if _strong(look, call)}
    for call in look.module.calls:
        if name := _strong(look, call):
            keep(kept, look, SignKind.PASSWORD_HASH, call, name)
            found = True
        elif call.function not in strong and (algorithm := _digest(call)) and _of_password(look, call):
            keep(kept, look, SignKind.PASSWORD_WEAK, call, algorithm)
            found = True
    return found


def _strong(look: Look, call: Call) -> str:
    if call.new:
        return MADE_HASHES.get(call.last, "")
    if "BCrypt" in call.name and call.last in HASHES:
        return "bcrypt"
    if call.last in IDENTITY_CALLS or (
        call.last == "CreateAsync" and len(call.args) == 2 and "serManager" in call.name
    ):
        return "ASP.NET Identity"
    if call.last in ("HashPassword", "VerifyHashedPassword") and "asher" in call.name:
        return "ASP.NET Identity" if _is_identity(look, call) else ""
    return CALLED_HASHES.get(".".join(call.name.split(".")[-2:]), "")


def _is_identity(look: Look, call: Call) -> bool:
    """Whether a hasher is Identity's, not one of the project's own by that name."""
    name = call.name.rpartition(".")[0].removeprefix("this.")
    kinds = [item.type for item in look.module.assignments if item.target == name]
    kinds += [p.type for f in look.module.functions for p in f.parameters if p.name == name]
    return any("PasswordHasher<" in kind for kind in kinds)


def _digest(call: Call) -> str:
    """The digest that is made: ``MD5.Create()``, ``SHA256.HashData(...)``, ``new HMACSHA512()``."""
    head = call.name.rpartition(".")[0].rpartition(".")[2]
    name = call.last if call.new else head if call.last in DIGESTING else ""
    found = WEAK_TYPES.match(name)
    if not found:
        return ""
    stem = re.sub(r"(?:Managed|CryptoServiceProvider|Cng)\Z", "", name).lower()
    return stem.replace("hmac", "hmac-") if stem.startswith("hmac") else stem


def _of_password(look: Look, call: Call) -> bool:
    around = method_of(look, call.function)
    if around is None or ELSEWHERE.search(around.qualname[:200]):
        return False
    return look.mentions(around.index, PASSWORD_LINE)


def _clear_text(look: Look, kept: Kept) -> None:
    """A stored password compared with the one that was sent."""
    for item, *names in _compared(look):
        owners = {name.rpartition(".")[0] for name in names}
        if not all(PASSWORD.match(name[:200] or "-") for name in names) or (len(owners) == 1 and "" not in owners):
            continue
        if any("." in name for name in names) and not any(CONFIRMED.search(name.rpartition(".")[2]) for name in names):
            keep(kept, look, SignKind.PASSWORD_WEAK, item, "clear text")


def _clear_text_in_sql(look: Look, kept: Kept) -> None:
    """A stored password that a statement compares with the one that was sent."""
    for text, function in look.module.texts:
        whole = "".join(part if isinstance(part, str) else "\0" for part in text.parts)
        if "where" in whole[:SQL_LIMIT].lower() and ASKED_IN_SQL.search(whole[:SQL_LIMIT]):
            keep(kept, look, SignKind.PASSWORD_WEAK, text, "clear text", function)


def _tells_equals(look: Look, function: int) -> bool:
    """Whether this stands in the method that tells whether two objects are equal, which signs nobody in."""
    around = next(look.around(function), None)
    return around is not None and around.name in ("Equals", "GetHashCode", "CompareTo")


def _compared(look: Look) -> Iterator[tuple[Compare | Call, str, str]]:
    """What is compared with what: ``a == b``, ``a.Equals(b)``, ``string.Equals(a, b)``."""
    for item in look.module.compares:
        if item.operator in ("==", "!=") and not _tells_equals(look, item.function):
            yield item, dotted(item.left), dotted(item.right)
    for call in look.module.calls:
        if call.last in ("Equals", "Compare") and call.args and not _tells_equals(look, call.function):
            is_static = call.name.lower().startswith("string.") and len(call.args) > 1
            sides = call.args[:2] if is_static else (call.callee, call.args[0])
            yield call, dotted(sides[0]).removesuffix(f".{call.last}"), dotted(sides[1])


IDENTITY_DOTNET = Reader(name="tokens and passwords (C#)", languages=CSHARP, read=read)
