"""The summary on the terminal: one screen, the answer first, the path last, in the words of the page."""

from __future__ import annotations

import io
import os
import sys
import textwrap

from reviewer.model.document import Report, RequirementPart
from reviewer.report import sanitise, words
from reviewer.report.page.anchors import Anchors
from reviewer.report.page.answer import answer
from reviewer.report.page.beginning import beginning
from reviewer.report.page.density import density
from reviewer.report.page.gaps import reviewed_of
from reviewer.report.page.ledger import Row, ledger
from reviewer.report.page.pieces import step_view
from reviewer.report.page.whose import whose

WIDTH, MOST_LINES = 80, 24
MET_LINES, STEPS, SKIPPED_NAMES, BEGINNING_LINES = 2, 3, 3, 3
STATE_WIDTH, NAME_WIDTH, PATH_LIMIT = 11, 20, 1000
HEAD_WIDTH = 50
REPORT = "Report: "
STYLES = {"not shown": "red", "partly": "yellow", "met": "green"}
"""Colours of the state words on a terminal; the words carry the meaning without them."""


def render_summary(report: Report, path: str, *, live: bool | None = None) -> str:
    """The summary, at most 24 lines of 80 columns, where ``path`` is the report's place.

    ``live`` says whether it goes to a terminal that takes colour; by default that is looked up. Everywhere else it is
    plain ASCII.
    """
    live = _is_live() if live is None else live
    last = _path_lines(sanitise.visible(path, PATH_LIMIT))
    lines = [_safe(line, ascii_only=not live) for line in _lines(report, MOST_LINES - len(last))]
    return _coloured(lines + last) if live else "\n".join(lines + last)


def _lines(report: Report, most: int) -> list[str]:
    """The ledger's rows take the room that the rest leaves."""
    found = answer(report)
    head = _wrapped(whose(report).replace("`", ""), 2) if report.subject.named else []
    head += textwrap.wrap(found.headline + ".", WIDTH)[:2]
    if found.warning:
        head += _wrapped(found.warning.replace("`", ""), 2)
    tail = _repositories(report)
    for sentence in reversed(found.after):
        tail = _wrapped(sentence.replace("`", ""), 2) + tail
    if found.counts:
        head += _wrapped(_readiness(report), 2)
        tail = _steps(report) + tail
        head += _ledger(report, most - len(head) - len(tail))
    return (head + tail)[:most]


def _readiness(report: Report) -> str:
    found = report.readiness
    untold = [_title(item) for item in report.requirements if item.state == "cannot_tell"]
    total = sanitise.visible(found.sum, 200).removesuffix(" required skills").replace(" · ", " x ")
    said = words.sentence(total if found.percent is None else f"Readiness {found.percent} % = {total}")
    return f"{said}  Cannot be judged from code: {', '.join(untold)}." if untold else said


def _title(item: RequirementPart) -> str:
    return sanitise.visible(item.title, 40)


def _ledger(report: Report, room: int) -> list[str]:
    reviewed = reviewed_of(report)
    rows = ledger(report.requirements, reviewed, density(len(reviewed)), Anchors())
    missing = [row for row in rows.rows if row.state in ("not_shown", "partly")]
    met = _met([_cut(row.title, 40) for row in [*rows.rows, *rows.folded] if row.state == "met"])
    room -= len(met)
    kept = missing if len(missing) <= room else missing[: max(room - 1, 0)]
    width = min(NAME_WIDTH, max((len(row.title) for row in kept), default=0))
    lines = [_missing(row, width) for row in kept]
    if len(kept) < len(missing):
        lines.append(f"  {'':{STATE_WIDTH}}and {len(missing) - len(kept)} more, in the report")
    return lines + met


def _missing(row: Row, width: int) -> str:
    """``  not shown  CI/CD    No step runs tests``."""
    said, place = row.short, row.repository
    if row.state == "not_shown":
        first = row.checks[0] if row.checks else None
        said = first.summary.split(";")[0].rstrip(".") if first else "nothing shows it"
        place = first.evidence[0].label if first and first.evidence else ""
    detail = (f"{said}, {place}" if place else said).replace("`", "")
    return _cut(f"  {row.word.lower():{STATE_WIDTH}}{_cut(row.title, width):{width}}  {detail}", WIDTH)


