"""What big part was not read: said before the numbers are believed."""

from __future__ import annotations

from reviewer.model.document import Report, RepositoryPart
from reviewer.report import sanitise, words

BIG_SHARE = 0.2
"""Share of the lines in languages that are not read in depth, from which the first screen says so."""
UNREACHED = frozenset({"past the limit on files", "absent"})
"""Reasons for leaving files out that are no judgement of the files."""
NAMES = 5


def warnings(report: Report) -> list[str]:
    """What big part was not read, each in a sentence; said before the numbers."""
    return [*_failed(report), *_unread(report), *_unreached(report), *_out_of_time(report)]


def reviewed_of(report: Report) -> list[RepositoryPart]:
    """The reviewed repositories, the strongest first."""
    found = [item for item in report.repositories if item.status == "reviewed"]
    return sorted(found, key=lambda item: (-(item.strength or 0), item.name))


def _failed(report: Report) -> list[str]:
    names = [f"`{plain(item.name)}`" for item in report.repositories if item.status == "failed"]
    if not names:
        return []
    told = words.listed(names) if len(names) <= NAMES else words.count(len(names), "repository", "repositories")
    return [f"{told} could not be read."]


def _unread(report: Report) -> list[str]:
    reviewed = reviewed_of(report)
    unread = sum(item.unread_lines for item in reviewed)
    read = sum(part.lines for item in reviewed for part in item.languages if part.read)
    if not unread or unread < BIG_SHARE * (unread + read):
        return []
    names = sorted({sanitise.visible(name) for item in reviewed for name in item.unread})[:NAMES]
    verb = "is" if len(names) == 1 else "are"
    return [f"{words.listed(names)} {verb} not read in depth: {unread:,} of {unread + read:,} lines."]


def _unreached(report: Report) -> list[str]:
    found: list[str] = []
    for item in reviewed_of(report):
        missed = sum(part.files for part in item.excluded if part.reason in UNREACHED)
        read = sum(part.files for part in item.languages)
        if missed and missed >= read:
            found.append(f"{words.count(missed, 'file')} of `{plain(item.name)}` could not be read.")
    return found[:NAMES]


def _out_of_time(report: Report) -> list[str]:
    late = [problem for item in report.repositories for problem in item.problems if problem.clock]
    if not late:
        return []
    paths = [f"`{plain(problem.path)}`" for problem in late if problem.path][:3]
    where = f" ({', '.join(paths)}{', …' if len(late) > len(paths) else ''})" if paths else ""
    return [
        f"{words.count(len(late), 'file')} took too long and {'was' if len(late) == 1 else 'were'} left out{where}."
    ]


def plain(name: str | None) -> str:
    """A name that goes between backticks."""
    return sanitise.visible(name or "").replace("`", "'")
