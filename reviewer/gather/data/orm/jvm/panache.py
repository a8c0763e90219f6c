"""Panache's active record: entities of Quarkus that find, store and remove themselves."""

from __future__ import annotations

from dataclasses import dataclass

from reviewer.gather.data.names import data_use
from reviewer.gather.data.orm._chains import Words, chains, keep_query, query
from reviewer.gather.data.queries import add_sign
from reviewer.gather.expressions import last
from reviewer.gather.frameworks.jvm._annotations import find
from reviewer.gather.look import Look, look_at, words
from reviewer.gather.reader import Kept, Reader
from reviewer.gather.syntax import Call, Class, Expr, Module, dotted
from reviewer.model.facts.code import SignKind
from reviewer.model.facts.data import Feature, How

PACKAGE = "io.quarkus"
PANACHE, MONGO = "Hibernate Panache", "Panache MongoDB"
BASES = {
    "PanacheEntity": PANACHE,
    "PanacheEntityBase": PANACHE,
    "PanacheMongoEntity": MONGO,
    "PanacheMongoEntityBase": MONGO,
    "ReactivePanacheMongoEntity": MONGO,
}
"""Base classes of entities, by the layer that they show."""
SERVING = (
    PACKAGE,
    "jakarta.ws.rs",
    "javax.ws.rs",
    "jakarta.persistence",
    "javax.persistence",
    "jakarta.enterprise",
    "javax.enterprise",
    "jakarta.transaction",
    "javax.transaction",
)
"""What files import that may ask entities of Quarkus; whether there are any, only the linker can tell."""
VERBS = {
    "find": "select",
    "findAll": "select",
    "findById": "select",
    "findByIdOptional": "select",
    "list": "select",
    "listAll": "select",
    "stream": "select",
    "streamAll": "select",
    "count": "select",
    "delete": "delete",
    "deleteAll": "delete",
    "deleteById": "delete",
    "update": "update",
    "persist": "insert",
}
"""Static methods of entities by what they do."""
STORING = words("persist persistAndFlush persistOrUpdate")
"""Methods of one entity that nothing else has by these names but what manages entities."""
MANAGERS = words("em entityManager manager session repository repo dao")
WORDS = Words(
    features={
        "page": Feature.LIMIT,
        "range": Feature.LIMIT,
        "count": Feature.AGGREGATE,
        "groupBy": Feature.GROUP,
        "withLock": Feature.LOCK,
    },
    one=words("firstResult singleResult firstResultOptional singleResultOptional findById findByIdOptional count"),
    all=words("list listAll stream streamAll findAll"),
)


@dataclass(frozen=True, slots=True)
class _Asked:
    """A call of an entity: what it does to what."""

    verb: str
    table: str


def read_panache(module: Module, kept: Kept) -> None:
    """Keeps the entities of Panache, and what may be calls of them; the linker leaves out what is none."""
    look = look_at(module)
    if not look.imports(*SERVING):
        return
    mongo = look.imports(f"{PACKAGE}.mongodb.panache")
    for item in module.classes:
        layer = next((BASES[name] for base in item.bases if (name := _name(base)) in BASES), "")
        if layer and look.imports(PACKAGE):
            kept.data.append(data_use(layer, How.CONFIGURED, item.line))
            if layer == MONGO:
                kept.data.append(data_use("MongoDB", How.QUERIED, item.line))
    for chain in chains(look):
        asked = _asked(look, chain.calls[0])
        if asked is None:
            continue
        if mongo:
            add_sign(kept, look, SignKind.NOSQL_QUERY, chain.outer, chain.calls[0].name)
        else:
            keep_query(kept, look, query(chain, look, WORDS, PANACHE, (asked.table,), asked.verb), chain.outer)


def _name(base: Expr) -> str:
    return last(dotted(base.callee if isinstance(base, Call) else base))


def _asked(look: Look, call: Call) -> _Asked | None:
    """``User.find("name", name)``, ``find("name", name)`` within the entity, ``user.persist()``."""
    head, _, name = call.name.rpartition(".")
    if call.last in STORING and head and not call.args and last(head) not in MANAGERS and head[:1].islower():
        return _Asked("insert", _type_of(look, call, head))
    if name not in VERBS:
        return None
    if head[:1].isupper() and "." not in head:
        return _Asked(VERBS[name], head) if _fits(name, call) else None
    owner = look.module.classes[call.owner] if call.owner != -1 else None
    if not head and owner is not None and _is_entity(owner) and _fits(name, call):
        return _Asked(VERBS[name], last(owner.name))
    return None


def _fits(name: str, call: Call) -> bool:
    """Whether a call is given what the method takes: ``find`` a query, ``listAll`` nothing or an order."""
    if name in ("listAll", "findAll", "streamAll", "deleteAll", "count"):
        return True
    return bool(call.args)


def _is_entity(owner: Class) -> bool:
    return find(owner.decorators, "Entity", "MongoEntity") is not None or any(
        _name(base) in BASES for base in owner.bases
    )


def _type_of(look: Look, call: Call, name: str) -> str:
    kinds = [item.type for item in look.assigned(name, call.function)]
    kinds += [item.type for around in look.around(call.function) for item in around.parameters if item.name == name]
    return next((kind.partition("<")[0].strip("?") for kind in kinds if kind[:1].isupper()), name)


PANACHE_READER = Reader(name="Panache", languages=("Java", "Kotlin"), read=read_panache)
