"""What Python tests assert: the assert statement, unittest's and others' assert calls, and what only looks like one."""

from __future__ import annotations

import re
from bisect import bisect_left

from reviewer.gather.expressions import inside, integer, last, literal, truth
from reviewer.gather.look import Look
from reviewer.gather.syntax import Assertion, Attribute, Call, Expr, Items, Name, Number, Other, Text, dotted
from reviewer.gather.testing._draft import (
    HELPER_ROUNDS,
    Drafts,
    error_statuses,
    expects_error_status,
    same,
)

EQUALITIES = frozenset(
    {"assertEqual", "assertEquals", "assertIs", "assertListEqual", "assertDictEqual", "assertAlmostEqual"}
)
TRUTHS = frozenset({"assertTrue", "assert_", "failUnless"})
FALSITIES = frozenset({"assertFalse", "failIf"})
RAISES = frozenset(
    {
        "raises",
        "assertRaises",
        "assertRaisesRegex",
        "assertRaisesRegexp",
        "assertRaisesMessage",
        "assert_raises",
        "assertFormError",
    }
)
OTHER_ASSERTIONS = frozenset(
    {"pytest.fail", "pytest.raises", "pytest.warns", "pytest.deprecated_call", "self.fail", "self.failUnless"}
)
SELF_CHECK = re.compile(r"(?:self|cls)\._?(?:check|verify|expect|ensure)_?\w*$")
VALIDITY = frozenset({"is_valid", "validate", "validate_on_submit", "verify_password", "check_password"})


def read_assertions(look: Look, drafts: Drafts) -> frozenset[str]:
    """Counts every assertion of a module in its case.

    Returns:
        the names of functions outside the cases that assert something: helpers.
    """
    helpers: set[str] = set()
    for item in look.module.asserts:
        _count(look, drafts, helpers, item.function, _statement_is_real(item), item.test)
    for call in look.module.calls:
        if is_assertion(look, call):
            _count(look, drafts, helpers, call.function, _call_is_real(call), call)
    _in_catches(look, drafts)
    for _ in range(HELPER_ROUNDS):
        helpers |= _callers(look, drafts, frozenset(helpers))
    _count_helpers(look, drafts, frozenset(helpers))
    return frozenset(helpers)


def is_assertion(look: Look, call: Call) -> bool:
    """Whether a call can fail a test by itself."""
    name = call.name
    ending = last(name)
    if "assert" in ending.lower() or name in OTHER_ASSERTIONS or ending == "raise_for_status":
        return True
    if isinstance(call.callee, Attribute):
        return ending in ("to_equal", "to_be", "should") or _of_expect(call.callee.value)
    if ".should." in name or name.endswith(".should"):
        return True
    origin = look.origin(name)
    return origin in (
        "pytest.raises",
        "pytest.fail",
        "pytest.warns",
        "schema.validate",
        "jsonschema.validate",
    ) or _imported_check(look, name)


def _imported_check(look: Look, name: str) -> bool:
    return bool(SELF_CHECK.match(name)) and last(name) not in look.method_names


def _of_expect(value: Expr) -> bool:
    return isinstance(value, Call) and value.name in ("expect", "check", "assert_that")


def _count(look: Look, drafts: Drafts, helpers: set[str], function: int, real: bool, seen: Expr) -> None:
    draft = drafts.at(function)
    if draft is None:
        if real:
            helpers.update(around.name for around in look.around(function))
        return
    draft.count(real, seen)
    draft.negative = draft.negative or (real and expects_failure(seen))


def expects_failure(seen: Expr) -> bool:
    """Whether an assertion expects an error: a status from 400 on, an exception, something invalid."""
    if isinstance(seen, Call):
        ending = last(seen.name)
        if ending in RAISES or error_call(ending):
            return True
        if ending in FALSITIES and any(
            last(inner.name) in VALIDITY for inner in inside(*seen.args) if isinstance(inner, Call)
        ):
            return True
        if "status" in ending.lower() and any(True for _ in error_statuses(*seen.args)):
            return True
        if ending in ("assertNotEqual", "assertNotEquals", "assertNotIn"):
            return False
        status = seen.keywords.get("status_code")
        return expects_error_status(seen) or (status is not None and any(True for _ in error_statuses(status)))
    if isinstance(seen, Other) and seen.operator == "not":
        return any(isinstance(inner, Call) and last(inner.name) in VALIDITY for inner in inside(*seen.operands))
    return not _denied(seen) and expects_error_status(seen)


def error_call(ending: str) -> bool:
    """``assert_404`` and ``assert401`` of test extensions."""
    return ending.startswith("assert") and ending[-3:].isdigit() and ending[-3] in "45"


def _denied(seen: Expr) -> bool:
    return isinstance(seen, Other) and seen.operator in ("!=", "<", "not in", "is not")


def _statement_is_real(item: Assertion) -> bool:
    test = item.test
    if isinstance(test, Items):
        return not test.values
    if isinstance(test, (Text, Number)):
        return isinstance(test, Number) and (truth(test) is False or integer(test) == 0)
    if isinstance(test, Other) and test.operator in ("==", "is", ">=", "<=") and len(test.operands) == 2:
        return not same(*test.operands)
    return not _bare_status(test)


def _bare_status(test: Expr) -> bool:
    """``assert response.status_code``: true for every status."""
    return isinstance(test, (Name, Attribute)) and last(dotted(test)) == "status_code"


def _call_is_real(call: Call) -> bool:
    ending = call.last
    if ending in EQUALITIES and len(call.args) >= 2:
        return not same(call.args[0], call.args[1])
    if ending in TRUTHS and call.args:
        return not _always(call.args[0], True) and not _bare_status(call.args[0])
    if ending in FALSITIES and call.args:
        return not _always(call.args[0], False)
    if ending == "assertIsNone" and call.args:
        return getattr(call.args[0], "text", "") != "None"
    return True


def _always(expr: Expr, wanted: bool) -> bool:
    if isinstance(expr, Other) and expr.operator in ("==", "is") and len(expr.operands) == 2:
        return wanted and same(*expr.operands)
    if not literal(expr):
        return False
    if isinstance(expr, Number):
        known = truth(expr)
        return known is wanted if known is not None else (expr.text not in ("0", "None")) is wanted
    return wanted and isinstance(expr, Text)


def _in_catches(look: Look, drafts: Drafts) -> None:
    """An assertion in an exception handler expects that exception."""
    lines = [item.line for item in look.module.asserts]
    lines = sorted(lines + [call.line for call in look.module.calls if call.last.startswith("assert")])
    for catch in look.module.catches:
        draft = drafts.at(catch.function)
        following = bisect_left(lines, catch.line)
        if draft is not None and following < len(lines) and lines[following] <= catch.end_line:
            draft.negative = True


def _callers(look: Look, drafts: Drafts, helpers: frozenset[str]) -> set[str]:
    """The names of functions outside the cases that call a helper."""
    return {
        around.name
        for call in look.module.calls
        if _calls_helper(call, helpers) and drafts.at(call.function) is None
        for around in look.around(call.function)
    }


def _calls_helper(call: Call, helpers: frozenset[str]) -> bool:
    return call.name.removeprefix("self.").removeprefix("cls.") in helpers


def _count_helpers(look: Look, drafts: Drafts, helpers: frozenset[str]) -> None:
    for call in look.module.calls:
        draft = drafts.at(call.function)
        if draft is None or not _calls_helper(call, helpers) or is_assertion(look, call):
            continue
        draft.count(True, call)
        if any(True for _ in error_statuses(*call.args, *call.keywords.values())):
            draft.negative = True
