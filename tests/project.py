"""Little projects for tests: facts of inline files, and real git repositories of inline commits."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterable, Mapping
from pathlib import Path

from reviewer.gather.classify import standing
from reviewer.gather.kinds import LANGUAGE_OF_KIND, kind_of
from reviewer.gather.link import link
from reviewer.gather.read import read_file
from reviewer.gather.repository import gather
from reviewer.gather.roles import frontend_roots, mobile_roots, role_of
from reviewer.gather.tools import Tools
from reviewer.gather.tree_marks import TreeMarks
from reviewer.gather.worker import Pool
from reviewer.model.facts.history import History
from reviewer.model.facts.repository import RepositoryFacts, SourceFile, Standing
from reviewer.model.repository import Repository
from reviewer.sources.local import open_local
from reviewer.store import Store

AUTHOR = "Dana Dev <dana@example.invalid>"


def facts_of(files: Mapping[str, str], history: History | None = None) -> RepositoryFacts:
    """The linked facts of files, without git and without workers."""
    marks, roots, mobile = TreeMarks(files), frontend_roots(files), mobile_roots(files)
    sources = []
    for path, text in sorted(files.items()):
        kind = kind_of(path)
        whose = standing(path, "100644", len(text), text.encode(), marks)
        facts = read_file(kind, text.encode()) if kind and whose is Standing.OWN else None
        sources.append(
            SourceFile(
                path=path,
                standing=Standing.GENERATED if facts and facts.generated else whose,
                role=role_of(path, kind, None, roots, mobile),
                size=len(text),
                kind=kind,
                language=LANGUAGE_OF_KIND.get(kind or ""),
                facts=facts,
            )
        )
    return link(Repository(name="sample"), sources, history or History(own_known=False))


def make_repository(folder: Path, commits: Iterable[Mapping[str, object]], bare: bool = True) -> Path:
    """A real repository with these commits, oldest first, written by ``git fast-import``.

    A commit has ``message``, ``files`` (path to text, None deletes), and optionally ``author``, ``day``, ``branch``,
    ``merge`` (a branch that it brings in).
    """
    folder.mkdir(parents=True, exist_ok=True)
    git = ["git", "-C", str(folder)]
    env = {"PATH": os.environ["PATH"], "HOME": str(folder), "GIT_CONFIG_NOSYSTEM": "1"}
    subprocess.run([*git, "init", "-q", "-b", "main", *(["--bare"] if bare else [])], check=True, env=env)
    stream = b"".join(_commit(number, commit) for number, commit in enumerate(commits))
    subprocess.run([*git, "fast-import", "--quiet"], input=stream, check=True, env=env)
    if not bare:
        subprocess.run([*git, "reset", "-q", "--hard"], check=True, env=env)
    return folder


def _commit(number: int, commit: Mapping[str, object]) -> bytes:
    day = str(commit.get("day", f"2024-01-{number % 28 + 1:02d}"))
    author = str(commit.get("author", AUTHOR))
    stamp = f"{author} {_seconds(day) + number} +0000"
    message = str(commit["message"]).encode()
    branch = commit.get("branch", "main")
    text = (
        f"commit refs/heads/{branch}\nauthor {stamp}\ncommitter {stamp}\ndata {len(message)}\n".encode()
        + message
        + b"\n"
    )
    if "merge" in commit:
        text += f"merge refs/heads/{commit['merge']}\n".encode()
    files = commit.get("files", {})
    assert isinstance(files, Mapping)
    for path, content in files.items():
        if content is None:
            text += f'D "{path}"\n'.encode()
        else:
            data = str(content).encode()
            text += f'M 100644 inline "{path}"\ndata {len(data)}\n'.encode() + data + b"\n"
    return text + b"\n"


def _seconds(day: str) -> int:
    from datetime import UTC, datetime

    return int(datetime.fromisoformat(day).replace(tzinfo=UTC, hour=12).timestamp())


def gathered(folder: Path, workspace: Path, pool: Pool, who: tuple[str, ...] = ()) -> RepositoryFacts:
    """The facts of a real repository, gathered as a review does it."""
    workspace.mkdir(parents=True, exist_ok=True)
    opened = open_local(str(folder), None, workspace)
    return gather(Repository(name="sample"), opened, who, None, Tools(pool, Store(None)))
