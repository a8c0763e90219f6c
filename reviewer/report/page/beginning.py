"""What to begin with where no change of the reviewed code would show what lacks."""

from __future__ import annotations

from reviewer.model.document import Report
from reviewer.report import sanitise, words

NAMED = 3
"""Requirements that are named; the rest is counted."""


def beginning(report: Report) -> str:
    """Two sentences: which required skills lack, and what would show them; nothing where there is a next step."""
    lacks = [item for item in report.requirements if item.importance == "required" and item.state == "not_shown"]
    if report.next_steps or not lacks:
        return ""
    named = words.listed([sanitise.visible(item.title) for item in lacks[:NAMED]])
    rest = f", then {len(lacks) - NAMED} more" if len(lacks) > NAMED else ""
    return (
        f"No change of the reviewed code would show what lacks: {named}{rest}. "
        "A small project of its own would: begin with one endpoint and its test, and grow it from there."
    )
