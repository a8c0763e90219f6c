"""Runs the command line as a user does: a process of its own, in a folder and a home of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
SECONDS = 60


@dataclass(frozen=True)
class Ran:
    """How a command ended, and where it wrote."""

    code: int
    out: str
    err: str
    folder: Path

    @property
    def report(self) -> dict[str, Any]:
        """The written report.json."""
        found = json.loads((self.folder / "report.json").read_text("utf-8"))
        assert isinstance(found, dict)
        return found

    def repository(self, name: str) -> dict[str, Any]:
        """One repository of the report, by the end of its name."""
        (found,) = [item for item in self.report["repositories"] if item["name"].rpartition("/")[2] == name]
        assert isinstance(found, dict)
        return found

    def statuses(self) -> dict[str, str]:
        """How each repository's review ended, by the last part of its name."""
        return {item["name"].rpartition("/")[2]: item["status"] for item in self.report["repositories"]}

    def written(self) -> dict[str, bytes]:
        """The report's files."""
        return {path.name: path.read_bytes() for path in sorted(self.folder.iterdir())}

    def refused(self, code: int) -> str:
        """Asserts that it ended with ``code`` and one line on stderr; gives that line."""
        assert (self.code, self.err.count("\n")) == (code, 1), (self.code, self.err)
        assert self.err.startswith("reviewer: ")
        assert "Traceback" not in self.err + self.out
        return self.err.removeprefix("reviewer: ").strip()


@dataclass
class Place:
    """A folder to run in: with a home, a working folder, and outputs that are counted."""

    root: Path
    env: dict[str, str] = field(default_factory=dict)
    runs: int = 0

    def __post_init__(self) -> None:
        for name in ("home", "here", "tmp"):
            (self.root / name).mkdir(parents=True, exist_ok=True)

    @property
    def here(self) -> Path:
        """The working folder."""
        return self.root / "here"

    @property
    def cache(self) -> Path:
        """Where the cache lies unless it is told otherwise."""
        return self.root / "home" / ".cache" / "portfolio-reviewer"

    def environment(self, more: Mapping[str, str]) -> dict[str, str]:
        """What the command sees, and nothing else."""
        usual = {
            "PATH": os.environ["PATH"],
            "HOME": str(self.root / "home"),
            "TMPDIR": str(self.root / "tmp"),
            "LC_ALL": "C.UTF-8",
            "PYTHONPATH": str(ROOT),
        }
        return {**usual, **self.env, **more}

    def reviewer(self, *words: str | Path, **env: str) -> Ran:
        """``reviewer WORDS``."""
        said = subprocess.run(
            [sys.executable, "-m", "reviewer", *map(str, words)],
            cwd=self.here,
            env=self.environment(env),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=SECONDS,
            check=False,
        )
        return Ran(said.returncode, said.stdout.decode(), said.stderr.decode(), self.root)

    def start(self, *words: str | Path, **env: str) -> subprocess.Popen[str]:
        """``reviewer review WORDS -v``, left running; its stderr is a pipe."""
        self.runs += 1
        folder = self.root / f"out-{self.runs}"
        return subprocess.Popen(
            [sys.executable, "-m", "reviewer", "review", *map(str, words), "-v", "-o", str(folder)],
            cwd=self.here,
            env=self.environment(env),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )

    def review(self, *words: str | Path, **env: str) -> Ran:
        """``reviewer review WORDS`` into a new folder."""
        self.runs += 1
        folder = self.root / f"out-{self.runs}"
        ran = self.reviewer("review", *words, "-o", folder, **env)
        return Ran(ran.code, ran.out, ran.err, folder)
