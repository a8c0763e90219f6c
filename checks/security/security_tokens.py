"""Are tokens verified and do they expire?"""

from __future__ import annotations

from checks.security._paths import is_development
from reviewer.model.check import Check, Depth
from reviewer.model.facts.code import SignKind
from reviewer.model.facts.repository import Code
from reviewer.model.finding import Effort, Verdict
from reviewer.model.verdict import LIKELY, evidence, not_applicable, not_shown, partly, shown

CHECK = Check(
    title_shown="Tokens are verified and expire",
    title_not_shown="Tokens are not safe",
    looks_for="Verification of tokens, an expiry when they are issued, and a secret that is not written in the code.",
    why="A token without expiry or check is a key that can never be taken back.",
    advice="Set an expiry when signing, verify with the algorithm named, and read the secret from the environment.",
    effort=Effort.HOURS,
    level=3,
    shown_when="Tokens expire, are verified, and no secret is a literal; partly where one is missing.",
    does_not_count="Tokens of other services that are only passed on; settings for development.",
    limits="A fallback for a variable that is not set counts as a literal: it is public.",
    links=("https://cheatsheetseries.owasp.org/cheatsheets/JSON_Web_Token_for_Java_Cheat_Sheet.html",),
    skills=("Security",),
    needs=(Depth.FUNCTIONS,),
)


def run(code: Code) -> Verdict:
    """Issued, verified, secret."""
    issued, verified = code.of(SignKind.TOKEN_ISSUED), code.of(SignKind.TOKEN_VERIFIED)
    unverified = code.of(SignKind.TOKEN_UNVERIFIED)
    if unverified:
        return not_shown(
            "Tokens are read without being verified.", evidence(unverified[:4], unverified[0].fact.detail), LIKELY
        )
    if not issued and not verified:
        return not_applicable("The code neither issues nor verifies tokens.")
    endless = [item for item in issued if item.fact.detail == "no expiry"]
    literal = [item for item in code.of(SignKind.SECRET_LITERAL) if not is_development(item.path)]
    lacks = [name for name, items in (("an expiry", endless), ("a secret that is not in the code", literal)) if items]
    if not verified:
        lacks.append("a verification")
    places = (
        *evidence(endless[:2], "issued without an expiry"),
        *evidence(literal[:2], "a secret in the code"),
        *evidence(verified[:2], "verified"),
        *evidence(issued[:1], "issued"),
    )
    if not lacks:
        return shown("Tokens expire and are verified; the secret is not in the code.", places, LIKELY)
    summary = f"Tokens lack {', '.join(lacks)}."
    return partly(summary, places, LIKELY) if len(lacks) == 1 else not_shown(summary, places, LIKELY)
