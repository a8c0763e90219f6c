"""The same commits and options give the same bytes, wherever, whenever and in whatever order they are read."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest

from reviewer.gather.worker import Pool
from reviewer.report.html import render_html
from reviewer.report.json import render_json
from reviewer.review import review
from reviewer.settings import Settings
from reviewer.sources.open import Opener
from reviewer.sources.targets import read_target
from tests.e2e import samples
from tests.e2e.running import Place
from tests.project import make_repository

NAMES = ("api", "shop", "tools")
BOB = "Bob B <bob@example.net>"
EXPRESS = """\
const express = require("express");
const { Pool } = require("pg");
const app = express();
const pool = new Pool();

app.get("/users/:id", async (req, res) => {
  const found = await pool.query(`SELECT * FROM users WHERE name = '${req.query.name}'`);
  res.json(found.rows);
});
app.post("/users", (req, res) => res.status(201).json(req.body));
app.listen(3000);
"""
TASKS = (
    "import os\n\nPASSWORD = os.environ['PASSWORD']\n\n\ndef clean(rows):\n    return [row for row in rows if row]\n"
)
COMPOSE = "services:\n  db:\n    image: postgres:16\n  cache:\n    image: redis:7\n"
WORKFLOW = "on: [push]\njobs:\n  test:\n    runs-on: ubuntu-latest\n    steps:\n      - run: npm test\n"


def _team() -> list[dict[str, object]]:
    files: dict[str, object] = {f"src/part{number}.py": f"# {number}\n{TASKS}" for number in range(30)}
    return [
        {"message": "Serve users", "author": samples.ADA, "day": "2024-03-01",
         "files": {"package.json": '{"dependencies": {"express": "4", "pg": "8"}}', "server.js": EXPRESS}},
        {"message": "Run the database in a container", "author": BOB, "day": "2024-03-02",
         "files": {"compose.yaml": COMPOSE, ".github/workflows/ci.yml": WORKFLOW}},
        {"message": "fix", "author": "bob <bob@example.net>", "day": "2024-03-09", "files": files},
        {"message": "Move parts", "author": samples.ADA, "day": "2024-03-10",
         "files": {"src/part1.py": None, "lib/part1.py": f"# 1\n{TASKS}"}},
    ]  # fmt: skip


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three repositories of two people."""
    root = tmp_path_factory.mktemp("three")
    make_repository(root / "api", _team(), bare=False)
    samples.shop(root / "shop", author=BOB)
    samples.of_files(root / "tools", {"clean.py": TASKS, "prices.ipynb": samples.notebook()})
    return root


@pytest.fixture(scope="module")
def first(served: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """What a plain run writes."""
    ran = Place(tmp_path_factory.mktemp("first")).review(*(served / name for name in NAMES), PYTHONHASHSEED="0")
    assert set(ran.statuses().values()) == {"reviewed"}
    return ran.written()


RUNS: dict[str, tuple[list[str], dict[str, str]]] = {
    "another time zone, locale and hash seed": (
        [],
        {"TZ": "Pacific/Kiritimati", "LC_ALL": "tr_TR.UTF-8", "LANG": "tr_TR.UTF-8", "PYTHONHASHSEED": "1"},
    ),
    "no locale, and git settings of somebody else": (
        [],
        {"LC_ALL": "C", "TZ": "EST5EDT", "GIT_AUTHOR_NAME": "Eve", "GIT_DIR": "/nowhere", "PYTHONHASHSEED": "2"},
    ),
    "one reader": (["--jobs", "1"], {}),
    "three readers, without a cache": (["--jobs", "3", "--no-cache"], {"PYTHONHASHSEED": "3"}),
    "a wide terminal that takes colour": ([], {"TERM": "xterm-256color", "COLUMNS": "200", "CLICOLOR_FORCE": "1"}),
}


@pytest.mark.parametrize(("words", "env"), RUNS.values(), ids=RUNS.keys())
def test_the_same_bytes(
    words: list[str], env: dict[str, str], served: Path, first: dict[str, bytes], place: Place
) -> None:
    assert place.review(*(served / name for name in NAMES), *words, **env).written() == first


def test_the_same_bytes_with_a_warm_cache_and_targets_in_another_order(
    served: Path, first: dict[str, bytes], place: Place
) -> None:
    for names in (NAMES, NAMES, NAMES[::-1]):
        assert place.review(*(served / name for name in names)).written() == first


def test_the_same_bytes_in_another_folder_and_form(served: Path, first: dict[str, bytes], place: Place) -> None:
    """Packed, bare, with other file times, and its cache filled by a review of other repositories."""
    other = place.root / "a b (c)"
    for name in NAMES:
        samples.git(place.root, "clone", "-q", "--bare", str(served / name), str(other / name))
    place.review(other / "tools", "--me", "Bob B")
    assert place.review(*(other / name for name in NAMES)).written() == first


def test_the_same_bytes_when_work_arrives_in_another_order(
    served: Path, first: dict[str, bytes], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    shuffled = random.Random(7)
    read, each = Pool.read, Opener.each

    def mixed(items: Iterable[Any]) -> list[Any]:
        every = list(items)
        shuffled.shuffle(every)
        return every

    def read_mixed(self: Pool, jobs: Iterable[Any]) -> Iterator[Any]:
        yield from mixed(read(self, mixed(jobs)))

    def each_mixed(self: Opener, repositories: Any) -> Iterator[Any]:
        yield from mixed(each(self, repositories))

    monkeypatch.setattr(Pool, "read", read_mixed)
    monkeypatch.setattr(Opener, "each", each_mixed)
    targets = [read_target(str(served / name)) for name in NAMES]
    report = review(targets, Settings(no_cache=True, jobs=2)).report
    assert render_json(report) == first["report.json"]
    assert render_html(report).encode("utf-8") == first["report.html"]
