"""GORM: models by struct tags, and the queries that chains of calls on a connection send."""

from __future__ import annotations

import re
from typing import TypeGuard

import msgspec

from reviewer.gather.data.names import data_use
from reviewer.gather.data.orm._chains import Chain, Words
from reviewer.gather.data.orm.go._gorm_inputs import injected
from reviewer.gather.data.orm.go._gorm_models import tables
from reviewer.gather.data.orm.go._queries import Builders, receiver, statement
from reviewer.gather.data.queries import add_sign, add_statement
from reviewer.gather.frameworks.go._names import GoNames
from reviewer.gather.look import look_at, words
from reviewer.gather.reader import Kept, Reader
from reviewer.gather.syntax import Call, Expr, Items, Module, Name, dotted, plain
from reviewer.model.facts.code import SignKind
from reviewer.model.facts.data import Feature, How, Statement

LAYER = "GORM"
PACKAGES = ("gorm.io/gorm", "github.com/jinzhu/gorm", "gorm.io/driver")
WORDS = Words(
    features={
        "Joins": Feature.JOIN,
        "InnerJoins": Feature.JOIN,
        "Group": Feature.GROUP,
        "Having": Feature.GROUP,
        "Count": Feature.AGGREGATE,
        "Limit": Feature.LIMIT,
        "Offset": Feature.LIMIT,
        "Scopes": Feature.LIMIT,
        "Order": Feature.ORDER,
        "Clauses": Feature.LOCK,
        "SubQuery": Feature.SUBQUERY,
    },
    verbs={
        **dict.fromkeys(("Create", "CreateInBatches", "FirstOrCreate"), "insert"),
        **dict.fromkeys(("Save", "Update", "Updates", "UpdateColumn", "UpdateColumns"), "update"),
        "Delete": "delete",
        **dict.fromkeys(
            ("Find", "First", "Last", "Take", "Scan", "Pluck", "Count", "Rows", "Row", "FindInBatches"), "select"
        ),
        "FirstOrInit": "select",
        "Related": "select",
    },
    filtering=words("Where Or Not Order Group Having First Take Last Find Delete Joins"),
    one=words("First Take Last Count Row FirstOrCreate FirstOrInit"),
    all=words("Find Scan Pluck Rows FindInBatches Related"),
    eager=words("Preload"),
)
HOLDER = re.compile(
    r"(?:^|_)(?:db|tx|trx|gdb|orm|conn|connection|database|query|q|qb|stmt|result|session|client|engine)$|db$|tx$|orm$|DB$|Tx$|Conn$|Query$",
    re.IGNORECASE,
)
"""What holds a connection or a query in the making."""
GIVING = re.compile(r"db|conn|session|database|tx|orm|with_?context|model|get", re.IGNORECASE)
"""What calls that give a connection have in their names: ``GetDB()``, ``r.db.WithContext(ctx)``."""
TARGETS = frozenset(
    {"Model", "Create", "Save", "Find", "First", "Last", "Take", "Delete", "FirstOrCreate", "CreateInBatches"}
)
RAW = frozenset({"Raw", "Exec"})
MODEL_CALLS = frozenset({"Create", "First", "Save", "Find", "Updates", "Delete"})
PLAIN_HOLDERS = frozenset({"db", "DB", "tx", "Db", "Database", "DBConn", "DBInstance", "GormDB"})
OTHERS = (
    *("xorm.io", "github.com/go-xorm", "github.com/uptrace/bun", "github.com/go-pg", "go.mongodb.org", "database/sql"),
    *("github.com/jmoiron/sqlx", "github.com/jackc/pgx", "github.com/gobuffalo/pop", "github.com/upper/db"),
)
"""Packages whose connections are called the same: in their files such a name proves nothing."""


def read_gorm(module: Module, kept: Kept) -> None:
    """Keeps models, queries, transactions and the use of GORM."""
    look = look_at(module)
    tagged = "gorm:" in module.text
    imported = look.imports(*PACKAGES)
    found = list(tables(look)) if tagged or imported else []
    kept.tables.extend(found)
    if not imported and (look.imports(*OTHERS) or not any(name in module.text for name in PLAIN_HOLDERS)):
        if found:
            kept.data.append(data_use(LAYER, How.CONFIGURED, found[0].line))
        return
    first = len(kept.statements)
    _queries(module, kept, imported)
    if len(kept.statements) > first:
        kept.data.append(data_use(LAYER, How.QUERIED, kept.statements[first].line))
    elif found:
        kept.data.append(data_use(LAYER, How.CONFIGURED, found[0].line))


