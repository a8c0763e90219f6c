"""gRPC services implemented in Java and Kotlin, servers that run them, and clients of others."""

from __future__ import annotations

import re
from collections.abc import Iterable

from reviewer.gather.frameworks.jvm._annotations import find
from reviewer.gather.look import look_at
from reviewer.gather.reader import Kept, Reader
from reviewer.gather.signs._emit import keep
from reviewer.gather.syntax import Call, Module, dotted
from reviewer.model.facts.code import SignKind
from reviewer.model.facts.routing import Operation

JVM = ("Java", "Kotlin")
BASE = re.compile(r"(?:(?:\w+\.)*(\w+)Grpc(?:Kt)?\.)?(\w+?)(?:Coroutine)?ImplBase$")
SERVERS = frozenset({"ServerBuilder.forPort", "NettyServerBuilder.forPort", "Grpc.newServerBuilderForPort"})
CHANNELS = frozenset(
    {"ManagedChannelBuilder.forAddress", "ManagedChannelBuilder.forTarget", "NettyChannelBuilder.forAddress",
     "Grpc.newChannelBuilder"}
)  # fmt: skip
SERVICE = "GrpcService"
HEALTH = ("io.grpc.protobuf.services.HealthStatusManager", "io.grpc.services.HealthStatusManager")


def read(module: Module, kept: Kept) -> None:
    """Keeps the methods of classes that extend a generated base, and what servers and channels are made of."""
    look = look_at(module)
    for owner in module.classes:
        service = _service(dotted(base.callee if isinstance(base, Call) else base) for base in owner.bases)
        annotated = find(owner.decorators, SERVICE) is not None
        if not service and not (annotated and owner.bases):
            continue
        service = service or dotted(owner.bases[0]).rpartition(".")[2]
        for method in module.methods_of(owner):
            overridden = "override" in method.modifiers or find(method.decorators, "Override") is not None
            if overridden and not {"private", "protected", "static"}.intersection(method.modifiers):
                name = f"{service}.{method.name[:1].upper()}{method.name[1:]}"
                kept.operations.append(Operation(kind="rpc", name=name, file="", line=method.line))
                keep(kept, look, SignKind.GRPC, method, name, method.index)
    if not look.imports("io.grpc"):
        return
    for call in module.calls:
        if call.name in SERVERS:
            keep(kept, look, SignKind.GRPC, call, "gRPC server")
        elif call.name in CHANNELS:
            keep(kept, look, SignKind.GRPC, call, "gRPC client")
        elif call.new and look.origin(call.name) in HEALTH:
            keep(kept, look, SignKind.HEALTH, call, "gRPC health checking")


def _service(bases: Iterable[str]) -> str:
    """``Greeter`` of ``GreeterGrpc.GreeterImplBase`` and of ``GreeterGrpcKt.GreeterCoroutineImplBase``."""
    for base in bases:
        found = BASE.fullmatch(base[:200])
        if found:
            return found[1] or found[2]
    return ""


GRPC_JVM = Reader(name="gRPC (Java, Kotlin)", languages=JVM, read=read)
