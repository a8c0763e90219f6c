"""Assertions in C#: those of the runners, FluentAssertions, Shouldly, and what mocks are asked to verify."""

from __future__ import annotations

import re
from collections.abc import Iterator
from http import HTTPStatus

from reviewer.gather.expressions import literal, names_in, truth
from reviewer.gather.look import Look, words
from reviewer.gather.syntax import Attribute, Call, Expr, Name, Number, Text, dotted
from reviewer.gather.testing._draft import HELPER_ROUNDS, Drafts, error_statuses, expects_error_status, same

ASSERT = re.compile(r"(?:\w+\.)*(?:Classic|Collection|String|File|Directory)?Assert|Should")
OWN_ASSERT = re.compile(r"Assert[A-Z]\w*")
"""Methods of libraries that say so themselves: ``AssertConfigurationIsValid()``."""
NOT_ASSERTIONS = words("Pass Inconclusive Ignore Warn Multiple EnterMultipleScope ReferenceEquals Skip SkipIf SkipWhen")
ALWAYS_FAILS = words("Fail")
EQUALITY = words("Equal AreEqual Same AreSame StrictEqual Equivalent")
TRUTHS = {"True": True, "IsTrue": True, "False": False, "IsFalse": False}
THROWS = re.compile(
    r"(?:Should)?Throws?(?:Any|Exactly|Exception)?(?:Async)?|Catch(?:Async)?|(?:Throws)?Exception(?:Async)?"
)
NOT_THROWS = re.compile(r"(?:Does)?(?:Should)?Not?Throw")
SHOULDLY = re.compile(r"Should[A-Z]\w*")
MOCK_CHECKS = words(
    "Verify VerifyAll VerifyNoOtherCalls VerifyGet VerifySet VerifyAdd Received DidNotReceive ReceivedWithAnyArgs"
    " DidNotReceiveWithAnyArgs MustHaveHappened MustNotHaveHappened MustHaveHappenedOnceExactly VerifyLog InOrder"
    " MustHaveHappenedOnceOrMore MustHaveHappenedTwiceExactly CheckReceived"
)
MOCK_MODULES = ("Moq", "NSubstitute", "FakeItEasy", "JustMockLite", "Telerik.JustMock", "Rhino.Mocks")
GOES_WELL = words("IsValid IsSuccess Succeeded IsSucceeded Success IsSuccessStatusCode IsSuccessful IsOk")
GOES_WRONG = words("IsFailure IsFailed IsError HasErrors HasError Failed IsInvalid")
"""What results say of themselves."""
IS_FALSE = words("False IsFalse BeFalse ShouldBeFalse")
IS_TRUE = words("True IsTrue BeTrue ShouldBeTrue")
INVALID = re.compile(r"ShouldHave(?:Any)?(?:Children)?Validation(?:Errors?|ErrorFor)\w*")
"""FluentValidation's own checks."""
CALLS_MOST = 20
CHECKS = re.compile(r"Assert|Verif|Should|Expect|Check|Ensure|Must|Confirm|(?:\A|_)(?:Has|Have|Is|Then)(?![a-z])")
"""How helpers of other files are called that assert for their callers."""
STATUS_CHECKS = words("EnsureSuccessStatusCode")
ENSURES = re.compile(r"(?:Get|Post|Put|Patch|Delete)And(?:Ensure|Deserialize)\w*")
REFUSED = re.compile(r"NotFound|BadRequest|Unauthori[sz]ed|Forbidden|Conflict|MethodNotAllowed")
"""Requests that check their answer at once."""
RUNS_STEPS = words("BDDfy LazyBDDfy RunScenario RunScenarioAsync")
"""Run the steps of a scenario, which check and fail by themselves (BDDfy, LightBDD)."""
SNAPSHOTS = words("Verify VerifyJson VerifyXml Match")
SURE_SNAPSHOT = re.compile(r"Match\w*Snapshot(?:Async)?")
SNAPSHOT_MODULES = ("VerifyXunit", "VerifyNUnit", "VerifyMSTest", "Snapshooter", "VerifyTests")
ERRORS = frozenset(
    "".join(word.capitalize() for word in status.name.split("_")) for status in HTTPStatus if status >= 400
) | {"UnprocessableEntity"}
"""``NotFound``, ``BadRequest``: members of ``HttpStatusCode`` and the beginnings of results."""
ERROR_RESULT = re.compile(
    rf"(?:{'|'.join(sorted(ERRORS))})(?:Object)?(?:Error)?(?:Message)?(?:Http)?Result|Status[45]\d\d\w+|Be[45]\d\d\w*"
    r"|ValidationProblem|ProblemHttpResult|ProblemDetails"
)


