"""Finds the test cases of Go: functions of the testing package, suites' methods, Ginkgo's and gocheck's."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reviewer.gather.look import Look
from reviewer.gather.syntax import Call, Function, Lambda, Name, Text, dotted, plain
from reviewer.gather.testing._draft import Draft

TESTING = "Go testing"
TEST_NAME = re.compile(r"Test(?![a-z])\w*")
NOT_CASES = frozenset({"TestMain"})
SUITE = "github.com/stretchr/testify/suite"
GINKGO = ("github.com/onsi/ginkgo",)
GOCHECK = re.compile(r"\*(?:check\.|gocheck\.|gc\.)?C")
GINKGO_CASES = frozenset(
    {"It", "Specify", "DescribeTable", "FIt", "PIt", "XIt", "FDescribeTable", "PDescribeTable", "XDescribeTable"}
)
GINKGO_GROUPS = frozenset(
    {"Describe", "Context", "When", "FDescribe", "FContext", "FWhen", "PDescribe", "PContext", "XDescribe", "XContext"}
)
SKIPPED = ("P", "X")
RUNNERS = frozenset({"suite.Run", "RunSpecs", "ginkgo.RunSpecs", "TestingT", "check.TestingT", "gocheck.TestingT"})
"""What a test function calls that only starts the cases declared elsewhere."""


def find_cases(look: Look) -> list[Draft]:
    """The cases of a module in source order."""
    found = [*_functions(look), *_ginkgo(look)]
    return sorted(found, key=lambda draft: draft.line)


def _functions(look: Look) -> Iterator[Draft]:
    runners = _runners(look)
    for item in look.module.functions:
        if not TEST_NAME.fullmatch(item.name) or item.name in NOT_CASES or item.parent != -1:
            continue
        if item.receiver or item.qualname != item.name:
            framework = _suite(look, item)
        else:
            takes = len(item.parameters) == 1 and item.parameters[0].type in ("*testing.T", "*T")
            framework = TESTING if takes and item.index not in runners else ""
        if framework:
            yield Draft(
                name=item.qualname,
                framework=framework,
                line=item.line,
                end_line=item.end_line,
                function=item.index,
                skipped=_is_skipped(look, item),
            )


def _runners(look: Look) -> set[int]:
    """Test functions that start a suite and do nothing else that could fail."""
    found: set[int] = set()
    busy: set[int] = set()
    for call in look.module.calls:
        if call.name in RUNNERS:
            found.add(call.function)
        elif call.name.startswith(("assert.", "require.", "t.Error", "t.Fatal")):
            busy.add(call.function)
    return found - busy


def _suite(look: Look, item: Function) -> str:
    """The framework of a method that a suite runs: without parameters, or with gocheck's."""
    if len(item.parameters) == 1 and GOCHECK.fullmatch(item.parameters[0].type):
        return "gocheck"
    if item.parameters or item.returns:
        return ""
    owner = look.module.classes[item.owner] if item.owner != -1 else None
    if owner is not None:
        embedded = any(dotted(base).endswith(("Suite", "suite.Action", "suite.Model")) for base in owner.bases)
        return TESTING if embedded and "suite" in look.module.text.lower() else ""
    own = f"{item.receiver}."
    asserts = any(call.function == item.index and call.name.startswith(own) for call in look.module.calls)
    return TESTING if asserts and item.qualname.lower().partition(".")[0].endswith("suite") else ""


def _is_skipped(look: Look, item: Function) -> bool:
    """``t.Skip`` as the first statement; behind a condition it depends on the run."""
    first = next((call for call in look.module.calls if call.function == item.index), None)
    return first is not None and first.last in ("Skip", "Skipf", "SkipNow") and first.line <= item.line + 2


def _ginkgo(look: Look) -> Iterator[Draft]:
    if not look.imports(*GINKGO):
        return
    groups: dict[int, str] = {}
    for call in look.module.calls:
        name = call.last
        body = next((arg.function for arg in call.args if isinstance(arg, Lambda)), -1)
        if name in GINKGO_GROUPS and body != -1:
            groups[body] = f"{_title(call)}"
        elif name in GINKGO_CASES and body != -1 and call.args:
            around = [groups[item.index] for item in look.around(call.function) if item.index in groups]
            yield Draft(
                name=" > ".join([*reversed(around), _title(call)]),
                framework="Ginkgo",
                line=call.line,
                end_line=call.end_line,
                function=body,
                skipped=name.startswith(SKIPPED),
            )


def _title(call: Call) -> str:
    first = call.args[0] if call.args else None
    if isinstance(first, Text):
        return plain(first) or "".join(part if isinstance(part, str) else "…" for part in first.parts)
    return first.dotted if isinstance(first, Name) else ""
