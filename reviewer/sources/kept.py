"""A clone between runs: where it lies, what it is, and who may work on it."""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import msgspec

from reviewer.model.base import Noun
from reviewer.sources.git import GitError, output
from reviewer.sources.objects import commit_of

RECORD = "reviewer.json"
LAYOUT = 1
LOCAL_SECONDS = 20
PROMISES = r"^(remote\..*\.(promisor|partialclonefilter)|extensions\.partialclone)$"


class Record(Noun):
    """What a clone is, kept inside it as JSON.

    ``commit`` is what is reviewed (HEAD of the clone), ``blobless`` whether old contents were left out, ``shallow``
    whether old commits were, ``cut`` what a clock or a size cut short: such a clone is not used again. ``upstream``
    is the tip of a fork's parent, ``partial`` says that commits of it are here without their contents: such a clone
    is made again rather than updated, because git would take those commits for complete. ``branches`` names a few
    other branches of the host; they are not here.
    """

    layout: int
    url: str
    commit: str
    branch: str | None = None
    blobless: bool = False
    shallow: bool = False
    tags: int = 0
    cut: str | None = None
    upstream: str | None = None
    partial: bool = False
    branches: tuple[str, ...] = ()


def read_record(git_dir: Path) -> Record | None:
    """What a clone of ours is; None where there is none, it is damaged, or another version made it."""
    try:
        record = msgspec.json.decode((git_dir / RECORD).read_bytes(), type=Record)
    except (OSError, msgspec.DecodeError, ValueError):
        return None
    sound = record.layout == LAYOUT and commit_of(str(git_dir), record.commit) == record.commit
    return record if sound else None


def write_record(git_dir: Path, record: Record) -> None:
    """Writes the record whole or not at all."""
    new = git_dir / f"{RECORD}.new"
    new.write_bytes(msgspec.json.format(msgspec.json.encode(record), indent=1))
    new.replace(git_dir / RECORD)


def place_of(address: str, revision: str | None) -> Path:
    """Where the clone of an address lies below the cache: host, owner, name, and a hash where a revision is named."""
    parts = urlsplit(address)
    *folders, name = [piece for piece in parts.path.split("/") if piece not in ("", ".", "..")] or ["_"]
    mark = f"@{hashlib.sha256(revision.encode()).hexdigest()[:16]}" if revision else ""
    return Path(parts.netloc.lower().replace(":", "_"), *folders, f"{name.removesuffix('.git')}{mark}.git")


@contextlib.contextmanager
def lock(place: Path) -> Iterator[None]:
    """Only one thread of one process works on a clone; others wait and then find it finished."""
    with open(place.with_name(f"{place.name}.lock"), "wb") as held:
        with contextlib.suppress(OSError):  # a file system without locks: rename still keeps clones whole
            fcntl.flock(held, fcntl.LOCK_EX)
        yield


def keep_whole(git_dir: Path) -> None:
    """Makes a clone without old contents an ordinary one, of which some objects are missing.

    Git would otherwise try to fetch each of them when it is asked for, and die where it may not.
    """
    with contextlib.suppress(GitError):
        listed = output(
            ["config", "--local", "-z", "--name-only", "--get-regexp", PROMISES], str(git_dir), LOCAL_SECONDS
        )
        for name in filter(None, listed.decode("utf-8", "replace").split("\0")):
            output(["config", "--local", "--unset-all", name], str(git_dir), LOCAL_SECONDS)


def set_head(git_dir: Path, commit: str) -> None:
    """Makes a commit the one that is reviewed."""
    output(["update-ref", "--no-deref", "HEAD", commit], str(git_dir), LOCAL_SECONDS)
