"""Steps of CI whose work stands in a file that is not read."""

from __future__ import annotations

import re

from reviewer.model.facts.repository import Operations

UNREAD_SERVICE = re.compile(
    r".{0,200}\bdocker[- ]compose\b.{0,200}"
    r"(?:\brun(?:\s+-{1,2}[\w=-]+)*\s+[\w-]+\s*|\bup\b.{0,100}--(?:exit-code-from|abort-on-).*)"
)
"""Commands that start a service of a compose file and wait for its own command, which stands there."""

CALLED = re.compile(r"(?:uses: *)?[\w.-]+/[\w./-]+\.ya?ml@.+")
"""A workflow of another repository, whose steps are not here."""


def calls_elsewhere(operations: Operations) -> bool:
    """Whether CI calls a workflow of another repository, which may test, check, build and deploy."""
    return any(CALLED.fullmatch(step.text[:300]) for item in operations.ci for step in item.fact.steps)
