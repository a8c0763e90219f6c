"""Paths of routes put together, and words by which a guard is known."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable

GUARD_WORDS = re.compile(
    r"auth|autentic|jwt|token|login|guard|protect|exig(?:er?|ir)\b|permission|passport|current_?user|is_?admin|admin_?only|secured|"
    r"require_?(user|role|session|admin)|require_?\w{1,20}_?user|deserialize_?user|only_?admin|restrict_?to|"
    r"(?:check|has|allow|verify)_?(?:any_?)?roles?|(?<!not)(?<!not_)(?<!if)(?<!if_)logged_?in|validate_?session",
    re.IGNORECASE,
)
OPEN_WORDS = re.compile(
    r"allow_?any|optional|public|extract|try_?to|skip_?auth|no_?auth|anonymous|csrf|logout|form|limit|throttl|initialize|"
    r"register(?!ed)",
    re.IGNORECASE,
)
OWNER = re.compile(r"\b\w*controller\.(?=\w)", re.IGNORECASE)
"""Before a method of a controller, which need not guard because of what its controller is for."""
OPENED = re.compile(r"public|allow_?any|skip_?auth|no_?auth|allow_?anonymous", re.IGNORECASE)
"""Marks on a handler that open it to everybody, whatever guards the application has."""
PARAMETER = re.compile(
    r"<(?:[^<>/]*:)?([^<>:/]+)>|\{\*{0,2}([^{}:/?=*]+)(?:[:?=*][^{}]*)?\}|:(\w+)(?:\([^()/]*\))?[?*+]?"
)
SLASHES = re.compile(r"/{2,}")
OPTIONAL_GROUP = re.compile(r"\{(/[^{}]*)\}")
OPTIONAL_SEGMENT = re.compile(r":\w+(?:\([^()/]*\))?\?")
OPTIONAL_LIMIT = 3
"""Optional parts of one path that are told apart."""


def full_path(*pieces: str) -> str:
    """Prefixes and path joined: parameters as ``{name}``, one slash between, none at the end."""
    joined = "/".join(piece.strip() for piece in pieces if piece)
    named = PARAMETER.sub(lambda match: f"{{{next(group for group in match.groups() if group)}}}", joined)
    return "/" + SLASHES.sub("/", named.split("?")[0]).strip("/")


def with_and_without(path: str) -> list[str]:
    """The paths that one with optional segments stands for: of ``/posts/:page?`` or ``/posts{/:page}`` both."""
    if ":" not in path or not ("?" in path or "{/" in path):
        return [path]
    parts = [part for part in OPTIONAL_GROUP.sub(r"\1?", path).split("/") if part]
    optional = [index for index, part in enumerate(parts) if OPTIONAL_SEGMENT.fullmatch(part)][-OPTIONAL_LIMIT:]
    found: dict[str, list[str]] = {}
    for left_out in range(1 << len(optional)):
        gone = {index for bit, index in enumerate(reversed(optional)) if left_out >> bit & 1}
        kept = [part for index, part in enumerate(parts) if index not in gone]
        found.setdefault(full_path(*(":x" if part.startswith(":") else part for part in kept)), kept)
    return ["/" + "/".join(kept) for kept in found.values()]


def is_guard(text: str) -> bool:
    """Whether a middleware, decorator or dependency, as written, keeps strangers out."""
    text = OWNER.sub("", text)
    return bool(GUARD_WORDS.search(text)) and not OPEN_WORDS.search(text)


def joined_folder(path: str, folder: str) -> str:
    """A folder written in the file at ``path``, from the root, with a slash at its end; ``""`` is the root itself."""
    joined = posixpath.normpath(posixpath.join(posixpath.dirname(path), folder))
    return "" if joined in (".", "") else f"{joined}/"


def loaded_folder(path: str, folder: str, files: Iterable[str]) -> str:
    """The folder that the file at ``path`` loads, from the root, with a slash at its end.

    One that begins with a slash counts from where the program is started: the nearest folder above the file that
    holds it.
    """
    if not folder.startswith("/"):
        return joined_folder(path, folder)
    above = posixpath.dirname(path)
    for _ in range(path.count("/") + 1):
        found = posixpath.join(above, f"{folder.strip('/')}/")
        if any(item.startswith(found) for item in files):
            return found
        above = posixpath.dirname(above)
    return f"{folder}/"


def joined(left: str, right: str) -> str:
    """A prefix and what is below it, with one slash between."""
    return "/".join(piece for piece in (left.rstrip("/"), right.lstrip("/")) if piece)


def is_child(inside: str) -> bool:
    """Whether a path within a folder is one of its files, or stands for one of its folders."""
    return "/" not in inside or (inside.count("/") == 1 and posixpath.basename(inside).startswith("index."))


def file_name(inside: str) -> str:
    """What a loop over a folder calls a file: ``users`` of ``users.routes.js`` and of ``users/index.js``."""
    return inside.partition("/")[0].partition(".")[0]
