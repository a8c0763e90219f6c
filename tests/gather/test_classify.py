"""Whose work a file is: ``classify.yml`` holds the cases, one file each."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from reviewer.gather.classify import NAMED_LIMIT, is_nobodys_work, standing, summarise
from reviewer.gather.tree_marks import TreeMarks
from reviewer.model.facts.file import FileFacts
from reviewer.model.facts.repository import FileRole, SourceFile, Standing

CASES = yaml.safe_load(Path(__file__).with_name("classify.yml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", [pytest.param(case, id=case["id"]) for case in CASES])
def test_standing(case: dict) -> None:
    data = case.get("says", "").encode()
    marks = TreeMarks([case["path"], *case.get("beside", ())])
    size = case.get("size", len(data))
    assert standing(case["path"], case.get("mode", "100644"), size, data, marks) == case["standing"]


@pytest.mark.parametrize(
    ("path", "nobodys"),
    [
        ("node_modules/a/b.js", True),
        ("yarn.lock", True),
        ("logo.svg", True),
        ("dist/app.js", True),
        ("src/app.py", False),
        ("package.json", False),
        ("build/deploy.py", False),
        ("vendor/autoload.php", True),
        ("x" * 60_000 + ".1.1.1.1.js", False),
    ],
)
def test_a_path_of_the_history_is_judged_by_its_name(path: str, nobodys: bool) -> None:
    assert is_nobodys_work(path) is nobodys


def test_names_that_take_long_to_match_are_cut() -> None:
    assert not is_nobodys_work("underscore" + "-1.1" * 20_000 + "!")


def test_platforms_are_named() -> None:
    marks = TreeMarks(["blog/wp-includes/version.php", "app/models.py"])
    assert marks.platforms == (("blog", "WordPress"),)


def test_a_path_of_many_folders_is_judged_by_the_first_ones() -> None:
    deep = "node_modules/" + "a/" * 5_000 + "b.js"
    assert TreeMarks([deep]).standing(deep) == (Standing.VENDORED, "node_modules")


def left_out(path: str, standing: Standing, lines: int = 0) -> SourceFile:
    facts = FileFacts(kind="python", lines=lines) if lines else None
    return SourceFile(path=path, standing=standing, role=FileRole.SERVER, size=1, facts=facts)


def summary(*files: SourceFile) -> list[tuple[str, str, int, int]]:
    marks = TreeMarks(file.path for file in files)
    return [(item.path, item.reason, item.files, item.lines) for item in summarise(files, marks)]


def test_what_is_left_out_is_summed_up_by_the_folder_that_is_the_reason() -> None:
    assert summary(
        left_out("api/node_modules/a.js", Standing.VENDORED),
        left_out("api/node_modules/b/c.js", Standing.VENDORED),
        left_out("api/schema.py", Standing.GENERATED, lines=7),
        left_out("src/one.py", Standing.SCAFFOLD, lines=2),
        left_out("src/two.py", Standing.SCAFFOLD, lines=3),
        left_out("a.png", Standing.BINARY),
        left_out("b.png", Standing.BINARY),
        left_out("src/own.py", Standing.OWN, lines=9),
    ) == [
        (".", "binary", 2, 0),
        ("api/node_modules", "vendored", 2, 0),
        ("src", "scaffold", 2, 5),
        ("api/schema.py", "generated", 1, 7),
    ]


def test_a_platform_at_the_root_is_summed_up_by_top_folder() -> None:
    assert summary(
        left_out("app/etc/di.xml", Standing.VENDORED),
        left_out("lib/a.php", Standing.VENDORED),
        left_out("lib/b.php", Standing.VENDORED),
        left_out("index.php", Standing.VENDORED),
    ) == [
        ("lib", "vendored", 2, 0),
        ("app/etc/di.xml", "vendored", 1, 0),
        ("index.php", "vendored", 1, 0),
    ]


def test_a_long_list_ends_in_one_line_for_each_reason() -> None:
    files = [left_out(f"d{number}/a.lock", Standing.GENERATED) for number in range(NAMED_LIMIT + 30)]
    found = summary(*files)
    assert len(found) == NAMED_LIMIT + 1
    assert found[-1] == ("30 more places", "generated", 30, 0)
