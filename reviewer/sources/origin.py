"""Where a local repository was cloned from, as a web address of a known host."""

from __future__ import annotations

import re
from pathlib import Path

from reviewer.sources.local_refs import small

KNOWN_HOSTS = ("github.com", "gitlab.com", "bitbucket.org")
SECTION = re.compile(r'\s*\[remote\s+"origin"\]', re.IGNORECASE)
URL = re.compile(r'\s*url\s*=\s*"?([^\s"]+)"?\s*$', re.IGNORECASE)
CLONE_ADDRESS = re.compile(
    r"(?:(?:https?|git|ssh)://(?:[^/@]*@)?|git@)(?:www\.)?([A-Za-z.]+)[:/]([\w.-]+(?:/[\w.-]+)+)/?\Z"
)


def origin_of(common: Path) -> str | None:
    """The web address of the origin remote where that is a known host; read as text, credentials dropped.

    Args:
        common: the git directory that holds ``config``.
    """
    config = common / "config"
    if not config.is_file() or config.is_symlink():
        return None
    inside = False
    for line in small(config).splitlines():
        if line.lstrip().startswith("["):
            inside = bool(SECTION.match(line))
        found = URL.match(line) if inside else None
        if found:
            return web_address(found[1])
    return None


def web_address(url: str) -> str | None:
    """``https://host/owner/name`` of a clone address on a known host, else None."""
    match = CLONE_ADDRESS.match(url)
    if match is None or match[1].lower() not in KNOWN_HOSTS or ".." in match[2].split("/"):
        return None
    return f"https://{match[1].lower()}/{match[2].removesuffix('.git')}"
