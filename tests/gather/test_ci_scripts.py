"""What CI runs by way of the repository's own scripts: each case of ci_scripts.yml is its files and all CI steps."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from tests.project import facts_of

CASES = [
    pytest.param(case, id=case["id"])
    for case in yaml.safe_load((Path(__file__).parent / "ci_scripts.yml").read_text(encoding="utf-8"))
]


@pytest.mark.parametrize("case", CASES)
def test_steps_of_ci(case: dict) -> None:
    ci = facts_of(case["files"]).operations.ci
    assert [f"{step.purpose}: {step.text}" for item in ci for step in item.fact.steps] == case["steps"]
