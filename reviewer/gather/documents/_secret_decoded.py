"""What stands inside encoded values: the text of base64, and the claims of a JSON Web Token."""

from __future__ import annotations

import base64
import binascii
import json
import re

from reviewer.model.facts.documents import SecretStanding

BASE64 = re.compile(r"[A-Za-z0-9+/]{16,400}={0,2}\Z")
CLAIMS_LIMIT = 4_000
YEAR_2100 = 4_102_444_800
SHORT_LIVED = 31 * 86_400
"""A token that ended within a month is no key today; who does not say when it began gives it minutes or hours."""
MADE_UP = frozenset(
    "username user user1 test test1 testuser admin 1 10 1234567890 123 demo john doe johndoe example me system".split()
)
NAMES = ("sub", "username", "user", "name", "login", "account", "user_id", "userId", "id", "uid")
REPEATED = re.compile(r"(\w)\1{7}-(\w)\2{3}-")


def decoded(value: str) -> str:
    """The plain text that a value is base64 of; ``""`` for other values."""
    if not BASE64.match(value):
        return ""
    try:
        text = base64.b64decode(value + "=" * (-len(value) % 4)).decode("ascii").strip()
    except (ValueError, binascii.Error):
        return ""
    return text if text.isprintable() else ""


def token_standing(token: str) -> SecretStanding:
    """How real a JSON Web Token looks: made up, over within a month of its issue, public by design, or none of it."""
    claims = _claims(token)
    if claims is None:
        return SecretStanding.REAL
    if claims.get("role") == "anon" or _opens_nothing(claims):
        return SecretStanding.PLACEHOLDER
    ends, begins = claims.get("exp"), claims.get("iat")
    if isinstance(ends, int | float):
        over = not isinstance(begins, int | float) or ends - begins <= SHORT_LIVED
        if ends >= YEAR_2100 or over:
            return SecretStanding.TEST
    said = [str(claims.get(name, "")).lower() for name in NAMES]
    made_up = any(item in MADE_UP or item.startswith(("john doe", "test")) for item in said)
    return SecretStanding.TEST if made_up or REPEATED.search(str(claims)[:CLAIMS_LIMIT]) else SecretStanding.REAL


def _opens_nothing(claims: dict[str, object]) -> bool:
    """Whether a token names nobody and grants no more than the right to publish nothing, as templates give it."""
    grants = claims.get("mercure")
    return set(claims) <= {"mercure", "iat"} and isinstance(grants, dict) and not any(grants.values())


def _claims(token: str) -> dict[str, object] | None:
    part = token.split(".")[1][:CLAIMS_LIMIT] if token.count(".") >= 2 else ""
    try:
        claims = json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))
    except (ValueError, RecursionError):
        return None
    return claims if isinstance(claims, dict) else None
