"""Endpoints over several files: each case of the ``*_routing.yml`` beside this file is its files and all of their
endpoints, as ``METHOD /path kind``, with ``auth`` where strangers are kept out."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from reviewer.model.facts.routing import Endpoint
from tests.project import facts_of

CASES = [
    pytest.param(case, id=f"{path.stem.removesuffix('_routing')}: {case['id']}")
    for path in sorted(Path(__file__).parent.glob("*_routing.yml"))
    for case in yaml.safe_load(path.read_text(encoding="utf-8"))
]


def shown(endpoint: Endpoint) -> str:
    return f"{endpoint.method} {endpoint.path} {endpoint.kind}" + (" auth" if endpoint.authenticated else "")


@pytest.mark.parametrize("case", CASES)
def test_endpoints(case: dict) -> None:
    assert [shown(item) for item in facts_of(case["files"]).api.endpoints] == case["endpoints"]
