"""Marten: documents in PostgreSQL, asked through sessions."""

from __future__ import annotations

import re
from dataclasses import replace

from reviewer.gather.data.names import data_use
from reviewer.gather.data.orm._chains import chains, keep_query, query
from reviewer.gather.data.orm.dotnet._contexts import declared_type
from reviewer.gather.data.orm.dotnet._linq import WORDS
from reviewer.gather.expressions import last
from reviewer.gather.look import look_at, words
from reviewer.gather.reader import Kept, Reader
from reviewer.gather.syntax import Call, Items, Module, dotted
from reviewer.model.facts.data import How

LAYER = "Marten"
SESSION = re.compile(r"I?(?:Document|Query|LightweightDocument)Session\??")
VERBS = {
    **dict.fromkeys(words("Query Load LoadAsync LoadMany LoadManyAsync"), "select"),
    **dict.fromkeys(words("Store Insert StoreObjects InsertObjects"), "insert"),
    **dict.fromkeys(words("Update Patch"), "update"),
    **dict.fromkeys(words("Delete DeleteWhere HardDelete"), "delete"),
}
MARTEN_WORDS = replace(WORDS, one=WORDS.one | words("Load LoadAsync"), all=WORDS.all | words("LoadMany LoadManyAsync"))


def read(module: Module, kept: Kept) -> None:
    """Keeps what is asked of sessions; returns at once where a file has none."""
    types = [item.type for item in module.assignments]
    types += [parameter.type for function in module.functions for parameter in function.parameters]
    if not any(SESSION.fullmatch(kind) for kind in types if kind):
        return
    look = look_at(module)
    for chain in chains(look):
        first = chain.calls[0]
        verb = VERBS.get(first.last, "")
        if verb and SESSION.fullmatch(declared_type(first.name.rpartition(".")[0], first.function, look)):
            table = _table(first)
            keep_query(
                kept, look, query(chain, look, MARTEN_WORDS, LAYER, (table,) if table else (), verb), chain.outer
            )
            if not any(use.name == LAYER and use.how is How.QUERIED for use in kept.data):
                kept.data.append(data_use(LAYER, How.QUERIED, first.line, first.name))


def _table(call: Call) -> str:
    """The document that a call names: ``Query<Product>()``."""
    generics = call.keywords.get("<>")
    return last(dotted(generics.values[0])) if isinstance(generics, Items) and generics.values else ""


MARTEN = Reader(name=LAYER, languages=("C#",), read=read)
