"""Is there a gRPC contract with server or client?"""

from __future__ import annotations

import re

from reviewer.model.check import Check
from reviewer.model.facts.code import SignKind
from reviewer.model.facts.repository import Api, Code
from reviewer.model.facts.values import Place
from reviewer.model.finding import Effort, Verdict
from reviewer.model.verdict import LIKELY, could_not_tell, count, evidence, not_applicable, partly, shown

KINDS = ("rpc",)
OTHER_RPC = re.compile(r"cloudwego/(?:hertz|kitex)|twitchtv/twirp|(?:^|/)dubbo|connectrpc|@connectrpc/")
"""Frameworks that read proto files without gRPC's own library."""

CHECK = Check(
    title_shown="A gRPC service with its contract",
    title_not_shown="No gRPC",
    title_partly="A gRPC contract without code",
    looks_for="Proto services, and servers or clients in code.",
    why="Services inside one company often talk gRPC.",
    advice="Nothing to do unless a job asks for gRPC.",
    effort=Effort.DAYS,
    level=2,
    shown_when="A proto service, and code that serves or calls it; partly with a contract alone.",
    does_not_count="Its absence: most APIs do without.",
    computed="Operations of proto files and of services in code, and servers or clients that are made or registered in "
    "code. Parsed.",
    limits="A contract that lives in another repository or a package is not seen: of a library alone nothing is said.",
    links=("https://grpc.io/docs/what-is-grpc/introduction/", "https://protobuf.dev/programming-guides/proto3/"),
    skills=("gRPC",),
    before="service Notes {\n  rpc ListNotes (ListNotesRequest) returns (ListNotesReply);\n}",
    pattern="const server = new grpc.Server();\nserver.addService(proto.Notes.service, { listNotes });\n"
    "server.bindAsync(address, credentials, onReady);",
)


def run(api: Api, code: Code) -> Verdict:
    """Operations and signs of gRPC."""
    operations = [item for item in api.operations if item.kind in KINDS]
    signs = code.of(SignKind.GRPC)
    if not operations and not signs:
        return not_applicable("No sign of gRPC.")
    places = [Place(path=item.file, line=item.line) for item in operations[:3]]
    proof = [*evidence(places, "an operation"), *evidence(signs[:2], "gRPC")]
    if not signs and any(OTHER_RPC.search(item.fact.module) for item in code.imports):
        return not_applicable("The proto files describe routes or calls of another framework.")
    if operations and signs:
        return shown(f"{count(len(operations), 'operation')} declared, and served or called.", proof)
    if operations:
        return partly(f"{count(len(operations), 'operation')} declared; no server or client was found.", proof, LIKELY)
    where = f"{signs[0].path}:{signs[0].fact.line}"
    return could_not_tell(f"A gRPC library is used ({where}); its contract may stand in another repository or package.")
