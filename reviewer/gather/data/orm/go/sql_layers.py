"""database/sql, sqlx, pgx and sqlc as data layers: used where statements run or rows are read through them."""

from __future__ import annotations

import re

from reviewer.gather.data.names import data_use
from reviewer.gather.look import Look, look_at
from reviewer.gather.reader import Kept, Reader
from reviewer.gather.syntax import Module
from reviewer.model.facts.data import How

LAYERS = (
    (
        "sqlx",
        ("github.com/jmoiron/sqlx",),
        re.compile(r"\bsqlx\.(?:DB|Tx|Connect|Open|MustConnect|Ext|NamedStmt|In|Named)\b"),
    ),
    (
        "pgx",
        ("github.com/jackc/pgx",),
        re.compile(
            r"\bpgx(?:pool)?\.(?:Conn|Pool|Tx|Connect|New|NewWithConfig|ConnectConfig|Row|Rows|Batch|NamedArgs|CollectRows)\b"
        ),
    ),
    ("database/sql", ("database/sql",), re.compile(r"\bsql\.(?:DB|Tx|Conn|Open|OpenDB|Stmt|Rows|Row)\b")),
)
"""Each layer with its packages and with what shows that it is used and not merely named (``sql.ErrNoRows``)."""
HANDED_ON = re.compile(r"\bsql\.(?:Tx|Conn|Open|OpenDB|Stmt|Rows|Row)\b")
"""What shows that database/sql is used where another layer or a migration tool is there that ``*sql.DB`` may be for."""
BESIDE = (
    *("github.com/jmoiron/sqlx", "gorm.io/gorm", "github.com/jinzhu/gorm", "github.com/golang-migrate/migrate"),
    *("github.com/pressly/goose", "github.com/rubenv/sql-migrate", "xorm.io/xorm"),
)
SQLC = re.compile(r"\*?(?:\w+\.)?Queries\b|\b\w+\.(?:Querier|CreateUserParams|DBTX)\b")
SQLC_TYPES = re.compile(r"\*(?:\w+\.)?Queries\b|\b\w+\.Querier\b")


def read_sql_layers(module: Module, kept: Kept) -> None:
    """Keeps the layers that the file uses, as queried where it holds statements."""
    look = look_at(module)
    statements = [item for item in kept.statements if item.layer == "sql"]
    known = {(use.name, use.how) for use in kept.data}
    for layer, packages, pattern in LAYERS:
        if not look.imports(*packages):
            continue
        match = pattern.search(module.text)
        if match is None or (layer == "database/sql" and not _is_own(module, look)):
            continue
        line = statements[0].line if statements else module.text.count("\n", 0, match.start()) + 1
        how = How.QUERIED if statements else How.CONFIGURED
        if (layer, how) not in known:
            kept.data.append(data_use(layer, how, line))
    _sqlc(module, kept)


def _is_own(module: Module, look: Look) -> bool:
    """Whether database/sql is used itself, not only its connection taken out of another layer."""
    return not look.imports(*BESIDE) or HANDED_ON.search(module.text) is not None


def _sqlc(module: Module, kept: Kept) -> None:
    """The type that sqlc generates, in a field, a parameter or embedded."""
    if "Queries" not in module.text and "Querier" not in module.text:
        return
    for item in module.assignments:
        if item.owner != -1 and SQLC_TYPES.fullmatch(item.type):
            kept.data.append(data_use("sqlc", How.QUERIED, item.line))
            return
    for owner in module.classes:
        for base in owner.bases:
            if re.fullmatch(r"(?:\w+\.)?Querie[sr]|\w+\.Querier", getattr(base, "dotted", "")):
                kept.data.append(data_use("sqlc", How.QUERIED, owner.line))
                return
    for function in module.functions:
        if any(SQLC_TYPES.fullmatch(parameter.type) for parameter in function.parameters):
            kept.data.append(data_use("sqlc", How.QUERIED, function.line))
            return


SQL_LAYERS = Reader(name="SQL layers (Go)", languages=("Go",), read=read_sql_layers)
