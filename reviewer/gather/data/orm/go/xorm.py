"""XORM: models with tags, and queries on engines and sessions."""

from __future__ import annotations

from reviewer.gather.data.orm.go._builders import Builder, reader_of
from reviewer.gather.look import words
from reviewer.gather.reader import Reader

BUILDER = Builder(
    layer="XORM",
    packages=("xorm.io/xorm", "github.com/go-xorm/xorm", "xorm.io/builder"),
    begins={},
    ends={
        **dict.fromkeys(("Get", "Find", "FindAndCount", "Count", "Exist", "Rows", "Iterate"), "select"),
        **dict.fromkeys(("Insert", "InsertOne", "InsertMulti"), "insert"),
        "Update": "update",
        "Delete": "delete",
    },
    tables=words("Table"),
    models=words("Get Find FindAndCount Count Exist Insert InsertOne Update Delete Table"),
    one=words("Get Count Exist"),
    all=words("Find FindAndCount Rows Iterate"),
    tag="xorm",
)
XORM = Reader(name="XORM", languages=("Go",), read=reader_of(BUILDER))
