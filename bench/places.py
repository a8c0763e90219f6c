"""Endpoints and places in files, as labels and reports write them, and when two of them are the same."""

from __future__ import annotations

import re
from collections.abc import Iterable

NEAR = 5
"""Lines that a claimed place may lie from the labelled one."""
PARAMETER = re.compile(r"\{[^}/]*\}|<[^>/]*>|:[A-Za-z_]\w*")
PLACE = re.compile(r"([^:\s]+)(?::(\d+))?")
Endpoint = tuple[str, str]
Place = tuple[str, int]


def endpoint(text: str) -> Endpoint:
    """Method and path of ``GET /users/{id}``: parameters without names, lower case, no slash at the end."""
    method, _, path = text.strip().partition(" ")
    path = PARAMETER.sub("{}", path.split("?")[0])
    return method.upper(), "/" + path.strip("/").lower()


def match_endpoints(
    truth: Iterable[str], neutral: Iterable[str], claims: Iterable[str]
) -> tuple[int, set[Endpoint], set[Endpoint]]:
    """The number of hits, the endpoints missed, and the claims that are wrong.

    Where the truth declares ANY, each claimed method hits it; a claimed ANY hits nothing else. What shares its path
    with a ``neutral`` endpoint (a page, or one that a library adds) counts neither way.
    """
    wanted = {endpoint(text) for text in truth}
    any_method = {path for method, path in wanted if method == "ANY"}
    neutral_paths = {endpoint(text)[1] for text in neutral}
    hits: set[Endpoint] = set()
    wrong: set[Endpoint] = set()
    for method, path in {endpoint(text) for text in claims}:
        if (method, path) in wanted:
            hits.add((method, path))
        elif path in any_method:
            hits.add(("ANY", path))
        elif path not in neutral_paths:
            wrong.add((method, path))
    return len(hits), wanted - hits, wrong


def places(items: Iterable[object] | None) -> set[Place]:
    """Path and line of each item: a text ``path:line ...`` or a table with both; line 0 where none is given."""
    found: set[Place] = set()
    for item in items or []:
        text = f"{item.get('path', '')}:{item.get('line', 0)}" if isinstance(item, dict) else str(item)
        match = PLACE.match(text)
        if match:
            found.add((match[1], int(match[2] or 0)))
    return found


def near(claim: Place, truth: Iterable[Place]) -> bool:
    """Whether a claim lies in the same file within a few lines of one of the truth, or either names no line."""
    path, line = claim
    return any(
        path == true_path and (not line or not true_line or abs(line - true_line) <= NEAR)
        for true_path, true_line in truth
    )
