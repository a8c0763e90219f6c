"""The HTTP requests that Python tests make: through a framework's test client or over the wire."""

from __future__ import annotations

from collections.abc import Iterator

from reviewer.gather.expressions import last
from reviewer.gather.look import Look, words
from reviewer.gather.syntax import Assignment, Call, Expr, Items, Name, Text, dotted, plain
from reviewer.gather.testing._draft import is_remote
from reviewer.gather.testing._paths import Row, given, text_value
from reviewer.gather.testing.python._callers import Callers
from reviewer.gather.testing.python._cases import decorator_name
from reviewer.gather.testing.python._named_urls import URL_BUILDERS, behind, builds_url, field_of, name_of
from reviewer.model.facts.tests import Request
from reviewer.model.facts.values import Ref, Value

VERBS = frozenset({"get", "post", "put", "patch", "delete", "head", "options"})
SIMULATED = "simulate_"
"""Falcon: ``simulate_get``, ``simulate_request``."""
FETCH, TORNADO_TESTS = "fetch", "tornado.testing"
JSON_ENDING = "_json"
"""WebTest: ``post_json``, ``put_json``."""
GENERIC = frozenset({"request", "open", "generic"})
CLIENT_CLASSES = words(
    "TestClient AsyncClient Client APIClient APIRequestFactory RequestFactory TestApp test_client RequestsClient"
    " Session TestServer aiohttp_client FlaskClient AsyncTestClient AsyncHTTPTestCase"
)
CLIENT_ENDING = "TestClient"
"""Further clients of frameworks: ``SanicTestClient``, ``FastAPITestClient``."""
CLIENT_WORDS = ("client", "testapp", "tester", "agent")
CLIENT_NAMES = frozenset({"app", "api", "http", "session", "requests", "httpx", "c", "ac", "factory", "s", "test_app"})
PATH_WORDS = ("url", "path", "endpoint", "route", "uri")
ROWS_LIMIT = 60
ROUTER_CLIENTS = ("ninja.testing",)
"""Test clients that are given a router, and so leave out what stands before its paths."""
HOPS = 4
ELSEWHERE = "@"
"""Ends what a route is looked up by whose name is a constant of another file: that follows."""
SELF = ("self.", "cls.")


def read_requests(look: Look) -> list[Request]:
    """Every request of a test module to its own server, one for each row of a parametrised case."""
    declared = {id(item) for function in look.module.functions for item in function.decorators}
    callers = Callers(look)
    found: list[Request] = []
    for call in look.module.calls:
        if id(call) not in declared and not remote_call(look, call):
            found += _requests(look, call, callers)
    return found


def remote_call(look: Look, call: Call) -> bool:
    """Whether a call of an HTTP library goes to a host that is not this machine's."""
    head = look.origin(call.name).partition(".")[0]
    if head not in ("requests", "httpx", "urllib", "aiohttp", "urllib3"):
        return False
    return any(is_remote(look.value(arg, call.function)) for arg in (*call.args, call.keywords.get("url")))


def _requests(look: Look, call: Call, callers: Callers) -> Iterator[Request]:
    method: Expr | str | None
    verb = call.last.removesuffix(JSON_ENDING).removeprefix(SIMULATED)
    if verb == FETCH and look.imports(TORNADO_TESTS):
        method, target = call.keywords.get("method", "GET"), _without_builder(call)
    elif verb in VERBS:
        target = call.args[0] if call.args else call.keywords.get("url", call.keywords.get("path"))
        method = verb.upper()
    elif verb in GENERIC and call.name.count("."):
        method, target = _generic(call, verb)
    else:
        return
    sure = verb == FETCH or call.last.startswith(SIMULATED)
    if target is None or method is None or not (sure or _is_client(look, call, target)):
        return
    rows = callers.rows(call.function, method, target) or [(row, call.line) for row in _rows(look, call.function)]
    for row, line in rows:
        name = method if isinstance(method, str) else _method(look, given(method, row), call.function)
        if name.lower() in VERBS:
            path = path_of(look, target, call.function, row)
            below = (Ref(name=""), *path) if look.imports(*ROUTER_CLIENTS) else path
            yield Request(method=name, path=below, line=line)


def _without_builder(call: Call) -> Expr | None:
    """The path of ``fetch("/x")`` and of ``fetch(self.get_url("/x"))``."""
    target = call.args[0] if call.args else call.keywords.get("path")
    if isinstance(target, Call) and target.last == "get_url" and target.args:
        return target.args[0]
    return target


def _generic(call: Call, verb: str) -> tuple[Expr | None, Expr | None]:
    """``request(method, url)``, ``open(url, method=...)``."""
    method = call.keywords.get("method")
    rest = list(call.args)
    if method is None and verb != "open" and rest:
        method = rest.pop(0)
    target = rest[0] if rest else call.keywords.get("url", call.keywords.get("path"))
    return method, target


def _method(look: Look, expr: Expr, function: int) -> str:
    return (plain(look.value(expr, function)) or "").upper()


