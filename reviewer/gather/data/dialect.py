"""Which database a text of SQL is written for, by marks that no other dialect has."""

from __future__ import annotations

import re
from dataclasses import dataclass

READ = 100_000
"""Characters that are looked at: a dump declares its tables first."""

CONDITIONAL = re.compile(r"/\*!\d{5}")
"""Comments that MySQL alone runs."""

TSQL, MYSQL, POSTGRES, SQLITE, ORACLE, CLICKHOUSE = "tsql", "mysql", "postgres", "sqlite", "oracle", "clickhouse"

DATABASES = {
    TSQL: "SQL Server",
    MYSQL: "MySQL",
    POSTGRES: "PostgreSQL",
    SQLITE: "SQLite",
    ORACLE: "Oracle",
    CLICKHOUSE: "ClickHouse",
}

MARKS: dict[str, tuple[tuple[str, str], ...]] = {
    TSQL: (
        ("GO", r"^[ \t]*+go[ \t]*+;?[ \t]*+$"),
        ("IDENTITY", r"\bidentity[ \t]*\([ \t]*\d"),
        ("dbo", r"(?:\[dbo\]|\bdbo)\."),
        ("NVARCHAR", r"\b(?:nvarchar|datetime2|uniqueidentifier)\b"),
        ("TOP", r"\bselect[ \t]+top[ \t(]+\d"),
        ("GETDATE", r"\bgetdate\(\)"),
        ("@@", r"@@(?:identity|rowcount|error|trancount|fetch_status)\b"),
        ("TRY", r"\bbegin[ \t]+(?:try|tran)\b"),
        ("NOCOUNT", r"\bset[ \t]+nocount\b"),
        ("brackets", r"\[\w+\]\.\[\w+\]"),
        ("two dots", r"\b(?:from|join|into|update)[ \t]+\[?\w+\]?\.\.\[?\w"),
        ("DECLARE @", r"\bdeclare[ \t]+@\w"),
        ("functions", r"\b(?:object_id|scope_identity|datepart|isnull|newid|charindex|sysdatetime)[ \t]*\("),
        ("CONVERT", r"\bconvert[ \t]*\([ \t]*(?:n?varchar|date|int|float|datetime)\b"),
        ("CREATE OR ALTER", r"\bcreate[ \t]+or[ \t]+alter\b"),
        ("PROC", r"\b(?:create|alter|drop)[ \t]+proc\b"),
        ("@ parameters", r"\bcreate[ \t]+(?:proc(?:edure)?|function)[ \t]+[\w.\[\]]{1,80}\s{0,20}\(?\s{0,20}@\w"),
        ("APPLY", r"\b(?:cross|outer)[ \t]+apply\b"),
        ("sys", r"\bsys\.(?:tables|objects|databases|columns|indexes|schemas)\b|\bexec[ \t]+sp_"),
        ("USE", r"^[ \t]*use[ \t]+\[\w+\]"),
    ),
    MYSQL: (
        ("AUTO_INCREMENT", r"\bauto_increment\b"),
        ("ENGINE", r"\bengine[ \t]*=[ \t]*(?:innodb|myisam|memory|aria)\b"),
        ("backticks", r"`\w+`[ \t]*[(,.;\n ]"),
        ("DELIMITER", r"^[ \t]*delimiter[ \t]+\S"),
        ("user@host", r"'\w+'@'"),
        ("SHOW", r"^[ \t]*show[ \t]+(?:tables|databases|create|grants)\b"),
        ("CREATE DATABASE IF NOT EXISTS", r"\bcreate[ \t]+(?:database|schema)[ \t]+if[ \t]+not[ \t]+exists\b"),
        ("FLUSH", r"\bflush[ \t]+privileges\b"),
        ("UNSIGNED", r"\bint(?:eger)?(?:\(\d+\))?[ \t]+unsigned\b"),
        ("IFNULL", r"\b(?:ifnull|group_concat|str_to_date|curdate|date_format|last_insert_id)[ \t]*\("),
        ("ENUM", r"(?<!as )\benum[ \t]*\([ \t]*'"),
        ("SET", r"\bset[ \t]+(?:foreign_key_checks|sql_mode|sql_safe_updates|names[ \t]+utf8|@old_|autocommit)"),
        ("LOCK", r"^[ \t]*(?:un)?lock[ \t]+tables\b"),
        ("CHARSET", r"\b(?:charset|character[ \t]+set)[ \t]*=?[ \t]*(?:utf8|latin1)"),
        ("MODIFY", r"\b(?:modify|change)[ \t]+column\b"),
        ("INFILE", r"\bload[ \t]+data[ \t]+(?:local[ \t]+)?infile\b"),
        ("source", r"^[ \t]*source[ \t]+[\w./-]+[ \t]*;"),
        ("TINYINT", r"\btinyint[ \t]*\([ \t]*\d"),
    ),
    POSTGRES: (
        ("SERIAL", r"\b(?:big|small)?serial\b"),
        ("$$", r"\$\w*\$"),
        ("casts", r"[\w')]::[a-z]{3}"),
        ("types", r"\b(?:timestamptz|jsonb|bytea|tsvector|timestamp\(3\))"),
        ("ILIKE", r"\bilike\b"),
        ("PL/pgSQL", r"\bplpgsql\b"),
        ("EXTENSION", r"\bcreate[ \t]+extension\b"),
        ("OWNER", r"\bowner[ \t]+to\b"),
        ("functions", r"\b(?:gen_random_uuid|uuid_generate_v4|nextval|to_tsvector|date_trunc)[ \t]*\("),
        ("psql", r"^\\(?:c|connect|i|copy|echo|set)\b"),
        ("DISTINCT ON", r"\bdistinct[ \t]+on[ \t]*\("),
        ("SET", r"^set[ \t]+(?:client_encoding|search_path|statement_timeout|standard_conforming|default_tablespace)"),
        ("varying", r"\bcharacter[ \t]+varying\b"),
        ("without time zone", r"\btimestamp[ \t]+with(?:out)?[ \t]+time[ \t]+zone\b"),
        ("ONLY", r"\balter[ \t]+table[ \t]+only\b"),
        ("stdin", r"\bfrom[ \t]+stdin\b"),
        ("AS ENUM", r"\bas[ \t]+enum\b"),
        ("double precision", r"\bdouble[ \t]+precision\b"),
        ("CONFLICT", r"\bon[ \t]+conflict\b"),
        ("INTERVAL", r"\binterval[ \t]+'\d"),
        ("FILTER", r"\)[ \t]*filter[ \t]*\([ \t]*where\b"),
    ),
    SQLITE: (
        ("AUTOINCREMENT", r"\bautoincrement\b"),
        ("PRAGMA", r"^[ \t]*pragma[ \t]+\w"),
        ("WITHOUT ROWID", r"\bwithout[ \t]+rowid\b"),
        ("sqlite_", r"\bsqlite_(?:master|sequence|schema)\b"),
        ("dot command", r"^\.(?:read|mode|tables|schema|headers)\b"),
        ("rowid", r"\blast_insert_rowid\(\)"),
        ("OR", r"\binsert[ \t]+or[ \t]+(?:replace|ignore)\b"),
        ("strftime", r"\bstrftime[ \t]*\([ \t]*'%|\bjulianday[ \t]*\("),
    ),
    ORACLE: (
        ("VARCHAR2", r"\bn?varchar2\b"),
        ("DUAL", r"\bfrom[ \t]+dual\b"),
        ("SYSDATE", r"\bsysdate\b"),
        ("PACKAGE", r"\bcreate[ \t]+or[ \t]+replace[ \t]+package\b"),
        ("NUMBER", r"\bnumber[ \t]*\(\d"),
        ("DBMS_", r"\bdbms_\w"),
        ("NEXTVAL", r"\b\w+\.(?:nextval|currval)\b"),
        ("ROWNUM", r"\brownum\b"),
        ("NVL", r"\bnvl2?[ \t]*\("),
        ("CONNECT BY", r"\bconnect[ \t]+by\b"),
        ("SQL*Plus", r"^[ \t]*(?:rem(?:ark)?|prompt|spool|whenever|set[ \t]+(?:serveroutput|feedback|define|echo))\b"),
        ("slash", r"^/[ \t]*$"),
        ("ERROR", r"\braise_application_error\b"),
        ("IMMEDIATE", r"\bexecute[ \t]+immediate\b"),
        ("ROWTYPE", r"%rowtype\b"),
        ("MINUS", r"^[ \t]*minus[ \t]*$"),
        ("SYSTIMESTAMP", r"\bsystimestamp\b"),
    ),
    CLICKHOUSE: (("MergeTree", r"\bmergetree\b"), ("types", r"\b(?:lowcardinality|datetime64)[ \t]*\(")),
}

