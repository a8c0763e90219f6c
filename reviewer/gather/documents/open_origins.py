"""Settings of the environment that let every origin in: ``CORS_ORIGINS="*"``, in an example or as they are used."""

from __future__ import annotations

import re

import msgspec

from reviewer.gather.reader import DocumentReader
from reviewer.model.facts.code import Sign, SignKind
from reviewer.model.facts.file import FileFacts

EVERYONE = "*"
LINE_MOST = 200
LINES_MOST = 2000
OPEN = re.compile(
    r"\s{0,9}(?:export\s)?(\w{0,60}(?:origin|cors)\w{0,60})\s{0,9}=\s{0,9}([\"']?)\*\2\s{0,9}(?:#.*)?$", re.IGNORECASE
)


def read_origins(source: str, facts: FileFacts) -> FileFacts:
    """A hint for each variable, by its name; its line says that it holds every origin."""
    if EVERYONE not in source:
        return facts
    lines = enumerate(source.split("\n")[:LINES_MOST], 1)
    found = [(number, match[1]) for number, line in lines if (match := OPEN.match(line[:LINE_MOST]))]
    signs = [Sign(kind=SignKind.HINT, line=at, end_line=at, detail=f"origins: {name}") for at, name in found]
    return msgspec.structs.replace(facts, signs=(*facts.signs, *signs)) if signs else facts


OPEN_ORIGINS = DocumentReader("open origins", ("env", "env-example"), read_origins, reads_generated=True)
