"""Protocol Buffers: the methods of the services that a file declares, and the HTTP rules that serve them as well."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import msgspec

from reviewer.gather.documents._routing import with_routing
from reviewer.gather.reader import DocumentReader
from reviewer.model.facts.file import FileFacts
from reviewer.model.facts.routing import Mount, Operation, Route, Router, Routing

TEXT_LIMIT = 1_000_000
OPERATION_LIMIT = 2_000
TOKEN = re.compile(r"//[^\n]*|/\*[\s\S]*?\*/|\"(?:[^\"\\\n]|\\.)*\"|'(?:[^'\\\n]|\\.)*'|[A-Za-z_]\w*|[{}]")
VERBS = {"get": "GET", "put": "PUT", "post": "POST", "delete": "DELETE", "patch": "PATCH"}
GRPC = "gRPC"
OPTIONAL = "[]"
"""What the symbol of a router ends with whose routes are served only where it is mounted."""
REGISTRATIONS = (
    "Register{}HandlerServer#1",
    "Register{}HandlerFromEndpoint#1",
    "Register{}HandlerClient#1",
    "Register{}Handler#1",
    "Register{}HTTPServer#0",
)
"""The generated functions that serve a service by its HTTP rules, with the place of the router among their
arguments: those of gRPC-Gateway, and that of Kratos."""
FIELD = re.compile(r"\{([^{}=]+)=[^{}]*\}")
WORD_START = re.compile(r"(?:^|_)([a-z])")
"""The letters that the generator of Go code writes in capitals: ``user_store`` is registered as ``UserStore``."""


@dataclass(slots=True)
class _Read:
    """What a file declares."""

    operations: list[Operation] = field(default_factory=list)
    routes: list[Route] = field(default_factory=list)
    services: dict[str, int] = field(default_factory=dict)
    """Services with HTTP rules, and their lines."""


def read_proto(source: str, base: FileFacts) -> FileFacts:
    """A proto file; operations are named ``Service.Method``."""
    found = _read(source[:TEXT_LIMIT])
    facts = msgspec.structs.replace(base, operations=tuple(found.operations[:OPERATION_LIMIT]))
    return with_routing(facts, _routing(found)) if found.routes else facts


def _read(source: str) -> _Read:
    found = _Read()
    service, method, depth, before = "", "", 0, ""
    for word, line in _tokens(source):
        if word in "{}":
            depth = max(depth + (1 if word == "{" else -1), 0)
            service = service if depth else ""
        elif word[0] in "\"'":
            if before in VERBS and depth > 1 and service and method and word[1:2] == "/":
                found.services.setdefault(service, line)
                found.routes.append(_route(service, VERBS[before], word[1:-1], line))
        elif before == "service" and depth == 0:
            service = word
        elif before == "rpc" and depth == 1 and service:
            method = word
            found.operations.append(Operation(kind="rpc", name=f"{service}.{word}", file="", line=line))
        before = word
    return found


def _tokens(source: str) -> Iterator[tuple[str, int]]:
    """Words, texts and braces with their lines; comments are left out."""
    line, position = 1, 0
    for match in TOKEN.finditer(source):
        word = match.group()
        if word[0] == "/":
            continue
        line += source.count("\n", position, match.start())
        position = match.start()
        yield word, line


def _route(service: str, method: str, path: str, line: int) -> Route:
    served = FIELD.sub(r"{\1}", path)
    return Route(
        router=f"{service}{OPTIONAL}", framework=GRPC, methods=(method,), path=(served,), line=line, end_line=line
    )


def _routing(found: _Read) -> Routing:
    """A router for each service, mounted on whatever its generated registrations are given."""
    routers = [Router(symbol=f"{name}{OPTIONAL}", framework=GRPC, line=line) for name, line in found.services.items()]
    mounts = []
    for name, line in found.services.items():
        generated = WORD_START.sub(lambda match: match.group(1).upper(), name)
        for pattern in REGISTRATIONS:
            symbol = pattern.format(generated) + OPTIONAL
            routers.append(Router(symbol=symbol, framework=GRPC, line=line))
            mounts.append(Mount(parent=symbol, child=f"{name}{OPTIONAL}", framework=GRPC, line=line))
    return Routing(routers=tuple(routers), routes=tuple(found.routes[:OPERATION_LIMIT]), mounts=tuple(mounts))


PROTO = DocumentReader("proto", ("proto",), read_proto)
