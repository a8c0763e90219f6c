"""Parts of queries that are built under other names: a scope, a filter class, a function that is given a query.

A reader of a mapper sees the chain that begins with a model. What such parts add (a nested condition, a grouping) is
told here by methods that nothing but a query has, so that nobody says that it is not there.
"""

from __future__ import annotations

import re

from reviewer.gather.data.queries import ECMA_LANGUAGES, add_sign
from reviewer.gather.look import look_at, words
from reviewer.gather.reader import Kept, Reader
from reviewer.gather.syntax import Call, Module
from reviewer.model.facts.code import Sign, SignKind

PARTS = {
    "PHP": words(
        "whereHas orWhereHas whereDoesntHave orWhereDoesntHave whereRelation whereExists whereNotExists joinSub"
        " leftJoinSub fromSub selectSub withCount withSum withAvg withMax withMin withExists groupByRaw havingRaw"
        " addGroupBy group_by"
    ),
    "Python": words("OuterRef Subquery Exists group_by scalar_subquery cte exists_subquery GroupConcat"),
    "JavaScript": words("whereExists whereNotExists groupByRaw havingRaw addGroupBy subQuery whereHas withCount"),
    "C#": words("GroupBy"),
    "Ruby": words("group_by_day group_by_month group_by_week"),
    "Go": words("GroupBy SubQuery"),
    "Java": words("groupBy subquery subQuery"),
}
"""Methods that group or nest, by language."""
PARTS["TypeScript"] = PARTS["JavaScript"]
PARTS["Kotlin"] = PARTS["Java"]
MARKS = {
    "C#": ("EntityFrameworkCore", "DbContext", "System.Data.Entity"),
    "Go": ("gorm.io", "squirrel", "goqu", "uptrace/bun", "ent/"),
    "Java": ("persistence.criteria", "querydsl", "jooq"),
    "Kotlin": ("persistence.criteria", "querydsl", "jooq", "exposed"),
    "Python": ("sqlalchemy", "sqlmodel", "django", "peewee", "tortoise", "group_by("),
}
"""What a file holds where such a name alone is not enough."""


NESTED = re.compile(r"(?<![\w.$])(some|none|every|_count)\s{0,5}:\s{0,5}(?:\{|true\b)")
"""What Prisma writes for a nested condition or a count of related rows."""
FROM_QUERY = words("all filter exclude values values_list only distinct order_by using")
"""Calls that give a set of rows in Django, which nests where a condition takes it."""
RELATED = words("any has")


def read_query_parts(module: Module, kept: Kept) -> None:
    """Keeps each part as a sign."""
    names = PARTS.get(module.language, frozenset())
    marks = MARKS.get(module.language, ())
    if not names or (marks and not any(mark in module.text for mark in marks)):
        return
    look = look_at(module)
    related = "sqlalchemy" in module.text.lower() or "sqlmodel" in module.text
    for call in module.calls:
        if call.last in names or (module.language == "Python" and _nests(call, related)):
            add_sign(kept, look, SignKind.QUERY_PART, call, call.last)
    if module.language in ECMA_LANGUAGES and "prisma" in module.text:
        for match in NESTED.finditer(module.text):
            line = module.text.count("\n", 0, match.start()) + 1
            kept.signs.append(Sign(kind=SignKind.QUERY_PART, line=line, end_line=line, detail=match[1]))


def _nests(call: Call, related: bool) -> bool:
    """Whether a condition takes a set of rows (``author__in=user.follows.all()``), or asks rows of a relation."""
    taken = (value for name, value in call.keywords.items() if name.endswith("__in"))
    if any(isinstance(value, Call) and value.last in FROM_QUERY for value in taken):
        return True
    return related and call.last in RELATED and call.name[:1].isupper() and call.name.count(".") > 1


QUERY_PARTS = Reader(name="parts of queries", languages=tuple(PARTS), read=read_query_parts)
