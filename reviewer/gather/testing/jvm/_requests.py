"""The HTTP requests that tests of the JVM make: MockMvc, WebTestClient, templates, REST Assured, Ktor, clients."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reviewer.gather.expressions import chain, inside, last, root
from reviewer.gather.look import Look, words
from reviewer.gather.syntax import Attribute, Call, Expr, Lambda, Name, Text, dotted, plain
from reviewer.gather.testing._draft import is_remote
from reviewer.gather.testing.jvm._names import MOCK_BEANS, marks_of
from reviewer.gather.testing.jvm._passed import path_of, with_passed
from reviewer.model.facts.tests import Request
from reviewer.model.facts.values import Value

VERBS = {verb: verb.upper() for verb in ("get", "post", "put", "patch", "delete", "head", "options")}
BUILDERS = "org.springframework.test.web.servlet.request.MockMvcRequestBuilders"
MOCK_MVC = "org.springframework.test.web.servlet"
REACTIVE = "org.springframework.test.web.reactive.server"
ASSURED = ("io.restassured", "com.jayway.restassured")
KTOR = ("io.ktor.server.testing", "io.ktor.client")
HTTP4K = "org.http4k"
PLAY = "play.test"
TEMPLATES = {
    "getForObject": "GET",
    "getForEntity": "GET",
    "headForHeaders": "HEAD",
    "postForObject": "POST",
    "postForEntity": "POST",
    "postForLocation": "POST",
    "patchForObject": "PATCH",
    "optionsForAllow": "OPTIONS",
}
"""Methods of ``RestTemplate`` and ``TestRestTemplate`` by what they send."""
TEMPLATE = re.compile(r"(?:rest|template|client|api|http)", re.IGNORECASE)
MVC = re.compile(r"mvc|mock", re.IGNORECASE)
CLIENT = re.compile(r"client|app|http", re.IGNORECASE)
OWN_CLIENT = re.compile(r"\w*(?:http|client|agent|requester|httputil|apiclient|restclient)", re.IGNORECASE)
METHOD = re.compile(r"(?:\w+\.)*(GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS)\Z", re.IGNORECASE)
SLICES = words("WebMvcTest WebFluxTest")
HELPER = re.compile(
    r"(?:perform|do|send|execute|call|make|request|http|test)(Get|Post|Put|Patch|Delete)(?![a-z])\w{0,40}\Z"
)
"""Helpers of the cases that send a request to the path that they are given: ``performPost("/users", body)``."""
ADDRESS = re.compile(r"url|path|uri|endpoint|base", re.IGNORECASE)
BUILDING = words("url uri")


def read_requests(look: Look) -> list[Request]:
    """Every request of a test module that does not go to somebody else's host."""
    chains = _Chains(look)
    alone = (any(call.last == "standaloneSetup" for call in look.module.calls) and not _whole(look)) or _sliced(look)
    found = (
        (call, Request(method=method, path=path, line=call.line, alone=alone))
        for call in look.module.calls
        for method, path in _requests(look, call, chains)
    )
    return with_passed(look, found)


def _sliced(look: Look) -> bool:
    """Whether the cases run with the layer of the handlers alone: ``@WebMvcTest``."""
    return any(SLICES & marks_of(item.decorators).keys() for item in look.module.classes)


def _whole(look: Look) -> bool:
    """Whether the handlers of a ``standaloneSetup`` have the whole application behind them, without mocks."""
    classes = [mark for item in look.module.classes for mark in marks_of(item.decorators)]
    fields = [mark for item in look.module.assignments for mark in marks_of(item.decorators)]
    return "SpringBootTest" in classes and MOCK_BEANS.isdisjoint(fields)


class _Chains:
    """What else stands in the chains and lambdas of a module, and the path that its requests begin with."""

    def __init__(self, look: Look) -> None:
        self.base = _base_path(look)
        self.methods: dict[int, str] = {}
        """The method that a builder is given, by what its chain begins with."""
        self.paths: dict[int, Expr] = {}
        """What ``path`` is called with in a lambda."""
        for call in look.module.calls:
            if call.last.lower() in VERBS:
                self.methods.setdefault(id(root(call.callee)), call.last.upper())
            elif call.last == "method" and call.args:
                self.methods.setdefault(id(root(call.callee)), (plain(call.args[0]) or "GET").upper())
            elif call.last == "path" and call.args:
                self.paths.setdefault(call.function, call.args[0])


