"""Functions behind an API gateway: the events of the Serverless Framework and of AWS SAM that declare routes."""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec

from reviewer.gather.documents._json import load_json
from reviewer.gather.documents._trees import Loaded, Tree, line_of, mapping, sequence, text
from reviewer.gather.documents._yaml import load_yaml
from reviewer.gather.reader import DocumentReader
from reviewer.model.facts.code import Sign, SignKind
from reviewer.model.facts.file import FileFacts
from reviewer.model.facts.routing import Route, Router, Routing

SERVERLESS, SAM = "Serverless Framework", "AWS SAM"
GATEWAY = "schemas of API Gateway"
METHODS = frozenset({"GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"})
ANY_METHODS = frozenset({"ANY", "*", "X-AMAZON-APIGATEWAY-ANY-METHOD"})
EVENTS = frozenset({"http", "httpapi"})
HANDED_ON = re.compile(r"\{proxy\+\}|^/?\*$")
GREEDY = re.compile(r"\{\w{1,80}\+\}/?$")
"""For every method, a path that takes in all below it hands them on to an application, whatever it is called."""
"""Everything is handed on to one function, which tells the paths apart itself."""
REST = re.compile(r"\{(\w+)\+\}")
FUNCTIONS_FILE = re.compile(r"^ {2,4}handler:", re.MULTILINE)
SAM_TYPE = "AWS::Serverless::Function"
SAM_APIS = frozenset({"AWS::Serverless::Api", "AWS::Serverless::HttpApi"})
SAM_EVENTS = frozenset({"api", "httpapi"})
ROUTE_LIMIT = 1_000


def read_serverless(source: str, base: FileFacts) -> FileFacts:
    """``serverless.yml``."""
    root = mapping(load_yaml(source).tree)
    found = [
        route
        for functions in (root.get("functions"), *_listed(root.get("functions")))
        for name, item in mapping(functions).items()
        for route in _serverless_routes(name, mapping(item))
    ]
    checked = [
        sign
        for functions in (root.get("functions"), *_listed(root.get("functions")))
        for item in mapping(functions).values()
        for sign in _checked_bodies(mapping(item))
    ]
    facts = _with_routes(base, SERVERLESS, found)
    return msgspec.structs.replace(facts, signs=(*facts.signs, *checked[:ROUTE_LIMIT])) if checked else facts


def _checked_bodies(function: dict[str, Tree]) -> Iterator[Sign]:
    """Events whose bodies the gateway holds against a schema before it calls the function."""
    for event in sequence(function.get("events")):
        for kind, given in mapping(event).items():
            request = mapping(mapping(given).get("request"))
            if kind.lower() in EVENTS and (request.get("schemas") or request.get("schema")):
                line = line_of(kind)
                yield Sign(kind=SignKind.VALIDATION, line=line, end_line=line, detail=GATEWAY)


def read_further(source: str, base: FileFacts) -> FileFacts:
    """Any other YAML or JSON: functions that ``serverless.yml`` includes, or a template of SAM."""
    if SAM_TYPE in source:
        loaded: Loaded = load_json(source) if base.kind == "json" else load_yaml(source)
        return _with_routes(base, SAM, list(_template(mapping(loaded.tree))))
    if base.kind == "yaml" and "events:" in source and FUNCTIONS_FILE.search(source):
        root = mapping(load_yaml(source).tree)
        functions = mapping(root.get("functions")) or root
        routes = [route for name, item in functions.items() for route in _serverless_routes(name, mapping(item))]
        return _with_routes(base, SERVERLESS, routes)
    return base


def _listed(functions: Tree) -> list[Tree]:
    return functions if isinstance(functions, list) else []


def _serverless_routes(name: str, function: dict[str, Tree]) -> Iterator[Route]:
    handler = text(function.get("handler"))
    for event in sequence(function.get("events")):
        for kind, given in mapping(event).items():
            if kind.lower() not in EVENTS:
                continue
            line = line_of(kind) if not isinstance(given, str) else line_of(given, line_of(kind))
            if isinstance(given, str):
                method, _, path = given.strip().partition(" ")
                yield from _route(SERVERLESS, method, path, line or line_of(name), handler, ())
            else:
                details = mapping(given)
                guards = tuple(_serverless_guards(details))
                yield from _route(
                    SERVERLESS, text(details.get("method")), text(details.get("path")), line, handler, guards
                )


