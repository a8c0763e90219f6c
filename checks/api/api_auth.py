"""Are writes kept from strangers?"""

from __future__ import annotations

import re

from checks.api._endpoints import WRITES, served, server_signs, within
from reviewer.model.check import Check, Depth
from reviewer.model.facts.code import Sign, SignKind
from reviewer.model.facts.repository import Api, Code
from reviewer.model.facts.routing import Endpoint
from reviewer.model.facts.values import At
from reviewer.model.finding import Confidence, Effort, Verdict
from reviewer.model.verdict import LIKELY, count, evidence, not_applicable, not_shown, partly, shown

OPEN = re.compile(
    r"login|logout|log-?in|log-?out|regist|sign-?(?:up|in|out)|token|password|refresh|verif|confirm|activat|"
    r"webhook|callback|contact|feedback|subscri|search|(?:^|/)(?:auth|session|account)s?(?:/|$)",
    re.IGNORECASE,
)
"""Paths that strangers must be able to post to: who signs in is not known yet."""
ACCOUNTS = re.compile(
    r"(?:^|/)(?:(?:create|add|new|save)[-_]?)?(?:users?|accounts?|customers?|clients?)(?:/(?:create|add|new|save))?$",
    re.IGNORECASE,
)
"""Collections that sign-up posts to."""
ROLES = re.compile(r"role|admin|owner|permission|superuser|staff|scope|author(?!iz)", re.IGNORECASE)
REFUSALS = ("401", "403")
SIGNING_IN = re.compile(r"log_?in|sign_?in|auth|token|connect|session|password", re.IGNORECASE)
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
    does_not_count="Login, sign-up, webhooks and the like, which must be open.",
    limits="Guards that are put on a whole application by configuration outside the code are not seen.",
    skills=("REST", "Security"),
    needs=(Depth.ROUTES,),
)


def run(api: Api, code: Code) -> Verdict:
    """Guarded against open writes."""
    writes = [item for item in served(api) if item.method in WRITES and not _must_be_open(item)]
    if not writes:
        return not_applicable("No endpoint that writes and should be guarded.")
    refusals = [item for item in server_signs(code, SignKind.STATUS) if item.fact.detail in REFUSALS]
    guarded = [item for item in writes if item.authenticated or within(item, refusals)]
    open_ = [item for item in writes if item not in guarded and item.authenticated is not None]
    share = len(guarded) / len(writes)
    summary = f"{len(guarded)} of {count(len(writes), 'endpoint that writes', 'endpoints that write')} are guarded"
    if share >= ENOUGH:
        owners = _owners(code)
        if owners:
            return shown(f"{summary}; owner or role is checked.", evidence([*guarded[:3], *owners[:2]]), LIKELY)
        return partly(f"{summary}; no check of owner or role was found.", evidence(guarded[:3], "guarded"), LIKELY)
    if share >= SOME:
        return partly(f"{summary}.", evidence(open_[:6], "no guard found"), LIKELY, advice=_advice(open_))
    sure = Confidence.GUESS if _refuses_somewhere(refusals) or not open_ else LIKELY
    proof = evidence(open_[:6], "no guard found")
    return not_shown(f"{summary}.", proof, sure, advice=_advice(open_), at=writes[0].file)


def _must_be_open(endpoint: Endpoint) -> bool:
    literal = "/".join(segment for segment in endpoint.path.split("/") if segment and "{" not in segment)
    return endpoint.method == "POST" and bool(OPEN.search(literal) or ACCOUNTS.search(endpoint.path))


def _owners(code: Code) -> list[At[Sign]]:
    """Checks of the owner, and guards that ask for a role."""
    guards = server_signs(code, SignKind.AUTH_GUARD)
    return [
        *server_signs(code, SignKind.OWNER_CHECK),
        *(item for item in guards if ROLES.search(item.fact.detail)),
    ]


def _refuses_somewhere(refusals: list[At[Sign]]) -> bool:
    """Whether strangers are turned away outside of what signs them in: then a guard may simply not be recognised."""
    return any(not SIGNING_IN.search(item.fact.function.rpartition(".")[2]) for item in refusals)


def _advice(open_: list[Endpoint]) -> str | None:
    if not open_:
        return None
    first = f"{open_[0].method} {open_[0].path} ({open_[0].file}:{open_[0].line})"
    return f"Put the authentication guard on the {len(open_)} open writes; start with {first}."
