"""Is {name} used?"""

from __future__ import annotations

import re

from reviewer.model.check import Check
from reviewer.model.facts.data import DataKind, Role
from reviewer.model.facts.repository import Data, Database
from reviewer.model.finding import Effort, Verdict
from reviewer.model.verdict import LIKELY, evidence, not_applicable, partly, shown

EXAMPLE = re.compile(r"(?:^|/)(?:examples?|samples?|demos?|docs?|benchmarks?)/", re.I)
"""Folders that show how something else is used."""

STAND_INS = frozenset({"SQLite", "H2", "HSQLDB", "Derby"})
"""Databases that tests are often run on in place of another."""

CHECK = Check(
    title_shown="{name} is used",
    title_not_shown="{name} is only used in tests",
    looks_for="A connection or configuration of {name} in server code.",
    why="Employers look for their database by name.",
    advice="Run one project on {name}.",
    effort=Effort.DAYS,
    level=1,
    shown_when="Server code configures or connects to {name}; partly where tests alone do, and nothing else does "
    "its work for the program.",
    title_partly="{name} is used by tests only",
    does_not_count="Its absence; a driver or a word that nothing uses.",
    computed="Connections, settings, dialects and images that name {name}; what tests alone have is told apart.",
    limits="A database that is chosen by a variable of the environment alone is not known by name.",
    links=("https://12factor.net/backing-services",),
    family="database",
)


def run(data: Data, subject: str) -> Verdict:
    """Looks for the database by name."""
    found = next((item for item in data.databases if item.name == subject), None)
    if found is None or found.role is Role.NAMED:
        return not_applicable(f"{subject} is not used.")
    if found.role is Role.TESTS and (why := _not_meant(data, found)):
        return not_applicable(why)
    if found.role is Role.TESTS:
        return partly(
            f"{subject} was found in tests or their settings only.", evidence(found.evidence[:2], subject), LIKELY
        )
    return shown(f"{subject} is used.", evidence(found.evidence[:3], subject))


def _not_meant(data: Data, found: Database) -> str:
    """Why a database that tests alone name is none that the program should use."""
    others = [item.name for item in data.databases if item.kind is found.kind and item.role is Role.USED]
    if others and found.name in STAND_INS:
        return f"{found.name} stands in for {others[0]} in tests."
    if all(EXAMPLE.search(place.path) for place in found.evidence):
        return f"{found.name} is used by an example."
    asked = data.statements or data.tables or data.layers
    if found.kind is DataKind.SQL and not asked:
        return f"{found.name} is named by tests; nothing asks a database."
    return ""
