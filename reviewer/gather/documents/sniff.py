"""YAML and JSON files of any name: looked at for what their head gives away, and read as that."""

from __future__ import annotations

import re

from reviewer.gather.documents._trees import with_document
from reviewer.gather.documents.compose import read_compose
from reviewer.gather.documents.deployment import sniffed_deployment
from reviewer.gather.documents.openapi import looks_like_openapi, read_openapi
from reviewer.gather.documents.postman import looks_like_postman, read_postman
from reviewer.gather.documents.settings import with_data_uses
from reviewer.gather.reader import DocumentReader
from reviewer.model.facts.documents import ApiDescription, Document
from reviewer.model.facts.file import FileFacts

HEAD_LENGTH = 2_000
SERVICES = re.compile(r"^services:[ \t]*$", re.MULTILINE)
INSOMNIA = re.compile(
    r"\"__export_source\"\s{0,3}:\s{0,3}\"insomnia|^type:\s{0,3}collection\.insomnia\.rest", re.MULTILINE
)
"""What exports of Insomnia say of themselves."""
RUNS_IMAGES = re.compile(r"^(?: {2,8}|\t{1,2})(?:image|build):", re.MULTILINE)


def read_any(source: str, base: FileFacts) -> FileFacts:
    """A file whose name says nothing; unchanged where its head says nothing either, and it configures no database."""
    head = source[:HEAD_LENGTH]
    if looks_like_openapi(head):
        return read_openapi(source, base)
    if base.kind == "json" and looks_like_postman(head):
        return read_postman(source, base)
    if INSOMNIA.search(head) or INSOMNIA.search(source[-HEAD_LENGTH:]):
        return with_document(base, Document(api=ApiDescription(kind="insomnia")))
    facts = with_data_uses(source, base)
    deployment = sniffed_deployment(head)
    if deployment:
        return with_document(facts, Document(deployment=deployment))
    if base.kind == "yaml" and SERVICES.search(head) and RUNS_IMAGES.search(head):
        return read_compose(source, base)
    return facts


ANY = DocumentReader("any", ("yaml", "json"), read_any, reads_generated=True)
