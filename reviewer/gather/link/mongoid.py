"""Mongoid's documents are asked by Active Record's words: which of the two a query is, the documents' files tell."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from reviewer.gather.link.view import located
from reviewer.model.facts.code import Sign, SignKind
from reviewer.model.facts.data import DataUse, Feature, How, Statement
from reviewer.model.facts.repository import SourceFile
from reviewer.model.facts.values import At

LAYER, ALIKE = "Mongoid", "Active Record"
CALLS = {"insert": "create", "update": "update", "delete": "delete"}
"""What a query is called after its verb."""


def document_queries(files: Iterable[SourceFile], shown: Iterable[At[Sign]]) -> list[At[Sign]]:
    """What the files ask of documents that another file declares, as queries.

    Args:
        files: those that count as programs.
        shown: the signs of the same files, the documents among them.
    """
    programs = list(files)
    uses: list[At[DataUse]] = list(located(programs, "data"))
    if not any(item.fact.name == LAYER and item.fact.how is How.CONFIGURED for item in uses):
        return []
    documents = {item.fact.detail for item in shown if item.fact.kind is SignKind.NOSQL_SCHEMA}
    sent: list[At[Statement]] = list(located(programs, "statements"))
    asked = (item for item in sent if item.fact.layer == ALIKE and documents.intersection(item.fact.tables))
    return [sign for item in asked for sign in _signs(item)]


def _signs(item: At[Statement]) -> Iterator[At[Sign]]:
    """A query, and that it is bounded where it has a limit."""
    fact = item.fact
    name = "where" if fact.many else CALLS.get(fact.verb, "find one")
    bounded = fact.verb == "select" and Feature.LIMIT in fact.features
    for kind in (SignKind.NOSQL_QUERY, *((SignKind.NOSQL_BOUNDED,) if bounded else ())):
        sign = Sign(
            kind=kind,
            line=fact.line,
            end_line=fact.end_line,
            detail=f"{fact.tables[0]}.{name}",
            function=fact.function,
        )
        yield At(path=item.path, fact=sign)
