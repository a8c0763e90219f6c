"""JUnit, TestNG, kotlin.test and Kotest, with the libraries that their tests rest on."""

from __future__ import annotations

from reviewer.gather.look import Look, look_at, words
from reviewer.gather.reader import Kept, Reader
from reviewer.gather.syntax import Call, Module
from reviewer.gather.testing._draft import Drafts
from reviewer.gather.testing.jvm._assertions import read_assertions
from reviewer.gather.testing.jvm._cases import find_cases
from reviewer.gather.testing.jvm._clients import read_client_requests
from reviewer.gather.testing.jvm._kotest import find_specs
from reviewer.gather.testing.jvm._names import (
    FIXTURES,
    LIBRARIES,
    MOCK_BEANS,
    MOCKING,
    NETWORK_MOCKS,
    RUNNERS,
    libraries_of,
    marks_of,
)
from reviewer.gather.testing.jvm._requests import read_requests, remote_call
from reviewer.gather.testing.jvm._stores import uses_database

SLEEPS = words("Thread.sleep java.lang.Thread.sleep")
WHOLE = words("SpringBootTest MicronautTest QuarkusTest")
"""Annotations of cases that the whole application is started for."""
HOOKS = words("beforeTest beforeSpec beforeEach beforeContainer beforeAny")
"""What Kotest's specs run before their cases."""


def read(module: Module, kept: Kept) -> None:
    """Keeps test cases, their requests and what they rest on; returns at once where a module tests nothing."""
    look = look_at(module)
    if not look.imports(*RUNNERS, *LIBRARIES):
        return
    drafts = Drafts(module, [*find_cases(look), *find_specs(look)])
    helpers = read_assertions(look, drafts)
    offline = look.imports(*NETWORK_MOCKS)
    for call in module.calls:
        draft = drafts.at(call.function)
        if draft is not None:
            draft.sleeps = draft.sleeps or (_sleeps(call) and not call.loops)
            draft.real_network = draft.real_network or (not offline and remote_call(look, call))
    drafts.hand_over(kept, helpers)
    drafts.keep(kept)
    kept.test_libraries.extend(_libraries(look, drafts))
    kept.requests.extend(dict.fromkeys([*read_requests(look), *read_client_requests(look)]))
    names = _annotations(look)
    kept.test_fixtures = kept.test_fixtures or bool(names & FIXTURES) or any(c.last in HOOKS for c in module.calls)
    kept.test_mocks = kept.test_mocks or look.imports(*MOCKING) or bool(names & MOCK_BEANS)
    kept.test_whole = kept.test_whole or _is_whole(look, names, drafts)
    kept.test_database = kept.test_database or uses_database(look, names, bool(drafts.all))


def _libraries(look: Look, drafts: Drafts) -> list[str]:
    found = {draft.framework for draft in drafts.all} | set(libraries_of(look))
    if any(call.last == "perform" for call in look.module.calls) and look.imports("org.springframework.test.web"):
        found.add("Spring MockMvc")
    return sorted(found)


def _annotations(look: Look) -> frozenset[str]:
    """The names of all annotations of a file."""
    module = look.module
    groups = [item.decorators for item in module.functions]
    groups += [item.decorators for item in module.classes]
    groups += [item.decorators for item in module.assignments]
    return frozenset(name for group in groups for name in marks_of(group))


def _is_whole(look: Look, names: frozenset[str], drafts: Drafts) -> bool:
    """Whether cases that assert something run in the context of the whole application, with nothing replaced."""
    if not names & WHOLE or names & MOCK_BEANS or look.imports(*MOCKING):
        return False
    return any(draft.assertions for draft in drafts.all)


def _sleeps(call: Call) -> bool:
    """``Thread.sleep(500)``, ``TimeUnit.SECONDS.sleep(1)``."""
    return call.name in SLEEPS or (call.last == "sleep" and "TimeUnit" in call.name)


JVM_TESTS = Reader(name="tests (JVM)", languages=("Java", "Kotlin"), read=read)
