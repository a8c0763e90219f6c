"""Are expensive answers cached?"""

from __future__ import annotations

from checks.operations._absent import by_signs
from reviewer.model.check import Check, Depth
from reviewer.model.facts.code import SignKind
from reviewer.model.facts.repository import Code
from reviewer.model.finding import Effort, Verdict

CHECK = Check(
    title_shown="Answers are cached",
    title_not_shown="No caching",
    looks_for="Caches with an expiry.",
    why="A cache is the cheapest way to more speed, and the easiest to get wrong.",
    advice="Cache the most read answer with an expiry, and clear it when the data changes.",
    effort=Effort.HOURS,
    level=3,
    shown_when="A cache is in use.",
    does_not_count="Its absence: not every application needs it.",
    computed="Calls, decorators and settings of known caching libraries are looked for in the parsed server code.",
    limits="Caching by hand in a variable, in a proxy or at the client is not told apart and not seen.",
    links=("https://developer.mozilla.org/en-US/docs/Web/HTTP/Guides/Caching",),
    before="def prices():\n    return db.fetch_prices()",
    pattern='@cache.cached(timeout=60, key_prefix="prices")\ndef prices():\n    return db.fetch_prices()',
    skills=("Deployment",),
    needs=(Depth.FUNCTIONS,),
)


def run(code: Code) -> Verdict:
    """Looks for signs of it."""
    return by_signs(code, "Caching", SignKind.CACHE)
