"""Lock files: that they are there is the fact; what they pin is not listed again."""

from __future__ import annotations

from reviewer.gather.documents._manifest import with_manifest
from reviewer.gather.reader import DocumentReader
from reviewer.model.facts.file import FileFacts

ECOSYSTEM_OF_LOCK = {
    "pypi-lock": "pypi",
    "npm-lock": "npm",
    "composer-lock": "composer",
    "rubygems-lock": "rubygems",
    "maven-lock": "maven",
    "nuget-lock": "nuget",
    "go-lock": "go",
}


def read_lock(source: str, base: FileFacts) -> FileFacts:
    """Any lock file that is not empty."""
    return with_manifest(base, ECOSYSTEM_OF_LOCK[base.kind], lock=True) if source.strip() else base


LOCK = DocumentReader("lock", tuple(ECOSYSTEM_OF_LOCK), read_lock, reads_generated=True)
