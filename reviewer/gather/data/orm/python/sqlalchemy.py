"""SQLAlchemy, Flask-SQLAlchemy and SQLModel: models, core tables and queries."""

from __future__ import annotations

import msgspec

from reviewer.gather.data.names import data_use
from reviewer.gather.data.orm._chains import Chain, Words, chains, continued, keep_query, query
from reviewer.gather.data.orm.python._sqlalchemy_models import core_tables, model_tables
from reviewer.gather.data.queries import add_sign
from reviewer.gather.expressions import inside, last
from reviewer.gather.look import Look, look_at, words
from reviewer.gather.reader import Kept, Reader
from reviewer.gather.syntax import Attribute, Call, Expr, Mapping, Module, Name, Text, dotted
from reviewer.model.facts.code import SignKind
from reviewer.model.facts.data import Feature, How, Statement

LAYER = "SQLAlchemy"
PACKAGES = ("sqlalchemy", "flask_sqlalchemy", "sqlmodel", "flask_appbuilder", "gino", "advanced_alchemy")

WORDS = Words(
    features={
        "join": Feature.JOIN,
        "outerjoin": Feature.JOIN,
        "join_from": Feature.JOIN,
        "group_by": Feature.GROUP,
        "count": Feature.AGGREGATE,
        "limit": Feature.LIMIT,
        "offset": Feature.LIMIT,
        "slice": Feature.LIMIT,
        "fetch": Feature.LIMIT,
        "paginate": Feature.LIMIT,
        "order_by": Feature.ORDER,
        "with_for_update": Feature.LOCK,
        "subquery": Feature.SUBQUERY,
        "scalar_subquery": Feature.SUBQUERY,
        "exists": Feature.SUBQUERY,
        "cte": Feature.CTE,
        "over": Feature.WINDOW,
    },
    verbs={"delete": "delete", "update": "update", "values": "insert"},
    filtering=words(
        "filter filter_by where join outerjoin order_by group_by having get get_or_404 on_conflict_do_update"
    ),
    one=words(
        "first one one_or_none get get_or_404 first_or_404 one_or_404 scalar scalar_one scalar_one_or_none count exists"
    ),
    all=words("all paginate scalars fetchall yield_per"),
    eager=words("joinedload selectinload subqueryload contains_eager immediateload lazyload_all"),
)
QUERY_METHODS = words(
    "filter filter_by get all first order_by paginate join outerjoin get_or_404 first_or_404 one one_or_none"
    " count limit offset options with_entities delete update distinct group_by exists"
)
INNER = words("exists subquery scalar_subquery cte alias")
"""What makes a part of another query of one."""
ENDED = (WORDS.one | words("all fetchall scalars paginate")) - words("exists")
TAKING = words("paginate apaginate paginate_query add_pagination")
"""Methods that give rows, and helpers that are given a query and bound it."""
ENGINES = words("create_engine create_async_engine")
SAME_THREAD = "check_same_thread"
"""An argument that no driver but SQLite's takes."""
JOINING = words("join outerjoin")
CONSTRUCTS = {"select": "select", "insert": "insert", "update": "update", "delete": "delete", "exists": "select"}
UNIT_OF_WORK = {
    "add": "insert",
    "add_all": "insert",
    "merge": "insert",
    "delete": "delete",
    "get": "select",
    "bulk_save_objects": "insert",
    "bulk_insert_mappings": "insert",
    "bulk_update_mappings": "update",
}


def read_sqlalchemy(module: Module, kept: Kept) -> None:
    """Keeps tables, queries and the use of SQLAlchemy."""
    look = look_at(module)
    imported = look.imports(*PACKAGES)
    tables = [*model_tables(look, imported), *core_tables(look, "Table")] if module.classes or imported else []
    kept.tables.extend(tables)
    first = len(kept.statements)
    asked = imported or _is_asked(module)
    for chain in continued(look, chains(look), ENDED, TAKING) if asked else ():
        found = _statement(chain, look, imported)
        if found is not None:
            keep_query(kept, look, found, chain.outer)
    _keep_eager(kept, look)
    for call in module.calls if imported else ():
        given = call.keywords.get("connect_args") if call.last in ENGINES else None
        if isinstance(given, Mapping) and given.get(SAME_THREAD) is not None:
            kept.data.append(data_use("SQLite", How.CONNECTED, call.line))
    if len(kept.statements) > first:
        kept.data.append(data_use(LAYER, How.QUERIED, kept.statements[first].line))
    elif tables:
        kept.data.append(data_use(LAYER, How.CONFIGURED, tables[0].line))


