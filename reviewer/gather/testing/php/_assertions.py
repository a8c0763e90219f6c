"""Assertions of PHPUnit, Laravel, Pest, Codeception and phpspec."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reviewer.gather.expressions import inside, integer, literal, truth, words_in
from reviewer.gather.look import Look, words
from reviewer.gather.syntax import Call, Expr, Name, Number, dotted
from reviewer.gather.testing._draft import ERROR_NAMES, HELPER_ROUNDS, Draft, Drafts, same
from reviewer.gather.testing.php._cases import CODECEPTION, PEST, PHPSPEC, root_names

EQUAL = words("assertSame assertEquals assertNotSame assertNotEquals assertEqualsCanonicalizing assertIdentical")
TRUTHS = {"assertTrue": True, "assertFalse": False}
NEGATIVE = words(
    "assertNotFound assertForbidden assertUnauthorized assertUnprocessable assertJsonValidationErrors assertInvalid"
    " assertSessionHasErrors assertSessionHasErrorsIn assertJsonValidationErrorFor assertBadRequest assertConflict"
    " assertTooManyRequests assertServerError assertInternalServerError assertMethodNotAllowed assertGuest"
    " assertUnsupportedMediaType assertGone expectException expectExceptionMessage expectExceptionCode"
    " expectExceptionObject expectExceptionMessageMatches setExpectedException assertThrows shouldThrow toThrow throws"
    " assertThrown expectThrowable assertClientError assertResponseError assertResponseFailure seeValidationError"
    " seeFormErrorMessage seeFormErrorMessages seeFormHasErrors"
)
STATUS_CALLS = words(
    "assertStatus assertResponseStatus assertStatusCode seeStatusCode seeResponseCodeIs assertResponseStatusCodeSame"
    " assertResponseCode assertThrowsHttp"
)
EXPECTING = words(
    "expectException setExpectedException expectExceptionObject expectExceptionMessage expectOutputString expectsOutput"
    " expectExceptionCode expectExceptionMessageMatches expectExceptionOnInvalid"
)
SEEING = re.compile(r"(?:see|dontSee|canSee|cantSee|assert)[A-Z]?\w*\Z")
FAILING = frozenset({"fail", "this.fail", "self.fail", "static.fail", "Assert.fail"})
"""Calls that fail the case by themselves, where it comes so far."""
LUMEN = words(
    "seeJson seeJsonEquals seeJsonContains seeStatusCode seeInDatabase notSeeInDatabase seeJsonStructure seeHeader"
    " missingFromDatabase seePageIs dontSeeJson"
)
MOCKED = words("expects shouldReceive shouldHaveReceived shouldNotHaveReceived shouldBeCalled shouldHaveBeenCalled")
NO_CHECK = words("assertNotEmptyMock expectNotToPerformAssertions addToAssertionCount")
IS_FALSE = words("assertFalse toBeFalse false")
REFUSING = words("validate login save signup register authenticate attempt verify isValid passes check")
"""Methods that say by false that they refuse."""
ROOTS = frozenset({"expect", "verify", "Verify.that", "verify_that"})
"""What a chain of checks begins with: Pest, and Codeception's own library."""
STATUS_NAMED = re.compile(r"(?:Http)?Status(?=[A-Z])")
CAPITAL = re.compile(r"(?<=[a-z])([A-Z])")
"""``StatusNotFound``, a constant of the project's own, as ``NOT_FOUND``."""
STATUS_WORD = re.compile(r"status_?code|^status$|getstatus|^code$|getcode|response_?code")


def read_assertions(look: Look, drafts: Drafts) -> set[str]:
    """Counts the assertions of every case, those of helpers that it calls included: their names."""
    own: dict[int, int] = {}
    for call in look.module.calls:
        real = _is_assertion(call, drafts.at(call.function))
        if real is None:
            continue
        draft = drafts.at(call.function)
        if draft is None:
            own[call.function] = own.get(call.function, 0) + real
            continue
        draft.count(real, *call.args)
        if is_negative(call):
            draft.negative = True
    return _helpers(look, drafts, own)


