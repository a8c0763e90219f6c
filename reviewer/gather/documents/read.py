"""Hands a file that is no program to the reader of its kind."""

from __future__ import annotations

from reviewer.gather import registry
from reviewer.model.facts.file import FileFacts


def read_document(kind: str, text: str, base: FileFacts) -> FileFacts:
    """The facts of a document; ``base`` unchanged where no reader knows its kind, or it is generated and says so."""
    reader = registry.documents().get(kind)
    if reader is None or (base.generated and not reader.reads_generated):
        return base
    return reader.read(text, base)
