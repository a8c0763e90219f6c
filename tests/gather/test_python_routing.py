"""Python's web frameworks over several files: each case of ``python_routing.yml`` is its files and all endpoints."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from reviewer.gather import registry, routing
from reviewer.gather.index import Index
from reviewer.gather.read import read_file
from reviewer.model.facts.routing import Endpoint

CASES = yaml.safe_load(Path(__file__).with_name("python_routing.yml").read_text(encoding="utf-8"))


def shown(endpoint: Endpoint) -> str:
    return f"{endpoint.method} {endpoint.path} {endpoint.kind}" + (" auth" if endpoint.authenticated else "")


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_endpoints(case: dict) -> None:
    index = Index({path: read_file("python", source.encode()) for path, source in case["files"].items()})
    assert [shown(item) for item in routing.endpoints(index, registry.frameworks())] == case["endpoints"]
