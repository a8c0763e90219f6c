"""Addresses that open given lines of a file, at a given commit, on the repository's host."""

from __future__ import annotations

from urllib.parse import quote, urlsplit

from reviewer.report import sanitise

HOSTS = {"github.com": "github", "gitlab.com": "gitlab", "bitbucket.org": "bitbucket", "codeberg.org": "gitea"}
"""Known hosts and the scheme of their addresses."""
BLOB = {
    "github": "{repository}/blob/{commit}/{path}",
    "gitlab": "{repository}/-/blob/{commit}/{path}",
    "bitbucket": "{repository}/src/{commit}/{path}",
    "gitea": "{repository}/src/commit/{commit}/{path}",
}
COMMIT = {
    "github": "{repository}/commit/{commit}",
    "gitlab": "{repository}/-/commit/{commit}",
    "bitbucket": "{repository}/commits/{commit}",
    "gitea": "{repository}/commit/{commit}",
}
LINE = {"github": "#L{line}", "gitlab": "#L{line}", "bitbucket": "#lines-{line}", "gitea": "#L{line}"}
LINES = {
    "github": "#L{line}-L{end}",
    "gitlab": "#L{line}-{end}",
    "bitbucket": "#lines-{line}:{end}",
    "gitea": "#L{line}-L{end}",
}


def host_of(url: str | None, known: dict[str, str] | None = None) -> str | None:
    """The scheme of addresses that the host of ``url`` uses, None where it is not known.

    ``known`` adds hosts (``name`` or ``name:port``) to those of the table: a GitHub Enterprise server, for one.
    """
    if sanitise.link(url) is None:
        return None
    place = urlsplit(url or "").netloc.lower()
    return {**HOSTS, **(known or {})}.get(place.removeprefix("www."))


def lines_url(repository: str, host: str, commit: str, path: str, lines: tuple[int, int] = (0, 0)) -> str | None:
    """The address of ``lines`` (first and last, 0 for the whole file) of ``path``; of the commit where path is empty.

    None where the path cannot be written as an address: a browser would resolve ``..`` and the like away.
    """
    if not commit.isalnum() or any(part in ("", ".", "..") for part in path.split("/") if path):
        return None
    repository = repository.rstrip("/").removesuffix(".git")
    if not path:
        return COMMIT[host].format(repository=repository, commit=commit)
    quoted = quote(path.encode("utf-8", "surrogateescape"), safe="/")
    return BLOB[host].format(repository=repository, commit=commit, path=quoted) + _fragment(host, *lines)


def _fragment(host: str, line: int, end: int) -> str:
    if line < 1:
        return ""
    return LINES[host].format(line=line, end=end) if end > line else LINE[host].format(line=line)
