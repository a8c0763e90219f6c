"""Does the API carry a version?"""

from __future__ import annotations

import re

from checks.api._endpoints import (
    BESIDE,
    OWN_CLIENT,
    for_programs,
    judged,
    of_all,
    server_signs,
    telling,
    why_none,
    written_by_hand,
)
from reviewer.model.check import Check, Depth
from reviewer.model.facts.code import SignKind
from reviewer.model.facts.repository import Api, Code
from reviewer.model.facts.routing import Endpoint
from reviewer.model.finding import Effort, Verdict
from reviewer.model.verdict import LIKELY, count, evidence, not_applicable, not_shown, partly, shown

VERSION = re.compile(
    r"(?:/|[-_.])v(?:er|ersion)?[-_.]?\d{1,4}(?:[._]\d{1,3})?(?:(?:alpha|beta|rc)\d{0,2})?(?:/|$)"
    r"|/(?:v?\{(?:api_?)?version[^{}]{0,40}\}|\d{1,2}\.\d{1,2}|20\d\d-\d\d(?:-\d\d)?)(?:/|$)|/api/\d{1,2}/",
    re.IGNORECASE,
)
MOST = 0.8
SIGNING_IN = re.compile(
    r"/(?:o?auth2?|authenticat\w{1,4}|log-?in|log-?out|sign-?(?:in|up|out)|regist(?:er|ration)|sessions?|passwords?)(?:/|$)",
    re.IGNORECASE,
)
"""What signs people in, which many keep beside the versions."""

CHECK = Check(
    title_shown="The API carries a version",
    title_not_shown="The API carries no version",
    title_partly="Part of the API carries a version",
    looks_for="A version in the paths, applied throughout, or one that is asked for by header.",
    why="Clients that cannot be updated at once need the old shape to stay.",
    advice="Mount all routes below /v1 in one place.",
    effort=Effort.MINUTES,
    level=4,
    shown_when="At least 80 % of the endpoints carry a version, or a version is read from a header; partly where some "
    "do.",
    does_not_count="An API of one path; the root, health checks, documentation, files, pages and what they ask for, "
    "GraphQL, tRPC, Magento; sign-in without a version, beside other paths.",
    computed="The share of endpoints with a part such as v1, v2beta, 1.0 or 2024-05 in their full path, every prefix "
    "applied. A header counts where the code names a versioned media type or a versioning library. 80 % leaves room "
    "for callbacks and the like.",
    limits="A version that a gateway or a proxy puts before the paths is not seen. Where a prefix comes from the "
    "environment and cannot be read, the check is not applied.",
    links=(
        "https://learn.microsoft.com/en-us/azure/architecture/best-practices/api-design#implement-versioning",
        "https://cloud.google.com/apis/design/versioning",
    ),
    skills=("REST",),
    needs=(Depth.ROUTES,),
    before="app.use('/notes', notes);\napp.use('/orders', orders);",
    pattern="const v1 = express.Router();\nv1.use('/notes', notes);\nv1.use('/orders', orders);\napp.use('/v1', v1);",
)


def run(api: Api, code: Code) -> Verdict:
    """The share of paths with a version."""
    own = judged(for_programs(api), code)
    found = written_by_hand(own, code)
    if not found:
        return not_applicable(OWN_CLIENT if own else BESIDE if for_programs(api) else why_none(api))
    asked = [item for item in found if _carries(item) or not _signs_in(item)] or found
    beside = " beside sign-in" if len(asked) < len(found) else ""
    found = asked
    aliased = {(item.file, item.line, item.method) for item in found if _carries(item)}
    versioned = [item for item in found if _carries(item) or (item.file, item.line, item.method) in aliased]
    verb = "carries" if len(found) == 1 else "carry"
    whole = of_all(len(found), api)
    summary = f"{len(versioned)} of {count(len(found), 'endpoint')}{beside}{whole} {verb} a version."
    if len(versioned) >= MOST * len(found):
        return shown(summary, evidence(versioned[:3]))
    headers = server_signs(code, SignKind.API_VERSION)
    if headers:
        return shown(f"A version is told by {headers[0].fact.detail}.", evidence(headers[:3]), LIKELY)
    unsure = [item for item in found if item not in versioned and item.unsure]
    if len(versioned) + len(unsure) >= MOST * len(found):
        return not_applicable(
            f"The prefix of {count(len(unsure), 'endpoint')} comes from a setting that is not in the code."
        )
    plain = telling(item for item in found if item not in versioned and not item.unsure)
    plain.sort(key=lambda item: item.path.strip("/") == "" or _signs_in(item))
    if len(found) == 1:
        return not_applicable("One path alone needs no version.")
    if versioned:
        return partly(summary, evidence(plain[:4], "no version"), LIKELY)
    return not_shown(summary, evidence(plain[:2], "no version"), LIKELY)


def _carries(endpoint: Endpoint) -> bool:
    """Whether a path carries a version, or the package that a contract of gRPC stands in."""
    in_package = endpoint.file.endswith(".proto") and VERSION.search(endpoint.file[-200:])
    return bool(in_package or VERSION.search(endpoint.path[:300]))


def _signs_in(endpoint: Endpoint) -> bool:
    return SIGNING_IN.search(endpoint.path[:300]) is not None
