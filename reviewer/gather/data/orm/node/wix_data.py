"""Wix's own store of collections: ``wixData.query("Orders").eq("paid", true).find()`` in the code of a Velo site."""

from __future__ import annotations

from reviewer.gather.data.names import data_use
from reviewer.gather.data.orm._chains import Chain, Words, chains, keep_query, query
from reviewer.gather.data.queries import ECMA_LANGUAGES
from reviewer.gather.look import Look, look_at, words
from reviewer.gather.reader import Kept, Reader
from reviewer.gather.syntax import Module, plain
from reviewer.model.facts.data import Feature, How, Statement

LAYER = "wix-data"
MODULES = ("wix-data", "@wix/data")
STARTS = {
    **dict.fromkeys(("query", "get", "aggregate", "queryReferenced"), "select"),
    **dict.fromkeys(("insert", "bulkInsert", "insertReference"), "insert"),
    **dict.fromkeys(("update", "bulkUpdate", "save", "bulkSave", "replaceReferences"), "update"),
    **dict.fromkeys(("remove", "bulkRemove", "truncate", "removeReference"), "delete"),
}
"""https://dev.wix.com/docs/velo/apis/wix-data"""
SENDING = words("find count distinct run")
WORDS = Words(
    features={
        "limit": Feature.LIMIT,
        "skip": Feature.LIMIT,
        "ascending": Feature.ORDER,
        "descending": Feature.ORDER,
        "group": Feature.GROUP,
        "count": Feature.AGGREGATE,
        "include": Feature.JOIN,
    },
    filtering=words("eq ne gt ge lt le contains startsWith endsWith hasSome hasAll between isEmpty isNotEmpty"),
    one=words("get count"),
    all=words("find distinct"),
)


def read_wix_data(module: Module, kept: Kept) -> None:
    """Keeps the queries of a module that imports the store."""
    if not module.imported(*MODULES):
        return
    look = look_at(module)
    line = 0
    for chain in chains(look):
        statement = _statement(chain, look)
        if statement is not None:
            keep_query(kept, look, statement, chain.outer)
            line = line or statement.line
    if line:
        kept.data.append(data_use(LAYER, How.QUERIED, line))


def _statement(chain: Chain, look: Look) -> Statement | None:
    start = chain.calls[0]
    origin = look.origin(start.name)
    collection = plain(start.args[0]) if start.args else None
    if start.last not in STARTS or not origin.startswith(MODULES):
        return None
    if start.last in ("query", "aggregate") and SENDING.isdisjoint(chain.names):
        return None
    return query(chain, look, WORDS, LAYER, (collection,) if collection else (), STARTS[start.last])


WIX_DATA = Reader(name=LAYER, languages=ECMA_LANGUAGES, read=read_wix_data)
