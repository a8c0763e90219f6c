"""SOAP and GraphQL that PHP serves or calls."""

from __future__ import annotations

from collections.abc import Iterator

from reviewer.gather.expressions import last, pairs_of
from reviewer.gather.look import Look, decorators, look_at, words
from reviewer.gather.reader import Kept, Reader
from reviewer.gather.signs._emit import bases_of, keep
from reviewer.gather.signs.php._php import PHP, first_text
from reviewer.gather.syntax import Call, Class, Function, Mapping, Module, Name, dotted, plain
from reviewer.model.facts.code import SignKind
from reviewer.model.facts.routing import Operation

SOAP_SERVERS = words("SoapServer soap_server nusoap_server Laminas.Soap.Server Zend.Soap.Server")
SOAP_CLIENTS = words("SoapClient nusoap_client Laminas.Soap.Client Zend.Soap.Client")
SERVED_CLASS = "soap class"
"""The kind of what names a class of another file, whose public methods are served."""
ROOTS = {"query": "query", "mutation": "mutation", "subscription": "subscription"}
REBING = {"Rebing.GraphQL.Support.Query": "query", "Rebing.GraphQL.Support.Mutation": "mutation"}
GRAPHQLITE = {"Query": "query", "Mutation": "mutation", "Subscription": "subscription"}
WEBONYX = ("GraphQL.Type", "GraphQL.GraphQL", "GraphQL")


def read_soap(module: Module, kept: Kept) -> None:
    """``SoapServer`` with its class or functions, NuSOAP's registrations, and clients."""
    if "oap" not in module.text and "SOAP" not in module.text:
        return
    look = look_at(module)
    serving = False
    for call in module.calls:
        origin = look.origin(call.name)
        if call.new and origin in SOAP_SERVERS:
            serving = True
            keep(kept, look, SignKind.SOAP, call, "SOAP server")
        elif call.new and origin in SOAP_CLIENTS:
            keep(kept, look, SignKind.SOAP, call, "SOAP client")
    if not serving:
        return
    told: set[str] = set()
    for call in module.calls:
        for item in _served(look, call):
            if item.name.lower() not in told:
                kept.operations.append(item)
            told.add(item.name.lower())


def _served(look: Look, call: Call) -> Iterator[Operation]:
    if call.last == "addFunction":
        for item in getattr(call.args[0], "values", call.args[:1]) if call.args else ():
            if text := plain(item):
                yield _soap(text, call.line)
    elif call.last == "register" and first_text(call) and len(call.args) > 1:
        yield _soap(first_text(call), call.line)
    elif call.last in ("setClass", "setObject") and call.args:
        yield from _methods(look, call)


def _soap(name: str, line: int) -> Operation:
    return Operation(kind="soap", name=name, file="", line=line)


def _methods(look: Look, call: Call) -> Iterator[Operation]:
    """The public methods of a class that is served, or the name of one of another file.

    Of a class that serves itself, all methods but the one that does so.
    """
    if dotted(call.args[0]) == "this" and 0 <= call.owner < len(look.module.classes):
        mine = look.module.methods_of(look.module.classes[call.owner])
        yield from (_soap(item.name, item.line) for item in mine if item.index != call.function and _is_public(item))
        return
    given = look.value(call.args[0], call.function)
    made = given.name if isinstance(given, Call) else (plain(given) or dotted(given)).removesuffix(".class")
    full = made.strip("\\").replace("\\", ".")
    name = full.rpartition(".")[2]
    owner = next((item for item in look.module.classes if item.name == name), None)
    if owner is None and name[:1].isupper():
        yield Operation(kind=SERVED_CLASS, name=full, file="", line=call.line)
    for method in look.module.methods_of(owner) if owner is not None else ():
        if _is_public(method):
            yield _soap(method.name, method.line)


def _is_public(method: Function) -> bool:
    return not method.name.startswith("__") and not {"private", "protected"} & set(method.modifiers)


def read_graphql(module: Module, kept: Kept) -> None:
    """webonyx's object types, Laravel GraphQL's classes, GraphQLite's attributes."""
    if "raphQL" not in module.text and "raphql" not in module.text:
        return
    look = look_at(module)
    for owner in module.classes:
        _rebing(look, kept, owner)
    for _, name, item in decorators(module):
        kind = GRAPHQLITE.get(last(name)) if "GraphQLite" in look.origin(name) else None
        if kind and isinstance(item, Function):
            _keep(look, kept, kind, item.name, item.line)
    for call in module.calls:
        if call.new and call.last == "ObjectType" and look.imports(*WEBONYX) and call.args:
            _webonyx(look, kept, call)
        elif call.new and call.last == "Schema" and look.imports(*WEBONYX):
            keep(kept, look, SignKind.GRAPHQL, call, "webonyx/graphql-php")


def _rebing(look: Look, kept: Kept, owner: Class) -> None:
    kind = next((REBING[base] for base in bases_of(look, owner) if base in REBING), None)
    if kind is None:
        return
    given = next((item.value for item in look.module.fields_of(owner) if item.target == "attributes"), None)
    named = plain(given.get("name")) if isinstance(given, Mapping) else None
    name = named or owner.name[0].lower() + owner.name[1:]
    _keep(look, kept, kind, name.removesuffix("Query").removesuffix("Mutation"), owner.line)


def _webonyx(look: Look, kept: Kept, call: Call) -> None:
    options = look.value(call.args[0], call.function)
    if not isinstance(options, Mapping):
        return
    kind = ROOTS.get((plain(options.get("name")) or "").lower())
    fields = look.value(options.get("fields"), call.function)
    for name, value in pairs_of(fields) if kind else ():
        _keep(look, kept, kind or "query", name, value.line)


def _keep(look: Look, kept: Kept, kind: str, name: str, line: int) -> None:
    kept.operations.append(Operation(kind=kind, name=name, file="", line=line))
    keep(kept, look, SignKind.GRAPHQL, Name("", line), f"{kind} {name}", -1)


SOAP_PHP = Reader(name="SOAP services (PHP)", languages=PHP, read=read_soap)
GRAPHQL_PHP = Reader(name="GraphQL (PHP)", languages=PHP, read=read_graphql)