def _queries(module: Module, kept: Kept, imported: bool) -> None:
    look = look_at(module)
    builders, names = Builders(look), GoNames(look)
    for chain in builders.all:
        calls = builders.whole(chain)
        verb = _verb(chain, calls, imported)
        if not verb:
            continue
        if any(call.last in RAW for call in calls):
            continue
        made = _told_apart(statement(look, chain, calls, WORDS, LAYER, _tables(names, calls), verb), calls)
        made = msgspec.structs.replace(
            made, injection=injected(look, calls), many=False if made.many and _is_single(names, calls) else made.many
        )
        add_statement(kept, look, made, chain.outer)
        if Feature.EAGER in made.features:
            add_sign(kept, look, SignKind.EAGER_LOAD, chain.outer, "Preload")


def _told_apart(made: Statement, calls: tuple[Call, ...]) -> Statement:
    """``Clauses`` locks rows only with ``clause.Locking``; ``Joins`` with the name of a relation loads it too."""
    features = set(made.features)
    given = [arg for call in calls if call.last == "Clauses" for arg in call.args if isinstance(arg, Call)]
    if not any(arg.last == "Locking" for arg in given):
        features.discard(Feature.LOCK)
    joined = [plain(call.args[0]) or "" for call in calls if call.last == "Joins" and call.args]
    if any(name.replace(".", "").isidentifier() for name in joined):
        features.add(Feature.EAGER)
    return msgspec.structs.replace(made, features=tuple(sorted(features)))


def _verb(chain: Chain, calls: tuple[Call, ...], imported: bool) -> str:
    """What a chain does, ``""`` where it is none of GORM's."""
    ending = next((name for name in reversed(chain.names) if name in WORDS.verbs), "")
    if not ending or not _is_connection(calls[0]):
        return ""
    verb = WORDS.verbs[ending]
    if "Delete" in chain.names:
        verb = "delete"
    return verb if imported or _is_gorm(calls) else ""


def _is_connection(call: Call) -> bool:
    if not call.name or call.name.startswith("."):
        return True
    holder = receiver(call)
    if not holder:
        return bool(GIVING.search(call.last))
    return bool(HOLDER.search(holder)) or (bool(GIVING.search(call.last)) and call.last not in WORDS.verbs)


def _is_gorm(calls: tuple[Call, ...]) -> bool:
    """Where GORM is not imported: two of its methods, one of them of no other builder, or one that is given a model
    and called on what is called a database."""
    names = [call.last for call in calls]
    if names[-1] in MODEL_CALLS and receiver(calls[0]) in PLAIN_HOLDERS:
        return bool(calls[-1].args) and isinstance(calls[-1].args[0], (Name, Call))
    return (
        bool({"Preload", "Model", "First", "Take", "Scopes", "Unscoped"} & set(names))
        and sum(name in WORDS.verbs or name in WORDS.filtering for name in names) > 1
    )


def _tables(names: GoNames, calls: tuple[Call, ...]) -> tuple[str, ...]:
    """The model, or the table by name, that a chain is about."""
    for call in calls:
        if call.last == "Table" and call.args and (text := plain(call.args[0])):
            return (text.split(" ")[0],)
    for call in sorted(calls, key=lambda item: item.last != "Model"):
        if call.last in TARGETS and call.args:
            name = _model(names, call.args[0], call.function)
            if name:
                return (name,)
    return ()


def _model(names: GoNames, arg: Expr, function: int) -> str:
    kind = ""
    if isinstance(arg, Call) and arg.new:
        kind = arg.name
    elif isinstance(arg, Items):
        kind = ""
    elif isinstance(arg, Name):
        declared = next((item.type for item in names.look.assigned(arg.dotted, function) if item.type), "")
        parameter = next(
            (p.type for item in names.look.around(function) for p in item.parameters if p.name == arg.dotted), ""
        )
        text = (declared or parameter).lstrip("*&").replace("[]", "").lstrip("*")
        kind = text or names.type_of(arg, function)
    name = kind.rpartition(".")[2]
    return name if name[:1].isupper() and name.isidentifier() else ""


def _is_single(names: GoNames, calls: tuple[Call, ...]) -> bool:
    """Whether ``Find`` or ``Scan`` is given one struct to fill, and so reads one row: ``var user User``."""
    filled = next((call for call in reversed(calls) if call.last in ("Find", "Scan", "Related")), None)
    target = filled.args[0] if filled is not None and filled.args else None
    if filled is not None and filled.last == "Related":
        return isinstance(target, Name) and "." in target.dotted and not target.dotted.endswith("s")
    if filled is None or not isinstance(target, Name) or "." in target.dotted:
        return False
    assigned = names.look.assigned(target.dotted, filled.function)
    declared = next((item.type for item in assigned if item.type), "")
    made = next((item.value for item in assigned if item.value is not None), None)
    name = declared.lstrip("*").rpartition(".")[2] if declared else dotted(made.callee) if _makes(made) else ""
    return bool(name) and "[" not in declared and name.rpartition(".")[2][:1].isupper() and not name.endswith("s")


def _makes(value: Expr | None) -> TypeGuard[Call]:
    return isinstance(value, Call) and value.new


GORM = Reader(name="GORM", languages=("Go",), read=read_gorm)
