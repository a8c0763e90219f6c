"""What JavaScript and TypeScript tests assert: ``expect``, ``assert``, ``should``, and what only looks like it."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass

from reviewer.gather.expressions import chain, last, literal, root, truth
from reviewer.gather.look import Look, words
from reviewer.gather.syntax import Attribute, Call, Expr, Lambda, Name, dotted
from reviewer.gather.testing._draft import (
    HELPER_ROUNDS,
    Draft,
    Drafts,
    error_statuses,
    expects_error_status,
    same,
)
from reviewer.gather.testing.node._cases import callback, context_of

EXPECTS = frozenset({"expect", "chai.expect", "expect.soft", "expect.poll", "expectTypeOf", "should"})
ASSERT_MODULES = ("assert", "chai.assert", "power-assert", "uvu/assert", "sinon.assert", "assert/strict")
CONTEXT_ASSERTIONS = words(
    "ok notOk true false truthy falsy is not equal notEqual equals same notSame deepEqual notDeepEqual deepLooseEqual"
    " strictEqual notStrictEqual strictSame notStrictSame looseEqual isEqual match notMatch regex like snapshot type"
    " has hasStrict throws notThrows throwsAsync notThrowsAsync doesNotThrow rejects resolves error ifError ifErr fail"
)
BROWSER_WAITS = words("waitForURL waitForSelector waitForResponse waitForText")
"""Playwright and Puppeteer: each fails the test when its time is over."""
EQUALITIES = words("toBe toEqual toStrictEqual equal equals eql eq deepEqual strictEqual deepStrictEqual")
TRUTHS = words("toBeTruthy toBeDefined true ok be")
THROWING = words(
    "toThrow toThrowError toThrowErrorMatchingSnapshot toThrowErrorMatchingInlineSnapshot throw throws Throw rejects"
    " rejected rejectedWith toReject throwsAsync"
)
INSTANCES = words("toBeInstanceOf instanceOf instanceof an a toEqual toMatchObject rejectedWith")
STATUS_MATCHERS = words("status toHaveStatus statusCode expectStatus toHaveHTTPCode expect assertStatus")
FAILS = frozenset({"fail", "assert.fail", "expect.fail", "expect.unreachable", "should.fail", "done.fail"})
HELPER = re.compile(r"(?:asserts?|expects?|verify|verifies)[A-Z]\w*$")
HELPER_FAILS = re.compile(
    r"[45]\d\d|(?<!No)(?:Error|Exception|Unauthorized|Forbidden|NotFound|BadRequest|Rejected|Throws)"
)
"""What the name of such a helper says of an error: ``expectsResponse400``."""
ASSERT_METHOD = re.compile(r"assert[A-Z]")
"""Assertions of an answer: ``response.assertStatus(200)`` of Japa."""
ERROR_CLASS = re.compile(r"\w*(?:Error|Exception)$")
SHOULD = re.compile(r"\.should\b")
CHAI_PROPERTY = re.compile(
    r"\)\s*(?:\.\w+\s*)*\.(?:to|be|not|have|exist|ok|deep|eventually)\b|^\s*\.(?:to|be|not|have)\b"
)


@dataclass(slots=True)
class Seen:
    """What has been seen of one ``expect(...)``: its matchers, outermost last."""

    call: Call
    matchers: list[Call]


def read_assertions(look: Look, drafts: Drafts) -> set[str]:
    """Counts every assertion of a module in its case; the names of the functions outside of cases that assert."""
    helpers: set[str] = set()
    handlers = _catch_handlers(look)
    expects: dict[int, Seen] = {}
    for call in look.module.calls:
        base = root(call.callee)
        if call.name in EXPECTS and call.args:
            expects.setdefault(id(call), Seen(call, []))
        elif isinstance(base, Call) and base.name in EXPECTS:
            expects.setdefault(id(base), Seen(base, [])).matchers.append(call)
        elif is_assertion(look, drafts, call):
            _count(look, drafts, helpers, call, not _constant(call), _expects_failure(call), call)
    for seen in expects.values():
        real = _is_real(look, seen)
        outer = seen.matchers[-1] if seen.matchers else seen.call
        parts: tuple[Expr, ...] = (*seen.call.args, *(arg for matcher in seen.matchers for arg in matcher.args))
        fails = _matcher_fails(seen) or seen.call.function in handlers
        _count(look, drafts, helpers, outer, real, fails, *parts)
    _count_should(look, drafts)
    _in_catches(look, drafts, [seen.call for seen in expects.values()])
    for _ in range(HELPER_ROUNDS):
        helpers |= _callers(look, drafts, frozenset(helpers))
    _count_helpers(look, drafts, frozenset(helpers))
    return helpers


def is_assertion(look: Look, drafts: Drafts, call: Call) -> bool:
    """Whether a call other than ``expect(...)`` can fail a test by itself."""
    name = call.name
    head, _, ending = name.rpartition(".")
    if name in FAILS:
        return True
    if isinstance(call.callee, Attribute):
        return ending.startswith("expect") or (ending in ("should", "and") and _is_cypress(call))
    if ending in BROWSER_WAITS:
        return True
    if head and ending.startswith("expect"):
        return not head.startswith("expect")
    if head and ASSERT_METHOD.match(ending):
        return True
    origin = look.origin(_behind(look, name, call.function))
    if any(origin == module or origin.startswith(f"{module}.") for module in ASSERT_MODULES) or name.startswith(
        "sinon.assert."
    ):
        return True
    if name in ("cy.contains", "cy.request") or (HELPER.match(name) and look.is_imported(name)):
        return True
    draft = drafts.at(call.function)
    context = context_of(look, draft) if draft else ""
    return bool(context) and head in (context, f"{context}.assert") and ending in CONTEXT_ASSERTIONS


def _behind(look: Look, name: str, function: int) -> str:
    """``chai.assert.equal`` of ``assert.equal`` where ``const assert = chai.assert``."""
    head, _, rest = name.partition(".")
    value = look.value(Name(head, 0), function)
    if isinstance(value, Name) and value.dotted != head:
        return f"{value.dotted}.{rest}" if rest else value.dotted
    return name


def _is_cypress(call: Call) -> bool:
    return chain(call)[:1] == ["cy"]


def _constant(call: Call) -> bool:
    """``assert(true)``, ``assert.equal(1, 1)``, ``t.ok(true)``."""
    ending = call.last
    if ending in ("assert", "ok", "isTrue", "true", "truthy") and call.args:
        return truth(call.args[0]) is True
    if ending in EQUALITIES or ending in ("is", "same", "strictSame"):
        return len(call.args) > 1 and same(call.args[0], call.args[1])
    return False


def _is_real(look: Look, seen: Seen) -> bool:
    if not seen.call.args:
        return bool(seen.matchers)
    value = seen.call.args[0]
    if not seen.matchers:
        return _by_property(look, seen.call) and truth(value) is not True
    for matcher in seen.matchers:
        ending = last(matcher.name)
        if "not" in chain(matcher):
            return True
        if ending in EQUALITIES and matcher.args:
            return not same(value, matcher.args[0])
        if ending in TRUTHS and literal(value):
            return truth(value) is False
    return True


def _by_property(look: Look, call: Call) -> bool:
    """Chai asserts by reading a property: ``expect(x).to.be.true``. The text after the call shows it."""
    if look.imports("chai", "chai-http", "expect.js"):
        return True
    lines = look.lines[call.end_line - 1 : call.end_line + 1]
    return any(CHAI_PROPERTY.search(line[:400]) for line in lines)


def _matcher_fails(seen: Seen) -> bool:
    names = [part for matcher in seen.matchers for part in chain(matcher)[1:]]
    if "not" in names:
        return False
    if THROWING.intersection(names):
        return True
    args = [arg for matcher in seen.matchers for arg in matcher.args]
    if expects_error_status(*seen.call.args, *args):
        return True
    if STATUS_MATCHERS.intersection(names) and any(True for _ in error_statuses(*args)):
        return True
    return bool(INSTANCES.intersection(names)) and any(_is_error_class(arg) for arg in args)


def _is_error_class(arg: Expr) -> bool:
    name = dotted(arg.callee) if isinstance(arg, Call) else dotted(arg)
    return bool(ERROR_CLASS.match(last(name)))


def _expects_failure(call: Call) -> bool:
    ending = call.last
    if ending in THROWING or (HELPER.match(ending) and HELPER_FAILS.search(ending)):
        return True
    if ending in STATUS_MATCHERS or ending.startswith("expect"):
        return any(True for _ in error_statuses(*call.args[:2]))
    return not ending.startswith("not") and expects_error_status(*call.args)


def _count(look: Look, drafts: Drafts, helpers: set[str], call: Call, real: bool, fails: bool, *parts: Expr) -> None:
    draft = drafts.at(call.function)
    if draft is None:
        if real:
            helpers.update(around.name for around in look.around(call.function) if around.name)
        return
    draft.count(real, *parts)
    draft.negative = draft.negative or (real and fails)


def _count_should(look: Look, drafts: Drafts) -> None:
    """``value.should.be.true`` is no call: the lines of each case are searched."""
    if not look.imports("chai", "should", "chai-http"):
        return
    found = [number for number, line in enumerate(look.lines, 1) if SHOULD.search(line)]
    for draft in drafts.all:
        first = bisect_left(found, draft.line)
        matching = bisect_left(found, draft.end_line + 1) - first
        draft.assertions += matching
    for call in look.module.calls:
        draft_of_call = drafts.at(call.function)
        if draft_of_call and "should" in chain(call) and any(True for _ in error_statuses(*call.args)):
            draft_of_call.negative = True


def _catch_handlers(look: Look) -> frozenset[int]:
    """The functions given to ``.catch(...)`` of a promise."""
    return frozenset(
        callback(arg)
        for call in look.module.calls
        if call.last == "catch"
        for arg in call.args
        if isinstance(arg, Lambda)
    )


def _in_catches(look: Look, drafts: Drafts, expects: list[Call]) -> None:
    """An assertion in an exception handler expects that exception."""
    lines = sorted(call.line for call in expects)
    for catch in look.module.catches:
        draft = drafts.at(catch.function)
        following = bisect_left(lines, catch.line)
        if draft is not None and following < len(lines) and lines[following] <= catch.end_line:
            draft.negative = True


def _callers(look: Look, drafts: Drafts, helpers: frozenset[str]) -> set[str]:
    return {
        around.name
        for call in look.module.calls
        if call.name.removeprefix("this.") in helpers and drafts.at(call.function) is None
        for around in look.around(call.function)
        if around.name
    }


def _count_helpers(look: Look, drafts: Drafts, helpers: frozenset[str]) -> None:
    for call in look.module.calls:
        draft: Draft | None = drafts.at(call.function)
        if draft is None or call.name.removeprefix("this.") not in helpers:
            continue
        draft.count(True, call)
        if any(True for _ in error_statuses(*call.args)):
            draft.negative = True
