"""The lines around a secret: whether it opens a database on the same machine, or belongs to a made-up person."""

from __future__ import annotations

import re

LINES = 8
WINDOW = 1_200
HOST = re.compile(
    r"(?:host|hostname|server|servername|url|uri|dsn|addr|address|source|jdbc|datasource|connect)\w{0,20}[\"'\])]{0,3}"
    r"[ \t]{0,8}(?:=>|[=:,(]|\bvalue=)[ \t]{0,8}(?:[\w.]{1,40}\()?(?:\w{1,30}[\"']?,[ \t]?)?[\"'>]{0,2}"
    r"(?:jdbc:)?(?:[\w+]{2,20}:(?://)?)?(?:\w{1,40}(?::[^@\s/]{0,40})?@)?(?:host=)?"
    r"(localhost|127\.0\.0\.1|0\.0\.0\.0|::1|host\.docker\.internal|\(local|[\w-]{1,60}(?:\.[\w-]{1,60}){1,6}|[a-z][\w-]{0,40})",
    re.IGNORECASE,
)
"""Names of hosts and addresses with the host that they are given."""

LOCAL = re.compile(r"\b(?:localhost|127\.0\.0\.1|host\.docker\.internal)\b", re.IGNORECASE)
HERE = re.compile(r"[lL][oO][cC][aA][lL]|127\.0|0\.0\.0|::1|docker\.int")
ELSEWHERE = re.compile(
    r"mail|smtp|imap|admin|key[-_]?store|trust[-_]?store|redis_?cloud|login|default_user", re.IGNORECASE
)
"""Passwords that open something else than the database beside them."""
ONE_SETTING = re.compile(
    r"([^=:/(),]{1,100})(?:=>|[=:])[ \t]{0,8}[\"'`]?[^\s\"'`,;()/=]{1,200}[\"'`]?[ \t]{0,8}[,;]?\s*\Z"
)
"""A line that is one name with one value; what the value spells says nothing of what it opens."""

DATABASE = re.compile(
    r"database|datasource|\bdb|db[-_ ]?(?:host|name|user|pass|url)|jdbc|postgres|mysql|mariadb|mongo|sqlserver|mssql|"
    r"oracle|sequelize|dialect|typeorm|psycopg|redis|rabbit|amqp|hikari|r2dbc|pdo|neo4j|cassandra|elastic",
    re.IGNORECASE,
)
PERSON = re.compile(
    r"[\"']?\b(?:first_?name|last_?name|full_?name|nick_?name|phone\w{0,10}|is_?admin|is_?staff|birth\w{0,10}|gender|"
    r"confirm_?password|tosagreement)[\"']?[ \t]{0,4}[:=]",
    re.IGNORECASE,
)
ADDRESS = re.compile(r"[\"']?\b(?:email|Email)[\"']?[ \t]{0,4}[:=]")
SENDER = re.compile(r"smtp|mailer|imap|transport|EMAIL", re.MULTILINE)
MAIL = re.compile(r"gmail|smtp|mailer|mail_|mail\.|mailsettings|emailsettings|imap", re.IGNORECASE)
NO_PEOPLE = frozenset("env properties yaml ini conf compose dockerfile shell makefile credentials xml maven".split())
KEY_NAMES = re.compile(
    r"(?:secret-?name|existing-?secret|secretkeyref|secretref|remoteref|envfrom|valuefrom|"
    r"secretstore\w{0,10})[\"']?[ \t]{0,4}:",
    re.IGNORECASE,
)
IDENTIFIER = re.compile(r"[\w\"'-]{1,40}[ \t]{0,4}:[ \t]{0,4}[\"']?[A-Za-z][A-Za-z_.-]{1,60}[\"']?[ \t]*(?:#.*)?\Z")


