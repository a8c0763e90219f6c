"""Progress while a command works, and the files and the summary when it is done."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path
from types import TracebackType

from reviewer.cli.edge import Stop, one_line
from reviewer.model.document import Report


class Progress:
    """One line per repository on stderr: replaced in place on a terminal, silent in a pipe unless asked for."""

    def __init__(self, quiet: bool, verbose: bool) -> None:
        self.verbose = verbose and not quiet
        self.live = sys.stderr.isatty() and not quiet and not verbose and os.environ.get("TERM") != "dumb"

    def __enter__(self) -> Progress:
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        self._clear()

    def say(self, line: str) -> None:
        """Shows one line."""
        text = one_line(line)
        if self.verbose:
            print(text, file=sys.stderr, flush=True)
        elif self.live:
            self._clear()
            print(text[:79], end="", file=sys.stderr, flush=True)

    def _clear(self) -> None:
        if self.live:
            print("\r\x1b[K", end="", file=sys.stderr, flush=True)


def write_report(report: Report, folder: Path, formats: Iterable[str], quiet: bool) -> None:
    """Writes the report's files and prints the summary.

    Raises:
        Stop: the folder cannot be written.
    """
    from reviewer.report.html import render_html
    from reviewer.report.json import render_json
    from reviewer.report.markdown import render_markdown
    from reviewer.report.terminal import render_summary

    texts: dict[str, str | bytes] = {"report.html": render_html(report), "report.json": render_json(report)}
    if "markdown" in formats:
        texts["report.md"] = render_markdown(report)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in texts.items():
            _write(folder / name, text)
    except OSError as error:
        raise Stop(f"{folder}: the report cannot be written there: {error.strerror}") from None
    path = folder / "report.html"
    print(path if quiet else render_summary(report, str(path)))


def _write(path: Path, text: str | bytes) -> None:
    """Writes a file whole or not at all."""
    data = text.encode("utf-8") if isinstance(text, str) else text
    with tempfile.NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}.", delete=False) as file:
        file.write(data)
    Path(file.name).chmod(0o644)
    Path(file.name).replace(path)
