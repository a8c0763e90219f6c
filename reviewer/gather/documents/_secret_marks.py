"""Tells whether a secret's value stands again in a sample of settings, without keeping the value."""

from __future__ import annotations

import re
from collections.abc import Sequence
from zlib import crc32

import msgspec

from reviewer.model.facts.documents import Secret, SecretStanding

SAMPLE_FILE = re.compile(
    r"(?:^|[/._-])(?:examples?|samples?|templates?|dist)(?:[._-][^/]{0,40})?$|(?:^|/)(?:example|sample|template)[._-][^/]*$",
    re.IGNORECASE,
)
"""Files whose values are to be replaced, by their name."""
BEHIND_SIGN = re.compile(r"[^=:]{1,80}[=:]>?[ \t]*")
REMARK = re.compile(r"[ \t]#.*$")
LONGEST = 600
SHORTEST = 6


def is_sample(path: str) -> bool:
    """Whether a file is there to be copied and filled in."""
    return SAMPLE_FILE.search(path) is not None


def marked(text: str, secrets: Sequence[Secret]) -> tuple[Secret, ...]:
    """The secrets with a short checksum of what stands behind the sign of their line, 0 where nothing does."""
    if not secrets:
        return ()
    lines = text.split("\n")
    return tuple(
        msgspec.structs.replace(item, mark=_mark(lines[item.line - 1])) if _has_value(item, len(lines)) else item
        for item in secrets
    )


def _has_value(secret: Secret, lines: int) -> bool:
    """Whether the value stands on the line itself; a private key does so below its first line."""
    return 0 < secret.line <= lines and not secret.kind.startswith("private key")


def _mark(line: str) -> int:
    found = BEHIND_SIGN.match(line[:LONGEST])
    value = REMARK.sub("", line[found.end() : LONGEST]).strip(" \t\r\"'`,;") if found else ""
    return crc32(value.encode()) if len(value) >= SHORTEST else 0


def as_sample(secret: Secret, samples: frozenset[int]) -> Secret:
    """The secret as a placeholder where a sample of settings holds the same value."""
    if secret.mark in samples and secret.standing in (SecretStanding.REAL, SecretStanding.HISTORY):
        return msgspec.structs.replace(secret, standing=SecretStanding.PLACEHOLDER)
    return secret
