"""The Django ORM: models, querysets and migrations."""

from __future__ import annotations

import re

import msgspec

from reviewer.gather.data.names import data_use
from reviewer.gather.data.orm._chains import Chain, Words, chains, continued, keep_query, query
from reviewer.gather.data.orm._conditions import filters_of
from reviewer.gather.data.orm.python._django_models import model_tables
from reviewer.gather.data.queries import add_sign
from reviewer.gather.expressions import inside, last
from reviewer.gather.look import LINE_LIMIT, Look, look_at, words
from reviewer.gather.reader import Kept, Reader
from reviewer.gather.syntax import Attribute, Call, Module, Name
from reviewer.model.facts.code import SignKind
from reviewer.model.facts.data import Feature, How, MigrationStep, Statement

LAYER = "Django ORM"
MIGRATIONS = "Django migrations"
MANAGER = re.compile(r"(?:^|\.)(?:[A-Z]\w*|cls|model|\w+_model|model_class|self)\.objects\b")
"""The manager of a model, as files without an import of Django ask it; ``app.objects`` is somebody else's."""
STEP, TORTOISE_STEP = "migrations.Migration", "tortoise.migrations.Migration"
"""The base of a migration step, and that of another library which writes its steps alike."""

OTHERS = ("mongoengine", "flask_mongoengine", "flask", "fastapi", "bottle", "tornado", "beanie", "sqlalchemy")
"""Packages in whose company ``objects`` is somebody else's."""

WORDS = Words(
    features={
        "aggregate": Feature.AGGREGATE,
        "count": Feature.AGGREGATE,
        **dict.fromkeys(("first", "Paginator", "paginate_queryset", "paginate", "paginate_query"), Feature.LIMIT),
        "order_by": Feature.ORDER,
        "select_for_update": Feature.LOCK,
    },
    verbs={
        "create": "insert",
        "bulk_create": "insert",
        "get_or_create": "insert",
        "update_or_create": "update",
        "update": "update",
        "bulk_update": "update",
        "delete": "delete",
    },
    filtering=words("filter exclude get get_or_create update_or_create order_by aget afilter values values_list"),
    one=words("get first last count exists aggregate earliest latest aget afirst get_or_create update_or_create"),
    all=words("all filter exclude values values_list order_by"),
    eager=words("select_related prefetch_related"),
)
LOOKUPS = words(
    "exact iexact contains icontains in gt gte lt lte startswith istartswith endswith iendswith range date year"
    " month day isnull regex iregex week hour minute second time overlap has_key"
)
"""The last parts of lookups that compare, and follow no relation."""

ANNOTATING = words("annotate alias")
COMPUTING = ANNOTATING | {"aggregate"}
AGGREGATES = words(
    "Count Sum Avg Min Max StdDev Variance ArrayAgg StringAgg JSONBAgg JSONObjectAgg BoolAnd BoolOr GroupConcat"
)
SUBQUERIES = words("Subquery Exists ArraySubquery")
WINDOW = "Window"
PAGING = words("Paginator paginate_queryset paginate get_page paginate_query get_paginated_response")
HOPS = 20
"""Calls that hang on one another between a variable's value and its model."""
SHORTCUTS = words("get_queryset get_object_or_404 get_list_or_404")
NARROWING = words("get_object_or_404 aget_object_or_404 Prefetch")
"""What takes a queryset and reads one row of it, or those that belong to rows read elsewhere."""
RELATED = words("all count exists first last filter")


KNOWN = (
    WORDS.filtering
    | WORDS.one
    | WORDS.all
    | WORDS.eager
    | COMPUTING
    | frozenset(WORDS.features)
    | frozenset(WORDS.verbs)
    | words("none raw in_bulk iterator using only defer distinct union reverse dates datetimes extra")
)
"""Methods of Django's own managers: what others filter by, only the project knows."""


def read_django_orm(module: Module, kept: Kept) -> None:
    """Keeps models, querysets, migration steps and the use of the Django ORM."""
    look = look_at(module)
    if _read_migration(look, kept) or look.imports(*OTHERS):
        return
    tables = list(model_tables(look))
    kept.tables.extend(tables)
    first = len(kept.statements)
    asked = _is_django(look) or any(MANAGER.search(call.name[:LINE_LIMIT]) for call in module.calls)
    handed = _handed_on(module) if asked else frozenset()
    for chain in continued(look, chains(look), WORDS.one, PAGING) if asked else ():
        if "none" not in chain.names:
            _read_chain(chain, look, kept, handed)
    if len(kept.statements) > first:
        kept.data.append(data_use(LAYER, How.QUERIED, kept.statements[first].line))
    elif tables:
        kept.data.append(data_use(LAYER, How.CONFIGURED, tables[0].line))


def _read_migration(look: Look, kept: Kept) -> bool:
    """One step: a class ``Migration`` that derives from ``migrations.Migration``."""
    for item in look.module.classes:
        names = [getattr(base, "dotted", "") for base in item.bases]
        origins = [look.origin(name) for name in names]
        if item.name == "Migration" and any(name != TORTOISE_STEP and name.endswith(STEP) for name in origins):
            kept.migration = MigrationStep(tool=MIGRATIONS, line=item.line)
            kept.data.append(data_use(LAYER, How.CONFIGURED, item.line, MIGRATIONS))
            return True
    return False


