"""What clones one repository of a local host without waiting, and looks at what came."""

from __future__ import annotations

from pathlib import Path

from reviewer.model.repository import Repository
from reviewer.sources.clone import Cloner
from reviewer.sources.git import output
from reviewer.sources.kept import Record, read_record
from reviewer.sources.limits import CloneLimits
from tests.servers.serve import Host

QUICK = CloneLimits(seconds=30, refs_seconds=10, pause=0)

SPARSE = CloneLimits(full_kib=0, blob="1k", seconds=30, refs_seconds=10, pause=0)

NAMES = ["one", "two", "three"]


def cloner(host: Host, tmp_path: Path, limits: CloneLimits = QUICK, **more: object) -> Cloner:
    return Cloner(tmp_path / "cache", github_url=host.url, limits=limits, **more)


def shop(host: Host, **more: object) -> Repository:
    return Repository(**{"name": "shop", "clone_url": f"{host.url}/ada/shop.git", "size_kib": 1, **more})


def record(git_dir: Path) -> Record:
    found = read_record(git_dir)
    assert found is not None
    return found


def kinds(git_dir: Path) -> dict[str, int]:
    """How many objects of each kind are here, without fetching any."""
    said = output(["cat-file", "--batch-check", "--batch-all-objects"], str(git_dir)).decode()
    found = [line.split()[1] for line in said.splitlines()]
    return {kind: found.count(kind) for kind in ("commit", "tree", "blob")}


def count(git_dir: Path, *revisions: str) -> int:
    return int(output(["rev-list", "--count", *revisions], str(git_dir)))


def left_over(tmp_path: Path) -> list[str]:
    return [path.name for path in (tmp_path / "cache").rglob("*") if ".part-" in path.name]
