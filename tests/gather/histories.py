"""Histories for tests: little repositories, and what is read of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from reviewer.gather.history import HistoryOptions, RawHistory, read_history, read_people
from reviewer.gather.history_facts import link_history
from reviewer.model.facts.history import Commit, History
from reviewer.sources.git import output
from tests.project import make_repository

Files = Mapping[str, int | str | None]


def build(folder: Path, commits: Sequence[Mapping[str, object]]) -> tuple[str, dict[str, int]]:
    """A bare repository; gives its folder, and the lines of each path that is there at the end."""
    present: dict[str, int] = {}
    written = []
    for commit in commits:
        files = commit["files"]
        assert isinstance(files, Mapping)
        for path, size in files.items():
            present.pop(path, None)
            if size is not None:
                present[path] = int(str(size).split()[-1])
        written.append(
            {
                **commit,
                "author": f"{commit['author']} <{str(commit['author']).lower()}@x.org>",
                "message": commit.get("message", "Step"),
                "files": {path: text(size) for path, size in files.items()},
            }
        )
    return str(make_repository(folder / "repo.git", written)), present


def text(size: int | str | None) -> str | None:
    """``3`` is three numbered lines, ``other 3`` three different ones."""
    if size is None:
        return None
    *words, lines = str(size).split()
    return "".join(f"{' '.join(words)} line {number}\n" for number in range(int(lines)))


def head(git_dir: str, name: str = "main") -> str:
    """The id of a commit."""
    return output(["rev-parse", name], git_dir).decode().strip()


def read(git_dir: str, **options: object) -> RawHistory:
    """The history of ``main``, read with some limits."""
    return read_history(git_dir, head(git_dir), HistoryOptions(**options))  # type: ignore[arg-type]


def linked(raw: RawHistory, present: Mapping[str, int], who: Sequence[str] = ()) -> History:
    """The history as facts."""
    return link_history(raw, read_people(raw, who), present)


def shown(history: History, commit: Commit) -> str:
    """One commit in a line."""
    return f"{history.people[commit.person].name} {commit.paths} paths +{commit.added} -{commit.deleted}"
