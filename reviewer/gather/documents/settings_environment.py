"""Settings files that take a value from the environment: Symfony's YAML, Rails' ERB, Prisma's schema, serverless."""

from __future__ import annotations

import re

import msgspec

from reviewer.gather.reader import DocumentReader
from reviewer.model.facts.code import Sign, SignKind
from reviewer.model.facts.file import FileFacts

TEXT_LIMIT = 200_000
LINE_LIMIT = 1_000
KEEP_MOST = 200
MARKS = ("env(", "ENV[", "ENV.fetch", "${env:", "%env", "envOr", "{{ env", "{{env")
VARIABLE = re.compile(
    r"%env\((?:[a-z_]{1,30}:){0,5}([A-Za-z_]\w{0,80})\)%"
    r"|\bENV(?:\.fetch)?[\[(]\s?[\"']([A-Za-z_]\w{0,80})[\"']"
    r"|\$\{env:([A-Za-z_]\w{0,80})"
    r"|=\s?env\(\"([A-Za-z_]\w{0,80})\"\)"
    r"|\{\{\s?env(?:Or)?\s{1,3}[\"']([A-Za-z_]\w{0,80})[\"']"
)
"""``%env(int:PORT)%``, ``<%= ENV["PORT"] %>``, ``${env:PORT}``, ``url = env("DATABASE_URL")``,
``{{envOr "PORT" "3000"}}``."""


def read_environment(source: str, base: FileFacts) -> FileFacts:
    """Keeps every variable of the environment that a settings file asks for, line by line; comments are left out."""
    if not any(mark in source for mark in MARKS):
        return base
    signs = [
        Sign(kind=SignKind.ENV_READ, line=number, end_line=number, detail=next(name for name in match.groups() if name))
        for number, line in enumerate(source[:TEXT_LIMIT].split("\n"), start=1)
        if not line.lstrip().startswith(("#", "//"))
        for match in VARIABLE.finditer(line[:LINE_LIMIT])
    ]
    return msgspec.structs.replace(base, signs=(*base.signs, *signs[:KEEP_MOST])) if signs else base


ENVIRONMENT = DocumentReader(
    "settings-environment", ("yaml", "prisma", "deploy:Serverless Framework"), read_environment
)
