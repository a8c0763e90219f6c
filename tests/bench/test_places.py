"""When a claimed endpoint or place is the labelled one, and when it only looks like it."""

from __future__ import annotations

import pytest

from bench.places import match_endpoints, near, places


@pytest.mark.parametrize(
    ("truth", "claim"),
    [
        pytest.param("GET /users/{}", "get /users/{user_id}", id="parameters-have-no-name"),
        pytest.param("GET /users/{}", "GET /users/<int:pk>", id="flask-parameter"),
        pytest.param("GET /users/{}", "GET /users/:id", id="express-parameter"),
        pytest.param("GET /users", "GET /Users/", id="case-and-last-slash"),
        pytest.param("GET /users", "GET users?page=1", id="query"),
        pytest.param("GET /", "GET /", id="root"),
        pytest.param("ANY /users", "POST /users", id="any-is-hit-by-every-method"),
    ],
)
def test_the_same_endpoint(truth, claim):
    assert match_endpoints([truth], [], [claim]) == (1, set(), set())


@pytest.mark.parametrize(
    ("truth", "claim"),
    [
        pytest.param("GET /users", "POST /users", id="other-method"),
        pytest.param("GET /api/users", "GET /users", id="prefix-left-out"),
        pytest.param("GET /users", "ANY /users", id="a-claimed-any-hits-nothing-else"),
        pytest.param("GET /users/{}", "GET /users", id="parameter-left-out"),
    ],
)
def test_another_endpoint(truth, claim):
    hits, missed, wrong = match_endpoints([truth], [], [claim])
    assert (hits, len(missed), len(wrong)) == (0, 1, 1)


def test_pages_and_implicit_routes_count_neither_way():
    assert match_endpoints([], ["GET /admin"], ["GET /admin", "POST /admin"]) == (0, set(), set())


def test_two_methods_on_an_any_route_are_one_hit():
    assert match_endpoints(["ANY /q"], [], ["GET /q", "POST /q"]) == (1, set(), set())


@pytest.mark.parametrize(
    ("claim", "expected"),
    [
        pytest.param(("app.py", 15), True, id="five-lines-below"),
        pytest.param(("app.py", 16), False, id="six-lines-below"),
        pytest.param(("app.py", 0), True, id="no-line-claimed"),
        pytest.param(("src/app.py", 10), False, id="another-file"),
    ],
)
def test_near(claim, expected):
    assert near(claim, [("app.py", 10)]) is expected


def test_places_are_texts_or_tables():
    assert places(["a.py:3 in find()", "b.py", {"path": "c.py", "line": 4}, ""]) == {
        ("a.py", 3),
        ("b.py", 0),
        ("c.py", 4),
    }
