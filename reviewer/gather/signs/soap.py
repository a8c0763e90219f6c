"""SOAP services declared in code: spyne's, and those that pysimplesoap and node-soap are given."""

from __future__ import annotations

from collections.abc import Iterator

from reviewer.gather.expressions import last, pairs_of
from reviewer.gather.look import Look, decorators, look_at
from reviewer.gather.reader import Kept, Reader
from reviewer.gather.signs._emit import ECMA, PYTHON, keep
from reviewer.gather.syntax import Expr, Function, Lambda, Mapping, Module, Name, plain
from reviewer.model.facts.code import SignKind
from reviewer.model.facts.routing import Operation

KIND = "soap"
SPYNE_DECORATORS = frozenset({"rpc", "srpc", "mrpc"})
SPYNE = ("spyne", "rpclib", "soaplib", "ladon")
DISPATCHER, REGISTER = "pysimplesoap", "register_function"
DEPTH = 4
"""node-soap: service, port, operation."""


def read_python(module: Module, kept: Kept) -> None:
    """Methods with spyne's ``@rpc`` and ``@srpc``; what pysimplesoap's dispatcher is given."""
    look = look_at(module)
    if look.imports(DISPATCHER):
        _registered(look, kept)
    if not look.imports(*SPYNE):
        return
    for call in module.calls:
        if plain(call.keywords.get("validator")) and look.origin(call.name).startswith(SPYNE):
            keep(kept, look, SignKind.VALIDATION, call, f"{call.last} validator")
    for _, name, item in decorators(module):
        if last(name) in SPYNE_DECORATORS and isinstance(item, Function) and look.origin(name).startswith(SPYNE):
            kept.operations.append(Operation(kind=KIND, name=item.name, file="", line=item.line))
            keep(kept, look, SignKind.SOAP, item, item.name, item.index)


def _registered(look: Look, kept: Kept) -> None:
    for call in look.module.calls:
        name = plain(call.args[0]) if call.last == REGISTER and call.args else None
        if name:
            kept.operations.append(Operation(kind=KIND, name=name, file="", line=call.line))
            keep(kept, look, SignKind.SOAP, call, name)


def read_ecma(module: Module, kept: Kept) -> None:
    """The service object of ``soap.listen(server, path, service, wsdl)``."""
    look = look_at(module)
    if not look.imports("soap"):
        return
    for call in module.calls:
        if call.last == "listen" and look.origin(call.name).startswith("soap"):
            for arg in call.args:
                for name, line in _operations(look, look.value(arg, call.function), call.function):
                    kept.operations.append(Operation(kind=KIND, name=name, file="", line=line))


def _operations(look: Look, value: Expr | None, function: int) -> Iterator[tuple[str, int]]:
    """The functions at the third level of a service object: ``{ Service: { Port: { operation() {} } } }``."""
    level = [value]
    for _ in range(DEPTH):
        further: list[Expr | None] = []
        for item in level:
            for name, entry in pairs_of(item):
                known = look.value(entry, function)
                if isinstance(known, Lambda) or (isinstance(entry, Name) and entry.dotted in look.outer_functions):
                    yield name, entry.line
                elif isinstance(known, Mapping):
                    further.append(known)
        level = further


SOAP_PYTHON = Reader(name="SOAP services (Python)", languages=PYTHON, read=read_python)
SOAP_ECMA = Reader(name="SOAP services (JavaScript)", languages=ECMA, read=read_ecma)
