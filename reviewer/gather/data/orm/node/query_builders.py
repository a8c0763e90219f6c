"""Query builders that name their table first: Kysely, the client of Supabase, and the models of Objection."""

from __future__ import annotations

from collections.abc import Callable

from reviewer.gather.data.names import data_use
from reviewer.gather.data.orm._chains import Chain, Words, chains, keep_query, query
from reviewer.gather.data.queries import ECMA_LANGUAGES
from reviewer.gather.expressions import last
from reviewer.gather.look import Look, look_at, words
from reviewer.gather.reader import Kept, Reader
from reviewer.gather.syntax import Class, Expr, Module, dotted, plain
from reviewer.model.facts.data import Feature, How, MigrationStep, Statement, Table

KYSELY, SUPABASE, OBJECTION = "Kysely", "supabase-js", "Objection.js"
KYSELY_MIGRATIONS = "Kysely migrations"
KYSELY_STARTS = {
    "selectFrom": "select",
    "insertInto": "insert",
    "replaceInto": "insert",
    "updateTable": "update",
    "deleteFrom": "delete",
    "mergeInto": "merge",
}
KYSELY_WORDS = Words(
    features={
        "innerJoin": Feature.JOIN,
        "leftJoin": Feature.JOIN,
        "rightJoin": Feature.JOIN,
        "fullJoin": Feature.JOIN,
        "groupBy": Feature.GROUP,
        "limit": Feature.LIMIT,
        "offset": Feature.LIMIT,
        "orderBy": Feature.ORDER,
        "forUpdate": Feature.LOCK,
        "with": Feature.CTE,
        "selectAll": Feature.STAR,
    },
    filtering=words("where whereRef orderBy groupBy"),
    one=words("executeTakeFirst executeTakeFirstOrThrow"),
    all=words("execute stream"),
)
SUPABASE_PACKAGES = ("@supabase/supabase-js", "@supabase/ssr", "@supabase/auth-helpers-nextjs")
SUPABASE_CLIENTS = frozenset({"createClient", "createServerClient", "createBrowserClient"})
SUPABASE_VERBS = {"insert": "insert", "upsert": "insert", "update": "update", "delete": "delete"}
SUPABASE_WORDS = Words(
    features={"limit": Feature.LIMIT, "range": Feature.LIMIT, "order": Feature.ORDER},
    verbs=SUPABASE_VERBS,
    filtering=words("eq neq gt gte lt lte like ilike is in contains match or not order filter"),
    one=words("single maybeSingle"),
    all=words("select"),
)
OBJECTION_WORDS = Words(
    features={
        "join": Feature.JOIN,
        "joinRelated": Feature.JOIN,
        "leftJoinRelated": Feature.JOIN,
        "groupBy": Feature.GROUP,
        "count": Feature.AGGREGATE,
        "limit": Feature.LIMIT,
        "page": Feature.LIMIT,
        "range": Feature.LIMIT,
        "orderBy": Feature.ORDER,
        "forUpdate": Feature.LOCK,
    },
    verbs={
        "insert": "insert",
        "insertAndFetch": "insert",
        "insertGraph": "insert",
        "upsertGraph": "insert",
        "patch": "update",
        "patchAndFetch": "update",
        "patchAndFetchById": "update",
        "update": "update",
        "delete": "delete",
        "deleteById": "delete",
    },
    filtering=words("where andWhere orWhere whereIn orderBy groupBy findOne"),
    one=words("findById findOne first"),
    all=words("select"),
    eager=words("withGraphFetched withGraphJoined eager"),
)
TABLE_NAME = "tableName"


def read_kysely(module: Module, kept: Kept) -> None:
    """``db.selectFrom("person").where(...).execute()``, and migrations that are given the database."""
    if not any(f".{start}(" in module.text for start in KYSELY_STARTS) and "Kysely<" not in module.text:
        return
    look = look_at(module)
    known = look.imports("kysely")
    _read_kysely_migration(look, kept)
    _read(look, kept, KYSELY, lambda chain: _kysely(chain, look, known))


def _kysely(chain: Chain, look: Look, known: bool) -> Statement | None:
    start = next((call for call in chain.calls if call.last in KYSELY_STARTS), None)
    table = plain(start.args[0]) if start is not None and start.args else None
    if start is None or not table or not (known or last(start.name.rpartition(".")[0]).lower().endswith(("db", "trx"))):
        return None
    verb = KYSELY_STARTS[start.last]
    return query(chain, look, KYSELY_WORDS, KYSELY, (table.partition(" ")[0],), verb=verb)


