"""Mongoose: schemas, indexes and queries, and request values that get into a filter whole."""

from __future__ import annotations

from collections.abc import Iterator

from reviewer.gather.data.names import GUESS, data_use
from reviewer.gather.data.nosql import Operators, injected
from reviewer.gather.data.orm._chains import Chain, chains
from reviewer.gather.data.orm._models import fields_by_class, mapping_on, option_mapping
from reviewer.gather.data.queries import ECMA_LANGUAGES, add_sign
from reviewer.gather.expressions import last, pairs_of, truth
from reviewer.gather.look import Look, look_at, words
from reviewer.gather.reader import Kept, Reader
from reviewer.gather.syntax import Call, Expr, Items, Mapping, Module, Name, Other, dotted, plain
from reviewer.model.facts.code import Sign, SignKind
from reviewer.model.facts.data import How

LAYER = "Mongoose"
PACKAGES = ("mongoose", "@nestjs/mongoose", "@typegoose/typegoose")
READING = words(
    "find findOne findById findOneAndUpdate findByIdAndUpdate findOneAndDelete findByIdAndDelete findByIdAndRemove"
    " findOneAndRemove findOneAndReplace countDocuments estimatedDocumentCount distinct aggregate exists count paginate"
)
WRITING = words("create insertMany updateOne updateMany deleteOne deleteMany bulkWrite replaceOne remove update")
SURE = words(
    "findById findOneAndUpdate findByIdAndUpdate findByIdAndDelete findByIdAndRemove findOneAndRemove findOneAndDelete"
    " countDocuments insertMany updateOne updateMany deleteOne deleteMany aggregate bulkWrite"
)
"""Method names that no SQL mapper has."""

LISTING = frozenset({"find", "aggregate", "distinct", "paginate"})
BOUNDING = words("limit select lean skip paginate cursor")
SEQUELIZE = words("findAll findByPk findOrCreate findAndCountAll bulkCreate destroy upsert increment decrement")
"""Method names that show the models of a file to be another mapper's."""

INDEXING = ("unique", "index", "sparse", "text")
OWN_CLASSES = ("Service", "Services", "Controller", "UseCase", "Facade", "Helper", "Middleware")
"""How classes of the program's own are called, whose methods have the names of a model's."""
AWAITED = ("await_expression", "await")
STATICS = ".statics"
"""Where a schema is given functions of its model, which is ``this`` in them."""
SESSION = frozenset({"startTransaction", "withTransaction"})
SCHEMAS = words("Schema createSchema")
BY_NAME = words("mongoose.Schema mongoose.model")
"""Calls that are Mongoose's by the name alone: files get it from another file of the project, or as a parameter."""


def read_mongoose(module: Module, kept: Kept) -> None:
    """Keeps schemas, indexes, queries and the use of Mongoose."""
    look = look_at(module)
    imported = look.imports(*PACKAGES) or look.is_imported("mongoose")
    if imported or any(call.name in BY_NAME for call in module.calls):
        _read_schemas(look, kept)
    if imported:
        _read_decorated(look, kept)
    operators = Operators(look)
    first = 0
    asked = imported or any(call.last in SURE or call.last in READING for call in module.calls)
    known: set[str] = set()
    for chain in sorted(chains(look), key=_by_sureness) if asked else ():
        if _read_query(chain, look, kept, operators, imported or _model_of_call(chain.calls[0]) in known):
            known.add(_model_of_call(chain.calls[0]))
            first = min(first or chain.outer.line, chain.outer.line)
    if known and ".save(" in module.text:
        _read_saves(look, kept, known)
    if first:
        guess = "" if imported else GUESS + LAYER
        kept.data.append(data_use(LAYER, How.QUERIED, first, guess))
        kept.data.append(data_use("MongoDB", How.QUERIED, first, guess or LAYER))


def _by_sureness(chain: Chain) -> bool:
    """Calls first that only Mongoose knows: they show what is called beside them."""
    return chain.calls[0].last not in SURE


