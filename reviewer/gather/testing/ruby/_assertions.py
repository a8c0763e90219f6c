"""What Ruby tests assert: ``expect``, ``should``, ``assert_*``, ``must_*``, and what only looks like it."""

from __future__ import annotations

import re

from reviewer.gather.expressions import last, literal, names_in, plain_or_name, root
from reviewer.gather.look import Look, words
from reviewer.gather.signs.ruby._statuses import status_of
from reviewer.gather.syntax import Attribute, Call, Expr, Lambda, Name, Text, plain
from reviewer.gather.testing._draft import HELPER_ROUNDS, Draft, Drafts, expects_error_status, same

EXPECTS = words("expect is_expected expect_any_instance_of are_expected")
MATCHING = words("to not_to to_not should should_not")
ASSERTIONS = re.compile(
    r"(?:assert|refute)(?:_\w+)?[?!]?\Z|flunk\Z|(?:must|wont)_\w+\Z|expect_(?:no_offenses|offense|correction|no_corrections)\Z"
)
SHOULDS = words("should should_not")
BROWSER = words("assert_selector assert_text assert_current_path has_content?")
RAISING = words(
    "raise_error raise_exception assert_raises assert_raise must_raise throw_symbol assert_raises_with_message"
)
EQUAL = words("eq eql equal be == match_array")
TRUE = words("be_truthy be_present be true")
STATUS_CALLS = words("have_http_status assert_response respond_with have_status assert_http_status")
ERROR_RESPONSES = words("not_found missing error unauthorized forbidden unprocessable_entity bad_request")
DENYING = words("assert_not refute assert_predicate refute_predicate")
OUTCOMES = words(
    "assert_no_difference assert_redirected_to assert_response assert_template have_http_status have_current_path"
)
"""Assertions about how a request ended: beside a name that says so, it was meant to fail."""
INVALID = words(
    "be_invalid be_not_valid be_forbidden be_not_found be_unauthorized be_bad_request be_unprocessable "
    "forbid_action forbid_actions forbid_new_and_create_actions forbid_edit_and_update_actions forbid_all_actions"
)
ALLOWING = words(
    "be_valid permit permit_action permit_actions permit_all_actions be_permitted be_able_to be_authorized "
    "be_authenticated be_allowed be_success be_successful be_ok allow_value allow_values"
)
"""Matchers that a test which expects a refusal negates."""


def read_assertions(look: Look, drafts: Drafts) -> set[str]:
    """Counts every assertion of a module in its case, those of helpers in the cases that call them: their names."""
    helpers: set[str] = set()
    for call in look.module.calls:
        found = _assertion(call)
        draft = drafts.at(call.function)
        if found is not None and draft is not None:
            draft.count(found[0], *found[2])
            draft.negative = draft.negative or found[1]
            draft.looks_at_outcome = draft.looks_at_outcome or call.last in OUTCOMES
        elif found is not None:
            _add_helper(look, helpers, call.function)
    _count_operators(look, drafts)
    _count_helpers(look, drafts, helpers)
    return helpers


def _count_operators(look: Look, drafts: Drafts) -> None:
    """``user.name.should == "Ann"``, of old."""
    for item in look.module.compares:
        if isinstance(item.left, Name) and item.left.dotted.endswith(".should"):
            draft = drafts.at(item.function)
            if draft is not None:
                draft.count(True, item.left, item.right)


def _count_helpers(look: Look, drafts: Drafts, helpers: set[str]) -> None:
    """Methods that assert, through one another, and the cases that call them."""
    for _ in range(HELPER_ROUNDS):
        for call in look.module.calls:
            if call.name in helpers and drafts.at(call.function) is None:
                _add_helper(look, helpers, call.function)
    for call in look.module.calls:
        draft = drafts.at(call.function) if call.name in helpers else None
        if draft is not None:
            draft.count(True)


def _add_helper(look: Look, helpers: set[str], function: int) -> None:
    for item in look.around(function):
        if item.name != "<lambda>":
            helpers.add(item.name)
            return


