"""Are there indexes where queries need them?"""

from __future__ import annotations

import re

from checks.sql._application import OF_A_PERSON, key_of, names_of, once, own_tables
from reviewer.model.check import Check, Depth
from reviewer.model.facts.data import Column, DataKind, Feature, Role, Statement, Table
from reviewer.model.facts.repository import Code, Data
from reviewer.model.facts.values import At
from reviewer.model.finding import Effort, Verdict
from reviewer.model.verdict import LIKELY, could_not_tell, count, evidence, not_applicable, not_shown, partly, shown

INDEXED_BY_TOOL = (
    "Django",
    "Peewee",
    "Pony",
    "MikroORM",
    "Doctrine",
    "Entity Framework",
    "EF Core",
    "Active Record",
    "CakePHP",
)
"""What the sources begin with whose foreign keys are indexed without being asked."""
INDEXED_BY_SERVER = frozenset({"MySQL", "MariaDB", "H2", "HSQLDB", "Derby", "Apache Derby", "Firebird"})
"""Servers that index every foreign key by themselves."""
LOOKUP = re.compile(
    r"(?:\A|_|(?<=[a-z])(?=[A-Z]))"
    r"(?i:roles?|authorit(?:y|ies)|permissions?|status(?:es)?|states?|types?|kinds?)\Z"
)
"""Names of tables of a few rows that stay so."""
LINK = re.compile(r"_id\Z|[a-z]Id\Z")
FEW_VALUES = re.compile(
    r"(?:\w{1,40}_)?(?:status|state|type|kind|role|priority|category|gender|level|flag|active|enabled|disabled|visible"
    r"|published|done|completed|confirmed|verified|deleted|archived)|(?:row_?|lock_?)?version"
    r"|(?:is|has)(?:_[a-z]|(?-i:[A-Z]))\w*"
    r"|\w{0,40}?(?:creat|updat|delet|modifi|insert|post)ed_?(?:at|on|date|time)?|timestamp|date"
    r"|\w{0,40}(?:_(?:at|on|date|time|timestamp)|(?-i:[a-z](?:At|On|Date|Time|Timestamp)))",
    re.I,
)
"""Columns of few values, of optimistic locking, and times, by which lists are sorted or rows told to be gone."""
OF_TIME = ("date", "time", "localdate", "instant", "offsetdatetime", "zoneddatetime")
"""What the types of times begin with."""

FREE_TEXT = re.compile(
    r"(?:\w{1,40}_)?(?:description|body|content|text|comment|message|summary|notes?|bio|about|password(?:_?hash)?"
    r"|amount|price|total|quantity|stock|rating|score|size|year|age|index|position|sort_?order)",
    re.I,
)
"""Columns that are searched by words or in ranges, or compared beside another one that tells the row."""

SOME = 0.25
"""The share that shows care; this project's own threshold. An index that no query needs costs every write."""

CHECK = Check(
    title_shown="Columns that are searched have indexes",
    title_partly="Indexes are elsewhere than queries search",
    title_not_shown="No index beyond the primary keys",
    looks_for="Indexes on foreign keys, or on columns that the code's own queries filter or sort by.",
    why="The first slow query of a growing table is nearly always a missing index.",
    advice="Add an index on the foreign keys and on the columns that list queries filter by.",
    effort=Effort.MINUTES,
    level=3,
    shown_when="A fourth of the foreign keys and of the columns that queries filter or sort by are indexed or unique; "
    "where fewer are, it is left open; partly where other columns alone are.",
    does_not_count="Primary keys; foreign keys on MySQL, MariaDB, H2, HSQLDB and Derby, or declared "
    "through a mapper (Django, EF Core, "
    "Doctrine and the like) that indexes them unasked; columns that a "
    "pattern searches (LIKE) or a whole list is sorted by, passwords, long texts and amounts; a single column "
    "that is neither a reference nor a person's address or name; columns of few "
    "values, of versions and of times (status, is_active, created_at, inactivated_at); small lookup tables by their "
    "names (roles, authorities, statuses, types); queries of seeds and scripts.",
    computed="Foreign keys, and columns that parsed queries filter or sort by in a table of that name, against the "
    "indexes and unique columns of DDL, migrations and models.",
    limits="Tables without foreign keys and without known queries are not judged; indexes that exist only in the "
    "running database are not seen.",
    links=("https://use-the-index-luke.com/",),
    skills=("SQL",),
    needs=(Depth.DATA,),
    before="SELECT id, title FROM notes WHERE owner_id = ? ORDER BY created_at;",
    pattern="CREATE INDEX notes_by_owner ON notes (owner_id, created_at);",
)


