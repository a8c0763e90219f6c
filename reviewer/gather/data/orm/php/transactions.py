"""Transactions of PHP, whichever library opens them, and connections that are kept open."""

from __future__ import annotations

import re

from reviewer.gather.data.queries import add_sign
from reviewer.gather.look import look_at, words
from reviewer.gather.reader import Kept, Reader
from reviewer.gather.syntax import Call, Module, plain
from reviewer.model.facts.code import Sign, SignKind

SURE = words(
    "beginTransaction begin_transaction trans_start trans_begin transStart transBegin transactional wrapInTransaction"
    " startTransaction beginTrans mysqli_begin_transaction pg_begin sqlsrv_begin_transaction"
)
HOLDER = re.compile(r"(?:^|\.)(?:DB|db|connection|conn|em|entityManager|database|getConnection|manager|pdo|Capsule)$")
BUS = ("doctrine_transaction", "DoctrineTransactionMiddleware", "tactician.middleware.doctrine")
"""Middlewares of a command bus that put a transaction around each command, in settings written in PHP."""
PERSISTENT = re.compile(r"PDO::ATTR_PERSISTENT\s{0,5}=>\s{0,5}true|pg_pconnect\(|mysql_pconnect\(")


def read_transactions(module: Module, kept: Kept) -> None:
    """Keeps a sign for every transaction that is opened, and for connections that outlive a request."""
    look = look_at(module)
    for call in module.calls:
        if call.last in SURE or _is_closure(call):
            add_sign(kept, look, SignKind.TRANSACTION, call, call.name.lstrip("."))
    if any(name in module.text for name in BUS):
        _keep_middleware(module, kept)
    if "PERSISTENT" in module.text or "pconnect" in module.text:
        for call in module.calls:
            line = look.lines[call.line - 1 : call.end_line]
            if call.new and call.last == "PDO" and any(PERSISTENT.search(item[:400]) for item in line):
                add_sign(kept, look, SignKind.POOL, call, "PDO::ATTR_PERSISTENT")


def _keep_middleware(module: Module, kept: Kept) -> None:
    """A middleware of the bus, by the text that names it or by its class."""
    for text, _ in module.texts:
        if (name := plain(text)) in BUS:
            kept.signs.append(Sign(kind=SignKind.TRANSACTION, line=text.line, end_line=text.line, detail=name))
            return
    for item in module.imports:
        if "DoctrineTransactionMiddleware" in (item.name, item.module.rpartition(".")[2]):
            line = item.line
            kept.signs.append(Sign(kind=SignKind.TRANSACTION, line=line, end_line=line, detail=item.module))
            return


def _is_closure(call: Call) -> bool:
    """``DB::transaction(function () {...})``."""
    return call.last == "transaction" and bool(call.args) and bool(HOLDER.search(call.name.rpartition(".")[0]))


TRANSACTIONS_PHP = Reader(name="Transactions (PHP)", languages=("PHP",), read=read_transactions)
