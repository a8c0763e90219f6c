"""Secrets by format, by history line and by path; the tokens are put together here so that no file holds one."""

from __future__ import annotations

import time

import msgspec
import pytest

from reviewer.gather.documents.secrets import SECRET_LIMIT, find_secrets, find_secrets_in_line, standing_at
from reviewer.model.facts.documents import SecretStanding

REAL, TEST, PLACEHOLDER = SecretStanding.REAL, SecretStanding.TEST, SecretStanding.PLACEHOLDER
BODY = "MIIEpAIBAAKCAQEA0Z3VS5JJcds3xfn/ygWyF8PbnGy0AHB7MhgwMbRvI0MBZhpI"

TOKENS = {
    "AWS access key": ("AK" + "IAQ7ZZ5KXW2PLM9TRV", REAL),
    "AWS access key of the manual": ("AK" + "IAIOSFODNN7EXAMPLE", PLACEHOLDER),
    "GitHub token": ("gh" + "p_" + "aB3" * 12, REAL),
    "Slack token": ("xox" + "b-77120-ab12cd34ef56", REAL),
    "Stripe key": ("sk" + "_live_" + "4eC39HqLyjWDarjtT1zd", REAL),
    "Stripe key for tests": ("sk" + "_test_" + "4eC39HqLyjWDarjtT1zd", TEST),
    "Google API key": ("AI" + "za" + "Sy0123abcdEFGHijklMNOPqrstUVWXyz98_-_", REAL),
    "SendGrid key": ("SG" + ".ngeVfQFYQlKU0ufo8x5d1A.TwL2iGABf9DHoTf09kqeF8tAmbihYzrnopKc", REAL),
    "JSON Web Token": ("ey" + "JhbGciOiJIUzI1NiJ9." + "ey" + "JzdWIiOiI0MiJ9.c2lnbmF0dXJlLW9mLXRoaXM", REAL),
}

LOOK_ALIKES = ("AKIA", "ghp_short", "xoxb-", "sk_live_", "AIzaShort", "SG.x.y", "eyJhbGciOiJIUzI1NiJ9", "SKYSCRAPER")


@pytest.mark.parametrize("name", TOKENS)
def test_token_by_its_format(name: str) -> None:
    token, standing = TOKENS[name]
    found = find_secrets("javascript", f"// a\nconst x = call({token!r});\n")
    assert [(item.line, item.standing) for item in found] == [(2, standing)]
    assert found[0].kind == name.partition(" of ")[0].partition(" for ")[0]
    assert token not in msgspec.json.encode(found).decode()


@pytest.mark.parametrize("text", LOOK_ALIKES)
def test_what_only_begins_like_a_token(text: str) -> None:
    assert find_secrets("javascript", f"const x = '{text}';\n") == ()


def test_private_key_needs_a_body() -> None:
    head = "-----BEGIN RSA PRIVATE KEY-----"
    assert [item.kind for item in find_secrets("key", f"{head}\n{BODY}\n-----END")] == ["private key"]
    assert [item.kind for item in find_secrets("json", f'{{"private": "{head}\\n{BODY}"}}')] == ["private key"]
    assert find_secrets("key", head.replace("PRIVATE", "PUBLIC") + f"\n{BODY}\n") == ()
    assert find_secrets("python", f"MARK = '{head}'\n") == ()


def test_firebase_settings_for_clients_are_public() -> None:
    key = TOKENS["Google API key"][0]
    assert find_secrets("javascript", f"const c = {{ apiKey: '{key}',\n authDomain: 'x.firebaseapp.com' }};") == ()


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("    password: 'gr33n-d00r',", "password"),
        ("DB_PASSWORD=gr33n-d00r", "password"),
        ("spring.datasource.password=gr33n-d00r", "password"),
        ("uri = 'mongodb+srv://alex:753951x@c0.mongodb.net/x'", "password in a mongodb+srv URL"),
        ("-----BEGIN EC PRIVATE KEY-----", "private key"),
        (f"token = '{TOKENS['GitHub token'][0]}'", "GitHub token"),
        ("password = read_password()", None),
        ("password: 'changeme',", None),
        ("DB_PASSWORD=postgres", None),
        ("url = 'postgres://app:app@localhost/x'", None),
        ("the password is gr33n-d00r", None),
    ],
)
def test_line_of_history(line: str, kind: str | None) -> None:
    assert find_secrets_in_line(line) == kind


@pytest.mark.parametrize(
    ("path", "standing"),
    [
        ("src/config.py", REAL),
        ("src/latest/contest.py", REAL),
        ("tests/conftest.py", TEST),
        ("src/user.spec.ts", TEST),
        ("src/Data/DatabaseSeeder.cs", TEST),
        ("config/jwt/test/private.pem", TEST),
        ("src/test/java/ATest.java", TEST),
        ("examples/run.py", TEST),
    ],
)
def test_standing_by_path(path: str, standing: SecretStanding) -> None:
    assert standing_at(path, REAL) is standing
    assert standing_at(path, PLACEHOLDER) is PLACEHOLDER


def test_lines_stay_right_where_lower_case_is_longer() -> None:
    assert [item.line for item in find_secrets("python", "# \u0130\u0130\npassword = 'gr33n-d00r'\n")] == [2]


def test_count_is_limited() -> None:
    text = "".join(f"password = 'S3cret-{number}x'\n" for number in range(1000))
    assert len(find_secrets("python", text)) == SECRET_LIMIT


HOSTILE = {
    "one long line of names": "password=" * 100_000,
    "names and quotes": "password = '" * 60_000,
    "addresses": "://a:b" * 150_000,
    "tokens cut short": "eyJaaaaaaaa." * 80_000,
    "key marks": "PRIVATE KEY" * 90_000,
    "key heads": "-----BEGIN PRIVATE KEY-----\n" * 40_000,
    "calls": "jwt.sign(" * 100_000,
    "brackets": "password = [[[[[[[" * 50_000,
    "fallbacks": "secret = process.env.X || " * 40_000,
    "spaces": ("password" + " " * 100) * 9_000,
    "long lines": "\n".join(["password: " + "a" * 1900] * 500),
}


@pytest.mark.parametrize("kind", ["python", "env", "xml", "sql"])
@pytest.mark.parametrize("case", HOSTILE)
def test_hostile_text_is_answered_soon(case: str, kind: str) -> None:
    start = time.process_time()
    find_secrets(kind, HOSTILE[case])
    assert time.process_time() - start < 3
