"""Secrets that a file holds: where, of what kind, and how real they look. The value itself is never kept.

Every text file of every repository passes through here, so most are answered by a few searches for fixed words; only
lines that hold one of those words are looked at more closely.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from reviewer.gather.documents._secret_calls import CALL_MARKS, called_with
from reviewer.gather.documents._secret_context import (
    LOCAL,
    is_beside_local_host,
    is_for_show,
    is_in_comment,
    is_in_test_settings,
    is_key_name,
    is_of_local_keycloak,
    is_of_mail_trap,
    is_of_person,
    is_short_lived,
    is_users_name,
    line_at,
)
from reviewer.gather.documents._secret_lines import COMMENT_MARKS, Found, Manner, assigned_in, tokens_in
from reviewer.gather.documents._secret_marks import marked
from reviewer.gather.documents._secret_sections import signing_keys
from reviewer.gather.documents._secret_tables import (
    DEVELOPMENT_PATH,
    DEVELOPMENT_SECRETS,
    LOCALE_PATH,
    NAME_MARKS,
    TEST_PATH,
    TOKEN_HINT,
    TOKEN_MARKS,
)
from reviewer.model.facts.documents import Secret, SecretStanding

LINE_LIMIT = 2_000
SECRET_LIMIT = 200
HEAD_LENGTH = 200
CANDIDATE_LIMIT = 5_000
"""Lines of one file that are looked at closely."""

SETTINGS_KINDS = frozenset(
    "env env-test env-example properties yaml ini conf compose dockerfile shell makefile credentials setup-cfg example "
    "github-workflow gitlab-ci circleci travis azure-pipelines cloudbuild bitbucket-pipelines drone appveyor".split()
)
"""Kinds whose values stand without quotes."""

MARKUP_KINDS = frozenset({"xml", "conf", "maven", "csproj"})
CI_KINDS = frozenset(
    "github-workflow gitlab-ci circleci travis azure-pipelines cloudbuild bitbucket-pipelines drone appveyor".split()
)
TEST_KINDS = CI_KINDS | {"env-test"}
"""Kinds whose settings are made for test runs."""

PLACEHOLDER_KINDS = frozenset({"env-example", "example", "openapi", "postman"})
PROSE_KINDS = frozenset({"readme", "prose", "changelog", "decision-record", "html", "css"})
"""Kinds where names beside words are language, not settings; known token formats count in them all the same."""

PUBLIC_KEY = "AIza"
PUBLIC_KEY_FILES = (
    'firebaseapp.com authDomain "project_info" android.geo.API_KEY maps/api/js identitytoolkit securetoken.googleapis'
).split()
"""Firebase's and Maps' settings for clients: by their documentation the key in them identifies and is no secret."""

UNREAD_KINDS = frozenset(
    {"npm-lock", "pypi-lock", "composer-lock", "rubygems-lock", "nuget-lock", "go-lock", "gitignore"}
)
URL_HINT = re.compile(r"://[^\s:@/\"'<>`]{0,60}:[^\s@\"'<>`/]{1,100}@")
DEVELOPMENT = re.compile(r"^(?:APP_ENV|RAILS_ENV|FLASK_ENV)=[\"']?(?:dev|development)\b", re.MULTILINE)
SECTION = re.compile(r"^([a-z_]+):", re.MULTILINE)
KEY_BODY = re.compile(r"(?:\\n|[\"'+\s])*[A-Za-z0-9+/=]{40}")


def find_secrets(kind: str, text: str) -> tuple[Secret, ...]:
    """Every secret of a file, by line, at most `SECRET_LIMIT`.

    Args:
        kind: see `reviewer.gather.kinds`; it tells settings from prose.
    """
    if kind in UNREAD_KINDS:
        return ()
    lower = (text.replace("\u0130", "I") if "\u0130" in text else text).lower()
    found: list[Secret] = []
    line, position = 1, 0
    for start in _candidates(kind, text, lower):
        line += text.count("\n", position, start)
        position = start
        if len(found) >= 2 * SECRET_LIMIT:
            break
        for what, standing in dict(_in_line(kind, text, start)).items():
            found.append(Secret(kind=what, line=line, standing=standing))
    found.extend(_calls(kind, text, lower))
    keys = list(signing_keys(text, lower)) if kind not in PLACEHOLDER_KINDS else []
    lines = {item.line for item in keys}
    return marked(text, _sorted([*keys, *(item for item in found if item.line not in lines)]))


def find_secrets_in_line(line: str) -> str | None:
    """The kind of the first secret in a line that looks real, for lines out of history; None without one."""
    cut = line[:LINE_LIMIT].replace('\\"', '"')
    manner = Manner.SETTINGS if SETTING_LINE.match(cut) else Manner.CODE
    for what, standing in (*tokens_in(cut), *assigned_in(cut, manner)):
        if standing is SecretStanding.REAL and what != "private key":
            return what
    return "private key" if "PRIVATE KEY-----" in cut and "BEGIN" in cut else None


def standing_at(path: str, standing: SecretStanding, kind: str = "") -> SecretStanding:
    """The standing once the path is known: what looks real in tests, fixtures, seeds and examples is a test value.

    Args:
        path: where the secret stands.
        standing: how real its value looks by itself.
        kind: what it is; settings for development hold throwaway passwords, but other services' keys are real there.
    """
    if standing is not SecretStanding.REAL:
        return standing
    if kind in DEVELOPMENT_SECRETS and LOCALE_PATH.search(path):
        return SecretStanding.PLACEHOLDER
    throwaway = kind in DEVELOPMENT_SECRETS and DEVELOPMENT_PATH.search(path)
    return SecretStanding.TEST if throwaway or TEST_PATH.search(path) else standing


SETTING_LINE = re.compile(r"[ \t]*(?:export[ \t]+)?(?:[A-Z][A-Z0-9_]{2,60}=|[a-z][\w-]*(?:\.[\w-]+)+[ \t]*=)")


def _candidates(kind: str, text: str, lower: str) -> list[int]:
    """Where the lines begin that hold a mark of a token, a URL with a password, or a name of a secret."""
    starts: set[int] = set()
    for mark in TOKEN_MARKS:
        _lines_with(text, mark, starts)
    for word, marks in ({} if kind in PROSE_KINDS else NAME_MARKS).items():
        if word in lower:
            for mark in marks:
                _lines_with(lower, mark, starts)
    for hint in (TOKEN_HINT, URL_HINT):
        found = hint.search(text)
        while found:
            starts.add(text.rfind("\n", 0, found.start()) + 1)
            end = text.find("\n", found.start())
            found = hint.search(text, end) if end >= 0 else None
    return sorted(starts)[:CANDIDATE_LIMIT]


def _lines_with(text: str, mark: str, starts: set[int]) -> None:
    position = text.find(mark)
    while position >= 0:
        starts.add(text.rfind("\n", 0, position) + 1)
        end = text.find("\n", position)
        position = text.find(mark, end) if end >= 0 else -1


def _in_line(kind: str, text: str, start: int) -> Iterator[Found]:
    end = text.find("\n", start)
    line = text[start : min(end if end >= 0 else len(text), start + LINE_LIMIT)]
    if PUBLIC_KEY in line and ("firebase" in line.lower() or any(mark in text for mark in PUBLIC_KEY_FILES)):
        return
    if kind == "notebook":
        line = line.strip().removeprefix('"').replace('\\"', '"')
    commented = line.lstrip().startswith(COMMENT_MARKS)
    for what, standing in tokens_in(line):
        if what == "private key" and not _has_body(text, start):
            continue
        if what == "JSON Web Token" and commented:
            standing = SecretStanding.PLACEHOLDER
        if what == "AWS access key" and is_short_lived(text, start):
            standing = SecretStanding.TEST
        yield what, _by_kind(kind, what, standing, token=True)
    if kind not in PROSE_KINDS and not line.lstrip().startswith(COMMENTS.get(kind, ("\0",))):
        for what, standing in assigned_in(line, _manner(kind, text)):
            graded = _by_kind(kind, what, standing, token=False)
            yield what, _by_surroundings(kind, text, start, what, graded)


def _manner(kind: str, text: str) -> Manner:
    if kind in MARKUP_KINDS and text[:HEAD_LENGTH].lstrip().startswith("<"):
        return Manner.MARKUP
    return Manner.SETTINGS if kind in SETTINGS_KINDS else Manner.SQL if kind == "sql" else Manner.CODE


COMMENTS = dict.fromkeys(SETTINGS_KINDS, ("#",)) | {"properties": ("#", "!"), "ini": ("#", ";")}


def _has_body(text: str, start: int) -> bool:
    """Whether a private key's first line is followed by a key: a program may only look for that line."""
    head = text.find("KEY", start)
    body = text.find("-----", head)
    return body >= 0 and KEY_BODY.match(text, body + 5, body + 400) is not None


