"""Operations of SOAP, GraphQL and gRPC that C# code serves."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reviewer.gather.expressions import last
from reviewer.gather.look import Look, look_at, words
from reviewer.gather.reader import Kept, Reader
from reviewer.gather.signs._emit import keep
from reviewer.gather.signs.dotnet._csharp import CSHARP, attribute_name, base_names
from reviewer.gather.syntax import Call, Class, Expr, Function, Module, dotted, plain
from reviewer.model.facts.code import SignKind
from reviewer.model.facts.routing import Operation

SOAP_OPERATIONS = words("OperationContract WebMethod")
GRPC_BASE = re.compile(r"(?:(\w+)\.)?(\w+)Base\Z")
GRPC_TYPES = re.compile(r"ServerCallContext|IServerStreamWriter|IAsyncStreamReader")
ROOTS = {"Query": "query", "Mutation": "mutation", "Subscription": "subscription"}
ROOT_ATTRIBUTES = {"QueryType": "query", "MutationType": "mutation", "SubscriptionType": "subscription"}
ROOT_CALLS = {
    **dict.fromkeys(words("AddQueryType AddQueryConventions"), "query"),
    "AddMutationType": "mutation",
    "AddSubscriptionType": "subscription",
}
ROOT_NAME = re.compile(r"(?:Query|Mutation|Subscription)\Z")
"""How classes end that are roots, or parts of one, where they know Hot Chocolate and extend nothing."""

HOT_CHOCOLATE = ("HotChocolate",)
GRAPHQL_NET = ("GraphQL", "GraphQL.Types")
NOT_FIELDS = words("GraphQLIgnore NonAction")
ASYNC = re.compile(r"(?:\A(?:Get)(?=[A-Z]))|(?:Async\Z)")


def read(module: Module, kept: Kept) -> None:
    """WCF, CoreWCF, ASMX and SoapCore; Hot Chocolate and GraphQL.NET; gRPC services."""
    look = look_at(module)
    for owner in module.classes:
        for kind, name, method in (*_soap(look, owner), *_grpc(look, owner), *_graphql(look, owner)):
            sign = {"soap": SignKind.SOAP, "rpc": SignKind.GRPC}.get(kind, SignKind.GRAPHQL)
            kept.operations.append(Operation(kind=kind, name=name, file="", line=method.line))
            detail = f"{kind} {name}" if sign is SignKind.GRAPHQL else name
            keep(kept, look, sign, method, detail, method.index)
    _graphql_net(look, kept)
    for call in module.calls:
        if call.last == "MapGrpcService":
            keep(kept, look, SignKind.GRPC, call, "MapGrpcService")
        elif call.last in ("UseSoapEndpoint", "UseServiceModel", "AddServiceEndpoint"):
            keep(kept, look, SignKind.SOAP, call, call.last)
        elif call.last in ("AddGraphQLServer", "MapGraphQL"):
            keep(kept, look, SignKind.GRAPHQL, call, "Hot Chocolate")


def _soap(look: Look, owner: Class) -> Iterator[tuple[str, str, Function]]:
    """Methods of a service contract, told once where an interface and its class both carry the attribute."""
    if _is_client(owner):
        return
    for method in look.module.methods_of(owner):
        if any(attribute_name(item) in SOAP_OPERATIONS for item in method.decorators):
            yield "soap", method.name, method


def _is_client(owner: Class) -> bool:
    """Whether a contract was made from somebody else's description."""
    names = {attribute_name(item) for item in owner.decorators}
    return "GeneratedCode" in names or any(base.startswith("ClientBase") for base in base_names(owner))


def _grpc(look: Look, owner: Class) -> Iterator[tuple[str, str, Function]]:
    """Overrides in a class that extends ``Greeter.GreeterBase``."""
    service = ""
    for base in owner.bases:
        found = GRPC_BASE.match(".".join(dotted(base).split(".")[-2:]))
        if found and (found[1] == found[2] or found[1] is None):
            service = found[2]
    for method in look.module.methods_of(owner) if service else ():
        types = " ".join(parameter.type for parameter in method.parameters)
        if "override" in method.modifiers and GRPC_TYPES.search(types[:400]):
            yield "rpc", f"{service}.{method.name}", method


