"""What the body of an exception handler does."""

from __future__ import annotations

from reviewer.gather.languages.node._walker import Walker
from reviewer.model.facts.code import CatchBody

PASSES_ON = frozenset({"next", "reject", "done", "cb", "callback", "rethrow"})
"""Calls that hand the error to whoever is responsible, as a throw does."""
LOGGERS = frozenset(
    {
        "console",
        "logger",
        "log",
        "logging",
        "winston",
        "pino",
        "bunyan",
        "signale",
        "debug",
        "Logger",
        "Sentry",
        "rollbar",
    }
)


def body_since(walker: Walker, calls: int, thrown: int, empty: bool, also: str = "") -> CatchBody:
    """What was done since a mark.

    Args:
        calls: how many calls there were before the body.
        thrown: how many throws there were before it.
        empty: whether the body holds no statement.
        also: the name of a function that is the body (``.catch(console.error)``).
    """
    if empty:
        return CatchBody.EMPTY
    names = [call.name for call in walker.calls[calls:]] + ([also] if also else [])
    if walker.thrown > thrown or any(name.rpartition(".")[2] in PASSES_ON for name in names):
        return CatchBody.RAISED
    if any(not LOGGERS.isdisjoint(name.split(".")) for name in names):
        return CatchBody.LOGGED
    return CatchBody.HANDLED
