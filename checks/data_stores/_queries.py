"""What several checks ask of queries on stores without SQL."""

from __future__ import annotations

import re

from reviewer.model.facts.code import Sign, SignKind
from reviewer.model.facts.repository import Code
from reviewer.model.facts.values import At

LISTS = frozenset("find findall find_all all scan scancommand query querycommand search where".split())
"""Last names of calls that read many; what a pipeline of stages gives is not known."""
ONCE = re.compile(
    r"(?:^|[/._-])(?:seed(?:er|s|ers)?|migrations?|migrate|scripts?|fixtures?|populate)(?:[/._-]|$)", re.I
)
"""Paths of code that runs once or by hand."""
ABOVE = ("super.", "base.", "parent.")
"""How calls begin that leave the query to a base class, which may page it."""
KEY_VALUE = ("redis", "cache", "memcache")
"""Words in the names of clients whose values have neither schema nor index."""


def documents(code: Code) -> list[At[Sign]]:
    """Queries on documents, rows of wide columns and the like; not on keys and values."""
    found = code.of(SignKind.NOSQL_QUERY)
    return [item for item in found if not any(word in item.fact.detail.lower() for word in KEY_VALUE)]


def lists(code: Code) -> list[At[Sign]]:
    """The queries that read many, as opposed to one by its key."""
    found = (item for item in documents(code) if item.fact.detail.rpartition(".")[2].lower() in LISTS)
    return [item for item in found if not item.fact.detail.startswith(ABOVE)]


def once(item: At[Sign]) -> bool:
    """Whether a query runs once or by hand."""
    return bool(ONCE.search(item.path) or "seed" in item.fact.function.lower())