def _met(titles: list[str]) -> list[str]:
    if not titles:
        return []
    indent = " " * (2 + STATE_WIDTH)
    lines = textwrap.wrap(", ".join(titles), WIDTH - len(indent), break_long_words=False)
    kept = lines[:MET_LINES]
    if len(lines) > MET_LINES:
        kept[-1] = _cut(kept[-1], WIDTH - len(indent) - 4) + " ..."
    return [f"  {'met':{STATE_WIDTH}}{kept[0]}", *(indent + line for line in kept[1:])]


def _steps(report: Report) -> list[str]:
    if said := beginning(report):
        return _wrapped(said, BEGINNING_LINES)
    steps = [step_view(step) for step in report.next_steps[:STEPS]]
    lines = ["Do these first" if len(steps) > 1 else "Do this first"] if steps else []
    for number, step in enumerate(steps, 1):
        head, gain = step.head.replace("`", ""), step.gain.replace("→", "to")
        where = f"     {step.repository} {step.path}".rstrip()
        if len(head) <= HEAD_WIDTH:
            lines += [f"  {number}. {head:{HEAD_WIDTH}}  {step.effort:8}  {gain}".rstrip(), _cut(where, WIDTH)]
        else:
            lines += [_cut(f"  {number}. {head}", WIDTH), _cut(f"{where}  {step.effort}  {gain}".rstrip(), WIDTH)]
    return lines


def _repositories(report: Report) -> list[str]:
    total = len(report.repositories)
    skipped = [item for item in report.repositories if item.status != "reviewed"]
    said = f"{total - len(skipped)} of {words.count(total, 'repository', 'repositories')} reviewed."
    if skipped:
        names = [f"{_cut(item.name, 30)} ({_cut(item.reason or item.status, 40)})" for item in skipped[:SKIPPED_NAMES]]
        rest = f" and {len(skipped) - SKIPPED_NAMES} more" if len(skipped) > SKIPPED_NAMES else ""
        said += f" Not reviewed: {', '.join(names)}{rest}."
    return _wrapped(said, 2)


def _path_lines(path: str) -> list[str]:
    """The path, broken after a ``/`` where it is too long, never inside a name."""
    lines = [REPORT]
    for part in path.replace("/", "/\n").split("\n"):
        if len(lines[-1]) + len(part) > WIDTH and lines[-1].strip():
            lines.append(" " * len(REPORT))
        lines[-1] += part
    return lines


def _wrapped(text: str, most: int) -> list[str]:
    lines = textwrap.wrap(sanitise.visible(text, sanitise.PROSE_LIMIT), WIDTH, break_long_words=False)
    if len(lines) > most:
        lines = [*lines[: most - 1], _cut(" ".join(lines[most - 1 :]), WIDTH)]
    return [_cut(line, WIDTH) for line in lines]


def _cut(text: str, width: int) -> str:
    shown = sanitise.visible(text, 400)
    return shown if len(shown) <= width else shown[: max(0, width - 3)].rstrip() + "..."


def _safe(line: str, *, ascii_only: bool) -> str:
    shown = sanitise.terminal(line, ascii_only=ascii_only, limit=WIDTH + 40)
    return shown if len(shown) <= WIDTH else shown[: WIDTH - 3] + "..."


def _is_live() -> bool:
    stream = sys.stdout
    plain = os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb"
    utf8 = (getattr(stream, "encoding", None) or "").lower().replace("-", "") == "utf8"
    return stream.isatty() and utf8 and not plain


def _coloured(lines: list[str]) -> str:
    from rich.console import Console
    from rich.text import Text

    console = Console(file=io.StringIO(), force_terminal=True, width=max(WIDTH, *map(len, lines)), highlight=False)
    with console.capture() as capture:
        for number, line in enumerate(lines):
            text = Text(line, style="bold" if number == 0 else "", no_wrap=True)
            for word, style in STYLES.items():
                if line.startswith(f"  {word} "):
                    text.stylize(style, 2, 2 + len(word))
            console.print(text, soft_wrap=True)
    return capture.get().rstrip("\n")
