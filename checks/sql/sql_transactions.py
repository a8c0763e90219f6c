"""Do writes that belong together run in one transaction?"""

from __future__ import annotations

from checks.sql._application import key_of, once
from reviewer.model.check import Check, Depth
from reviewer.model.facts.code import Function, SignKind
from reviewer.model.facts.data import Statement
from reviewer.model.facts.repository import Code, Data
from reviewer.model.facts.values import At
from reviewer.model.finding import Effort, Verdict
from reviewer.model.verdict import LIKELY, count, evidence, not_applicable, not_shown, shown

WRITES = ("insert", "update", "delete", "merge")
ENDS = ("commit", "rollback", "end")
"""Signs that end a transaction which a driver or session opened by itself: they hold one write as often as several."""

CHECK = Check(
    title_shown="Writes that belong together run in one transaction",
    title_not_shown="Several writes without a transaction",
    looks_for="Functions that write several times, and transactions around them.",
    why="Half an order is worse than none: a fault between two writes must undo the first.",
    advice="Put the writes of one request into one transaction.",
    effort=Effort.HOURS,
    level=3,
    shown_when="A function writes several times under one commit, or transactions are opened or declared.",
    does_not_count="A commit after a single write; one row written either way (update or insert); seeds and scripts.",
    computed="Functions that write to two tables or more in parsed statements, against transactions opened or declared "
    "anywhere in the server code (begin, atomic, @Transactional, SaveChanges and the like), or set for every request "
    "or command (ATOMIC_REQUESTS of Django, doctrine_transaction of Symfony).",
    limits="Transactions that a framework opens by itself are seen only where they are configured in code; writes in "
    "functions that one function calls are not added up.",
    links=("https://www.postgresql.org/docs/current/tutorial-transactions.html",),
    skills=("SQL",),
    needs=(Depth.DATA,),
    before="insert_order(order)\ninsert_lines(order.lines)",
    pattern="with db.transaction():\n    insert_order(order)\n    insert_lines(order.lines)",
)


def run(data: Data, code: Code) -> Verdict:
    """Functions with two or more writes against signs of a transaction."""
    if not data.statements:
        return not_applicable("No statement against a relational database.")
    marks = code.of(SignKind.TRANSACTION)
    opened = [item for item in marks if item.fact.detail.rpartition(".")[2].lower() not in ENDS]
    if opened:
        return shown(f"Transactions opened in {count(len(opened), 'place')}.", evidence(opened[:4]))
    several = _several(data.statements, code)
    if several and marks:
        said = f"{count(len(several), 'function')} with more than one write; {count(len(marks), 'commit')}."
        return shown(said, evidence([*marks[:3], *several[:1]]), LIKELY)
    if not several:
        return not_applicable("No function writes to more than one table.")
    first = f"{several[0].path}:{several[0].fact.line}"
    return not_shown(
        f"{count(len(several), 'function')} with writes to several tables, without a transaction.",
        evidence(several, "writes more than once"),
        LIKELY,
        advice=f"Put the writes of one request into one transaction; start with {first}.",
        at=several[0].path,
    )


def _several(statements: tuple[At[Statement], ...], code: Code) -> list[At[Statement]]:
    """The first write of each function that writes to two tables or more; the same row updated or inserted is one."""
    spans: dict[tuple[str, str], list[Function]] = {}
    for each in code.functions:
        spans.setdefault((each.path, each.fact.qualname), []).append(each.fact)
    writes: dict[tuple[str, str, int], list[At[Statement]]] = {}
    exits: dict[tuple[str, str, int], tuple[tuple[int, int], ...]] = {}
    documents = {key_of(item.fact.detail) for item in code.of(SignKind.NOSQL_SCHEMA)}
    for item in statements:
        fact = item.fact
        if documents and any(key_of(name) in documents for name in fact.tables[:1]):
            continue
        if fact.verb in WRITES and fact.function and fact.layer != "cql" and not once(item.path, fact.function):
            around = [one for one in spans.get((item.path, fact.function), ()) if one.line <= fact.line <= one.end_line]
            inner = max(around, key=lambda one: one.line, default=None)
            place = (item.path, fact.function, inner.line if inner else 0)
            writes.setdefault(place, []).append(item)
            exits[place] = inner.exits if inner else ()
    ordered = {place: sorted(items, key=lambda item: item.fact.line) for place, items in writes.items()}
    return [items[0] for place, items in ordered.items() if _on_one_way(items, exits[place])]


def _on_one_way(writes: list[At[Statement]], exits: tuple[tuple[int, int], ...]) -> bool:
    """Whether writes to two tables run one after the other: none stands behind a branch that left with the other."""
    return any(
        set(one.fact.tables[:1]) != set(other.fact.tables[:1])
        and not any(first <= one.fact.line <= last < other.fact.line for first, last in exits)
        for place, one in enumerate(writes)
        for other in writes[place + 1 :]
        if one.fact.tables and other.fact.tables
    )
