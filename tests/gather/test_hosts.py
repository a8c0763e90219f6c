"""Whose extension a repository is: each case of hosts.yml is its files and the name of the host."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from reviewer.model.host import host_of
from tests.project import facts_of

CASES = [
    pytest.param(case, id=case["id"])
    for case in yaml.safe_load((Path(__file__).parent / "hosts.yml").read_text(encoding="utf-8"))
]


@pytest.mark.parametrize("case", CASES)
def test_host(case: dict) -> None:
    facts = facts_of(case["files"])
    assert host_of(facts.project, facts.operations) == case["host"]
