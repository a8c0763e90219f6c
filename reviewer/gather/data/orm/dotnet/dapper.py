"""Dapper in files without its using: queries with a type of row, whose text a project's common usings may bring."""

from __future__ import annotations

from reviewer.gather.data.names import GUESS, data_use
from reviewer.gather.look import words
from reviewer.gather.reader import Kept, Reader
from reviewer.gather.syntax import Items, Module
from reviewer.model.facts.data import How

LAYER = "Dapper"
QUERIES = words(
    "Query QueryAsync QueryFirst QueryFirstAsync QueryFirstOrDefault QueryFirstOrDefaultAsync QuerySingle"
    " QuerySingleAsync QuerySingleOrDefault QuerySingleOrDefaultAsync ExecuteScalar ExecuteScalarAsync"
)
ROWS_MOST = 7
"""Types that one query of Dapper's maps its rows to, with the one that it returns."""


def read(module: Module, kept: Kept) -> None:
    """Keeps the first such query as a guess, which counts where a project says that it uses Dapper."""
    if any(item.module.split(".")[0] == LAYER for item in module.imports):
        return
    for call in module.calls:
        generics = call.keywords.get("<>") if call.last in QUERIES and call.args else None
        if isinstance(generics, Items) and len(generics.values) <= ROWS_MOST + 1:
            kept.data.append(data_use(LAYER, How.QUERIED, call.line, GUESS + LAYER))
            return


DAPPER = Reader(name=LAYER, languages=("C#",), read=read)
