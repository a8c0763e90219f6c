"""Settings that stand in for one of the environment: another value takes their place where the service runs."""

from __future__ import annotations

import re

from reviewer.gather.expressions import inside
from reviewer.gather.syntax import Call, Module, Text, dotted

STANDS_IN = "stands in: "
"""How the detail of a use begins whose setting is read from the environment first."""
READS = re.compile(
    r"(?:\w+\.)*(?:environ\.(?:get|setdefault)|getenv|get_?env|env|config|env\.\w+|config\.get|dj_database_url\.\w+"
    r"|database_url\.\w+|environ\.Env\.\w+|get_env_(?:value|variable|var|setting)|Config)",
    re.IGNORECASE,
)
"""Calls that read the environment, with the value for a variable that is not set among their arguments."""
MARKS = ("environ", "getenv", "env", "config", "database_url")
DECLARED = ("BaseSettings", "Settings")
"""Classes whose fields the environment fills, with what they say as the value for a variable that is not set."""


def fallback_lines(module: Module) -> frozenset[int]:
    """The lines of texts that count only where the environment does not say otherwise."""
    lowered = module.text.lower()
    if not any(mark in lowered for mark in MARKS):
        return frozenset()
    found: set[int] = set()
    for call in module.calls:
        if READS.fullmatch(call.name):
            found.update(part.line for part in inside(*call.args, *call.keywords.values()) if isinstance(part, Text))
    declaring = {
        owner.index
        for owner in module.classes
        if any(dotted(base).rpartition(".")[2] in DECLARED for base in owner.bases)
    }
    for item in module.assignments:
        if item.owner in declaring and item.function == -1 and isinstance(item.value, (Text, Call)):
            found.update(part.line for part in inside(item.value) if isinstance(part, Text))
    return frozenset(found)
