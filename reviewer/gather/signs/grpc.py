"""gRPC services implemented in code: methods of servicers, and what servers are given."""

from __future__ import annotations

import re

from reviewer.gather.expressions import last, pairs_of
from reviewer.gather.look import Look, decorators, look_at
from reviewer.gather.reader import Kept, Reader
from reviewer.gather.signs._emit import ECMA, PYTHON, bases_of, keep
from reviewer.gather.syntax import Call, Function, Lambda, Module, Name, dotted, plain
from reviewer.model.facts.code import SignKind
from reviewer.model.facts.routing import Operation

KIND = "rpc"
SERVICER = re.compile(r"(\w+)Servicer$")
ADD_SERVICER = re.compile(r"add_\w+Servicer_to_server$")
NODE_GRPC = ("@grpc/grpc-js", "grpc")
NEST_METHODS = frozenset({"GrpcMethod", "GrpcStreamMethod", "GrpcStreamCall"})


def read_python(module: Module, kept: Kept) -> None:
    """The public methods of classes that extend a generated ``...Servicer``; generated files hold no such class."""
    look = look_at(module)
    for owner in module.classes:
        service = next((found[1] for base in bases_of(look, owner) if (found := SERVICER.match(last(base)[:80]))), "")
        for method in module.methods_of(owner) if service else ():
            if not method.name.startswith("_") and method.name[:1].isupper():
                _keep(look, kept, f"{service}.{method.name}", method)
    for call in module.calls:
        if ADD_SERVICER.match(call.last[:120]):
            keep(kept, look, SignKind.GRPC, call, call.last)


def read_ecma(module: Module, kept: Kept) -> None:
    """``server.addService(proto.Greeter.service, { sayHello })`` and NestJS's ``@GrpcMethod``."""
    look = look_at(module)
    if look.imports(*NODE_GRPC):
        for call in module.calls:
            if call.last == "addService" and len(call.args) > 1:
                _service(look, kept, call)
    for decorator, name, item in decorators(module):
        if name in NEST_METHODS and isinstance(item, Function) and look.imports("@nestjs/microservices"):
            args = [plain(arg) or "" for arg in decorator.args] if isinstance(decorator, Call) else []
            method = args[1] if len(args) > 1 else item.name[:1].upper() + item.name[1:]
            _keep(look, kept, f"{args[0]}.{method}" if args else method, item)


def _service(look: Look, kept: Kept, call: Call) -> None:
    parts = dotted(call.args[0]).removesuffix(".service").split(".")
    service = parts[-1].removesuffix("Service") if parts[-1].endswith("ServiceService") else parts[-1]
    for name, value in pairs_of(look.value(call.args[1], call.function)):
        if isinstance(value, (Lambda, Name, Call)):
            place = Name("", value.line)
            _keep(look, kept, f"{service}.{name[:1].upper()}{name[1:]}", place)


def _keep(look: Look, kept: Kept, name: str, place: Function | Name) -> None:
    kept.operations.append(Operation(kind=KIND, name=name, file="", line=place.line))
    keep(kept, look, SignKind.GRPC, place, name, place.index if isinstance(place, Function) else -1)


GRPC_PYTHON = Reader(name="gRPC (Python)", languages=PYTHON, read=read_python)
GRPC_ECMA = Reader(name="gRPC (JavaScript)", languages=ECMA, read=read_ecma)
