"""Entity Framework Core, and Entity Framework 6 before it: contexts, entities, queries, migrations, transactions."""

from __future__ import annotations

import re

import msgspec

from reviewer.gather.data.names import data_use
from reviewer.gather.data.orm._chains import keep_query
from reviewer.gather.data.orm._models import base_names
from reviewer.gather.data.orm.dotnet._entities import SET, entity_tables
from reviewer.gather.data.orm.dotnet._fluent import fluent_tables
from reviewer.gather.data.orm.dotnet._linq import LAYER, NAMESPACES, WORDS, statements
from reviewer.gather.data.orm.dotnet._migrations import SOURCE as MIGRATIONS
from reviewer.gather.data.orm.dotnet._migrations import migration_tables
from reviewer.gather.data.orm.dotnet._old_migrations import SOURCE as OLD_MIGRATIONS
from reviewer.gather.data.orm.dotnet._old_migrations import old_migration_tables
from reviewer.gather.data.queries import add_sign
from reviewer.gather.expressions import last
from reviewer.gather.look import Look, look_at, words
from reviewer.gather.reader import Kept, Reader
from reviewer.gather.syntax import Call, Module, plain
from reviewer.model.facts.code import Sign, SignKind
from reviewer.model.facts.data import How, MigrationStep, Statement

OLD_LAYER = "Entity Framework 6"
OLD_NAMESPACES = ("System.Data.Entity", "Microsoft.AspNet.Identity.EntityFramework")
OLD_DATABASE = "SQL Server"
"""What Entity Framework 6 connects to where nobody says otherwise."""
PROVIDERS = {
    "UseNpgsql": "PostgreSQL",
    "UseSqlServer": "SQL Server",
    "UseAzureSql": "SQL Server",
    "UseSqlite": "SQLite",
    "UseMySql": "MySQL",
    "UseMySQL": "MySQL",
    "UseOracle": "Oracle",
    "UseCosmos": "Cosmos DB",
    "UseMongoDB": "MongoDB",
    "AddNpgsqlDbContext": "PostgreSQL",
    "AddSqlServerDbContext": "SQL Server",
    "AddMySqlDbContext": "MySQL",
    "AddOracleDatabaseDbContext": "Oracle",
    "AddNpgsql": "PostgreSQL",
    "AddSqlServer": "SQL Server",
    "AddSqlite": "SQLite",
}
"""Calls that choose a context's database; the one in memory is none."""
SETTING_UP = frozenset({"AddDbContext", "AddDbContextPool", "AddDbContextFactory", "AddPooledDbContextFactory"})
CONTEXT_BASES = re.compile(
    r"(?:\w+\.)*(?!I[A-Z])\w*DbContext\Z|(?:\w+\.)*ObjectContext\Z|(?:\w+\.)*Identity\w*DbContext\Z"
)
SAVES = frozenset({"SaveChanges", "SaveChangesAsync"})
BEGINNING = re.compile(r"BeginTransaction(?:Async)?|UseTransaction(?:Async)?|TransactionScope|EnlistTransaction")
COMMITTING = re.compile(r"Commit(?:Transaction)?(?:Async)?")
TRANSACTION = re.compile(r"trans|tx|scope|uow|unit", re.IGNORECASE)
POOL_SIZE = re.compile(r"\bMax(?:imum)? Pool Size\s*=", re.IGNORECASE)
CONTEXT_TYPE = re.compile(r"I?\w*(?:(?i:context)|Entities)\??")


def read(module: Module, kept: Kept) -> None:
    """Keeps contexts, entities, queries and migration steps."""
    look = look_at(module)
    layer = OLD_LAYER if any(item.module.startswith(OLD_NAMESPACES) for item in module.imports) else LAYER
    _read_providers(look, kept, layer)
    _read_transactions(look, kept)
    if _read_migration(look, kept):
        return
    for table in (*entity_tables(look), *fluent_tables(look)):
        kept.tables.append(table if layer == LAYER else msgspec.structs.replace(table, source=layer))
    _read_context(look, kept, layer)
    _read_queries(look, kept, layer)


def _read_providers(look: Look, kept: Kept, layer: str) -> None:
    for call in look.module.calls:
        database = PROVIDERS.get(call.last)
        if database and (call.last.startswith("Use") or "<>" in call.keywords):
            kept.data.append(data_use(database, How.CONFIGURED, call.line, call.last))
            kept.data.append(data_use(layer, How.CONFIGURED, call.line, call.last))
        elif call.last in SETTING_UP:
            kept.data.append(data_use(layer, How.CONFIGURED, call.line, call.last))


