"""Small files that keep a repository in order: ignore rules, update tools, linters, change logs."""

from __future__ import annotations

import re

import msgspec

from reviewer.gather.documents._ini import load_ini
from reviewer.gather.documents._lint_names import LINT_NAMES, LINT_STEMS
from reviewer.gather.documents._trees import with_document
from reviewer.gather.reader import DocumentReader
from reviewer.model.facts.documents import Document
from reviewer.model.facts.file import FileFacts

IGNORE_LIMIT = 2_000
LINE_LIMIT = 500
DECISION_WORDS = 40
"""Words that a decision record has at least; less is a heading without a decision."""

RELEASE = re.compile(
    r"^[ \t]*(?:#+|[-*=]{0,3})[ \t]*(?:\[|v|version |release )*\d+\.\d+|^#+[ \t]*\[?unreleased|"
    r"^#+.{0,40}\d{4}-\d\d-\d\d",
    re.MULTILINE | re.IGNORECASE,
)
MEASURED = re.compile(r"\"collectCoverage\"[ \t]*:[ \t]*true|--cov\b|\bcoverage run\b|\bpytest_cov\b")
THRESHOLD = re.compile(
    r"--cov-fail-under|--fail-under|fail_under|\"?check-coverage\"?[ \t]*[:=][ \t]*true|\"coverageThreshold\"[ \t]*:|"
    r"^[ \t]*(?:target:[ \t]*[\"']?(?:\d|auto)|(?:threshold|total):[ \t]*[\"']?\d|(?:SimpleCov\.)?minimum_coverage\b)",
    re.MULTILINE,
)
"""Too little coverage fails: by options, or by what Codecov and its like ask of a commit."""
ADVISING = re.compile(r"^[ \t]*informational:[ \t]*true", re.MULTILINE)
UPDATE_TOOLS = ("Dependabot", "Renovate", "PyUp")


def read_ignores(source: str, base: FileFacts) -> FileFacts:
    """.gitignore and .dockerignore: their patterns, without comments."""
    lines = (line.strip()[:LINE_LIMIT] for line in source.split("\n"))
    patterns = tuple(line for line in lines if line and not line.startswith("#"))[:IGNORE_LIMIT]
    return with_document(base, Document(ignores=patterns))


def read_update_tool(source: str, base: FileFacts) -> FileFacts:
    """The configuration of a tool that keeps dependencies up to date."""
    return with_document(base, Document(update_tool=base.kind.partition(":")[2])) if source.strip() else base


def read_changelog(source: str, base: FileFacts) -> FileFacts:
    """A change log with at least one release in it."""
    cut = "\n".join(line[:LINE_LIMIT] for line in source[:200_000].split("\n"))
    return with_document(base, Document(changelog=True)) if RELEASE.search(cut) else base


def read_decisions(source: str, base: FileFacts) -> FileFacts:
    """Architecture notes and decision records that say more than their heading."""
    return with_document(base, Document(decision_record=True)) if len(source.split()) >= DECISION_WORDS else base


def read_lint_config(source: str, base: FileFacts) -> FileFacts:
    """The configuration of a linter, formatter or type checker; tox counts where it configures one."""
    tool = base.kind.partition(":")[2]
    if tool == "tox":
        sections = load_ini(source)
        base = _covered(source, base)
        tool = "Flake8" if "flake8" in sections else "mypy" if "mypy" in sections else ""
    if not (tool and source.strip()):
        return base
    return with_document(base, msgspec.structs.replace(base.document or Document(), lint_config=tool))


def read_coverage(source: str, base: FileFacts) -> FileFacts:
    """The configuration of a coverage tool: whether too little coverage fails."""
    return _covered(source, base)


def _covered(source: str, base: FileFacts) -> FileFacts:
    """The facts with what the options of a test runner or of a coverage tool say of coverage."""
    live = "\n".join(line for line in source.split("\n") if not line.lstrip().startswith(("#", ";")))
    held, measured = THRESHOLD.search(live) is not None, MEASURED.search(live) is not None
    held = held and ADVISING.search(live) is None
    if not (held or measured):
        return base
    return with_document(base, Document(coverage_threshold=held, coverage_measured=measured))


_TOOLS = sorted({*LINT_NAMES.values(), *(tool for _, tool in LINT_STEMS)})
IGNORES = DocumentReader("ignores", ("gitignore", "dockerignore"), read_ignores, reads_generated=True)
UPDATES = DocumentReader("updates", tuple(f"update:{tool}" for tool in UPDATE_TOOLS), read_update_tool, True)
CHANGELOG = DocumentReader("changelog", ("changelog",), read_changelog, reads_generated=True)
DECISIONS = DocumentReader("decisions", ("decision-record",), read_decisions)
LINT = DocumentReader("lint", tuple(f"lint:{tool}" for tool in _TOOLS), read_lint_config, reads_generated=True)
COVERAGE = DocumentReader("coverage", ("coverage",), read_coverage, reads_generated=True)
