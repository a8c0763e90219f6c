"""Doctrine: entities, repositories, DQL and its builder, and the database layer below."""

from __future__ import annotations

import re

import msgspec

from reviewer.gather.data.names import data_use
from reviewer.gather.data.orm._chains import Chain, Words, chains, keep_query, query
from reviewer.gather.data.orm._models import snake_case
from reviewer.gather.data.orm.php._doctrine_entities import entity_tables
from reviewer.gather.data.outside import Origin, Origins
from reviewer.gather.expressions import inside, pairs_of
from reviewer.gather.look import Look, look_at, words
from reviewer.gather.reader import Kept, Reader
from reviewer.gather.syntax import Call, Expr, Mapping, Module, Name, Text, dotted, plain
from reviewer.model.facts.data import Feature, How, Statement

LAYER = "Doctrine ORM"
DBAL = "Doctrine DBAL"
WORDS = Words(
    features={
        **dict.fromkeys(("join", "innerJoin", "leftJoin", "rightJoin"), Feature.JOIN),
        **dict.fromkeys(("groupBy", "addGroupBy", "having"), Feature.GROUP),
        **dict.fromkeys(("setMaxResults", "setFirstResult"), Feature.LIMIT),
        **dict.fromkeys(("orderBy", "addOrderBy"), Feature.ORDER),
        "setLockMode": Feature.LOCK,
    },
    verbs={"delete": "delete", "update": "update", "insert": "insert"},
    filtering=words("where andWhere orWhere orderBy addOrderBy"),
    one=words("getSingleResult getOneOrNullResult getSingleScalarResult fetchOne fetchAssociative"),
    all=words("getResult getArrayResult toIterable getScalarResult fetchAllAssociative getSingleColumnResult"),
)
BUILDING = re.compile(r"[\w.]*createQueryBuilder\Z")
FINDERS = words("find findOneBy findBy findAll count")
ONE = words("find findOneBy count")
CONDITIONS = words("where andWhere orWhere having andHaving createQuery setDQLPart")
FIELD = re.compile(r"\b([a-z]\w*)\.([A-Za-z_]\w*)\s*(?:=|<|>|!|LIKE|IN|IS|BETWEEN|MEMBER)", re.IGNORECASE)
DQL = re.compile(
    r"\s*(?:(SELECT)\b[\s\S]{0,4000}?\bFROM|(UPDATE)|(DELETE)(?:\s+FROM)?)\s+([A-Za-z_][\w\\:]*)", re.IGNORECASE
)
PLACEHOLDER = re.compile(r":\w|\?")
REPOSITORIES = words("ServiceEntityRepository EntityRepository DocumentRepository")
REPOSITORY = re.compile(r"repo|repository\Z", re.IGNORECASE)
FILTERS_MOST = 16


def read_doctrine(module: Module, kept: Kept) -> None:
    """Keeps entities, queries and the use of Doctrine."""
    if not any(word in module.text for word in ("octrine", "ORM\\", "EntityManager", "Repository")):
        return
    look = look_at(module)
    tables = list(entity_tables(look))
    kept.tables.extend(tables)
    for table in tables:
        if table.name:
            kept.data.append(data_use(LAYER, How.CONFIGURED, table.line, table.model))
    if look.imports("Illuminate", "Magento", "Cake"):
        return
    first = len(kept.statements)
    origins = Origins(look)
    holders = _repositories(look)
    for chain in chains(look):
        _builder(look, kept, chain, origins)
    for call in module.calls:
        _found(look, kept, call, holders)
        _dql(look, kept, call, origins)
        _managed(look, kept, call)
    if len(kept.statements) > first:
        layer = DBAL if all(item.layer == DBAL for item in kept.statements[first:]) else LAYER
        kept.data.append(data_use(layer, How.QUERIED, kept.statements[first].line))


