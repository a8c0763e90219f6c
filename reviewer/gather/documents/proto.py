"""Protocol Buffers: the methods of the services that a file declares."""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec

from reviewer.gather.reader import DocumentReader
from reviewer.model.facts.file import FileFacts
from reviewer.model.facts.routing import Operation

TEXT_LIMIT = 1_000_000
OPERATION_LIMIT = 2_000
TOKEN = re.compile(r"//[^\n]*|/\*[\s\S]*?\*/|\"(?:[^\"\\\n]|\\.)*\"|'(?:[^'\\\n]|\\.)*'|[A-Za-z_]\w*|[{}]")


def read_proto(source: str, base: FileFacts) -> FileFacts:
    """A proto file; names are ``Service.Method``."""
    return msgspec.structs.replace(base, operations=tuple(_methods(source[:TEXT_LIMIT]))[:OPERATION_LIMIT])


def _methods(source: str) -> Iterator[Operation]:
    service, depth, line, position = "", 0, 1, 0
    before = ""
    for found in TOKEN.finditer(source):
        word = found.group()
        if word[0] in "/\"'":
            continue
        line += source.count("\n", position, found.start())
        position = found.start()
        if word in "{}":
            depth = max(depth + (1 if word == "{" else -1), 0)
            service = service if depth else ""
        elif before == "service" and depth == 0:
            service = word
        elif before == "rpc" and depth == 1 and service:
            yield Operation(kind="rpc", name=f"{service}.{word}", file="", line=line)
        before = word


PROTO = DocumentReader("proto", ("proto",), read_proto)
