"""What sets the scene of test cases without a framework's fixture: the factories and builders of the tests."""

from __future__ import annotations

import re
from pathlib import PurePosixPath

from reviewer.gather.link.view import View
from reviewer.model.facts.repository import SourceFile
from reviewer.model.facts.values import Place

FOLDERS = frozenset(
    "factories factory fixtures fixture builders builder mocks __mocks__ stubs fakes testdata test-data test_data"
    " mothers seeds support helpers testutils testutil test-utils test_utils __fixtures__ doubles".split()
)
"""Folders of tests that hold what several cases start from."""
SCENE = re.compile(
    r"(?:make|build|create|mock|fake|sample|given|gen(?:erate)?|new|set_?up|prepare|stub|dummy|seed|valid|random|"
    r"arrange|init|insert)_?(?:[A-Z]|(?<=_))|"
    r"\w*(?:fixtures?|factory|builder|fakes?|fake_?data|samples?|stubs?|dummy|mother|test_?data|sut)\Z",
)
"""How functions are called that make what cases start from: ``makeSut``, ``sample_user``, ``GetFakeData``."""
CAPITAL = re.compile(
    r"(?:Make|Build|Create|Mock|Fake|Sample|Given|Generate|New|SetUp|Setup|Prepare|Seed|Get(?:Fake|Test|Sample|Dummy|Mock|Valid|Random))[A-Z]"
)
CONSTRUCTORS = frozenset({"constructor", "__init__", "initialize", "__construct"})


def scenes(view: View, files: list[SourceFile]) -> tuple[Place, ...]:
    """The factories and builders of tests: functions beside the cases, and files of folders that are called so.

    Args:
        view: all files.
        files: those with test cases.
    """
    found = [Place(path=file.path, line=line) for file in files for line in _makers(file)[:1]]
    if not files:
        return ()
    return tuple(found) or tuple(Place(path=file.path, line=1) for file in view.tests if _is_kept_apart(file))


def _makers(file: SourceFile) -> list[int]:
    """The lines of functions of a test file that make something for its cases."""
    cases = {case.line for case in file.facts.tests.cases} if file.facts and file.facts.tests else set()
    return [
        item.line
        for item in (file.facts.functions if file.facts else ())
        if item.line not in cases
        and item.name not in CONSTRUCTORS
        and (SCENE.match(item.name) or CAPITAL.match(item.name))
    ]


def _is_kept_apart(file: SourceFile) -> bool:
    """Whether a file of the tests that holds no cases lies in a folder for what they start from."""
    if file.facts and file.facts.tests and file.facts.tests.cases:
        return False
    return not FOLDERS.isdisjoint(part.lower() for part in PurePosixPath(file.path).parts[:-1])