def remote_call(look: Look, call: Call) -> bool:
    """Whether a call is handed the address of somebody else's host."""
    if call.last not in VERBS and call.last not in ("url", "uri", "create", "URL", "URI", "exchange", *TEMPLATES):
        return False
    return any(is_remote(look.value(arg, call.function)) for arg in call.args[:1])


def _requests(look: Look, call: Call, chains: _Chains) -> Iterator[tuple[str, Value]]:
    name = call.last
    if not call.args or remote_call(look, call):
        return
    if helped := _by_helper(look, call):
        yield helped, path_of(look, call.args[0], call.function)
    elif name in VERBS:
        if _is_mock_mvc(look, call) or _is_ktor(look, call) or _is_client(look, call):
            yield VERBS[name], path_of(look, call.args[0], call.function)
        elif _is_assured(look, call):
            yield (
                VERBS[name],
                _below(_chain_base(look, call) or chains.base, path_of(look, call.args[0], call.function)),
            )
    elif name in ("request", "handleRequest", "fakeRequest"):
        yield from _named_method(look, call)
    elif name in BUILDING:
        yield from _built(look, call, chains)
    elif name in TEMPLATES or name in ("put", "delete", "exchange"):
        yield from _by_template(look, call)
    elif name == "Request" and look.imports(HTTP4K) and len(call.args) > 1:
        yield from _with_method(look, call, call.args[0], call.args[1])


def _by_helper(look: Look, call: Call) -> str:
    """The method that a helper of the tests' own or ``multipart`` sends, by its name; ``""`` for any other call."""
    if call.last == "multipart" and _is_mock_mvc(look, call):
        return "POST"
    found = HELPER.match(call.last) if "." not in call.name.removeprefix("this.") else None
    if not found:
        return ""
    known = look.imports(MOCK_MVC, REACTIVE, *ASSURED) and _is_path(look, call.args[0], call.function)
    return found[1].upper() if known or _is_written_out(look, call) else ""


def _is_mock_mvc(look: Look, call: Call) -> bool:
    """``get("/x")`` of the request builders, and ``mockMvc.get("/x")`` of the Kotlin DSL."""
    if not look.imports(MOCK_MVC):
        return False
    receiver = call.name.rpartition(".")[0]
    if not receiver:
        return isinstance(call.callee, Name) and _is_static(look, call.last, BUILDERS)
    if last(receiver) == "MockMvcRequestBuilders":
        return True
    return bool(MVC.search(last(receiver))) and _is_path(look, call.args[0], call.function)


def _is_static(look: Look, name: str, *classes: str) -> bool:
    """Whether a plain name is a static member of a class, imported by itself or with all the others."""
    return any(item.module in classes and item.name in (name, "*") for item in look.module.imports)


def _is_ktor(look: Look, call: Call) -> bool:
    """``client.get("/x")`` in a test application."""
    receiver = call.name.rpartition(".")[0]
    if not look.imports(*KTOR) or not receiver:
        return False
    return bool(CLIENT.search(last(receiver))) and _is_path(look, call.args[0], call.function)


def _is_client(look: Look, call: Call) -> bool:
    """``http.get("/users")`` on a client of the project's own: the name says it, and the path is written out."""
    return _is_written_out(look, call) and bool(OWN_CLIENT.fullmatch(last(call.name.rpartition(".")[0])))


def _is_written_out(look: Look, call: Call) -> bool:
    """Whether the path is there in the code: ``"/users/" + id``, not a name of one."""
    path = look.value(call.args[0], call.function)
    start = path.parts[0] if isinstance(path, Text) and path.parts else ""
    return isinstance(start, str) and start.startswith("/")


def _is_assured(look: Look, call: Call) -> bool:
    """``given().when().get("/x")``, ``RestAssured.get("/x")``, ``get("/x")``; Kotlin writes ``When``."""
    if not look.imports(*ASSURED):
        return False
    names = chain(call)[:-1]
    if {"given", "when", "When", "with", "RestAssured", "RestAssuredMockMvc"} & set(names):
        return True
    if not names:
        return _is_static(look, call.last, *(f"{item}.RestAssured" for item in ASSURED))
    base = look.value(Name(names[0], call.line), call.function)
    return isinstance(base, Call) and "given" in chain(base)


