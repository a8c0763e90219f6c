"""Takes docs/report.png, the README's picture of a report: ``python -m docs.picture`` (needs git and chromium).

The repository in the picture is made up: docs/sample.yml holds it, commit by commit.
"""

from __future__ import annotations

import subprocess
import tempfile
from pathlib import Path

import yaml

from reviewer.report.html import render_html
from reviewer.review import review
from reviewer.settings import Settings
from reviewer.sources.targets import read_target
from tests.project import make_repository

SAMPLE = Path(__file__).with_name("sample.yml")
PICTURE = Path(__file__).with_name("report.png")
WIDTH, HEIGHT = 900, 1180
"""Pixels: the answer, the next steps and the first requirements."""
FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--hide-scrollbars",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
)  # fmt: skip
SECONDS = 60


def sample_report(folder: Path) -> str:
    """The report of the made-up repository as HTML; ``folder`` is an empty one to work in."""
    sample = yaml.safe_load(SAMPLE.read_text("utf-8"))
    repository = make_repository(folder / sample["name"], sample["commits"])
    made = review([read_target(str(repository))], Settings(me=(sample["me"],), no_cache=True))
    return render_html(made.report)


def main() -> None:
    """Reviews the sample and photographs the top of its report."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        page = folder / "report.html"
        page.write_text(sample_report(folder), "utf-8")
        words = [f"--user-data-dir={folder / 'profile'}", f"--window-size={WIDTH},{HEIGHT}", f"--screenshot={PICTURE}"]
        subprocess.run(["chromium", *FLAGS, *words, page.as_uri()], check=True, capture_output=True, timeout=SECONDS)


if __name__ == "__main__":
    main()
