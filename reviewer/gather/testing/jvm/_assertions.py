"""What tests of the JVM assert: JUnit, AssertJ, Hamcrest, Kotest, Mockito, MockMvc, WebTestClient, REST Assured."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reviewer.gather.expressions import chain, inside, integer, last, literal, names_in, root, truth
from reviewer.gather.look import Look, words
from reviewer.gather.syntax import Attribute, Call, Expr, Lambda, dotted
from reviewer.gather.testing._draft import (
    ERROR_NAMES,
    HELPER_ROUNDS,
    Draft,
    Drafts,
    error_statuses,
    expects_error_status,
    same,
)

SUBJECTS = words(
    "assertThat assertThatCode assertThatObject expectThat expect assertAbout then and thenCode assertWith"
)
"""Calls that take what is looked at; what hangs on them asserts."""
SUBJECT_IMPORTS = {"then": "org.assertj.core.api.BDDAssertions", "expect": "strikt"}
THROWING = words(
    "assertThrows assertThrowsExactly assertThatThrownBy assertThatExceptionOfType assertFailsWith assertFails"
    " shouldThrow shouldThrowExactly shouldThrowAny shouldThrowMessage catchThrowable catchThrowableOfType isInstanceOf"
    " expectThrows expectError verifyError verifyErrorMatches verifyErrorMessage expectErrorMatches isFailure"
    " assertThatIllegalArgumentException assertThatNullPointerException assertThatIllegalStateException"
    " assertThatRuntimeException expectCatching thenThrownBy shouldBeFailure shouldFail expectException"
)
NOT_ALONE = words("isInstanceOf isFailure")
"""Of these what expects an error only in a chain that speaks of one."""
ERROR_STATUSES = words(
    "isBadRequest isUnauthorized isForbidden isNotFound isConflict isUnprocessableEntity isUnprocessableContent"
    " is4xxClientError is5xxServerError isMethodNotAllowed isGone isNotAcceptable isUnsupportedMediaType"
    " isTooManyRequests isInternalServerError isServiceUnavailable isBadGateway isPreconditionFailed isLocked"
)
"""Matchers of a status that says that something went wrong."""
STATUS_TYPES = words("HttpStatusCode HttpStatus Status Response.Status")
NUMBER_OF = re.compile(r"\.(?:code|value|getCode|statusCode|status)\Z")
WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+")
ERRORS = frozenset(name.replace("_", "").lower() for name in ERROR_NAMES)
STATUS_CHECKS = words("statusCode isEqualTo status hasStatus shouldHaveStatus assertStatus")
ASSERTING = words(
    "andExpect andExpectAll expectStatus expectBody expectBodyList expectHeader expectCookie expectAll jsonPath"
    " verifyComplete verifyError verifyErrorMatches verifyErrorMessage verify verifyNoInteractions"
    " verifyNoMoreInteractions verifyThenAssertThat fail assertSoftly assertAll verifyOrder verifySequence verifyAll"
    " coVerify coVerifyOrder coVerifySequence verifyZeroInteractions inOrder expectException"
)
PREFIXES = re.compile(r"(?:assert|shouldNot|should|verify|expect)(?:[A-Z]\w*)?\Z")
STARTING = words("expectNext expectNextCount expectNextMatches expectSubscription expectComplete verifyTimeout")
RESPONSE_CHECKS = words("statusCode body header headers contentType cookie time statusLine")
"""What is asserted of REST Assured's response, behind ``then()``."""
GRAPHQL_TEST = "org.springframework.graphql.test"
GRAPHQL = words("path executeAndVerify")
"""GraphQlTester: a path fails where the answer holds errors or nothing stands there."""
CONSTANT_TRUTHS = {"assertTrue": True, "assertFalse": False, "assert": True, "isTrue": True, "isFalse": False}
EQUALITIES = words("assertEquals assertSame assertThat isEqualTo isSameAs shouldBe assertContentEquals")
PROPERTY = re.compile(r"\)\s*\.\s*(?:is|has|does)[A-Z]\w*")
LINE = 500
"""Characters of a line in which a matcher is looked for."""
ERROR_TYPE = re.compile(r"\w*(?:Exception|Error|Throwable)\b")


def read_assertions(look: Look, drafts: Drafts) -> set[str]:
    """Counts every assertion of a module in its case, those of helpers in the cases that call them: their names."""
    helpers: set[str] = set()
    subjects: dict[int, Call] = {}
    followed: set[int] = set()
    graphs = look.imports(GRAPHQL_TEST)
    for call in look.module.calls:
        base = root(call.callee)
        if _is_subject(look, call):
            subjects.setdefault(id(call), call)
            if len(call.args) > 1:
                followed.add(id(call))
        elif isinstance(base, Call) and id(base) in subjects:
            followed.add(id(base))
            _look_at(drafts, call)
        elif is_assertion(call) or (graphs and call.last in GRAPHQL):
            _count(look, drafts, helpers, call, not _is_constant(call))
        _look_at(drafts, call)
    _count_chains(look, drafts, helpers, subjects, followed)
    for item in look.module.asserts:
        draft = drafts.at(item.function)
        if draft is not None:
            draft.count(truth(item.test) is not True, item.test)
    _count_helpers(look, drafts, helpers)
    return helpers


def is_assertion(call: Call) -> bool:
    """Whether a call can fail a test by itself."""
    name = call.last
    if name in ASSERTING or name in STARTING:
        return True
    if name in RESPONSE_CHECKS:
        return "then" in chain(call)[:-1] and isinstance(call.callee, Attribute)
    return bool(PREFIXES.match(name)) and name not in ("expect", "should", "verify") and not call.new


