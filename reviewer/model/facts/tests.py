"""Test cases and the requests they make."""

from __future__ import annotations

from reviewer.model.base import Noun
from reviewer.model.facts.values import Value


class Request(Noun):
    """An HTTP request that a test makes, over the wire or through the framework's test client.

    ``alone`` says that it reaches a handler by itself, without the application around it.
    """

    method: str
    path: Value
    line: int
    alone: bool = False


class TestCase(Noun):
    """One declared test case, counted once however it is parametrised.

    ``assertions`` counts assertions that can fail for a reason in the code; ``vacuous`` those that cannot (constant
    true, a status that is never looked at). ``negative`` says that it expects an error: a 4xx or 5xx, an exception.
    ``calls`` are, where it asserts nothing itself, the functions that may do so for it in other files; ``!`` ends the
    name of one that is handed an error. ``stock`` says that a project generator wrote it and nobody worked on it since.
    """

    __test__ = False

    name: str
    framework: str
    line: int
    end_line: int
    assertions: int = 0
    vacuous: int = 0
    negative: bool = False
    skipped: bool = False
    sleeps: bool = False
    real_network: bool = False
    calls: tuple[str, ...] = ()
    stock: bool = False


class TestFile(Noun):
    """What a file of tests holds. ``requests`` also holds those of helpers and fixtures outside any case.

    ``makes`` names the classes that it makes objects of, without their namespaces. ``whole`` says that the whole
    application stands behind its cases, with nothing replaced.
    """

    __test__ = False

    cases: tuple[TestCase, ...] = ()
    requests: tuple[Request, ...] = ()
    libraries: tuple[str, ...] = ()
    database: bool = False
    fixtures: bool = False
    mocks: bool = False
    makes: tuple[str, ...] = ()
    whole: bool = False
