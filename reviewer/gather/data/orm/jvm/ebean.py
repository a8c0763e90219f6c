"""Ebean: finders, query beans and models that save themselves; its entities carry the annotations of JPA."""

from __future__ import annotations

import re

from reviewer.gather.data.names import data_use
from reviewer.gather.data.orm._chains import Chain, Words, chains, keep_query, query
from reviewer.gather.expressions import last
from reviewer.gather.look import Look, look_at, words
from reviewer.gather.reader import Kept, Reader
from reviewer.gather.syntax import Call, Module, Name, dotted
from reviewer.model.facts.data import Feature, How

EBEAN = "Ebean"
MODULES = ("io.ebean", "com.avaje.ebean")
WORDS = Words(
    features={
        "fetch": Feature.EAGER,
        "fetchQuery": Feature.EAGER,
        "setMaxRows": Feature.LIMIT,
        "setFirstRow": Feature.LIMIT,
        "setPaging": Feature.LIMIT,
        "findPagedList": Feature.LIMIT,
        "orderBy": Feature.ORDER,
        "order": Feature.ORDER,
        "findCount": Feature.AGGREGATE,
        "having": Feature.GROUP,
        "forUpdate": Feature.LOCK,
    },
    filtering=words(
        "eq ne ieq gt ge lt le like ilike contains icontains startsWith istartsWith endsWith in notIn isNull isNotNull"
        " between eqOrNull"
    ),
    one=words("findOne findOneOrEmpty findCount findSingleAttribute exists"),
    all=words("findList findSet findMap findEach findStream findIterate findIds findPagedList"),
)
ENDS = WORDS.one | WORDS.all | words("delete update")
HOLDER = re.compile(r"(?:db|ebean|database|server|ebeanServer|DB)\Z")
"""What a finder is called on."""
WRITES = {
    "save": "insert",
    "saveAll": "insert",
    "insert": "insert",
    "insertAll": "insert",
    "update": "update",
    "updateAll": "update",
    "merge": "update",
    "delete": "delete",
    "deleteAll": "delete",
    "deletePermanent": "delete",
}
QUERY_BEAN = re.compile(r"Q[A-Z]\w*\Z")


def read_ebean(module: Module, kept: Kept) -> None:
    """Keeps the statements of Ebean, and its use."""
    look = look_at(module)
    if not look.imports(*MODULES):
        return
    first = 0
    for chain in chains(look):
        found = _selected(chain) or _written(look, chain)
        if found is None:
            continue
        verb, tables = found
        statement = query(chain, look, WORDS, EBEAN, tables, verb)
        first = first or statement.line
        keep_query(kept, look, statement, chain.outer)
    if first:
        kept.data.append(data_use(EBEAN, How.QUERIED, first))
        return
    model = next((item for item in module.classes if any(last(dotted(base)) == "Model" for base in item.bases)), None)
    if model is not None:
        kept.data.append(data_use(EBEAN, How.CONFIGURED, model.line))


def _selected(chain: Chain) -> tuple[str, tuple[str, ...]] | None:
    """``db.find(User.class).where()...``, ``User.find.query()...findList()``, ``new QUser().name.eq(..).findOne()``."""
    start = chain.calls[0]
    ends = {call.last for call in chain.calls[1:]}
    verb = next((name for name in ("delete", "update") if name in ends), "select")
    receiver = start.name.rpartition(".")[0]
    if start.last in ("find", "createQuery") and start.args and HOLDER.search(receiver):
        named = _class_of(start)
        return (verb, (named,)) if named else None
    if start.new and QUERY_BEAN.match(start.name) and ends & ENDS:
        return verb, (start.name[1:],)
    if last(receiver) == "find" and receiver[:1].isupper() and start.last in ("query", "all", "byId", "ref"):
        return verb, (receiver.partition(".")[0],)
    return None


def _class_of(call: Call) -> str:
    """``User`` of ``find(User.class)``, ``find(User::class.java)``; a generic call names it itself."""
    arg = call.args[0]
    head, mark, _ = dotted(arg).partition(".class") if isinstance(arg, Name) else ("", "", "")
    return last(head) if mark else ""


def _written(look: Look, chain: Chain) -> tuple[str, tuple[str, ...]] | None:
    """``db.save(user)``, and ``user.save()`` of a model."""
    call = chain.outer
    if len(chain.calls) != 1 or call.last not in WRITES or "." not in call.name:
        return None
    receiver = call.name.rpartition(".")[0].removeprefix("this.")
    if HOLDER.search(receiver):
        return (WRITES[call.last], _type_of(look, call, call.args[0])) if call.args else None
    if "." in receiver or not receiver[:1].islower():
        return None
    kinds = _type_of(look, call, Name(receiver, call.line))
    by_transaction = len(call.args) == 1 and dotted(call.args[0]).lower() in ("tx", "transaction", "txn", "trans")
    return (WRITES[call.last], kinds) if kinds and (by_transaction or not call.args) else None


def _type_of(look: Look, call: Call, expr: object) -> tuple[str, ...]:
    """The class of a variable, as it is declared; nothing where that cannot be told or is a service."""
    name = expr.dotted if isinstance(expr, Name) else ""
    kinds = [item.type for item in look.assigned(name, call.function)] if name else []
    kinds += [item.type for around in look.around(call.function) for item in around.parameters if item.name == name]
    kind = next((kind.partition("<")[0].strip("?") for kind in kinds if kind[:1].isupper()), "")
    return (kind,) if kind and not kind.endswith(("Service", "Repository", "Dao", "Services", "Store")) else ()


EBEAN_READER = Reader(name="Ebean", languages=("Java", "Kotlin"), read=read_ebean)
