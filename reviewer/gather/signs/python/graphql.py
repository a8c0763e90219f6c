"""GraphQL operations declared in Python: Graphene, Strawberry and Ariadne."""

from __future__ import annotations

import re

from reviewer.gather.documents.graphql_sdl import read_sdl
from reviewer.gather.expressions import last
from reviewer.gather.look import Look, decorators, look_at
from reviewer.gather.reader import Kept, Reader
from reviewer.gather.signs._emit import PYTHON, bases_of, keep
from reviewer.gather.syntax import Call, Class, Function, Module, dotted, plain
from reviewer.model.facts.code import SignKind
from reviewer.model.facts.file import FileFacts
from reviewer.model.facts.routing import Operation

ROOT = re.compile(r"\w*(Query|Queries|Mutation|Mutations|Subscription|Subscriptions)$")
SCHEMA = re.compile(r"\btype\s++(?:Query|Mutation|Subscription)\b")
KINDS = {"Quer": "query", "Muta": "mutation", "Subs": "subscription"}
GRAPHENE = ("graphene", "graphene_django", "graphene_sqlalchemy", "graphene_mongo")
STRAWBERRY_FIELDS = ("field", "mutation", "subscription", "strawberry_field", "django.mutation")
ARIADNE_TYPES = {"QueryType": "query", "MutationType": "mutation", "SubscriptionType": "subscription"}


def read(module: Module, kept: Kept) -> None:
    """The fields of root types; names as GraphQL shows them (``createUser`` of ``create_user``)."""
    look = look_at(module)
    if look.imports(*GRAPHENE):
        for owner in module.classes:
            if any(last(base) == "ObjectType" for base in bases_of(look, owner)):
                _fields(look, kept, owner)
    if look.imports("strawberry", "strawberry_django"):
        for _, name, item in decorators(module):
            if isinstance(item, Class) and last(name) == "type":
                _fields(look, kept, item)
                _methods(look, kept, item)
    if look.imports("ariadne"):
        _ariadne(look, kept)
        _schema_texts(look, kept)


def _kind(name: str) -> str:
    found = ROOT.match(name[:80])
    return KINDS[found[1][:4]] if found else ""


def _fields(look: Look, kept: Kept, owner: Class) -> None:
    kind = _kind(owner.name)
    for field in look.module.fields_of(owner) if kind else ():
        if isinstance(field.value, Call) or field.type:
            _keep(look, kept, kind, camel(field.target), field.line)


def _methods(look: Look, kept: Kept, owner: Class) -> None:
    kind = _kind(owner.name)
    for method in look.module.methods_of(owner) if kind else ():
        if any(_is_field(method, index) for index in range(len(method.decorators))):
            _keep(look, kept, kind, camel(method.name), method.line)


def _is_field(method: Function, index: int) -> bool:
    decorator = method.decorators[index]
    return last(dotted(decorator.callee if isinstance(decorator, Call) else decorator)) in STRAWBERRY_FIELDS


def _ariadne(look: Look, kept: Kept) -> None:
    """``query = QueryType()``, then ``@query.field("users")`` or ``query.set_field("users", resolver)``."""
    roots = {
        item.target: ARIADNE_TYPES[last(item.value.name)]
        for item in look.module.assignments
        if isinstance(item.value, Call) and last(item.value.name) in ARIADNE_TYPES
    }
    for call in look.module.calls:
        head, _, method = call.name.rpartition(".")
        if head in roots and method in ("field", "set_field", "source") and call.args and (name := plain(call.args[0])):
            _keep(look, kept, roots[head], name, call.line)


def _schema_texts(look: Look, kept: Kept) -> None:
    """Schemas in texts; what a resolver in the same file already gave is known."""
    known = {(item.kind, item.name) for item in kept.operations}
    for text, _ in look.module.texts:
        sdl = plain(text) or ""
        if SCHEMA.search(sdl):
            for item in read_sdl(sdl, FileFacts(kind="graphql")).operations:
                if (item.kind, item.name) not in known:
                    _keep(look, kept, item.kind, item.name, text.line + item.line - 1)


def _keep(look: Look, kept: Kept, kind: str, name: str, line: int) -> None:
    operation = Operation(kind=kind, name=name, file="", line=line)
    if operation not in kept.operations:
        kept.operations.append(operation)
        keep(kept, look, SignKind.GRAPHQL, operation, f"{kind} {name}", -1)


def camel(name: str) -> str:
    """``create_user`` as both libraries publish it: ``createUser``."""
    head, *rest = name.strip("_").split("_")
    return head + "".join(part[:1].upper() + part[1:] for part in rest)


GRAPHQL_PYTHON = Reader(name="GraphQL (Python)", languages=PYTHON, read=read)
