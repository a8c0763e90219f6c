"""Can a platform ask whether the application is well?"""

from __future__ import annotations

from reviewer.model.check import Check, Depth
from reviewer.model.facts.code import SignKind
from reviewer.model.facts.repository import Api, Code, Operations
from reviewer.model.finding import Effort, Verdict
from reviewer.model.verdict import LIKELY, evidence, not_applicable, shown

NAMES = frozenset(
    "health healthz healthcheck health-check health_check ready readyz readiness live livez liveness ping".split()
)
"""Last words of paths that platforms ask."""

CHECK = Check(
    title_shown="The application tells its health and stops in order",
    title_not_shown="No health endpoint",
    looks_for="A health endpoint or library, and handlers of the signal to stop.",
    why="Platforms restart what does not answer, and stop what is replaced.",
    advice="Answer GET /health, and close connections on SIGTERM.",
    effort=Effort.HOURS,
    level=3,
    shown_when="A health check or a graceful stop is in the code or the container.",
    does_not_count="Its absence: not every application needs it.",
    title_partly="Health is told in part",
    computed=(
        "GET routes whose last word is one of 12 names (health, ready, live, ping and the like), health libraries, "
        "handlers of SIGTERM or shutdown hooks in the parsed code, and HEALTHCHECK or healthcheck of containers."
    ),
    limits="Probes that a platform makes by itself, and what the health endpoint really asks, are not seen.",
    links=("https://kubernetes.io/docs/concepts/configuration/liveness-readiness-startup-probes/",),
    before="app.listen(port);",
    pattern=(
        'app.get("/health", (req, res) => res.json({ ok: true }));\nconst server = app.listen(port);\n'
        'process.on("SIGTERM", () => server.close());'
    ),
    skills=("Deployment",),
    needs=(Depth.FUNCTIONS,),
)


def run(code: Code, api: Api, operations: Operations) -> Verdict:
    """Endpoints by name, libraries, signals to stop, and containers' own checks."""
    endpoints = [item for item in api.endpoints if item.method in ("GET", "HEAD", "ANY") and _tells_health(item.path)]
    signs = code.of(SignKind.HEALTH, SignKind.GRACEFUL_STOP)
    images = [item for item in operations.containers if item.fact.healthcheck]
    places = [
        *evidence(endpoints[:2], "tells its health"),
        *(place for sign in signs[:2] for place in evidence([sign], sign.fact.detail)),
        *evidence(images[:1], "a health check"),
    ]
    if not places:
        return not_applicable("No health endpoint, health library or handler of the signal to stop.")
    names = [*(item.path for item in endpoints), *(item.fact.detail for item in signs), *(item.path for item in images)]
    return shown(f"Health checks or graceful stop: {', '.join(dict.fromkeys(names))[:80]}.", places, LIKELY)


def _tells_health(path: str) -> bool:
    return path.rpartition("/")[2].lower() in NAMES