def read_assertions(look: Look, drafts: Drafts) -> list[str]:
    """Counts the assertions of each case, those of its helpers in the same file included.

    A case without any keeps what it calls: helpers of other files may assert for it. Gives back the names of the
    methods of this file that do so.
    """
    by_function: dict[int, list[tuple[bool, bool, tuple[Expr, ...]]]] = {}
    for call in look.module.calls:
        for real, negative, seen in _assertions(look, call):
            by_function.setdefault(_outermost(look, call.function), []).append((real, negative, seen))
    helpers = {item.name: item.index for item in look.module.functions if item.name != "<lambda>"}
    calls: dict[int, list[Call]] = {}
    for call in look.module.calls:
        calls.setdefault(_outermost(look, call.function), []).append(call)
    called = {index: {call.name.removeprefix("this.") for call in found} for index, found in calls.items()}
    for draft in drafts.all:
        reached = _reached(draft.function, helpers, called, drafts)
        for function in reached:
            for real, negative, seen in by_function.get(function, ()):
                draft.count(real, *seen)
                draft.negative = draft.negative or (real and negative)
        if not (draft.assertions or draft.vacuous):
            draft.calls = _handed_over(calls, reached)
    sure = {index for index, found in by_function.items() if any(real for real, _, _ in found)}
    names = {look.module.functions[index].name for index in sure if index != -1 and drafts.at(index) is None}
    return sorted(name for name in names if CHECKS.search(name))


def _handed_over(calls: dict[int, list[Call]], functions: list[int]) -> tuple[str, ...]:
    """What a case calls, with a mark behind what it tells of an error: ``HasStatus!`` of ``HasStatus(answer, 404)``."""
    found = (
        f"{call.last}!" if _is_negative(call) else call.last
        for index in functions
        for call in calls.get(index, ())
        if CHECKS.search(call.last)
    )
    return tuple(dict.fromkeys(found))[:CALLS_MOST]


def _outermost(look: Look, function: int) -> int:
    """The method that a lambda lies in."""
    return next((item.index for item in look.around(function) if item.name != "<lambda>"), function)


def _reached(function: int, helpers: dict[str, int], called: dict[int, set[str]], drafts: Drafts) -> list[int]:
    """A case's method and the helpers of the same file that it calls, some rounds deep."""
    found, level = [function], {function}
    for _ in range(HELPER_ROUNDS):
        names = {name for index in level for name in called.get(index, ())}
        level = {helpers[name] for name in names if name in helpers} - set(found)
        level = {index for index in level if drafts.at(index) is None}
        found += sorted(level)
    return found


def _assertions(look: Look, call: Call) -> Iterator[tuple[bool, bool, tuple[Expr, ...]]]:
    """Whether it can fail, whether it expects an error, and what it looks at."""
    last = call.last
    owner = call.name.rpartition(".")[0]
    if (owner and ASSERT.fullmatch(owner[:80])) or OWN_ASSERT.fullmatch(last[:60]):
        if last not in NOT_ASSERTIONS:
            yield _is_real(call), _is_negative(call), _parts(call)
    elif last in STATUS_CHECKS or ENSURES.fullmatch(last[:80]):
        yield True, bool(REFUSED.search(last)), (Name("status", call.line),)
    elif _follows_should(call) or SHOULDLY.fullmatch(last):
        subject = call.callee.value if isinstance(call.callee, Attribute) else call.callee
        yield True, _is_negative(call) or _throws(last), (subject, *_parts(call))
    elif (
        last in RUNS_STEPS
        or (last in MOCK_CHECKS and _is_mock_check(look, call))
        or SURE_SNAPSHOT.fullmatch(last)
        or (last in SNAPSHOTS and look_uses(look, SNAPSHOT_MODULES))
    ):
        yield True, False, ()


