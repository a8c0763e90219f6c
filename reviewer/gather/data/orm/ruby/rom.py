"""ROM, by itself and within Hanami: repositories and relations, and what they ask. Its migrations are Sequel's."""

from __future__ import annotations

from reviewer.gather.data.names import data_use
from reviewer.gather.data.orm._chains import Chain, chains, keep_query
from reviewer.gather.data.orm._models import base_names, snake_case
from reviewer.gather.data.orm.ruby._queries import chain_words, columns_of, many_of
from reviewer.gather.data.queries import DATA_VERBS
from reviewer.gather.expressions import last
from reviewer.gather.frameworks.ruby._inflect import plural
from reviewer.gather.look import Look, look_at, words
from reviewer.gather.reader import Kept, Reader
from reviewer.gather.syntax import Class, Module
from reviewer.model.facts.data import Feature, How, Statement

LAYER = "ROM"
BASES = (
    "Hanami.Repository",
    "Lotus.Repository",
    "ROM.Repository",
    "ROM.Relation",
    "Hanami.DB.Repo",
    "Hanami.DB.Relation",
)
OWN_BASES = (".DB.Repo", ".DB.Relation")
"""How the bases end that Hanami writes into each project."""
CONNECTING = words("ROM.container ROM.Configuration.new")
ROOTS = words("root aggregate assoc command")
"""What a repository begins a query with, beside the names of its relations."""
VERBS = {
    **dict.fromkeys(words("create insert multi_insert import"), "insert"),
    "update": "update",
    **dict.fromkeys(words("delete remove clear"), "delete"),
}
SELECTS = words(
    "where one one! to_a all find first last by_pk count order limit offset map_to combine join left_join exclude pluck"
    " exist? select group as each aggregate unordered reverse max min sum"
)
FEATURES = {
    **dict.fromkeys(words("join left_join right_join inner_join"), Feature.JOIN),
    **dict.fromkeys(words("combine aggregate wrap"), Feature.EAGER),
    **dict.fromkeys(words("count max min sum avg"), Feature.AGGREGATE),
    **dict.fromkeys(words("limit first"), Feature.LIMIT),
    **dict.fromkeys(words("order reverse"), Feature.ORDER),
    "group": Feature.GROUP,
    "lock": Feature.LOCK,
}


def read_rom(module: Module, kept: Kept) -> None:
    """Keeps the repositories of a file with their queries, and where it connects."""
    owners = {item.index: item for item in module.classes if any(_is_base(base) for base in base_names(item))}
    if not owners and LAYER not in module.text:
        return
    for call in module.calls:
        if call.name in CONNECTING:
            kept.data.append(data_use(LAYER, How.CONNECTED, call.line, call.name))
    if not owners:
        return
    look = look_at(module)
    kept.data.append(data_use(LAYER, How.CONFIGURED, min(item.line for item in owners.values())))
    first = len(kept.statements)
    for chain in chains(look):
        owner = owners.get(look.owner(chain.calls[0].function))
        statement = _statement(chain, look, owner) if owner is not None else None
        if statement is not None:
            keep_query(kept, look, statement, chain.outer)
    if len(kept.statements) > first:
        kept.data.append(data_use(LAYER, How.QUERIED, kept.statements[first].line))


def _is_base(base: str) -> bool:
    return base.startswith(BASES) or base.endswith(OWN_BASES)


def _table(owner: Class) -> str:
    """The relation that a class is named after: ``orders`` of ``OrderRepository``."""
    name = snake_case(last(owner.name))
    for ending in ("_repository", "_repo", "_relation"):
        name = name.removesuffix(ending)
    return plural(name) if name else ""


def _statement(chain: Chain, look: Look, owner: Class) -> Statement | None:
    """What a chain asks that begins with a relation; None for any other."""
    head, _, rest = chain.root.partition(".")
    table = _table(owner)
    relation = head == table or head.startswith(f"{table}_") or (head.endswith("s") and bool(rest))
    if not (head in ROOTS or relation) or head[:1].isupper():
        return None
    asked = chain_words(chain, 0 if head in ROOTS and not rest else 1)
    verb = next((VERBS[word] for word in reversed(asked) if word in VERBS), "")
    if not verb and not SELECTS & set(asked):
        return None
    name = table if head in ROOTS else head
    filters = columns_of(chain, name)
    return Statement(
        verb=verb or "select",
        line=chain.calls[0].line,
        end_line=chain.outer.end_line,
        layer=LAYER,
        tables=(name,),
        filters=filters,
        features=tuple(sorted({FEATURES[word] for word in asked if word in FEATURES})),
        bound=True if filters else None,
        in_loop=max(call.loops for call in chain.calls) > 0 and (verb or "select") in DATA_VERBS,
        many=None if verb else many_of(asked),
        function=look.qualname(chain.outer.function),
    )


ROM = Reader(name=LAYER, languages=("Ruby",), read=read_rom)