def _model_of_call(call: Call) -> str:
    return last(call.name.rpartition(".")[0])


def _read_saves(look: Look, kept: Kept, known: set[str]) -> None:
    """``note.save()`` of a document that a model of this file made or found."""
    for call in look.module.calls:
        if call.last != "save" or call.name.count(".") != 1 or len(call.args) > 1:
            continue
        value = look.value(Name(call.name.partition(".")[0], call.line), call.function)
        while isinstance(value, Other) and value.kind in AWAITED and value.operands:
            value = value.operands[0]
        if isinstance(value, Call) and (value.name if value.new else _model_of_call(value)) in known:
            add_sign(kept, look, SignKind.NOSQL_QUERY, call, call.name)


def _read_schemas(look: Look, kept: Kept) -> None:
    for call in look.module.calls:
        if call.args and _is_schema(call, look):
            add_sign(kept, look, SignKind.NOSQL_SCHEMA, call, _model_of(call, look))
            for line, name in _indexed(call.args[0]):
                kept.signs.append(Sign(kind=SignKind.NOSQL_INDEX, line=line, end_line=line, detail=name))
        elif call.last == "index" and call.args and isinstance(call.args[0], Mapping) and "schema" in call.name.lower():
            add_sign(kept, look, SignKind.NOSQL_INDEX, call, ", ".join(key for key, _ in pairs_of(call.args[0])))
        elif call.last == "model" and len(call.args) > 1 and _is_model_call(call, look):
            if isinstance(call.args[1], Mapping):
                add_sign(kept, look, SignKind.NOSQL_SCHEMA, call, plain(call.args[0]) or "")
            kept.data.append(data_use(LAYER, How.CONFIGURED, call.line, plain(call.args[0]) or ""))


def _is_schema(call: Call, look: Look) -> bool:
    """``new mongoose.Schema({...})``, with or without ``new``, also by another name that the file gives it.

    A decorator of that name is no schema. Of fields that a name holds, it must be Mongoose's by its own name.
    """
    own = look.origin(call.name).startswith("mongoose") or call.name in BY_NAME
    if call.last in SCHEMAS:
        return own if isinstance(call.args[0], Name) else isinstance(call.args[0], Mapping) and (call.new or own)
    held = look.value(call.callee, call.function) if isinstance(call.callee, Name) else None
    return look.origin(dotted(held) or call.name) == "mongoose.Schema"


def _is_model_call(call: Call, look: Look) -> bool:
    return look.origin(call.name).startswith("mongoose") or last(call.name.rpartition(".")[0]) in (
        "mongoose",
        "connection",
        "db",
    )


def _model_of(call: Call, look: Look) -> str:
    """The name that a schema is registered under, else the name that it is assigned to."""
    variable = next((item.target for item in look.module.assignments if item.value is call), "")
    for other in look.module.calls:
        if other.last == "model" and len(other.args) > 1 and dotted(other.args[1]) == variable and variable:
            return plain(other.args[0]) or variable
    return variable


def _indexed(fields: Expr) -> Iterator[tuple[int, str]]:
    for key, value in pairs_of(fields):
        if isinstance(value, Mapping) and any(_is_on(value, option) for option in INDEXING):
            yield value.line, key


def _is_on(value: Mapping, option: str) -> bool:
    """``unique: true``, also with what is said of a second one: ``unique: [true, "is taken"]``."""
    given = value.get(option)
    first = given.values[0] if isinstance(given, Items) and given.values else None
    return mapping_on(value, option) or truth(first) is True


