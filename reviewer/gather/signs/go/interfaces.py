"""Other interfaces: gRPC services that are registered and their methods, GraphQL resolvers."""

from __future__ import annotations

import re

from reviewer.gather.look import Look, look_at
from reviewer.gather.reader import Kept, Reader
from reviewer.gather.signs._emit import keep
from reviewer.gather.signs.go._go import GO
from reviewer.gather.syntax import Call, Function, Module, Name, dotted
from reviewer.model.facts.code import SignKind
from reviewer.model.facts.routing import Operation

GRPC = ("google.golang.org/grpc", "github.com/go-kratos/kratos", "connectrpc.com/connect")
REGISTERS = re.compile(r"Register(\w{1,80}?)Server$")
SERVED = re.compile(r"\w+connect\.New\w+Handler")
"""What Connect generates for a service that is served."""
NOT_SERVICES = re.compile(r"HTTP$|^Reflection|^Health")
UNIMPLEMENTED = re.compile(r"(?:Unimplemented|Unsafe)(\w{1,80}?)(?:Server|Handler)$")
GQL_TYPES = {"query": "queryResolver", "mutation": "mutationResolver", "subscription": "subscriptionResolver"}
GRAPHQL = (
    "github.com/99designs/gqlgen",
    "github.com/graphql-go/graphql",
    "github.com/graph-gophers/graphql-go",
    "github.com/vektah/gqlparser",
)


def read(module: Module, kept: Kept) -> None:
    """Keeps the operations that a file implements."""
    look = look_at(module)
    for call in module.calls:
        found = REGISTERS.match(call.last[:100]) if call.args and "." in call.name else None
        if found and len(call.args) == 2 and not NOT_SERVICES.search(found[1]):
            keep(kept, look, SignKind.GRPC, call, f"Register{found[1]}Server")
        elif SERVED.fullmatch(call.name[:160]):
            keep(kept, look, SignKind.GRPC, call, call.last)
        elif look.imports(*GRPC) and call.name in (
            "grpc.Dial",
            "grpc.NewClient",
            "grpc.DialContext",
            "grpc.DialInsecure",
        ):
            keep(kept, look, SignKind.GRPC, call, "gRPC client")
    _methods(look, kept)
    _resolvers(look, kept)
    if look.imports("github.com/graphql-go/graphql"):
        _schema(look, kept)


def _methods(look: Look, kept: Kept) -> None:
    """The methods of structs that embed what a contract's generator leaves unimplemented."""
    for owner in look.module.classes:
        services = [found[1] for base in owner.bases if (found := UNIMPLEMENTED.search(dotted(base)[:200]))]
        for method in look.module.methods_of(owner) if services else ():
            if _is_rpc(method):
                name = f"{services[0]}.{method.name}"
                kept.operations.append(Operation(kind="rpc", name=name, file="", line=method.line))
                keep(kept, look, SignKind.GRPC, method, name, method.index)


def _is_rpc(method: Function) -> bool:
    if not method.name[:1].isupper() or not method.parameters or "error" not in method.returns:
        return False
    types = [parameter.type for parameter in method.parameters]
    return (
        types[0].endswith("context.Context")
        or types[-1].endswith(("Server", "Request"))
        or "stream" in types[-1].lower()
    )


def _resolvers(look: Look, kept: Kept) -> None:
    """gqlgen: methods of ``queryResolver`` and its like."""
    for item in look.module.functions:
        for kind, owner in GQL_TYPES.items():
            if item.qualname == f"{owner}.{item.name}" and item.name[:1].isupper():
                name = item.name[:1].lower() + item.name[1:]
                kept.operations.append(Operation(kind=kind, name=name, file="", line=item.line))
                keep(kept, look, SignKind.GRAPHQL, item, f"{kind} {name}", item.index)


def _schema(look: Look, kept: Kept) -> None:
    """graphql-go: the fields of objects named Query and Mutation."""
    for call in look.module.calls:
        if call.name != "graphql.ObjectConfig":
            continue
        named = getattr(call.keywords.get("Name"), "parts", ("",))
        kind = {"query": "query", "rootquery": "query", "mutation": "mutation", "rootmutation": "mutation"}.get(
            str(named[0]).lower() if named else ""
        )
        fields = look.value(call.keywords.get("Fields"), call.function)
        for key, value in getattr(fields, "pairs", ()) if kind else ():
            name = getattr(key, "parts", ("",))[0] if key is not None else ""
            if kind and isinstance(name, str) and name:
                kept.operations.append(Operation(kind=kind, name=name, file="", line=value.line))
                keep(kept, look, SignKind.GRAPHQL, Name("", value.line), f"{kind} {name}", call.function)


def is_call(expr: object) -> bool:
    """Whether an expression is a call."""
    return isinstance(expr, Call)


INTERFACES_GO = Reader(name="gRPC and GraphQL (Go)", languages=GO, read=read)
