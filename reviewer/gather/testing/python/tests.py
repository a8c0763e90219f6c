"""pytest and unittest, Django's and Django REST framework's test cases included."""

from __future__ import annotations

import re

from reviewer.gather.expressions import integer, last, root
from reviewer.gather.look import Look, decorators, look_at
from reviewer.gather.reader import Kept, Reader
from reviewer.gather.syntax import Call, Module, Number, Text, dotted, plain
from reviewer.gather.testing._draft import ASSERTING, Draft, Drafts, error_statuses, says_negative
from reviewer.gather.testing.python._assertions import read_assertions
from reviewer.gather.testing.python._cases import (
    PYTEST,
    TEST_MODULES,
    UNITTEST,
    find_cases,
    has_setup,
    is_fixture,
    marks,
)
from reviewer.gather.testing.python._requests import VERBS, read_requests, remote_call
from reviewer.model.facts.code import Attribute

LIBRARIES = {
    "pytest": "pytest",
    "webtest": "WebTest",
    "flask_webtest": "WebTest",
    "factory": "factory-boy",
    "factory_boy": "factory-boy",
    "hypothesis": "Hypothesis",
    "testcontainers": "Testcontainers",
    "responses": "responses",
    "respx": "respx",
    "requests_mock": "requests-mock",
    "freezegun": "freezegun",
    "model_bakery": "model-bakery",
    "behave": "behave",
    "schemathesis": "Schemathesis",
    "pytest_asyncio": "pytest-asyncio",
    "pytest_httpx": "pytest-httpx",
    "locust": "Locust",
}
FACTORIES = ("factory", "factory_boy", "model_bakery", "mixer", "pytest_factoryboy", "polyfactory")
MOCK_MODULES = (
    "unittest.mock",
    "mock",
    "responses",
    "respx",
    "requests_mock",
    "pytest_mock",
    "moto",
    "httpretty",
    "pytest_httpx",
)
MOCK_PARAMETERS = frozenset({"mocker", "monkeypatch", "requests_mock", "httpx_mock", "respx_mock"})
NETWORK_MOCKS = (
    "responses",
    "respx",
    "requests_mock",
    "httpretty",
    "pytest_httpx",
    "vcr",
    "pook",
    "moto",
    "aioresponses",
)
DATABASE_MODULES = (
    "testcontainers",
    "mongomock",
    "mongomock_motor",
    "pytest_postgresql",
    "fakeredis",
    "testing.postgresql",
)
DATABASE_CASES = frozenset(
    f"{module}.{name}"
    for module, names in {
        "django.test": ("TestCase", "TransactionTestCase", "LiveServerTestCase"),
        "rest_framework.test": ("APITestCase", "APITransactionTestCase", "APILiveServerTestCase"),
    }.items()
    for name in names
)
DATABASE_DRIVERS = (
    "asyncpg",
    "psycopg2",
    "psycopg",
    "aiosqlite",
    "pymysql",
    "MySQLdb",
    "pymongo",
    "motor",
    "mongoengine",
)
DATABASE_CALLS = frozenset({"create_all", "drop_all", "create_tables", "drop_tables", "init_db"})
DATABASE_CONNECTS = ("asyncpg.", "psycopg2.", "psycopg.", "sqlite3.", "pymysql.", "aiosqlite.", "alembic.")
DATABASE_WRITES = frozenset(
    "insert_one insert_many update_one update_many delete_one delete_many drop_collection drop_database"
    " count_documents find_one".split()
)
"""What a test does to a collection, where it replaces nothing."""
SESSION_CALL = re.compile(r"(?:^|\.)session\.(?:commit|add|add_all|query|execute|scalars?|exec|delete|get|refresh)$")
DATABASE_TEXTS = (
    "sqlite://",
    "sqlite+",
    "postgresql://",
    "postgresql+",
    "postgres://",
    "mysql://",
    "mysql+",
    ":memory:",
)
SLEEPS = frozenset({"time.sleep", "asyncio.sleep", "anyio.sleep", "gevent.sleep"})
WEBTEST = "testapp"
TEST_CLIENT = "test_client"
"""What helpers of tests ask Flask's or Quart's application for, in files that import no library for tests."""
CALLS_MOST = 8


def read(module: Module, kept: Kept) -> None:
    """Keeps test cases, their requests and what they rest on; returns at once where a module tests nothing."""
    look = look_at(module)
    drafts = Drafts(module, find_cases(look))
    fixtures = has_setup(look)
    imported = look.imports(*TEST_MODULES) or any(call.last == TEST_CLIENT for call in module.calls)
    if not (drafts.all or imported or fixtures or look.imports(*FACTORIES)):
        return
    helpers = read_assertions(look, drafts)
    if not imported:
        mostly = len(drafts.all) * 2 > sum(item.parent == -1 for item in module.functions) > 1
        drafts = Drafts(module, [draft for draft in drafts.all if mostly or _believable(draft)])
    if not (drafts.all or imported or fixtures or look.imports(*FACTORIES)):
        return
    _read_calls(look, drafts)
    _leave_to_others(look, drafts)
    if helpers:
        kept.constants.append(Attribute(name=ASSERTING, value=(" ".join(sorted(helpers)),), line=1))
    drafts.keep(kept)
    _libraries(look, drafts, fixtures, kept)
    kept.test_fixtures = kept.test_fixtures or fixtures or look.imports(*FACTORIES)
    kept.test_mocks = kept.test_mocks or look.imports(*MOCK_MODULES) or _takes_mocks(look)
    if drafts.all or imported or fixtures:
        kept.requests.extend(dict.fromkeys(read_requests(look)))
        kept.test_database = kept.test_database or _uses_database(look)


