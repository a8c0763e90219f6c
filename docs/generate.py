"""Writes docs/checks.md from the catalogue: ``python -m docs.generate``. A test holds that the page is fresh."""

from __future__ import annotations

import sys
import textwrap
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from reviewer.engine import catalogue
from reviewer.gather import registry
from reviewer.model.check import Check, LoadedCheck
from reviewer.report import words
from reviewer.report.explained import explained

PAGE = Path(__file__).with_name("checks.md")
WIDTH = 120
OURS = "checks."
"""Where this project's own checks live; those of installed packages are left out of its page."""

HEAD = """\
# The checks

Every check there is, as the reviewer itself knows it. `reviewer checks` lists them on the terminal and
`reviewer explain ID` says the same as this page. What the outcomes and levels mean:
[How to read your report](how-to-read-your-report.md). How to write one: [Add a check](add-a-check.md).

A check whose heading holds `{name}` is a family: it runs once for each of the names below it, with the name in its
place. This page is generated from the checks; write `python -m docs.generate` to make it anew."""

LEVEL_NAMES = ", ".join(f"{number} {name}" for number, name in enumerate(words.LEVELS) if number)


@dataclass(frozen=True)
class Entry:
    """One check, or one family of checks. ``names`` are the family's members."""

    id: str
    area: str
    check: Check
    names: tuple[str, ...]

    @property
    def skills(self) -> str:
        """What the check speaks for."""
        return ", ".join(self.check.skills) or "`{name}`"


def entries(loaded: Iterable[LoadedCheck]) -> list[Entry]:
    """The catalogue with every family folded into one entry, by area and id."""
    found: dict[str, Entry] = {}
    for item in loaded:
        module = item.run.__module__
        if not module.startswith(OURS):
            continue
        ident = item.id
        if item.subject is not None:
            head, _, tail = module.rpartition(".")[2].replace("_", "-").partition("-")
            ident = f"{head}-{{name}}-{tail}"
        names = (*found[ident].names, item.subject) if ident in found else (item.subject,)
        check: Check = sys.modules[module].CHECK
        found[ident] = Entry(ident, item.area, check, tuple(name for name in names if name))
    return sorted(found.values(), key=lambda entry: (entry.area, entry.id))


def page(loaded: Iterable[LoadedCheck]) -> str:
    """The whole of checks.md."""
    listed = entries(loaded)
    areas = list(dict.fromkeys(words.area(entry.area) for entry in listed))
    lines = [HEAD, "", *_wrapped(f"{words.count(len(listed), 'check')}, by area. Levels: {LEVEL_NAMES}."), ""]
    lines += [f"- [{area}](#{area.lower().replace(' ', '-')})" for area in areas]
    area = ""
    for entry in listed:
        if words.area(entry.area) != area:
            area = words.area(entry.area)
            lines += ["", f"## {area}"]
        lines += ["", *_entry(entry)]
    return "\n".join(lines) + "\n"


def _entry(entry: Entry) -> Iterator[str]:
    check = entry.check
    yield f"### {entry.id}"
    yield ""
    yield from _wrapped(f"**{_plain(check.title_shown)}.** Level {check.level}, for {entry.skills}.")
    if entry.names:
        yield ""
        yield from _wrapped(f"Runs for {', '.join(entry.names)}.")
    yield ""
    rows = explained(check, registry.read_for(check.needs))
    for row in rows:
        if not row.code:
            yield from _wrapped(f"- {row.heading}: {_plain(row.text)}", "  ")
    for link in check.links:
        yield f"- Learn more: <{link}>"
    for row in rows:
        if row.code:
            yield from ("", f"{row.heading}:", "", "```", *row.text.split("\n"), "```")


def _plain(text: str) -> str:
    """A text whose characters mean nothing to Markdown."""
    return text.replace("\\", "\\\\").replace("*", "\\*").replace("<", "\\<")


def _wrapped(text: str, indent: str = "") -> list[str]:
    return textwrap.wrap(text, WIDTH, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False)


if __name__ == "__main__":
    PAGE.write_text(page(catalogue()), "utf-8")