def _serverless_guards(details: dict[str, Tree]) -> Iterator[str]:
    given = details.get("authorizer")
    if given:
        named = mapping(given)
        name = text(given) or text(named.get("name")) or text(named.get("arn")) or text(named.get("type"))
        yield f"authorizer {name}".strip()
    if text(details.get("private")).lower() == "true":
        yield "requires token"


def _template(root: dict[str, Tree]) -> Iterator[Route]:
    resources = mapping(root.get("Resources"))
    shared = mapping(mapping(root.get("Globals")).get("Function"))
    everywhere = _default_authorizer(root, resources)
    for name, item in resources.items():
        resource = mapping(item)
        if text(resource.get("Type")) != SAM_TYPE:
            continue
        properties = {**shared, **mapping(resource.get("Properties"))}
        folder = text(properties.get("CodeUri")).strip("./")
        handler = text(properties.get("Handler"))
        for event in mapping(properties.get("Events")).values():
            declared = mapping(event)
            if text(declared.get("Type")).lower() not in SAM_EVENTS:
                continue
            details = mapping(declared.get("Properties"))
            path = text(details.get("Path"))
            line = line_of(details.get("Path"), line_of(name))
            guards = _sam_guards(mapping(details.get("Auth")), everywhere)
            full = f"{folder}/{handler}" if folder else handler
            yield from _route(SAM, text(details.get("Method")), path, line, full, guards)


def _default_authorizer(root: dict[str, Tree], resources: dict[str, Tree]) -> str:
    """The authorizer of every route of an API that names none."""
    apis = [mapping(mapping(root.get("Globals")).get(key)) for key in ("Api", "HttpApi")]
    apis += [
        mapping(mapping(item).get("Properties"))
        for item in resources.values()
        if text(mapping(item).get("Type")) in SAM_APIS
    ]
    return next((name for api in apis if (name := text(mapping(api.get("Auth")).get("DefaultAuthorizer")))), "")


def _sam_guards(auth: dict[str, Tree], everywhere: str) -> tuple[str, ...]:
    own = text(auth.get("Authorizer")) or everywhere
    if text(auth.get("ApiKeyRequired")).lower() == "true":
        return ("requires token",)
    return (f"authorizer {own}",) if own and own.upper() != "NONE" else ()


def _route(framework: str, method: str, path: str, line: int, handler: str, guards: tuple[str, ...]) -> Iterator[Route]:
    """One route; none where everything is handed on. ``name`` keeps the handler, for whom to look up its function."""
    spelled = method.strip().upper()
    whole = HANDED_ON.search(path) or (spelled in ANY_METHODS and GREEDY.search(path))
    if not path or whole or spelled not in METHODS | ANY_METHODS:
        return
    yield Route(
        router=framework,
        framework=framework,
        methods=("ANY" if spelled in ANY_METHODS else spelled,),
        path=(REST.sub(r"{\1}", f"/{path.strip().lstrip('/')}"),),
        line=line,
        end_line=line,
        name=str(handler),
        guards=guards,
    )


def _with_routes(base: FileFacts, framework: str, routes: list[Route]) -> FileFacts:
    if not routes:
        return base
    known = base.routing or Routing()
    router = Router(symbol=framework, framework=framework, line=routes[0].line, root=True)
    routing = msgspec.structs.replace(
        known, routers=(*known.routers, router), routes=(*known.routes, *routes[:ROUTE_LIMIT])
    )
    return msgspec.structs.replace(base, routing=routing)


SERVERLESS_FILE = DocumentReader("serverless", ("deploy:Serverless Framework",), read_serverless)
FURTHER = DocumentReader("serverless functions", ("yaml", "json"), read_further)
