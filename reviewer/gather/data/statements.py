"""A parsed SQL statement to the facts that are kept of it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from sqlglot import exp

from reviewer.gather.look import words
from reviewer.model.facts.data import Feature

VERBS: tuple[tuple[type, str], ...] = (
    (exp.Select, "select"),
    (exp.SetOperation, "select"),
    (exp.Insert, "insert"),
    (exp.Update, "update"),
    (exp.Delete, "delete"),
    (exp.Merge, "merge"),
    (exp.Create, "create"),
    (exp.Alter, "alter"),
    (exp.Drop, "drop"),
    (exp.TruncateTable, "truncate"),
    (exp.Use, "use"),
    (exp.Set, "set"),
    (exp.Transaction, "begin"),
    (exp.Commit, "commit"),
    (exp.Rollback, "rollback"),
)
FEATURES: tuple[tuple[type, Feature], ...] = (
    (exp.Join, Feature.JOIN),
    (exp.Group, Feature.GROUP),
    (exp.AggFunc, Feature.AGGREGATE),
    (exp.CTE, Feature.CTE),
    (exp.Window, Feature.WINDOW),
    (exp.Limit, Feature.LIMIT),
    (exp.Fetch, Feature.LIMIT),
    (exp.Order, Feature.ORDER),
    (exp.Lock, Feature.LOCK),
)
SQL_VERBS = words(
    "select insert update delete create alter drop with merge replace truncate begin start commit rollback"
    " savepoint set use grant revoke exec execute call show explain describe desc pragma print declare if while"
    " vacuum analyze lock unlock comment do copy values refresh go flush rename reindex return raiserror throw end"
    " deny attach detach load optimize cluster prepare deallocate open fetch close source waitfor"
    " flashback purge bulk backup restore dbcc checkpoint audit noaudit handler signal kill install uninstall reset"
)
QUIET_VERBS = SQL_VERBS - words("select insert update delete create alter merge with")
"""Statements of which the verb is all that is wanted: not parsing them is no gap."""

UNKEPT_VERBS = QUIET_VERBS - words("drop truncate replace call exec execute grant revoke copy")
"""Settings and tools of the shell: no statements about data."""

CATALOGUE_VERBS = frozenset({"describe", "desc", "show", "explain"})
"""Of these the ones that ask the catalogue: kept only where something gets into them from outside."""

TRANSACTION_VERBS = frozenset({"begin", "start", "rollback", "savepoint"})

CLAUSES = (exp.Where, exp.Join, exp.Order)
"""The clauses whose columns are filters."""

RELATIONS = ("TABLE", "VIEW", "MATERIALIZED VIEW", None)
BOUND = (exp.Placeholder, exp.Parameter, exp.SessionParameter)
TRIGGER_ROWS = frozenset({"new", "old", "parent"})
LOCK_HINTS = frozenset({"UPDLOCK", "HOLDLOCK", "XLOCK", "SERIALIZABLE"})
FILTER_LIMIT = 24
TABLE_LIMIT = 24
FIRST_WORD = re.compile(r"\(*\s*([A-Za-z]+)")


@dataclass(frozen=True, slots=True)
class Parts:
    """What a statement does.

    ``verb`` is ``""`` where only its first word tells that. ``many`` is False where it can only give one row, None
    where that depends on the data.
    """

    verb: str
    tables: tuple[str, ...] = ()
    filters: tuple[str, ...] = ()
    features: tuple[Feature, ...] = ()
    bound: bool | None = None
    many: bool | None = None


def first_word(text: str) -> str:
    """The verb of a statement that was not parsed, in lower case; ``""`` where it begins with no word."""
    found = FIRST_WORD.match(text)
    return found[1].lower() if found else ""


def parts_of(tree: exp.Expression) -> Parts:
    """The verb, tables, filters and features of a statement."""
    nodes = [node for node in tree.walk() if isinstance(node, exp.Expression)]
    aliases = _aliases(nodes)
    tables = tuple(dict.fromkeys(aliases.values()))[:TABLE_LIMIT]
    features = _features(tree, nodes)
    verb = _verb(tree)
    one = verb == "select" and Feature.AGGREGATE in features and not {Feature.GROUP, Feature.WINDOW} & set(features)
    return Parts(
        verb=verb,
        tables=tables,
        filters=_filters(nodes, aliases, tables[0] if len(tables) == 1 else ""),
        features=features,
        bound=True if any(isinstance(node, BOUND) for node in nodes) else None,
        many=False if one or _limit_one(tree) else None,
    )


def awaits_values(tree: exp.Expression, routine: bool) -> bool:
    """Whether a statement of a file has places that somebody else fills: ``?``, ``:id``, ``$1``.

    In a routine so are its parameters (``@id``), which in a script are variables of its own. The rows of a trigger
    (``:new.id``) are none.
    """
    for node in tree.find_all(exp.Placeholder, exp.Parameter):
        if isinstance(node, exp.Placeholder) and str(node.name).lower() not in TRIGGER_ROWS:
            return True
        if isinstance(node, exp.Parameter) and (routine or isinstance(node.this, exp.Literal)):
            return True
    return False


def _verb(tree: exp.Expression) -> str:
    if isinstance(tree, exp.Subquery):
        return "select"
    for kind, verb in VERBS:
        if isinstance(tree, kind):
            return verb
    return str(tree.key) if str(tree.key) in SQL_VERBS else ""


def _aliases(nodes: list[exp.Expression]) -> dict[str, str]:
    """Every table by the names it goes by in this statement; common table expressions are no tables."""
    own = {node.alias.lower() for node in nodes if isinstance(node, exp.CTE)}
    found: dict[str, str] = {}
    for node in nodes:
        if isinstance(node, exp.Table) and node.name and not isinstance(node.parent, exp.Opclass):
            if node.name.lower() in own:
                continue
            if (
                isinstance(node.parent, exp.Create | exp.Drop | exp.Alter)
                and node.parent.args.get("kind") not in RELATIONS
            ):
                continue
            found.setdefault((node.alias or node.name).lower(), node.name)
    return found


def _features(tree: exp.Expression, nodes: list[exp.Expression]) -> tuple[Feature, ...]:
    found: set[Feature] = set()
    for node in nodes:
        if not isinstance(node.parent, exp.Window):
            found.update(feature for kind, feature in FEATURES if isinstance(node, kind))
        if isinstance(node, exp.Star) and _selected(node):
            found.add(Feature.STAR)
        elif isinstance(node, exp.WithTableHint) and any(hint.name.upper() in LOCK_HINTS for hint in node.expressions):
            found.add(Feature.LOCK)
        elif isinstance(node, exp.Select) and node is not tree and _is_subquery(node):
            found.add(Feature.SUBQUERY)
    return tuple(sorted(found))


def _selected(star: exp.Expression) -> bool:
    """Whether a star stands for columns that are sent: those of EXISTS and of queries in a query are not."""
    above = star.parent.parent if isinstance(star.parent, exp.Column) else star.parent
    return isinstance(above, exp.Select) and above.find_ancestor(exp.Select, exp.Exists) is None


def _is_subquery(node: exp.Expression) -> bool:
    above = node.parent
    while isinstance(above, exp.SetOperation):
        above = above.parent
    return above is not None and not isinstance(above, exp.CTE | exp.Insert | exp.Create)


def _filters(nodes: list[exp.Expression], aliases: dict[str, str], only: str) -> tuple[str, ...]:
    found: dict[str, None] = {}
    computed = {node.alias.lower() for node in nodes if isinstance(node, exp.Alias)}
    for clause in nodes:
        if not isinstance(clause, CLAUSES) or isinstance(clause.parent, exp.Window):
            continue
        for column in _columns(clause):
            if not column.table and column.name.lower() in computed:
                continue
            table = aliases.get(column.table.lower(), "") if column.table else only
            found[f"{table}.{column.name}" if table else column.name] = None
    return tuple(found)[:FILTER_LIMIT]


def _columns(clause: exp.Expression) -> list[exp.Column]:
    """The columns of a clause without those of queries inside it; ``using (a)`` names columns too."""
    roots = [clause]
    if isinstance(clause, exp.Join):
        used = [exp.column(item.name) for item in clause.args.get("using") or () if item.name]
        condition = clause.args.get("on")
        return used + (_columns(condition) if isinstance(condition, exp.Expression) else [])
    found: list[exp.Column] = []
    while roots:
        node = roots.pop()
        if isinstance(node, exp.Column):
            found.append(node)
        elif not isinstance(node, exp.Query):
            roots.extend(reversed(list(node.iter_expressions())))
    return found


def _limit_one(tree: exp.Expression) -> bool:
    limit = tree.args.get("limit")
    return (
        isinstance(limit, exp.Limit | exp.Fetch) and str(limit.args.get("expression") or limit.args.get("count")) == "1"
    )