def _builder(look: Look, kept: Kept, chain: Chain, origins: Origins) -> None:
    """``createQueryBuilder('u')->where('u.email = :email')``, sent here or under the name that it is given."""
    calls = chain.calls
    start = next((place for place, call in enumerate(calls) if call.last == "createQueryBuilder"), None)
    if start is None:
        _conditions(look, kept, chain, origins)
        return
    dbal = any(call.last in ("fetchAllAssociative", "executeQuery", "fetchOne", "fetchAssociative") for call in calls)
    table = _from(look, calls[start:])
    statement = query(chain, look, WORDS, DBAL if dbal else LAYER, (table,) if table else ())
    filters = tuple(dict.fromkeys(_fields(calls, table)))[:FILTERS_MOST]
    placed = any(PLACEHOLDER.search(text[:2000]) for call in calls if call.last in CONDITIONS for text in _texts(call))
    keep_query(kept, look, _replaced(statement, filters, placed, _unbound(look, chain, origins)), chain.outer)


def _conditions(look: Look, kept: Kept, chain: Chain, origins: Origins) -> None:
    """Conditions that are added to a builder kept in a variable: only what gets into them unbound."""
    first = chain.calls[0]
    injection = _unbound(look, chain, origins) if first.last in CONDITIONS - words("createQuery") else None
    if injection and look.imports("Doctrine"):
        statement = Statement(
            verb="select",
            line=first.line,
            end_line=chain.outer.end_line,
            layer=LAYER,
            bound=False,
            injection=injection,
            function=look.qualname(first.function),
        )
        keep_query(kept, look, statement, chain.outer)


def _replaced(statement: Statement, filters: tuple[str, ...], placed: bool, injection: str | None) -> Statement:
    bound = False if injection else True if filters or placed else None
    return msgspec.structs.replace(statement, filters=filters, bound=bound, injection=injection)


def _from(look: Look, calls: tuple[Call, ...]) -> str:
    for call in calls:
        if call.last in ("from", "delete", "update", "insert") and call.args:
            return _entity(call.args[0])
    first = calls[0]
    owner = look.owner(first.function)
    if first.name == "this.createQueryBuilder" and owner != -1:
        return _managed_by(look, owner)
    return ""


def _entity(expr: Expr) -> str:
    name = (dotted(expr) or plain(expr) or "").removesuffix(".class").replace("\\", ".").replace(":", ".")
    last = name.rpartition(".")[2]
    return snake_case(last) if last[:1].isupper() else last


def _managed_by(look: Look, owner: int) -> str:
    """The entity of a repository class: named to its parent, else by its own name."""
    for call in look.module.calls:
        named = call.owner == owner and call.name == "parent.__construct" and len(call.args) > 1
        if named and (entity := _entity(call.args[1])):
            return entity
    name = look.module.classes[owner].name
    return snake_case(name.removesuffix("Repository")) if name.endswith("Repository") else ""


def _fields(calls: tuple[Call, ...], table: str) -> list[str]:
    found = []
    for call in calls:
        if call.last in WORDS.filtering:
            for text in _texts(call):
                names = [match[2] for match in FIELD.finditer(text[:2000])]
                if call.last in ("orderBy", "addOrderBy"):
                    names = [text.rpartition(".")[2]] if "." in text[:200] else []
                found += [f"{table}.{snake_case(name)}" if table else snake_case(name) for name in names]
    return found


def _texts(call: Call) -> list[str]:
    parts = [item for arg in call.args for item in inside(arg) if isinstance(item, Text)]
    return ["".join(part for part in item.parts if isinstance(part, str)) for item in parts]


def _unbound(look: Look, chain: Chain, origins: Origins) -> str | None:
    for call in chain.calls:
        if call.last not in CONDITIONS:
            continue
        for arg in call.args[:2]:
            text = look.value(arg, call.function)
            if isinstance(text, Text) and (found := _injected(text, call, origins)):
                return found
    return None


def _injected(text: Text, call: Call, origins: Origins) -> str | None:
    for part in text.parts:
        if not isinstance(part, str) and origins.of(part, call.function) == Origin.OUTSIDE:
            named = dotted(part)
            what = f"`{named[:60]}`" if named else "a value"
            return f"{what} gets into the text of the statement instead of being bound"
    return None


def _repositories(look: Look) -> dict[int, str]:
    """Classes that are repositories themselves."""
    return {
        item.index: _managed_by(look, item.index)
        for item in look.module.classes
        if any(dotted(base).rpartition(".")[2] in REPOSITORIES for base in item.bases)
    }


def _is_doctrine(look: Look) -> bool:
    """Whether a repository that this file is handed is Doctrine's; hand-written ones are called the same."""
    return look.imports("Doctrine", "Symfony.Bridge.Doctrine") or (
        look.imports("App.Repository") and look.imports("Symfony")
    )


