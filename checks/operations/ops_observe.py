"""Can the running application be watched?"""

from __future__ import annotations

from checks.operations._absent import by_signs
from reviewer.model.check import Check, Depth
from reviewer.model.facts.code import SignKind
from reviewer.model.facts.repository import Code
from reviewer.model.finding import Effort, Verdict

CHECK = Check(
    title_shown="The application can be watched",
    title_not_shown="No metrics or tracing",
    looks_for="Metrics, tracing or error reporting.",
    why="What is not measured is debugged by guessing.",
    advice="Export request counts and durations, or report exceptions to a service.",
    effort=Effort.HOURS,
    level=4,
    shown_when="A library for metrics, tracing or error reporting is in use.",
    does_not_count="Its absence: not every application needs it.",
    skills=("Deployment",),
    needs=(Depth.FUNCTIONS,),
)


def run(code: Code) -> Verdict:
    """Looks for signs of it."""
    return by_signs(code, "Metrics, tracing or error reporting", SignKind.METRICS)
