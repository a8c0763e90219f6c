"""The object store of a local folder: its own objects, and never more than those."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from reviewer.sources.git import GitError, output
from reviewer.sources.local import Opened, open_local
from reviewer.sources.objects import Size, commit_of, is_object_id, read_blobs, sizes_of
from reviewer.sources.trees import list_tree
from tests.project import make_repository
from tests.sources.repositories import git

SECRET = b"the secret of another repository\n"
COMMITS = [{"message": "one", "files": {"a.txt": "one\n", "b.txt": "two\n", "c/d.txt": "three\n"}}]


@pytest.fixture
def other(tmp_path: Path) -> Path:
    """A repository that lies outside the target."""
    return make_repository(tmp_path / "other.git", [{"message": "x", "files": {"s": SECRET.decode()}}])


@pytest.fixture(params=["loose", "packed"])
def target(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    made = make_repository(tmp_path / "target.git", COMMITS)
    if request.param == "packed":
        git(made, "repack", "-a", "-d", "-q")
    return made


def opened(path: Path) -> Opened:
    workspace = path.parent / "workspace"
    workspace.mkdir()
    return open_local(str(path), None, workspace)


def texts(found: Opened) -> list[bytes]:
    assert found.commit is not None, found.reason
    oids = [entry.oid for entry in list_tree(found.git_dir, found.commit).entries]
    return [data for _, data in read_blobs(found.git_dir, oids)]


def readable(found: Opened, oid: str) -> bool:
    return bool(sizes_of(found.git_dir, [oid]))


def loose(git_dir: Path, oid: str) -> Path:
    return git_dir / "objects" / oid[:2] / oid[2:]


def test_all_of_its_own_objects_are_read(target: Path) -> None:
    found = opened(target)
    assert texts(found) == [b"one\n", b"two\n", b"three\n"]
    assert found.problems == []


def test_absent_blobs_are_left_out_and_the_others_read(tmp_path: Path) -> None:
    made = make_repository(tmp_path / "target.git", COMMITS)
    loose(made, git(made, "rev-parse", "HEAD:b.txt")).unlink()
    assert texts(opened(made)) == [b"one\n", b"three\n"]


ALTERNATES = {
    "another repository": "{other}/objects\n",
    "quoted": '"{other}/objects"\n',
    "after a comment": "# here\n\n{other}/objects\n",
    "a way up": "../../other.git/objects\n",
    "a loop and the root": "../objects\n/\n",
    "nowhere": "/nowhere\n",
}


@pytest.mark.parametrize("text", ALTERNATES.values(), ids=ALTERNATES)
def test_objects_of_alternates_are_not_in_reach(text: str, target: Path, other: Path) -> None:
    (target / "objects/info").mkdir(exist_ok=True)
    (target / "objects/info/alternates").write_text(text.format(other=other))
    found = opened(target)
    assert not readable(found, git(other, "rev-parse", "HEAD:s"))
    assert texts(found) == [b"one\n", b"two\n", b"three\n"]
    assert found.problems == ["objects that it borrows from other repositories (alternates) are not read"]


def link_alternates(target: Path, other: Path) -> None:
    (target.parent / "list").write_text(f"{other}/objects\n")
    (target / "objects/info").mkdir(exist_ok=True)
    (target / "objects/info/alternates").symlink_to(target.parent / "list")


def link_info(target: Path, other: Path) -> None:
    (target.parent / "info").mkdir()
    (target.parent / "info/alternates").write_text(f"{other}/objects\n")
    info = target / "objects/info"
    if info.exists():
        for item in info.iterdir():
            item.unlink()
        info.rmdir()
    info.symlink_to(target.parent / "info")


def link_packs(target: Path, other: Path) -> None:
    git(other, "repack", "-a", "-d", "-q")
    (target / "objects/pack").rename(target.parent / "own-pack")
    (target / "objects/pack").symlink_to(other / "objects/pack")


def link_one_pack(target: Path, other: Path) -> None:
    git(other, "repack", "-a", "-d", "-q")
    for item in (other / "objects/pack").iterdir():
        (target / "objects/pack" / item.name).symlink_to(item)


def link_folder_of_loose(target: Path, other: Path) -> None:
    oid = git(other, "rev-parse", "HEAD:s")
    (target / "objects" / oid[:2]).symlink_to(other / "objects" / oid[:2])


def link_one_loose(target: Path, other: Path) -> None:
    oid = git(other, "rev-parse", "HEAD:s")
    loose(target, oid).parent.mkdir(exist_ok=True)
    loose(target, oid).symlink_to(loose(other, oid))


LINKS = [link_alternates, link_info, link_packs, link_one_pack, link_folder_of_loose, link_one_loose]


@pytest.mark.parametrize("link", LINKS, ids=lambda link: link.__name__)
def test_links_among_the_objects_are_named_and_not_followed(link, target: Path, other: Path) -> None:
    secret = git(other, "rev-parse", "HEAD:s")
    link(target, other)
    found = opened(target)
    assert not readable(found, secret)
    assert found.problems
    packs_are_gone = link is link_packs and not list((target / "objects").glob("??"))
    assert (found.commit is None) is packs_are_gone


def test_an_object_folder_that_is_a_link_outside_is_not_followed(target: Path, other: Path) -> None:
    secret = git(other, "rev-parse", "HEAD:s")
    (target / "objects").rename(target.parent / "own")
    (target / "objects").symlink_to(other / "objects")
    found = opened(target)
    assert not readable(found, secret)
    assert found.commit is None
    assert found.problems == ["its object folder is a link to a place outside the repository, which is not followed"]


def test_an_object_folder_that_is_a_link_inside_is_followed(target: Path) -> None:
    (target / "objects").rename(target / "own")
    (target / "objects").symlink_to("own")
    found = opened(target)
    assert texts(found) == [b"one\n", b"two\n", b"three\n"]
    assert found.problems == []


def test_replacements_grafts_and_mailmaps_of_the_target_change_nothing(target: Path) -> None:
    head = git(target, "rev-parse", "HEAD")
    other = git(target, "commit-tree", "-m", "another", f"{head}^{{tree}}")
    git(target, "replace", head, other)
    (target / "info").mkdir(exist_ok=True)
    (target / "info/grafts").write_text(f"{head} {other}\n")
    found = opened(target)
    assert found.commit == head
    assert output(["log", "--format=%s", head], found.git_dir) == b"one\n"


@pytest.mark.parametrize(
    ("text", "whole"),
    [("a" * 40, True), ("0" * 64, True), ("a" * 39, False), ("A" * 40, False), ("g" * 40, False), ("", False)],
)
def test_object_ids(text: str, whole: bool) -> None:
    assert is_object_id(text) is whole


def test_sizes_and_blobs_of_what_is_here(target: Path) -> None:
    blob, folder, absent = (git(target, "rev-parse", "HEAD:a.txt"), git(target, "rev-parse", "HEAD:c"), "1" * 40)
    where = str(target)
    assert sizes_of(where, [absent, blob, folder, blob]) == {blob: Size("blob", 4), folder: Size("tree", 33)}
    assert list(read_blobs(where, [absent, blob, folder, blob])) == [(blob, b"one\n"), (blob, b"one\n")]
    assert list(read_blobs(where, [])) == []
    assert commit_of(where, git(target, "rev-parse", "HEAD")) == git(target, "rev-parse", "HEAD")
    assert [commit_of(where, name) for name in (blob, absent, "HEAD", "--all")] == [None] * 4


def test_a_blob_that_is_garbage_is_left_out(tmp_path: Path) -> None:
    made = make_repository(tmp_path / "target.git", COMMITS)
    first, damaged = (git(made, "rev-parse", f"HEAD:{name}") for name in ("a.txt", "b.txt"))
    loose(made, damaged).chmod(0o644)
    loose(made, damaged).write_bytes(b"garbage")
    assert list(sizes_of(str(made), [damaged, first])) == [first]
    assert [oid for oid, _ in read_blobs(str(made), [damaged, first])] == [first]


def test_a_blob_that_ends_early_ends_reading_with_an_error_after_those_before_it(tmp_path: Path) -> None:
    noise = random.Random(1).randbytes(20_000).hex()
    made = make_repository(tmp_path / "target.git", [{"message": "x", "files": {"a": "one", "b": noise}}])
    first, damaged = (git(made, "rev-parse", f"HEAD:{name}") for name in ("a", "b"))
    loose(made, damaged).chmod(0o644)
    loose(made, damaged).write_bytes(loose(made, damaged).read_bytes()[:-9000])
    read = []
    with pytest.raises(GitError):
        for oid, _ in read_blobs(str(made), [first, damaged]):
            read.append(oid)
    assert read == [first]
