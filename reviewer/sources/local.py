"""Opens a local folder without trusting it: its objects are read, its settings, hooks and refs are not used.

A new empty repository of ours names the folder's object store as an alternate, so that git never runs with the
candidate's folder as its repository; HEAD and refs are read here, as text.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from reviewer.sources.git import GitError, output
from reviewer.sources.local_refs import Refs, shown, small
from reviewer.sources.objects import commit_of, is_object_id
from reviewer.sources.origin import origin_of

SHALLOW_LIMIT = 4 << 20
SHA256_LENGTH = 64
ABBREVIATED = re.compile(r"[0-9a-fA-F]{4,64}")
OBJECT_FOLDER = re.compile(r"pack|[0-9a-f]{2}")


class NotARepository(Exception):
    """The folder holds no git repository; the message is one line."""


@dataclass(slots=True)
class Opened:
    """A repository that is ready to be read. ``git_dir`` is ours; ``commit`` is None where nothing can be reviewed.

    ``reason`` says why then, ``empty`` that nothing was ever committed. ``branches`` names up to a few other branches,
    for default branches without code; ``pulls`` is how many pull requests are kept as refs.
    """

    git_dir: str
    commit: str | None
    branch: str | None = None
    url: str | None = None
    shallow: bool = False
    reason: str | None = None
    empty: bool = False
    uncommitted_note: bool = False
    blobless: bool = False
    tags: int = 0
    pulls: int = 0
    problems: list[str] = field(default_factory=list)
    branches: dict[str, str] = field(default_factory=dict)


def open_local(path: str, revision: str | None, workspace: Path) -> Opened:
    """Opens a work tree, bare repository or git directory.

    Args:
        path: an absolute path that exists.
        revision: a branch, tag or commit; None for HEAD.
        workspace: an empty folder of ours; the repository that git is run in is made there.

    Raises:
        NotARepository: there is no git directory at ``path``.
    """
    git_dir, is_tree = find_git_dir(Path(path))
    common = _common_dir(git_dir)
    refs = Refs(git_dir, common)
    branches = refs.branches()
    ours = workspace / "objects.git"
    kind = _object_format([refs.head()[1], *branches.values()])
    output(["init", "-q", "--bare", "--template=", f"--object-format={kind}", str(ours)], str(ours), 20)
    opened = Opened(git_dir=str(ours), commit=None, url=origin_of(common), uncommitted_note=is_tree)
    _link_objects(common, ours, opened)
    _copy_shallow(common, ours, opened)
    opened.branches = {shown(name): oid for name, oid in branches.items()}
    opened.tags = refs.tag_count()
    opened.pulls = refs.pull_count()
    _choose_commit(opened, refs, revision)
    return opened


def find_git_dir(path: Path) -> tuple[Path, bool]:
    """The git directory of a folder, and whether the folder is a work tree.

    A ``.git`` file is followed once, and only to a folder that looks like a git directory.
    """
    if not path.is_dir():
        raise NotARepository(f"{path}: not a folder")
    inner = path / ".git"
    if inner.is_file():
        text = small(inner).strip()
        if not text.startswith("gitdir:"):
            raise NotARepository(f"{path}: its .git file names no git directory")
        named = _named_folder(path, text.removeprefix("gitdir:").strip())
        if named is None:
            raise NotARepository(f"{path}: the git directory that its .git file names is not there")
        return named, True
    if _looks_like_git(inner):
        return inner, True
    if _looks_like_git(path):
        return path, False
    raise NotARepository(f"{path}: not a git repository")


def _named_folder(base: Path, text: str) -> Path | None:
    """The git directory that a stranger's file names; None for what cannot be one."""
    try:
        folder = (base / text).resolve()
        return folder if _looks_like_git(folder) else None
    except (OSError, ValueError, RuntimeError):  # a name too long, a zero byte, a loop of links
        return None


def _looks_like_git(path: Path) -> bool:
    head = path / "HEAD"
    return (head.is_file() or _is_linked_head(head)) and ((path / "objects").exists() or (path / "commondir").is_file())


def _is_linked_head(head: Path) -> bool:
    return head.is_symlink() and str(head.readlink()).startswith("refs/")


def _object_format(oids: list[str | None]) -> str:
    """Which ids a repository has, told by their length."""
    return "sha256" if any(oid and len(oid) == SHA256_LENGTH for oid in oids) else "sha1"


def _common_dir(git_dir: Path) -> Path:
    """The shared git directory of a linked work tree, else the directory itself."""
    named = git_dir / "commondir"
    if not named.is_file():
        return git_dir
    return _named_folder(git_dir, small(named).strip()) or git_dir