SURE = frozenset(
    "MergeTree PL/pgSQL VARCHAR2 AUTOINCREMENT AUTO_INCREMENT ENGINE SERIAL GO dbo brackets ERROR DBMS_".split()
) | {"DECLARE @", "CREATE OR ALTER", "PROC", "two dots", "SQL*Plus", "ONLY"}
"""Marks that suffice alone to name a database; of the others it takes two."""

COMMENT = re.compile(r"--[^\n]*")
COMPILED = {
    dialect: tuple((name, re.compile(pattern, re.IGNORECASE | re.MULTILINE)) for name, pattern in marks)
    for dialect, marks in MARKS.items()
}


@dataclass(frozen=True, slots=True)
class Dialect:
    """``name`` is sqlglot's word (``""`` where nothing tells); ``marks`` are the words that gave it away.

    ``database`` is the canonical name, None where the marks are too few to name one.
    """

    name: str = ""
    marks: tuple[str, ...] = ()
    database: str | None = None
    line: int = 0


def dialect_of(text: str) -> Dialect:
    """The dialect with the most marks, a sure one counting twice; on a tie, and without any, the plain one."""
    head = _without_comments(text[:READ])
    found = {dialect: _marks(head, marks) for dialect, marks in COMPILED.items()}
    if (conditional := CONDITIONAL.search(text, 0, READ)) is not None:
        found[MYSQL].update({"/*!": conditional.start(), "conditional comments": conditional.start()})
    weights = {dialect: len(marks) + len(SURE & marks.keys()) for dialect, marks in found.items()}
    best, second = sorted(weights, key=lambda dialect: -weights[dialect])[:2]
    if weights[best] == weights[second]:
        return Dialect()
    marks = found[best]
    named = DATABASES[best] if weights[best] > 1 else None
    return Dialect(best, tuple(marks), named, head.count("\n", 0, min(marks.values())) + 1)


def _without_comments(text: str) -> str:
    """The text without what comments say in it, line by line as before."""
    first, *rest = COMMENT.sub("", text).split("/*")
    return first + "".join(
        "\n" * inside.count("\n") + after for inside, _, after in (part.partition("*/") for part in rest)
    )


def _marks(text: str, marks: tuple[tuple[str, re.Pattern[str]], ...]) -> dict[str, int]:
    found = ((name, pattern.search(text)) for name, pattern in marks)
    return {name: match.start() for name, match in found if match}