def _read_decorated(look: Look, kept: Kept) -> None:
    """NestJS and Typegoose: ``@Schema()`` classes with ``@Prop()`` fields."""
    by_class = fields_by_class(look.module)
    for item in look.module.classes:
        fields = by_class.get(item.index, [])
        props = [
            (field, mark)
            for field in fields
            for mark in field.decorators
            if isinstance(mark, Call) and last(mark.name) in ("Prop", "prop")
        ]
        if not props:
            continue
        kept.signs.append(Sign(kind=SignKind.NOSQL_SCHEMA, line=item.line, end_line=item.end_line, detail=item.name))
        for field, mark in props:
            options = option_mapping(mark)
            if mapping_on(options, "unique") or mapping_on(options, "index"):
                kept.signs.append(
                    Sign(kind=SignKind.NOSQL_INDEX, line=field.line, end_line=field.line, detail=field.target)
                )


def _read_query(chain: Chain, look: Look, kept: Kept, operators: Operators, imported: bool) -> bool:
    call = chain.calls[0]
    model = _model_of_call(call)
    if call.last not in READING and call.last not in WRITING:
        return False
    if not _is_model(model, call, look, imported):
        return False
    add_sign(kept, look, SignKind.NOSQL_QUERY, call, f"{model}.{call.last}")
    if call.last in LISTING and (bound := _bound(chain)):
        add_sign(kept, look, SignKind.NOSQL_BOUNDED, call, bound)
    if chain.loops:
        add_sign(kept, look, SignKind.QUERY_IN_LOOP, chain.outer, f"{model}.{call.last}")
    if "populate" in chain.names:
        add_sign(kept, look, SignKind.EAGER_LOAD, call, "populate")
    if call.last not in ("create", "insertMany", "findById", "aggregate") and call.args:
        how = injected(call.args[0], call.function, operators)
        if how:
            add_sign(kept, look, SignKind.NOSQL_INJECTION, call, how)
    return True


def _bound(chain: Chain) -> str:
    named = next((name for name in chain.names if name in BOUNDING), "")
    if named:
        return named
    first = chain.calls[0]
    options = first.args[2] if len(first.args) > 2 else None
    if options is not None and any(key in ("limit", "skip") for key, _ in pairs_of(options)):
        return "limit"
    stages = first.args[0] if first.args and isinstance(first.args[0], Items) else None
    if stages is not None and any(key == "$limit" for stage in stages.values for key, _ in pairs_of(stage)):
        return "$limit"
    return "projection" if len(first.args) > 1 and _is_projection(first.args[1]) else ""


def _is_projection(expr: Expr) -> bool:
    return bool(plain(expr)) or isinstance(expr, Mapping)


def _is_model(model: str, call: Call, look: Look, imported: bool) -> bool:
    """Whether the receiver is a model: a capital name in a file that knows Mongoose, or one that only it can be."""
    if not model:
        return False
    if model == "this" and imported and call.name == f"this.{call.last}":
        return STATICS in look.module.text and look.owner(call.function) == -1
    if model.endswith(OWN_CLASSES) and model not in OWN_CLASSES:
        return False
    named = model[:1].isupper() or model.lower().endswith("model")
    if named and (imported or call.last in SURE):
        return call.name.count(".") == 1 or model.lower().endswith("model") or call.name.startswith(("this.", "db."))
    if not named or _has_where(call):
        return False
    return _from_models(model, look) and call.last in READING | {"create"} and not _is_sql(look)


def _from_models(model: str, look: Look) -> bool:
    """Whether the name is imported from a file that is called a model."""
    return any(
        item.alias == model and "model" in item.module.lower() and item.module.startswith(".")
        for item in look.module.imports
    )


def _is_sql(look: Look) -> bool:
    if look.imports("typeorm", "sequelize", "objection", "knex", "@prisma/client", "sequelize-typescript"):
        return True
    return any(
        call.last in SEQUELIZE or (call.last in READING and _has_where(call))
        for call in look.module.calls
        if call.name[:1].isupper()
    )


def _has_where(call: Call) -> bool:
    return any(isinstance(arg, Mapping) and arg.get("where") is not None for arg in call.args)


MONGOOSE = Reader(name="Mongoose", languages=ECMA_LANGUAGES, read=read_mongoose)
