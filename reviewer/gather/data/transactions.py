"""Transactions, whichever library opens them."""

from __future__ import annotations

import re

from reviewer.gather.data.queries import add_sign
from reviewer.gather.expressions import truth
from reviewer.gather.look import Look, decorators, look_at
from reviewer.gather.reader import Kept, Reader
from reviewer.gather.syntax import Attribute, Call, Lambda, Module
from reviewer.model.facts.code import Sign, SignKind

_CONNECTION = r"conn|connection|cnx|con|db|database|pool|client|trx|tx|session|engine|em|sql|pdo|mysqli|link"
OPENING = {
    "atomic": r"transaction|db|database",
    "begin": rf"{_CONNECTION}|transaction",
    "begin_nested": r"session|conn|db",
    "beginTransaction": rf"{_CONNECTION}|this|self|manager|entitymanager|dbh|handle|doctrine",
    "startTransaction": r"session|queryrunner|runner|conn",
    "withTransaction": r"session|client|conn|mongo",
    "with_transaction": r"session|client",
    "start_transaction": r"session|conn|cnx|db|client",
    "$transaction": r"prisma|client|db",
    "transaction": rf"{_CONNECTION}|sequelize|manager|datasource|knex|prisma|base|record|model|capsule|dsl|sequel",
    "commit": rf"{_CONNECTION}|transaction|t|queryrunner|mydb",
    "transact_write_items": "",
    "setAutoCommit": _CONNECTION,
    "executeInTransaction": "",
    "getTransaction": _CONNECTION + "|entitymanager|manager",
    "execute": r"transaction",
}
"""Calls that open or close a transaction, with what their receiver is called (``""``: anything)."""

MADE = frozenset({"TransactionTemplate"})
FUNCTIONS = ("newSuspendedTransaction", "transaction")
"""What opens a transaction by itself, with a block behind it: Kotlin's Exposed."""

_OPENING = {name: re.compile(pattern, re.IGNORECASE) for name, pattern in OPENING.items()}
GUARDED = frozenset({"commit", "begin"})
LANGUAGES = ("Python", "JavaScript", "TypeScript", "Java", "Kotlin")
PER_REQUEST = re.compile(
    r"^[^#\n]{0,200}\bATOMIC_REQUESTS[\"']?\]?\s{0,5}[:=](?!\s{0,5}(?:False|None|0|=))", re.MULTILINE
)
"""Django's setting that puts a transaction around every request."""
DECORATORS = {
    "transaction.atomic": "atomic",
    "atomic": "atomic",
    "Transactional": "Transactional",
    "db_session": "db_session",
}
CALLED = frozenset({"Transactional"})
"""Decorators that count with arguments too."""


def read_transactions(module: Module, kept: Kept) -> None:
    """Keeps a sign for every transaction that is opened or committed."""
    look = look_at(module)
    for call in module.calls:
        if _opens(call, look):
            add_sign(kept, look, SignKind.TRANSACTION, call, call.last)
    if "ATOMIC_REQUESTS" in module.text and (found := PER_REQUEST.search(module.text)):
        line = module.text.count("\n", 0, found.end()) + 1
        kept.signs.append(Sign(kind=SignKind.TRANSACTION, line=line, end_line=line, detail="ATOMIC_REQUESTS"))
    for decorator, name, item in decorators(module):
        if name in DECORATORS and (name in CALLED or not isinstance(decorator, Call)):
            kept.signs.append(
                Sign(
                    kind=SignKind.TRANSACTION,
                    line=item.line,
                    end_line=item.line,
                    detail=DECORATORS[name],
                    function=name,
                )
            )


def _opens(call: Call, look: Look) -> bool:
    if call.new:
        return call.last in MADE
    pattern = _OPENING.get(call.last)
    receiver = call.name.rpartition(".")[0].rpartition(".")[2]
    if not receiver:
        return _by_itself(call, look)
    if pattern is None or (pattern.pattern and not pattern.fullmatch(receiver) and not _like(pattern, receiver)):
        return False
    if call.last == "setAutoCommit" and truth(call.args[0] if call.args else None) is not False:
        return False
    return call.last not in GUARDED or not _is_version_control(receiver, call)


def _by_itself(call: Call, look: Look) -> bool:
    """A call without a receiver, or on the result of another call."""
    if look.origin(call.last) in ("django.db.transaction.atomic", "typeorm.Transaction"):
        return True
    if call.name in FUNCTIONS:
        return bool(call.args) and isinstance(call.args[-1], Lambda)
    return call.last == "beginTransaction" and isinstance(call.callee, Attribute)


def _like(pattern: re.Pattern[str], receiver: str) -> bool:
    """Whether a word of the receiver's name fits: ``db_session``, ``userConnection``."""
    parts = re.split(r"[_\W]+|(?<=[a-z])(?=[A-Z])", receiver)
    return any(part and pattern.fullmatch(part) for part in parts)


def _is_version_control(receiver: str, call: Call) -> bool:
    return receiver.lower() in ("repo", "git", "index", "repository") or len(call.args) > 1


TRANSACTIONS = Reader(name="Transactions", languages=LANGUAGES, read=read_transactions)
