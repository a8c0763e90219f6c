"""Transactions of Go, whichever library opens them."""

from __future__ import annotations

import re

from reviewer.gather.data.queries import add_sign
from reviewer.gather.look import look_at, words
from reviewer.gather.reader import Kept, Reader
from reviewer.gather.syntax import Module
from reviewer.model.facts.code import SignKind

SURE = words(
    "BeginTx BeginTxx Beginx MustBegin RunInTx RunInTransaction TransactWriteItems BeginFunc BeginTxFunc TxPipelined"
    " execTx ExecTx InTx RunTx WithTransaction"
)
LIKELY = words("Begin Transaction WithTx Tx StartTransaction Commit")
HOLDER = re.compile(
    r"db|conn|pool|^tx$|trx|store|sess|client|engine|orm|repo|database|uow|manager|pg|sqlx|queries|^o$|^s$|^r$|^q$",
    re.IGNORECASE,
)
VERSION_CONTROL = re.compile(r"repo(?:sitory)?$|git|worktree|offset|consumer", re.IGNORECASE)
"""What commits too, and opens no transaction."""


def read_transactions(module: Module, kept: Kept) -> None:
    """Keeps a sign for every transaction that is opened or committed."""
    look = look_at(module)
    for call in module.calls:
        if call.new or "." not in call.name:
            continue
        holder = call.name.rpartition(".")[0].rpartition(".")[2]
        likely = call.last in LIKELY and HOLDER.search(holder)
        if call.last in SURE or (likely and not (call.last == "Commit" and VERSION_CONTROL.search(holder))):
            add_sign(kept, look, SignKind.TRANSACTION, call, call.last)


TRANSACTIONS_GO = Reader(name="Transactions (Go)", languages=("Go",), read=read_transactions)