OWN_PASSWORDS = ("password", "password in a connection string", "database password")
"""What opens a database that containers start for themselves."""


def _by_kind(kind: str, what: str, standing: SecretStanding, token: bool) -> SecretStanding:
    """Examples and prose hold placeholders; CI and compose files open databases that they start themselves."""
    if standing is not SecretStanding.REAL:
        return standing
    if kind in PLACEHOLDER_KINDS and (not token or what in ("JSON Web Token", "encoded private key")):
        return SecretStanding.PLACEHOLDER
    if kind in PROSE_KINDS and (what == "JSON Web Token" or "URL" in what):
        return SecretStanding.PLACEHOLDER
    own_database = kind in ("compose", "dockerfile") and what in OWN_PASSWORDS
    return SecretStanding.TEST if own_database or (kind in TEST_KINDS and not token) else standing


def _by_surroundings(kind: str, text: str, start: int, what: str, standing: SecretStanding) -> SecretStanding:
    """Settings that say themselves that they are for development or tests."""
    if standing is not SecretStanding.REAL:
        return standing
    if kind == "yaml":
        sections = SECTION.findall(text, max(start - 4_000, 0), start)
        if sections and sections[-1] in ("development", "test", "local"):
            return SecretStanding.TEST
    if kind not in SETTINGS_KINDS and (
        is_in_comment(text, start) or (what in DEVELOPMENT_SECRETS and is_in_test_settings(text, start))
    ):
        return SecretStanding.TEST
    if is_short_lived(text, start) or (what in DEVELOPMENT_SECRETS and is_for_show(text, start)):
        return SecretStanding.TEST
    if (what == "password" and is_users_name(text, start)) or (
        what == "secret key" and is_of_local_keycloak(text, start)
    ):
        return SecretStanding.TEST
    if kind == "env" and what == "secret key" and DEVELOPMENT.search(text):
        return SecretStanding.TEST
    if what == "secret key" and is_key_name(text, start):
        return SecretStanding.PLACEHOLDER
    if what in ("API key", "secret key") and LOCAL.search(line_at(text, start)):
        return SecretStanding.TEST
    return SecretStanding.TEST if what == "password" and _is_harmless(kind, text, start) else standing


def _is_harmless(kind: str, text: str, start: int) -> bool:
    """Whether a password opens nothing elsewhere: a database here, an invented person's account, a trap for mails."""
    return is_beside_local_host(text, start) or is_of_person(kind, text, start) or is_of_mail_trap(text, start)


def _calls(kind: str, text: str, lower: str) -> Iterator[Secret]:
    if kind in PROSE_KINDS or kind in SETTINGS_KINDS:
        return
    for mark in (mark for word, marks in CALL_MARKS.items() if word in lower for mark in marks):
        position, seen = lower.find(mark), 0
        while position >= 0 and seen < SECRET_LIMIT:
            found = called_with(text, position, mark)
            if found:
                what, standing, at = found
                yield Secret(kind=what, line=text.count("\n", 0, at) + 1, standing=standing)
            position, seen = lower.find(mark, position + 1), seen + 1


def _sorted(found: list[Secret]) -> tuple[Secret, ...]:
    """By line; a line that is found twice in the same standing is one secret."""
    unique: dict[tuple[int, SecretStanding], Secret] = {}
    for secret in sorted(found, key=lambda item: (item.line, item.kind)):
        unique.setdefault((secret.line, secret.standing), secret)
    return tuple(unique.values())[:SECRET_LIMIT]