def _believable(draft: Draft) -> bool:
    """Without a test library, and where most functions are no cases, a case must assert something."""
    return bool(draft.assertions or draft.vacuous) or draft.framework == UNITTEST


def _read_calls(look: Look, drafts: Drafts) -> None:
    offline = look.imports(*NETWORK_MOCKS) or "vcr" in (last(dotted(mark)) for mark in marks(look))
    for call in look.module.calls:
        draft = drafts.at(call.function)
        if draft is None:
            continue
        name = look.origin(call.name)
        if name in SLEEPS and call.args and not _is_zero(call) and not call.loops:
            draft.sleeps = True
        elif remote_call(look, call) and not offline and not _patched(look, call.function):
            draft.real_network = True
        elif name == "pytest.skip" and not draft.assertions:
            draft.skipped = True
        _webtest(call, draft)


def _leave_to_others(look: Look, drafts: Drafts) -> None:
    """Notes what a case without assertions calls that may assert for it: methods of its own, imported functions."""
    for call in look.module.calls:
        draft = drafts.at(call.function)
        if draft is None or draft.assertions or draft.vacuous or len(draft.calls) == CALLS_MOST:
            continue
        head, _, name = call.name.rpartition(".")
        if head in ("self", "cls", "super") or (name and not head and look.is_imported(name)):
            handed = any(True for _ in error_statuses(*call.args, *call.keywords.values())) or says_negative(name)
            draft.calls = (*draft.calls, f"{name}!" if handed else name)


def _webtest(call: Call, draft: Draft) -> None:
    """WebTest fails by itself on an error status, unless one is named or errors are expected."""
    verb = call.last.removesuffix("_json")
    receiver = last(call.name.rpartition(".")[0])
    if verb not in VERBS or not receiver.endswith(WEBTEST) or "expect_errors" in call.keywords:
        return
    draft.assertions += 1
    status = integer(call.keywords.get("status"))
    if status is not None and status >= 400:
        draft.negative = True


def _is_zero(call: Call) -> bool:
    return isinstance(call.args[0], Number) and call.args[0].text in ("0", "0.0")


def _patched(look: Look, function: int) -> bool:
    """Whether a function around is patched or asks for a mock."""
    for around in look.around(function):
        if any(parameter.name in MOCK_PARAMETERS or "mock" in parameter.name for parameter in around.parameters):
            return True
        if any("patch" in dotted(root(item)) or "vcr" in dotted(root(item)) for item in around.decorators):
            return True
    return False


def _takes_mocks(look: Look) -> bool:
    return any(p.name in MOCK_PARAMETERS for function in look.module.functions for p in function.parameters)


def _libraries(look: Look, drafts: Drafts, fixtures: bool, kept: Kept) -> None:
    """A module without cases or fixtures may import pytest to start it: that is no test."""
    found = {draft.framework for draft in drafts.all}
    found |= {name for module, name in LIBRARIES.items() if look.imports(module)}
    if not (drafts.all or fixtures):
        found.discard(PYTEST)
    kept.test_libraries.extend(sorted(found))


def _uses_database(look: Look) -> bool:
    if look.imports(*DATABASE_MODULES, *DATABASE_DRIVERS):
        return True
    bases = {look.origin(dotted(base)) for owner in look.module.classes for base in owner.bases}
    if bases & DATABASE_CASES or any(last(name) == "django_db" for name in _mark_names(look)):
        return True
    if any(call.last in DATABASE_CALLS or _connects(look, call) for call in look.module.calls):
        return True
    if not look.imports(*MOCK_MODULES) and any(_asks_database(call) for call in look.module.calls):
        return True
    if not any(start in look.module.text for start in DATABASE_TEXTS):
        return False
    return any(_is_database_url(text) for text, _ in look.module.texts)


def _asks_database(call: Call) -> bool:
    return call.last in DATABASE_WRITES or SESSION_CALL.search(call.name) is not None


def _mark_names(look: Look) -> list[str]:
    found = [dotted(mark.callee if isinstance(mark, Call) else mark) for mark in marks(look)]
    found += [name for _, name, _ in decorators(look.module)]
    fixtures = [item for item in look.module.functions if any(is_fixture(d) for d in item.decorators)]
    if any(parameter.name == "django_db_setup" for item in fixtures for parameter in item.parameters):
        found.append("django_db")
    return found


def _connects(look: Look, call: Call) -> bool:
    origin = look.origin(call.name)
    return origin.startswith(DATABASE_CONNECTS) and last(origin) in ("connect", "create_pool", "main", "upgrade")


def _is_database_url(text: Text) -> bool:
    start = plain(text) or (text.parts[0] if text.parts and isinstance(text.parts[0], str) else "")
    return start.startswith(DATABASE_TEXTS)


PYTHON_TESTS = Reader(name="Python tests", languages=("Python",), read=read)
