"""Writes docs/precision.md from the judged samples: ``python -m bench.precision_page``. A test holds it fresh."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from bench.judged import Counted, Sampled, by_check, read_samples, unclear
from bench.records import LABELS

FOLDER = LABELS / "precision"
PRAISE = LABELS / "praise"
PAGE = Path(__file__).parents[1] / "docs" / "precision.md"
ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth")

HEAD = """\
# Are the faults that are named faults?

A finding that says *not shown* or *partly* tells somebody that something lacks. Samples of such findings were drawn by
seed, half from the corpus and half from repositories that nothing had been tuned to. A reader opened the code behind
each, searched the repository for what would refute it, and wrote down *right* or *wrong* with a reason. A finding is
wrong as well where one place that it shows is no fault, where a number is wrong that it hangs on, or where it is too
kind. The lists with every reason are in `bench/labels/precision`; `python -m bench.precision` draws and counts.

Each list was judged before anything that it speaks of was changed, so the figures are first passes. Everything wrong in
one sample was mended, by its kind and in every language, before the next was drawn. The readers of all samples are of
one team; whether a hiring engineer would judge alike is not measured.

Of one check the first five samples hold at most five findings, the later ones at most eight: what a report tells often
weighs more in them, and rare checks less. Their figures are no strict line of progress for that reason.
"""
PRAISE_HEAD = """\
## And is what is praised there?

A finding that says *shown* is one that an employer will rely on. Samples of these were drawn and judged in the same
way: wrong is what does not show what its sentence says, and a place that is something else.
"""
CELLS = "Each cell gives the sample, then how many of it were right and how many wrong."


def page(samples: Mapping[str, Sequence[Sampled]], praise: Mapping[str, Sequence[Sampled]]) -> str:
    """The whole page.

    Args:
        samples: the judged lists of faults by name, in the order in which they were drawn.
        praise: the judged lists of what is shown.
    """
    lines = [HEAD, "## In all", "", *_totals(samples), "", "## By check", "", *_by_check(samples)]
    if praise:
        lines += ["", PRAISE_HEAD, *_totals(praise), "", *_by_check(praise)]
    return "\n".join(lines) + "\n"


def _totals(samples: Mapping[str, Sequence[Sampled]]) -> list[str]:
    lines = ["| sample | findings | checks | repositories | right | wrong | precision |"]
    lines.append("| --- | ---: | ---: | ---: | ---: | ---: | ---: |")
    return lines + [_row(name, items) for name, items in zip(ORDINALS, samples.values(), strict=False)]


def _by_check(samples: Mapping[str, Sequence[Sampled]]) -> list[str]:
    lines = [CELLS, "", _heading(len(samples)), f"| --- {'| ---: ' * len(samples)}|"]
    counts = [by_check(items) for items in samples.values()]
    names = sorted({name for found in counts for name in found})
    return lines + [f"| {name} {''.join(_cells(found.get(name)) for found in counts)}|" for name in names]


def _row(name: str, items: Sequence[Sampled]) -> str:
    total = Counted.of(items)
    repositories = len({item.repository for item in items})
    counts = f"{total.sample} | {len(by_check(items))} | {repositories} | {total.right} | {total.wrong}"
    return f"| {name} | {counts} | {total.precision:.3f} |"


def _heading(number: int) -> str:
    return f"| check {''.join(f'| {name} ' for name in ORDINALS[:number])}|"


def _cells(found: Counted | None) -> str:
    return f"| {found.sample}: {found.right}, {found.wrong} " if found else "| "


def judged_samples(folder: Path = FOLDER) -> dict[str, list[Sampled]]:
    """The lists of one folder, by their file's name; one that is drawn and not yet judged is left out."""
    found = {file.stem: read_samples(file) for file in sorted(folder.glob("*.yaml"))}
    return {name: samples for name, samples in found.items() if not unclear(samples)}


if __name__ == "__main__":
    PAGE.write_text(page(judged_samples(), judged_samples(PRAISE)), "utf-8")
