"""Transactions that only Go's libraries and habits call so."""

from __future__ import annotations

from reviewer.gather.data.queries import add_sign
from reviewer.gather.look import look_at, words
from reviewer.gather.reader import Kept, Reader
from reviewer.gather.syntax import Module
from reviewer.model.facts.code import SignKind

OPENING = words("RunInTx ExecTx execTx BeginTxFunc InTx RunTx TxPipelined")


def read_transactions(module: Module, kept: Kept) -> None:
    """Bun's and Beego's transactions, those of Redis, and a store's own ``execTx``."""
    look = look_at(module)
    for call in module.calls:
        if call.last in OPENING and "." in call.name:
            add_sign(kept, look, SignKind.TRANSACTION, call, call.last)


TRANSACTIONS_GO = Reader(name="Transactions (Go)", languages=("Go",), read=read_transactions)
