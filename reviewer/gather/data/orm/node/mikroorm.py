"""MikroORM: entities by decorators, the entity manager and repositories, migrations."""

from __future__ import annotations

from reviewer.gather.data.names import data_use
from reviewer.gather.data.orm._chains import Chain, Words, chains, keep_query, query
from reviewer.gather.data.orm._models import (
    class_named,
    fields_by_class,
    mapping_on,
    option_mapping,
    returned_by,
    snake_case,
)
from reviewer.gather.data.orm._objects import Options, with_options
from reviewer.gather.data.queries import ECMA_LANGUAGES
from reviewer.gather.expressions import last
from reviewer.gather.look import Look, look_at, words
from reviewer.gather.reader import Kept, Reader
from reviewer.gather.syntax import Assignment, Call, Class, Expr, Module, Name, dotted, plain
from reviewer.model.facts.data import Column, Feature, How, MigrationStep, Statement, Table

LAYER = "MikroORM"
MIGRATIONS = "MikroORM migrations"
PACKAGES = ("@mikro-orm", "mikro-orm")
DATABASES = {
    "postgresql": "PostgreSQL",
    "mysql": "MySQL",
    "mariadb": "MariaDB",
    "sqlite": "SQLite",
    "better-sqlite": "SQLite",
    "libsql": "SQLite",
    "mssql": "SQL Server",
    "mongodb": "MongoDB",
}
"""By the package of each driver, below ``@mikro-orm``."""
SETTING_UP = words("defineConfig MikroORM Options")
COLUMNS = words("Property PrimaryKey SerializedPrimaryKey Enum Formula")
OWNING = words("ManyToOne OneToOne")
WORDS = Words(
    features={
        "count": Feature.AGGREGATE,
        "findAndCount": Feature.LIMIT,
        "leftJoin": Feature.JOIN,
        "leftJoinAndSelect": Feature.EAGER,
        "orderBy": Feature.ORDER,
        "limit": Feature.LIMIT,
    },
    verbs={
        "persist": "insert",
        "persistAndFlush": "insert",
        "insert": "insert",
        "create": "insert",
        "upsert": "insert",
        "nativeInsert": "insert",
        "nativeUpdate": "update",
        "nativeDelete": "delete",
        "remove": "delete",
        "removeAndFlush": "delete",
    },
    filtering=words("where andWhere orderBy"),
    one=words("findOne findOneOrFail count"),
    all=words("find findAll findAndCount"),
    eager=words("populate"),
)
OPTIONS = Options(
    eager=("populate",),
    limit=("limit", "offset"),
    order=("orderBy",),
    filters=("where",),
    lock=("lockMode",),
    bare=True,
)
METHODS = words(
    "find findOne findOneOrFail findAll findAndCount count persist persistAndFlush remove removeAndFlush nativeInsert"
    " nativeUpdate nativeDelete upsert createQueryBuilder"
)
HOLDERS = ("em", "entitymanager", "orm.em", "repository", "repo")


def read_mikroorm(module: Module, kept: Kept) -> None:
    """Keeps entities, queries, migration steps and the use of MikroORM."""
    look = look_at(module)
    if not look.imports(*PACKAGES):
        return
    _read_migration(look, kept)
    _read_driver(look, kept)
    tables = list(_tables(look))
    kept.tables.extend(tables)
    if tables:
        kept.data.append(data_use(LAYER, How.CONFIGURED, tables[0].line))
    first = len(kept.statements)
    for chain in chains(look):
        found = _statement(chain, look)
        if found is not None:
            keep_query(kept, look, found, chain.outer)
    if len(kept.statements) > first:
        kept.data.append(data_use(LAYER, How.QUERIED, kept.statements[first].line))


def _read_driver(look: Look, kept: Kept) -> None:
    """``import { defineConfig } from "@mikro-orm/postgresql"``, ``driver: PostgreSqlDriver``."""
    for item in look.module.imports:
        database = DATABASES.get(item.module.removeprefix("@mikro-orm/"))
        if database is not None:
            sets_up = item.name in SETTING_UP or (item.name or "").endswith("Driver")
            kept.data.append(data_use(database, How.CONFIGURED if sets_up else How.IMPORTED, item.line, item.module))


def _read_migration(look: Look, kept: Kept) -> None:
    for item in look.module.classes:
        bases = [look.origin(dotted(base)) for base in item.bases]
        if any(base.startswith("@mikro-orm/migrations") and base.endswith("Migration") for base in bases):
            kept.migration = MigrationStep(tool=MIGRATIONS, line=item.line)
            kept.data.append(data_use(LAYER, How.CONFIGURED, item.line, MIGRATIONS))
            return


def _statement(chain: Chain, look: Look) -> Statement | None:
    """``em.find(User, where, options)``, ``userRepository.findOne(where)``."""
    call = next((item for item in chain.calls if item.last in METHODS), None)
    if call is None:
        return None
    receiver = call.name.rpartition(".")[0]
    if not receiver.lower().endswith(HOLDERS):
        return None
    first = call.args[0] if call.args else None
    entity = last(first.dotted) if isinstance(first, Name) and last(first.dotted)[:1].isupper() else ""
    found = query(chain, look, WORDS, LAYER, (entity,) if entity else ())
    return with_options(found, call, OPTIONS, entity, look)


def _tables(look: Look) -> list[Table]:
    fields, returned = fields_by_class(look.module), returned_by(look.module)
    found = []
    for item in look.module.classes:
        mark = next((d for d in item.decorators if _name(d) == "Entity"), None)
        made = (_column(field, returned) for field in fields.get(item.index, ()))
        columns = [column for column in made if column is not None]
        if mark is None and not columns:
            continue
        found.append(_table(item, mark, columns))
    return found


def _table(item: Class, mark: Expr | None, columns: list[Column]) -> Table:
    options = option_mapping(mark) if isinstance(mark, Call) else None
    named = plain(options.get("tableName")) or plain(options.get("collection")) if options is not None else None
    table = mark is not None and not mapping_on(options, "abstract")
    name = named or snake_case(item.name) if table else ""
    return Table(
        name=name, line=item.line, end_line=item.end_line, source=LAYER, columns=tuple(columns), model=item.name
    )


def _name(expr: Expr) -> str:
    return last(dotted(expr.callee if isinstance(expr, Call) else expr))


def _column(field: Assignment, returned: dict[int, Expr]) -> Column | None:
    marks = {_name(decorator): decorator for decorator in field.decorators}
    kind = next((name for name in marks if name in COLUMNS or name in OWNING), None)
    if kind is None:
        return None
    call = marks[kind]
    options = option_mapping(call) if isinstance(call, Call) else None
    relation = kind in OWNING
    if relation and options is not None and options.get("mappedBy") is not None:
        return None
    first = call.args[0] if isinstance(call, Call) and call.args else None
    named = class_named(first, returned) or (class_named(options.get("entity"), returned) if options else "")
    return Column(
        name=f"{field.target}_id" if relation else field.target,
        type=field.type or kind,
        nullable=mapping_on(options, "nullable") or field.type.endswith("null") or field.target.endswith("?"),
        primary="PrimaryKey" in marks,
        unique="Unique" in marks or mapping_on(options, "unique"),
        indexed="Index" in marks or mapping_on(options, "index") or relation,
        checked="Check" in marks or kind == "Enum",
        references=(named or field.type or None) if relation else None,
    )


MIKROORM = Reader(name="MikroORM", languages=ECMA_LANGUAGES, read=read_mikroorm)
