"""Whether a name holds a secret, and whether a value looks like a real one, a trivial one or a placeholder."""

from __future__ import annotations

import re

from reviewer.gather.documents._secret_tables import (
    KEY_OWNERS,
    LOCAL_HOSTS,
    MESSAGE,
    PLACEHOLDER,
    REFERENCE,
    SECRET_NOUNS,
    SEQUENCES,
    TOKEN_OWNERS,
    TRAILING,
    TRIVIAL,
    TYPES,
)
from reviewer.model.facts.documents import SecretStanding

WORDS = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+")
NAME = re.compile(r"[A-Za-z]+\d{0,2}(?:[-_./: ](?:[A-Za-z]+\d{0,2}|\d{1,2}[a-z]{0,2}))*")
PASSWORD_NOUNS = frozenset({"password", "passwd", "pwd", "pass", "pw", "passphrase", "passcode"})
SHORTEST = 3
LONGEST = 400
PLAIN_WORD = 10
SHORTEST_KEY = 12
"""Keys and tokens are generated, so shorter values, or values without a digit, are names of them."""


def words_of(name: str) -> list[str]:
    """The words of a name in camel, snake, kebab or dotted case, in lower case."""
    return [word.lower() for word in WORDS.findall(name)]


def noun_of(name: str) -> str | None:
    """``password``, ``secret``, ``key`` or ``token`` where a name holds one, else None.

    The noun ends the name: a ``password_field`` or ``secretName`` holds none.
    """
    words = words_of(name)
    while words and (words[-1].isdigit() or words[-1] in TRAILING):
        words.pop()
    if not words:
        return None
    last, others = words[-1], set(words[:-1])
    if last in PASSWORD_NOUNS:
        return "password"
    if last in SECRET_NOUNS:
        return "secret"
    if last == "apikey" or (last == "key" and others & KEY_OWNERS and "public" not in others):
        return "secret" if others & {"secret", "jwt", "signing"} else "key"
    if last == "token" and others & TOKEN_OWNERS:
        return "token"
    return None


RULES = re.compile(
    r"(?:required(?:_\w{1,20})?|nullable|sometimes|string|confirmed|filled|present|bail|permit_empty|trim|min:\d{1,3}|max:\d{1,3}"
    r"|min_length\[\d{1,3}\])(?:\||\Z)"
)
"""Rules of validation that a field of that name is checked by: ``required|min:8``."""


def standing_of(value: str, name: str, noun: str) -> SecretStanding | None:
    """How real a literal value looks; None where it is no secret at all (a reference, a type, a message)."""
    bare = value.strip()
    lower = bare.lower()
    if not SHORTEST <= len(bare) <= LONGEST or lower in TYPES or REFERENCE.search(bare):
        return None
    if RULES.match(bare):
        return None
    if any(character.isspace() for character in bare) and (noun == "password" or MESSAGE.search(bare)):
        spaced_sentence = MESSAGE.search(bare) or bare.replace(" ", "").isalpha() or "secret" not in words_of(name)
        if spaced_sentence:
            return None
    if bare.isalpha() and not bare.isascii():
        return None
    if PLACEHOLDER.search(bare) or _echoes(lower, name) or _names_a_secret(bare):
        return SecretStanding.PLACEHOLDER
    if is_trivial(bare):
        return SecretStanding.TEST
    if noun in ("key", "token") and (len(bare) < SHORTEST_KEY or not any(item.isdigit() for item in bare)):
        return None
    return SecretStanding.REAL


def is_trivial(value: str) -> bool:
    """Whether a value is one that everybody uses for development: ``root``, ``123456``, ``admin1``."""
    lower = value.lower()
    return bool(TRIVIAL.search(value)) or any(lower in sequence for sequence in SEQUENCES)


def _echoes(lower: str, name: str) -> bool:
    """Whether a value repeats its own name: ``JWT_SECRET=jwt_secret``."""
    value, own = "".join(words_of(lower)), "".join(words_of(name))
    return value in SECRET_NOUNS or (len(value) > SHORTEST and (value == own or own.endswith(value)))


def _names_a_secret(value: str) -> bool:
    """Whether a value is the name of a setting, a message or a column rather than a secret: ``redis-password``."""
    return NAME.fullmatch(value) is not None and bool(
        SECRET_NOUNS.union({"key", "token"}).intersection(words_of(value))
    )


def url_standing(user: str, password: str, host: str) -> SecretStanding | None:
    """How real the password of a URL looks: a trivial one, or the user's name again, is a development default."""
    if REFERENCE.search(password) or password.startswith("{") or len(password) < SHORTEST:
        return None
    if PLACEHOLDER.search(password) or PLACEHOLDER.search(host) or host.endswith((".example", ".test", ".invalid")):
        return SecretStanding.PLACEHOLDER
    local = host in LOCAL_HOSTS or "." not in host
    plain = password.isalpha() and password.islower() and len(password) <= PLAIN_WORD
    easy = is_trivial(password) or (local and (plain or password in user or user in password))
    return SecretStanding.TEST if easy else SecretStanding.REAL