def _handed_on(module: Module) -> frozenset[int]:
    """Querysets that are given to what narrows them: ``get_object_or_404(queryset, pk=1)``, ``Prefetch(...)``."""
    calls = (call for call in module.calls if call.last in NARROWING)
    return frozenset(id(given) for call in calls for given in (*call.args[:2], *call.keywords.values()))


def _read_chain(chain: Chain, look: Look, kept: Kept, handed: frozenset[int]) -> None:
    root, outer = chain.root, chain.outer
    parts = root.split(".")
    if "objects" in parts[1:-1]:
        model = parts[parts.index("objects", 1) - 1]
        made = _statement(chain, look, () if model in ("self", "cls") else (model,))
        if id(outer) in handed or any(call.last in COMPUTING for call in chain.later):
            made = msgspec.structs.replace(made, many=False)
        if chain.calls[0].last not in KNOWN:
            made = msgspec.structs.replace(made, understood=False)
        keep_query(kept, look, made, outer)
    elif parts[-1] in SHORTCUTS and _is_django(look):
        _read_shortcut(chain, look, kept)
    elif len(parts) == 2 and COMPUTING & set(chain.names) and (model := _model_of(look, parts[0], outer.function)):
        keep_query(kept, look, _statement(chain, look, (model,)), outer)
    elif _is_lazy_relation(chain, look):
        add_sign(kept, look, SignKind.QUERY_IN_LOOP, outer, root)


def _model_of(look: Look, variable: str, function: int) -> str:
    """The model behind a variable that a query goes on from: ``orders = Order.objects.filter(...)``."""
    value = look.value(Name(variable, 0), function)
    for _ in range(HOPS):
        if not isinstance(value, Call):
            return ""
        parts = value.name.split(".")
        if "objects" in parts[1:]:
            return parts[parts.index("objects", 1) - 1]
        below = value.callee
        value = below.value if isinstance(below, Attribute) else None
    return ""


def _statement(chain: Chain, look: Look, tables: tuple[str, ...]) -> Statement:
    found = query(chain, look, WORDS, LAYER, tables)
    features = set(found.features) | _computed(chain)
    if any("__" in key for key in _keys(chain)):
        features.add(Feature.JOIN)
    return msgspec.structs.replace(found, features=tuple(sorted(features)))


def _computed(chain: Chain) -> set[Feature]:
    """What the expressions of a chain add: an aggregate in ``annotate`` groups, by row or by the ``values`` before."""
    found: set[Feature] = set()
    for call in chain.calls:
        for given in (*call.args, *call.keywords.values()):
            named = {item.last for item in inside(given) if isinstance(item, Call)}
            if named & SUBQUERIES:
                found.add(Feature.SUBQUERY)
            elif WINDOW in named:
                found.add(Feature.WINDOW)
            elif call.last in ANNOTATING and named & AGGREGATES:
                found |= {Feature.AGGREGATE, Feature.GROUP}
    return found


def _keys(chain: Chain) -> list[str]:
    """The lookups that follow a relation: ``author__name``, but not ``age__gte``."""
    keys = [key for call in chain.calls if call.last in WORDS.filtering for key in call.keywords]
    return [key for key in keys if last(key.replace("__", ".")) not in LOOKUPS]


def _read_shortcut(chain: Chain, look: Look, kept: Kept) -> None:
    call = chain.calls[0]
    if call.last == "get_queryset":
        if len(chain.calls) > 1:
            keep_query(kept, look, _statement(chain, look, ()), chain.outer)
        return
    model = last(getattr(call.args[0], "dotted", "")) if call.args else ""
    statement = Statement(
        verb="select",
        line=call.line,
        end_line=call.end_line,
        layer=LAYER,
        tables=(model,) if model[:1].isupper() else (),
        filters=filters_of((_as_get(call),), model),
        bound=True,
        in_loop=call.loops > 0,
        many=call.last == "get_list_or_404",
        function=look.qualname(call.function),
    )
    keep_query(kept, look, statement, call)


def _as_get(call: Call) -> Call:
    return Call(Name("get", call.line), (), call.keywords, call.line, call.end_line)


def _is_django(look: Look) -> bool:
    return look.imports("django", "rest_framework")


def _is_lazy_relation(chain: Chain, look: Look) -> bool:
    """``for post in posts: post.comments.all()``: a relation of the row, read once per turn."""
    parts = chain.root.split(".")
    call = chain.calls[0]
    if len(parts) != 3 or parts[-1] not in RELATED or not call.loops or not parts[0].islower():
        return False
    rows = look.assigned(parts[0], call.function)
    return any(getattr(item.value, "kind", "") == "iterated" for item in rows) and _is_django(look)


DJANGO_ORM = Reader(name="Django ORM", languages=("Python",), read=read_django_orm)