def _keep_eager(kept: Kept, look: Look) -> None:
    """Relations that are loaded, and models that are joined, apart from the call that begins the query."""
    known = {sign.line for sign in kept.signs if sign.kind is SignKind.EAGER_LOAD}
    for call in look.module.calls if look.imports(*PACKAGES) else ():
        of_text = isinstance(call.callee, Attribute) and isinstance(call.callee.value, Text)
        joins = call.last in JOINING and bool(call.args) and dotted(call.args[0])[:1].isupper()
        if (call.last in WORDS.eager or (joins and not of_text)) and call.line not in known:
            add_sign(kept, look, SignKind.EAGER_LOAD, call, call.last)


def _is_asked(module: Module) -> bool:
    """Whether a file that does not import SQLAlchemy calls a session or a model's query all the same."""
    return any("session" in call.name or ".query." in call.name or call.name == "db.select" for call in module.calls)


def _statement(chain: Chain, look: Look, imported: bool) -> Statement | None:
    root, call = chain.root, chain.calls[0]
    receiver, _, name = root.rpartition(".")
    if name == "query" and call.args and _is_session(receiver):
        return query(chain, look, WORDS, LAYER, _tables(call.args))
    if (last(receiver) == "query" and name in QUERY_METHODS and receiver[:1].isupper()) or receiver == "cls.query":
        owner = receiver.rpartition(".")[0]
        return query(chain, look, WORDS, LAYER, () if owner == "cls" else (last(owner),))
    if name in CONSTRUCTS and call.args and _is_construct(root, look, imported):
        made = query(chain, look, WORDS, LAYER, _tables(call.args), CONSTRUCTS[name])
        inner = any(item.last in INNER for item in (*chain.calls, *chain.later))
        return msgspec.structs.replace(made, in_loop=False, many=False) if inner else made
    if name in UNIT_OF_WORK and _is_session(receiver) and len(chain.calls) == 1 and call.args:
        return _unit_of_work(chain, look, UNIT_OF_WORK[name])
    return None


def _is_session(receiver: str) -> bool:
    return "session" in last(receiver).lower() or receiver in ("db", "self.db", "s.query")


def _is_construct(root: str, look: Look, imported: bool) -> bool:
    head = look.origin(root).partition(".")[0]
    return head in ("sqlalchemy", "sqlmodel") or root in ("db.select", "sa.select") or (imported and "." not in root)


def _unit_of_work(chain: Chain, look: Look, verb: str) -> Statement | None:
    call = chain.outer
    receiver = last(call.name.rpartition(".")[0]).lower()
    if "session" not in receiver or (call.last == "get" and len(call.args) < 2):
        return None
    tables = _tables(call.args[:1]) if verb == "select" else _made(call.args[0])
    found = query(chain, look, WORDS, LAYER, tables, verb)
    return found if verb == "select" else _outside_loops(found)


def _outside_loops(statement: Statement) -> Statement:
    """Adding to a session sends nothing yet, so a loop around it is no query per turn."""
    return msgspec.structs.replace(statement, filters=(), features=(), bound=True, in_loop=False)


def _made(expr: Expr) -> tuple[str, ...]:
    return (last(expr.name),) if isinstance(expr, Call) and last(expr.name)[:1].isupper() else ()


def _tables(args: tuple[Expr, ...]) -> tuple[str, ...]:
    """The classes that the arguments name: ``User``, ``User.id``, ``func.count(Post.id)``."""
    found: dict[str, None] = {}
    for item in inside(*args):
        if isinstance(item, Name):
            named = [part for part in item.dotted.split(".") if part[:1].isupper() and not part.isupper()]
            if named:
                found[named[0]] = None
            elif item.dotted.endswith("_table"):
                found[last(item.dotted)] = None
    return tuple(found)


SQLALCHEMY = Reader(name="SQLAlchemy", languages=("Python",), read=read_sqlalchemy)
