"""What the body of an exception handler does, for Java and Kotlin alike."""

from __future__ import annotations

from collections.abc import Iterable

from reviewer.model.facts.code import CatchBody

LOGGERS = frozenset({"log", "logger", "LOG", "LOGGER", "Log", "Logger", "KotlinLogging", "Timber", "Sentry"})
SHOWN = frozenset({"printStackTrace", "println", "print", "printf"})
PASSES_ON = frozenset({"completeExceptionally", "rethrow", "sneakyThrow"})
"""Calls that hand the error to whoever is responsible, as a throw does."""


def body_of(names: Iterable[str], thrown: bool, empty: bool) -> CatchBody:
    """What a handler does.

    Args:
        names: of the calls in it, with dots.
        thrown: whether it throws.
        empty: whether it holds no statement.
    """
    if empty:
        return CatchBody.EMPTY
    parts = [name.split(".") for name in names]
    if thrown or any(part[-1] in PASSES_ON for part in parts):
        return CatchBody.RAISED
    if any(part[-1] in SHOWN or not LOGGERS.isdisjoint(part) for part in parts):
        return CatchBody.LOGGED
    return CatchBody.HANDLED
