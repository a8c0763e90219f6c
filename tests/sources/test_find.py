"""How the repositories of one review are told apart."""

from __future__ import annotations

from pathlib import Path

import pytest

from reviewer.settings import read_settings
from reviewer.sources.find import find
from reviewer.sources.targets import read_target
from tests.sources.repositories import make_repository

CASES = {
    "folders of different names": (["ada/shop", "ada/blog"], ["blog", "shop"]),
    "one name in two folders": (["ada/api", "bob/api"], ["ada/api", "bob/api"]),
    "the others keep their own": (["ada/api", "bob/api", "ada/shop"], ["ada/api", "bob/api", "shop"]),
    "one name under one name": (["x/ada/api", "y/ada/api"], ["ada/api", "ada/api (2)"]),
    "the same folder twice": (["ada/api", "ada/api"], ["api"]),
}


@pytest.mark.parametrize(("folders", "names"), CASES.values(), ids=CASES)
def test_the_names_of_folders(folders: list[str], names: list[str], tmp_path: Path) -> None:
    for folder in set(folders):
        make_repository(tmp_path / folder, ["first"])
    targets = tuple(read_target(str(tmp_path / folder)) for folder in folders)
    found = find(targets, read_settings({}, None, targets))
    assert sorted(item.name for item in found.repositories) == names
