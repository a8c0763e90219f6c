"""Prisma: the calls of its client. The schema file is read in `reviewer.gather.data.prisma_schema`."""

from __future__ import annotations

import re

import msgspec

from reviewer.gather.data.names import data_use
from reviewer.gather.data.orm._chains import Words, chains, keep_query, query
from reviewer.gather.data.orm._objects import Options, with_options
from reviewer.gather.data.queries import ECMA_LANGUAGES
from reviewer.gather.expressions import last
from reviewer.gather.look import Look, look_at
from reviewer.gather.reader import Kept, Reader
from reviewer.gather.syntax import Module
from reviewer.model.facts.data import Feature, How

LAYER = "Prisma"
METHODS = {
    "findMany": ("select", True),
    "findUnique": ("select", False),
    "findUniqueOrThrow": ("select", False),
    "findFirst": ("select", False),
    "findFirstOrThrow": ("select", False),
    "count": ("select", False),
    "aggregate": ("select", False),
    "groupBy": ("select", True),
    "create": ("insert", None),
    "createMany": ("insert", None),
    "createManyAndReturn": ("insert", None),
    "upsert": ("update", None),
    "update": ("update", None),
    "updateMany": ("update", None),
    "delete": ("delete", None),
    "deleteMany": ("delete", None),
}
OWN_METHODS = frozenset({"findMany", "findUnique", "findUniqueOrThrow", "findFirst", "findFirstOrThrow"})
"""Names of methods that no other library has on ``db.model``."""
WORDS = Words(
    features={"count": Feature.AGGREGATE, "aggregate": Feature.AGGREGATE, "groupBy": Feature.GROUP},
)
OPTIONS = Options(
    eager=("include",), limit=("take", "skip", "cursor"), order=("orderBy",), filters=("where",), group=("by",)
)
CLIENTS = re.compile(r"(?:.*\.)?(?:\w*prisma\w*|db|tx|client|orm|database)\.(\w+)\.(\w+)", re.IGNORECASE)


DELEGATE = re.compile(r"Prisma\.(\w{1,80})Delegate\b")
"""The type of a client's property for one model."""


def read_prisma_client(module: Module, kept: Kept) -> None:
    """Keeps the queries of the Prisma client."""
    look = look_at(module)
    first = len(kept.statements)
    calls = [call for call in module.calls if call.last in METHODS and CLIENTS.fullmatch(call.name)]
    holders = frozenset(
        _holder(call.name) for call in calls if call.last in OWN_METHODS and look.is_imported(call.name)
    )
    delegates = _delegates(look) if "Delegate" in module.text else {}
    for chain in chains(look) if calls or delegates else ():
        call = chain.calls[0]
        if call.last not in METHODS:
            continue
        model = delegates.get(last(call.name.rpartition(".")[0]), "")
        if not model:
            found = CLIENTS.fullmatch(call.name)
            if found is None or not _is_client(call.name, look, holders):
                continue
            model = found[1]
        verb, many = METHODS[call.last]
        statement = query(chain, look, WORDS, LAYER, (model,), verb)
        statement = msgspec.structs.replace(statement, many=many)
        keep_query(kept, look, with_options(statement, call, OPTIONS, model, look), chain.outer)
    if len(kept.statements) > first:
        kept.data.append(data_use(LAYER, How.QUERIED, kept.statements[first].line))


def _delegates(look: Look) -> dict[str, str]:
    """Parameters and fields that are given one model of the client, to its name: ``users: Prisma.UserDelegate``."""
    typed = [(item.name, item.type) for function in look.module.functions for item in function.parameters]
    typed += [(item.target, item.type) for item in look.module.assignments if item.type]
    found = ((name, DELEGATE.match(kind)) for name, kind in typed)
    return {name: match[1][:1].lower() + match[1][1:] for name, match in found if match}


def _holder(name: str) -> str:
    """``db`` of ``db.user.findMany``."""
    return last(name.rpartition(".")[0].rpartition(".")[0]).lower()


def _is_client(name: str, look: Look, holders: frozenset[str]) -> bool:
    """Whether a call is on Prisma's client: by name, by import, or by a method of its own on the same
    imported holder.
    """
    holder = _holder(name)
    return (
        "prisma" in holder
        or holder in holders
        or look.imports("@prisma/client")
        or any("prisma" in item.module.lower() for item in look.module.imports)
    )


PRISMA_CLIENT = Reader(name="Prisma", languages=ECMA_LANGUAGES, read=read_prisma_client)