def _link_objects(common: Path, ours: Path, opened: Opened) -> None:
    """Names the source's object folder as an alternate, unless more than its own objects would come into reach."""
    objects = common / "objects"
    inside = common.resolve()
    if objects.is_symlink() and not objects.resolve().is_relative_to(inside):
        opened.problems.append("its object folder is a link to a place outside the repository, which is not followed")
        return
    nested = objects / "info" / "alternates"
    outside = nested.is_file() or nested.is_symlink()
    linked = list(_links_among(objects))
    if not outside and not linked:
        _write_alternates(ours, [objects.resolve()])
        return
    if outside:
        opened.problems.append("objects that it borrows from other repositories (alternates) are not read")
    if linked:
        opened.problems.append(f"links among its objects are not followed: {len(linked)}")
    _mirror_objects(objects.resolve(), ours / "objects")


def _links_among(objects: Path) -> Iterator[str]:
    """The names of links in an object folder and in the folders of packs and loose objects below it."""
    for entry in os.scandir(objects) if objects.is_dir() else ():
        if entry.is_symlink():
            yield entry.name
        elif entry.is_dir() and OBJECT_FOLDER.fullmatch(entry.name):
            yield from (item.name for item in os.scandir(entry.path) if item.is_symlink())


def _mirror_objects(source: Path, ours: Path) -> None:
    """Hard to reach more than its own files: each pack and loose folder is linked by name, `info` is left out."""
    for entry in sorted(os.scandir(source), key=lambda item: item.name):
        if entry.is_symlink() or not entry.is_dir():
            continue
        if OBJECT_FOLDER.fullmatch(entry.name):
            target = ours / entry.name
            target.mkdir(exist_ok=True)
            for item in os.scandir(entry.path):
                if item.is_file(follow_symlinks=False) and not (target / item.name).exists():
                    (target / item.name).symlink_to(item.path)


def _write_alternates(ours: Path, folders: list[Path]) -> None:
    info = ours / "objects" / "info"
    info.mkdir(parents=True, exist_ok=True)
    quoted = ["".join(_quoted(char) for char in str(folder)) for folder in folders]
    (info / "alternates").write_text(
        "".join(f'"{line}"\n' for line in quoted), encoding="utf-8", errors="surrogateescape"
    )


def _quoted(char: str) -> str:
    if char in '"\\':
        return f"\\{char}"
    return f"\\{ord(char):03o}" if ord(char) < 32 else char


def _copy_shallow(common: Path, ours: Path, opened: Opened) -> None:
    source = common / "shallow"
    if not source.is_file() or source.is_symlink() or source.stat().st_size > SHALLOW_LIMIT:
        return
    lines = [line for line in source.read_text("ascii", "replace").split() if is_object_id(line)]
    if lines:
        (ours / "shallow").write_text("".join(f"{line}\n" for line in lines), encoding="ascii")
        opened.shallow = True


def _choose_commit(opened: Opened, refs: Refs, revision: str | None) -> None:
    if revision is None:
        branch, named = refs.head()
        missing = _without_head(opened, refs, branch)
    else:
        named, branch = refs.find(revision)
        missing = f"no branch, tag or commit {shown(revision)}"
        if named is None and ABBREVIATED.fullmatch(revision):
            named = _abbreviated(opened.git_dir, revision.lower())
    opened.branch = shown(branch) if branch is not None else None
    if named is None:
        opened.reason = missing
        return
    opened.empty = False
    opened.commit = commit_of(opened.git_dir, named)
    if opened.commit is None:
        opened.reason = f"the commit {named[:12]} could not be read: it is missing or damaged"


def _without_head(opened: Opened, refs: Refs, branch: str | None) -> str:
    """Why there is nothing behind HEAD."""
    if refs.is_table:
        return "its refs are kept as a reftable, which is not read; name a commit after @"
    if not refs.any():
        opened.empty = True
        return "no commits yet"
    return f"HEAD names the branch {shown(branch or '')}, which does not exist"


def _abbreviated(git_dir: str, revision: str) -> str | None:
    try:
        said = output(["rev-parse", "--verify", "--quiet", f"{revision}^{{commit}}"], git_dir, 20)
    except GitError:
        return None
    return said.decode().strip() or None


def origin_of_folder(git_dir: Path) -> str | None:
    """The web address that a git directory was cloned from, where that is a known host."""
    return origin_of(_common_dir(git_dir))
