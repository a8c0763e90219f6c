"""Eloquent and Laravel's query builder, in Laravel, Lumen and on their own."""

from __future__ import annotations

from reviewer.gather.data.names import GUESS, data_use
from reviewer.gather.data.orm._chains import Chain, Words, chains, continued, keep_query, query
from reviewer.gather.data.orm.php._eloquent_models import MONGO_BASES, model_tables, models
from reviewer.gather.data.orm.php._inflection import table_of_class
from reviewer.gather.data.queries import add_sign
from reviewer.gather.look import Look, look_at, words
from reviewer.gather.reader import Kept, Reader
from reviewer.gather.syntax import Call, Module, Name, dotted, plain
from reviewer.model.facts.code import SignKind
from reviewer.model.facts.data import Feature, How, Statement

LAYER = "Eloquent"
FACADE = "DB::"
FACADES = words(
    "DB Schema Route Cache Log Auth Storage Http Mail Hash Str Arr Config Session Validator Carbon File Gate Event"
    " Queue Redis Request Response Crypt Cookie Lang URL View Redirect Artisan Bus Notification Password RateLimiter"
    " Factory Faker self static parent Input App Broadcast Blade Bouncer Socialite Excel PDF Image Date Collection"
    " Schedule Process Rule Inertia Livewire Sanctum Passport JWTAuth Debugbar Exception Throwable"
)
"""Classes whose static methods are no queries of a model."""
WORDS = Words(
    features={
        **dict.fromkeys(("join", "leftJoin", "rightJoin", "crossJoin", "joinSub"), Feature.JOIN),
        "groupBy": Feature.GROUP,
        "having": Feature.GROUP,
        **dict.fromkeys(("count", "sum", "avg", "max", "min", "withCount", "withSum", "loadCount"), Feature.AGGREGATE),
        **dict.fromkeys(
            ("limit", "take", "skip", "offset", "paginate", "simplePaginate", "cursorPaginate", "forPage", "chunk"),
            Feature.LIMIT,
        ),
        **dict.fromkeys(("chunkById", "cursor", "lazy"), Feature.LIMIT),
        **dict.fromkeys(("orderBy", "orderByDesc", "latest", "oldest", "orderByRaw", "inRandomOrder"), Feature.ORDER),
        **dict.fromkeys(("lockForUpdate", "sharedLock"), Feature.LOCK),
        **dict.fromkeys(
            ("whereHas", "whereDoesntHave", "whereExists", "has", "doesntHave", "fromSub"), Feature.SUBQUERY
        ),
    },
    verbs={
        **dict.fromkeys(("create", "insert", "insertGetId", "insertOrIgnore", "firstOrCreate", "createMany"), "insert"),
        **dict.fromkeys(("saveMany", "forceCreate", "createQuietly"), "insert"),
        **dict.fromkeys(("update", "updateOrCreate", "updateOrInsert", "upsert", "increment", "decrement"), "update"),
        **dict.fromkeys(("attach", "detach", "sync", "syncWithoutDetaching", "toggle"), "update"),
        **dict.fromkeys(("delete", "destroy", "forceDelete", "truncate"), "delete"),
    },
    filtering=words(
        "where orWhere whereIn whereNotIn whereNot whereNull whereNotNull whereBetween whereDate whereYear whereMonth"
        " whereColumn firstWhere orderBy orderByDesc groupBy latest oldest orWhereIn whereLike whereKey having"
    ),
    one=words(
        "find findOrFail first firstOrFail firstOrNew firstOrCreate firstWhere value count sum avg max min exists sole"
    ),
    all=words("get all paginate pluck cursor simplePaginate lazy"),
    eager=words("with load loadMissing withCount withWhereHas"),
)
STARTING = (
    WORDS.filtering
    | WORDS.one
    | WORDS.all
    | WORDS.eager
    | frozenset(WORDS.features)
    | frozenset(WORDS.verbs)
    | words("query select newQuery with withTrashed onlyTrashed whereRaw selectRaw distinct from without findMany")
)
ENDING = WORDS.one | WORDS.all | frozenset(WORDS.verbs)
PAGING = {"paginate": "page", "simplePaginate": "page", "cursorPaginate": "cursor"}
HINTS = ("Illuminate", "Eloquent", "Models\\", "DB::", "Capsule", "App\\", "extends Model", "BaseModel")
"""One of these stands in every file that uses Eloquent."""
SAVING = {"save": "update", "saveOrFail": "update", "push": "update", "delete": "delete", "forceDelete": "delete"}


def read_eloquent(module: Module, kept: Kept) -> None:
    """Keeps models, queries and the use of Eloquent."""
    if not any(word in module.text for word in HINTS):
        return
    look = look_at(module)
    known = list(models(look))
    kept.tables.extend(model_tables(look))
    for item, base in known:
        kept.data.append(data_use(LAYER, How.CONFIGURED, item.line, item.name))
        if base in MONGO_BASES:
            kept.data.append(data_use("MongoDB", How.CONFIGURED, item.line, item.name))
    if look.imports("Doctrine", "Cake", "yii", "CodeIgniter", "Phalcon", "Propel"):
        return
    own = {item.name for item, _ in known}
    first = len(kept.statements)
    for chain in continued(look, chains(look), ENDING, frozenset()):
        _keep(look, kept, chain, own)
    _connected(look, kept)
    if len(kept.statements) > first:
        sure = bool(known) or look.imports("Illuminate") or FACADE in module.text
        kept.data.append(data_use(LAYER, How.QUERIED, kept.statements[first].line, "" if sure else f"{GUESS}{LAYER}"))


