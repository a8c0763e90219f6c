"""The listing of a commit: every file in git's order, limits on all of it, damage named and passed over."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from reviewer.sources.trees import Tree, TreeEntry, TreeLimits, list_tree
from tests.project import make_repository
from tests.sources.repositories import SETTLED, git

FILES = ["a/b/c/deep.txt", "a/one.txt", "a/two.txt", "a.txt", "b/three.txt", "z.txt"]


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    return make_repository(tmp_path / "shop.git", [{"message": "x", "files": {name: name for name in FILES}}])


def listed(repository: Path, commit: str = "HEAD", **limits: int) -> Tree:
    return list_tree(str(repository), git(repository, "rev-parse", commit), TreeLimits(**limits))


def paths(tree: Tree) -> list[str]:
    return [entry.path.decode() for entry in tree.entries]


def write(path: Path, kind: str, data: bytes) -> str:
    """Any bytes as an object of a kind; its id."""
    call = ["git", f"--git-dir={path}", "hash-object", "-w", "--literally", "-t", kind, "--stdin"]
    return (
        subprocess.run(call, input=data, capture_output=True, check=True, env=SETTLED | {"PATH": os.environ["PATH"]})
        .stdout.decode()
        .strip()
    )


def folder(*entries: tuple[str, bytes, str]) -> bytes:
    """A folder's bytes: mode, name and id of each entry."""
    return b"".join(f"{mode} ".encode() + name + b"\0" + bytes.fromhex(oid) for mode, name, oid in entries)


def commit(path: Path, tree: bytes | str) -> str:
    """A commit of a folder, given by its bytes or its id; no tool of git looks at it."""
    oid = write(path, "tree", tree) if isinstance(tree, bytes) else tree
    who = "A <a@example.invalid> 1700000000 +0000"
    return write(path, "commit", f"tree {oid}\nauthor {who}\ncommitter {who}\n\nx\n".encode())


@pytest.mark.parametrize("packed", [False, True], ids=["loose", "packed"])
def test_the_same_as_gits_own_listing(packed: bool, repository: Path) -> None:
    if packed:
        git(repository, "repack", "-a", "-d", "-q")
    tree = listed(repository)
    assert sorted(paths(tree)) == sorted(FILES)
    expected = {line.partition("\t")[2]: line.split() for line in git(repository, "ls-tree", "-r", "HEAD").splitlines()}
    assert {entry.path.decode(): (entry.mode, entry.oid) for entry in tree.entries} == {
        name: (words[0], words[2]) for name, words in expected.items()
    }
    assert (tree.left_out, tree.clock) == ([], False)


def test_the_order_is_the_same_every_time(repository: Path) -> None:
    assert listed(repository) == listed(repository)
    assert paths(listed(repository)) == ["a.txt", "z.txt", "a/one.txt", "a/two.txt", "a/b/c/deep.txt", "b/three.txt"]


LIMITS = {
    "files": ({"files": 3}, ["a.txt", "z.txt", "a/one.txt"], "limit of 3 files"),
    "as many files as there are": ({"files": 7}, 6, None),
    "folders": ({"folders": 2}, ["a.txt", "z.txt", "a/one.txt", "a/two.txt"], "limit of 2 folders"),
    "levels": ({"levels": 1}, ["a.txt", "z.txt", "a/one.txt", "a/two.txt", "b/three.txt"], "limit of 1 levels"),
    "bytes of a path": (
        {"path": 9},
        ["a.txt", "z.txt", "a/one.txt", "a/two.txt"],
        "longer than the limit of 9 bytes are left out: 2",
    ),
}


@pytest.mark.parametrize(("limits", "files", "said"), LIMITS.values(), ids=LIMITS)
def test_a_limit_cuts_and_is_said(
    limits: dict[str, int], files: list[str] | int, said: str | None, repository: Path
) -> None:
    tree = listed(repository, **limits)
    assert (len(tree.entries) if isinstance(files, int) else paths(tree)) == files
    assert [said in text for text in tree.left_out] == ([True] if said else [])
    assert not tree.clock