def _first_of(text: str, start: int, lines: int) -> int:
    """Where the lines begin that stand before the one at ``start``, within a limit."""
    lowest, first = max(start - WINDOW, 0), start
    for _ in range(lines):
        if first <= lowest:
            break
        first = max(text.rfind("\n", lowest, first - 1) + 1, lowest)
    return first


def around(text: str, start: int, lines: int = LINES) -> str:
    """The lines before and after the one that begins at ``start``, within a limit."""
    last = start
    for _ in range(lines + 1):
        end = text.find("\n", last, start + WINDOW)
        last = end + 1 if end >= 0 else min(start + WINDOW, len(text))
    return text[_first_of(text, start, lines) : last]


def line_at(text: str, start: int) -> str:
    """The line that begins at ``start``, as far as it is looked at."""
    end = text.find("\n", start, start + WINDOW)
    return text[start : end if end >= 0 else start + WINDOW]


def is_beside_local_host(text: str, start: int) -> bool:
    """Whether the host that is named nearest to a database's password is the machine itself."""
    line = line_at(text, start)
    alone = ONE_SETTING.match(line)
    if ELSEWHERE.search(alone[1] if alone else line) or MAIL.search(text, _first_of(text, start, 2), start):
        return False
    near = around(text, start)
    if not HERE.search(near):
        return False
    here = start - _first_of(text, start, LINES)
    begin = max((item.end() for item in BOUNDARY.finditer(near, 0, max(here - 1, 0))), default=0)
    found = BOUNDARY.search(near, here)
    end = found.start() if found else len(near)
    host = _nearest(near, here, begin, end) or _nearest(near, here, 0, len(near))
    if host:
        return _is_local(host)
    return DATABASE.search(near) is not None and LOCAL.search(near) is not None


def _nearest(near: str, here: int, begin: int, end: int) -> str:
    """The host that is named nearest to a place between two others; ``""`` for none."""
    found = sorted((abs(match.start() - here), match.group(1).lower()) for match in HOST.finditer(near, begin, end))
    return next((host for _, host in found if not host.startswith(CODE) and _is_told(host)), "")


BOUNDARY = re.compile(r"^[ \t}\]);,]{0,40}$\n?", re.MULTILINE)
"""Empty lines and lines that only close something: what stands beyond belongs to something else."""
CODE = tuple("process. os. config. settings. com. org. java. env. this. self. system.".split())
"""How names of the program begin, which look like hosts."""


def _is_told(host: str) -> bool:
    return "." in host or _is_local(host)


def _is_local(host: str) -> bool:
    return LOCAL.match(host) is not None or host.startswith(("(local", "0.0.0.0", "::1"))


def is_of_person(kind: str, text: str, start: int) -> bool:
    """Whether a password belongs to a person that the program or a data file lists."""
    if kind in NO_PEOPLE or MAIL.search(line_at(text, start)):
        return False
    near = around(text, start, 4)
    return PERSON.search(near) is not None or (
        kind != "json" and SENDER.search(near) is None and ADDRESS.search(near) is not None
    )


CAUGHT = re.compile(r"\bethereal\.email\b|\bmailhog\b|\bmailpit\b|\bmailcatcher\b|\bgreenmail\b", re.IGNORECASE)
"""Mail servers that deliver nothing: they are there to develop with."""


def is_of_mail_trap(text: str, start: int) -> bool:
    """Whether a password opens a mail server that keeps for itself what it is sent."""
    return CAUGHT.search(around(text, start, 4)) is not None


def is_key_name(text: str, start: int) -> bool:
    """Whether a value is the name of a key inside a secret of Kubernetes, which another line names."""
    return (
        IDENTIFIER.search(line_at(text, start).strip()) is not None
        and KEY_NAMES.search(around(text, start)) is not None
    )


