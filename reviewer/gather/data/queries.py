"""What the readers of statements in code share: places, signs and the loop around a call."""

from __future__ import annotations

from reviewer.gather.look import Look
from reviewer.gather.reader import Kept
from reviewer.gather.syntax import Call
from reviewer.model.facts.code import Sign, SignKind
from reviewer.model.facts.data import Statement

DATA_VERBS = frozenset({"select", "insert", "update", "delete", "merge", "replace", "upsert"})
ECMA_LANGUAGES = ("JavaScript", "TypeScript")


def add_sign(kept: Kept, look: Look, kind: SignKind, call: Call, detail: str) -> None:
    """Keeps a sign on the lines of a call."""
    kept.signs.append(
        Sign(kind=kind, line=call.line, end_line=call.end_line, detail=detail, function=look.qualname(call.function))
    )


def add_statement(kept: Kept, look: Look, statement: Statement, call: Call) -> None:
    """Keeps a statement that a call sends, with the sign of a query that is sent once per turn of a loop."""
    kept.statements.append(statement)
    if statement.in_loop and statement.verb in DATA_VERBS:
        add_sign(kept, look, SignKind.QUERY_IN_LOOP, call, call.name.lstrip("."))
