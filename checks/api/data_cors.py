"""Can a front end of another origin call the API?"""

from __future__ import annotations

from checks.api._endpoints import served
from checks.api._hints import cors
from reviewer.model.check import Check, Depth
from reviewer.model.facts.repository import Api, Code
from reviewer.model.finding import Effort, Verdict
from reviewer.model.verdict import LIKELY, could_not_tell, evidence, not_applicable, partly, shown

CHECK = Check(
    title_shown="CORS is configured",
    title_not_shown="CORS is open to everybody",
    title_partly="CORS is open to every origin",
    looks_for="CORS settings: which origins may call the API from a browser.",
    why="A front end on another host cannot call an API that does not allow it.",
    advice="Name the front end's origin in the CORS settings, from the environment.",
    effort=Effort.MINUTES,
    level=2,
    shown_when="CORS is set up; partly where every origin is allowed.",
    does_not_count="APIs without CORS: where no browser of another origin calls, none is needed. What is opened for "
    "development alone; a policy of .NET that is added and put before nothing.",
    computed="CORS libraries, settings and headers are read from parsed code and settings. Where at least one of them "
    "names its origins, be it by a variable, CORS counts as configured.",
    limits="Origins that a variable of the environment holds, and CORS that a proxy or host sets, are not known.",
    links=(
        "https://developer.mozilla.org/en-US/docs/Web/HTTP/CORS",
        "https://fetch.spec.whatwg.org/#http-cors-protocol",
    ),
    skills=("JSON APIs",),
    needs=(Depth.ROUTES,),
    before="""app = FastAPI()
app.add_middleware(CORSMiddleware, allow_origins=["*"])""",
    pattern="""app = FastAPI()
app.add_middleware(CORSMiddleware, allow_origins=settings.shop_origins)""",
)


def run(api: Api, code: Code) -> Verdict:
    """CORS settings."""
    signs = cors(code)
    if not served(api) or not signs:
        return not_applicable("No CORS settings, and nothing shows that a browser of another origin calls.")
    narrowed = [item for item in signs if item.fact.detail not in ("*", "", "options")]
    if narrowed:
        return shown("CORS names its origins.", evidence(narrowed[:2], "names origins"), LIKELY)
    opened = [item for item in signs if item.fact.detail == "*"]
    if not opened:
        return could_not_tell("CORS is set up; which origins it allows could not be read.")
    return partly("CORS allows every origin.", evidence(opened[:2], "every origin"), LIKELY)
