"""The HTTP requests that JavaScript and TypeScript tests make: supertest, chai-http, inject, and plain clients."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reviewer.gather.expressions import last, option, root
from reviewer.gather.look import Look, words
from reviewer.gather.syntax import Attribute, Call, Expr, Lambda, Mapping, Name, Other, Text, dotted, plain
from reviewer.gather.testing._draft import is_remote
from reviewer.gather.testing._paths import text_value
from reviewer.model.facts.tests import Request
from reviewer.model.facts.values import Ref, Value

VERBS = {verb: verb.upper() for verb in ("get", "post", "put", "patch", "delete", "head", "options")} | {
    "del": "DELETE"
}
AGENTS = words("supertest supertest.agent chai.request chai.request.agent chai-http.request axios.create got.extend")
AGENT_CALLS = words(
    "request supertest agent superagent api session client ofetch getRequest makeRequest createHttpRequest"
)
CHAIN_STARTS = words("spec inject")
"""Calls without an argument that a request's chain begins with: pactum's and light-my-request's."""
AGENT_NAMES = words(
    "request agent api client axios http superagent supertest got needle server testserver app chai requester frisby"
)
ROUTERS = words("app router server fastify")
"""Names that a route may be declared on: a request only where they are known to be agents."""
SENDING = words("end expect send set query attach field accept expectStatus")
"""Methods of a request that is being put together: no route is followed by one."""
FETCHES = words(
    "fetch axios got node-fetch cross-fetch undici.fetch axios.request request request-promise needle supertest.fetch"
    " request.fetch"
)
INJECTS = frozenset({"inject"})
TYPED_VERB = "$"
"""How Hono's client begins its methods: ``client.tasks[":id"].$get()``."""
PATH_WORDS = ("url", "path", "endpoint", "route", "uri")
HELPERS = re.compile(r"request|^req$|^send|^call|^api|^http|fetch|invoke", re.IGNORECASE)
"""Names of helpers that send a request by its method and path."""
HOPS = 3
SEGMENTS_MOST = 20


def read_requests(look: Look) -> list[Request]:
    """Every request of a test module that does not go to somebody else's host."""
    sent = {
        id(call.callee.value)
        for call in look.module.calls
        if isinstance(call.callee, Attribute) and call.last in SENDING
    }
    return [request for call in look.module.calls for request in _requests(look, call, id(call) in sent)]


def remote_call(look: Look, call: Call) -> bool:
    """Whether a request goes to a host that is not this machine's, by its URL or by the client's."""
    verb = call.last
    if verb not in VERBS and look.origin(call.name) not in FETCHES and verb != "request":
        return False
    if any(is_remote(look.value(arg, call.function)) for arg in (*call.args[:1], option(call, "url"))):
        return True
    maker = _maker(look, call)
    return maker is not None and any(
        is_remote(look.value(arg, call.function)) for arg in (*maker.args[:1], option(maker, "baseURL"))
    )


def _requests(look: Look, call: Call, sent: bool) -> Iterator[Request]:
    verb = call.last
    if remote_call(look, call):
        return
    if call.name == "cy.request":
        yield from _cypress(look, call)
    elif (helped := _helped(look, call)) is not None:
        yield helped
    elif verb.startswith(TYPED_VERB):
        yield from _typed_client(call)
    elif verb in INJECTS or _fetches(look, call) or (verb == "Request" and call.new):
        yield from _described(look, call)
    elif verb in VERBS and call.args and _is_agent(look, call, sent):
        yield Request(method=VERBS[verb], path=_path(look, call.args[0], call.function), line=call.line)


def _described(look: Look, call: Call) -> Iterator[Request]:
    """``fetch(url, { method })``, ``inject({ method, url })``, ``axios({ method, url })``."""
    named = option(call, "method")
    found = (plain(look.value(named, call.function)) or "").upper() if named is not None else "GET"
    target = option(call, "url") or option(call, "path") or option(call, "uri")
    if target is None and call.args and not isinstance(call.args[0], (Mapping, Lambda)):
        target = call.args[0]
    if target is None or found.lower() not in VERBS:
        return
    if isinstance(target, Text) or any(word in dotted(target).lower() for word in PATH_WORDS):
        yield Request(method=found, path=_path(look, target, call.function), line=call.line)


