"""Is work done outside of requests?"""

from __future__ import annotations

from checks.operations._absent import by_signs
from reviewer.model.check import Check, Depth
from reviewer.model.facts.code import SignKind
from reviewer.model.facts.repository import Code
from reviewer.model.finding import Effort, Verdict

CHECK = Check(
    title_shown="Work runs in jobs",
    title_not_shown="No background jobs",
    looks_for="Queues and scheduled jobs.",
    why="Mail, reports and imports must not keep a client waiting.",
    advice="Move the slowest request's work into a queue.",
    effort=Effort.HOURS,
    level=3,
    shown_when="A queue or scheduler is in use.",
    does_not_count="Its absence: not every application needs it.",
    computed="Queues, schedulers and background tasks of known libraries are looked for in the parsed server code.",
    limits="Threads started by hand, cron on the host and queues of unknown libraries are not seen.",
    links=("https://12factor.net/concurrency",),
    before="def order(cart):\n    save(cart)\n    mailer.send(receipt(cart))",
    pattern="def order(cart):\n    save(cart)\n    send_receipt.delay(cart.id)",
    skills=("Deployment",),
    needs=(Depth.FUNCTIONS,),
)


def run(code: Code) -> Verdict:
    """Looks for signs of it."""
    return by_signs(code, "Queues or scheduled work", SignKind.JOB)
