"""MyBatis by annotations, and MyBatis-Plus: mappers, entities and wrappers."""

from __future__ import annotations

import re

from reviewer.gather.data.names import data_use
from reviewer.gather.data.orm.jvm._entities import MYBATIS_PLUS, simple_tables
from reviewer.gather.data.orm.jvm._jpql import injection_of
from reviewer.gather.data.orm.jvm._mybatis_sql import MYBATIS, mybatis_statement
from reviewer.gather.data.queries import DATA_VERBS, add_statement
from reviewer.gather.expressions import last
from reviewer.gather.frameworks.jvm._annotations import find, flat, given, name_of
from reviewer.gather.look import Look, look_at, words
from reviewer.gather.reader import Kept, Reader
from reviewer.gather.syntax import Call, Expr, Function, Module, Text, dotted, plain
from reviewer.model.facts.data import Feature, How, Statement

IBATIS = ("org.apache.ibatis", "org.mybatis")
PLUS = "com.baomidou.mybatisplus"
ANNOTATIONS = {"Select": "select", "Insert": "insert", "Update": "update", "Delete": "delete"}
PROVIDERS = {f"{name}Provider": verb for name, verb in ANNOTATIONS.items()}
TAG = re.compile(r"<(/?)(where|set)\b[^<>]{0,200}>|<[^<>]{1,400}>")
PLUS_BASES = words("BaseMapper IService ServiceImpl BaseRepository CrudRepository")
PLUS_CALLS = {
    "selectById": "select",
    "selectBatchIds": "select",
    "selectByIds": "select",
    "selectOne": "select",
    "selectList": "select",
    "selectMaps": "select",
    "selectCount": "select",
    "selectPage": "select",
    "selectByMap": "select",
    "insert": "insert",
    "updateById": "update",
    "update": "update",
    "deleteById": "delete",
    "deleteBatchIds": "delete",
    "deleteByMap": "delete",
    "delete": "delete",
}
SURE = frozenset(PLUS_CALLS) - words("insert update delete")
MAPPER = re.compile(r"(?:mapper|dao)\Z", re.IGNORECASE)
RAW_PARTS = words("last apply having exists notExists inSql notInSql setSql")
"""Methods of MyBatis-Plus' wrappers that take text as it is."""


def read_mybatis(module: Module, kept: Kept) -> None:
    """Keeps mappers, what they are used for, and the entities of MyBatis-Plus."""
    look = look_at(module)
    plus = look.imports(PLUS)
    if look.imports(*IBATIS):
        _mappers(look, kept)
    if plus:
        skipped = words("Transient")
        tables = list(simple_tables(look, "TableName", MYBATIS_PLUS, "TableId", "TableField", skipped))
        kept.tables.extend(tables)
        if tables:
            kept.data.append(data_use(MYBATIS_PLUS, How.CONFIGURED, tables[0].line))
        _plus_bases(look, kept)
    _plus_calls(look, kept, plus)


def _mappers(look: Look, kept: Kept) -> None:
    first = 0
    for method in look.module.functions:
        for mark in method.decorators:
            name = name_of(mark)
            if name in PROVIDERS:
                first = first or method.line
            if name not in ANNOTATIONS:
                continue
            found = _declared(method, mark, ANNOTATIONS[name])
            if found is not None:
                first = first or method.line
                kept.statements.append(found)
    marked = next((item for item in look.module.classes if find(item.decorators, "Mapper") is not None), None)
    if marked is not None and marked.kind == "interface" and look.imports("org.apache.ibatis.annotations"):
        first = first or marked.line
    if first:
        kept.data.append(data_use(MYBATIS, How.QUERIED, first))


def _declared(method: Function, mark: Expr, verb: str) -> Statement | None:
    """``@Select("...")``, whose text may be in pieces and may hold the tags of a mapper file."""
    pieces = [item for item in flat(given(mark)) if isinstance(item, Text)]
    if not pieces:
        return None
    sql = " ".join("".join(part if isinstance(part, str) else "?" for part in piece.parts) for piece in pieces)
    types = {_name(p.decorators) or p.name: p.type.strip("?") for p in method.parameters}
    line, end_line = pieces[0].line, pieces[-1].end_line
    return mybatis_statement(_untagged(sql), line, end_line, verb=verb, function=method.qualname, types=types)


def _name(decorators: tuple[Expr, ...]) -> str:
    """The name of ``@Param("name")``."""
    return plain(given(find(decorators, "Param"))) or ""


def _untagged(sql: str) -> str:
    """The text without ``<script>`` and what is in it, all of its conditions taken as true."""
    return TAG.sub(lambda match: f" {match[2]} " if match[2] and not match[1] else " ", sql) if "<" in sql else sql


def _plus_bases(look: Look, kept: Kept) -> None:
    for item in look.module.classes:
        bases = {last(dotted(base.callee if isinstance(base, Call) else base)) for base in item.bases}
        if bases & PLUS_BASES:
            kept.data.append(data_use(MYBATIS_PLUS, How.QUERIED, item.line))
            return


def _plus_calls(look: Look, kept: Kept, plus: bool) -> None:
    """Calls of what a mapper inherits, and wrappers that are given text."""
    first = 0
    for call in look.module.calls:
        receiver = last(call.name.rpartition(".")[0])
        inherited = (call.last in SURE or (plus and call.last in PLUS_CALLS)) and MAPPER.search(receiver)
        if inherited and call.args and (plus or call.last.endswith(("ById", "Ids", "BatchIds"))):
            first = first or call.line
            add_statement(kept, look, _inherited(look, call, receiver), call)
        elif plus and call.last in RAW_PARTS and call.args:
            text = look.value(call.args[0], call.function)
            injection = injection_of(text, look, call.function) if isinstance(text, Text) else None
            if injection is not None:
                kept.statements.append(_raw(look, call, injection))
    if first and plus:
        kept.data.append(data_use(MYBATIS_PLUS, How.QUERIED, first))


def _inherited(look: Look, call: Call, receiver: str) -> Statement:
    verb = PLUS_CALLS[call.last]
    feature = {"selectPage": Feature.LIMIT, "selectCount": Feature.AGGREGATE}.get(call.last)
    entity = MAPPER.sub("", receiver)
    return Statement(
        verb=verb,
        line=call.line,
        end_line=call.end_line,
        layer=MYBATIS_PLUS,
        tables=(entity[:1].upper() + entity[1:],) if entity else (),
        features=(feature,) if feature else (),
        bound=True,
        in_loop=call.loops > 0 and verb in DATA_VERBS,
        many=call.last in ("selectList", "selectMaps", "selectPage", "selectBatchIds") if verb == "select" else None,
        function=look.qualname(call.function),
    )


def _raw(look: Look, call: Call, injection: str) -> Statement:
    return Statement(
        verb="select",
        line=call.line,
        end_line=call.end_line,
        layer=MYBATIS_PLUS,
        bound=False,
        injection=injection,
        function=look.qualname(call.function),
    )


MYBATIS_READER = Reader(name="MyBatis", languages=("Java", "Kotlin"), read=read_mybatis)
