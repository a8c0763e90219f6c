"""GraphQL schemas that are built by calls: Nexus and Pothos."""

from __future__ import annotations

from collections.abc import Iterator

from reviewer.gather.expressions import option, pairs_of
from reviewer.gather.look import look_at
from reviewer.gather.reader import Kept, Reader
from reviewer.gather.syntax import Attribute, Call, Expr, Lambda, Module, Name, plain
from reviewer.model.facts.routing import Operation

PACKAGES = ("nexus", "@nexus/schema", "@pothos/core", "@giraphql/core")
KINDS = ("query", "mutation", "subscription")
ROOT_TYPES = {kind.capitalize(): kind for kind in KINDS}
FIELD = {f"{kind}Field": kind for kind in KINDS}
FIELDS = {f"{kind}Fields": kind for kind in KINDS}
TYPE = {f"{kind}Type": kind for kind in KINDS}
EXTENDING = frozenset({"extendType", "objectType"})
BUILDER = "builder"
"""What projects call Pothos's schema builder, which other files import."""


def read(module: Module, kept: Kept) -> None:
    """Keeps each operation once, by kind and name."""
    look = look_at(module)
    known = look.imports(*PACKAGES)
    if not known and f"{BUILDER}." not in module.text:
        return
    seen = {(item.kind, item.name) for item in kept.operations}
    for call in module.calls:
        if not known and not call.name.startswith(f"{BUILDER}."):
            continue
        for kind, name, line in _operations(module, call):
            if (kind, name) not in seen:
                seen.add((kind, name))
                kept.operations.append(Operation(kind=kind, name=name, file="", line=line))


def _operations(module: Module, call: Call) -> Iterator[tuple[str, str, int]]:
    if kind := FIELD.get(call.last):
        name = plain(call.args[0]) if call.args else None
        if name is not None:
            yield kind, name, call.line
        else:
            yield from _defined(module, kind, call.args[0] if call.args else None)
    elif kind := FIELDS.get(call.last):
        yield from _returned(module, kind, call.args[0] if call.args else None)
    elif kind := TYPE.get(call.last):
        yield from _returned(module, kind, option(call, "fields"))
        yield from _defined(module, kind, option(call, "definition"))
    elif call.last in EXTENDING:
        kind = ROOT_TYPES.get(plain(option(call, "type") or option(call, "name")) or "")
        if kind:
            yield from _defined(module, kind, option(call, "definition"))


def _defined(module: Module, kind: str, definition: Expr | None) -> Iterator[tuple[str, str, int]]:
    """Nexus: the calls on the function's parameter, ``t.nonNull.list.field("users", ...)``."""
    if not isinstance(definition, Lambda):
        return
    parameters = module.functions[definition.function].parameters
    for call in module.calls:
        if call.function == definition.function and parameters and _root(call.callee) == parameters[0].name:
            name = plain(call.args[0]) if call.args else None
            if name:
                yield kind, name, call.line


def _root(expr: Expr) -> str:
    for _ in range(20):
        if isinstance(expr, Attribute):
            expr = expr.value
        elif isinstance(expr, Call):
            expr = expr.callee
        else:
            break
    return expr.dotted.partition(".")[0] if isinstance(expr, Name) else ""


def _returned(module: Module, kind: str, fields: Expr | None) -> Iterator[tuple[str, str, int]]:
    """Pothos: the entries of the object that the function gives back."""
    if isinstance(fields, Lambda):
        values = (item.value for item in module.returns if item.function == fields.function)
        for value in values:
            for name, entry in pairs_of(value):
                yield kind, name, entry.line


GRAPHQL_BUILDERS = Reader(name="GraphQL (builders)", languages=("JavaScript", "TypeScript"), read=read)
