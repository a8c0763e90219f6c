"""Secrets in one line of text: known token formats, URLs with passwords, and names that are given a literal value."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import Enum, auto

from reviewer.gather.documents._secret_decoded import token_standing
from reviewer.gather.documents._secret_tables import NAMES, TOKENS
from reviewer.gather.documents._secret_values import is_hash, is_local, noun_of, standing_of, url_standing
from reviewer.model.facts.documents import SecretStanding


class Manner(Enum):
    """How a file writes values: quoted as in code, bare as in ``.env`` and YAML, in elements, or as SQL does."""

    CODE = auto()
    SETTINGS = auto()
    MARKUP = auto()
    SQL = auto()


Found = tuple[str, SecretStanding]
NAME_LIMIT = 60
NAMES_MOST = 12
"""How many names of one line are looked at."""
VALUE_WINDOW = 300

NAME_CHARACTERS = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-.:")
COMMENT_MARKS = ("#", "//", "*", "/*", "--", "<!--", '"""', "'''")
WHAT = {"password": "password", "secret": "secret key", "key": "API key", "token": "token"}

_TOKENS = tuple((kind, marks, re.compile(pattern)) for kind, marks, pattern in TOKENS)
_NAME = re.compile("|".join(re.escape(name) for name in sorted(NAMES, key=len, reverse=True)), re.IGNORECASE)
OPERATOR = re.compile(
    r"[\"'`\])]{0,3}[ \t]{0,20}(?::[ \t]{0,4}[\w.<>\[\]|]{1,30}[ \t]{0,4}(?==[^=>]))?"
    r"(=>|:=|\?\?=|\|\|=|=(?!=)|:(?!:)|(?<!\)),)[ \t]{0,20}"
)
QUOTED = re.compile(r"(?:\[\]byte\(|bytes\(|[brfN@]|[\w.]{1,40}GetBytes\()?([\"'`])")
FALLBACK = re.compile(
    r"\|\||\?\?|\bor\b|\?:|getenv\(|environ|\benv\(|config\(|fetch|\bENV\[|\?[^:]{0,60}:", re.IGNORECASE
)
DEFAULT = re.compile(r"(?:\|\||\?\?|\bor\b|\?:|:|default[ \t]*=|,)[ \t]*[\"'`]([^\"'`]{1,200})[\"'`]")
UNQUOTED = re.compile(
    r"[\"']?[ \t]{0,20}(?:=|:(?=[ \t]))[ \t]{0,20}"
    r"([a-z]{4}(?: [a-z]{4}){3}(?=[ \t]*$)|[^\s\"'`#;,]{1,400})[ \t]*(?:[#;,].*)?$"
)
ELEMENT = re.compile(r"[^<>]{0,40}>([^<>\s]{3,200})</")
ATTRIBUTE = re.compile(r"[\"'][ \t]{1,20}value[ \t]*=[ \t]*[\"']([^\"']{3,200})[\"']", re.IGNORECASE)
URL = re.compile(r"\b([A-Za-z][A-Za-z0-9+]{1,30})://([^\s:@/\"'<>`]{0,60}):([^\s@\"'<>`/]{1,100})@([\w.-]{1,100})")
GO_DSN = re.compile(r"[\"'`](\w{1,40}):([^@\s\"'`:/]{1,60})@(?:tcp|unix)?\(([\w.-]*)")
PAIRS = re.compile(r"\b(?:password|pwd)[ \t]{0,4}=[ \t]{0,4}([^;\"'`\s<>&{}(),]{1,100})(?=[;\"'`\s])", re.IGNORECASE)
PAIRS_BESIDE = re.compile(
    r"\b(?:server|data source|host|user id|uid|user|username|dbname|database)[ \t]{0,4}=", re.IGNORECASE
)
IDENTIFIED = re.compile(
    r"(?:\bidentified[ \t]+by|(?<!')"
    r"\bpassword(?:[ \t]+for[ \t]+\S{1,100})?)(?:[ \t]*=[ \t]*|[ \t]+)(?:password\()?[ \t]*'([^']{3,100})'",
    re.IGNORECASE,
)
LOCAL_USER = re.compile(r"@[ \t]*['\"`]?(?:localhost|127\.0\.0\.1)\b", re.IGNORECASE)
PAIRED_HOST = re.compile(
    r"\b(?:server|data source|host|hostname|addr|address)[ \t]{0,4}=[ \t]{0,4}(?:tcp:)?([^;\"'`\s<>,&]{1,100})",
    re.IGNORECASE,
)
SETTERS = frozenset(
    "put set add append setproperty define setenv putenv property addproperty setheader header withenv setdefault "
    "environment env with_env config_set configset".split()
)
CALLER = re.compile(r"\w\(")
CALLEE = re.compile(r"(\w{1,40})\(\Z")
MADE_UP = re.compile(
    r"(?:^|[^A-Za-z])(?:demo|DEMO|Demo|dummy|DUMMY|Dummy|fake|FAKE|Fake|mock|MOCK|Mock|sample|SAMPLE|Sample|example|"
    r"EXAMPLE|Example|testing|test|TEST|Test|seed|SEED|Seed)(?![a-z])|[a-z](?:Demo|Dummy|Fake|Mock|Sample|Example|Test|"
    r"Seed)(?![a-z])"
)
"""Words before a value that say that it is made up."""
REMARK = re.compile(
    r"(?:#|//|--|/\*|<!--)[^\"'`]{0,40}\b(?:change (?:this|me|it)|to be changed|replace (?:this|me|it|with)|"
    r"placeholder|dummy|for (?:development|dev|local|testing|tests|demo)\b|(?:dev|development|local|test|demo) only|"
    r"only for (?:dev|test))",
    re.IGNORECASE,
)
"""What is noted behind a value that is there to be replaced."""
CONTINUED = re.compile(r"[ \t]*(?:\+|%[ \t(]|\.[ \t]*[$\w]{1,40}[(\[;.$ ]|\.\.|<<|\.(?:format|repeat|join|replace)\()")
"""What makes a literal one part of a text that is put together. ``.encode()`` and the like do not."""
ENCODED = re.compile(r"\.(?:encode|getBytes|toByteArray|toCharArray|as_bytes|bytes|b|strip|trim|freeze|to_s)\b")


