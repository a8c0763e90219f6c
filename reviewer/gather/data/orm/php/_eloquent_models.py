"""Model classes of Eloquent: their tables, the columns that they name, and their relations."""

from __future__ import annotations

from collections.abc import Iterator

from reviewer.gather.data.orm._models import fields_by_class, snake_case, strings
from reviewer.gather.data.orm.php._inflection import table_of_class
from reviewer.gather.expressions import pairs_of, truth
from reviewer.gather.look import Look, words
from reviewer.gather.syntax import Assignment, Call, Class, Items, Mapping, Name, Return, dotted, plain
from reviewer.model.facts.data import Column, Table

SOURCE = "Eloquent"
BASES = words(
    "Illuminate.Database.Eloquent.Model Illuminate.Foundation.Auth.User Illuminate.Database.Eloquent.Relations.Pivot"
    " Laravel.Sanctum.PersonalAccessToken Illuminate.Database.Eloquent.Relations.MorphPivot"
)
MONGO_BASES = words("Jenssegers.Mongodb.Eloquent.Model MongoDB.Laravel.Eloquent.Model Jenssegers.Mongodb.Auth.User")
LOCAL_BASES = words("Model Eloquent BaseModel Authenticatable Authenticable AbstractModel")
FIELDS = words("fillable guarded casts hidden appends dates timestamps table primaryKey with")
RELATIONS = words(
    "hasMany hasOne belongsTo belongsToMany morphMany morphTo morphOne hasManyThrough hasOneThrough morphToMany"
    " morphedByMany"
)


def models(look: Look) -> Iterator[tuple[Class, str]]:
    """Every model class with the full name of its base."""
    fields = fields_by_class(look.module)
    for item in look.module.classes:
        if item.kind != "class":
            continue
        for base in item.bases:
            origin = look.origin(dotted(base))
            known = origin in BASES or origin in MONGO_BASES
            if known or (origin.rpartition(".")[2] in LOCAL_BASES and _speaks(look, fields.get(item.index, []))):
                yield item, origin
                break


def _speaks(look: Look, fields: list[Assignment]) -> bool:
    """Whether a class is a model by what it holds, where its base is one of the project's own."""
    if look.imports("CodeIgniter", "Phalcon", "Cake", "yii", "think"):
        return False
    if any(field.target in ("fillable", "guarded", "casts") for field in fields):
        return True
    return any(call.last in RELATIONS and call.name.startswith("this.") for call in look.module.calls)


def model_tables(look: Look) -> Iterator[Table]:
    """The table of every model with the columns that it fills, casts and relates by."""
    fields = fields_by_class(look.module)
    returned = _returned(look)
    for item, base in models(look):
        if base in MONGO_BASES:
            continue
        given = {field.target: field for field in fields.get(item.index, [])}
        named = plain(given["table"].value) if "table" in given else None
        columns = {name: Column(name=name) for name in _columns(given)}
        if "primaryKey" in given or columns:
            key = (plain(given["primaryKey"].value) if "primaryKey" in given else None) or "id"
            columns[key] = Column(name=key, nullable=False, primary=True)
        for name, target in _relations(look, item, returned):
            known = columns.get(name)
            columns[name] = Column(name=name, type=known.type if known else "", references=target)
        yield Table(
            name=named or table_of_class(item.name),
            line=item.line,
            end_line=item.end_line,
            source=SOURCE,
            columns=tuple(columns.values()),
            model=item.name,
        )


def _columns(given: dict[str, Assignment]) -> Iterator[str]:
    for key in ("fillable", "dates"):
        value = given[key].value if key in given else None
        if isinstance(value, Items):
            yield from strings(value)
    casts = given["casts"].value if "casts" in given else None
    if isinstance(casts, Mapping):
        yield from (name for name, _ in pairs_of(casts))
    stamps = given["timestamps"].value if "timestamps" in given else None
    if ("fillable" in given or "casts" in given) and truth(stamps) is not False:
        yield from ("created_at", "updated_at")


def _returned(look: Look) -> dict[int, list[Return]]:
    found: dict[int, list[Return]] = {}
    for item in look.module.returns:
        found.setdefault(item.function, []).append(item)
    return found


def _relations(look: Look, item: Class, returned: dict[int, list[Return]]) -> Iterator[tuple[str, str]]:
    """``belongsTo(User::class)`` keeps ``user_id``, which refers to ``users``."""
    for method in look.module.methods_of(item):
        for returning in returned.get(method.index, [])[:2]:
            call = returning.value
            while isinstance(call, Call) and call.last != "belongsTo" and not isinstance(call.callee, Name):
                call = getattr(call.callee, "value", None)  # type: ignore[assignment]
            if isinstance(call, Call) and call.name == "this.belongsTo" and call.args:
                target = (dotted(call.args[0]) or plain(call.args[0]) or "").removesuffix(".class")
                key = plain(call.args[1]) if len(call.args) > 1 else None
                if target:
                    yield key or f"{snake_case(method.name)}_id", table_of_class(target.replace("\\", "."))
