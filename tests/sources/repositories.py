"""Small bare repositories, the same bytes every time."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

SETTLED = {
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_AUTHOR_NAME": "Ada Example",
    "GIT_AUTHOR_EMAIL": "ada@example.org",
    "GIT_COMMITTER_NAME": "Ada Example",
    "GIT_COMMITTER_EMAIL": "ada@example.org",
    "LC_ALL": "C.UTF-8",
    "TZ": "UTC",
}


def git(git_dir: Path | None, *args: str, **more: str) -> str:
    """Runs git with settled settings and gives what it printed."""
    where = [f"--git-dir={git_dir}"] if git_dir else []
    env = {"PATH": os.environ["PATH"], **SETTLED, **more}
    said = subprocess.run(["git", *where, *args], env=env, capture_output=True, check=True)
    return said.stdout.decode().strip()


def make_repository(path: Path, commits: list[str], branch: str = "main", empty: bool = False) -> Path:
    """A bare repository with one file more in each commit: ``<commit>.txt`` holding its name."""
    git(None, "init", "-q", "--bare", "--template=", f"--initial-branch={branch}", str(path))
    if not empty:
        add_commits(path, commits, branch)
    return path


def add_commits(path: Path, commits: list[str], branch: str = "main", content: bytes | None = None) -> str:
    """Adds commits to a branch through fast-import; gives the id of the last one."""
    present = git(path, "for-each-ref", "--format=%(objectname)", f"refs/heads/{branch}")
    count = int(git(path, "rev-list", "--count", present)) if present else 0
    stream: list[bytes] = []
    for index, name in enumerate(commits):
        when = f"{1772359200 + (count + index) * 86400} +0000"
        body = content if content is not None else f"{name}\n".encode()
        stream += [
            f"commit refs/heads/{branch}\ncommitter Ada Example <ada@example.org> {when}\n".encode(),
            f"data {len(name)}\n{name}\n".encode(),
            f"from {present}\n".encode() if present and not index else b"",
            f"M 100644 inline {name}.txt\ndata {len(body)}\n".encode() + body + b"\n",
        ]
    env = {"PATH": os.environ["PATH"], **SETTLED}
    asked = ["git", f"--git-dir={path}", "fast-import", "--quiet"]
    subprocess.run(asked, input=b"".join(stream), env=env, check=True, capture_output=True)
    return git(path, "rev-parse", f"refs/heads/{branch}")
