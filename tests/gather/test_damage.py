"""A repository some of whose files cannot be read: each is named in the problems, and the others are read."""

from __future__ import annotations

import random
from pathlib import Path

from reviewer.gather.lines import LineReader
from reviewer.gather.worker import Pool
from reviewer.model.facts.repository import RepositoryFacts
from tests.gather.test_worker import SLOW, SOON
from tests.project import gathered, make_repository
from tests.sources.repositories import git

NOISE = "# " + random.Random(1).randbytes(20_000).hex()
FILES = {f"app/{name}.py": f"def {name}():\n    return 1\n{NOISE}{name}\n" for name in "abcdef"}


def loose(repository: Path, path: str) -> Path:
    oid = git(repository, "rev-parse", f"HEAD:{path}")
    return repository / "objects" / oid[:2] / oid[2:]


def damage(repository: Path, path: str) -> None:
    """Cuts the end off a content, so that git finds out while it is read."""
    blob = loose(repository, path)
    blob.chmod(0o644)
    blob.write_bytes(blob.read_bytes()[:-9000])


def problems(facts: RepositoryFacts) -> list[tuple[str | None, str]]:
    return [(item.path, item.what) for item in facts.problems if item.path]


def read(facts: RepositoryFacts) -> str:
    return "".join(Path(file.path).stem for file in facts.project.files if file.facts and file.facts.functions)


def test_a_slow_file_is_marked_as_cut_by_the_clock(tmp_path: Path) -> None:
    files = {"app/slow.py": SLOW.data.decode(), "app/good.py": "def f():\n    return 1\n"}
    made = make_repository(tmp_path / "shop.git", [{"message": "x", "files": files}])
    with Pool(1, seconds=SOON) as quick:
        facts = gathered(made, tmp_path / "workspace", quick)
    assert [(item.path, item.clock) for item in facts.problems if item.path] == [("app/slow.py", True)]
    assert read(facts) == "good"


def test_absent_contents(tmp_path: Path, pool: Pool) -> None:
    made = make_repository(tmp_path / "shop.git", [{"message": "x", "files": FILES}])
    loose(made, "app/b.py").unlink()
    loose(made, "app/d.py").unlink()
    facts = gathered(made, tmp_path / "workspace", pool)
    assert problems(facts) == [
        ("app/b.py", "its content is missing from the repository"),
        ("app/d.py", "its content is missing from the repository"),
    ]
    assert read(facts) == "acef"


def test_damaged_contents(tmp_path: Path, pool: Pool) -> None:
    made = make_repository(tmp_path / "shop.git", [{"message": "x", "files": FILES}])
    for path in ("app/a.py", "app/d.py", "app/f.py"):
        damage(made, path)
    facts = gathered(made, tmp_path / "workspace", pool)
    assert sorted(problems(facts)) == [
        (f"app/{name}.py", "its content is damaged and could not be read") for name in "adf"
    ]
    assert read(facts) == "bce"


def test_lines_behind_evidence_are_there_for_every_file_of_one_content(tmp_path: Path) -> None:
    files = {"a/__init__.py": "one\ntwo\n", "b/__init__.py": "one\ntwo\n", "c.py": "three\n"}
    made = make_repository(tmp_path / "shop.git", [{"message": "x", "files": files}])
    reader = LineReader(str(made), {path: git(made, "rev-parse", f"HEAD:{path}") for path in files})
    reader.fetch()
    assert [reader(path, 2, 2) for path in ("a/__init__.py", "b/__init__.py", "c.py", "absent.py")] == [
        "two", "two", "", None,
    ]  # fmt: skip
    assert [reader("c.py", 0, 1), reader("c.py", 9, 9), reader("a/__init__.py", 1, 2)] == [None, None, "one\ntwo"]