def _is_client(look: Look, call: Call, target: Expr) -> bool:
    receiver = call.name.rpartition(".")[0]
    if not receiver.strip("."):
        return _from_client_call(call) and _is_path(target)
    ending = last(receiver).lower()
    if receiver in ("self", "cls"):
        return isinstance(target, Text) and _is_path(target)
    if any(word in ending for word in CLIENT_WORDS) or _made_as_client(look, receiver, call.function):
        return not _is_key(target)
    return (ending in CLIENT_NAMES or call.awaited) and _is_path(target)


def _from_client_call(call: Call) -> bool:
    """``TestClient(app).get("/x")``, ``app.test_client().get("/x")``, ``self.client().get("/x")`` of what makes one."""
    value = getattr(call.callee, "value", None)
    if not isinstance(value, Call):
        return False
    return _is_client_class(value) or (not value.args and last(value.name).lower().endswith(CLIENT_WORDS))


def _is_client_class(call: Call) -> bool:
    name = last(call.name)
    return name in CLIENT_CLASSES or name.endswith(CLIENT_ENDING)


def _made_as_client(look: Look, receiver: str, function: int) -> bool:
    return any(
        isinstance(item.value, Call) and _is_client_class(item.value) for item in _assigned(look, receiver, function)
    )


def _assigned(look: Look, name: str, function: int) -> list[Assignment]:
    """What is assigned to a name; to ``self.x`` in any method of the class, or as its field."""
    if not name.startswith(SELF):
        return look.assigned(name, function)
    owner, field = look.owner(function), name.partition(".")[2]
    found = [
        item
        for item in look.module.assignments
        if item.target in (name, field) and (item.owner == owner or look.owner(item.function) == owner)
    ]
    return [item for item in found if item.target == name or item.function == -1]


def _is_key(target: Expr) -> bool:
    """A plain word without a slash is a key of a mapping: ``client.get("name")``."""
    text = plain(target)
    return text is not None and "/" not in text


def _is_path(target: Expr) -> bool:
    """Whether an argument is a path or URL: by a slash at its start, its builder or its name."""
    if isinstance(target, Text):
        start = target.parts[0] if target.parts else ""
        if isinstance(start, str):
            return start.startswith(("/", "http://", "https://"))
        return any(word in dotted(start).lower() for word in PATH_WORDS) or any(
            isinstance(part, str) and part.startswith("/") for part in target.parts[1:2]
        )
    if isinstance(target, Call):
        return last(target.name) in URL_BUILDERS
    name = last(dotted(target)).lower()
    return any(word in name for word in PATH_WORDS)


def path_of(look: Look, target: Expr, function: int, row: Row) -> Value:
    """The path of a request: text, names still to be looked up, or the name of a route (``Ref("reverse:name")``)."""
    expr: Expr = given(target, row)
    for _ in range(HOPS):
        expr = behind(look, expr, function)
        if isinstance(expr, Call) and builds_url(expr):
            builder, named = URL_BUILDERS[last(expr.name)], _named(look, name_of(expr), function, row)
            text = plain(named)
            if text is None and isinstance(named, Name):
                return (Ref(name=f"{builder}{ELSEWHERE}"), Ref(name=named.dotted))
            return (Ref(name=f"{builder}:{text}" if text else ""),)
        if not isinstance(expr, Name):
            break
        values = {
            id(item.value): item.value for item in _assigned(look, expr.dotted, function) if item.value is not None
        }
        if len(values) != 1:
            break
        expr = next(iter(values.values()))
    return text_value(look, expr, function, row)


def _named(look: Look, named: Expr | None, function: int, row: Row) -> Expr | None:
    """What a route is named by: a text, also in a field of the case, or a name of another file."""
    known = given(named, row) if named is not None else None
    if isinstance(known, Name) and field_of(known):
        values = [item.value for item in _assigned(look, known.dotted, function) if item.value is not None]
        known = values[0] if len(values) == 1 else None
    return look.value(known, function) if known is not None else None


def _rows(look: Look, function: int) -> list[Row]:
    """The rows that ``pytest.mark.parametrize`` gives a case; one empty row where there are none."""
    for around in look.around(function):
        for decorator in around.decorators:
            if isinstance(decorator, Call) and last(decorator_name(decorator)) == "parametrize":
                return _table(look, decorator, function)[:ROWS_LIMIT] or [{}]
    return [{}]


def _table(look: Look, decorator: Call, function: int) -> list[Row]:
    if len(decorator.args) < 2:
        return []
    names = _names(decorator.args[0])
    rows = look.value(decorator.args[1], function)
    found: list[Row] = []
    for value in rows.values if isinstance(rows, Items) else ():
        if isinstance(value, Call) and last(value.name) == "param":
            cells: tuple[Expr, ...] = value.args
        elif len(names) == 1 and not isinstance(decorator.args[0], Items):
            cells = (value,)
        else:
            cells = value.values if isinstance(value, Items) else ()
        found.append(dict(zip(names, cells, strict=False)))
    return found


def _names(expr: Expr) -> list[str]:
    if isinstance(expr, Items):
        return [plain(item) or "" for item in expr.values]
    return [name.strip() for name in (plain(expr) or "").split(",")]
