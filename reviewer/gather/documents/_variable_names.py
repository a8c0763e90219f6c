"""Names of variables of the environment that a text holds."""

from __future__ import annotations

import re

TEXT_LIMIT = 200_000
NAMES_MOST = 200
NAME = re.compile(
    r"\b[A-Z][A-Z0-9]{0,40}(?:_[A-Z0-9]{1,40}){1,8}\b|\b[A-Z][A-Za-z0-9]{0,40}(?:__[A-Za-z0-9]{1,40}){1,6}\b"
)
WORD = re.compile(r"^[ \t>$-]{0,6}(?:export )?([A-Z][A-Z0-9]{2,40})=|`([A-Z][A-Z0-9]{2,40})`", re.MULTILINE)
"""One word that is given a value, or stands as code: ``PGDATABASE=shop``."""


def variables_in(text: str) -> tuple[str, ...]:
    """Every name such as ``DATABASE_URL`` and ``ConnectionStrings__Default``, each once, in the order of the text."""
    begin = text[:TEXT_LIMIT]
    found = dict.fromkeys(match.group() for match in NAME.finditer(begin))
    found |= dict.fromkeys(match[1] or match[2] for match in WORD.finditer(begin))
    return tuple(found)[:NAMES_MOST]
