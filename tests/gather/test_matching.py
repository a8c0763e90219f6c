"""Which request of a test reaches which endpoint: by method, by path, by the name of the route."""

from __future__ import annotations

import pytest

from reviewer.gather.index import Index
from reviewer.gather.matching import UNKNOWN, route_names, same_path, with_tests
from reviewer.model.facts.code import Attribute
from reviewer.model.facts.file import FileFacts
from reviewer.model.facts.routing import Endpoint, Route, Routing
from reviewer.model.facts.tests import Request
from reviewer.model.facts.values import Place, Ref, Value

X = UNKNOWN
PATHS = [
    # declared, asked, whether it is reached
    ("/users", "/users", True),
    ("/users", "/users/", True),
    ("/users", "users", True),
    ("/users", "/Users", True),
    ("/users", "/users?page=2", True),
    ("/users", "/users#top", True),
    ("/users", "http://localhost:3000/users", True),
    ("/users", "https://example.com/users?x=/y", True),
    ("/users", "/user", False),
    ("/users", "/users/1", False),
    ("/users", "/api/users", False),
    ("/users", "", False),
    ("/", "/", True),
    ("/", "", True),
    ("/", "http://localhost", True),
    ("/", "/users", False),
    ("/users/{id}", "/users/1", True),
    ("/users/{id}", "/users/new", True),
    ("/users/{id}", f"/users/{X}", True),
    ("/users/{id}", f"/users/{X}?full=1", True),
    ("/users/{id}", f"/users/user-{X}", True),
    ("/users/{id}", "/users", False),
    ("/users/{id}", f"/users/{X}/posts", False),
    ("/users/new", f"/users/{X}", False),
    ("/users/{id}/posts", f"/users/{X}/posts", True),
    ("/users/{id}/posts", f"/users/{X}/likes", False),
    ("/files/{name}.json", "/files/a.json", True),
    ("/api/users", f"{X}/users", True),
    ("/api/v1/users", f"{X}/users", True),
    ("/api/users/{id}", f"{X}/users/{X}", True),
    ("/users", f"{X}/users", True),
    ("/users", f"{X}/posts", False),
    ("/users", f"{X}/api/users", False),
    ("/users", X, False),
    ("/{id}", f"{X}/{X}", False),
    ("/users/{id}", f"{X}/{X}", False),
]


@pytest.mark.parametrize(
    ("declared", "asked", "reached"), PATHS, ids=[f"{one} by {two!r}".replace("\\x00", "?") for one, two, _ in PATHS]
)
def test_a_path(declared: str, asked: str, reached: bool) -> None:
    assert same_path(declared, asked) is reached


def route(framework: str, line: int, handler: str, name: str = "") -> Route:
    return Route(
        router="", framework=framework, methods=(), path=("/a",), line=line, end_line=line, handler=handler, name=name
    )


HANDLERS = Routing(
    routes=(
        route("Flask", 3, "get_article"),
        route("Django", 7, "views.Users", "user-list"),
        route("FastAPI", 9, ""),
    )
)
FILES = {
    "app/routes.py": FileFacts(kind="python", routing=HANDLERS),
    "tests/urls.py": FileFacts(kind="python", constants=(Attribute(name="USERS", value=("/users",), line=1),)),
}


def endpoint(method: str, path: str, line: int = 1) -> Endpoint:
    return Endpoint(method=method, path=path, file="app/routes.py", line=line, framework="Flask")


def hit(item: Endpoint, method: str, path: Value) -> bool:
    index = Index(FILES)
    asked = [("tests/urls.py", Request(method=method, path=path, line=5))]
    (found,) = with_tests([item], index, asked, route_names(index))
    assert found.tested is bool(found.tests)
    assert found.tests in ((), (Place(path="tests/urls.py", line=5),))
    return bool(found.tested)


METHODS = [
    ("GET", "GET", True),
    ("GET", "get", True),
    ("GET", "POST", False),
    ("GET", "ANY", True),
    ("GET", "", True),
    ("ANY", "DELETE", True),
    ("HEAD", "GET", False),
]


@pytest.mark.parametrize(("declared", "asked", "reached"), METHODS)
def test_a_method(declared: str, asked: str, reached: bool) -> None:
    assert hit(endpoint(declared, "/users"), asked, ("/users",)) is reached


PARTS = {
    "a constant": ((Ref(name="USERS"),), True),
    "a constant and a text": ((Ref(name="USERS"), "/1"), False),
    "something unknown before": ((Ref(name="base_url"), "/users"), True),
    "something unknown alone": ((Ref(name="url"),), False),
    "nothing": ((), False),
}


@pytest.mark.parametrize(("path", "reached"), PARTS.values(), ids=PARTS)
def test_a_path_of_several_parts(path: Value, reached: bool) -> None:
    assert hit(endpoint("GET", "/users"), "GET", path) is reached


NAMES = {
    "a handler": ("url_for:get_article", 3, True),
    "a handler of a blueprint": ("url_for:articles.get_article", 3, True),
    "another handler": ("url_for:get_articles", 3, False),
    "another route of that handler's file": ("url_for:get_article", 9, False),
    "a route's own name": ("reverse:user-list", 7, True),
    "a route's own name in a namespace": ("reverse:accounts:user-list", 7, True),
    "a class behind a route": ("reverse:Users", 7, True),
    "another name": ("reverse:user-detail", 7, False),
    "a name of Starlette": ("url_path_for:get_article", 3, True),
    "a route without a name": ("url_for:", 9, False),
    "no such function": ("path_of:get_article", 3, False),
}


@pytest.mark.parametrize(("name", "line", "reached"), NAMES.values(), ids=NAMES)
def test_a_route_by_name(name: str, line: int, reached: bool) -> None:
    assert hit(endpoint("GET", "/nowhere", line), "GET", (Ref(name=name),)) is reached


SEVERAL = {
    "a fixed path before one with a parameter": ("/users/me", ["/users/me"]),
    "any other value": ("/users/7", ["/users/{id}"]),
    "an unknown value": (f"/users/{X}", ["/users/{id}"]),
    "an unknown beginning": (f"{X}/users", ["/api/users", "/users"]),
}


@pytest.mark.parametrize(("asked", "reached"), SEVERAL.values(), ids=SEVERAL)
def test_of_several_endpoints_the_one_that_a_server_would_choose(asked: str, reached: list[str]) -> None:
    declared = [endpoint("GET", path) for path in ("/api/users", "/users", "/users/me", "/users/{id}")]
    request = Request(method="GET", path=tuple(Ref(name="x") if part == X else part for part in split(asked)), line=1)
    found = with_tests(declared, Index(FILES), [("tests/urls.py", request)], {})
    assert [item.path for item in found if item.tested] == reached


def split(text: str) -> list[str]:
    head, mark, tail = text.partition(X)
    return [part for part in (head, mark, tail) if part]


def test_only_the_first_places_are_kept_and_every_endpoint_is_handed_back_in_order() -> None:
    index = Index(FILES)
    asked = [("tests/urls.py", Request(method="GET", path=("/a",), line=line)) for line in range(1, 9)]
    found = with_tests([endpoint("GET", "/b"), endpoint("GET", "/a")], index, asked, {})
    assert [(item.path, item.tested, [place.line for place in item.tests]) for item in found] == [
        ("/b", False, []),
        ("/a", True, [1, 2, 3]),
    ]
