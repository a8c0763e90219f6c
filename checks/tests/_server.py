"""Which test cases are tests of the server."""

from __future__ import annotations

import re

from reviewer.model.facts.repository import Tests
from reviewer.model.facts.tests import TestCase
from reviewer.model.facts.values import At

CLIENT_PATH = re.compile(
    r"(?:^|/)(?:front-?_?end|web-?client|web-?app|mobile)/|(?:^|/)(?:client|ui)/.*\.(?:[cm]?[jt]s|dart)$"
    r"|\.[jt]sx$|\.vue$|\.component\.spec\.ts$",
    re.IGNORECASE,
)
"""Paths of a client's tests. A test below such a folder may drive the server as well, but proves little of its code.

Below ``client`` only what browsers and phones run is a client's: a server in another language calls its pages so.
"""


def server_cases(tests: Tests) -> tuple[At[TestCase], ...]:
    """The cases that somebody wrote, and that are not a client's own."""
    return tuple(case for case in own_cases(tests) if not CLIENT_PATH.search(case.path))


def own_cases(tests: Tests) -> tuple[At[TestCase], ...]:
    """The cases but those that a project generator left behind."""
    return tuple(case for case in tests.cases if not case.fact.stock)


def without(tests: Tests) -> str:
    """What a sentence says of a repository in which nobody wrote a test: there are none, or a generator's alone."""
    return "the only tests are a generator's" if tests.cases else "there are no tests"
