"""ent: schemas as code, and queries through the client that is generated from them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reviewer.gather.data.names import data_use
from reviewer.gather.data.orm._chains import Chain, chains
from reviewer.gather.data.orm._models import snake_case
from reviewer.gather.data.orm.go._gorm_models import table_name
from reviewer.gather.data.queries import DATA_VERBS, add_sign, add_statement
from reviewer.gather.look import Look, look_at
from reviewer.gather.reader import Kept, Reader
from reviewer.gather.syntax import Call, Class, Expr, Items, Module, Name, plain
from reviewer.model.facts.code import SignKind
from reviewer.model.facts.data import Column, Feature, How, Statement, Table

LAYER = "ent"
PACKAGES = ("entgo.io/ent", "github.com/facebook/ent", "github.com/facebookincubator/ent")
BEGINNING = {
    "Query": "select",
    "Get": "select",
    "GetX": "select",
    "Create": "insert",
    "CreateBulk": "insert",
    "Update": "update",
    "UpdateOne": "update",
    "UpdateOneID": "update",
    "Delete": "delete",
    "DeleteOne": "delete",
    "DeleteOneID": "delete",
}
ENDING = frozenset(
    {
        *(
            "All",
            "AllX",
            "Only",
            "OnlyX",
            "First",
            "FirstX",
            "Count",
            "CountX",
            "Exist",
            "Save",
            "SaveX",
            "Exec",
            "ExecX",
        ),
        *("IDs", "OnlyID", "FirstID", "Scan", "Ints", "Strings", "Paginate", "Get", "GetX"),
    }
)
ONE = frozenset({"Only", "OnlyX", "First", "FirstX", "Count", "CountX", "Exist", "OnlyID", "FirstID", "Get", "GetX"})
FEATURES = {
    "Limit": Feature.LIMIT,
    "Offset": Feature.LIMIT,
    "Order": Feature.ORDER,
    "GroupBy": Feature.GROUP,
    "Count": Feature.AGGREGATE,
    "Paginate": Feature.LIMIT,
}
CLIENT = re.compile(r"client|ent|db|tx|data|store|repo", re.IGNORECASE)
PREDICATE = re.compile(
    r"(\w+?)(?:EQ|NEQ|GT|GTE|LT|LTE|In|NotIn|IsNil|NotNil|Contains|ContainsFold|HasPrefix|HasSuffix|EqualFold)?"
)


def read_ent(module: Module, kept: Kept) -> None:
    """Keeps schemas and queries of ent."""
    look = look_at(module)
    imported = look.imports(*PACKAGES)
    tables = list(_tables(look)) if imported else []
    kept.tables.extend(tables)
    first = len(kept.statements)
    if imported or any(item.module.endswith("/ent") for item in module.imports):
        for chain in chains(look):
            found = _statement(look, chain)
            if found is not None:
                add_statement(kept, look, found, chain.outer)
                if Feature.EAGER in found.features:
                    add_sign(kept, look, SignKind.EAGER_LOAD, chain.outer, "With")
    if len(kept.statements) > first:
        kept.data.append(data_use(LAYER, How.QUERIED, kept.statements[first].line))
    elif tables:
        kept.data.append(data_use(LAYER, How.CONFIGURED, tables[0].line))


def _statement(look: Look, chain: Chain) -> Statement | None:
    """``client.User.Query().Where(user.NameEQ(name)).All(ctx)``."""
    parts = chain.calls[0].name.split(".")
    verb = BEGINNING.get(parts[-1])
    if verb is None or len(parts) < 3 or not parts[-2][:1].isupper() or not CLIENT.search(parts[-3]):
        return None
    if not any(name in ENDING for name in chain.names):
        return None
    model, outer = parts[-2], chain.outer
    features = {FEATURES[name] for name in chain.names if name in FEATURES}
    if any(name.startswith("With") and name[4:5].isupper() for name in chain.names):
        features.add(Feature.EAGER)
    many = not any(name in ONE for name in chain.names) if verb == "select" else None
    return Statement(
        verb=verb,
        line=outer.line,
        end_line=outer.end_line,
        layer=LAYER,
        tables=(model,),
        filters=tuple(dict.fromkeys(f"{model}.{name}" for name in _filters(chain))),
        features=tuple(sorted(features)),
        bound=True,
        in_loop=outer.loops > 0 and verb in DATA_VERBS,
        many=many,
        function=look.qualname(outer.function),
    )


def _filters(chain: Chain) -> Iterator[str]:
    for call in chain.calls:
        for arg in call.args if call.last in ("Where", "Order") else ():
            if isinstance(arg, Call) and "." in arg.name:
                match = PREDICATE.fullmatch(arg.last)
                if match and arg.last not in ("And", "Or", "Not", "Desc", "Asc"):
                    yield snake_case(match[1])


def _tables(look: Look) -> Iterator[Table]:
    """Structs that embed ``ent.Schema``."""
    module = look.module
    lists = {(module.functions[item.function].qualname): item.value for item in module.returns if item.function != -1}
    outermost = _outermost(look)
    for owner in module.classes:
        if any(isinstance(base, Name) and base.dotted.endswith("ent.Schema") for base in owner.bases):
            columns = [Column(name="id", type="int", nullable=False, primary=True)]
            columns += _columns(lists.get(f"{owner.name}.Fields"), outermost)
            columns += _edges(lists.get(f"{owner.name}.Edges"), outermost, columns)
            yield _table(owner, columns, lists, outermost)


def _table(owner: Class, columns: list[Column], lists: dict[str, Expr], outermost: dict[int, Chain]) -> Table:
    indexes = []
    for chain in _chains_in(lists.get(f"{owner.name}.Indexes"), outermost):
        names = [plain(arg) or "" for call in chain.calls if call.last == "Fields" for arg in call.args]
        indexes.append(tuple(name for name in names if name))
    kept = {item.name: item for item in reversed(columns)}
    return Table(
        name=table_name(owner.name),
        line=owner.line,
        end_line=owner.end_line,
        source=LAYER,
        columns=tuple(reversed(kept.values())),
        indexes=tuple(index for index in indexes if index),
        model=owner.name,
    )


def _outermost(look: Look) -> dict[int, Chain]:
    return {id(chain.outer): chain for chain in chains(look)}


def _chains_in(value: Expr | None, outermost: dict[int, Chain]) -> list[Chain]:
    values = value.values if isinstance(value, Items) else ()
    return [outermost[id(item)] for item in values if id(item) in outermost]


def _columns(value: Expr | None, outermost: dict[int, Chain]) -> list[Column]:
    found = []
    for chain in _chains_in(value, outermost):
        first, names = chain.calls[0], set(chain.names)
        name = plain(first.args[0]) if first.args else None
        if name and first.name.startswith("field."):
            found.append(
                Column(
                    name=name,
                    type=first.last,
                    nullable="Optional" in names or "Nillable" in names,
                    primary=name == "id",
                    unique="Unique" in names,
                    checked=not names.isdisjoint(
                        ("Positive", "NotEmpty", "MaxLen", "MinLen", "Min", "Max", "Range", "Match", "Values")
                    ),
                )
            )
    return found


def _edges(value: Expr | None, outermost: dict[int, Chain], known: list[Column]) -> list[Column]:
    """The keys of edges that lead to one row: ``edge.From("owner", User.Type).Ref("pets").Unique()``."""
    found = []
    for chain in _chains_in(value, outermost):
        first = chain.calls[0]
        if first.name != "edge.From" or "Unique" not in chain.names or len(first.args) < 2:
            continue
        model = first.args[1].dotted.removesuffix(".Type") if isinstance(first.args[1], Name) else ""
        given = {call.last: plain(call.args[0]) or "" for call in chain.calls if call.args}
        name = given.get("Field") or f"{snake_case(model)}_{given.get('Ref') or plain(first.args[0]) or 'edge'}"
        old = next((item for item in known if item.name == name), Column(name=name, type="int"))
        nullable = old.nullable and "Required" not in chain.names
        found.append(Column(name=name, type=old.type, nullable=nullable, references=table_name(model)))
    return found


ENT = Reader(name="ent", languages=("Go",), read=read_ent)
