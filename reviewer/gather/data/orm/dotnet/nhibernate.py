"""NHibernate: sessions, their queries and transactions, and classes that map entities."""

from __future__ import annotations

import re

from reviewer.gather.data.names import data_use
from reviewer.gather.data.queries import add_statement
from reviewer.gather.expressions import last
from reviewer.gather.look import Look, look_at, words
from reviewer.gather.reader import Kept, Reader
from reviewer.gather.syntax import Call, Module, dotted
from reviewer.model.facts.data import How, Statement

LAYER = "NHibernate"
SESSION = re.compile(r"(?:.*\.)?_?\w*session\Z", re.IGNORECASE)
VERBS = {
    **dict.fromkeys(words("Query QueryOver Get GetAsync Load LoadAsync CreateCriteria CreateQuery"), "select"),
    **dict.fromkeys(words("Save SaveAsync Persist PersistAsync SaveOrUpdate SaveOrUpdateAsync"), "insert"),
    **dict.fromkeys(words("Update UpdateAsync Merge MergeAsync"), "update"),
    **dict.fromkeys(words("Delete DeleteAsync"), "delete"),
}
DIALECTS = {
    "MsSql": "SQL Server",
    "PostgreSQL": "PostgreSQL",
    "MySQL": "MySQL",
    "SQLite": "SQLite",
    "Oracle": "Oracle",
}
SET_UP = words(
    "MsSqlConfiguration PostgreSQLConfiguration MySQLConfiguration SQLiteConfiguration OracleClientConfiguration"
)
MAPPINGS = words("ClassMap ClassMapping JoinedSubclassMapping")


def read(module: Module, kept: Kept) -> None:
    """Keeps statements and the use of the mapper; returns at once where it is not imported."""
    if not any(item.module.split(".")[0] in ("NHibernate", "FluentNHibernate") for item in module.imports):
        return
    look = look_at(module)
    for owner in module.classes:
        if any(last(dotted(getattr(base, "callee", base))) in MAPPINGS for base in owner.bases):
            kept.data.append(data_use(LAYER, How.CONFIGURED, owner.line, owner.name))
    for call in module.calls:
        _configured(kept, call)
        if call.last in VERBS and SESSION.match(call.name.rpartition(".")[0][-120:]):
            _statement(look, kept, call)


def _configured(kept: Kept, call: Call) -> None:
    head = call.name.split(".")[0]
    if head in SET_UP:
        kept.data.append(data_use(LAYER, How.CONFIGURED, call.line, head))
        name = next((value for key, value in DIALECTS.items() if head.startswith(key)), None)
        if name:
            kept.data.append(data_use(name, How.CONFIGURED, call.line, head))


def _statement(look: Look, kept: Kept, call: Call) -> None:
    generics = getattr(call.keywords.get("<>"), "values", ())
    table = last(dotted(generics[0])) if generics else ""
    made = Statement(
        verb=VERBS[call.last],
        line=call.line,
        end_line=call.end_line,
        layer=LAYER,
        tables=(table,) if table and table not in ("T", "TEntity") else (),
        in_loop=call.loops > 0,
        function=look.qualname(call.function),
    )
    add_statement(kept, look, made, call)
    if not any(use.name == LAYER and use.how is How.QUERIED for use in kept.data):
        kept.data.append(data_use(LAYER, How.QUERIED, call.line, call.name))


NHIBERNATE = Reader(name="NHibernate", languages=("C#",), read=read)
