"""Endpoints over several files: each case of ``python_routing.yml`` and ``ecma_routing.yml`` is its files and all of
their endpoints, as ``METHOD /path kind``, with ``auth`` where strangers are kept out."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from reviewer.model.facts.routing import Endpoint
from tests.project import facts_of

CASES = [
    pytest.param(case, id=f"{name}: {case['id']}")
    for name in ("python", "ecma")
    for case in yaml.safe_load(Path(__file__).with_name(f"{name}_routing.yml").read_text(encoding="utf-8"))
]


def shown(endpoint: Endpoint) -> str:
    return f"{endpoint.method} {endpoint.path} {endpoint.kind}" + (" auth" if endpoint.authenticated else "")


@pytest.mark.parametrize("case", CASES)
def test_endpoints(case: dict) -> None:
    assert [shown(item) for item in facts_of(case["files"]).api.endpoints] == case["endpoints"]
