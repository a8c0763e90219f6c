"""Every reader against its cases: ``<reader>.yml`` beside this file, each case one source and the facts it gives.

A case has ``id``, ``kind`` (see reviewer/gather/kinds.py), ``source`` and ``expect``: a group of facts to its lines
(see render.py). A group that is named is compared whole, so what must not match is shown by its absence.
"""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from reviewer.gather.read import read_file
from tests.readers.render import render

CASES = [
    pytest.param(case, id=f"{file.stem}[{case['id']}]")
    for file in sorted(Path(__file__).parent.glob("*.yml"))
    for case in yaml.safe_load(file.read_text(encoding="utf-8"))
]


@pytest.mark.parametrize("case", CASES)
def test_reader(case: dict) -> None:
    source = case["source"].encode() if isinstance(case["source"], str) else case["source"]
    rendered = render(read_file(case["kind"], source))
    for group, expected in case["expect"].items():
        assert rendered[group] == (expected or [])
