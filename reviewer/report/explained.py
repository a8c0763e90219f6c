"""A check explained: the same rows on the terminal and on the page of checks."""

from __future__ import annotations

from collections.abc import Sequence

from reviewer.model.base import Noun
from reviewer.model.check import Check

EVERY_LANGUAGE = "Any; it does not depend on the language."


class Row(Noun):
    """A heading and what stands below it; ``code`` is kept line by line."""

    heading: str
    text: str
    code: bool = False


def explained(check: Check, languages: Sequence[str]) -> list[Row]:
    """What a check says of itself, in reading order, without what it leaves out.

    Args:
        check: any.
        languages: those that are read deep enough for it, by name.
    """
    rows = [
        Row(heading="Looks for", text=check.looks_for),
        Row(heading="Why employers care", text=check.why),
        Row(heading="Shown when", text=check.shown_when),
        Row(heading="Does not count", text=check.does_not_count),
        Row(heading="How it is computed", text=check.computed),
        Row(heading="Languages", text=_languages(check, languages)),
        Row(heading="Known limits", text=check.limits),
        Row(heading="Next step", text=f"{check.advice} ({check.effort})"),
        Row(heading="Before", text=check.before.strip("\n"), code=True),
        Row(heading="After", text=check.pattern.strip("\n"), code=True),
    ]
    return [row for row in rows if row.text]


def _languages(check: Check, languages: Sequence[str]) -> str:
    if not check.needs:
        return EVERY_LANGUAGE
    needed = ", ".join(check.needs).replace("data", "database use")
    return f"{', '.join(sorted(set(languages)))} (of which {needed} are read); in others it is not judged."
