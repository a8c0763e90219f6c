"""Are passwords hashed with a function made for it?"""

from __future__ import annotations

from reviewer.model.check import Check, Depth
from reviewer.model.facts.code import SignKind
from reviewer.model.facts.repository import Code
from reviewer.model.finding import Effort, Verdict
from reviewer.model.verdict import count, evidence, not_applicable, not_shown, partly, shown

CHECK = Check(
    title_shown="Passwords are hashed with a function made for it",
    title_not_shown="Passwords are stored unsafely",
    looks_for="bcrypt, argon2, scrypt or PBKDF2, a framework's own hashing; MD5, SHA-1, SHA-256 and clear text.",
    why="When a database leaks, this decides whether every user's password leaks with it.",
    advice="Hash with bcrypt or argon2 when the password is set, and verify with the library's own function.",
    effort=Effort.HOURS,
    level=2,
    shown_when="A password hash is used and nothing weaker beside it; partly where both are found.",
    does_not_count="Checksums of files, hashes of other values.",
    links=("https://cheatsheetseries.owasp.org/cheatsheets/Password_Storage_Cheat_Sheet.html",),
    skills=("Security",),
    weight=3.0,
    needs=(Depth.FUNCTIONS,),
)


def run(code: Code) -> Verdict:
    """Strong against weak."""
    strong, weak = code.of(SignKind.PASSWORD_HASH), code.of(SignKind.PASSWORD_WEAK)
    if strong and not weak:
        return shown(f"Passwords are hashed with {strong[0].fact.detail}.", evidence(strong[:3], strong[0].fact.detail))
    kinds = ", ".join(sorted({item.fact.detail for item in weak}))
    if strong:
        return partly(f"Hashed with {strong[0].fact.detail}, but also {kinds}.", evidence([*weak[:3], *strong[:1]]))
    if weak:
        return not_shown(f"Passwords as {kinds}, in {count(len(weak), 'place')}.", evidence(weak[:5], kinds))
    return not_applicable("The code handles no passwords.")
