"""Smaller query builders of PHP: CodeIgniter's, Medoo, RedBean, WordPress's ``$wpdb``, Drupal's database interface."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

import msgspec

from reviewer.gather.data.names import data_use, database_of_driver
from reviewer.gather.data.orm._chains import Chain, Words, chains, keep_query, query
from reviewer.gather.expressions import option, pairs_of
from reviewer.gather.look import Look, look_at, words
from reviewer.gather.reader import Kept, Reader
from reviewer.gather.syntax import Call, Module, dotted, plain
from reviewer.model.facts.data import Feature, How, Statement

FEATURES = {
    **dict.fromkeys(("join", "leftJoin", "innerJoin", "addJoin"), Feature.JOIN),
    **dict.fromkeys(("group_by", "groupBy", "having"), Feature.GROUP),
    **dict.fromkeys(("limit", "range", "paginate", "setMaxResults"), Feature.LIMIT),
    **dict.fromkeys(("order_by", "orderBy", "sort"), Feature.ORDER),
    **dict.fromkeys(
        ("count_all_results", "countAllResults", "countQuery", "select_sum", "select_max"), Feature.AGGREGATE
    ),
}


@dataclass(frozen=True, slots=True)
class Builder:
    """One builder: what its receivers are called, which methods send a query, and what they do.

    ``named`` gives the table that a call names, "" where it names none. ``mark`` is what its files hold.
    """

    layer: str
    marks: tuple[str, ...]
    receivers: frozenset[str]
    sending: dict[str, str]
    words: Words = field(default_factory=lambda: Words(features=FEATURES))
    database: str = ""
    building: frozenset[str] = frozenset()
    table_place: Callable[[Call], str] = lambda call: plain(call.args[0]) or "" if call.args else ""


CI_WORDS = Words(
    features=FEATURES,
    filtering=words("where or_where where_in like or_like order_by group_by get_where orWhere whereIn orderBy groupBy"),
    one=words("row row_array first getRow getRowArray count_all_results countAllResults find"),
    all=words("result result_array findAll getResult getResultArray"),
)
CODEIGNITER = Builder(
    layer="CodeIgniter Query Builder",
    marks=("CI_", "CodeIgniter\\", "BASEPATH", "MY_Model", "MY_Controller", "REST_Controller", "get_instance()"),
    receivers=words("this.db db builder this.builder CI.db ci.db this.ci.db this.CI.db"),
    sending={
        "get": "select",
        "get_where": "select",
        "getWhere": "select",
        "count_all_results": "select",
        "countAllResults": "select",
        "count_all": "select",
        "findAll": "select",
        "insert": "insert",
        "insert_batch": "insert",
        "insertBatch": "insert",
        "replace": "replace",
        "update": "update",
        "update_batch": "update",
        "updateBatch": "update",
        "delete": "delete",
        "empty_table": "delete",
    },
    words=CI_WORDS,
    building=words("select where from join order_by group_by like limit or_where where_in table orderBy groupBy"),
)
MEDOO = Builder(
    layer="Medoo",
    marks=("Medoo",),
    receivers=words("database db this.db this.database medoo app.db"),
    sending={
        **dict.fromkeys(("select", "get", "has", "count", "sum", "avg", "max", "min", "rand"), "select"),
        "insert": "insert",
        "update": "update",
        "replace": "replace",
        "delete": "delete",
    },
)
REDBEAN = Builder(
    layer="RedBeanPHP",
    marks=("RedBean", "R::setup", "R::dispense", "R::find"),
    receivers=words("R RedBeanPHP.R RedBeanPHP.Facade"),
    sending={
        **dict.fromkeys(("find", "findOne", "findAll", "load", "loadAll", "count", "findLike", "getAll"), "select"),
        "store": "insert",
        "storeAll": "insert",
        "trash": "delete",
        "trashAll": "delete",
        "wipe": "delete",
    },
)
WPDB = Builder(
    layer="wpdb",
    marks=("$wpdb",),
    receivers=words("wpdb this.wpdb this.db GLOBALS.wpdb"),
    sending={"insert": "insert", "update": "update", "delete": "delete", "replace": "replace"},
    database="MySQL",
    table_place=lambda call: (plain(call.args[0]) or dotted(call.args[0]).removeprefix("wpdb.")) if call.args else "",
)
DRUPAL = Builder(
    layer="Drupal Database API",
    marks=("Drupal", "db_select", "db_query"),
    receivers=words("database connection this.database this.connection db this.db"),
    sending={
        **dict.fromkeys(("select", "db_select"), "select"),
        **dict.fromkeys(("insert", "db_insert"), "insert"),
        **dict.fromkeys(("update", "merge", "db_update", "db_merge", "upsert"), "update"),
        **dict.fromkeys(("delete", "db_delete"), "delete"),
    },
    words=Words(
        features=FEATURES,
        filtering=words("condition orderBy groupBy"),
        one=words("fetchField fetchAssoc fetchObject"),
        all=words("fetchAll fetchAllAssoc fetchCol fetchAllKeyed"),
    ),
)
BUILDERS = (CODEIGNITER, MEDOO, REDBEAN, WPDB, DRUPAL)
OWN = re.compile(r"\bPDO(?:Statement)?\b")
"""What a file holds that asks PDO itself: CodeIgniter's constants are copied into many a hand-made framework."""
QUERYING = words("get_results get_row get_var get_col query prepare")


