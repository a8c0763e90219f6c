"""The people and repositories that the local server shows: given in code, or read from a folder."""

from __future__ import annotations

import subprocess
from dataclasses import dataclass, field
from pathlib import Path

import yaml

METADATA = "repos.yaml"


@dataclass
class Listed:
    """One repository of a login. ``path`` is its bare repository, None where it is listed but never cloned.

    ``status`` is what its own page answers (404, 451, ...); ``renamed_to`` is an ``owner/name`` it redirects to.
    """

    name: str
    path: Path | None = None
    fork: bool = False
    parent: str | None = None
    archived: bool = False
    private: bool = False
    size_kib: int = 1
    pushed: str = "2026-01-02T03:04:05Z"
    default_branch: str = "main"
    status: int = 200
    renamed_to: str | None = None


@dataclass
class Pull:
    """A pull request of an account that was merged into ``repository``, an ``owner/name``."""

    repository: str
    number: int
    title: str = "Add orders"
    body: str = ""
    approved: bool = False


@dataclass
class Login:
    """One account. ``private_view``: the host tells the owner of a token that an account is theirs."""

    login: str
    name: str | None = None
    email: str | None = None
    type: str = "User"
    repositories: list[Listed] = field(default_factory=list)
    private_view: bool = True
    pulls: list[Pull] = field(default_factory=list)


def read_logins(folder: Path) -> list[Login]:
    """``FOLDER/<login>/<name>.git`` (symbolic links allowed), with what ``FOLDER/<login>/repos.yaml`` adds.

    That file may hold ``name``, ``email`` and ``type`` of the login, and under ``repositories`` the fields of `Listed`
    by repository name.
    """
    return [_read_login(place) for place in sorted(folder.iterdir()) if place.is_dir()]


def _read_login(place: Path) -> Login:
    file = place / METADATA
    more = yaml.safe_load(file.read_text(encoding="utf-8")) or {} if file.exists() else {}
    given = more.pop("repositories", {})
    folders = {path.name.removesuffix(".git"): path for path in sorted(place.iterdir()) if (path / "HEAD").exists()}
    repositories = [_listed(name, folders.get(name), given.get(name) or {}) for name in {**folders, **given}]
    return Login(login=place.name, repositories=repositories, **more)


def _listed(name: str, path: Path | None, given: dict) -> Listed:
    found: dict = {}
    if path is not None:
        found["default_branch"] = _git(path, "symbolic-ref", "--short", "HEAD") or "main"
        found["size_kib"] = sum(file.stat().st_size for file in path.rglob("*") if file.is_file()) // 1024
        pushed = _git(path, "log", "-1", "--date=format-local:%Y-%m-%dT%H:%M:%SZ", "--format=%cd")
        found.update({"pushed": pushed} if pushed else {})
    return Listed(**{"name": name, "path": path, **found, **given})


def _git(path: Path, *args: str) -> str:
    asked = ["git", "-c", "safe.directory=*", "--git-dir", str(path), *args]
    return (
        subprocess.run(asked, capture_output=True, check=False, env={"PATH": "/usr/bin:/bin", "TZ": "UTC"})
        .stdout.decode()
        .strip()
    )
