"""Transactions that Symfony's settings put around every command: a middleware of the bus, named in YAML or XML."""

from __future__ import annotations

import re

import msgspec

from reviewer.gather.reader import DocumentReader
from reviewer.model.facts.code import Sign, SignKind
from reviewer.model.facts.file import FileFacts

MARKS = ("doctrine_transaction", "DoctrineTransactionMiddleware", "tactician.middleware.doctrine")
NAMED = re.compile(r"\bdoctrine_transaction\b|DoctrineTransactionMiddleware\b|\btactician\.middleware\.doctrine\b")
LINE_LIMIT = 1_000


def read_doctrine_transactions(source: str, base: FileFacts) -> FileFacts:
    """Keeps the first line that names such a middleware; comments are left out."""
    if not any(mark in source for mark in MARKS):
        return base
    for number, line in enumerate(source.split("\n"), start=1):
        found = NAMED.search(line[:LINE_LIMIT].partition(" #")[0])
        if found and not line.lstrip().startswith(("#", "<!--")):
            sign = Sign(kind=SignKind.TRANSACTION, line=number, end_line=number, detail=found[0])
            return msgspec.structs.replace(base, signs=(*base.signs, sign))
    return base


DOCTRINE_TRANSACTIONS = DocumentReader("doctrine-transactions", ("yaml", "xml"), read_doctrine_transactions)
