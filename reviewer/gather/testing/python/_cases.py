"""Finds test cases in Python: pytest's by name and unittest's by class."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reviewer.gather.expressions import last
from reviewer.gather.look import Look, words
from reviewer.gather.syntax import Call, Class, Expr, Function, Items, Name, dotted
from reviewer.gather.testing._draft import Draft

PYTEST, UNITTEST = "pytest", "unittest"
TEST_NAME = re.compile(r"test(?:_|[A-Z0-9]|$)")
TEST_CLASS = re.compile(r"Test")
TEST_BASE = re.compile(r"Tests?(?:[A-Z]\w{0,60})?\Z")
"""A base of other files that only a test has: ``BaseTest``, ``APITestSetup``. pytest collects such a class, whatever
its own name, where the base is unittest's."""
TEST_MODULES = (
    "pytest",
    "unittest",
    "django.test",
    "rest_framework.test",
    "nose",
    "hypothesis",
    "pytest_asyncio",
    "flask_testing",
)
ROUTE_DECORATORS = words(
    "route get post put patch delete websocket task command cli job event group query mutation field rpc expose"
)
OF_TESTS = ("pytest.", "mock.", "unittest.", "responses.")
SKIPS = frozenset({"skip", "xfail", "expectedFailure", "skipTest"})
CONDITIONAL_SKIPS = frozenset({"skipif", "skipIf"})
UNITTEST_SETUP = frozenset({"setUp", "setUpClass", "setUpTestData", "asyncSetUp"})
PYTEST_SETUP = frozenset({"setup_method", "setup_class", "setup_module", "setup_function"})


def find_cases(look: Look) -> list[Draft]:
    """The functions and methods that a runner would collect, those that merely look like tests included."""
    module = look.module
    by_owner: dict[int, list[Function]] = {}
    for function in module.functions:
        if function.parent == -1:
            by_owner.setdefault(function.owner, []).append(function)
    everything_skipped = _module_skipped(look)
    drafts = [_draft(f, PYTEST, f.name, everything_skipped) for f in by_owner.get(-1, []) if _is_test(f)]
    unittests = unittest_classes(look)
    for owner in module.classes:
        framework = UNITTEST if owner.index in unittests else PYTEST
        methods = by_owner.get(owner.index, [])
        if framework == PYTEST and not _collected(owner, methods):
            if not any(TEST_BASE.search(last(dotted(base))) for base in owner.bases):
                continue
            framework = UNITTEST
        skipped = everything_skipped or any(_skips(item) for item in owner.decorators)
        drafts += [_draft(m, framework, f"{owner.name}.{m.name}", skipped) for m in methods if _is_test(m)]
    return sorted(drafts, key=lambda draft: draft.line)


def unittest_classes(look: Look) -> frozenset[int]:
    """The classes that unittest runs: by their bases, or by calling ``self.assert...``."""
    asserting = {
        look.owner(call.function) for call in look.module.calls if call.name.startswith(("self.assert", "self.fail"))
    }
    found: set[int] = set()
    names: set[str] = set()
    for owner in look.module.classes:
        bases = [last(dotted(base)) for base in owner.bases]
        if owner.index in asserting or any(base.endswith("TestCase") or base in names for base in bases):
            found.add(owner.index)
            names.add(owner.name)
    return frozenset(found)


def decorator_name(decorator: Expr) -> str:
    """The dotted name of a decorator, called or not."""
    return dotted(decorator.callee if isinstance(decorator, Call) else decorator)


def _draft(function: Function, framework: str, name: str, skipped: bool) -> Draft:
    return Draft(
        name=name,
        framework=framework,
        line=function.line,
        end_line=function.end_line,
        function=function.index,
        skipped=skipped or any(_skips(item) for item in function.decorators),
    )


def _is_test(function: Function) -> bool:
    return bool(TEST_NAME.match(function.name)) and not any(_not_of_tests(item) for item in function.decorators)


def _not_of_tests(decorator: Expr) -> bool:
    """Routes, tasks and commands that are called test, fixtures, properties."""
    name = decorator_name(decorator)
    ending = last(name)
    if ending in ("fixture", "yield_fixture", "property", "staticmethod"):
        return True
    return ending in ROUTE_DECORATORS and "." in name and not name.startswith(OF_TESTS)


def _collected(owner: Class, methods: list[Function]) -> bool:
    return bool(TEST_CLASS.match(owner.name)) and not any(method.name == "__init__" for method in methods)


def _skips(decorator: Expr) -> bool:
    ending = last(decorator_name(decorator))
    if ending in CONDITIONAL_SKIPS and isinstance(decorator, Call):
        return bool(decorator.args) and getattr(decorator.args[0], "text", "") == "True"
    return ending in SKIPS


def _module_skipped(look: Look) -> bool:
    return any(_skips(mark) for mark in marks(look))


def marks(look: Look) -> Iterator[Expr]:
    """The marks that ``pytestmark`` puts on a whole module."""
    for item in look.module.assignments:
        if item.target == "pytestmark" and item.function == -1 and item.value is not None:
            yield from item.value.values if isinstance(item.value, Items) else (item.value,)


def has_setup(look: Look) -> bool:
    """Whether a module prepares something for its tests: fixtures or set-up methods."""
    for function in look.module.functions:
        if function.name in UNITTEST_SETUP and function.owner != -1 and function.statements:
            return True
        if function.name in PYTEST_SETUP or any(is_fixture(item) for item in function.decorators):
            return True
    return False


def is_fixture(decorator: Expr) -> bool:
    """Whether a decorator makes a pytest fixture."""
    name = decorator_name(decorator)
    return last(name) in ("fixture", "yield_fixture") and (isinstance(decorator, (Call, Name)))
