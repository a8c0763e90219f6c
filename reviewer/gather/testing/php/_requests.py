"""The requests that PHP tests make: through the client of a framework, through Guzzle, through Codeception's actor."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reviewer.gather.expressions import pairs_of
from reviewer.gather.look import Look, words
from reviewer.gather.syntax import Attribute, Call, Expr, Mapping, Name, Other, Text, plain
from reviewer.gather.testing._draft import is_remote
from reviewer.gather.testing._paths import text_value
from reviewer.gather.testing.php._cases import PEST_CALLS
from reviewer.model.facts.tests import Request
from reviewer.model.facts.values import Value

METHODS = words("GET POST PUT PATCH DELETE HEAD OPTIONS")
VERBS = {
    **{method.lower(): method for method in METHODS},
    **{f"{method.lower()}Json": method for method in METHODS},
    **{f"send{method}": method for method in METHODS},
    **{f"send{method.capitalize()}": method for method in METHODS},
    **{f"send{method.capitalize()}AsJson": method for method in METHODS},
    "followingRedirects": "",
    "visit": "GET",
    "amOnPage": "GET",
    "amOnRoute": "GET",
    "sendAjaxGetRequest": "GET",
    "sendAjaxPostRequest": "POST",
    "drupalGet": "GET",
    "drupalPost": "POST",
    "drupalPostForm": "POST",
}
GENERIC = words(
    "request json call createRequest runApp jsonRequest sendRequest makeRequest sendAjaxRequest xmlHttpRequest"
    " createServerRequest createJsonRequest createFormRequest createApiRequest process apiRequest callApi send"
)
"""Calls that take the method and then the path."""
CLIENTS = re.compile(
    r"client|http|guzzle|browser|crawler|\bapi\b|\bapp\b|\bI\b|tester|agent|^this$|request", re.IGNORECASE
)
OWN = re.compile(r"^this$|^this\.(?:actingAs|with)|^I$|^$")
"""Receivers whose paths may begin without a slash."""
HELPED = re.compile(r"(?:this|self|static|parent)\.\w+\Z")
ASSERTING = re.compile(r"assert|expect", re.IGNORECASE)
NAMED = words("route action path generateUrl generate urlFor url_to relativeUrlFor getPath url")
ENVIRONMENT = "REQUEST_URI"
OWN_REQUEST = re.compile(
    r"(?:\w+\.)*(?:Server|Http|Test|Fake|Json)?Request(?:Factory)?(?:\.(?:create|make|fake|build))?\Z"
)
"""A request that a test makes by itself, to hand it to a router or a kernel."""
WORDPRESS, WORDPRESS_BASE = "WP_REST_Request", "/wp-json"


def read_requests(look: Look) -> Iterator[Request]:
    """Every request of a test file to its own server."""
    for call in look.module.calls:
        if VERBS.get(call.last):
            yield from _verb(look, call)
        elif len(call.args) > 1 and (call.last in GENERIC or _is_helper(call) or _is_own(call)):
            yield from _generic(look, call)
        elif call.last == "mock":
            yield from _environment(call)
        elif call.new and call.last == WORDPRESS and len(call.args) > 1:
            yield from _wordpress(look, call)


def _is_own(call: Call) -> bool:
    """``Request::create('POST', '/users')``, ``new ServerRequest('GET', '/users')``."""
    return bool(OWN_REQUEST.match(call.name)) and (call.new or "." in call.name)


def _is_helper(call: Call) -> bool:
    """A helper of the tests' own class that is given a method and a path: ``$this->fetch('GET', '/users')``."""
    if not HELPED.match(call.name) or ASSERTING.match(call.last):
        return False
    path = plain(call.args[1])
    return path is None or path.startswith("/")


def _wordpress(look: Look, call: Call) -> Iterator[Request]:
    """``new WP_REST_Request('GET', '/shop/v1/items')``, which the test hands to the server of WordPress."""
    method, path = (plain(call.args[0]) or "").upper(), text_value(look, call.args[1], call.function, {})
    if method in METHODS and path and isinstance(path[0], str) and path[0].startswith("/"):
        yield Request(method=method, path=(WORDPRESS_BASE, *path), line=call.line)


def _receiver(call: Call) -> str:
    """What a request is made with: ``this`` of ``$this->actingAs($user)->get('/')`` too."""
    current: Expr = call.callee
    for _ in range(30):
        if isinstance(current, Attribute):
            current = current.value
        elif isinstance(current, Call):
            if isinstance(current.callee, Name):
                return current.callee.dotted.rpartition(".")[0] or current.callee.dotted
            current = current.callee
        else:
            break
    return current.dotted.rpartition(".")[0] if isinstance(current, Name) else ""


def _verb(look: Look, call: Call) -> Iterator[Request]:
    receiver = _receiver(call)
    if receiver in PEST_CALLS:
        receiver = "this"
    if receiver and not CLIENTS.search(receiver.removeprefix("this.") or receiver):
        return
    if not receiver and not look.imports("Pest.Laravel"):
        return
    path = _path(look, call.args[0] if call.args else call.keywords.get("uri"), call)
    if path is not None and _is_path(path, receiver):
        yield Request(method=VERBS[call.last], path=path, line=call.line)


def _generic(look: Look, call: Call) -> Iterator[Request]:
    method = (plain(look.value(call.args[0], call.function)) or "").upper()
    constant = call.args[0].dotted.rpartition(".")[2].removeprefix("METHOD_") if isinstance(call.args[0], Name) else ""
    method = method if method in METHODS else constant
    if method not in METHODS:
        return
    path = _path(look, call.args[1], call)
    if path is not None and _is_path(path, "this"):
        yield Request(method=method, path=path, line=call.line)


def _path(look: Look, expr: Expr | None, call: Call) -> Value | None:
    if expr is None or is_remote(look.value(expr, call.function)):
        return None
    given = look.value(expr, call.function)
    if isinstance(given, Call) and given.last in NAMED and given.args and (name := plain(given.args[0])):
        return (f"reverse:{name}",) if given.last != "url" else (f"/{name.lstrip('/')}",)
    if isinstance(given, Other) and given.kind == "ternary_expression":
        return None
    if isinstance(given, (Text, Name)):
        return text_value(look, given, call.function, {})
    return None


def _is_path(path: Value, receiver: str) -> bool:
    first = path[0] if path else ""
    if not isinstance(first, str):
        return True
    if first.startswith(("/", "http://", "https://", "reverse:")):
        return True
    return bool(OWN.match(receiver)) and bool(first) and " " not in first and "\\" not in first and "::" not in first


def _environment(call: Call) -> Iterator[Request]:
    """Slim's ``Environment::mock(['REQUEST_METHOD' => 'GET', 'REQUEST_URI' => '/users'])``."""
    for arg in call.args:
        entries = dict(pairs_of(arg)) if isinstance(arg, Mapping) else {}
        path = plain(entries.get(ENVIRONMENT))
        method = plain(entries.get("REQUEST_METHOD")) or "GET"
        if path and method in METHODS:
            yield Request(method=method, path=(path,), line=call.line)
