"""Transactions that Symfony's settings put around every command: a middleware of the bus, named in YAML or XML."""

from __future__ import annotations

import re

import msgspec

from reviewer.gather.reader import DocumentReader
from reviewer.model.facts.code import Sign, SignKind
from reviewer.model.facts.file import FileFacts

MARKS = ("doctrine_transaction", "DoctrineTransactionMiddleware", "tactician.middleware.doctrine")
NAME = r"(doctrine_transaction|[\w\\]*DoctrineTransactionMiddleware|tactician\.middleware\.doctrine)\b"
NAMED = re.compile(rf"\s*(?:-\s+)*(?:\w+:\s*)?(?:\[[^\]]*)?['\"@\\]*{NAME}['\"]?\s*(?:$|[:}}]|[^\]]*\])|\s*<.*\b{NAME}")
"""As an item, a key or a value of YAML, or in a tag: a sentence that speaks of one is none."""
LINE_LIMIT = 1_000


def read_doctrine_transactions(source: str, base: FileFacts) -> FileFacts:
    """Keeps the first line that names such a middleware; comments are left out."""
    if not any(mark in source for mark in MARKS):
        return base
    for number, line in enumerate(source.split("\n"), start=1):
        found = NAMED.match(line[:LINE_LIMIT].partition(" #")[0])
        if found and not line.lstrip().startswith(("#", "<!--")):
            sign = Sign(kind=SignKind.TRANSACTION, line=number, end_line=number, detail=found[1] or found[2])
            return msgspec.structs.replace(base, signs=(*base.signs, sign))
    return base


DOCTRINE_TRANSACTIONS = DocumentReader("doctrine-transactions", ("yaml", "xml"), read_doctrine_transactions)
