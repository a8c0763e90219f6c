"""Requests of tests through plain HTTP clients: JAX-RS and Jersey, Micronaut, Unirest, khttp, Fuel, Apache, Vert.x."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reviewer.gather.expressions import last
from reviewer.gather.frameworks.jvm._annotations import find, given
from reviewer.gather.look import Look
from reviewer.gather.syntax import Attribute, Call, Expr, Name, Text, dotted, plain
from reviewer.gather.testing._draft import is_remote
from reviewer.gather.testing.jvm._passed import path_of
from reviewer.gather.testing.jvm._requests import VERBS
from reviewer.model.facts.tests import Request
from reviewer.model.facts.values import Value

FUNCTIONS = {
    "khttp": ("khttp",),
    "Unirest": ("kong.unirest", "com.mashape.unirest", "unirest"),
    "Fuel": ("com.github.kittinunf.fuel",),
}
"""What has the verbs of a client as its functions, by the packages that it comes from."""
REST_CLIENTS = (
    "jakarta.ws.rs.client",
    "javax.ws.rs.client",
    "org.glassfish.jersey.test",
    "com.sun.jersey.test",
    "com.sun.jersey.api.client",
    "io.dropwizard.testing",
)
TARGETS = ("target", "resource", "path")
"""Functions that say where a request of a JAX-RS client goes, one below the other."""
APACHE = ("org.apache.http", "org.apache.hc")
APACHE_CLASS = re.compile(r"Http(Get|Post|Put|Patch|Delete|Head|Options)\Z")
ON_TEXT = re.compile(r"http(Get|Post|Put|Patch|Delete|Head)\Z")
MICRONAUT, MICRONAUT_REQUEST = "io.micronaut.http", "HttpRequest."
VERTX_CLIENT = "createHttpClient"
OPENING = "openConnection"
DEPTH = 30


def read_client_requests(look: Look) -> Iterator[Request]:
    """Every request of a test module through such a client that does not go to somebody else's host."""
    opens = {call.function for call in look.module.calls if call.last == OPENING}
    methods = {
        call.function: plain(call.args[0]) or "GET"
        for call in look.module.calls
        if call.last == "setRequestMethod" and call.args
    }
    base = _declared_base(look)
    for call in look.module.calls:
        found = _request(look, call)
        if found is None and call.new and call.last == "URL" and call.function in opens and call.args:
            found = methods.get(call.function, "GET").upper(), [call.args[0]]
        if found is None or is_remote(look.value(found[1][0], call.function)):
            continue
        before = base if call.name.startswith(MICRONAUT_REQUEST) else ()
        path = _joined(look, call, found[1])
        yield Request(method=found[0], path=(*before, "/", *path) if before else path, line=call.line)


def _declared_base(look: Look) -> Value:
    """``@Client("/api") HttpClient client``, where the clients of a file agree."""
    if not look.imports(MICRONAUT):
        return ()
    marked = [item.decorators for item in look.module.assignments]
    marked += [item.decorators for function in look.module.functions for item in function.parameters]
    paths = {plain(given(mark)) for marks in marked if (mark := find(marks, "Client")) is not None}
    path = next(iter(paths)) if len(paths) == 1 else None
    return (path.rstrip("/"),) if path and path.startswith("/") and path != "/" else ()


def _request(look: Look, call: Call) -> tuple[str, list[Expr]] | None:
    """The method of a request, and the parts of its path."""
    receiver = last(call.name.rpartition(".")[0])
    verb = VERBS.get(call.last, "")
    first = call.args[0] if call.args else call.keywords.get("url")
    if verb and first is not None and receiver in FUNCTIONS and look.imports(*FUNCTIONS[receiver]):
        return verb, [first]
    if len(call.args) > 2 and (verb or VERTX_CLIENT in look.module.text) and look.imports("io.vertx"):
        return _of_vertx(call, verb)
    if verb and look.imports(*REST_CLIENTS):
        parts = _below(call)
        return (verb, parts) if parts else None
    if first is None:
        return _on_text(look, call)
    apache = APACHE_CLASS.match(call.last) if call.new and look.imports(*APACHE) else None
    if apache:
        return apache[1].upper(), [first]
    if call.name == "HttpRequest.create" and len(call.args) > 1 and look.imports(MICRONAUT):
        method = last(dotted(first))
        return (method, [call.args[1]]) if method.lower() in VERBS else None
    if call.last.lower() in VERBS and call.last.isupper() and look.imports(MICRONAUT):
        written = isinstance(look.value(first, call.function), (Text, Name))
        return (call.last, [first]) if written and receiver in ("HttpRequest", "") else None
    return None


def _of_vertx(call: Call, verb: str) -> tuple[str, list[Expr]] | None:
    """``client.get(8080, "localhost", "/")``, ``getNow(...)`` of old, ``request(HttpMethod.GET, 8080, ...)``."""
    if not verb and call.last == "request":
        verb = VERBS.get(last(dotted(call.args[0])).lower(), "")
    verb = verb or VERBS.get(call.last.removesuffix("Now").removesuffix("Abs"), "")
    paths = [arg for arg in call.args if (plain(arg) or "").startswith("/")]
    return (verb, paths[:1]) if verb and paths else None


def _on_text(look: Look, call: Call) -> tuple[str, list[Expr]] | None:
    """``"/users".httpGet()`` of Fuel."""
    found = ON_TEXT.match(call.last)
    if found and isinstance(call.callee, Attribute) and look.imports(*FUNCTIONS["Fuel"]):
        return found[1].upper(), [call.callee.value]
    return None


def _below(call: Call) -> list[Expr]:
    """``"/users"`` and ``"1"`` of ``target("/users").path("1").request().get()``."""
    found: list[Expr] = []
    current: Expr = call.callee
    for _ in range(DEPTH):
        if isinstance(current, Attribute):
            current = current.value
        elif isinstance(current, Call):
            if current.last in TARGETS and current.args:
                found.append(current.args[0])
            current = current.callee
        else:
            break
    return found[::-1]


def _joined(look: Look, call: Call, parts: list[Expr]) -> Value:
    found: Value = ()
    for part in parts:
        path = path_of(look, part, call.function)
        found = (*found, "/", *path) if found else path
    return found
