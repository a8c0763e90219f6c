"""goqu: statements built by calls on tables."""

from __future__ import annotations

from reviewer.gather.data.orm.go._builders import Builder, reader_of
from reviewer.gather.look import words
from reviewer.gather.reader import Reader

BUILDER = Builder(
    layer="goqu",
    packages=("github.com/doug-martin/goqu",),
    begins={"From": "select", "Insert": "insert", "Update": "update", "Delete": "delete", "Select": "select"},
    ends={},
    tables=words("From Into Insert Update Delete"),
    models=frozenset(),
    one=words("ScanStruct ScanVal ScanStructContext"),
    all=words("ScanStructs ScanVals ScanStructsContext"),
)
GOQU = Reader(name="goqu", languages=("Go",), read=reader_of(BUILDER))
