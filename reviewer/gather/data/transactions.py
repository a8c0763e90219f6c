"""Transactions, whichever library opens them."""

from __future__ import annotations

import re

from reviewer.gather.data.queries import add_sign
from reviewer.gather.look import decorators, look_at
from reviewer.gather.reader import Kept, Reader
from reviewer.gather.syntax import Call, Module
from reviewer.model.facts.code import Sign, SignKind

OPENING = {
    "atomic": re.compile(r"transaction|db|database"),
    "begin": re.compile(r"session|conn|connection|engine|db|database|trx|client", re.IGNORECASE),
    "begin_nested": re.compile(r"session|conn|db", re.IGNORECASE),
    "beginTransaction": re.compile(r"conn|connection|db|pool|client|trx", re.IGNORECASE),
    "startTransaction": re.compile(r"session|queryrunner|runner|conn", re.IGNORECASE),
    "withTransaction": re.compile(r"session|client|conn", re.IGNORECASE),
    "with_transaction": re.compile(r"session", re.IGNORECASE),
    "start_transaction": re.compile(r"session|conn|cnx|db", re.IGNORECASE),
    "$transaction": re.compile(r"prisma|client|db", re.IGNORECASE),
    "transaction": re.compile(
        r"sequelize|manager|datasource|knex|conn|connection|db|database|prisma|trx|tx", re.IGNORECASE
    ),
    "commit": re.compile(
        r"session|conn|connection|cnx|db|database|trx|transaction|t|tx|queryrunner|client|mydb", re.IGNORECASE
    ),
    "transact_write_items": re.compile(r""),
}
"""Calls that open or close a transaction, with what their receiver is called."""

GUARDED = frozenset({"commit", "begin"})
DECORATORS = {
    "transaction.atomic": "atomic",
    "atomic": "atomic",
    "Transactional": "Transactional",
    "db_session": "db_session",
}


def read_transactions(module: Module, kept: Kept) -> None:
    """Keeps a sign for every transaction that is opened or committed."""
    look = look_at(module)
    for call in module.calls:
        pattern = OPENING.get(call.last)
        receiver = call.name.rpartition(".")[0].rpartition(".")[2]
        if pattern is None or (receiver and not pattern.fullmatch(receiver) and not _like(pattern, receiver)):
            continue
        if not receiver and look.origin(call.last) not in ("django.db.transaction.atomic", "typeorm.Transaction"):
            continue
        if call.last not in GUARDED or not _is_version_control(receiver, call):
            add_sign(kept, look, SignKind.TRANSACTION, call, call.last)
    for decorator, name, item in decorators(module):
        if name in DECORATORS and not isinstance(decorator, Call):
            kept.signs.append(
                Sign(
                    kind=SignKind.TRANSACTION,
                    line=item.line,
                    end_line=item.line,
                    detail=DECORATORS[name],
                    function=name,
                )
            )


def _like(pattern: re.Pattern[str], receiver: str) -> bool:
    """Whether a word of the receiver's name fits: ``db_session``, ``userConnection``."""
    parts = re.split(r"[_\W]+|(?<=[a-z])(?=[A-Z])", receiver)
    return any(part and pattern.fullmatch(part) for part in parts)


def _is_version_control(receiver: str, call: Call) -> bool:
    return receiver.lower() in ("repo", "git", "index", "repository") or len(call.args) > 1


TRANSACTIONS = Reader(name="Transactions", languages=("Python", "JavaScript", "TypeScript"), read=read_transactions)