def _helpers(look: Look, drafts: Drafts, own: dict[int, int]) -> set[str]:
    """A case that asserts nothing itself may call what does."""
    names = {look.module.functions[index].name for index, count in own.items() if count and index >= 0}
    for _ in range(HELPER_ROUNDS - 1):
        callers = {call.function for call in look.module.calls if call.last in names and call.function >= 0}
        names |= {look.module.functions[index].name for index in callers if drafts.at(index) is None}
    for call in look.module.calls:
        draft = drafts.at(call.function)
        if draft is not None and not draft.assertions and call.last in names and "." in call.name:
            draft.assertions += 1
    return names


def _is_assertion(call: Call, draft: Draft | None) -> bool | None:
    """Whether a call is an assertion that can fail; None for what is none."""
    name = call.last
    if name in NO_CHECK:
        return None
    if name.startswith("assert") and len(name) > 6:
        return not _is_vacuous(call)
    if name in EXPECTING or name in LUMEN or call.name in FAILING:
        return True
    if name in MOCKED:
        return True
    framework = draft.framework if draft is not None else ""
    if framework == CODECEPTION and call.name.startswith("I."):
        return True if SEEING.match(name) else None
    if framework == CODECEPTION and call.name not in ROOTS and (root := _expected(call)) is not None:
        return not _is_constant(root, call)
    if framework == PHPSPEC:
        return True if name.startswith("should") else None
    if name.startswith("to") and name[2:3].isupper() and _expected(call) is not None:
        return not _is_constant(_expected(call), call)
    return None if framework != PEST or name != "throws" else True


def _expected(call: Call) -> Call | None:
    """``expect(value)`` or ``verify(value)`` at the root of a chain."""
    current: Expr = call
    for _ in range(40):
        if isinstance(current, Call):
            if current.name in ROOTS:
                return current
            current = current.callee
        elif hasattr(current, "value"):
            current = current.value
        else:
            break
    return None


def _is_constant(expected: Call | None, call: Call) -> bool:
    """``expect(true)->toBeTrue()``."""
    first = expected.args[0] if expected is not None and expected.args else None
    return isinstance(first, Number) and literal(first) and all(literal(arg) for arg in call.args)


def _is_vacuous(call: Call) -> bool:
    args = call.args
    if call.last in TRUTHS and args:
        return truth(args[0]) is TRUTHS[call.last]
    if call.last in EQUAL and len(args) > 1:
        return same(args[0], args[1])
    return call.last == "assertNotNull" and bool(args) and isinstance(args[0], Number)


def is_negative(call: Call) -> bool:
    """Whether an assertion expects an error: an exception, or a status of 400 and above."""
    if call.last in NEGATIVE:
        return "not" not in root_names(call)[:-1]
    if call.last in IS_FALSE and _refuses(call):
        return True
    if call.last in STATUS_CALLS:
        return any(_error_statuses(*call.args))
    if call.last in EQUAL or call.last == "assertTrue" or call.last.startswith("to"):
        expected = _expected(call)
        args: tuple[Expr, ...] = (*call.args, *(expected.args if expected is not None else ()))
        spoken = any(STATUS_WORD.search(word) for word in (*words_in(*args), *_called(call, *args)))
        return spoken and any(_error_statuses(*args))
    return False


def _refuses(call: Call) -> bool:
    """``assertFalse($form->validate())``, ``verify($form->login())->false()``."""
    expected = _expected(call)
    args = call.args[:1] or (expected.args[:1] if expected is not None else ())
    return any(isinstance(item, Call) and item.last in REFUSING for item in args)


def _called(call: Call, *args: Expr) -> Iterator[str]:
    for item in inside(*args):
        if isinstance(item, Call):
            yield item.last.lower()
    yield from (name.lower() for name in root_names(call))


def _error_statuses(*args: Expr) -> Iterator[Expr]:
    for item in inside(*args):
        number = integer(item)
        named = isinstance(item, Name) and _named_error(dotted(item).rpartition(".")[2])
        if named or (number is not None and 400 <= number < 600):
            yield item


def _named_error(name: str) -> bool:
    """``HTTP_NOT_FOUND``, and a constant of the project's own such as ``StatusNotFound``."""
    own = STATUS_NAMED.match(name)
    if own:
        name = CAPITAL.sub(r"_\1", name[own.end() :]).upper()
    named = name.removeprefix("HTTP_").removeprefix("STATUS_")
    return named in ERROR_NAMES and named.isupper()
