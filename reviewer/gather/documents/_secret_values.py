"""Whether a name holds a secret, and whether a value looks like a real one, a trivial one or a placeholder."""

from __future__ import annotations

import re

from reviewer.gather.documents._secret_decoded import decoded
from reviewer.gather.documents._secret_tables import (
    BEGINNINGS,
    KEY_OWNERS,
    LOCAL_ENDINGS,
    LOCAL_HOSTS,
    MESSAGE,
    PLACEHOLDER,
    PUBLISHED,
    REFERENCE,
    SAMPLE_HOST,
    SECRET_NOUNS,
    SEQUENCES,
    TOKEN_OWNERS,
    TRAILING,
    TRIVIAL,
    TYPES,
)
from reviewer.gather.documents._secret_words import is_of_words
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
    r"(?:required(?:_\w{1,20})?|nullable|sometimes|string|confirmed|filled|present|bail|permit_empty|trim|min|max|"
    r"min_length|max_length)(?:[:\[][\w,.\]-]{1,60})?(?:\||\Z)"
)
"""Rules of validation that a field of that name is checked by: ``required|min:8``."""

NAMESPACE = re.compile(r"\\{0,2}[A-Z]\w{0,60}(?:\\{1,2}[A-Z]\w{0,60}){1,12}")
"""The full name of a class of PHP: ``Illuminate\\Auth\\Passwords``."""
VERSION = re.compile(r"[\^~<>=v \[(,]{0,3}\d{1,4}(?:\.(?:\d{1,6}|[x*])){1,3}(?:[-+.][\w.]{1,20})?[,\])\d. ]{0,20}\Z")
"""Versions of packages whose names end like that of a secret."""
EXPRESSION = re.compile(r"\(\?[=!:<]|\[\^|\\[dws]|\]\{|\)\.\w+\(|\w\[\Z")
"""Parts of regular expressions that passwords are checked by, and of code."""
ROUTE = re.compile(r"[\w/:.{}-]{1,80}(?:#\w{1,40}|@\w{1,40})\Z")
"""What a path is answered by: ``users#reset_password``."""
PHRASE = re.compile(r"[a-z]{2,20}(?:[-_][a-z]{2,20}){1,8}\Z")
HASH = re.compile(
    r"[0-9a-f]{24}|[0-9a-f]{32}|[0-9a-f]{40}|[0-9a-f]{56}|[0-9a-f]{64}|[0-9a-f]{96}|[0-9a-f]{128}|[A-Za-z0-9+/]{50,}={0,2}"
)
SHORTEST_SECRET = 6
SHORTEST_PASSWORD = 6
"""Characters below which no server of today takes a password; a container's own does."""
FOREIGN_LETTERS = 3
"""Letters beyond ASCII from which on a secret is a text; a single one may be typed into a real one."""
APP_PASSWORD = re.compile(r"[a-z]{4}(?: [a-z]{4}){3}")
VOWELS = frozenset("aeiouy")
CONSTANT = re.compile(r"_{2}\w{1,60}__\Z|[A-Z]{2,20}(?:_[A-Z]{1,20}){1,6}\Z|@@?\w{1,60}@@?\Z|#\{\w")
"""Names of constants, and marks that a deployment fills in: ``__DB_PASSWORD__``."""


def standing_of(value: str, name: str, noun: str) -> SecretStanding | None:
    """How real a literal value looks; None where it is no secret at all (a reference, a type, a message)."""
    bare = value.strip()
    lower = bare.lower()
    if not SHORTEST <= len(bare) <= LONGEST or lower in TYPES or REFERENCE.search(bare):
        return None
    if _is_something_else(bare):
        return None
    if noun == "password" and is_app_password(bare):
        return SecretStanding.REAL
    if any(character.isspace() for character in bare) and (noun == "password" or MESSAGE.search(bare)):
        spaced_sentence = MESSAGE.search(bare) or bare.replace(" ", "").isalpha() or "secret" not in words_of(name)
        if spaced_sentence:
            return None
    if bare.isalpha() and not bare.isascii():
        return None
    if _stands_for_one(bare) or _echoes(lower, name) or _names_a_secret(bare) or _is_in_words(bare, noun):
        return SecretStanding.PLACEHOLDER
    if is_trivial(bare) or _is_too_plain(bare, noun):
        return SecretStanding.TEST
    if noun in ("key", "token") and (len(bare) < SHORTEST_KEY or not any(item.isdigit() for item in bare)):
        return None
    return SecretStanding.REAL