def _typed_client(call: Call) -> Iterator[Request]:
    """``client.tasks[":id"].$get()``; what stands before the application's own paths is not known."""
    verb = call.last.removeprefix(TYPED_VERB)
    if verb not in VERBS:
        return
    segments: list[str] = []
    expr: Expr = call.callee
    for _ in range(SEGMENTS_MOST):
        if isinstance(expr, Attribute):
            segments.append(expr.name)
            expr = expr.value
        elif isinstance(expr, Other) and "subscript" in expr.kind and len(expr.operands) == 2:
            segments.append(plain(expr.operands[1]) or "{value}")
            expr = expr.operands[0]
        else:
            break
    if isinstance(expr, Name):
        segments.extend(reversed(expr.dotted.split(".")[1:]))
    known = [segment for segment in reversed(segments[1:]) if segment != "index"]
    if known:
        yield Request(method=VERBS[verb], path=(Ref(name=""), f"/{'/'.join(known)}"), line=call.line)


def _cypress(look: Look, call: Call) -> Iterator[Request]:
    if len(call.args) > 1 and (plain(call.args[0]) or "").lower() in VERBS:
        method = (plain(call.args[0]) or "").upper()
        yield Request(method=method, path=_path(look, call.args[1], call.function), line=call.line)
    else:
        yield from _described(look, call)


def _helped(look: Look, call: Call) -> Request | None:
    """``request("post", "/users", body)``, ``sendRequest("/users", "POST")`` of a helper of the tests."""
    if len(call.args) < 2 or not isinstance(call.callee, Name) or not HELPERS.search(call.name):
        return None
    for named, target in (call.args[:2], call.args[1::-1]):
        verb = (plain(named) or "").lower()
        if verb in VERBS and _is_path(target):
            return Request(method=VERBS[verb], path=_path(look, target, call.function), line=call.line)
    return None


def _is_path(target: Expr) -> bool:
    start = target.parts[0] if isinstance(target, Text) and target.parts else None
    return start.startswith(("/", "http")) if isinstance(start, str) else isinstance(target, Text | Name)


def _fetches(look: Look, call: Call) -> bool:
    if isinstance(call.callee, Name) and look.origin(call.name) in FETCHES:
        return True
    return call.last == "request" and (_path_like(call) or option(call, "url") is not None)


def _is_agent(look: Look, call: Call, sent: bool) -> bool:
    """Whether the receiver of ``.get(...)`` is an HTTP client, and not a router, a map or a repository.

    ``sent`` says that the request is put together further (``server.get("/").expect(200)``).
    """
    if any(isinstance(arg, Lambda) for arg in call.args[:-1]):
        return False
    maker = _maker(look, call)
    if maker is not None:
        return True
    receiver = last(call.name.rpartition(".")[0]).lower()
    if isinstance(call.callee, Attribute) or (receiver in ROUTERS and not sent):
        return False
    known = receiver in AGENT_NAMES or receiver.endswith(("agent", "client", "request", "api"))
    return known and _path_like(call)


def _maker(look: Look, call: Call) -> Call | None:
    """The call that made the client: ``request(app)`` in place, or where the receiver's name was given its value."""
    base: Expr | None = root(call.callee)
    if isinstance(base, Name):
        base = look.value(Name(base.dotted.rpartition(".")[0], base.line), call.function)
        base = root(base) if isinstance(base, Call) and not isinstance(base.callee, Name) else base
    if not isinstance(base, Call):
        return None
    origin = look.origin(base.name)
    if origin in AGENTS or origin.startswith("supertest"):
        return base
    if last(base.name) in CHAIN_STARTS and not base.args:
        return base
    return (
        base if last(base.name) in AGENT_CALLS and not look.is_constant(base.args[0] if base.args else None) else None
    )


def _path_like(call: Call) -> bool:
    target = call.args[0] if call.args else None
    if isinstance(target, Text):
        start = target.parts[0] if target.parts else ""
        if isinstance(start, str):
            return start.startswith(("/", "http://", "https://"))
        return any(isinstance(part, str) and part.startswith("/") for part in target.parts[1:2])
    return any(word in last(dotted(target)).lower() for word in PATH_WORDS)


def _entry(look: Look, expr: Expr | None, function: int) -> Expr | None:
    """The entry of an object of this file: ``urls.login`` of ``const urls = { login: "/login" }``."""
    if not isinstance(expr, Name):
        return None
    head, _, key = expr.dotted.partition(".")
    holder = look.value(Name(head, expr.line), function) if key else None
    return holder.get(key) if isinstance(holder, Mapping) else None


def _path(look: Look, target: Expr, function: int) -> Value:
    expr: Expr | None = target
    for _ in range(HOPS):
        further = _entry(look, expr, function) or look.value(expr, function)
        if further is expr or not isinstance(further, (Text, Name)):
            break
        expr = further
    return text_value(look, expr, function, {}) if expr is not None else (Ref(name=""),)
