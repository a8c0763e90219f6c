"""Settings files (``.env``, properties, INI, YAML, JSON): which databases they configure. Values are never kept."""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec

from reviewer.gather.data.names import DRIVER_NAMES, KINDS, SCHEMES
from reviewer.gather.documents._trees import with_document
from reviewer.gather.reader import DocumentReader
from reviewer.model.facts.data import DataUse, How
from reviewer.model.facts.documents import Document
from reviewer.model.facts.file import FileFacts

TEXT_LIMIT = 200_000
LINE_LIMIT = 1_000
COMMENTS = ("#", ";", "//", "!", "--", "*", "<!--")
URL = re.compile(
    rf"(?:\bjdbc:({'|'.join(sorted(SCHEMES, key=len, reverse=True))}):|"
    rf"(?<![\w/])({'|'.join(sorted(SCHEMES, key=len, reverse=True))})(?:\+\w{{1,20}})?://)",
    re.IGNORECASE,
)
NAMED = re.compile(
    r"[\"']?(?:[\w.-]{0,40}[._-])?((?:db|database)[_-]?(?:connection|dialect|type|driver|client|engine)|adapter|dialect|driver)"
    r"[\"']?[ \t]{0,20}[:=][ \t]{0,20}[\"']?(?:pdo_)?([\w-]{2,30})\b",
    re.IGNORECASE,
)
TYPED = re.compile(r"[\"']type[\"'][ \t]{0,20}:[ \t]{0,20}[\"']([\w-]{2,30})[\"']")
ENTITIES = '"entities"'
"""Beside ``"type"``, what tells TypeORM's settings from any other JSON."""

PAIRS = (
    (
        "SQL Server",
        re.compile(r"\bserver=[^\"]{1,300}(?:trusted_connection|user id|initial catalog|integrated security)", re.I),
    ),
    ("SQL Server", re.compile(r"\bdata source=[^\"]{1,300}(?:initial catalog|integrated security)", re.I)),
    ("PostgreSQL", re.compile(r"\bhost=[^\"]{1,300}\bdatabase=[^\"]{1,300}\busername=", re.I)),
    ("MySQL", re.compile(r"\bserver=[^\"]{1,300}\b(?:uid|user)=", re.I)),
    ("SQLite", re.compile(r"\bdata source=[^\";=]{1,200}\.(?:db|sqlite3?|db3)\b", re.I)),
)
"""Connection strings of ``name=value`` pairs, as .NET writes them; the first that matches tells the database."""

SETTING = re.compile(r"^[ \t]*(?:export[ \t]+)?[A-Za-z_][\w.]*[ \t]*[=:]", re.MULTILINE)


def with_data_uses(source: str, base: FileFacts) -> FileFacts:
    """The facts with every database that a settings file configures, each at the first line that says so."""
    found: dict[str, DataUse] = {}
    for name, line in _uses(source[:TEXT_LIMIT]):
        found.setdefault(name, DataUse(name=name, kind=KINDS[name], how=How.CONFIGURED, line=line, detail="settings"))
    return msgspec.structs.replace(base, data=(*base.data, *found.values())) if found else base


def _uses(source: str) -> Iterator[tuple[str, int]]:
    typeorm = ENTITIES in source
    for number, full in enumerate(source.split("\n"), start=1):
        line = full[:LINE_LIMIT].lstrip()
        if line.startswith(COMMENTS):
            continue
        url = URL.search(line) if ":" in line else None
        if url:
            yield SCHEMES[(url[1] or url[2]).lower()], number
            continue
        named = NAMED.match(line.removeprefix("- ")) or (TYPED.search(line) if typeorm else None)
        name = DRIVER_NAMES.get(named.group(named.lastindex or 1).lower()) if named else None
        if name in KINDS:
            yield name, number
        elif "=" in line:
            pair = next((name for name, pattern in PAIRS if pattern.search(line)), None)
            yield from [(pair, number)] if pair else []


def read_settings(source: str, base: FileFacts) -> FileFacts:
    """A settings file whose name says that it is one."""
    return with_data_uses(source, base)


def read_example_env(source: str, base: FileFacts) -> FileFacts:
    """An example of the settings that the application reads from its environment."""
    if not SETTING.search(source):
        return base
    return with_data_uses(source, with_document(base, Document(example_env=True)))


SETTINGS = DocumentReader("settings", ("env", "properties", "ini", "conf", "example"), read_settings)
EXAMPLE_ENV = DocumentReader("example-env", ("env-example",), read_example_env, reads_generated=True)
