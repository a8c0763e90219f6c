"""The labels that ship with the project are whole and of one form."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

LABELS = Path(__file__).parents[2] / "bench" / "labels"
FILES = sorted((*LABELS.glob("truth/*.yaml"), *LABELS.glob("blind/*.yaml")))
ENDPOINT = re.compile(r"(?:GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS|ANY|SUBSCRIBE|WS) /\S*(?: \S.*)?")
NEEDED = {"repo", "commit", "group", "languages", "frameworks", "databases", "endpoints", "tests", "quality_label"}


def named(path: Path) -> str:
    return f"{path.parent.name}/{path.stem}"


@pytest.fixture(params=FILES, ids=named)
def label(request: pytest.FixtureRequest) -> tuple[Path, dict[str, Any]]:
    return request.param, yaml.safe_load(request.param.read_text(encoding="utf-8"))


def test_it_names_its_repository_and_commit(label: tuple[Path, dict[str, Any]]) -> None:
    path, record = label
    assert set(record) >= NEEDED
    assert record["repo"].replace("/", "__", 1) == path.stem
    assert re.fullmatch(r"[0-9a-f]{40}", record["commit"])
    assert (record["group"] == "blind") == (path.parent.name == "blind")
    assert 1 <= record["quality_label"] <= 5


def test_its_endpoints_are_methods_and_whole_paths_each_once(label: tuple[Path, dict[str, Any]]) -> None:
    listed = label[1]["endpoints"]
    if listed != "unsure":
        assert [item for item in listed if not ENDPOINT.fullmatch(item)] == []
        assert sorted({item for item in listed if listed.count(item) > 1}) == []
        assert label[1]["endpoints_count"] == len(listed)


def test_it_speaks_of_the_repository_alone(label: tuple[Path, dict[str, Any]]) -> None:
    text = label[0].read_text(encoding="utf-8")
    assert not re.search(r"/(?:work|tmp|home/\w+|root)/", text)


def test_there_are_labels_of_both_kinds() -> None:
    assert {path.parent.name for path in FILES} == {"truth", "blind"}
