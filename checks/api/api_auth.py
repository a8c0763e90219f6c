"""Are writes kept from strangers?"""

from __future__ import annotations

from checks.api._endpoints import WRITES, served
from reviewer.model.check import Check, Depth
from reviewer.model.facts.code import SignKind
from reviewer.model.facts.repository import Api, Code
from reviewer.model.facts.routing import Endpoint
from reviewer.model.finding import Effort, Verdict
from reviewer.model.verdict import LIKELY, count, evidence, not_applicable, not_shown, partly, shown

OPEN = ("login", "register", "signup", "sign-up", "signin", "sign-in", "token", "password", "refresh", "auth", "users")
ENOUGH, SOME = 0.6, 0.2

CHECK = Check(
    title_shown="Writes need authentication",
    title_not_shown="Anybody can write",
    looks_for="Guards on endpoints that write, a check of owner or role, and verified tokens.",
    why="An API that lets anybody delete anything is the first thing an interviewer tries.",
    advice="Put the authentication guard on every route that writes, and check that the row belongs to the user.",
    effort=Effort.HOURS,
    level=3,
    shown_when="At least 60 % of the writes are guarded and an owner or role is checked; partly from 20 %.",
    does_not_count="Login and sign-up, which must be open.",
    limits="Guards that are put on a whole application by configuration outside the code are not seen.",
    skills=("REST", "Security"),
    needs=(Depth.ROUTES,),
)


def run(api: Api, code: Code) -> Verdict:
    """Guarded against open writes."""
    writes = [item for item in served(api) if item.method in WRITES and not _must_be_open(item)]
    if not writes:
        return not_applicable("No endpoint that writes and should be guarded.")
    known = [item for item in writes if item.authenticated is not None]
    guarded = [item for item in writes if item.authenticated]
    open_ = [item for item in known if not item.authenticated]
    owners = code.of(SignKind.OWNER_CHECK)
    share = len(guarded) / len(writes)
    summary = f"{len(guarded)} of {count(len(writes), 'endpoint that writes', 'endpoints that write')} are guarded"
    if share >= ENOUGH:
        if owners:
            return shown(f"{summary}; owner or role is checked.", evidence([*guarded[:3], *owners[:2]]), LIKELY)
        return partly(f"{summary}; no check of owner or role was found.", evidence(guarded[:3], "guarded"), LIKELY)
    if share >= SOME:
        return partly(f"{summary}.", evidence(open_[:6], "open to anybody"), LIKELY)
    return not_shown(f"{summary}.", evidence(open_[:6], "open to anybody"), LIKELY, at=writes[0].file)


def _must_be_open(endpoint: Endpoint) -> bool:
    last = [segment.lower() for segment in endpoint.path.split("/") if segment and "{" not in segment][-1:]
    return endpoint.method == "POST" and any(segment.startswith(OPEN) for segment in last)
