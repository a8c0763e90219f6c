"""Files of requests that editors send (``.http``, ``.rest``): the requests in them, as method and path."""

from __future__ import annotations

import re

from reviewer.gather.documents._trees import with_document
from reviewer.gather.documents.postman import OPERATION_LIMIT, path_of_url
from reviewer.gather.reader import DocumentReader
from reviewer.model.facts.documents import ApiDescription, Document
from reviewer.model.facts.file import FileFacts
from reviewer.model.facts.routing import Operation

LINE_LIMIT = 1_000
REQUEST = re.compile(r"(GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS)[ \t]+(\S{1,500})")
VARIABLE = re.compile(r"@([\w.-]{1,60})[ \t]*=[ \t]*(\S{1,300})")
FEWEST = 2
"""One request is what a template leaves behind."""


def read_requests(source: str, base: FileFacts) -> FileFacts:
    """Every request once by method and path; ``@host = ...`` stands for ``{{host}}``."""
    variables: dict[str, str] = {}
    found: dict[str, Operation] = {}
    for number, line in enumerate(source.split("\n"), start=1):
        if named := VARIABLE.match(line[:LINE_LIMIT]):
            variables[named[1]] = _filled(named[2], variables)
        elif asked := REQUEST.match(line[:LINE_LIMIT]):
            path = path_of_url(_filled(asked[2], variables), variables)
            if path and len(found) < OPERATION_LIMIT:
                name = f"{asked[1]} {path}"
                found.setdefault(name, Operation(kind="operation", name=name, file="", line=number))
    if len(found) < FEWEST:
        return with_document(base, Document())
    described = ApiDescription(kind="request", operations=tuple(found.values()), checked="client.test(" in source)
    return with_document(base, Document(api=described))


def _filled(text: str, variables: dict[str, str]) -> str:
    """The text with the variable that it begins with put in."""
    if not text.startswith("{{"):
        return text
    name, closed, rest = text[2:].partition("}}")
    return f"{variables[name.strip()]}{rest}" if closed and name.strip() in variables else text


REQUESTS = DocumentReader("request files", ("requests",), read_requests)