def read_builders(module: Module, kept: Kept) -> None:
    """Keeps the queries of the smaller builders, and the use of each."""
    present = [builder for builder in BUILDERS if any(mark in module.text for mark in builder.marks)]
    if OWN.search(module.text):
        present = [builder for builder in present if builder is not CODEIGNITER]
    if not present:
        return
    look = look_at(module)
    if look.imports("Illuminate", "Doctrine.ORM", "Magento"):
        present = [builder for builder in present if builder in (WPDB, DRUPAL)]
    linked = list(chains(look)) if present else []
    for builder in present:
        _read(look, kept, builder, linked)


def _read(look: Look, kept: Kept, builder: Builder, linked: list[Chain]) -> None:
    line = 0
    for chain in linked:
        found = _statement(look, chain, builder)
        if found is not None:
            keep_query(kept, look, found, chain.outer)
            line = line or found.line
    line = line or next((item for item in _raw(look, builder)), 0)
    if line:
        kept.data.append(data_use(builder.layer, How.QUERIED, line))
        if builder.database:
            kept.data.append(data_use(builder.database, How.QUERIED, line))
    _connected(look, kept, builder)


def _statement(look: Look, chain: Chain, builder: Builder) -> Statement | None:
    first = chain.calls[0]
    receiver = first.name.rpartition(".")[0]
    if receiver not in builder.receivers and not _opens(chain, builder):
        return None
    sender = next((call for call in reversed(chain.calls) if call.last in builder.sending), None)
    if sender is None or (builder is MEDOO and len(sender.args) < 2) or (builder is WPDB and len(sender.args) < 2):
        return None
    if builder is CODEIGNITER and not (
        builder.building & set(chain.names) or plain(sender.args[0] if sender.args else None)
    ):
        return None
    table = _table(chain, sender, builder)
    statement = query(
        chain, look, builder.words, builder.layer, (table,) if table else (), builder.sending[sender.last]
    )
    if sender.last not in ("get_where", "getWhere") or len(sender.args) < 2:
        return statement
    filters = tuple(f"{table}.{key}" if table else key for key, _ in pairs_of(sender.args[1]))
    return msgspec.structs.replace(statement, filters=filters)


def _opens(chain: Chain, builder: Builder) -> bool:
    """Whether a chain begins with what opens a builder: ``\\Drupal::database()``, ``$db->table('x')``."""
    first = chain.calls[0]
    if builder is DRUPAL:
        return first.name in ("Drupal.database", "db_select", "db_insert", "db_update", "db_delete", "db_merge") or (
            first.name.endswith("Database.getConnection")
        )
    return builder is CODEIGNITER and first.last == "table" and len(chain.calls) > 1


def _table(chain: Chain, sender: Call, builder: Builder) -> str:
    for call in chain.calls:
        if call.last in ("from", "table") and call.args:
            return (plain(call.args[0]) or "").split(" ")[0]
    return builder.table_place(sender).split(" ")[0]


def _raw(look: Look, builder: Builder) -> list[int]:
    """Lines on which raw SQL goes through a builder."""
    if builder is WPDB:
        wanted = QUERYING
    elif builder is REDBEAN:
        wanted = words("exec getAll getRow getCol getCell setup")
    elif builder is DRUPAL:
        return [call.line for call in look.module.calls if call.name == "db_query"]
    elif builder is CODEIGNITER:
        wanted = words("query")
    else:
        return []
    names = {f"{receiver}.{method}" for receiver in builder.receivers for method in wanted}
    if builder is CODEIGNITER:
        names = {"this.db.query"}
    return [call.line for call in look.module.calls if call.name in names]


def _connected(look: Look, kept: Kept, builder: Builder) -> None:
    for call in look.module.calls:
        if builder is MEDOO and call.new and call.last == "Medoo":
            kept.data.append(data_use(builder.layer, How.CONNECTED, call.line))
            named = plain(option(call, "type") or option(call, "database_type")) or ""
            if database := database_of_driver(named):
                kept.data.append(data_use(database, How.CONNECTED, call.line, "Medoo"))
        elif builder is REDBEAN and call.name in ("R.setup", "RedBeanPHP.R.setup"):
            kept.data.append(data_use(builder.layer, How.CONNECTED, call.line))


BUILDERS_PHP = Reader(name="Query builders (PHP)", languages=("PHP",), read=read_builders)
