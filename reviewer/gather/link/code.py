"""Functions, classes, catches and signs of the server's own code."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from reviewer.gather.data.names import GUESS
from reviewer.gather.link.mongoid import document_queries
from reviewer.gather.link.spring_repositories import document_signs
from reviewer.gather.link.view import View, located
from reviewer.model.facts.code import Sign, SignKind
from reviewer.model.facts.data import DataKind, DataUse
from reviewer.model.facts.repository import Code, FileRole, SourceFile
from reviewer.model.facts.values import At

DOCUMENTS = "MongoDB"
OF_DOCUMENTS = (SignKind.NOSQL_QUERY, SignKind.NOSQL_FILTER, SignKind.NOSQL_BOUNDED, SignKind.NOSQL_INJECTION)
COMPARED = "clear text, compared"
"""A password compared by ``==``: in Ruby bcrypt's objects are compared so too, and which it is another file tells."""


def link_code(view: View) -> Code:
    """The code group: server files only; signs also of settings, and of the front end, for what a client shows.

    Migrations and seeds, which tools begin and nobody grows, hold no functions and modules to judge.
    """
    programs = [file for file in view.server if file.language != "SQL"]
    schemas = [file for file in view.own if file.kind == "prisma"]
    files = sorted([*programs, *view.frontend, *view.settings, *schemas], key=lambda f: f.path)
    shown: list[At[Sign]] = list(_without_guesses(programs, located(files, "signs")))
    stored = [*document_signs(programs, shown), *document_queries(programs, shown), *_transactions(view, programs)]
    typed = [file for file in programs if file.role is not FileRole.SCHEMA]
    return Code(
        functions=tuple(located(typed, "functions")),
        classes=tuple(located(programs, "classes")),
        imports=tuple(located(programs, "imports")),
        catches=tuple(located(typed, "catches")),
        signs=tuple(_told(sorted([*shown, *stored], key=lambda item: item.path) if stored else shown)),
        modules=tuple(file for file in typed if file.role is not FileRole.CONFIG),
        clients=tuple(file.path for file in view.frontend),
    )


def _without_guesses(programs: Iterable[SourceFile], signs: Iterable[At[Sign]]) -> Iterator[At[Sign]]:
    """Without queries on documents that a file only seems to send, where nothing shows such a store in any file."""
    uses: Iterator[At[DataUse]] = located(programs, "data")
    stores = [item for item in uses if item.fact.kind is not DataKind.SQL]
    sure = {item.fact.name for item in stores if not item.fact.detail.startswith(GUESS)}
    guessed = {
        item.path
        for item in stores
        if item.fact.detail.startswith(GUESS) and sure.isdisjoint((item.fact.detail.removeprefix(GUESS), DOCUMENTS))
    }
    return (item for item in signs if item.fact.kind not in OF_DOCUMENTS or item.path not in guessed)


def _transactions(view: View, programs: list[SourceFile]) -> Iterator[At[Sign]]:
    """Those of stored procedures; of scripts as well where there is nothing but the database."""
    sql = [file for file in view.own if file.language == "SQL" and file.role is not FileRole.TESTS]
    alone = not any(file.role is FileRole.SERVER for file in programs)
    signs: Iterator[At[Sign]] = located(sql, "signs")
    for item in signs:
        if item.fact.kind is SignKind.TRANSACTION and (alone or item.fact.function):
            yield item


def _told(signs: Iterable[At[Sign]]) -> Iterator[At[Sign]]:
    """Signs without those that a sign of another file explains."""
    found = list(signs)
    hashed = any(item.fact.kind is SignKind.PASSWORD_HASH and item.fact.detail == "bcrypt" for item in found)
    return (item for item in found if not (hashed and item.fact.detail == COMPARED))
