"""Opens a local folder without trusting it: its objects are read, its settings, hooks and refs are not used.

A new empty repository of ours names the folder's object store as an alternate, so that git never runs with the
candidate's folder as its repository; HEAD and refs are read here, as text.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, field
from pathlib import Path

from reviewer.sources.git import output
from reviewer.sources.objects import commit_of, is_object_id

REF_LIMIT = 5
"""Symbolic refs followed one after another; git's own limit."""
SMALL_FILE = 1 << 16
PACKED_REFS_LIMIT = 32 << 20
SHALLOW_LIMIT = 4 << 20
KNOWN_HOSTS = ("github.com", "gitlab.com", "bitbucket.org")
REMOTE_SECTION = re.compile(r'\s*\[remote "origin"\]')
ORIGIN_URL = re.compile(r"\s*url\s*=\s*(\S+)\s*$")


class NotARepository(Exception):
    """The folder holds no git repository; the message is one line."""


@dataclass(slots=True)
class Opened:
    """A repository that is ready to be read. ``git_dir`` is ours; ``commit`` is None where nothing can be reviewed.

    ``reason`` says why then, ``empty`` that nothing was ever committed. ``branches`` names up to a few other branches,
    for default branches without code.
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
    ours = workspace / "objects.git"
    output(["init", "-q", "--bare", "--template=", str(ours)], str(ours), 20)
    opened = Opened(git_dir=str(ours), commit=None, url=_origin(common), uncommitted_note=is_tree)
    _link_objects(common, ours, opened)
    _copy_shallow(common, ours, opened)
    refs = Refs(git_dir, common)
    opened.branches = refs.branches()
    opened.tags = refs.tag_count()
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
        text = _small(inner).strip()
        if not text.startswith("gitdir:"):
            raise NotARepository(f"{path}: its .git file names no git directory")
        inner = (path / text.removeprefix("gitdir:").strip()).resolve()
        if not _looks_like_git(inner):
            raise NotARepository(f"{path}: the git directory that its .git file names is not there")
        return inner, True
    if _looks_like_git(inner):
        return inner, True
    if _looks_like_git(path):
        return path, False
    raise NotARepository(f"{path}: not a git repository")


def _looks_like_git(path: Path) -> bool:
    return (path / "HEAD").is_file() and ((path / "objects").exists() or (path / "commondir").is_file())


def _common_dir(git_dir: Path) -> Path:
    """The shared git directory of a linked work tree, else the directory itself."""
    named = git_dir / "commondir"
    if not named.is_file():
        return git_dir
    common = (git_dir / _small(named).strip()).resolve()
    return common if _looks_like_git(common) else git_dir


def _link_objects(common: Path, ours: Path, opened: Opened) -> None:
    """Names the source's object folder as an alternate, unless more than its own objects would come into reach."""
    objects = common / "objects"
    inside = common.resolve()
    if objects.is_symlink() and not objects.resolve().is_relative_to(inside):
        opened.problems.append("its object folder is a link to a place outside the repository, which is not followed")
        return
    nested = objects / "info" / "alternates"
    outside = nested.is_file() or nested.is_symlink()
    linked = [entry.name for entry in os.scandir(objects) if entry.is_symlink()] if objects.is_dir() else []
    if not outside and not linked:
        _write_alternates(ours, [objects.resolve()])
        return
    if outside:
        opened.problems.append("objects that it borrows from other repositories (alternates) are not read")
    if linked:
        opened.problems.append(f"{len(linked)} links among its objects are not followed")
    _mirror_objects(objects.resolve(), ours / "objects")


def _mirror_objects(source: Path, ours: Path) -> None:
    """Hard to reach more than its own files: each pack and loose folder is linked by name, `info` is left out."""
    for entry in sorted(os.scandir(source), key=lambda item: item.name):
        if entry.is_symlink() or not entry.is_dir():
            continue
        if entry.name == "pack" or re.fullmatch(r"[0-9a-f]{2}", entry.name):
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
        opened.branch, named = refs.head()
        missing = "no commits yet" if not refs.any() else f"HEAD names the branch {opened.branch}, which does not exist"
    else:
        named, opened.branch = refs.find(revision)
        missing = f"no branch, tag or commit {revision}"
        if named is None and re.fullmatch(r"[0-9a-f]{4,64}", revision):
            named = _abbreviated(opened.git_dir, revision)
    if named is None:
        opened.reason, opened.empty = missing, missing.startswith("no commits")
        return
    opened.commit = commit_of(opened.git_dir, named)
    if opened.commit is None:
        opened.reason = f"the commit {named[:12]} could not be read: it is missing or damaged"


def _abbreviated(git_dir: str, revision: str) -> str | None:
    from reviewer.sources.git import GitError

    try:
        return (
            output(["rev-parse", "--verify", "--quiet", f"{revision}^{{commit}}"], git_dir, 20).decode().strip() or None
        )
    except GitError:
        return None


