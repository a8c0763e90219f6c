"""Versions of an API that are told beside its paths: a header, a media type, a library for it."""

from __future__ import annotations

import re

from reviewer.gather.look import look_at
from reviewer.gather.reader import Kept, Reader
from reviewer.gather.signs._emit import BOTH, keep
from reviewer.gather.syntax import Module, Name
from reviewer.model.facts.code import SignKind

LANGUAGES = (*BOTH, "Java", "Kotlin", "C#", "PHP", "Ruby", "Go")
LINE_MOST = 1_000
WORDS = ("version", "vnd.")
"""Words of which every line holds one that such a pattern matches."""
MEANS = (
    (re.compile(r"application/vnd\.[\w.+-]{0,60}(?:[.-]v\d|;\s*version=)"), "a versioned media type"),
    (re.compile(r"[\"'](?:x-)?(?:api|accept)-version[\"']", re.IGNORECASE), "a header"),
    (re.compile(r"\bVersioningType\.(?:HEADER|MEDIA_TYPE|CUSTOM)\b"), "a header"),
    (re.compile(r"\bAcceptHeaderVersioning\b"), "the Accept header"),
    (re.compile(r"\bQueryParameterVersioning\b"), "a parameter of the query"),
    (re.compile(r"\bAddApiVersioning\s*\("), "API versioning of ASP.NET Core"),
    (re.compile(r"\b(?:HeaderApiVersionReader|MediaTypeApiVersionReader|QueryStringApiVersionReader)\b"), "a header"),
    (re.compile(r"\bconstraints:?\s*\(?\s*(?:\w+::)*\w{0,40}Version\w{0,40}\.new\b"), "a constraint on the request"),
    (re.compile(r"\bversion\s+['\"]v?\d[\w.]{0,8}['\"],\s*(?:using:|:using\s*=>)\s*:"), "a header"),
)
COMMENT = re.compile(r"\s*(?://|#|\*|/\*)")


def read(module: Module, kept: Kept) -> None:
    """The first line that says so, once per means."""
    look = look_at(module)
    told: set[str] = set()
    for number, line in look.lines_with(WORDS):
        if len(line) > LINE_MOST or COMMENT.match(line):
            continue
        for pattern, means in MEANS:
            if means not in told and pattern.search(line):
                told.add(means)
                keep(kept, look, SignKind.API_VERSION, Name("", number), means, -1)


VERSIONS = Reader(name="versions beside the paths", languages=LANGUAGES, read=read)
