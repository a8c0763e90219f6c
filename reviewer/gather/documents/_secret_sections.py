"""Keys that sign tokens in sections of JSON settings, where their own name says too little: ``Jwt: Key``."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reviewer.gather.documents._secret_values import standing_of
from reviewer.model.facts.documents import Secret

SECTION = re.compile(
    r"\"(?:Jwt\w{0,20}|Token(?:s|Options|Settings|Config|Management|Parameters)?|Authentication|AuthSettings|"
    r"BearerTokens?|TokenOption|JsonWebToken\w{0,10})\"\s{0,20}:\s{0,40}\{",
    re.IGNORECASE,
)
KEY = re.compile(
    r"^[ \t{,]*\"(?:(?:Issuer)?Signing)?(?:Security|Secret|Private|Token|Jwt|SignIn|Symmetric)?(?:Security)?"
    r"(?:Key|Secret)\""
    r"[ \t]{0,20}:[ \t]{0,20}\"([^\"\n]{3,300})\"",
    re.IGNORECASE | re.MULTILINE,
)
WINDOW = 2_000
SECTIONS_MOST = 20
WHAT = "signing key"


def signing_keys(text: str, lower: str) -> Iterator[Secret]:
    """The keys of every section about tokens, at most a stated number of sections."""
    if not text[:40].lstrip("\ufeff \t\r\n").startswith("{") or ("key" not in lower and "secret" not in lower):
        return
    for count, section in enumerate(SECTION.finditer(text)):
        if count >= SECTIONS_MOST:
            return
        end = text.find("}", section.end(), section.end() + WINDOW)
        for found in KEY.finditer(text, section.end(), end if end >= 0 else section.end() + WINDOW):
            standing = standing_of(found[1], "jwt secret key", "secret")
            if standing:
                yield Secret(kind=WHAT, line=text.count("\n", 0, found.start(1)) + 1, standing=standing)
