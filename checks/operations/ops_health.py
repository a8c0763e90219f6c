"""Can a platform ask whether the application is well?"""

from __future__ import annotations

from checks.operations._absent import by_signs
from reviewer.model.check import Check, Depth
from reviewer.model.facts.code import SignKind
from reviewer.model.facts.repository import Code
from reviewer.model.finding import Effort, Verdict

CHECK = Check(
    title_shown="The application tells its health and stops in order",
    title_not_shown="No health endpoint",
    looks_for="A health endpoint or library, and handlers of the signal to stop.",
    why="Platforms restart what does not answer, and stop what is replaced.",
    advice="Answer GET /health, and close connections on SIGTERM.",
    effort=Effort.HOURS,
    level=3,
    shown_when="A health check or a graceful stop is in the code.",
    does_not_count="Its absence: not every application needs it.",
    skills=("Deployment",),
    needs=(Depth.FUNCTIONS,),
)


def run(code: Code) -> Verdict:
    """Looks for signs of it."""
    return by_signs(code, "Health checks or graceful stop", SignKind.HEALTH, SignKind.GRACEFUL_STOP)
