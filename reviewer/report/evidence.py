"""Evidence made ready to be shown: the address of its lines, and the lines themselves without secrets."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import msgspec

from reviewer.model.facts.documents import SecretStanding
from reviewer.model.facts.values import Place
from reviewer.model.finding import Evidence
from reviewer.model.review import RepositoryReview
from reviewer.report import limits, links, sanitise

Snippets = Callable[[str, str, int, int], str | None]
"""Repository name, path, first and last line (1-based) to the text of those lines at the reviewed commit."""

SECRET_LINE = "(hidden: a secret stands on this line)"
KEY_LINES = 60
"""Lines below the first of a private key that may hold it."""
CONTEXT_BEFORE, CONTEXT_AFTER = 1, 2
"""Lines of context around a single line of evidence."""


class Writer:
    """Fills in ``url`` and ``snippet`` of the evidence of one repository."""

    def __init__(
        self, review: RepositoryReview, snippets: Snippets | None = None, hosts: dict[str, str] | None = None
    ) -> None:
        self._name = review.repository.name
        self._url = review.repository.url or ""
        self._host = links.host_of(review.repository.url, hosts)
        self._commit = review.facts.commit if review.facts else None
        self._snippets = snippets
        self._secret_lines = _secret_lines(review)

    def all(self, evidence: Iterable[Evidence], limit: int = limits.EVIDENCE) -> list[Evidence]:
        """The first ``limit`` pieces, the foremost of them with their lines."""
        kept = list(evidence)[:limit]
        return [self.one(item, with_lines=index < limits.SNIPPETS) for index, item in enumerate(kept)]

    def places(self, places: Iterable[Place]) -> list[Evidence]:
        """Places as evidence without lines."""
        kept = list(places)[: limits.NAMED_EVIDENCE]
        return [self.one(Evidence(path=p.path, line=p.line, end_line=p.end_line), with_lines=False) for p in kept]

    def one(self, item: Evidence, *, with_lines: bool = True) -> Evidence:
        """``item`` with its address and, where asked and there, its lines."""
        commit = item.commit or self._commit
        start, text = self._lines(item) if with_lines else (0, None)
        return msgspec.structs.replace(
            item,
            end_line=max(item.line, item.end_line),
            commit=commit,
            url=item.url or self.url(item.path, item.line, item.end_line, commit),
            snippet=text,
            snippet_line=start,
        )

    def url(self, path: str, line: int, end_line: int = 0, commit: str | None = None) -> str | None:
        """The address of lines on the repository's host; None where it has none, or where the path holds a secret."""
        commit = commit or self._commit
        if self._host is None or commit is None or sanitise.TOKENS.search(path):
            return None
        return links.lines_url(self._url, self._host, commit, path, (line, end_line))

    def _lines(self, item: Evidence) -> tuple[int, str | None]:
        if item.snippet is not None:
            return item.snippet_line, self._clean(item.path, item.snippet_line or item.line, item.snippet)
        present = item.commit is None or item.commit == self._commit
        if self._snippets is None or item.line < 1 or not item.path or not present:
            return 0, None
        start, end = window(item.line, item.end_line)
        text = self._snippets(self._name, item.path, start, end)
        return (start, self._clean(item.path, start, text)) if text else (0, None)

    def _clean(self, path: str, start: int, text: str) -> str:
        """At most six lines of at most 120 characters; a line that holds a secret is replaced whole."""
        lines = text.split("\n")[: limits.SNIPPET_LINES]
        shown = (
            SECRET_LINE if (path, number) in self._secret_lines else _code_line(line)
            for number, line in enumerate(lines, start)
        )
        return "\n".join(shown).rstrip("\n")


def window(line: int, end_line: int) -> tuple[int, int]:
    """First and last line to show: with context around short evidence, the head of long evidence."""
    end = max(line, end_line)
    if end - line + 1 + CONTEXT_BEFORE + CONTEXT_AFTER <= limits.SNIPPET_LINES:
        return max(1, line - CONTEXT_BEFORE), end + CONTEXT_AFTER
    return line, min(end, line + limits.SNIPPET_LINES - 1)


def _code_line(line: str) -> str:
    return sanitise.visible(sanitise.mask(line[:1000].expandtabs(4)), limits.SNIPPET_WIDTH).rstrip()


def _secret_lines(review: RepositoryReview) -> frozenset[tuple[str, int]]:
    found: set[tuple[str, int]] = set()
    for place in review.facts.secrets if review.facts else ():
        secret = place.fact
        if secret.standing is SecretStanding.PLACEHOLDER:
            continue
        length = KEY_LINES if "private key" in secret.kind.lower() else 1
        path = secret.path or place.path
        found.update((path, number) for number in range(secret.line, secret.line + length))
    return frozenset(found)
