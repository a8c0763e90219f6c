"""Active Record: models, migrations, the schema file, and queries."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reviewer.gather.data.names import data_use
from reviewer.gather.data.orm._chains import Chain, chains, continued, keep_query
from reviewer.gather.data.orm._models import base_names
from reviewer.gather.data.orm.ruby import _words as table
from reviewer.gather.data.orm.ruby._models import is_record, model_tables
from reviewer.gather.data.orm.ruby._queries import LAYER, model_of, statement_of
from reviewer.gather.data.orm.ruby._schema import declared
from reviewer.gather.data.queries import add_sign, add_statement
from reviewer.gather.expressions import last, names_in
from reviewer.gather.frameworks.ruby._dsl import Blocks
from reviewer.gather.look import Look, look_at, words
from reviewer.gather.reader import Kept, Reader
from reviewer.gather.syntax import Call, Items, Lambda, Module, Name
from reviewer.model.facts.code import SignKind
from reviewer.model.facts.data import How, MigrationStep, Statement

MIGRATIONS = "Active Record migrations"
SCHEMA = "Active Record schema"
PAGING = words("pagy pagy_countless pagy_keyset paginate paginate_collection render_paginated")
"""Helpers that are given a relation and take a page of it."""
TRANSACTIONS = words("transaction with_lock")
RELATED = words("count first last each map pluck where order any? exists? size find_by limit sum find_each to_a empty?")
OTHER_MAPPERS = re.compile(
    r"\b(?:Sequel|Mongoid|DataMapper|ROM)::|\bSequel\.|\b(?:Hanami|Lotus)::(?:Repository|Model|DB)\b"
    r"|::DB::(?:Repo|Relation)\b"
)
"""What in a file says that its queries are those of another mapper."""


def read_active_record(module: Module, kept: Kept) -> None:
    """Keeps what a file declares and asks through Active Record."""
    look = look_at(module)
    blocks = Blocks.of(look)
    if _read_migration(blocks, kept) or _read_schema(blocks, kept):
        return
    for call in module.calls:
        if call.last in TRANSACTIONS and call.args and isinstance(call.args[-1], Lambda) and "." in call.name:
            add_sign(kept, look, SignKind.TRANSACTION, call, call.last)
    if OTHER_MAPPERS.search(module.text):
        return
    tables = list(model_tables(look))
    kept.tables.extend(tables)
    record = next((item for item in module.classes if is_record(item)), None)
    if record is not None:
        kept.data.append(data_use(LAYER, How.CONFIGURED, record.line))
    elif connects := next((c for c in module.calls if c.name == "ActiveRecord.Base.establish_connection"), None):
        kept.data.append(data_use(LAYER, How.CONNECTED, connects.line))
    _read_queries(look, kept)


def _read_migration(blocks: Blocks, kept: Kept) -> bool:
    """One step: a class that derives from ``ActiveRecord::Migration``."""
    for item in blocks.module.classes:
        if any(base == "ActiveRecord.Migration" for base in base_names(item)):
            kept.migration = MigrationStep(tool=MIGRATIONS, line=item.line)
            kept.data.append(data_use(LAYER, How.CONFIGURED, item.line, MIGRATIONS))
            kept.tables.extend(declared(blocks, MIGRATIONS))
            return True
    return False


def _read_schema(blocks: Blocks, kept: Kept) -> bool:
    """``ActiveRecord::Schema.define do``."""
    found = next((c for c in blocks.module.calls if c.last == "define" and "ActiveRecord.Schema" in _root(c)), None)
    if found is None:
        return False
    kept.data.append(data_use(LAYER, How.CONFIGURED, found.line, SCHEMA))
    kept.tables.extend(declared(blocks, SCHEMA))
    return True


def _root(call: Call) -> str:
    """What ``ActiveRecord::Schema[7.1].define`` is called on."""
    value = getattr(call.callee, "value", None)
    operands = getattr(value, "operands", ())
    return ".".join([call.name, *(item.dotted for item in operands if isinstance(item, Name))])


def _read_queries(look: Look, kept: Kept) -> None:
    first = len(kept.statements)
    for chain in continued(look, chains(look), table.ONE | frozenset(table.VERBS), PAGING):
        model = model_of(chain, look)
        if model is not None:
            keep_query(kept, look, statement_of(chain, look, model), chain.outer)
        else:
            _read_record(chain, look, kept)
    if len(kept.statements) > first:
        kept.data.append(data_use(LAYER, How.IMPORTED, kept.statements[first].line))


def _read_record(chain: Chain, look: Look, kept: Kept) -> None:
    """``@post.save``, ``user.update(user_params)``, ``post.destroy``; a relation of a row that is read in a loop."""
    call = chain.calls[0]
    head, _, name = call.name.rpartition(".")
    if not head or head.startswith(".") or head[:1].isupper() or len(chain.calls) > 2:
        return
    verb = table.SAVING.get(name) or table.CHANGING.get(name)
    if verb is not None and _is_record(call, head, name):
        statement = Statement(
            verb=verb,
            line=call.line,
            end_line=call.line,
            layer=LAYER,
            bound=True,
            in_loop=call.loops > 0,
            function=look.qualname(call.function),
        )
        add_statement(kept, look, statement, call)
    elif call.loops and name in RELATED and _is_relation_of_row(look, call, head):
        add_sign(kept, look, SignKind.QUERY_IN_LOOP, call, call.name)


def _is_record(call: Call, head: str, name: str) -> bool:
    """Whether something that is saved or changed is a record: files, sessions and caches are not."""
    if last(head) in ("session", "cookies", "file", "cache", "config", "flash", "image", "pdf", "book", "redis", "zip"):
        return False
    if name in ("save", "save!", "destroy", "destroy!"):
        return not any(not isinstance(arg, Lambda) for arg in call.args)
    return bool(call.args or call.keywords)


def _is_relation_of_row(look: Look, call: Call, head: str) -> bool:
    """``posts.each { |post| post.comments.count }``: what belongs to the row, read once per turn."""
    parts = head.split(".")
    if len(parts) != 2 or not parts[1].endswith("s") or parts[1].endswith(("ss", "attributes", "params", "tags_list")):
        return False
    for function in look.around(call.function):
        if any(parameter.name == parts[0] for parameter in function.parameters):
            return function.name == "<lambda>" and _over_records(look, function.index)
    return False


def _over_records(look: Look, function: int) -> bool:
    """Whether a block is called for each row of something that did not load what belongs to its rows as well."""
    for call in look.module.calls:
        if call.args and isinstance(call.args[-1], Lambda) and call.args[-1].function == function:
            return not any(name in ("includes", "preload", "eager_load") for name in _loaded(look, call))
    return False


def _loaded(look: Look, call: Call) -> Iterator[str]:
    """The methods by which what a call goes through was loaded."""
    head = call.name.rpartition(".")[0]
    value = look.value(Name(head, call.line), call.function) if head and not head.startswith(".") else call.callee
    for name in head.split("."):
        yield name
    if value is None or isinstance(value, Items):
        return
    for name in names_in(value):
        yield from name.split(".")


ACTIVE_RECORD = Reader(name="Active Record", languages=("Ruby",), read=read_active_record)