def _named_method(look: Look, call: Call) -> Iterator[tuple[str, Value]]:
    """``request(HttpMethod.GET, "/x")``, ``handleRequest(HttpMethod.Get, "/x")``, ``given().request("GET", "/x")``."""
    if len(call.args) > 1 and look.imports(MOCK_MVC, *KTOR, *ASSURED, PLAY):
        yield from _with_method(look, call, call.args[0], call.args[1])


def _with_method(look: Look, call: Call, method: Expr, path: Expr) -> Iterator[tuple[str, Value]]:
    found = METHOD.match(dotted(method) or plain(method) or "")
    if found and not isinstance(path, Lambda):
        yield found[1].upper(), path_of(look, path, call.function)


def _built(look: Look, call: Call, chains: _Chains) -> Iterator[tuple[str, Value]]:
    """``client.post().uri("/x")``, ``HttpRequest.newBuilder().uri(URI.create("/x")).GET()``."""
    names = chain(call)[:-1]
    target: Expr = call.args[0]
    if isinstance(target, Call) and target.last in ("create", "URI", "of", "URL") and target.args:
        target = target.args[0]
    if isinstance(target, Lambda):
        target = chains.paths.get(target.function, target)
    known = look.value(target, call.function)
    if isinstance(target, Lambda) or is_remote(known) or not _is_path(look, target, call.function):
        return
    before = next((item.upper() for item in reversed(names) if item in VERBS), "")
    if before and look.imports(REACTIVE, "org.springframework.web", "org.springframework.test.web"):
        yield before, path_of(look, target, call.function)
        return
    named = _method_before(call)
    if named:
        yield named, path_of(look, target, call.function)
    elif {"newBuilder", "Builder", "HttpRequest", "RequestBuilder", "fakeRequest"} & set(names) or look.imports(
        "okhttp3", "java.net.http"
    ):
        yield chains.methods.get(id(root(call.callee)), "GET"), path_of(look, target, call.function)


def _method_before(call: Call) -> str:
    """The method of ``client.method(HttpMethod.PATCH).uri("/x")``."""
    below = call.callee.value if isinstance(call.callee, Attribute) else None
    if isinstance(below, Call) and below.last == "method" and below.args:
        found = METHOD.match(dotted(below.args[0]) or plain(below.args[0]) or "")
        return found[1].upper() if found else ""
    return ""


def _by_template(look: Look, call: Call) -> Iterator[tuple[str, Value]]:
    receiver = last(call.name.rpartition(".")[0])
    if not TEMPLATE.search(receiver) or not _is_path(look, call.args[0], call.function):
        return
    if call.last == "exchange":
        found = next((METHOD.match(dotted(arg)) for arg in call.args[1:] if METHOD.match(dotted(arg))), None)
        yield (found[1].upper() if found else "GET"), path_of(look, call.args[0], call.function)
    else:
        yield TEMPLATES.get(call.last, call.last.upper()), path_of(look, call.args[0], call.function)


def _base_path(look: Look) -> Value:
    """``RestAssured.basePath = "/api"``."""
    for item in look.module.assignments:
        if item.target.endswith("basePath") and isinstance(item.value, (Text, Name)):
            return path_of(look, item.value, item.function)
    return ()


def _chain_base(look: Look, call: Call) -> Value:
    """``given().basePath("/api").when().get("/x")``."""
    below: Expr = call.callee
    for _ in range(60):
        if isinstance(below, Attribute):
            below = below.value
        elif isinstance(below, Call):
            if below.last == "basePath" and below.args:
                return path_of(look, below.args[0], call.function)
            below = below.callee
        else:
            break
    return ()


def _below(prefix: Value, path: Value) -> Value:
    return (*prefix, "/", *path) if prefix else path


def _is_path(look: Look, expr: Expr, function: int) -> bool:
    value = look.value(expr, function)
    first = next((item for item in inside(value) if isinstance(item, Text)), None)
    if first is None:
        return isinstance(value, Name) and bool(
            re.search(r"url|path|uri|endpoint|base", last(value.dotted), re.IGNORECASE)
        )
    start = first.parts[0] if first.parts else ""
    return not isinstance(start, str) or start.startswith(("/", "http")) or start == ""