def _follows_should(call: Call) -> bool:
    """``x.Should().Be(1)``, where ``Be`` is the first check; more checks of the same chain count no more."""
    value = call.callee.value if isinstance(call.callee, Attribute) else None
    return isinstance(value, Call) and value.last == "Should" and not value.args


def _is_mock_check(look: Look, call: Call) -> bool:
    return call.last != "Verify" or look_uses(look, MOCK_MODULES) or (bool(call.args) and "mock" in call.name.lower())


def look_uses(look: Look, modules: tuple[str, ...]) -> bool:
    """Whether a file imports one of these namespaces or what lies in them."""
    imported = [f"{item.module}." for item in look.module.imports]
    return any(name.startswith(f"{module}.") for name in imported for module in modules)


def _parts(call: Call) -> tuple[Expr, ...]:
    return (*call.args, *call.keywords.values())


def _is_real(call: Call) -> bool:
    args = call.args
    if call.last in TRUTHS and args:
        return truth(args[0]) is not TRUTHS[call.last] and not (isinstance(args[0], Number) or _compares_same(args[0]))
    if call.last in EQUALITY and len(args) > 1:
        return not same(args[0], args[1]) and not (_is_literal(args[0]) and _is_literal(args[1]))
    if call.last in ("NotNull", "IsNotNull") and args:
        return not (isinstance(args[0], Call) and args[0].new) and not isinstance(args[0], (Text, Number))
    if call.last == "That" and args:
        return not _is_literal(args[0])
    return bool(args or call.keywords) or call.last in ALWAYS_FAILS or bool(OWN_ASSERT.match(call.last))


def _compares_same(expr: Expr) -> bool:
    operands: tuple[Expr, ...] = getattr(expr, "operands", ())
    return len(operands) == 2 and same(operands[0], operands[-1])


def _is_literal(expr: Expr) -> bool:
    return not isinstance(expr, Name) and literal(expr)


def _throws(name: str) -> bool:
    return bool(THROWS.fullmatch(name)) and not NOT_THROWS.match(name)


def _is_negative(call: Call) -> bool:
    """Whether an assertion expects an exception or a status of 4xx or 5xx."""
    if _throws(call.last) or ERROR_RESULT.fullmatch(call.last) or INVALID.fullmatch(call.last) or _went_wrong(call):
        return True
    types = getattr(call.keywords.get("<>"), "values", ())
    if any(dotted(getattr(item, "callee", item)).rpartition(".")[2] in ERRORS for item in types):
        return True
    names = {name.rpartition(".")[2]: name for name in names_in(*_parts(call))}
    for last, full in names.items():
        if ERROR_RESULT.fullmatch(last) or (last in ERRORS and "HttpStatusCode" in full):
            return True
        if full.startswith("Throws.") or ".Throws." in full:
            return True
    subject = call.callee.value if isinstance(call.callee, Attribute) else None
    parts = (*_parts(call), *([subject] if subject is not None else []))
    return bool(list(error_statuses(*call.args))) and (expects_error_status(*parts) or _speaks_of_status(parts))


def _went_wrong(call: Call) -> bool:
    """``Assert.False(result.IsValid)``, ``result.IsSuccess.Should().BeFalse()``, ``result.IsError.ShouldBeTrue()``."""
    wanted = GOES_WELL if call.last in IS_FALSE else GOES_WRONG if call.last in IS_TRUE else frozenset()
    subject = call.callee.value if isinstance(call.callee, Attribute) else None
    before = subject.name.rpartition(".Should")[0] if isinstance(subject, Call) else ""
    asked = (before or call.name.rpartition(".")[0], *(name for name in names_in(*call.args[:1])))
    return bool(wanted) and any(name.rpartition(".")[2] in wanted for name in asked)


def _speaks_of_status(parts: tuple[Expr, ...]) -> bool:
    return any("status" in name.lower() for name in names_in(*parts))