def _is_subject(look: Look, call: Call) -> bool:
    """``assertThat(x)``; ``then(x)`` and ``expect(x)`` only of the libraries that have them."""
    name = call.last
    if name not in SUBJECTS or isinstance(call.callee, Attribute) or not (call.args or call.keywords):
        return False
    wanted = SUBJECT_IMPORTS.get(name)
    return wanted is None or bool(wanted and look.imports(wanted))


def _count_chains(look: Look, drafts: Drafts, helpers: set[str], subjects: dict[int, Call], followed: set[int]) -> None:
    """``assertThat(x)`` asserts once, however many matchers hang on it, and nothing without any."""
    outer: dict[int, Call] = {}
    for call in look.module.calls:
        base = root(call.callee)
        if isinstance(base, Call) and id(base) in subjects:
            outer[id(base)] = call
    unfollowed = [subject for key, subject in subjects.items() if key not in followed]
    followed |= set(_with_property(look, unfollowed))
    for key, subject in subjects.items():
        draft = drafts.at(subject.function)
        if key not in followed and not any(isinstance(arg, Lambda) for arg in subject.args):
            if draft is not None:
                draft.vacuous += 1
            continue
        matcher = outer.get(key, subject)
        constant = literal(subject.args[0]) if subject.args else False
        real = not (constant and (matcher is subject or _is_constant(matcher) or matcher.last in CONSTANT_TRUTHS))
        _count(look, drafts, helpers, matcher, real, *subject.args)


def _with_property(look: Look, subjects: list[Call]) -> Iterator[int]:
    """The subjects on which a matcher hangs that Kotlin calls as a property: ``assertThat(x).isTrue``."""
    if look.module.language != "Kotlin" or not subjects:
        return
    lines = look.module.text.splitlines()
    for subject in subjects:
        text = "\n".join(line[:LINE] for line in lines[subject.line - 1 : subject.line + 3])
        if PROPERTY.search(text, max(0, text.find(subject.last))):
            yield id(subject)


def _look_at(drafts: Drafts, call: Call) -> None:
    """Notes a case that expects an error, wherever in it that is said."""
    draft = drafts.at(call.function)
    if draft is None or draft.negative:
        return
    name = call.last
    if name in ERROR_STATUSES:
        draft.negative = True
    elif name in THROWING:
        draft.negative = name not in NOT_ALONE or any(ERROR_TYPE.match(last(dotted(arg))) for arg in call.args)
    elif name in STATUS_CHECKS and call.args:
        draft.negative = any(True for _ in error_statuses(*call.args[:1])) or _names_error(*call.args[:1])
    elif PREFIXES.match(name):
        subject = call.callee.value if isinstance(call.callee, Attribute) else None
        draft.negative = expects_error_status(subject, *call.args) or _names_error(*call.args)


def _names_error(*exprs: Expr | None) -> bool:
    """``HttpStatusCode.NotFound`` of Ktor, ``Status.NOT_FOUND`` of http4k, ``HttpStatus.NOT_FOUND.code``, ``401``."""
    names = [NUMBER_OF.sub("", item) for item in names_in(*exprs)]
    parted = [item.rpartition(".") for item in names]
    if any(last(head) in STATUS_TYPES and name.replace("_", "").lower() in ERRORS for head, _, name in parted):
        return True
    codes = any(400 <= (integer(item) or 0) < 600 for item in inside(*exprs))
    return codes and any(word.lower() in ("code", "status") for item in names for word in WORD.findall(last(item)[:80]))


def _is_constant(call: Call) -> bool:
    """``assertTrue(true)``, ``assertEquals(1, 1)``, ``1 shouldBe 1``."""
    name = call.last
    if name in CONSTANT_TRUTHS:
        subject = _subject_of(call)
        return truth(call.args[0] if call.args else subject) is CONSTANT_TRUTHS[name]
    if name in EQUALITIES:
        subject = _subject_of(call)
        values = [*([subject] if subject is not None else []), *call.args][:2]
        return len(values) == 2 and same(values[0], values[1])
    return name == "assertNotNull" and bool(call.args) and literal(call.args[0])


def _subject_of(call: Call) -> Expr | None:
    """What a matcher hangs on: ``x`` of ``x shouldBe 1`` and of ``assertThat(x).isTrue()``."""
    base = call.callee.value if isinstance(call.callee, Attribute) else None
    if isinstance(base, Call) and base.last in SUBJECTS:
        return base.args[0] if base.args else None
    return base


def _count(look: Look, drafts: Drafts, helpers: set[str], call: Call, real: bool, *parts: Expr) -> None:
    draft = drafts.at(call.function)
    if draft is None:
        if real:
            helpers.update(item.name for item in look.around(call.function) if item.name != "<lambda>")
        return
    draft.count(real, call, *parts)


def _count_helpers(look: Look, drafts: Drafts, helpers: set[str]) -> None:
    """A case that calls a helper of its file which asserts, asserts by it."""
    for _ in range(HELPER_ROUNDS):
        helpers |= {
            item.name
            for call in look.module.calls
            if call.name.removeprefix("this.") in helpers and drafts.at(call.function) is None
            for item in look.around(call.function)
            if item.name != "<lambda>"
        }
    for call in look.module.calls:
        draft: Draft | None = drafts.at(call.function)
        if draft is not None and call.name.removeprefix("this.") in helpers and not is_assertion(call):
            draft.count(True, call)