USER = re.compile(
    r"user(?:_?name|_?id)?[\"'\])]{0,3}[ \t]{0,4}(?:=>|[=:,])[ \t]{0,4}[\"'`]?([\w.@-]{3,60})", re.IGNORECASE
)
GIVEN = re.compile(r"(?:=>|[=:,])[ \t]{0,4}[\"'`]?([\w.@-]{3,60})[\"'`]?[ \t]{0,4}[;,)]{0,3}[ \t]*\Z")
KEYCLOAK = re.compile(r"keycloak|realm", re.IGNORECASE)


def is_users_name(text: str, start: int) -> bool:
    """Whether a password repeats the name of the user beside it, as a server has it when it is first set up."""
    given = GIVEN.search(line_at(text, start).rstrip("\r"))
    return given is not None and any(given[1] == found[1] for found in USER.finditer(around(text, start, 2)))


def is_of_local_keycloak(text: str, start: int) -> bool:
    """Whether the secret of a client belongs to a Keycloak on the same machine, which makes its own."""
    near = around(text, start)
    return KEYCLOAK.search(near) is not None and LOCAL.search(near) is not None


def is_in_comment(text: str, start: int) -> bool:
    """Whether a line of code stands inside a block comment: what it shows is an example or was taken out."""
    before = text[max(start - 4_000, 0) : start]
    opened = max(before.rfind("\n/*"), before.rfind(" /*"), before.rfind("\t/*"))
    return opened >= 0 and before.find("*/", opened) < 0


CLASS = re.compile(r"^[ \t]{0,12}(?:export[ \t]+)?class[ \t]+(\w{1,60})", re.MULTILINE)
FOR_TESTS = re.compile(
    r"(?:Tests?|Testing|Dev|Development|Local)(?=[A-Z_]|$)|\w{0,40}(?:Testing|Development|Local|Dev)$"
)


def is_in_test_settings(text: str, start: int) -> bool:
    """Whether a line stands in a class of settings for tests or development: ``class TestSettings``."""
    if not line_at(text, start)[:1].isspace():
        return False
    before = CLASS.findall(text, max(start - 4_000, 0), start)
    return bool(before) and FOR_TESTS.match(before[-1]) is not None


DEMO = re.compile(
    r"\b(?:demo|demonstration|testing) purposes?\b|\b(?:only|just) for (?:demos?|demonstration|testing|tests|"
    r"development)\b|\bdemo only\b",
    re.IGNORECASE,
)


EXAMPLE = re.compile(r"[\"']?\bexamples?[\"']?[ \t]{0,4}[:=][ \t]{0,4}[\[{(][^\]})]{0,300}\Z")
"""What a schema shows as an example of itself."""
COLUMN = re.compile(r"^[ \t]*@(?:Column|Field|Size|NotBlank|NotNull|Length)\b[^\n]{0,160}\n[ \t]*\Z", re.MULTILINE)
"""A field of an entity, which holds a value until it is given another."""


def is_for_show(text: str, start: int) -> bool:
    """Whether a value is for demonstration, by the comment above, an ``<insert>`` around it, an example, a default."""
    before = text[_first_of(text, start, 8) : start]
    if EXAMPLE.search(before[-400:]) or COLUMN.search(before[-240:]):
        return True
    return DEMO.search(text, _first_of(text, start, 3), start) is not None or (
        before.rfind("<insert ") > before.rfind("</insert>")
    )


OF_A_SESSION = re.compile(r"aws|ASIA[A-Z0-9]{12}|session_?token|access_?key", re.IGNORECASE)
SESSION_KEY = re.compile(r"\bASIA[A-Z0-9]{12}")
SESSION_TOKEN = re.compile(r"session_?token", re.IGNORECASE)


def is_short_lived(text: str, start: int) -> bool:
    """Whether a key is one of AWS that lasts some hours: it begins with ASIA, and a session's token stands by it."""
    if OF_A_SESSION.search(line_at(text, start)) is None:
        return False
    near = around(text, start, 4)
    return SESSION_KEY.search(near) is not None and SESSION_TOKEN.search(near) is not None
