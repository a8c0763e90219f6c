"""What the body of an exception handler does."""

from __future__ import annotations

from reviewer.gather.languages.php._walker import Walker
from reviewer.model.facts.code import CatchBody

PASSES_ON = frozenset({"abort", "abort_if", "rethrow", "reject", "trigger_error", "wp_die"})
"""Calls that hand the error to whoever is responsible, as a throw does."""
LOGGERS = frozenset(
    """
    log logger Log Logger error_log syslog report Sentry captureException debug_log log_message writeLog Analog
    Bugsnag Rollbar monolog watchdog watchdog_exception _logger
    """.split()
)


def body_since(walker: Walker, calls: int, thrown: int, empty: bool) -> CatchBody:
    """What was done since a mark.

    Args:
        calls: how many calls there were before the body.
        thrown: how many throws there were before it.
        empty: whether the body holds no statement.
    """
    if empty:
        return CatchBody.EMPTY
    names = [call.name for call in walker.calls[calls:]]
    if walker.thrown > thrown or any(name.rpartition(".")[2] in PASSES_ON for name in names):
        return CatchBody.RAISED
    if any(not LOGGERS.isdisjoint(name.split(".")) for name in names):
        return CatchBody.LOGGED
    return CatchBody.HANDLED
