"""Mongoid: documents with their fields and indexes, and what is asked of them in the same file."""

from __future__ import annotations

from reviewer.gather.data.names import data_use
from reviewer.gather.data.orm._chains import chains
from reviewer.gather.data.orm._models import base_names
from reviewer.gather.data.orm.ruby import _words as table
from reviewer.gather.data.orm.ruby._queries import chain_words
from reviewer.gather.data.queries import add_sign
from reviewer.gather.expressions import last, pairs_of
from reviewer.gather.look import look_at
from reviewer.gather.reader import Kept, Reader
from reviewer.gather.syntax import Lambda, Module
from reviewer.model.facts.code import Sign, SignKind
from reviewer.model.facts.data import How

LAYER = "Mongoid"
DOCUMENT = "Mongoid.Document"
SCOPES = frozenset({"scope", "default_scope"})
"""Conditions by name: who asks for one may still set a limit."""


def read_mongoid(module: Module, kept: Kept) -> None:
    """Keeps the documents of a file."""
    documents = [item for item in module.classes if DOCUMENT in base_names(item)]
    if not documents:
        return
    look = look_at(module)
    for item in documents:
        kept.data += [data_use(name, How.CONFIGURED, item.line, DOCUMENT) for name in ("MongoDB", LAYER)]
        kept.signs.append(
            Sign(kind=SignKind.NOSQL_SCHEMA, line=item.line, end_line=item.end_line, detail=last(item.name))
        )
    for call in module.calls:
        if call.name == "index" and call.owner != -1 and call.function == -1:
            keys = [key for arg in call.args[:1] for key, _ in pairs_of(arg)] or list(call.keywords)
            add_sign(kept, look, SignKind.NOSQL_INDEX, call, ", ".join(keys))
    names = {last(item.name) for item in documents}
    named = {
        arg.function for call in module.calls if call.name in SCOPES for arg in call.args if isinstance(arg, Lambda)
    }
    for chain in chains(look):
        if chain.outer.function in named:
            continue
        asked = chain_words(chain, 0)
        parts = chain.root.split(".")
        if (parts[0] in names or parts[0] in table.SURE) and any(word in table.SELECTS for word in asked):
            add_sign(kept, look, SignKind.NOSQL_QUERY, chain.outer, chain.root)
            if "limit" in asked or "only" in asked:
                add_sign(kept, look, SignKind.NOSQL_BOUNDED, chain.outer, "limit" if "limit" in asked else "only")


MONGOID = Reader(name="Mongoid", languages=("Ruby",), read=read_mongoid)
