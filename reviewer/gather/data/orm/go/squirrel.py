"""squirrel: statements built by calls, with their values bound."""

from __future__ import annotations

from reviewer.gather.data.orm.go._builders import Builder, reader_of
from reviewer.gather.look import words
from reviewer.gather.reader import Reader

BUILDER = Builder(
    layer="squirrel",
    packages=("github.com/Masterminds/squirrel",),
    begins={"Select": "select", "Insert": "insert", "Update": "update", "Delete": "delete", "Replace": "insert"},
    ends={},
    tables=words("From Into Insert Update Delete"),
    models=frozenset(),
    one=words("QueryRow QueryRowContext"),
    all=words("Query QueryContext"),
)
SQUIRREL = Reader(name="squirrel", languages=("Go",), read=reader_of(BUILDER))
