"""TypeORM: entities, repositories, query builders and migrations."""

from __future__ import annotations

from reviewer.gather.data.names import GUESS, data_use
from reviewer.gather.data.orm._chains import Chain, Words, chains, keep_query, query
from reviewer.gather.data.orm._objects import Options, with_options
from reviewer.gather.data.orm.node._typeorm_entities import entity_tables, migration_tables
from reviewer.gather.data.queries import ECMA_LANGUAGES
from reviewer.gather.expressions import last, option, truth
from reviewer.gather.look import Look, look_at, words
from reviewer.gather.reader import Kept, Reader
from reviewer.gather.syntax import Call, Class, Expr, Module, Name, dotted
from reviewer.model.facts.code import Sign, SignKind
from reviewer.model.facts.data import Feature, How, MigrationStep, Statement

LAYER = "TypeORM"
MIGRATIONS = "TypeORM migrations"
PACKAGES = ("typeorm", "@nestjs/typeorm", "typeorm-typedi-extensions", "type-graphql-typeorm")

WORDS = Words(
    features={
        "leftJoin": Feature.JOIN,
        "innerJoin": Feature.JOIN,
        "leftJoinAndSelect": Feature.EAGER,
        "innerJoinAndSelect": Feature.EAGER,
        "leftJoinAndMapMany": Feature.EAGER,
        "leftJoinAndMapOne": Feature.EAGER,
        "groupBy": Feature.GROUP,
        "count": Feature.AGGREGATE,
        "getCount": Feature.AGGREGATE,
        "take": Feature.LIMIT,
        "skip": Feature.LIMIT,
        "limit": Feature.LIMIT,
        "offset": Feature.LIMIT,
        "orderBy": Feature.ORDER,
        "addOrderBy": Feature.ORDER,
        "setLock": Feature.LOCK,
        "subQuery": Feature.SUBQUERY,
    },
    verbs={
        "save": "insert",
        "insert": "insert",
        "upsert": "insert",
        "update": "update",
        "increment": "update",
        "decrement": "update",
        "delete": "delete",
        "remove": "delete",
        "softDelete": "delete",
        "softRemove": "delete",
    },
    filtering=words("where andWhere orWhere orderBy groupBy"),
    one=words(
        "findOne findOneBy findOneOrFail findOneByOrFail getOne getOneOrFail getRawOne count countBy getCount exist"
    ),
    all=words("find findBy getMany getRawMany getManyAndCount findAndCount findAll"),
)
OPTIONS = Options(
    eager=("relations",), limit=("take", "skip"), order=("order",), filters=("where",), lock=("lock",), bare=True
)
METHODS = words(
    "find findBy findOne findOneBy findOneOrFail findOneByOrFail findAndCount findAndCountBy count countBy save"
    " insert upsert update delete remove softDelete softRemove increment decrement createQueryBuilder exist"
    " findByIds query"
)
RELATIONS = words("OneToOne OneToMany ManyToOne ManyToMany")
HOLDER = ("repository", "repo", "manager", "entitymanager")


def read_typeorm(module: Module, kept: Kept) -> None:
    """Keeps entities, queries, migration steps and the use of TypeORM."""
    look = look_at(module)
    imported = look.imports(*PACKAGES)
    if not imported and not _entities(look):
        return
    tables = list(entity_tables(look)) if imported else []
    if _read_migration(look, kept):
        tables.extend(migration_tables(look))
    kept.tables.extend(tables)
    _read_eager(look, kept)
    first = len(kept.statements)
    for chain in chains(look):
        found = _statement(chain, look)
        if found is not None:
            keep_query(kept, look, found, chain.outer)
    if len(kept.statements) > first:
        guess = "" if imported else GUESS + LAYER
        kept.data.append(data_use(LAYER, How.QUERIED, kept.statements[first].line, guess))
    elif tables:
        kept.data.append(data_use(LAYER, How.CONFIGURED, tables[0].line))


def _read_eager(look: Look, kept: Kept) -> None:
    """Relations that load with their entity: ``@ManyToOne(() => User, (user) => user.posts, { eager: true })``."""
    for field in look.module.assignments:
        for decorator in field.decorators:
            if isinstance(decorator, Call) and decorator.last in RELATIONS and truth(option(decorator, "eager")):
                sign = Sign(
                    kind=SignKind.EAGER_LOAD, line=field.line, end_line=field.end_line, detail=f"eager {field.target}"
                )
                kept.signs.append(sign)


def _read_migration(look: Look, kept: Kept) -> bool:
    for item in look.module.classes:
        if _implements(item, "MigrationInterface"):
            kept.migration = MigrationStep(tool=MIGRATIONS, line=item.line)
            kept.data.append(data_use(LAYER, How.CONFIGURED, item.line, MIGRATIONS))
            return True
    return False


def _implements(item: Class, name: str) -> bool:
    return name in item.implements or any(dotted(base) == name for base in item.bases)


def _statement(chain: Chain, look: Look) -> Statement | None:
    call = next((item for item in chain.calls if item.last in METHODS), None)
    if call is None or call.last == "query":
        return None
    receiver = call.name.rpartition(".")[0]
    entity = _entity(receiver, chain, look)
    if entity is None:
        return None
    found = query(chain, look, WORDS, LAYER, (entity,) if entity else ())
    return with_options(found, call, OPTIONS, entity, look)


def _entity(receiver: str, chain: Chain, look: Look) -> str | None:
    """The entity that the receiver is the repository of; ``""`` where it is some repository, None where it is none."""
    for call in chain.calls:
        if call.last in ("getRepository", "getCustomRepository", "getMongoRepository", "getTreeRepository"):
            return _name(call.args[0]) if call.args else ""
    word = last(receiver)
    if (typed := _typed(word, look)) is not None:
        return typed
    if word.lower().endswith(HOLDER):
        first = chain.calls[0].args[0] if chain.calls[0].args else None
        return _name(first) if word.lower().endswith("manager") else word[: -len("Repository")].strip("_") or ""
    if word[:1].isupper() and (word in _entities(look) or any(item.name == word for item in look.module.classes)):
        return word
    return None


def _entities(look: Look) -> set[str]:
    """Classes that are imported from files of entities."""
    return {item.alias for item in look.module.imports if "entit" in item.module.lower() and item.alias[:1].isupper()}


def _typed(word: str, look: Look) -> str | None:
    """The ``User`` of a parameter or a field ``users: Repository<User>``, or of ``getRepository(User)`` assigned."""
    types = [p.type for f in look.module.functions for p in f.parameters if p.name == word]
    types += [item.type for item in look.module.assignments if last(item.target) == word]
    for kind in types:
        head, _, inner = kind.partition("<")
        if head.rpartition(".")[2].endswith("Repository"):
            return inner.rstrip("> ").strip()
    for item in look.module.assignments:
        value = item.value
        if last(item.target) == word and getattr(value, "last", "") in ("getRepository", "getCustomRepository"):
            args = getattr(value, "args", ())
            return _name(args[0]) if args else ""
    return None


def _name(expr: Expr | None) -> str:
    return last(expr.dotted) if isinstance(expr, Name) and last(expr.dotted)[:1].isupper() else ""


TYPEORM = Reader(name="TypeORM", languages=ECMA_LANGUAGES, read=read_typeorm)