def run(data: Data, code: Code) -> Verdict:
    """Indexes against foreign keys and the columns of filters."""
    tables = own_tables(data.tables)
    used = {item.name for item in data.databases if item.kind is DataKind.SQL and item.role is Role.USED}
    searched = _searched(data)
    by_server = bool(used & INDEXED_BY_SERVER)
    every = [(item, name) for item in tables for name in _wanted(item.fact, searched, by_server)]
    wanted = _first_of_each([(item, name) for item, name in every if _indexed(item, name) or not _is_lookup(item.fact)])
    if not wanted:
        return not_applicable("No foreign key, and no column that a query is known to filter by.")
    good = _first_of_each([(item, name) for item, name in every if _indexed(item, name)])
    if good:
        names = ", ".join(dict.fromkeys(f"{item.fact.name}.{name}" for item, name in good[:4]))
        places = evidence(dict.fromkeys(item for item, _ in good[:4]), "has an index")
        said = f"{len(good)} of {len(wanted)} foreign keys and searched columns have an index: {names}"
        if len(good) < SOME * len(wanted):
            return could_not_tell(f"{said}; which of the others need one is not known.")
        return shown(f"{said}.", places)
    wanted.sort(key=lambda each: not _column(*each).references)
    if not code.modules:
        return not_applicable("There is no application whose queries could need an index.")
    found = {_plain(column.name) for item in tables for column in item.fact.columns if _is_found(item, column)}
    if found & _unplaced(data):
        return not_applicable("A query filters by a column that is indexed in some table; of which one is not known.")
    names = ", ".join(f"{item.fact.name}.{name}" for item, name in wanted[:4])
    more = ", ..." if len(wanted) > 4 else ""
    if len(wanted) == 1 and (found or not _is_plain(*wanted[0])):
        return not_applicable(f"{names} alone is searched without an index.")
    places = evidence([item for item, _ in wanted[:4]], "refers to another table or is searched, without an index")
    columns = count(len(wanted), "foreign key or searched column", "foreign keys or searched columns")
    summary = f"No index was found on {columns}: {names}{more}."
    first = f"{wanted[0][0].fact.name}.{wanted[0][1]} ({wanted[0][0].path}:{wanted[0][0].fact.line})"
    say = partly if found else not_shown
    return say(summary, places, LIKELY, advice=f"Add an index on searched columns; start with {first}.")


def _column(item: At[Table], name: str) -> Column:
    return next(column for column in item.fact.columns if column.name == name)


def _is_plain(item: At[Table], name: str) -> bool:
    """Whether a column calls for an index even where it is the only one: a reference, what somebody logs in by."""
    return bool(_column(item, name).references or LINK.search(name) or OF_A_PERSON.fullmatch(name))


def _is_lookup(table: Table) -> bool:
    """Whether a table holds a few names that others refer to: it refers to none itself."""
    refers = any(column.references or (not column.primary and LINK.search(column.name)) for column in table.columns)
    return not refers and bool(LOOKUP.search(table.name))


def _first_of_each(columns: list[tuple[At[Table], str]]) -> list[tuple[At[Table], str]]:
    """Columns once each, where a model and a step name their table in the singular and in the plural."""
    found: dict[tuple[str, str], tuple[At[Table], str]] = {}
    for item, name in columns:
        found.setdefault((key_of(item.fact.name), _plain(name)), (item, name))
    return list(found.values())


def _searched(data: Data) -> set[tuple[str, str]]:
    """Tables and columns that queries filter or sort by; of one table alone where a column is named without it."""
    found = set()
    for item in data.statements:
        if once(item.path, item.fact.function):
            continue
        for name in _compared(item.fact):
            table, _, column = name.rpartition(".")
            holders = [table] if table else list(item.fact.tables[:1]) if len(item.fact.tables) == 1 else []
            found |= {(key_of(holder), _plain(column)) for holder in holders}
    return found


def _compared(statement: Statement) -> tuple[str, ...]:
    """What a statement compares: no column that a pattern searches, nor one that a whole list is sorted by."""
    features = set(statement.features)
    if len(statement.filters) == 1 and Feature.ORDER in features and Feature.LIMIT not in features:
        return ()
    return tuple(name for name in statement.filters if name not in statement.patterns)


def _unplaced(data: Data) -> set[str]:
    """Columns that queries filter by in a table that is not known."""
    asked = [item.fact for item in data.statements if not once(item.path, item.fact.function) and not item.fact.tables]
    return {_plain(name) for fact in asked for name in fact.filters if "." not in name}


def _plain(name: str) -> str:
    return name.replace("_", "").lower()


def _is_found(item: At[Table], column: Column) -> bool:
    return not column.primary and _indexed(item, column.name)


def _wanted(table: Table, searched: set[tuple[str, str]], by_server: bool) -> list[str]:
    """The columns that should be indexed; references are left out where the server indexes them unasked."""
    names = names_of(table)
    return [
        column.name
        for column in table.columns
        if not column.primary
        and not (by_server and column.references)
        and (column.references or _is_searched(column, names, searched))
    ]


def _is_searched(column: Column, names: set[str], searched: set[tuple[str, str]]) -> bool:
    """Whether queries filter by a column whose values tell rows apart."""
    if (
        FEW_VALUES.fullmatch(column.name)
        or FREE_TEXT.fullmatch(column.name)
        or column.type.lower().startswith(("bool", "enum", *OF_TIME))
    ):
        return False
    return any((name, _plain(column.name)) in searched for name in names)


def _indexed(item: At[Table], name: str) -> bool:
    column = _column(item, name)
    by_tool = bool(column.references) and item.fact.source.startswith(INDEXED_BY_TOOL)
    return (
        by_tool
        or column.indexed
        or column.unique
        or any(index and _plain(index[0]) == _plain(name) for index in item.fact.indexes)
    )
