"""The instructions of a Dockerfile."""

from __future__ import annotations

import re
from collections.abc import Iterator

HEREDOC = re.compile(r"<<-?[\"']?([A-Za-z_]\w*)")
LENGTH_LIMIT = 4_000
INSTRUCTION_LIMIT = 2_000


def instructions(source: str) -> Iterator[tuple[int, str, str]]:
    """Each instruction with its line: continued lines joined, comments left out. Of here-documents, RUN keeps them."""
    held: list[str] = []
    body: list[str] = []
    word = rest = ""
    start, count, until = 0, 0, ""
    for number, line in enumerate(source.split("\n"), start=1):
        stripped = line.strip()
        if until:
            if stripped != until:
                body.append(stripped.rstrip("\\"))
                continue
            until = ""
            inner = [text for text in body[:200] if not text.startswith("#")] if word.upper() == "RUN" else []
            yield start, word.upper(), " ".join([rest.strip(), *inner])[:LENGTH_LIMIT]
            continue
        if not stripped or stripped.startswith("#"):
            continue
        start = start if held else number
        held.append(stripped.rstrip("\\").rstrip())
        if stripped.endswith("\\"):
            continue
        word, _, rest = " ".join(held[:200])[:LENGTH_LIMIT].partition(" ")
        heredoc = HEREDOC.search(rest) if word.upper() in ("RUN", "COPY") else None
        until = heredoc.group(1) if heredoc else ""
        held = []
        count += 1
        if count > INSTRUCTION_LIMIT:
            return
        if until:
            body = []
            continue
        yield start, word.upper(), rest.strip()
