"""Which requests of tests count as crossing HTTP, those that are made for the cases elsewhere among them."""

from __future__ import annotations

import pytest

from tests.project import facts_of

CASE = {"tests/test_users.py": "def test_lists(answer):\n    assert answer.status_code == 200\n"}
FIXTURE = """
import pytest
@pytest.fixture
def answer(client):
    url = "/users"
    return client.get(url)
"""
CASES = {
    "a case asks": ({"tests/test_a.py": "import pytest\ndef test_a(client):\n    assert client.get('/a')\n"}, [3]),
    "a fixture asks for it": ({**CASE, "tests/conftest.py": FIXTURE}, [6]),
    "a fixture asks for no case": ({"tests/conftest.py": FIXTURE}, []),
    "a fixture asks another host": (
        {**CASE, "tests/conftest.py": FIXTURE.replace('"/users"', '"https://api.shop.com/users"')},
        [],
    ),
    "a script beside the cases asks": (
        {**CASE, "tests/seed.py": "import requests\nrequests.get('http://localhost:8000/users')\n"},
        [],
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_tests_that_cross_http(case: str) -> None:
    files, lines = CASES[case]
    assert [place.line for place in facts_of(files).tests.http] == lines