def _found(look: Look, kept: Kept, call: Call, holders: dict[int, str]) -> None:
    """``$users->findOneBy(['email' => $email])`` of a repository."""
    if call.last not in FINDERS:
        return
    receiver = call.name.rpartition(".")[0]
    if not (holders or _is_doctrine(look)) and not any(isinstance(arg, Mapping) for arg in call.args[:1]):
        return
    table = None
    if receiver == "this" and call.owner in holders:
        table = holders[call.owner]
    elif receiver and REPOSITORY.search(receiver.rpartition(".")[2]):
        name = receiver.rpartition(".")[2]
        table = (
            snake_case(name.removesuffix("Repository").removesuffix("Repo"))
            if name.endswith(("Repository", "Repo"))
            else ""
        )
    elif "getRepository" in str(getattr(getattr(call.callee, "value", None), "last", "")):
        inner = call.callee.value  # type: ignore[union-attr]
        table = _entity(inner.args[0]) if isinstance(inner, Call) and inner.args else ""
    elif receiver.endswith(("entityManager", ".em", "manager")) and call.last == "find" and len(call.args) > 1:
        table = _entity(call.args[0])
    if table is None or (call.last == "count" and not call.args):
        return
    columns = tuple(f"{table}.{snake_case(key)}" if table else key for arg in call.args[:2] for key, _ in pairs_of(arg))
    features = [Feature.LIMIT] if len(call.args) > 2 and call.last == "findBy" else []
    statement = Statement(
        verb="select",
        line=call.line,
        end_line=call.end_line,
        layer=LAYER,
        tables=(table,) if table else (),
        filters=columns[:FILTERS_MOST],
        features=tuple(features),
        bound=True if columns or call.last == "find" else None,
        in_loop=call.loops > 0,
        many=call.last not in ONE,
        function=look.qualname(call.function),
    )
    keep_query(kept, look, statement, call)


def _dql(look: Look, kept: Kept, call: Call, origins: Origins) -> None:
    """``createQuery('SELECT u FROM App\\Entity\\User u WHERE ...')``."""
    if call.last != "createQuery" or not call.args:
        return
    text = look.value(call.args[0], call.function)
    if not isinstance(text, Text):
        return
    literal = "".join(part if isinstance(part, str) else " x " for part in text.parts)
    found = DQL.match(literal[:6000])
    if found is None:
        return
    verb = next(word for word in found.groups()[:3] if word).lower()
    table = snake_case(re.split(r"[\\:]", found[4])[-1])
    filters = tuple(dict.fromkeys(f"{table}.{snake_case(item[2])}" for item in FIELD.finditer(literal[:6000])))
    injection = _injected(text, call, origins)
    features = [Feature.JOIN] if re.search(r"\bJOIN\b", literal[:6000], re.IGNORECASE) else []
    statement = Statement(
        verb=verb,
        line=call.line,
        end_line=call.end_line,
        layer=LAYER,
        tables=(table,),
        filters=filters[:FILTERS_MOST],
        features=tuple(features),
        bound=False if injection else True if ":" in literal or "?" in literal else None,
        injection=injection,
        in_loop=call.loops > 0,
        function=look.qualname(call.function),
    )
    keep_query(kept, look, statement, call)


def _managed(look: Look, kept: Kept, call: Call) -> None:
    """``$em->persist($user)`` and ``$em->remove($user)``."""
    if call.last not in ("persist", "remove") or len(call.args) != 1 or not isinstance(call.args[0], Name):
        return
    receiver = call.name.rpartition(".")[0].rpartition(".")[2]
    if not re.search(r"em\Z|manager|getEntityManager|doctrine", receiver or _inner(call), re.IGNORECASE):
        return
    statement = Statement(
        verb="insert" if call.last == "persist" else "delete",
        line=call.line,
        end_line=call.end_line,
        layer=LAYER,
        function=look.qualname(call.function),
    )
    keep_query(kept, look, statement, call)


def _inner(call: Call) -> str:
    value = getattr(call.callee, "value", None)
    return value.last if isinstance(value, Call) else ""


DOCTRINE = Reader(name="Doctrine", languages=("PHP",), read=read_doctrine)
