"""Hands a file that is no program to the readers of its kind."""

from __future__ import annotations

from reviewer.gather import registry
from reviewer.model.facts.file import FileFacts


def read_document(kind: str, text: str, base: FileFacts) -> FileFacts:
    """The facts of a document; ``base`` unchanged where no reader knows its kind, or it is generated and says so."""
    facts = base
    for reader in registry.documents().get(kind, ()):
        if reader.reads_generated or not base.generated:
            facts = reader.read(text, facts)
    return facts
