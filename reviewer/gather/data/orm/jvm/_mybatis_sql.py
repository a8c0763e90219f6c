"""Statements of MyBatis: ``#{}`` binds a value, ``${}`` puts it into the text."""

from __future__ import annotations

import re

from reviewer.gather.data.parse import Parser
from reviewer.gather.data.sqltext import parts_of_text, sql_text
from reviewer.gather.data.statements import first_word
from reviewer.gather.look import words
from reviewer.model.facts.data import Statement

MYBATIS = "MyBatis"
TEXT_LIMIT = 20_000
BOUND = re.compile(r"#\{[^{}]{0,300}\}")
RAW = re.compile(r"\$\{([^{}]{0,300})\}")
OWN = re.compile(
    r"(?:ew|wrapper|queryWrapper)\.(?:customSqlSegment|sqlSegment|sqlSet|sqlSelect|sqlComment)|_databaseId"
    r"|criterion\.condition|orderByClause|column\.(?:\w*columnName|value|javaProperty)",
    re.IGNORECASE,
)
"""What libraries and generators put together themselves, with its values bound."""
STATIC = re.compile(r"@[\w.$]+@\w")
"""A constant of a class, as OGNL writes it."""
NAME_BEFORE = re.compile(
    r"(?:\b(?:from|join|into|update|table|exists|as)\s+|[.`\"])[`\"]?(?:\w+[._]?)?\Z", re.IGNORECASE
)
NAME_WORD = re.compile(
    r"(?:table|schema|prefix|suffix|column)_?(?:name|s)?|alias|db|database|tenant|dialect", re.IGNORECASE
)
NUMERIC = words("int long short Integer Long Short Int Boolean boolean Double double")
TABLE = re.compile(r"\b(?:from|join|into|update)\s+[`\"\[]?(\w+(?:\.\w+)?)", re.IGNORECASE)
DANGLING = re.compile(r"\b(where|set)\s+(?:and|or|,)\s+", re.IGNORECASE)
LAST_COMMA = re.compile(r",\s*(?=\bwhere\b|\Z|\))", re.IGNORECASE)


def mybatis_statement(
    sql: str, line: int, end_line: int, *, verb: str = "", function: str = "", types: dict[str, str] | None = None
) -> Statement | None:
    """A statement of a mapper.

    Args:
        sql: the text with its placeholders, dynamic parts put in.
        line: on which it begins.
        end_line: on which it ends.
        verb: what the element or annotation says that it does.
        function: the method, where it is declared by one.
        types: of the parameters by name; numbers cannot bring SQL along.
    """
    sql = sql[:TEXT_LIMIT]
    bound = bool(BOUND.search(sql))
    readable = RAW.sub(_stand_in, BOUND.sub("?", sql))
    readable = LAST_COMMA.sub(" ", DANGLING.sub(r"\1 ", readable))
    parts = parts_of_text(sql_text((readable,), line, end_line), Parser())
    found = (parts.verb if parts else "") or first_word(readable.lstrip()) or verb
    if not found:
        return None
    injection = _injection(sql, types or {})
    return Statement(
        verb=found,
        line=line,
        end_line=end_line,
        layer=MYBATIS,
        tables=parts.tables if parts else tuple(dict.fromkeys(TABLE.findall(readable))),
        filters=parts.filters if parts else (),
        features=parts.features if parts else (),
        bound=False if injection else True if bound else None,
        injection=injection,
        many=parts.many if parts else None,
        function=function,
        understood=parts is not None,
    )


def _stand_in(match: re.Match[str]) -> str:
    """A word that parses where a name, a value or a condition may stand."""
    before = match.string[max(0, match.start() - 1) : match.start()]
    return "x" if before in ("'", '"', "%", "_", ".") or before.isalnum() else " x "


def _injection(sql: str, types: dict[str, str]) -> str | None:
    """A sentence for the first ``${}`` that may hold what a caller sends; names of tables are the program's own."""
    for match in RAW.finditer(sql):
        name = match[1].strip()
        if OWN.fullmatch(name) or STATIC.match(name) or types.get(name.partition(".")[0]) in NUMERIC:
            continue
        before = sql[max(0, match.start() - 80) : match.start()]
        word = name.rpartition(".")[2]
        if NAME_BEFORE.search(before) or NAME_WORD.fullmatch(word):
            continue
        return f"`${{{name[:60]}}}` gets into the text of the statement instead of being bound"
    return None
