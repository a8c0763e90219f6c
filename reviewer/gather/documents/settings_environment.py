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


INI_VARIABLE = re.compile(r"\$\{([A-Z][A-Z0-9_]{1,60})(?::?[-?+=][^{}]{0,200})?\}|%\(ENV_([A-Z][A-Z0-9_]{1,60})\)s")
"""``${DATABASE_URL:?}``, ``%(ENV_PORT)s`` of an ini file that the program expands."""


def read_environment(source: str, base: FileFacts) -> FileFacts:
    """Keeps every variable of the environment that a settings file asks for, line by line; comments are left out."""
    ini = base.kind == "ini"
    if not any(mark in source for mark in (("${", "%(ENV_") if ini else MARKS)):
        return base
    pattern, comments = (INI_VARIABLE, ("#", ";")) if ini else (VARIABLE, ("#", "//"))
    signs = [
        Sign(kind=SignKind.ENV_READ, line=number, end_line=number, detail=next(name for name in match.groups() if name))
        for number, line in enumerate(source[:TEXT_LIMIT].split("\n"), start=1)
        if not line.lstrip().startswith(comments)
        for match in pattern.finditer(line[:LINE_LIMIT])
    ]
    return msgspec.structs.replace(base, signs=(*base.signs, *signs[:KEEP_MOST])) if signs else base


ENVIRONMENT = DocumentReader(
    "settings-environment", ("yaml", "ini", "prisma", "deploy:Serverless Framework"), read_environment
)