def _read_kysely_migration(look: Look, kept: Kept) -> None:
    for function in look.module.functions:
        typed = any(parameter.type.startswith("Kysely<") for parameter in function.parameters)
        if function.name == "up" and function.parent == -1 and typed:
            kept.migration = MigrationStep(tool=KYSELY_MIGRATIONS, line=function.line)
            kept.data.append(data_use(KYSELY, How.CONFIGURED, function.line, KYSELY_MIGRATIONS))


def read_supabase(module: Module, kept: Kept) -> None:
    """``supabase.from("users").select("*").eq("id", id)``: its tables are PostgreSQL's."""
    look = look_at(module)
    if "supabase" not in module.text.lower():
        return
    known = look.imports(*SUPABASE_PACKAGES)
    _read(look, kept, SUPABASE, lambda chain: _supabase(chain, look, known), "PostgreSQL")
    made = next((call for call in module.calls if known and call.last in SUPABASE_CLIENTS), None)
    if made is not None and not any(use.name == SUPABASE for use in kept.data):
        kept.data.extend(data_use(name, How.CONNECTED, made.line, made.last) for name in ("PostgreSQL", SUPABASE))


def _supabase(chain: Chain, look: Look, known: bool) -> Statement | None:
    start = next((call for call in chain.calls if call.last == "from"), None)
    table = plain(start.args[0]) if start is not None and start.args else None
    receiver = last(start.name.rpartition(".")[0]).lower() if start is not None else ""
    if not table or not ("supabase" in receiver or (known and receiver in ("client", "db"))):
        return None
    if not set(chain.names) & {"select", *SUPABASE_VERBS}:
        return None
    return query(chain, look, SUPABASE_WORDS, SUPABASE, (table,))


def read_objection(module: Module, kept: Kept) -> None:
    """Models with ``tableName``, and ``Person.query()``."""
    look = look_at(module)
    models = [table for item in module.classes if (table := _model(look, item)) is not None]
    kept.tables.extend(models)
    if models:
        kept.data.append(data_use(OBJECTION, How.CONFIGURED, models[0].line))
    known = {table.model for table in models}
    if models or look.imports("objection"):
        _read(look, kept, OBJECTION, lambda chain: _objection(chain, look, known))


def _model(look: Look, item: Class) -> Table | None:
    """``class Person extends Model { static tableName = "persons" }``, also as a getter."""
    if not any(
        look.origin(dotted(base)).startswith("objection") or last(dotted(base)) == "BaseModel" for base in item.bases
    ):
        return None
    named = next((f.value for f in look.module.fields_of(item) if f.target == TABLE_NAME), None)
    name = plain(named) or plain(_returned(look, item))
    if not name:
        return None
    return Table(name=name, line=item.line, end_line=item.end_line, source=OBJECTION, model=item.name)


def _returned(look: Look, item: Class) -> Expr | None:
    getter = next((m.index for m in look.module.methods_of(item) if m.name == TABLE_NAME), None)
    return next((r.value for r in look.module.returns if r.function == getter), None) if getter is not None else None


def _objection(chain: Chain, look: Look, models: set[str]) -> Statement | None:
    receiver, _, name = chain.root.rpartition(".")
    model = last(receiver)
    if name != "query" or not model[:1].isupper() or (model not in models and look.origin(model) == model):
        return None
    return query(chain, look, OBJECTION_WORDS, OBJECTION, (model,))


def _read(
    look: Look, kept: Kept, layer: str, statement_of: Callable[[Chain], Statement | None], database: str = ""
) -> None:
    first = len(kept.statements)
    for chain in chains(look):
        found = statement_of(chain)
        if found is not None:
            keep_query(kept, look, found, chain.outer)
    if len(kept.statements) > first:
        line = kept.statements[first].line
        kept.data.append(data_use(layer, How.QUERIED, line))
        if database:
            kept.data.append(data_use(database, How.QUERIED, line, layer))


KYSELY_READER = Reader(name="Kysely", languages=ECMA_LANGUAGES, read=read_kysely)
SUPABASE_READER = Reader(name="Supabase", languages=ECMA_LANGUAGES, read=read_supabase)
OBJECTION_READER = Reader(name="Objection.js", languages=ECMA_LANGUAGES, read=read_objection)
