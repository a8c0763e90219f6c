"""Finds the host's token and keeps it out of sight: no argument, URL, file, log line or exception ever holds it."""

from __future__ import annotations

import base64
import os
import re
import subprocess
from collections.abc import Mapping
from urllib.parse import urlsplit

from reviewer.sources.addresses import LOOPBACK, origin_of
from reviewer.sources.failures import HostError

VARIABLES = ("GITHUB_TOKEN", "GH_TOKEN")
SHAPE = re.compile(r"[!-~]{1,512}\Z")
"""Printable ASCII without spaces: anything else could not be a token and might break a header."""
GH_SECONDS = 5


class Token:
    """A token, for one host only. Its text is `reveal` and nothing else: printing or logging it shows stars.

    ``source`` is where it was found, in the words of a message; ``origin`` the scheme, host and port it may go to.
    """

    __slots__ = ("_text", "origin", "source")

    def __init__(self, text: str, source: str, url: str) -> None:
        self._text, self.source, self.origin = text, source, origin_of(url)

    def __repr__(self) -> str:
        return f"Token(***, from {self.source}, for {self.origin})"

    def __reduce__(self) -> str:
        raise TypeError("a token is not written anywhere")

    def reveal(self) -> str:
        """The text, for the one call that sends it."""
        return self._text

    def git_settings(self, url: str) -> dict[str, str]:
        """Environment that makes git send the token to its own host; empty for any other host than ``url``'s."""
        if origin_of(url) != self.origin:
            return {}
        basic = base64.b64encode(f"x-access-token:{self._text}".encode()).decode()
        return {
            "GIT_CONFIG_COUNT": "1",
            "GIT_CONFIG_KEY_0": f"http.{self.origin}/.extraHeader",
            "GIT_CONFIG_VALUE_0": f"Authorization: Basic {basic}",
        }


_hidden: dict[str, str] = {}


def hide_tokens() -> None:
    """Takes the variables out of this process's environment, so that nothing it starts from now on inherits them.

    For a command line, whose process is its own; `find_token` still knows them.
    """
    for name in VARIABLES:
        if name in os.environ:
            _hidden[name] = os.environ.pop(name)


def find_token(github_url: str, environ: Mapping[str, str] | None = None) -> Token | None:
    """The token for a host: ``GITHUB_TOKEN``, else ``GH_TOKEN``, else what ``gh auth token`` says. None without one.

    Raises:
        HostError: a variable is set to something that cannot be a token.
    """
    given = {**_hidden, **os.environ} if environ is None else environ
    for name in VARIABLES:
        text = given.get(name, "").strip()
        if text:
            if not SHAPE.match(text):
                raise HostError(f"{name} holds no token: it has spaces or control characters", usage=True)
            return Token(text, name, github_url)
    return _from_gh(github_url, given)


def _from_gh(github_url: str, environ: Mapping[str, str]) -> Token | None:
    parts = urlsplit(github_url)
    if not parts.hostname or parts.hostname in LOOPBACK:
        return None
    try:
        said = subprocess.run(
            ["gh", "auth", "token", "--hostname", parts.netloc],
            env=dict(environ),
            cwd="/",
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=GH_SECONDS,
            check=False,
        )
    except (OSError, subprocess.SubprocessError):
        return None
    text = said.stdout.decode("ascii", "replace").strip()
    if said.returncode or not SHAPE.match(text):
        return None
    return Token(text, "gh auth token", github_url)
