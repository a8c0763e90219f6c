"""Do writes that belong together run in one transaction?"""

from __future__ import annotations

from reviewer.model.check import Check, Depth
from reviewer.model.facts.code import SignKind
from reviewer.model.facts.data import Statement
from reviewer.model.facts.repository import Code, Data
from reviewer.model.facts.values import At
from reviewer.model.finding import Effort, Verdict
from reviewer.model.verdict import LIKELY, count, evidence, not_applicable, not_shown, shown

WRITES = ("insert", "update", "delete", "merge")

CHECK = Check(
    title_shown="Writes that belong together run in one transaction",
    title_not_shown="Several writes without a transaction",
    looks_for="Functions that write several times, and transactions around them.",
    why="Half an order is worse than none: a fault between two writes must undo the first.",
    advice="Put the writes of one request into one transaction.",
    effort=Effort.HOURS,
    level=3,
    shown_when="Transactions are begun, committed or declared where code writes.",
    does_not_count="Autocommit around single statements.",
    limits="Transactions that a framework opens by itself are seen only where they are configured in code.",
    skills=("SQL",),
    needs=(Depth.DATA,),
)


def run(data: Data, code: Code) -> Verdict:
    """Functions with two or more writes against signs of a transaction."""
    marks = code.of(SignKind.TRANSACTION)
    if marks:
        return shown(f"Transactions in {count(len(marks), 'place')}.", evidence(marks[:4]))
    several = _several(data.statements)
    if not several:
        return not_applicable("No function writes more than once.")
    summary = f"{count(len(several), 'function')} write more than once without a transaction."
    return not_shown(summary, evidence(several, "writes more than once"), LIKELY, at=several[0].path)


def _several(statements: tuple[At[Statement], ...]) -> list[At[Statement]]:
    """The first write of each function that has two or more."""
    writes: dict[tuple[str, str], list[At[Statement]]] = {}
    for item in statements:
        if item.fact.verb in WRITES and item.fact.function and item.fact.layer != "cql":
            writes.setdefault((item.path, item.fact.function), []).append(item)
    return [items[0] for items in writes.values() if len(items) > 1]
