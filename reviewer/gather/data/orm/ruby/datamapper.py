"""DataMapper: models with their properties, and what is asked of them in the same file."""

from __future__ import annotations

from reviewer.gather.data.names import data_use
from reviewer.gather.data.orm._chains import Chain, chains, keep_query
from reviewer.gather.data.orm._models import base_names, snake_case
from reviewer.gather.data.orm.ruby._queries import chain_words
from reviewer.gather.expressions import last, truth
from reviewer.gather.frameworks.ruby._inflect import plural
from reviewer.gather.look import Look, look_at, words
from reviewer.gather.reader import Kept, Reader
from reviewer.gather.syntax import Call, Class, Module, Name, plain
from reviewer.model.facts.data import Column, Feature, How, Statement, Table

LAYER = "DataMapper"
RESOURCE = "DataMapper.Resource"
CONNECTING = "DataMapper.setup"
BELONGING = "belongs_to"
READING = words("all first last get get! count first_or_new sum avg min max")
WRITING = {
    **dict.fromkeys(words("create create! first_or_create"), "insert"),
    **dict.fromkeys(words("update update!"), "update"),
    **dict.fromkeys(words("destroy destroy!"), "delete"),
}
NO_FILTERS = words("order limit offset fields unique reload & ")
ONE = words("first last get get! count first_or_new sum avg min max")


def read_datamapper(module: Module, kept: Kept) -> None:
    """Keeps the models of a file, and where it connects."""
    if LAYER not in module.text:
        return
    look = look_at(module)
    for call in module.calls:
        if call.name == CONNECTING:
            kept.data.append(data_use(LAYER, How.CONNECTED, call.line, CONNECTING))
    models = [item for item in module.classes if RESOURCE in base_names(item)]
    for item in models:
        kept.data.append(data_use(LAYER, How.CONFIGURED, item.line, RESOURCE))
        kept.tables.append(_table(module, item))
    names = {last(item.name) for item in models}
    for chain in chains(look) if names else ():
        _read_query(chain, look, kept, names)


def _table(module: Module, item: Class) -> Table:
    columns: dict[str, Column] = {}
    for call in module.calls:
        name = plain(call.args[0]) if call.owner == item.index and call.function == -1 and call.args else None
        if name and call.name == "property":
            columns[name] = _column(call, name)
        elif name and call.name == BELONGING:
            columns[f"{name}_id"] = Column(name=f"{name}_id", references=plural(name))
    return Table(
        name=plural(snake_case(last(item.name))),
        line=item.line,
        end_line=item.end_line,
        source=LAYER,
        columns=tuple(columns.values()),
        model=item.name,
    )


def _column(call: Call, name: str) -> Column:
    """``property :email, String, required: true, unique: true``; a serial is the key."""
    kind = last(call.args[1].dotted) if len(call.args) > 1 and isinstance(call.args[1], Name) else ""
    primary = kind == "Serial" or truth(call.keywords.get("key")) is True
    return Column(
        name=name,
        type=kind,
        nullable=not primary and truth(call.keywords.get("required")) is not True,
        primary=primary,
        unique=truth(call.keywords.get("unique")) is True,
        indexed="index" in call.keywords or "unique_index" in call.keywords,
    )


def _read_query(chain: Chain, look: Look, kept: Kept, names: set[str]) -> None:
    """``Link.all``, and ``first(email: email)`` within the model."""
    parts = chain.root.split(".")
    owner = look.owner(chain.calls[0].function)
    inside = len(parts) == 1 and owner != -1 and last(look.module.classes[owner].name) in names
    model = parts[0] if parts[0] in names else last(look.module.classes[owner].name) if inside else ""
    asked = chain_words(chain, 0 if inside else 1)
    verb = next((WRITING[word] for word in asked if word in WRITING), "")
    if not model or not (verb or READING & set(asked)):
        return
    table = plural(snake_case(model))
    filters = tuple(f"{table}.{key}" for call in chain.calls for key in call.keywords if key not in NO_FILTERS)
    statement = Statement(
        verb=verb or "select",
        line=chain.calls[0].line,
        end_line=chain.outer.end_line,
        layer=LAYER,
        tables=(model,),
        filters=() if verb == "insert" else filters,
        features=(Feature.LIMIT,) if not verb and {"first", "last"} & set(asked) else (),
        bound=True if filters else None,
        many=None if verb else not ONE & set(asked),
        function=look.qualname(chain.outer.function),
    )
    keep_query(kept, look, statement, chain.outer)


DATAMAPPER = Reader(name=LAYER, languages=("Ruby",), read=read_datamapper)