def is_app_password(value: str) -> bool:
    """Whether a value is a mail account's password for programs: four drawn groups of four letters."""
    return APP_PASSWORD.fullmatch(value) is not None and any(VOWELS.isdisjoint(part) for part in value.split())


def _stands_for_one(value: str) -> bool:
    """Whether a value is a known sample, or it or what it is base64 of says that a secret is to be put there."""
    if value.lower().startswith(PUBLISHED):
        return True
    return bool(CONSTANT.match(value) or PLACEHOLDER.search(value) or PLACEHOLDER.search(decoded(value)))


def _is_something_else(value: str) -> bool:
    """Rules of validation, versions, regular expressions, routes and labels beside a name that ends like a secret's."""
    if (
        NAMESPACE.fullmatch(value)
        or RULES.match(value)
        or VERSION.match(value)
        or EXPRESSION.search(value)
        or _is_foreign_text(value)
    ):
        return True
    return ROUTE.match(value) is not None and "#" in value and "password" in value.lower()


def _is_foreign_text(value: str) -> bool:
    """Whether most of a value is written in letters that no password field takes: a label in another language."""
    return 2 * sum(not character.isascii() for character in value) > len(value)


def _is_in_words(value: str, noun: str) -> bool:
    """Whether a value says that a secret is to be put there, or has a letter that no generated key holds."""
    if value.isascii() or noun == "password":
        return is_of_words(value)
    foreign = sum(item.isalpha() and not item.isascii() for item in value)
    return foreign >= (FOREIGN_LETTERS if noun == "secret" else 1) or is_of_words(value)


def _is_too_plain(value: str, noun: str) -> bool:
    """Words that no deployed server would take: a short word or a phrase as a password, a word as a secret."""
    word = value.isalpha() and len(value) <= PLAIN_WORD
    if noun == "password":
        return (
            len(value) < SHORTEST_PASSWORD
            or (word and (value.islower() or value.istitle()))
            or PHRASE.match(value) is not None
        )
    return noun == "secret" and (len(value) < SHORTEST_SECRET or (word and value.islower()))


def is_hash(value: str) -> bool:
    """Whether a value has the form of a hash or of a made id, as stored passwords of made-up users have."""
    return HASH.fullmatch(value) is not None


def is_local(host: str) -> bool:
    """Whether a host is the machine itself, or a name without a domain as containers have."""
    low = host.lower().partition("\\")[0].partition(",")[0]
    return low in LOCAL_HOSTS or "." not in low or low.endswith(LOCAL_ENDINGS)


def is_trivial(value: str) -> bool:
    """Whether a value is one that everybody uses for development: ``root``, ``123456``, ``admin1``."""
    lower = value.lower()
    return bool(TRIVIAL.search(value)) or any(lower in item for item in SEQUENCES) or lower.startswith(BEGINNINGS)


def _echoes(lower: str, name: str) -> bool:
    """Whether a value repeats its own name: ``JWT_SECRET=jwt_secret``."""
    value, own = "".join(words_of(lower)), "".join(words_of(name))
    return value in SECRET_NOUNS or (len(value) > SHORTEST and (value == own or own.endswith(value)))


def _names_a_secret(value: str) -> bool:
    """Whether a value is the name of a setting, a message or a column rather than a secret: ``redis-password``."""
    return NAME.fullmatch(value) is not None and bool(
        SECRET_NOUNS.union({"key", "token"}).intersection(words_of(value))
    )


def url_standing(password: str, host: str) -> SecretStanding | None:
    """How real the password of a URL looks: that of a database on the same machine opens nothing elsewhere."""
    if REFERENCE.search(password) or password.startswith("{") or len(password) < SHORTEST:
        return None
    if PLACEHOLDER.search(password) or PLACEHOLDER.search(host) or SAMPLE_HOST.search(host):
        return SecretStanding.PLACEHOLDER
    if host.endswith((".example", ".test", ".invalid")):
        return SecretStanding.PLACEHOLDER
    return SecretStanding.TEST if is_local(host) or is_trivial(password) else SecretStanding.REAL
