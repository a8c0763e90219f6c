"""Are passwords hashed with a function made for it?"""

from __future__ import annotations

from checks.security._paths import is_development
from reviewer.model.check import Check, Depth
from reviewer.model.facts.code import SignKind
from reviewer.model.facts.repository import Code
from reviewer.model.finding import Effort, Verdict
from reviewer.model.verdict import could_not_tell, count, evidence, not_applicable, not_shown, partly, shown

COLUMN_TYPE = "PasswordType"
"""A column of SQLAlchemy-Utils that hashes what it is given, also to compare it."""

DIGESTS = frozenset({"md5", "sha1", "sha256", "sha384", "sha512", "digest"})
"""Weak hashes that an older store may have, and that a strong one then takes instead of the password."""

CHECK = Check(
    title_shown="Passwords are hashed with a function made for it",
    title_not_shown="Passwords are stored unsafely",
    title_partly="Passwords are hashed in one place and not in another",
    looks_for="bcrypt, argon2, scrypt or PBKDF2, a framework's own hashing; MD5, SHA-1, SHA-256 and clear text.",
    why="When a database leaks, this decides whether every user's password leaks with it.",
    advice="Hash with bcrypt or argon2 when the password is set, and verify with the library's own function.",
    effort=Effort.HOURS,
    level=2,
    shown_when="A password hash is used and nothing weaker beside it; partly where both are found.",
    does_not_count="Checksums of files, hashes of tokens, codes and keys of other services, tests and seeds;"
    " comparisons with a column whose type hashes by itself.",
    computed="Calls of password functions of known libraries are strong; a plain digest over a value that is called a"
    " password, a stored password that is compared with the one sent, or a row looked up by the password is weak. Both"
    " are found in the parsed code; one weak place beside a strong one makes it partly.",
    limits="A value that is called something else than a password is not recognised, and hashing by another service,"
    " a database or a library that is not known is not seen.",
    links=(
        "https://cheatsheetseries.owasp.org/cheatsheets/Password_Storage_Cheat_Sheet.html",
        "https://pages.nist.gov/800-63-3/sp800-63b.html",
    ),
    skills=("Security",),
    weight=3.0,
    needs=(Depth.FUNCTIONS,),
    before="user.password = md5(form.password)\nuser.save()",
    pattern="user.password = bcrypt.hash(form.password)\nuser.save()\n"
    "...\nif not bcrypt.verify(form.password, user.password):\n    raise NotSignedIn",
)


def run(code: Code) -> Verdict:
    """Strong against weak."""
    strong = code.of(SignKind.PASSWORD_HASH)
    weak = tuple(item for item in code.of(SignKind.PASSWORD_WEAK) if not is_development(item.path))
    if any(item.fact.detail == COLUMN_TYPE for item in strong):
        weak = tuple(item for item in weak if item.fact.detail != "clear text" or not item.path.endswith(".py"))
    if strong and not weak:
        return shown(f"Passwords are hashed with {strong[0].fact.detail}.", evidence(strong[:3], strong[0].fact.detail))
    kinds = ", ".join(sorted({item.fact.detail for item in weak}))
    hashing = {item.path for item in strong}
    if strong and weak and all(item.path in hashing and item.fact.detail in DIGESTS for item in weak):
        return could_not_tell(f"{kinds} and {strong[0].fact.detail} stand in one file; the one may go into the other.")
    if strong:
        places = (
            *(place for item in weak[:3] for place in evidence([item], item.fact.detail)),
            *evidence(strong[:1], strong[0].fact.detail),
        )
        return partly(f"Hashed with {strong[0].fact.detail}, but also {kinds}.", places)
    digests = [item for item in weak if item.fact.detail in DIGESTS]
    if digests:
        weak = (*digests, *(item for item in weak if item.fact.detail != "clear text" and item not in digests))
        kinds = ", ".join(sorted({item.fact.detail for item in weak}))
    if weak:
        places = tuple(place for item in weak[:5] for place in evidence([item], item.fact.detail))
        return not_shown(f"Passwords as {kinds}, in {count(len(weak), 'place')}.", places)
    return not_applicable("The code handles no passwords.")
