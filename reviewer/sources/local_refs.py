"""Branches, tags and HEAD of a stranger's git directory, read as text within limits."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from reviewer.sources.objects import is_object_id

REF_LIMIT = 5
"""Symbolic refs followed one after another; git's own limit."""
NAME_LIMIT = 1000
"""Bytes of a ref's name; longer ones cannot be files."""
SMALL_FILE = 1 << 16
PACKED_REFS_LIMIT = 32 << 20
LOOSE_REFS_LIMIT = 20_000
HEADS, TAGS, REMOTE, PULLS = "refs/heads/", "refs/tags/", "refs/remotes/origin/", "refs/pull/"
NAMED_BELOW = ((HEADS, HEADS), (TAGS, TAGS), (REMOTE, REMOTE), ("refs/remotes/", "refs/remotes/"), ("", HEADS))
"""Where a revision is looked for, and what of the full name is left out when the branch is shown."""


class Refs:
    """Branches, tags and HEAD of a git directory: no name of a stranger reaches a command line.

    Args:
        git_dir: holds HEAD; in a linked work tree a folder of its own.
        common: holds what all work trees share.
    """

    def __init__(self, git_dir: Path, common: Path) -> None:
        self.git_dir, self.common = git_dir, common
        self.packed = _packed_refs(common / "packed-refs")

    @property
    def is_table(self) -> bool:
        """Whether the refs are kept in git's binary table, which is not read."""
        return (self.common / "reftable").is_dir()

    def any(self) -> bool:
        """Whether there is any branch or tag at all."""
        folders = (self.common / kind for kind in (HEADS, TAGS, "refs/remotes/"))
        return bool(self.packed) or any(name for folder in folders for name in _files_below(folder, 1))

    def head(self) -> tuple[str | None, str | None]:
        """The branch that HEAD names (None when detached) and the object id behind it."""
        text = head_text(self.git_dir)
        if is_object_id(text):
            return None, text
        name = text.removeprefix("ref:").strip()
        return name.removeprefix(HEADS), self.resolve(name)

    def resolve(self, name: str, depth: int = 0) -> str | None:
        """The object id behind a full ref name; symbolic refs are followed a few times."""
        if depth > REF_LIMIT or not _is_ref_name(name):
            return None
        for folder in dict.fromkeys((self.git_dir, self.common)):
            loose = folder / name
            if loose.is_file() and not loose.is_symlink() and loose.resolve().is_relative_to(folder.resolve()):
                text = small(loose).strip()
                if text.startswith("ref:"):
                    return self.resolve(text.removeprefix("ref:").strip(), depth + 1)
                return text if is_object_id(text) else None
        return self.packed.get(name)

    def find(self, revision: str) -> tuple[str | None, str | None]:
        """The object id and branch name of a branch, tag, full ref name, full id or ``HEAD``."""
        if is_object_id(revision.lower()):
            return revision.lower(), None
        if revision == "HEAD":
            branch, found = self.head()
            return found, branch
        for prefix, hidden in NAMED_BELOW:
            found = self.resolve(prefix + revision)
            if found:
                is_tag = (prefix + revision).startswith(TAGS)
                return found, None if is_tag else (prefix + revision).removeprefix(hidden)
        return None, None

    def branches(self, most: int = 20) -> dict[str, str]:
        """Names and ids of up to ``most`` branches, remote ones included, in name order."""
        names = {name for name in self.packed if name.startswith((HEADS, REMOTE))}
        for prefix in (HEADS, REMOTE):
            names |= {prefix + name for name in _files_below(self.common / prefix, LOOSE_REFS_LIMIT)}
        found: dict[str, str] = {}
        for name in sorted(names):
            if len(found) >= most:
                break
            oid = self.resolve(name)
            short = name.removeprefix(HEADS).removeprefix(REMOTE)
            if oid and short != "HEAD":
                found.setdefault(short, oid)
        return found

    def pull_count(self) -> int:
        """How many pull requests are kept as refs, as a mirror of a host does, counted up to a limit."""
        names = {name.split("/")[2] for name in self.packed if name.startswith(PULLS)}
        return len(names | {name.partition("/")[0] for name in _files_below(self.common / PULLS, LOOSE_REFS_LIMIT)})

    def tag_count(self) -> int:
        """How many tags there are, counted up to a limit."""
        names = {name.removeprefix(TAGS) for name in self.packed if name.startswith(TAGS)}
        return len(names | set(_files_below(self.common / TAGS, LOOSE_REFS_LIMIT)))


def head_text(git_dir: Path) -> str:
    """What HEAD says. Where it is a link, as git once wrote it, its target is the ref's name and nothing is read."""
    head = git_dir / "HEAD"
    return f"ref: {head.readlink()}" if head.is_symlink() else small(head).strip()


def small(path: Path) -> str:
    """The beginning of a file as text."""
    with path.open("rb") as file:
        return file.read(SMALL_FILE).decode("utf-8", "surrogateescape")


def shown(name: str) -> str:
    """A ref's name as text that can be printed and encoded, cut at a limit."""
    text = os.fsencode(name[:NAME_LIMIT]).decode("utf-8", "replace")
    return "".join(char if char.isprintable() else "\N{REPLACEMENT CHARACTER}" for char in text)[:100]


def _is_ref_name(name: str) -> bool:
    parts = name.split("/")
    if any(part in ("", ".", "..") for part in parts):
        return False
    return name.startswith("refs/") and "\0" not in name and len(os.fsencode(name)) <= NAME_LIMIT


def _files_below(folder: Path, most: int) -> Iterator[str]:
    """Paths, from the folder on, of up to ``most`` files below it, links left out."""
    count = 0
    for where, _, names in os.walk(folder):
        for name in names:
            path = Path(where, name)
            if count < most and not path.is_symlink():
                count += 1
                yield path.relative_to(folder).as_posix()
        if count >= most:
            return


def _packed_refs(path: Path) -> dict[str, str]:
    if not path.is_file() or path.is_symlink() or path.stat().st_size > PACKED_REFS_LIMIT:
        return {}
    found: dict[str, str] = {}
    for line in path.read_text("utf-8", "surrogateescape").split("\n"):
        oid, _, name = line.rstrip("\r").partition(" ")
        if name and is_object_id(oid):
            found[name] = oid
    return found
