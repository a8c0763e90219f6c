"""SOAP services of Java and Kotlin: Spring's endpoints and JAX-WS."""

from __future__ import annotations

from collections.abc import Iterator

from reviewer.gather.frameworks.jvm._annotations import find, option
from reviewer.gather.look import Look, look_at
from reviewer.gather.reader import Kept, Reader
from reviewer.gather.signs._emit import keep
from reviewer.gather.syntax import Call, Class, Expr, Function, Items, Module, Name, Text, dotted, plain
from reviewer.model.facts.code import SignKind
from reviewer.model.facts.routing import Operation, Route, Router

JVM = ("Java", "Kotlin")
SPRING_WS, JAX_WS = "Spring Web Services", "JAX-WS"
SPRING_MODULE = "org.springframework.ws"
JWS_MODULES = ("javax.jws", "jakarta.jws", "javax.xml.ws", "jakarta.xml.ws", "org.apache.cxf", "com.sun.xml.ws")
MESSAGE_ENDINGS = ("Request", "RequestElement", "Req")
SERVLET = "MessageDispatcherServlet"
PRIVATE = frozenset({"private", "protected", "static"})
CLIENTS = frozenset({"WebServiceTemplate", "JaxWsProxyFactoryBean", "marshalSendAndReceive"})


def read(module: Module, kept: Kept) -> None:
    """Keeps the operations of a file, the paths they are served at, and clients."""
    spring, jws = module.imported(SPRING_MODULE), module.imported(*JWS_MODULES)
    if not (spring or jws):
        return
    look = look_at(module)
    for owner in module.classes:
        if spring and find(owner.decorators, "Endpoint") is not None:
            kept.routers.append(Router(symbol=owner.name, framework=SPRING_WS, line=owner.line))
            _keep(look, kept, _payloads(look, owner))
        if jws and find(owner.decorators, "WebService", "WebServiceProvider") is not None and owner.kind != "interface":
            kept.routers.append(Router(symbol=owner.name, framework=JAX_WS, line=owner.line))
            _keep(look, kept, _web_methods(look, owner))
    for call in module.calls:
        if spring and call.last.startswith("ServletRegistrationBean") and call.new:
            _mapped(look, kept, call)
        elif call.name == "Endpoint.publish" and jws:
            keep(kept, look, SignKind.SOAP, call, "SOAP server")
        elif call.last in CLIENTS:
            keep(kept, look, SignKind.SOAP, call, "SOAP client")


def _payloads(look: Look, owner: Class) -> Iterator[tuple[str, Function]]:
    """``@PayloadRoot(localPart = "getCountryRequest")``: the operation that the message asks for."""
    for method in look.module.methods_of(owner):
        found = find(method.decorators, "PayloadRoot")
        action = find(method.decorators, "SoapAction", "Action")
        if found is None and action is None:
            continue
        said = _text(look, option(found, "localPart")) if found is not None else ""
        for ending in MESSAGE_ENDINGS:
            said = said.removesuffix(ending) or said
        yield said or method.name, method


def _text(look: Look, expr: Expr | None) -> str:
    """A constant, also by the name of a field of the file."""
    if isinstance(expr, Name):
        expr = look.value(Name(expr.dotted.rpartition(".")[2], expr.line), -1)
    return plain(expr) or ""


def _web_methods(look: Look, owner: Class) -> Iterator[tuple[str, Function]]:
    """The methods marked as operations; all public ones where none is."""
    methods = list(look.module.methods_of(owner))
    marked = [item for item in methods if find(item.decorators, "WebMethod") is not None]
    excluded = [item for item in marked if _as_written(option(find(item.decorators, "WebMethod"), "exclude")) == "true"]
    chosen = [item for item in marked if item not in excluded] or [
        item
        for item in methods
        if item not in excluded
        and PRIVATE.isdisjoint(item.modifiers)
        and ("public" in item.modifiers or look.module.language == "Kotlin")
        and item.name != owner.name.rpartition(".")[2]
        and find(item.decorators, "PostConstruct", "PreDestroy", "Autowired", "Resource") is None
        and not item.name.startswith("set")
    ]
    for item in chosen:
        yield plain(option(find(item.decorators, "WebMethod"), "operationName")) or item.name, item


def _as_written(expr: Expr | None) -> str:
    """``true`` as written."""
    return getattr(expr, "text", "") or dotted(expr)


def _keep(look: Look, kept: Kept, operations: Iterator[tuple[str, Function]]) -> None:
    for name, method in operations:
        kept.operations.append(Operation(kind="soap", name=name, file="", line=method.line))
        keep(kept, look, SignKind.SOAP, method, name, method.index)


def _mapped(look: Look, kept: Kept, call: Call) -> None:
    """``new ServletRegistrationBean<>(servlet, "/ws/*")``: where Spring's endpoints are served."""
    if not any(
        SERVLET in f"{item.type} {dotted(getattr(item.value, 'callee', None))}" for item in look.module.assignments
    ):
        return
    for arg in call.args[1:]:
        for item in arg.values if isinstance(arg, Items) else (arg,):
            path = plain(item) if isinstance(item, Text) else None
            if path:
                kept.routes.append(
                    Route(
                        router=SPRING_WS,
                        framework=SPRING_WS,
                        methods=("POST",),
                        path=(path.removesuffix("*").rstrip("/"),),
                        line=call.line,
                        end_line=call.end_line,
                        implicit=True,
                    )
                )


SOAP_JVM = Reader(name="SOAP (Java, Kotlin)", languages=JVM, read=read)
