"""The answer, the ledger and the next steps in Markdown, for a pull request or a wiki."""

from __future__ import annotations

from reviewer.model.document import Report
from reviewer.report import words
from reviewer.report.page.ledger import LedgerView, Row
from reviewer.report.page.pieces import EvidenceView, FindingView, StepView
from reviewer.report.sanitise import PROSE_LIMIT, markdown_code, markdown_text
from reviewer.report.view import View, view

EVIDENCE = 2
"""Places named per check."""


def render_markdown(report: Report) -> str:
    """GitHub-flavoured Markdown. Strangers' text stands in code spans or is escaped: none of its markup is live."""
    page = view(report)
    blocks = [*_answer(page), *_steps(page), *_ledger(page.ledger), *_repositories(page)]
    return "\n\n".join(block for block in blocks if block) + "\n"


def _answer(page: View) -> list[str]:
    found = page.answer
    said = [f"# {markdown_text(found.headline)}", f"{_prose(page.candidate)} · {page.reviewed}"]
    if found.warning:
        said.append(f"**Not everything was read.** {_prose(found.warning)}")
    if found.counts:
        said += [found.counts, found.percent and _prose(found.percent)]
    return said + [_prose(sentence) for sentence in found.after]


def _steps(page: View) -> list[str]:
    if not page.steps:
        return [_prose(page.beginning)]
    return [f"## {page.steps_heading}", "\n".join(f"{n}. {_step(item)}" for n, item in enumerate(page.steps, 1))]


def _step(step: StepView) -> str:
    where = ", ".join(markdown_code(name) for name in (step.repository, step.path) if name)
    parts = [f"**{_prose(step.head)}**", where, markdown_text(step.effort), markdown_text(step.gain)]
    return " · ".join(part for part in parts if part)


def _ledger(ledger: LedgerView) -> list[str]:
    rows = [*ledger.rows, *ledger.folded]
    return ["## Requirements", "\n".join(_row(row) for row in rows)] if rows else []


def _row(row: Row) -> str:
    told = row.reason or row.nothing or words.sentence(row.levels)
    lines = [f"- **{row.word}** · {markdown_code(row.title)} · {markdown_text(row.importance)}. {_prose(told)}"]
    lines += [f"  - {_finding(item)}" for item in row.checks]
    return "\n".join(lines)


def _finding(finding: FindingView) -> str:
    places = ", ".join(_place(item) for item in finding.evidence[:EVIDENCE])
    said = f"{finding.word}: {markdown_text(finding.title)}. {_prose(finding.summary)}"
    return f"{said} {places}".rstrip()


def _place(item: EvidenceView) -> str:
    """A link to the lines; the address has no character that could end it (see `sanitise.link`), save parentheses."""
    if item.url is None:
        return markdown_code(item.label)
    address = item.url.replace("(", "%28").replace(")", "%29")
    return f"[{markdown_code(item.label)}]({address})"


def _repositories(page: View) -> list[str]:
    lines = [
        f"- {markdown_code(item.name)}: strength {item.strength}. {_prose(item.share)}" for item in page.repositories
    ]
    lines += [f"- {markdown_code(item.name)}: {item.status}. {_prose(item.reason)}" for item in page.skipped]
    return ["## Repositories", "\n".join(lines)] if lines else []


def _prose(text: str) -> str:
    """A sentence: what stands between backticks as code spans, everything else escaped."""
    parts = text.split("`")
    if len(parts) % 2 == 0:
        return markdown_text(text, PROSE_LIMIT)
    pieces = [
        markdown_code(part) if index % 2 else markdown_text(part, PROSE_LIMIT) for index, part in enumerate(parts)
    ]
    return "".join(pieces)