def tokens_in(line: str) -> Iterator[Found]:
    """Known token formats and URLs with a password in them."""
    for kind, marks, pattern in _TOKENS:
        if any(mark in line for mark in marks) and (found := pattern.search(line)):
            yield kind, _token_standing(found.group(), line, found.start(), found.end())
    url = URL.search(line) if "://" in line and "@" in line else None
    if url and (standing := url_standing(url[3], url[4].lower())):
        yield f"password in a {url[1].lower()} URL", standing
    dsn = GO_DSN.search(line) if "@tcp(" in line or "@(" in line else None
    if dsn and (standing := url_standing(dsn[2], dsn[3])):
        yield "database password", standing


def _token_standing(token: str, line: str, start: int, end: int) -> SecretStanding:
    lower = token.lower()
    if any(mark in lower for mark in ("example", "xxxx", "your", "1234567890abc")):
        return SecretStanding.PLACEHOLDER
    if token.startswith("eyJ"):
        standing = token_standing(token)
        made_up = MADE_UP.search(line, max(start - NAME_LIMIT, 0), start)
        return SecretStanding.TEST if made_up and standing is SecretStanding.REAL else standing
    presigned = line.startswith(("/", "%2F"), end)
    return SecretStanding.TEST if "_test_" in lower or presigned else SecretStanding.REAL


def assigned_in(line: str, manner: Manner) -> Iterator[Found]:
    """Names of secrets that are given a literal value."""
    if manner is Manner.SQL:
        identified = IDENTIFIED.search(line)
        standing = standing_of(identified.group(1), "password", "password") if identified else None
        if standing:
            local = standing is SecretStanding.REAL and LOCAL_USER.search(line)
            yield "database password", SecretStanding.TEST if local else standing
        return
    end = 0
    for count, found in enumerate(_NAME.finditer(line)):
        if count >= NAMES_MOST:
            break
        if found.start() >= end:
            start, end = _name_around(line, found.start(), found.end())
            yield from _named(line, start, end, manner)
    yield from _pairs(line, manner)


