"""The procedures that Go tests call through clients of gRPC: each goes over HTTP/2 as POST /Service/Method."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reviewer.gather.look import Look
from reviewer.gather.syntax import Call, Name
from reviewer.model.facts.tests import Request

GRPC = "google.golang.org/grpc"
DIALS = frozenset({"grpc.Dial", "grpc.DialContext", "grpc.NewClient"})
CLIENT = re.compile(r"New(?!Mock)(\w{1,80})Client")
"""How the constructors of generated clients are called, which are given a connection and nothing else."""

CONNECTION = re.compile(r"(?:conn(?:ection)?|cc)\Z", re.IGNORECASE)
CONTEXT = re.compile(r"(?:ctx|context)\Z", re.IGNORECASE)
CONTEXT_CALLS = frozenset({"context.Background", "context.TODO", "t.Context", "b.Context"})


def read_procedures(look: Look) -> Iterator[Request]:
    """Every call on a client that a test module makes of a connection, the first argument being a context."""
    if not look.imports(GRPC):
        return
    dials = any(call.name in DIALS for call in look.module.calls)
    services = {
        item.target: made[1]
        for item in look.module.assignments
        if isinstance(item.value, Call)
        and (made := CLIENT.fullmatch(item.value.last))
        and "." in item.value.name
        and look.is_imported(item.value.name)
        and _is_connection(item.value, dials)
    }
    for call in look.module.calls if services else ():
        receiver, _, method = call.name.rpartition(".")
        if receiver in services and method[:1].isupper() and call.args and _is_context(call):
            yield Request(method="POST", path=(f"/{services[receiver]}/{method}",), line=call.line)


def _is_connection(call: Call, dials: bool) -> bool:
    """Whether a client is made of a connection: named so, or anything where the module dials one itself."""
    if len(call.args) != 1 or not isinstance(call.args[0], Name):
        return False
    return bool(CONNECTION.search(call.args[0].dotted)) or (dials and call.args[0].dotted != "t")


def _is_context(call: Call) -> bool:
    first = call.args[0]
    if isinstance(first, Call):
        return first.name in CONTEXT_CALLS
    return isinstance(first, Name) and bool(CONTEXT.search(first.dotted))
