"""Which addresses may be asked, and where a host's API lies."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from reviewer.sources.failures import CloneError
from reviewer.sources.git import printable

GITHUB = "https://github.com"
LOOPBACK = ("127.0.0.1", "localhost", "::1")
ADDRESS = re.compile(r"https?://[A-Za-z0-9.-]+(?::[0-9]{1,5})?(?:/[A-Za-z0-9_.~%+-]+)+/?\Z")
SHOWN = 200
"""Characters of a refused address that are shown."""


def origin_of(url: str) -> str:
    """Scheme, host and port (where given) of a URL."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc.lower()}"


def check_address(url: str, github_url: str) -> str:
    """The address again if git may be given it: https without credentials; http where ``github_url`` is on loopback.

    Raises:
        CloneError: anything else.
    """
    parts = urlsplit(url)
    ours = urlsplit(github_url)
    plain = ours.scheme == "http" and ours.hostname in LOOPBACK and origin_of(url) == origin_of(github_url)
    if not ADDRESS.match(url) or not (parts.scheme == "https" or plain) or ".." in parts.path.split("/"):
        raise CloneError(f"{printable(url)[:SHOWN]} is no address that is cloned: https without credentials only")
    return url


def api_bases(github_url: str) -> list[str]:
    """Where the API of a host may lie, likeliest first: api.github.com, ``/api/v3`` of an Enterprise server, the root.

    A URL with a path names the API itself. Only on loopback is there a second place to try: a server of one's own.
    """
    parts = urlsplit(github_url)
    host = (parts.hostname or "").lower()
    if parts.path.strip("/"):
        return [github_url.rstrip("/")]
    if host in ("github.com", "www.github.com", "api.github.com"):
        return ["https://api.github.com"]
    if host.endswith(".ghe.com"):
        return [f"{parts.scheme}://{'' if host.startswith('api.') else 'api.'}{parts.netloc}"]
    enterprise = f"{parts.scheme}://{parts.netloc}/api/v3"
    return [enterprise, f"{parts.scheme}://{parts.netloc}"] if host in LOOPBACK else [enterprise]
