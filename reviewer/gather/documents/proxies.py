"""What a proxy in front of the server does for it: limits of rate and size, security headers, CORS.

nginx, Apache and HAProxy write it into settings of their own, Traefik into its files or the labels of a compose file,
an ingress of Kubernetes into annotations, API gateways into templates.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec

from reviewer.gather.reader import DocumentReader
from reviewer.model.facts.code import Sign, SignKind
from reviewer.model.facts.file import FileFacts

LINE_MOST = 300
LINES_MOST = 5000
KEEP_MOST = 20
WORDS = (
    *("limit_req", "limit_conn", "client_max_body_size", "limitrequestbody", "http_req_rate", "add_header", "header "),
    *("ratelimit", "rate-limit", "limit-rps", "limit-rpm", "limit-connections", "proxy-body-size", "buffering"),
    *("post_max_size", "upload_max_filesize"),
    *("throttl", "headers.", "customresponseheaders", "stsseconds", "framedeny", "contenttypenosniff"),
)
"""One of them stands in every file that says something of the kind."""
PATTERNS = (
    (
        re.compile(
            r"\s{0,60}(?:limit_(?:req|conn)\s|[^#]{0,80}http_req_rate\(|(?:-\s)?['\"]?[\w./-]{0,90}?(?:ratelimit\.(?:average|burst)|limit-(?:rps|rpm|connections))\b"
            r"|ratelimit:\s{0,3}$|['\"]?throttling(?:rate|burst)limit|- name:\s?rate-limiting|rate-limiting:)",
            re.IGNORECASE,
        ),
        SignKind.RATE_LIMIT,
        "a proxy",
    ),
    (
        re.compile(
            r"\s{0,60}(?:client_max_body_size\s|limitrequestbody\s|(?:-\s)?['\"]?[\w./-]{0,90}?(?:proxy-body-size|maxrequestbodybytes)\b)",
            re.IGNORECASE,
        ),
        SignKind.BODY_LIMIT,
        "a proxy",
    ),
    (
        re.compile(
            r"\s{0,60}(?:php(?:_admin)?_value\s{0,9}(?:\[\s?)?)?[\"']?(?:post_max_size|upload_max_filesize)\b[\"']?\s?\]?"
            r"\s{0,9}=?\s{0,9}[\"']?[1-9]",
            re.IGNORECASE,
        ),
        SignKind.BODY_LIMIT,
        "PHP's settings",
    ),
    (
        re.compile(
            r"\s{0,60}(?:(?:add_header|header\s(?:always\s)?set)\s{1,9}[\"']?(?:strict-transport-security|content-security-policy|x-frame-options|x-content-type-options)\b"
            r"|(?:-\s)?['\"]?[\w./-]{0,90}?(?:stsseconds|framedeny|contenttypenosniff|contentsecuritypolicy)\b)",
            re.IGNORECASE,
        ),
        SignKind.SECURITY_HEADERS,
        "a proxy",
    ),
)
NELMIO = re.compile(r"\s{0,40}['\"]?allow_origin['\"]?\s?:\s{0,9}(\S.{0,200})")
"""Origins in the settings of Symfony's CORS bundle."""
COMMENT = ("#", "//", ";")


def read_proxy(source: str, facts: FileFacts) -> FileFacts:
    """Keeps the first lines of each kind."""
    lowered = source.lower()
    if "nelmio_cors" in lowered:
        found = list(_origins(source))[:KEEP_MOST]
    elif any(word in lowered for word in WORDS):
        found = list(_signs(source))[:KEEP_MOST]
    else:
        return facts
    return msgspec.structs.replace(facts, signs=(*facts.signs, *found)) if found else facts


def _origins(source: str) -> Iterator[Sign]:
    for number, line in enumerate(source.split("\n")[:LINES_MOST], 1):
        if match := NELMIO.match(line[:LINE_MOST]):
            said = match[1].strip().strip("[]").replace("'", "").replace('"', "")
            if said:
                yield Sign(kind=SignKind.CORS, line=number, end_line=number, detail=said[:200])


def _signs(source: str) -> Iterator[Sign]:
    for number, line in enumerate(source.split("\n")[:LINES_MOST], 1):
        text = line[:LINE_MOST]
        if text.lstrip().startswith(COMMENT):
            continue
        for pattern, kind, detail in PATTERNS:
            if pattern.match(text):
                yield Sign(kind=kind, line=number, end_line=number, detail=detail)


PROXIES = DocumentReader("proxies", ("conf", "compose", "yaml", "example", "ini"), read_proxy)
