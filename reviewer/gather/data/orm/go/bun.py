"""Bun: models with tags, and queries that begin with ``NewSelect`` and its like."""

from __future__ import annotations

from reviewer.gather.data.orm.go._builders import Builder, reader_of
from reviewer.gather.look import words
from reviewer.gather.reader import Reader

BUILDER = Builder(
    layer="Bun",
    packages=("github.com/uptrace/bun",),
    begins={"NewSelect": "select", "NewInsert": "insert", "NewUpdate": "update", "NewDelete": "delete"},
    ends=dict.fromkeys(("Scan", "Exec", "Count", "Exists", "ScanAndCount", "Rows"), "select"),
    tables=words("Table TableExpr ModelTableExpr"),
    models=words("Model"),
    one=words("Count Exists"),
    all=words("Rows ScanAndCount"),
    eager=words("Relation"),
    tag="bun",
)
BUN = Reader(name="Bun", languages=("Go",), read=reader_of(BUILDER))
