"""GraphQL in JavaScript: operations by decorators, in schema texts and in graphql-js objects."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reviewer.gather.documents.graphql_sdl import read_sdl
from reviewer.gather.languages.node._names import Names
from reviewer.gather.reader import Kept, Reader
from reviewer.gather.syntax import Call, Expr, Function, Lambda, Mapping, Module, Name, Text, dotted, plain
from reviewer.model.facts.file import FileFacts
from reviewer.model.facts.routing import Operation, Route, Router

ROOTS = ("query", "mutation", "subscription")
DECORATORS = {
    f"{package}.{root.capitalize()}": root for package in ("type-graphql", "@nestjs/graphql") for root in ROOTS
}
PACKAGES = (
    "graphql",
    "graphql-tag",
    "graphql-yoga",
    "graphql-tools",
    "graphql-request",
    "apollo-server",
    "apollo-server-express",
    "apollo-server-core",
    "apollo-server-koa",
    "apollo-server-lambda",
    "@apollo/server",
    "@apollo/subgraph",
    "@graphql-tools/schema",
    "express-graphql",
    "mercurius",
)
MARK = re.compile(r"graphql|type\s+(?:Query|Mutation|Subscription)\b", re.IGNORECASE)
"""Without one of these there is nothing of GraphQL in a file."""
SCHEMA = re.compile(r"(?:^|[\s}])(?:extend\s++)?(?:type\s++\w++[^{}\"]{0,200}+|schema\s*+)\{")
"""What tells a schema from a client's query."""
DEFINITIONS = re.compile(r"typedefs?|schema", re.IGNORECASE)
"""Names of variables that hold a schema in files that import nothing of GraphQL."""
OBJECT_TYPE = "graphql.GraphQLObjectType"
SCHEMA_TYPE = "graphql.GraphQLSchema"
NEST_MODULES = ("GraphQLModule.forRoot", "GraphQLModule.forRootAsync")
NEST_GRAPHQL = "NestJS GraphQL"


def read(module: Module, kept: Kept) -> None:
    """Keeps each operation once, by kind and name."""
    if not MARK.search(module.text):
        return
    names = Names(module)
    known = {(item.kind, item.name) for item in kept.operations}
    for operation in (*_decorated(module, names), *_schemas(module), *_objects(module, names)):
        if (operation.kind, operation.name) not in known:
            known.add((operation.kind, operation.name))
            kept.operations.append(operation)
    _nest_module(module, kept)


def _decorated(module: Module, names: Names) -> Iterator[Operation]:
    """``@Query(() => [Book])`` on a method, under the method's name or the one given to it."""
    for function in module.functions:
        for decorator in function.decorators:
            callee = decorator.callee if isinstance(decorator, Call) else decorator
            kind = DECORATORS.get(names.origin(callee))
            if kind:
                yield Operation(kind=kind, name=_given_name(decorator, function), file="", line=decorator.line)


def _given_name(decorator: Expr, function: Function) -> str:
    for arg in decorator.args if isinstance(decorator, Call) else ():
        given = plain(arg) or (plain(arg.get("name")) if isinstance(arg, Mapping) else None)
        if given:
            return given
    return function.name


def _schemas(module: Module) -> Iterator[Operation]:
    """Schema texts: tagged ``gql``, or any in a file that works with GraphQL."""
    relevant = module.imported(*PACKAGES)
    named = {id(item.value) for item in module.assignments if DEFINITIONS.search(item.target)}
    for text, _ in module.texts:
        sdl = "".join(part if isinstance(part, str) else " " for part in text.parts)
        if (relevant or text.how == "tagged" or id(text) in named) and SCHEMA.search(sdl):
            for item in read_sdl(sdl, FileFacts(kind="graphql")).operations:
                yield Operation(kind=item.kind, name=item.name, file="", line=text.line + item.line - 1)


def _objects(module: Module, names: Names) -> Iterator[Operation]:
    """``new GraphQLObjectType({ name: "Query", fields: {...} })``, by its name or its place in the schema."""
    roles = _roles(module, names)
    for item in module.calls:
        options = item.args[0] if item.args else None
        if names.origin(item.callee) != OBJECT_TYPE or not isinstance(options, Mapping):
            continue
        name = plain(options.get("name")) or ""
        kind = roles.get(id(item)) or next((root for root in ROOTS if re.match(rf"(root)?{root}", name, re.I)), "")
        for key, value in _fields(module, options) if kind else ():
            yield Operation(kind=kind, name=key, file="", line=value.line or item.line)


def _roles(module: Module, names: Names) -> dict[int, str]:
    """Object types by what ``new GraphQLSchema({ query: Root })`` takes them for."""
    given = {item.target: item.value for item in module.assignments if isinstance(item.value, Call)}
    roles: dict[int, str] = {}
    for item in module.calls:
        options = item.args[0] if item.args else None
        if names.origin(item.callee) == SCHEMA_TYPE and isinstance(options, Mapping):
            for root in ROOTS:
                value = options.get(root)
                target = given.get(value.dotted) if isinstance(value, Name) else value
                if target is not None:
                    roles[id(target)] = root
    return roles


def _fields(module: Module, options: Mapping) -> Iterator[tuple[str, Expr]]:
    fields = options.get("fields")
    if isinstance(fields, Lambda):
        returned = (item.value for item in module.returns if item.function == fields.function)
        fields = next((value for value in returned if isinstance(value, Mapping)), None)
    for key, value in fields.pairs if isinstance(fields, Mapping) else ():
        name = plain(key) or dotted(key)
        if name:
            yield name, key if isinstance(key, Text) else value


def _nest_module(module: Module, kept: Kept) -> None:
    """NestJS serves its schema at ``/graphql`` unless told otherwise."""
    for item in module.calls:
        if item.name in NEST_MODULES and item.args:
            options = item.args[0]
            path = plain(options.get("path")) if isinstance(options, Mapping) else None
            kept.routers.append(Router(symbol=NEST_GRAPHQL, framework=NEST_GRAPHQL, line=item.line))
            kept.routes.append(
                Route(
                    router=NEST_GRAPHQL,
                    framework=NEST_GRAPHQL,
                    methods=("ANY",),
                    path=(path or "/graphql",),
                    line=item.line,
                    end_line=item.end_line,
                    handler=item.name,
                )
            )


GRAPHQL_JS = Reader(name="GraphQL (JavaScript)", languages=("JavaScript", "TypeScript"), read=read)
