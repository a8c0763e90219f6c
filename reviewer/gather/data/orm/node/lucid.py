"""Lucid, the data layer of AdonisJS: models, queries and migrations, of the older releases too."""

from __future__ import annotations

import re

from reviewer.gather.data.names import data_use
from reviewer.gather.data.orm._chains import Chain, Words, chains, keep_query, query
from reviewer.gather.data.orm._models import fields_by_class, mapping_on, option_mapping, snake_case
from reviewer.gather.data.queries import ECMA_LANGUAGES
from reviewer.gather.expressions import last
from reviewer.gather.look import Look, look_at, words
from reviewer.gather.reader import Kept, Reader
from reviewer.gather.syntax import Assignment, Call, Class, Module, dotted, plain
from reviewer.model.facts.data import Column, Feature, How, MigrationStep, Statement, Table

LAYER = "Lucid"
MARK = re.compile(r"donis|#models/|App/Models/|HttpContext")
"""What a file has that asks models of Lucid: others have folders of models too."""
MIGRATIONS = "Lucid migrations"
PACKAGES = ("@ioc:Adonis/Lucid", "@adonisjs/lucid", "@ioc:Adonis")
MODELS, SCHEMAS = words("BaseModel Model"), words("BaseSchema Schema")
MODEL_FOLDERS = re.compile(r"(?:App/|#|(?:\.{1,2}/)+(?:app/)?)models/", re.IGNORECASE)
"""How the module of a model begins, by an alias or by its path."""
VOWELS = frozenset("aeiou")
SINGULAR = ("ss", "us", "is")
"""Endings of words in the singular that end in s."""
WORDS = Words(
    features={
        "join": Feature.JOIN,
        "leftJoin": Feature.JOIN,
        "groupBy": Feature.GROUP,
        "count": Feature.AGGREGATE,
        "limit": Feature.LIMIT,
        "paginate": Feature.LIMIT,
        "forPage": Feature.LIMIT,
        "orderBy": Feature.ORDER,
        "forUpdate": Feature.LOCK,
    },
    verbs={
        "create": "insert",
        "createMany": "insert",
        "firstOrCreate": "insert",
        "updateOrCreate": "insert",
        "update": "update",
        "delete": "delete",
    },
    filtering=words("where andWhere orWhere whereIn findBy findByOrFail orderBy groupBy"),
    one=words("find findOrFail findBy findByOrFail first firstOrFail"),
    all=words("all fetch"),
    eager=words("preload with load"),
)
ALIASES = ("App/", "#")
"""How modules of AdonisJS begin that may be models in other folders."""
SURE_STARTS = words("query findOrFail findByOrFail createMany firstOrCreate updateOrCreate fetchOrCreateMany")
"""What only models of Lucid are asked by."""
STARTS = words(
    "query find findOrFail findBy findByOrFail findMany all create createMany firstOrCreate updateOrCreate first"
)


def read_lucid(module: Module, kept: Kept) -> None:
    """Keeps models, queries, migration steps and the use of Lucid."""
    look = look_at(module)
    given = {plain(call.args[0]) or "" for call in module.calls if call.name == "use" and call.args}
    likely = {item.alias for item in module.imports if item.module.startswith(ALIASES) and item.alias[:1].isupper()}
    if not (look.imports(*PACKAGES) or given or likely or (MARK.search(module.text) and _models(look))):
        return
    tables = [table for item in module.classes if (table := _read_class(item, look, given, kept)) is not None]
    kept.tables.extend(tables)
    if tables:
        kept.data.append(data_use(LAYER, How.CONFIGURED, tables[0].line))
    known = {table.model for table in tables} | _models(look) | {last(name.replace("/", ".")) for name in given}
    first = len(kept.statements)
    for chain in chains(look):
        found = _statement(chain, look, known, likely)
        if found is not None:
            keep_query(kept, look, found, chain.outer)
    if len(kept.statements) > first:
        kept.data.append(data_use(LAYER, How.QUERIED, kept.statements[first].line))


def _models(look: Look) -> set[str]:
    """Classes that are imported from the folder of models."""
    return {item.alias for item in look.module.imports if MODEL_FOLDERS.match(item.module) and item.alias[:1].isupper()}


def _read_class(item: Class, look: Look, given: set[str], kept: Kept) -> Table | None:
    bases = {dotted(base) for base in item.bases}
    of_library = any(look.origin(base).startswith(("@ioc:Adonis", "@adonisjs")) for base in bases)
    if bases & SCHEMAS and (of_library or "Schema" in given):
        kept.migration = MigrationStep(tool=MIGRATIONS, line=item.line)
        kept.data.append(data_use(LAYER, How.CONFIGURED, item.line, MIGRATIONS))
        return None
    if bases & MODELS and (of_library or "Model" in given):
        return _table(item, look)
    return None


def _table(item: Class, look: Look) -> Table:
    fields = fields_by_class(look.module).get(item.index, [])
    columns = [column for field in fields if (column := _column(field)) is not None]
    named = next((plain(field.value) for field in fields if field.target == "table"), None)
    return Table(
        name=named or _plural(snake_case(item.name)),
        line=item.line,
        end_line=item.end_line,
        source=LAYER,
        columns=tuple(columns),
        model=item.name,
    )


def _plural(word: str) -> str:
    """The plural that the layer calls a model's table by, without the irregular ones."""
    if word.endswith("y") and word[-2:-1] not in VOWELS:
        return f"{word[:-1]}ies"
    if word.endswith("s") and not word.endswith(SINGULAR):
        return word
    return f"{word}es" if word.endswith(("s", "x", "z", "ch", "sh")) else f"{word}s"


def _column(field: Assignment) -> Column | None:
    """``@column({ isPrimary: true }) public id: number``."""
    for decorator in field.decorators:
        name = dotted(decorator.callee if isinstance(decorator, Call) else decorator)
        if name.partition(".")[0] == "column":
            options = option_mapping(decorator) if isinstance(decorator, Call) else None
            return Column(
                name=snake_case(field.target),
                type=field.type,
                nullable="null" in field.type,
                primary=mapping_on(options, "isPrimary"),
            )
    return None


def _statement(chain: Chain, look: Look, known: set[str], likely: set[str]) -> Statement | None:
    """``User.query().where(...)``, ``User.findOrFail(id)``, ``user.related("posts").query()``."""
    receiver, _, name = chain.root.rpartition(".")
    model = last(receiver)
    if (name in STARTS and model in known) or (name in SURE_STARTS and model in likely):
        return query(chain, look, WORDS, LAYER, (model,))
    if name == "related" and "query" in chain.names:
        return query(chain, look, WORDS, LAYER, ())
    return None


LUCID = Reader(name="Lucid", languages=ECMA_LANGUAGES, read=read_lucid)
