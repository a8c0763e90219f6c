"""GraphQL, SOAP and gRPC in Ruby: what a server offers, and the libraries that it is made with."""

from __future__ import annotations

import re

from reviewer.gather.expressions import last, truth
from reviewer.gather.look import Look, look_at
from reviewer.gather.reader import Kept, Reader
from reviewer.gather.signs._emit import keep
from reviewer.gather.signs.ruby._ruby import RUBY, bases, block_of
from reviewer.gather.syntax import Call, Class, Module, plain
from reviewer.model.facts.code import SignKind
from reviewer.model.facts.routing import Operation

ROOTS = {
    "QueryType": "query",
    "Query": "query",
    "QueryRoot": "query",
    "MutationType": "mutation",
    "Mutation": "mutation",
    "MutationRoot": "mutation",
    "SubscriptionType": "subscription",
    "Subscription": "subscription",
}
DEFINING = "GraphQL.ObjectType.define"
SCHEMA_BASES = ("GraphQL.Schema",)
SERVICE = re.compile(r"(?:\w+\.)+Service\Z")
WORD = re.compile(r"_+([a-z0-9])")


def read(module: Module, kept: Kept) -> None:
    """graphql-ruby, wash_out, Savon, gRPC."""
    look = look_at(module)
    for item in module.classes:
        names = bases(item)
        kind = ROOTS.get(last(item.name))
        if kind and any("Object" in name or "GraphQL" in name or name.startswith("Types") for name in names):
            _fields(look, kept, item, kind)
        if any(name in SCHEMA_BASES for name in names):
            keep(kept, look, SignKind.GRAPHQL, item, "graphql-ruby", -1)
        if any(SERVICE.match(name) for name in names) and _is_grpc(look):
            _methods(look, kept, item)
    _read_definitions(look, kept)
    for call in module.calls:
        _call(look, kept, call)


def _read_definitions(look: Look, kept: Kept) -> None:
    """``QueryType = GraphQL::ObjectType.define do ... end``, as graphql-ruby was written before it had classes."""
    for item in look.module.assignments:
        kind = ROOTS.get(last(item.target))
        block = block_of(item.value) if isinstance(item.value, Call) and item.value.name == DEFINING else None
        for call in look.module.calls if kind and block is not None else ():
            name = plain(call.args[0]) if call.last == "field" and call.args else None
            if name and block is not None and call.function == block.function:
                kept.operations.append(Operation(kind=kind or "", name=name, file="", line=call.line))
                keep(kept, look, SignKind.GRAPHQL, call, f"{kind} {name}")


def _fields(look: Look, kept: Kept, item: Class, kind: str) -> None:
    for call in look.module.calls:
        if call.name != "field" or call.owner != item.index or not call.args or call.function != -1:
            continue
        name = plain(call.args[0])
        if name:
            written = name if truth(call.keywords.get("camelize")) is False else camel(name)
            kept.operations.append(Operation(kind=kind, name=written, file="", line=call.line))
            keep(kept, look, SignKind.GRAPHQL, call, f"{kind} {written}")


def camel(name: str) -> str:
    """``all_links`` as ``allLinks``, the way graphql-ruby names fields."""
    return WORD.sub(lambda match: match[1].upper(), name)


def _is_grpc(look: Look) -> bool:
    text = look.module.text
    return "grpc" in text.lower() or "_pb'" in text or '_pb"' in text or "GRPC" in text


def _methods(look: Look, kept: Kept, item: Class) -> None:
    """The methods of a service, under the names that the contract gives them."""
    for method in look.module.methods_of(item):
        if not method.modifiers and method.name != "initialize" and len(method.parameters) in (1, 2):
            name = camel(f"_{method.name}")
            kept.operations.append(Operation(kind="rpc", name=name, file="", line=method.line))
            keep(kept, look, SignKind.GRPC, method, name, method.index)


def _call(look: Look, kept: Kept, call: Call) -> None:
    if call.name == "soap_action" and call.args and (name := plain(call.args[0])):
        kept.operations.append(Operation(kind="soap", name=name, file="", line=call.line))
        keep(kept, look, SignKind.SOAP, call, name)
    elif call.name in ("soap_service", "wash_out"):
        keep(kept, look, SignKind.SOAP, call, "WashOut")
    elif call.name == "Savon.client":
        keep(kept, look, SignKind.SOAP, call, "Savon client")
    elif call.name == "GRPC.RpcServer.new":
        keep(kept, look, SignKind.GRPC, call, "gRPC server")
    elif call.last == "new" and ".Stub." in f"{call.name}." and _is_grpc(look):
        keep(kept, look, SignKind.GRPC, call, "gRPC client")


INTERFACES_RUBY = Reader(name="interfaces (Ruby)", languages=RUBY, read=read)
