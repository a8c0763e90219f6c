"""What else one might run on a repository, for a sense of proportion: a bare clone, and lizard on its Python files."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path

from bench.processes import Measured, measure
from reviewer.sources.objects import read_blobs, sizes_of
from reviewer.sources.trees import list_tree

FILE_MODES = ("100644", "100755")
SUFFIX = ".py"


def clone_bare(git_dir: Path, folder: Path) -> Measured:
    """``git clone --bare`` from the disk, with objects copied as over a network."""
    return measure(["git", "clone", "--quiet", "--bare", "--no-local", str(git_dir), str(folder)])


def lizard_installed() -> bool:
    """Whether lizard can be run beside."""
    return importlib.util.find_spec("lizard") is not None


def run_lizard(folder: Path) -> Measured:
    """lizard's complexity of every Python function below a folder."""
    return measure([sys.executable, "-m", "lizard", "-l", "python", str(folder)])


def export_python(git_dir: str, commit: str, folder: Path) -> int:
    """Writes a commit's Python files for lizard and gives their number.

    They are named by number: a stranger's path is never a path here, and lizard looks at the suffix alone.

    Args:
        git_dir: a repository of ours, as `reviewer.sources.local.open_local` makes it.
        commit: a full object id.
        folder: where they go; made if it is not there.
    """
    folder.mkdir(parents=True, exist_ok=True)
    entries = list_tree(git_dir, commit).entries
    wanted = [entry.oid for entry in entries if entry.mode in FILE_MODES and entry.path.endswith(SUFFIX.encode())]
    here = sizes_of(git_dir, wanted)
    number = 0
    for _oid, data in read_blobs(git_dir, [oid for oid in wanted if oid in here]):
        (folder / f"{number}{SUFFIX}").write_bytes(data)
        number += 1
    return number
