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
    computed="Imports and calls of known libraries for metrics, tracing and error reporting in the server code.",
    limits="An agent that is attached from outside, and what a platform measures by itself, is not seen.",
    links=("https://opentelemetry.io/docs/what-is-opentelemetry/", "https://prometheus.io/docs/introduction/overview/"),
    before='app.get("/orders", listOrders);',
    pattern='app.use(promBundle({ includeMethod: true }));\napp.get("/orders", listOrders);',
    skills=("Deployment",),
    needs=(Depth.FUNCTIONS,),
)


def run(code: Code) -> Verdict:
    """Looks for signs of it."""
    return by_signs(code, "Metrics, tracing or error reporting", SignKind.METRICS)