def _graphql(look: Look, owner: Class) -> Iterator[tuple[str, str, Function]]:
    """Public methods and properties of Hot Chocolate's root types."""
    kind = _root(look, owner)
    if not kind:
        return
    streams = set(_streams(look, owner))
    for method in look.module.methods_of(owner):
        names = {attribute_name(item) for item in method.decorators}
        if (
            method.name not in streams
            and "public" in method.modifiers
            and method.name != "constructor"
            and names.isdisjoint(NOT_FIELDS)
        ):
            yield kind, field_name(method), method


def _streams(look: Look, owner: Class) -> Iterator[str]:
    """The methods that feed a subscription: ``[Subscribe(With = nameof(Listen))]``."""
    for method in look.module.methods_of(owner):
        for item in method.decorators:
            if attribute_name(item) == "Subscribe" and isinstance(item, Call):
                yield plain(item.keywords.get("With")) or ""


def _root(look: Look, owner: Class) -> str:
    for item in owner.decorators:
        name = attribute_name(item)
        if name in ROOT_ATTRIBUTES:
            return ROOT_ATTRIBUTES[name]
        if name == "ExtendObjectType" and (kind := ROOTS.get(_extended(item))):
            return kind
    own = last(owner.name)
    known = any(item.module.startswith(HOT_CHOCOLATE) for item in look.module.imports)
    marked = any(
        attribute_name(item) in ("UseFiltering", "UseSorting", "UsePaging", "UseProjection", "Service", "GraphQLName")
        for method in look.module.methods_of(owner)
        for item in (*method.decorators, *(d for p in method.parameters for d in p.decorators))
    )
    base = next((name for name in base_names(owner)), "")
    if known and not base and (named := ROOT_NAME.search(own)):
        return ROOTS[named.group()]
    if own in ROOTS and (known or marked or not base) and not any("Controller" in name for name in base_names(owner)):
        return ROOTS[own] if known or marked or _is_plain_root(look) else ""
    return ""


def _is_plain_root(look: Look) -> bool:
    """A file whose namespace or types speak of GraphQL."""
    return "graphql" in look.module.namespace.lower()


def _extended(item: Expr) -> str:
    """``Query`` of ``[ExtendObjectType("Query")]``, ``typeof(Query)`` and ``OperationTypeNames.Query``."""
    if not isinstance(item, Call):
        return ""
    generics = getattr(item.keywords.get("<>"), "values", ())
    for arg in (*item.args, *item.keywords.values(), *generics):
        inner = getattr(arg, "operands", (arg,))
        for part in inner:
            if (name := plain(part) or last(dotted(part))) in ROOTS:
                return name
    return ""


def field_name(method: Function) -> str:
    """What Hot Chocolate calls a method: ``books`` of ``GetBooksAsync``."""
    given = next((item for item in method.decorators if attribute_name(item) == "GraphQLName"), None)
    if isinstance(given, Call) and given.args and (text := plain(given.args[0])):
        return text
    name = ASYNC.sub("", method.name) or method.name
    return name[:1].lower() + name[1:]


def _graphql_net(look: Look, kept: Kept) -> None:
    """``Field<ListGraphType<UserType>>("users")`` in the constructor of a root type."""
    if not any(item.module in GRAPHQL_NET for item in look.module.imports):
        return
    for owner in look.module.classes:
        kind = next((value for key, value in ROOTS.items() if last(owner.name).endswith(key)), "")
        if not kind or "ObjectGraphType" not in set(base_names(owner)):
            continue
        for call in look.module.calls:
            if call.owner == owner.index and call.last in ("Field", "FieldAsync", "Connection") and call.args:
                name = plain(call.args[0])
                if name:
                    kept.operations.append(Operation(kind=kind, name=name, file="", line=call.line))
                    keep(kept, look, SignKind.GRAPHQL, call, f"{kind} {name}")


INTERFACES_DOTNET = Reader(name="SOAP, GraphQL and gRPC (C#)", languages=CSHARP, read=read)
