"""Reads what the user typed, before anything is looked up or started."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import unquote, urlsplit

from reviewer.model.target import Target, TargetKind

NAME_LIMIT = 100
"""GitHub's own limit on repository names; logins are shorter (39)."""
LOGIN = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,37}[A-Za-z0-9])?\Z|[A-Za-z0-9][A-Za-z0-9-]{0,37}_[A-Za-z0-9]{1,8}\Z")
REPOSITORY_NAME = re.compile(r"[A-Za-z0-9_.-]{1,100}\Z")
REVISION = re.compile(r"[^\s\x00-\x1f\x7f~^:?*\[\\]{1,250}\Z")
HOST = re.compile(r"(?:[A-Za-z0-9-]{1,63}\.)*[A-Za-z0-9-]{1,63}\Z")
PATH_STARTS = ("/", "./", "../", "~")
SSH_FORM = re.compile(r"git@([A-Za-z0-9.-]{1,255}):(.+)\Z")
CREDENTIALS = re.compile(r"(?<=://)[^/]*@")
LOOPBACK = ("127.0.0.1", "localhost", "::1")
HELP = "give a GitHub login, owner/name, an https URL, or a path that starts with ./ or /"


class TargetError(ValueError):
    """What was typed names nothing that can be reviewed; the message is one line for the user."""


def read_target(text: str, github_url: str = "https://github.com") -> Target:
    """Reads one target as the contract defines them.

    Args:
        text: a login, ``owner/name``, https URL, ``git@host:owner/name`` or path, with ``@REV`` where allowed.
        github_url: the host that logins and ``owner/name`` live on; plain http is taken only where this is http.

    Raises:
        TargetError: anything else, in one line.
    """
    if not text or len(text) > 4096 or any(ord(char) < 32 or ord(char) == 127 for char in text):
        raise TargetError(f"{shown(text)}: not a target; {HELP}")
    if is_path(text):
        return _path(text)
    ssh = SSH_FORM.match(text)
    if ssh:
        return _url(f"https://{ssh[1]}/{ssh[2]}", text, github_url)
    if "://" in text:
        return _url(text, text, github_url)
    if "/" in text:
        return _owner_name(text)
    if not LOGIN.match(text):
        raise TargetError(f"{shown(text)}: not a GitHub login; {HELP}")
    return Target(kind=TargetKind.LOGIN, text=text, owner=text)


def is_path(text: str) -> bool:
    """Whether a target is a path, whether or not anything is there."""
    return text in (".", "..") or text.startswith(PATH_STARTS)


def shown(text: str, limit: int = 80) -> str:
    """A stranger's text for one line on a terminal: escapes and line ends made visible, cut at ``limit``."""
    safe = "".join(char if char.isprintable() else f"\\x{ord(char):02x}" for char in text[: limit + 1])
    return f"'{safe if len(safe) <= limit else safe[:limit] + '…'}'"


def _path(text: str) -> Target:
    whole = Path(text).expanduser()
    if whole.exists():
        return Target(kind=TargetKind.PATH, text=text, path=str(whole.absolute()))
    head, at, revision = text.rpartition("@")
    if at and head and Path(head).expanduser().exists():
        return Target(
            kind=TargetKind.PATH,
            text=text,
            path=str(Path(head).expanduser().absolute()),
            revision=_revision(revision, text),
        )
    raise TargetError(f"{shown(text)}: no such folder")


def _owner_name(text: str) -> Target:
    slug, at, revision = text.partition("@")
    owner, _, name = slug.partition("/")
    _check_slug(owner, name, text)
    return Target(
        kind=TargetKind.REPOSITORY,
        text=text,
        owner=owner,
        name=_without_git(name),
        revision=_revision(revision, text) if at else None,
    )


def _url(url: str, text: str, github_url: str) -> Target:
    parts = urlsplit(url)
    ours = urlsplit(github_url)
    plain_allowed = ours.scheme == "http" and ours.hostname in LOOPBACK and parts.netloc == ours.netloc
    if parts.scheme != "https" and not (parts.scheme == "http" and plain_allowed):
        raise TargetError(f"{shown(text)}: only https URLs are read; {HELP}")
    if "@" in parts.netloc:
        raise TargetError(
            f"{shown(CREDENTIALS.sub('***@', text))}: credentials or a second host in the URL; set GITHUB_TOKEN instead"
        )
    if parts.query or parts.fragment or not HOST.match(parts.hostname or ""):
        raise TargetError(f"{shown(text)}: not the address of a repository; {HELP}")
    path, at, revision = unquote(parts.path).partition("@")
    pieces = [piece for piece in path.split("/") if piece]
    if len(pieces) < 2 or any(piece in (".", "..") for piece in pieces):
        raise TargetError(f"{shown(text)}: no owner/name in this URL; {HELP}")
    owner, name = pieces[-2], pieces[-1]
    on_github = parts.netloc.lower() == ours.netloc.lower()
    if on_github and len(pieces) > 2:
        raise TargetError(f"{shown(text)}: more than owner/name in this URL; {HELP}")
    for piece in pieces[:-1]:
        _check_slug(piece, name, text)
    name = _without_git(name)
    return Target(
        kind=TargetKind.REPOSITORY if on_github else TargetKind.URL,
        text=text,
        owner=owner,
        name=name,
        url=f"{parts.scheme}://{parts.netloc}/{'/'.join([*pieces[:-1], name])}",
        revision=_revision(revision, text) if at else None,
    )


def _check_slug(owner: str, name: str, text: str) -> None:
    good_owner = bool(LOGIN.match(owner)) or (
        "." in owner and REPOSITORY_NAME.match(owner) and not owner.startswith(".")
    )
    good_name = (
        bool(REPOSITORY_NAME.match(name)) and _without_git(name) not in ("", ".", "..") and not name.startswith("-")
    )
    if not (good_owner and good_name):
        raise TargetError(f"{shown(text)}: not owner/name; {HELP}")


def _without_git(name: str) -> str:
    return name.removesuffix(".git")


def _revision(revision: str, text: str) -> str:
    if not REVISION.match(revision) or revision.startswith("-") or ".." in revision or "@{" in revision:
        raise TargetError(f"{shown(text)}: {shown(revision)} is no branch, tag or commit")
    return revision