@pytest.mark.parametrize("damage", ["missing", "garbage"])
def test_a_damaged_folder_is_named_and_the_others_are_listed(damage: str, repository: Path) -> None:
    oid = git(repository, "rev-parse", "HEAD:a/b")
    loose = repository / "objects" / oid[:2] / oid[2:]
    loose.chmod(0o644)
    if damage == "missing":
        loose.unlink()
    else:
        loose.write_bytes(b"garbage")
    tree = listed(repository)
    assert paths(tree) == ["a.txt", "z.txt", "a/one.txt", "a/two.txt", "b/three.txt"]
    assert tree.left_out == ["1 folder of the tree is missing or damaged and could not be read"]


BROKEN = {
    "cut within an id": lambda blob: folder(("100644", b"ok", blob), ("100644", b"cut", blob))[:-5],
    "no zero byte": lambda blob: folder(("100644", b"ok", blob)) + b"100644 endless",
    "no mode": lambda blob: folder(("100644", b"ok", blob)) + b"x" * 60,
    "an empty name": lambda blob: folder(("100644", b"ok", blob), ("100644", b"", blob)),
}


@pytest.mark.parametrize("broken", BROKEN.values(), ids=BROKEN)
def test_a_folder_of_broken_bytes_is_read_as_far_as_it_goes(broken, repository: Path) -> None:
    blob = git(repository, "rev-parse", "HEAD:a.txt")
    inner = write(repository, "tree", broken(blob))
    tree = listed(repository, commit(repository, folder(("40000", b"broken", inner), ("100644", b"last", blob))))
    assert sorted(paths(tree)) == ["broken/ok", "last"]
    assert len(tree.left_out) == 1


def test_entries_of_every_kind_keep_their_mode_and_bytes(repository: Path) -> None:
    blob = git(repository, "rev-parse", "HEAD:a.txt")
    kinds = [
        ("100644", b"caf\xe9"), ("100644", b"li\nne"), ("100644", b".."), ("100644", b".git"), ("120000", b"link"),
        ("100755", b"run"), ("160000", b"submodule"), ("100664", b"old mode"), ("7777777", b"no mode of git's"),
    ]  # fmt: skip
    tree = listed(repository, commit(repository, folder(*((mode, name, blob) for mode, name in kinds))))
    assert tree.entries == [TreeEntry(mode, blob, name) for mode, name in kinds]


def test_a_file_where_a_folder_is_named_is_damage(repository: Path) -> None:
    blob = git(repository, "rev-parse", "HEAD:a.txt")
    tree = listed(repository, commit(repository, folder(("40000", b"no folder", blob), ("100644", b"file", blob))))
    assert paths(tree) == ["file"]
    assert len(tree.left_out) == 1


@pytest.mark.parametrize("absent", ["1" * 40, "not an id"], ids=["absent", "no id"])
def test_a_commit_that_is_not_here_lists_nothing_and_says_so(absent: str, repository: Path) -> None:
    tree = list_tree(str(repository), absent)
    assert (tree.entries, len(tree.left_out)) == ([], 1)


def test_a_tree_bomb_ends_at_the_limits(repository: Path) -> None:
    """Ten names for the same folder, thirty levels deep: 10**30 files."""
    oid = git(repository, "rev-parse", "HEAD:a.txt")
    mode = "100644"
    for _ in range(30):
        oid = write(repository, "tree", folder(*((mode, f"{n}".encode(), oid) for n in range(10))))
        mode = "40000"
    tree = listed(repository, commit(repository, oid), files=2000, folders=5000)
    assert len(tree.entries) == 2000
    assert tree.left_out == ["the tree is read up to a limit of 2,000 files; the rest is left out"]


def test_a_very_deep_tree_is_cut_at_a_level(repository: Path) -> None:
    oid, mode = git(repository, "rev-parse", "HEAD:a.txt"), "100644"
    for _ in range(60):
        oid = write(
            repository, "tree", folder((mode, b"d", oid), ("100644", b"f", git(repository, "rev-parse", "HEAD:a.txt")))
        )
        mode = "40000"
    tree = listed(repository, commit(repository, oid), levels=50)
    assert len(tree.entries) == 51
    assert tree.left_out == ["folders too deep, below the limit of 50 levels, are left out"]
