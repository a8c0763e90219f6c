"""Names and addresses that are no person's: bots, and what a machine or a tutorial fills in."""

from __future__ import annotations

import re

from reviewer.gather._words import words

BOT_NAMES = frozenset(
    {
        "allcontributors", "anthropic claude", "circleci", "codecov", "copilot", "copilot-swe-agent", "cursor agent",
        "cursoragent", "deepsource", "dependabot", "dependabot preview", "dependabot-preview", "devin ai", "fossabot",
        "gemini code assist", "git repository migration", "github", "github action", "github actions",
        "github classroom", "github-actions", "github-classroom", "gitlab ci", "gitstart", "google-labs-jules",
        "greenkeeper", "greenkeeperio-bot", "hosted weblate", "imgbot", "lgtm migrator", "mergify", "openai codex",
        "pre-commit-ci", "pyup-bot", "pyup.io bot", "renovate", "renovate bot", "replit agent", "restyled.io",
        "scrutinizer auto-fixer", "semantic-release-bot", "snyk-bot", "sourcery ai", "stickler-ci", "styleci bot",
        "the gitter badger", "transifex", "travis ci", "web-flow", "weblate", "whitesource", "whitesource renovate",
        "yarnlockfilefixer",
    }
)  # fmt: skip
BOT_ADDRESSES = words(
    """
    action@github.com actions@github.com github-actions@github.com support@dependabot.com bot@renovateapp.com
    snyk-bot@snyk.io noreply@anthropic.com cursoragent@cursor.com copilot@github.com noreply@openai.com
    support@greenkeeper.io hosted@weblate.org builds@travis-ci.org support@stickler-ci.com noreply@lovable.dev
    """
)
BOT_LOGIN = re.compile(r"\[bot\]$|(?:^|[-_ .])bot$")
"""A login or name that calls itself a bot. The word must stand alone: ``abbot`` and ``talbot`` are people."""

PLACEHOLDER_NAMES = frozenset(
    {
        "", "-", ".", "(no author)", "admin", "administrator", "anonymous", "author name", "codespace", "default",
        "ec2-user", "example", "first last", "git", "guest", "local", "me", "my name", "myname", "name", "nobody",
        "none", "null", "pi", "root", "student", "test", "tester", "ubuntu", "undefined", "unknown", "user",
        "username", "user name", "vagrant", "your name", "your_name", "your-name", "yourname", "your username",
        "yourusername",
    }
)  # fmt: skip
PLACEHOLDER_ADDRESSES = frozenset(
    {
        "", "-", "email", "email@example.com", "git@github.com", "me@example.com", "myemail@example.com", "none",
        "none@none", "noreply@github.com", "test@test.com", "test@example.com", "unknown", "user@example.com",
        "you@example.com", "you@yourdomain.com", "your@email.com", "your_email@example.com", "your-email@example.com",
        "youremail@example.com", "youremail@gmail.com", "youremail@domain.com", "your_email@youremail.com",
        "your.email@example.com",
    }
)  # fmt: skip
SHARED_ACCOUNTS = words(
    """
    admin administrator codespace ec2-user git gitpod jenkins pi root student ubuntu user vagrant www-data noreply
    no-reply
    """
)
MACHINE_HOST = re.compile(
    r"(?:^$|\(none\)|^localhost\b|^ip-\d|\.local(?:domain)?$|\.lan$|\.internal$|^[^.]*$|\.invalid$)"
)
"""Hosts that a machine made up: with an account that many machines have, such an address is nobody's in particular."""

NOREPLY = re.compile(r"(?:\d+\+)?([^@+]+)@users\.noreply\.github\.com\Z")


def is_bot(name: str, address: str) -> bool:
    """Whether an identity is that of a program."""
    plain, mail = name.casefold().strip(), address.casefold().strip()
    if plain in BOT_NAMES or mail in BOT_ADDRESSES or mail.partition("@")[0] == "bot":
        return True
    login = login_of(address)
    return bool(BOT_LOGIN.search(plain)) or bool(login and (BOT_LOGIN.search(login) or login in BOT_NAMES))


def login_of(address: str) -> str | None:
    """The GitHub login in a noreply address, casefolded."""
    match = NOREPLY.match(address.casefold().strip())
    return match[1] if match else None


def is_placeholder_name(key: str) -> bool:
    """Whether a name, as a key, says nothing about who it is."""
    return key in PLACEHOLDER_NAMES


def is_placeholder_address(address: str) -> bool:
    """Whether different people may well have committed under this address."""
    mail = address.casefold().strip()
    account, _, host = mail.partition("@")
    if mail in PLACEHOLDER_ADDRESSES:
        return True
    return account in SHARED_ACCOUNTS and bool(MACHINE_HOST.search(host))
