"""Is {name} used?"""

from __future__ import annotations

from reviewer.model.check import Check
from reviewer.model.facts.data import Role
from reviewer.model.facts.repository import Data
from reviewer.model.finding import Effort, Verdict
from reviewer.model.verdict import LIKELY, evidence, not_applicable, partly, shown

CHECK = Check(
    title_shown="{name} is used",
    title_not_shown="{name} is only used in tests",
    looks_for="A connection or configuration of {name} in server code.",
    why="Employers look for their database by name.",
    advice="Run one project on {name}.",
    effort=Effort.DAYS,
    level=1,
    shown_when="Server code configures or connects to {name}; partly where tests alone do.",
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
    if found.role is Role.TESTS:
        return partly(
            f"{subject} was found in tests or their settings only.", evidence(found.evidence[:2], subject), LIKELY
        )
    return shown(f"{subject} is used.", evidence(found.evidence[:3], subject))
