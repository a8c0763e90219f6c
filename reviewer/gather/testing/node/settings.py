"""Settings of Jest and Vitest that are written as code: whether every run measures coverage, and what holds it."""

from __future__ import annotations

import re

from reviewer.gather.reader import Kept, Reader
from reviewer.gather.syntax import Module

FUNCTIONS_MOST, TEXT_MOST = 20, 20_000
"""Beyond these a file is a program, no settings."""
EXPORTED = re.compile(r"^(?:module\.exports\b|export default\b|const config\b)", re.MULTILINE)
MEASURED = re.compile(r"^[ \t]*[\"']?collectCoverage[\"']?[ \t]*:[ \t]*true\b", re.MULTILINE)
HELD = re.compile(r"^[ \t]*[\"']?coverageThreshold[\"']?[ \t]*:[ \t]*\{", re.MULTILINE)
VITEST = re.compile(r"^[ \t]*coverage[ \t]*:[ \t]*\{", re.MULTILINE)
VITEST_ENABLED = re.compile(r"(?:^|[{,])[ \t]*enabled[ \t]*:[ \t]*true\b", re.MULTILINE)
VITEST_HELD = re.compile(
    r"(?:^|[{,])[ \t]*(?:thresholds?[ \t]*:[ \t]*\{|(?:lines|branches)[ \t]*:[ \t]*\d)", re.MULTILINE
)
BLOCK = 2_000
"""Characters behind the beginning of Vitest's settings of coverage in which they are looked for."""


def read(module: Module, kept: Kept) -> None:
    """Looks for the settings in files that hold little else."""
    text = module.text
    if "overage" not in text or len(text) > TEXT_MOST or len(module.functions) > FUNCTIONS_MOST:
        return
    if not EXPORTED.search(text):
        return
    kept.coverage_measured = kept.coverage_measured or MEASURED.search(text) is not None
    kept.coverage_threshold = kept.coverage_threshold or HELD.search(text) is not None
    found = VITEST.search(text) if any(item.module in ("vitest/config", "vite") for item in module.imports) else None
    if found:
        block = text[found.start() : found.start() + BLOCK]
        kept.coverage_measured = kept.coverage_measured or VITEST_ENABLED.search(block) is not None
        kept.coverage_threshold = kept.coverage_threshold or VITEST_HELD.search(block) is not None


TEST_SETTINGS = Reader(name="Settings of JavaScript tests", languages=("JavaScript", "TypeScript"), read=read)