def _read_context(look: Look, kept: Kept, layer: str) -> None:
    for owner in look.module.classes:
        if any(CONTEXT_BASES.match(base[-120:]) for base in base_names(owner)):
            kept.data.append(data_use(layer, How.CONFIGURED, owner.line, owner.name))
            if layer == OLD_LAYER:
                kept.data.append(data_use(OLD_DATABASE, How.IMPORTED, owner.line, owner.name))


def _read_migration(look: Look, kept: Kept) -> bool:
    """A step of EF Core's or EF 6's tool; designer files and snapshots hold none."""
    names = {function.name for function in look.module.functions}
    for owner in look.module.classes:
        bases = {last(base) for base in base_names(owner)}
        old = "DbMigration" in bases
        if not (old or ("Migration" in bases and "Up" in names)):
            continue
        if not old and not any(item.type == "MigrationBuilder" for f in look.module.functions for item in f.parameters):
            continue
        kept.migration = MigrationStep(tool=OLD_MIGRATIONS if old else MIGRATIONS, line=owner.line)
        kept.data.append(data_use(OLD_LAYER if old else LAYER, How.CONFIGURED, owner.line, kept.migration.tool))
        kept.tables.extend(old_migration_tables(look) if old else migration_tables(look))
        return True
    return False


def _read_queries(look: Look, kept: Kept, layer: str) -> None:
    if not _may_query(look):
        return
    first = len(kept.statements)
    for found, call in statements(look, layer):
        keep_query(kept, look, found, call)
    own = kept.statements[first:]
    if own:
        if any(item.module.startswith(NAMESPACES) for item in look.module.imports):
            kept.data.append(data_use(layer, How.QUERIED, own[0].line))
        _keep_saves(look, kept, own)


def _may_query(look: Look) -> bool:
    """Whether a file has to do with the framework: its namespaces, its sets, or contexts that it is given."""
    if any(item.module.startswith(NAMESPACES) for item in look.module.imports):
        return True
    types = [item.type for item in look.module.assignments]
    types += [parameter.type for function in look.module.functions for parameter in function.parameters]
    return any(SET.fullmatch(kind) or (CONTEXT_TYPE.fullmatch(kind) and "Http" not in kind) for kind in types if kind)


def _keep_saves(look: Look, kept: Kept, statements: list[Statement]) -> None:
    """Several writes that one ``SaveChanges`` sends are one transaction."""
    writes: dict[str, int] = {}
    for item in statements:
        if item.verb in set(WORDS.verbs.values()) and item.function:
            writes[item.function] = writes.get(item.function, 0) + 1
    saves: dict[str, list[Call]] = {}
    for call in look.module.calls:
        if call.last in SAVES:
            saves.setdefault(look.qualname(call.function), []).append(call)
    for function, number in writes.items():
        if number > 1 and len(saves.get(function, ())) == 1:
            add_sign(kept, look, SignKind.TRANSACTION, saves[function][0], "SaveChanges")


VERSIONED = words("IsRowVersion IsConcurrencyToken UseXminAsConcurrencyToken")
"""Calls that make a column the version of its row."""


def _read_transactions(look: Look, kept: Kept) -> None:
    """Transactions that are opened by hand, of a context or of a connection; pools that a connection string sizes."""
    for call in look.module.calls:
        if BEGINNING.fullmatch(call.last):
            add_sign(kept, look, SignKind.TRANSACTION, call, call.last)
        elif COMMITTING.fullmatch(call.last) and TRANSACTION.search(call.name.rpartition(".")[0]):
            add_sign(kept, look, SignKind.TRANSACTION, call, "commit")
        elif call.last in VERSIONED:
            add_sign(kept, look, SignKind.LOCK, call, call.last)
    for text, function in look.module.texts:
        if POOL_SIZE.search((plain(text) or "")[:400]):
            name = look.qualname(function)
            sign = Sign(kind=SignKind.POOL, line=text.line, end_line=text.end_line, detail="pool size", function=name)
            kept.signs.append(sign)


EF_CORE = Reader(name="Entity Framework", languages=("C#",), read=read)
