"""go-pg: models with tags, and queries on models."""

from __future__ import annotations

from reviewer.gather.data.orm.go._builders import Builder, reader_of
from reviewer.gather.look import words
from reviewer.gather.reader import Reader

BUILDER = Builder(
    layer="go-pg",
    packages=("github.com/go-pg/pg",),
    begins={},
    ends={
        **dict.fromkeys(("Select", "First", "Last", "Count", "SelectAndCount", "Exists"), "select"),
        **dict.fromkeys(("Insert", "SelectOrInsert"), "insert"),
        **dict.fromkeys(("Update", "UpdateNotZero"), "update"),
        **dict.fromkeys(("Delete", "ForceDelete"), "delete"),
    },
    tables=words("Table"),
    models=words("Model ModelContext"),
    one=words("First Last Count Exists"),
    all=words("SelectAndCount"),
    eager=words("Relation"),
    tag="pg",
)
GO_PG = Reader(name="go-pg", languages=("Go",), read=reader_of(BUILDER))