class Refs:
    """Branches, tags and HEAD of a git directory, read as text: no name of a stranger reaches a command line."""

    def __init__(self, git_dir: Path, common: Path) -> None:
        self.git_dir, self.common = git_dir, common
        self.packed = _packed_refs(common / "packed-refs")

    def any(self) -> bool:
        """Whether there is any branch at all."""
        return bool(self.packed) or any((self.common / "refs" / "heads").rglob("*"))

    def head(self) -> tuple[str | None, str | None]:
        """The branch that HEAD names (None when detached) and the object id behind it."""
        text = _small(self.git_dir / "HEAD").strip()
        if is_object_id(text):
            return None, text
        name = text.removeprefix("ref:").strip()
        return name.removeprefix("refs/heads/"), self.resolve(name)

    def resolve(self, name: str, depth: int = 0) -> str | None:
        """The object id behind a full ref name; symbolic refs are followed a few times."""
        parts = name.split("/")
        if depth > REF_LIMIT or not name.startswith("refs/") or any(part in ("", ".", "..") for part in parts):
            return None
        for folder in dict.fromkeys((self.git_dir, self.common)):
            loose = folder / name
            if loose.is_file() and not loose.is_symlink() and loose.resolve().is_relative_to(folder.resolve()):
                text = _small(loose).strip()
                if text.startswith("ref:"):
                    return self.resolve(text.removeprefix("ref:").strip(), depth + 1)
                return text if is_object_id(text) else None
        return self.packed.get(name)

    def find(self, revision: str) -> tuple[str | None, str | None]:
        """The object id and branch name of a branch, tag or full id."""
        if is_object_id(revision):
            return revision, None
        for prefix in ("refs/heads/", "refs/tags/", "refs/remotes/origin/"):
            found = self.resolve(prefix + revision)
            if found:
                return found, revision if "tags" not in prefix else None
        return None, None

    def branches(self, most: int = 20) -> dict[str, str]:
        """Names and ids of up to ``most`` branches, remote ones included, in name order."""
        prefixes = ("refs/heads/", "refs/remotes/origin/")
        names = {name for name in self.packed if name.startswith(prefixes)}
        for prefix in prefixes:
            folder = self.common / prefix
            if folder.is_dir():
                names |= {prefix + str(item.relative_to(folder)) for item in _files_below(folder, most * 5)}
        found: dict[str, str] = {}
        for name in sorted(names):
            oid = self.resolve(name)
            short = name.removeprefix(prefixes[0]).removeprefix(prefixes[1])
            if oid and short != "HEAD" and len(found) < most:
                found.setdefault(short, oid)
        return found

    def tag_count(self) -> int:
        """How many tags there are, counted up to a limit."""
        loose = self.common / "refs" / "tags"
        names = {name for name in self.packed if name.startswith("refs/tags/")}
        if loose.is_dir():
            names |= {f"refs/tags/{item.relative_to(loose)}" for item in _files_below(loose, 1000)}
        return len(names)


def _files_below(folder: Path, most: int) -> list[Path]:
    found: list[Path] = []
    for item in folder.rglob("*"):
        if len(found) >= most:
            break
        if item.is_file():
            found.append(item)
    return found


def _packed_refs(path: Path) -> dict[str, str]:
    if not path.is_file() or path.is_symlink() or path.stat().st_size > PACKED_REFS_LIMIT:
        return {}
    found: dict[str, str] = {}
    for line in path.read_text("utf-8", "surrogateescape").splitlines():
        oid, _, name = line.partition(" ")
        if name and is_object_id(oid):
            found[name] = oid
    return found


def origin_of_folder(git_dir: Path) -> str | None:
    """The web address that a git directory was cloned from, where that is a known host."""
    return _origin(_common_dir(git_dir))


def _origin(common: Path) -> str | None:
    """The web address of the origin remote where that is a known host; read as text, credentials dropped."""
    config = common / "config"
    if not config.is_file() or config.is_symlink():
        return None
    inside = False
    for line in _small(config).splitlines():
        if line.lstrip().startswith("["):
            inside = bool(REMOTE_SECTION.match(line))
        found = ORIGIN_URL.match(line) if inside else None
        if found:
            return web_address(found[1])
    return None


def web_address(url: str) -> str | None:
    """``https://host/owner/name`` of a clone address on a known host, else None."""
    match = re.match(r"(?:https://(?:[^/@]*@)?|git@|ssh://git@)([a-z.]+)[:/]([\w.-]+(?:/[\w.-]+)+?)(?:\.git)?/?\Z", url)
    if match and match[1] in KNOWN_HOSTS:
        return f"https://{match[1]}/{match[2]}"
    return None


def _small(path: Path) -> str:
    with path.open("rb") as file:
        return file.read(SMALL_FILE).decode("utf-8", "surrogateescape")