def _named(line: str, start: int, end: int, manner: Manner) -> Iterator[Found]:
    name = line[start:end]
    noun = noun_of(name)
    if noun is None:
        return
    standing = _value_standing(line, name, noun, end, manner)
    label = noun == "password" and name.isalpha() and name.islower()
    if standing is SecretStanding.REAL and (
        line.lstrip().startswith(COMMENT_MARKS) or MADE_UP.search(line, max(end - VALUE_WINDOW, 0), end)
    ):
        standing = SecretStanding.TEST
    if standing is SecretStanding.REAL and REMARK.search(line, end):
        standing = SecretStanding.PLACEHOLDER
    if standing is SecretStanding.PLACEHOLDER and label and manner is Manner.CODE:
        return
    if standing:
        yield WHAT[noun], standing


def _name_around(line: str, start: int, end: int) -> tuple[int, int]:
    """Where the whole name begins and ends around a part of it."""
    first, last = max(start - NAME_LIMIT, 0), min(end + NAME_LIMIT, len(line))
    while start > first and line[start - 1] in NAME_CHARACTERS:
        start -= 1
    while end < last and line[end] in NAME_CHARACTERS and line[end] != ":":
        end += 1
    return start, end


def _value_standing(line: str, name: str, noun: str, end: int, manner: Manner) -> SecretStanding | None:
    operator = OPERATOR.match(line, end)
    if operator and operator.group(1) == "," and not _called(line, end - len(name)):
        return None
    quoted = QUOTED.match(line, operator.end()) if operator else None
    if operator and quoted:
        if _within(line, end - len(name), end, quoted.group(1)):
            return None
        close = line.find(quoted.group(1), quoted.end())
        value = line[quoted.end() : close] if close >= 0 else ""
        if close >= 0 and CONTINUED.match(line, close + 1) and not ENCODED.match(line, close + 1):
            return None
        standing = standing_of(value, name, noun)
        if noun == "password" and manner is Manner.CODE and is_hash(value) and "phrase" not in name.lower():
            return SecretStanding.TEST
        ordinary = value.isalpha() and name.islower() and name.isalpha() and operator.group(1) != "="
        return SecretStanding.TEST if standing is SecretStanding.REAL and ordinary else standing
    rest = line[operator.end() : operator.end() + VALUE_WINDOW] if operator else ""
    if FALLBACK.search(rest):
        default = DEFAULT.search(rest)
        standing = standing_of(default.group(1), name, noun) if default else None
        return SecretStanding.TEST if standing is SecretStanding.REAL else standing
    plain = None
    if manner is Manner.SETTINGS:
        plain = UNQUOTED.match(line, end)
    elif manner is Manner.MARKUP:
        plain = ELEMENT.match(line, end) or ATTRIBUTE.match(line, end)
    return standing_of(plain.group(1), name, noun) if plain else None


def _called(line: str, start: int) -> bool:
    """Whether a quoted name is the first argument of a call that sets something: ``put("password", "...")``."""
    if line[max(start - 2, 0) : start] not in ('("', "('"):
        return False
    if not CALLER.match(line, max(start - 3, 0)):
        return True
    callee = CALLEE.search(line[max(start - NAME_LIMIT, 0) : start - 1])
    return callee is not None and callee.group(1).lower() in SETTERS


def _within(line: str, start: int, end: int, quote: str) -> bool:
    """Whether a name stands inside a text in such quotes, so that the next of them ends it: ``"password: " + x``."""
    own = line[start - 1 : start] in ('"', "'", "`") and line[end : end + 1] == line[start - 1 : start]
    before = line.count(quote, 0, start) - line.count("\\" + quote, 0, start)
    return not own and before % 2 == 1


def _pairs(line: str, manner: Manner) -> Iterator[Found]:
    """The password of a connection string of ``name=value`` pairs; in code such a string stands in quotes."""
    found = PAIRS.search(line) if PAIRS_BESIDE.search(line) else None
    if found is None or (manner is Manner.CODE and not _quoted(line, found.start())):
        return
    standing = standing_of(found.group(1), "password", "password")
    host = PAIRED_HOST.search(line)
    if standing is SecretStanding.REAL and host and is_local(host.group(1).partition(":")[0]):
        standing = SecretStanding.TEST
    if standing:
        yield "password in a connection string", standing


def _quoted(line: str, start: int) -> bool:
    return any(line.count(quote, 0, start) % 2 for quote in "\"'`")
