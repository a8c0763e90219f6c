"""Sequel: models, datasets and migrations."""

from __future__ import annotations

from reviewer.gather.data.names import data_use
from reviewer.gather.data.orm._chains import Chain, chains, keep_query
from reviewer.gather.data.orm._models import base_names, snake_case
from reviewer.gather.data.orm.ruby import _words as table
from reviewer.gather.data.orm.ruby._queries import chain_words, columns_of, many_of
from reviewer.gather.data.queries import DATA_VERBS
from reviewer.gather.expressions import last, truth
from reviewer.gather.frameworks.ruby._dsl import Blocks, positional
from reviewer.gather.frameworks.ruby._inflect import plural
from reviewer.gather.look import Look, look_at, words
from reviewer.gather.reader import Kept, Reader
from reviewer.gather.syntax import Call, Lambda, Mapping, Module, dotted, plain
from reviewer.model.facts.data import Column, Feature, How, MigrationStep, Statement, Table

LAYER = "Sequel"
MIGRATIONS = {
    "Sequel.migration": (LAYER, "Sequel migrations"),
    "Hanami.Model.migration": ("ROM", "ROM migrations"),
    "ROM.SQL.migration": ("ROM", "ROM migrations"),
}
"""What begins a migration, its layer and tool: ROM's and Hanami's are written as Sequel's own."""
CREATING = words("create_table create_table? create_table! alter_table")
KEYS = words("primary_key foreign_key")
ADDING = words("add_column add_foreign_key")
TYPED = words("column add_column")
"""Declarations of a column that name its type after it."""
TYPES = words(
    "String Integer Float Numeric BigDecimal Date DateTime Time TrueClass FalseClass File Bignum Fixnum column text"
    " uuid varchar char int integer bigint boolean timestamp json jsonb decimal"
)
FEATURES = {
    **table.FEATURES,
    **dict.fromkeys(words("join inner_join left_join association_join cross_join full_join"), Feature.JOIN),
    **dict.fromkeys(words("eager eager_graph"), Feature.EAGER),
    **dict.fromkeys(words("group_by group_and_count"), Feature.GROUP),
    **dict.fromkeys(words("order_by reverse order_append"), Feature.ORDER),
    **dict.fromkeys(words("max min avg"), Feature.AGGREGATE),
    "for_update": Feature.LOCK,
}
VERBS = {**table.VERBS, "multi_insert": "insert", "insert_select": "insert", "import": "insert"}
DATABASE = ("DB", "db", "database")


def read_sequel(module: Module, kept: Kept) -> None:
    """Keeps what a file declares and asks through Sequel."""
    models = [item for item in module.classes if any(_is_base(base) for base in base_names(item))]
    named = "Sequel" in module.text or any(call.name in MIGRATIONS for call in module.calls)
    if not (named or models or "DB[" in module.text):
        return
    look = look_at(module)
    if _read_migration(look, kept):
        return
    for item in models:
        kept.tables.append(
            Table(
                name=plural(snake_case(last(item.name))),
                line=item.line,
                end_line=item.end_line,
                source=LAYER,
                columns=(Column(name="id", type="Integer", nullable=False, primary=True),),
                model=item.name,
            )
        )
    if models:
        kept.data.append(data_use(LAYER, How.CONFIGURED, models[0].line))
    _read_queries(look, kept, {last(item.name) for item in models})


def _is_base(base: str) -> bool:
    return base in ("Sequel.Model", "Sequel.Model.call") or base.startswith("Sequel.Model")


def _read_migration(look: Look, kept: Kept) -> bool:
    found = next((call for call in look.module.calls if call.name in MIGRATIONS), None)
    if found is None:
        return False
    layer, tool = MIGRATIONS[found.name]
    kept.migration = MigrationStep(tool=tool, line=found.line)
    kept.data.append(data_use(layer, How.CONFIGURED, found.line, tool))
    blocks = Blocks.of(look)
    for call in look.module.calls:
        name = plain(positional(call)[0]) if call.last in CREATING and positional(call) else None
        if name:
            columns, indexes = _columns(blocks, call)
            kept.tables.append(
                Table(
                    name=name,
                    line=call.line,
                    end_line=call.end_line,
                    source=tool,
                    columns=columns,
                    indexes=indexes,
                )
            )
    return True


def _columns(blocks: Blocks, call: Call) -> tuple[tuple[Column, ...], tuple[tuple[str, ...], ...]]:
    found: dict[str, Column] = {}
    indexes: list[tuple[str, ...]] = []
    for item in blocks.inside(call):
        given = positional(item)
        name = plain(given[0]) if given else None
        if item.name == "index" and given:
            columns = blocks.texts(given[0], {})
            indexes.append(columns)
        elif name and (item.name in TYPES or item.name in KEYS or item.name in ADDING):
            target = plain(given[1]) if "foreign_key" in item.name and len(given) > 1 else None
            found[name] = Column(
                name=name,
                type=dotted(given[1]) if item.name in TYPED and len(given) > 1 else item.name,
                nullable=truth(item.keywords.get("null")) is not False and item.name != "primary_key",
                primary=item.name == "primary_key",
                unique=truth(item.keywords.get("unique")) is True,
                references=target,
            )
    return tuple(found.values()), tuple(indexes)


def _read_queries(look: Look, kept: Kept, models: set[str]) -> None:
    first = len(kept.statements)
    for chain in chains(look):
        model = _table_of(chain, models)
        if model is not None:
            keep_query(kept, look, _statement(chain, look, model), chain.outer)
    if len(kept.statements) > first:
        kept.data.append(data_use(LAYER, How.QUERIED, kept.statements[first].line))


def _table_of(chain: Chain, models: set[str]) -> str | None:
    """The table or model that a chain asks: ``DB[:items].where``, ``Item.where``, ``DB.from(:items)``."""
    parts = chain.root.split(".")
    if last(parts[0]) in DATABASE and len(parts) > 2:
        return parts[1]
    if parts[0] in DATABASE and parts[-1] == "from" and chain.calls[0].args:
        return plain(chain.calls[0].args[0])
    if parts[0] in models and len(parts) > 1:
        asked = chain_words(chain, 1)
        return parts[0] if any(word in table.SELECTS or word in VERBS or word in FEATURES for word in asked) else None
    return None


def _statement(chain: Chain, look: Look, name: str) -> Statement:
    asked = chain_words(chain, 1)
    verb = next((VERBS[word] for word in reversed(asked) if word in VERBS), "select")
    outer = chain.outer
    filters = columns_of(chain, name)
    whole = isinstance(outer.args[-1], Lambda) if outer.args else False
    return Statement(
        verb=verb,
        line=chain.calls[0].line,
        end_line=chain.calls[0].line if whole else outer.end_line,
        layer=LAYER,
        tables=(name,),
        filters=filters,
        features=tuple(sorted({FEATURES[word] for word in asked if word in FEATURES})),
        bound=True if filters or any(isinstance(arg, Mapping) for arg in outer.args) else None,
        in_loop=max(call.loops for call in chain.calls) > 0 and verb in DATA_VERBS,
        many=many_of(asked) if verb == "select" else None,
        function=look.qualname(outer.function),
    )


SEQUEL = Reader(name="Sequel", languages=("Ruby",), read=read_sequel)
