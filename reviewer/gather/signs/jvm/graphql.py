"""GraphQL operations of Java and Kotlin: Netflix DGS, Spring for GraphQL, resolvers and wiring of graphql-java."""

from __future__ import annotations

from collections.abc import Iterator

from reviewer.gather.frameworks.jvm._annotations import find, given, name_of, option
from reviewer.gather.look import Look, look_at
from reviewer.gather.reader import Kept, Reader
from reviewer.gather.signs._emit import keep
from reviewer.gather.syntax import Attribute, Call, Class, Expr, Function, Lambda, Module, dotted, plain, walk
from reviewer.model.facts.code import SignKind
from reviewer.model.facts.routing import Operation, Route, Router

JVM = ("Java", "Kotlin")
MODULES = (
    "com.coxautodev.graphql",
    "com.expediagroup.graphql",
    "com.netflix.graphql",
    "graphql",
    "io.leangen.graphql",
    "io.smallrye.graphql",
    "org.eclipse.microprofile.graphql",
    "org.springframework.graphql",
)
NAMED = {
    "DgsQuery": "query",
    "DgsMutation": "mutation",
    "DgsSubscription": "subscription",
    "QueryMapping": "query",
    "MutationMapping": "mutation",
    "SubscriptionMapping": "subscription",
    "GraphQLQuery": "query",
    "GraphQLMutation": "mutation",
    "GraphQLSubscription": "subscription",
}
"""Annotations of methods that are operations, named by the method where the annotation does not name them."""
TYPED = {"DgsData": ("parentType", "field"), "SchemaMapping": ("typeName", "field")}
"""Annotations that name the type and the field."""
ROOTS = {"query": "query", "mutation": "mutation", "subscription": "subscription"}
RESOLVERS = {
    "GraphQLQueryResolver": "query",
    "GraphQLMutationResolver": "mutation",
    "GraphQLSubscriptionResolver": "subscription",
    "graphql.kickstart.tools.GraphQLQueryResolver": "query",
    "Query": "query",
    "Mutation": "mutation",
    "Subscription": "subscription",
}
"""Interfaces whose public methods are operations; the short ones are those of graphql-kotlin."""
SHORT = ("com.expediagroup.graphql",)
MICROPROFILE = {"Query": "query", "Mutation": "mutation", "Subscription": "subscription"}
FETCHER = "dataFetcher"
WIRING = frozenset({"type", "newTypeWiring", "typeWiring"})
PRIVATE = frozenset({"private", "protected", "static"})
SERVED_BY = {"com.netflix.graphql.dgs": "Netflix DGS", "org.springframework.graphql": "Spring GraphQL"}
SETTING = "/graphql"


def read(module: Module, kept: Kept) -> None:
    """Keeps the operations of a file, and the path that the library serves them at."""
    if not module.imported(*MODULES):
        return
    look = look_at(module)
    before = len(kept.operations)
    for owner in module.classes:
        for method in module.methods_of(owner):
            for kind, name in _operations(look, owner, method):
                _keep(look, kept, kind, name, method)
    _wired(look, kept)
    library = next((label for package, label in SERVED_BY.items() if module.imported(package)), None)
    if library and len(kept.operations) > before:
        line = kept.operations[before].line
        kept.routers.append(Router(symbol=library, framework=library, line=line))
        kept.routes.append(
            Route(
                router=library,
                framework=library,
                methods=("POST",),
                path=(SETTING,),
                line=line,
                end_line=line,
                implicit=True,
            )
        )


def _operations(look: Look, owner: Class, method: Function) -> Iterator[tuple[str, str]]:
    """The operations that a method is: (kind, name)."""
    for decorator in method.decorators:
        name = name_of(decorator)
        if name in NAMED:
            yield NAMED[name], _said(given(decorator, "field", "name")) or method.name
        elif name in TYPED:
            parent, field = TYPED[name]
            kind = ROOTS.get(_type_name(option(decorator, parent)))
            if kind:
                yield kind, _said(option(decorator, field) or given(decorator)) or method.name
        elif name in MICROPROFILE and find(owner.decorators, "GraphQLApi") is not None:
            yield MICROPROFILE[name], _said(given(decorator)) or _without_get(method.name)
    if PRIVATE.isdisjoint(method.modifiers) and method.name != owner.name.rpartition(".")[2]:
        for base in owner.bases:
            resolver = dotted(base.callee if isinstance(base, Call) else base).rpartition(".")[2]
            if resolver in RESOLVERS and (resolver.startswith("GraphQL") or look.imports(*SHORT)):
                yield RESOLVERS[resolver], _without_get(method.name) if resolver.startswith("GraphQL") else method.name


def _said(expr: Expr | None) -> str:
    """A constant text; of a generated constant (``DgsConstants.QUERY.Articles``) the name that it stands for."""
    text = plain(expr)
    if text is not None:
        return text
    last = dotted(expr).rpartition(".")[2]
    return "" if last == "TYPE_NAME" else last[:1].lower() + last[1:]


def _type_name(expr: Expr | None) -> str:
    """``query`` of ``"Query"``, ``QUERY.TYPE_NAME`` and ``DgsConstants.QUERY_TYPE``."""
    text = plain(expr)
    if text is not None:
        return text.lower()
    parts = dotted(expr).split(".")
    if parts[-1] in ("TYPE_NAME", "TYPE"):
        parts.pop()
    return parts[-1].lower().removesuffix("_type") if parts else ""


def _without_get(name: str) -> str:
    """``users`` of ``getUsers``."""
    rest = name.removeprefix("get")
    return rest[:1].lower() + rest[1:] if rest != name and rest[:1].isupper() else name


def _wired(look: Look, kept: Kept) -> None:
    """``.type("Query", t -> t.dataFetcher("users", ...))`` and ``newTypeWiring("Query").dataFetcher("users", ...)``."""
    lambdas: dict[int, str] = {}
    for call in look.module.calls:
        kind = ROOTS.get((plain(call.args[0]) or "").lower()) if call.args and call.last in WIRING else None
        for arg in call.args[1:] if kind else ():
            if isinstance(arg, Lambda):
                lambdas[arg.function] = kind or ""
    for call in look.module.calls:
        if call.last != FETCHER or len(call.args) < 2:
            continue
        name = plain(call.args[0])
        kind = _chained(call) or lambdas.get(call.function, "")
        if name and kind:
            kept.operations.append(Operation(kind=kind, name=name, file="", line=call.args[0].line))
            keep(kept, look, SignKind.GRAPHQL, call, f"{kind} {name}")


def _chained(call: Call) -> str:
    if not isinstance(call.callee, Attribute):
        return ""
    for part in walk(call.callee):
        if isinstance(part, Call) and part.last in WIRING and part.args:
            return ROOTS.get((plain(part.args[0]) or "").lower(), "")
    return ""


def _keep(look: Look, kept: Kept, kind: str, name: str, method: Function) -> None:
    kept.operations.append(Operation(kind=kind, name=name, file="", line=method.line))
    keep(kept, look, SignKind.GRAPHQL, method, f"{kind} {name}", method.index)


GRAPHQL_JVM = Reader(name="GraphQL (Java, Kotlin)", languages=JVM, read=read)