def _connected(look: Look, kept: Kept) -> None:
    for call in look.module.calls:
        if call.last in ("bootEloquent", "setAsGlobal") or call.name.endswith("withEloquent"):
            kept.data.append(data_use(LAYER, How.CONNECTED, call.line, call.name))
            return


def _keep(look: Look, kept: Kept, chain: Chain, own: set[str]) -> None:
    table = _table(look, chain, own)
    if table is None:
        _saved(look, kept, chain)
        return
    if not _is_sent(chain):
        return
    statement = query(chain, look, WORDS, LAYER, (table,) if table else ())
    keep_query(kept, look, statement, chain.outer)
    paged = next((call for call in (*chain.calls, *chain.later) if call.last in PAGING), None)
    if paged is not None:
        add_sign(kept, look, SignKind.PAGINATION, paged, PAGING[paged.last])


def _is_sent(chain: Chain) -> bool:
    """Whether a chain asks for something; what only builds a query is asked later, under its name."""
    names = {*chain.names, *(call.last for call in chain.later)}
    return not names.isdisjoint(ENDING) or chain.names[0] in ("with", "load")


def _table(look: Look, chain: Chain, own: set[str]) -> str | None:
    """The table that a chain is about, ``""`` where it is not known, None where it is no query."""
    first = chain.calls[0]
    head, _, method = first.name.rpartition(".")
    if method == "table" and head.rpartition(".")[2] in ("DB", "Capsule", "db", "connection", "Manager"):
        return (plain(first.args[0]) or "").split(" ")[0] if first.args else ""
    if first.last == "connection" and head == "DB":
        opened = next((call for call in chain.calls if call.last == "table" and call.args), None)
        return plain(opened.args[0]) if opened is not None else None
    if method not in STARTING:
        return _of_relation(chain, first)
    name = (_held_class(look, head) or head).rpartition(".")[2]
    if head in ("self", "static") and own:
        return table_of_class(next(iter(own)))
    if not name[:1].isupper() or name in FACADES or name.isupper():
        return _of_relation(chain, first)
    if name not in own and not (_is_model(look, _held_class(look, head) or head, chain) or head.startswith("App.")):
        return None
    return table_of_class(name)


def _held_class(look: Look, head: str) -> str:
    """The class that a property names: ``$this->model::where(...)`` of ``protected $model = User::class``."""
    holder, _, name = head.partition(".")
    if holder not in ("this", "self", "static") or not name or "." in name:
        return ""
    given = (item.value for item in look.module.assignments if item.target == name and item.owner != -1)
    named = next((dotted(value) for value in given if isinstance(value, Name)), "")
    return named.removesuffix(".class") if named.endswith(".class") else ""


def _is_model(look: Look, name: str, chain: Chain) -> bool:
    """Whether a class is a model as its import goes, or by a method that nothing but a model has."""
    origin = look.origin(name)
    if "Models" in origin.split(".") or "Model" in origin.split(".") or "Entities" in origin.split("."):
        return True
    if origin.startswith(("Illuminate", "Symfony", "Carbon", "Laravel", "Psr", "GuzzleHttp", "PHPUnit")):
        return False
    methods = set(chain.names)
    return (origin.startswith("App.") and origin.count(".") == 1) or bool(
        methods & words("findOrFail firstOrFail orderBy whereIn paginate firstOrCreate updateOrCreate where")
    )


def _of_relation(chain: Chain, first: Call) -> str | None:
    """``$user->posts()->where(...)->get()``, ``$query->where(...)->paginate()``: a chain of the builder's methods."""
    names = chain.names
    builder = sum(name in STARTING for name in names)
    if (
        builder >= 2
        and names[-1] in ENDING
        and "." in first.name
        and not first.name.startswith(("this.assert", "collect"))
    ):
        sure = words("where whereIn orderBy with paginate latest findOrFail firstOrFail attach detach sync whereHas")
        return "" if set(names) & sure else None
    if len(names) == 2 and names[1] in ("attach", "detach", "sync", "paginate", "createMany", "saveMany"):
        return ""
    return None


def _saved(look: Look, kept: Kept, chain: Chain) -> None:
    """``$post->save()`` of a variable that a model was made or found for."""
    call = chain.calls[0]
    if call.last not in SAVING or call.name.count(".") != 1 or len(chain.calls) > 1:
        return
    holder = call.name.partition(".")[0]
    made = look.value(next((item.value for item in look.assigned(holder, call.function)), None), call.function)
    if not isinstance(made, Call) or not made.new or made.name in FACADES or not _is_model(look, made.name, chain):
        return
    verb = "insert" if call.last in ("save", "saveOrFail", "push") else SAVING[call.last]
    statement = Statement(
        verb=verb,
        line=call.line,
        end_line=call.end_line,
        layer=LAYER,
        tables=(table_of_class(made.name),),
        in_loop=call.loops > 0,
        function=look.qualname(call.function),
    )
    keep_query(kept, look, statement, call)


ELOQUENT = Reader(name="Eloquent", languages=("PHP",), read=read_eloquent)