def _assertion(call: Call) -> tuple[bool, bool, tuple[Expr, ...]] | None:
    """Whether it can fail, whether it expects a failure, and what it looks at; None for what asserts nothing."""
    name = call.last
    if name in MATCHING:
        return _expectation(call)
    if call.name == name and ASSERTIONS.match(name):
        return _asserted(call)
    if name.startswith(("must_", "wont_")) and (isinstance(call.callee, Attribute) or "." in call.name):
        return True, name in RAISING, (*call.args, call.callee)
    return None


def _expectation(call: Call) -> tuple[bool, bool, tuple[Expr, ...]] | None:
    """``expect(x).to matcher``, ``is_expected.to matcher``, ``should matcher``, ``x.should matcher``."""
    base = root(call.callee)
    head = call.name.rpartition(".")[0]
    begun = base if isinstance(base, Call) and base.name in EXPECTS else None
    if begun is None and head not in EXPECTS and not (call.last in SHOULDS and (call.args or call.name == call.last)):
        return None
    looked_at = begun.args if begun is not None else ()
    matchers = call.args
    names = {last(item) for item in names_in(*matchers)} | {item.last for item in _calls(matchers)}
    negated = call.last in ("not_to", "to_not", "should_not")
    negative = (bool(names & RAISING) and not negated) or _error_status(matchers) or bool(names & INVALID)
    negative = negative or (negated and bool(names & ALLOWING)) or expects_error_status(*looked_at, *matchers)
    real = not (begun is not None and _is_vacuous(looked_at, matchers, names))
    return real, negative, (*looked_at, *matchers)


def _calls(exprs: tuple[Expr, ...]) -> list[Call]:
    found = []
    for expr in exprs:
        base: Expr = expr
        while isinstance(base, Call):
            found.append(base)
            base = base.callee.value if isinstance(base.callee, Attribute) else base.callee
    return found


def _is_vacuous(looked_at: tuple[Expr, ...], matchers: tuple[Expr, ...], names: set[str]) -> bool:
    """``expect(true).to be true``, ``expect(1).to eq(1)``: nothing of the program is looked at."""
    if len(looked_at) != 1 or isinstance(looked_at[0], Lambda) or not literal(looked_at[0]):
        return False
    given = [arg for item in _calls(matchers) for arg in item.args]
    return bool(names & (TRUE | EQUAL)) and all(literal(arg) for arg in given)


def _error_status(matchers: tuple[Expr, ...]) -> bool:
    """``have_http_status(:not_found)``, ``have_http_status(404)``."""
    for item in _calls(matchers):
        if item.last in STATUS_CALLS and item.args:
            status = status_of(item.args[0])
            if (status or 0) >= 400 or plain_or_name(item.args[0]) in ERROR_RESPONSES:
                return True
    return False


def _asserted(call: Call) -> tuple[bool, bool, tuple[Expr, ...]]:
    """``assert_equal 1, x``, ``assert_response :not_found``, ``assert true``."""
    args = tuple(arg for arg in call.args if not isinstance(arg, Lambda))
    negative = call.last in RAISING or expects_error_status(*args)
    if call.last in DENYING:
        negative = negative or any(name.endswith("valid?") for name in names_in(*args))
    if call.last in STATUS_CALLS and args:
        negative = negative or (status_of(args[0]) or 0) >= 400 or plain_or_name(args[0]) in ERROR_RESPONSES
    real = True
    if call.last in ("assert", "assert_not", "refute") and len(args) == 1:
        real = not literal(args[0])
    elif call.last in ("assert_equal", "assert_same") and len(args) >= 2:
        real = not (same(args[0], args[1]) and not isinstance(args[0], Name)) and not (
            literal(args[0]) and literal(args[1])
        )
    return real, negative, args


def skips(call: Call) -> bool:
    """``skip`` and ``pending`` inside of a case."""
    return call.name in ("skip", "pending", "omit") and not any(isinstance(arg, Lambda) for arg in call.args)


def says_nothing(draft: Draft) -> bool:
    """A case without anything in it."""
    return draft.assertions == draft.vacuous == 0


def text_of(expr: Expr | None) -> str:
    """A constant text, ``""`` for anything else."""
    return plain(expr) or "" if isinstance(expr, Text) else ""
