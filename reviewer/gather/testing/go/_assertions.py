"""Assertions in Go tests: testify and its like, Gomega, and failures that a condition leads to."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reviewer.gather.expressions import chain, integer, last, literal, root, truth
from reviewer.gather.look import Look, words
from reviewer.gather.syntax import Call, Compare, Expr, Mapping, Name, Number, Text, dotted, plain
from reviewer.gather.testing._draft import Draft, Drafts, error_statuses, expects_error_status, same

PACKAGES = {
    "github.com/stretchr/testify/assert": "testify",
    "github.com/stretchr/testify/require": "testify",
    "gotest.tools/assert": "gotest.tools",
    "gotest.tools/v3/assert": "gotest.tools",
    "github.com/go-playground/assert": "go-playground/assert",
    "gopkg.in/go-playground/assert.v1": "go-playground/assert",
    "github.com/alecthomas/assert": "alecthomas/assert",
    "github.com/frankban/quicktest": "quicktest",
    "github.com/matryer/is": "is",
    "github.com/magiconair/properties/assert": "properties/assert",
    "github.com/shoenig/test/must": "shoenig/test",
    "github.com/smarty/assertions": "assertions",
    "github.com/gookit/goutil/testutil/assert": "goutil",
    "github.com/maxatome/go-testdeep/td": "go-testdeep",
}
FAILURES = words("Error Errorf Fatal Fatalf Fail FailNow")
CONTEXTS = frozenset({"t", "tb", "c", "T", "tt", "st"})
ASSERTERS = words("s suite ts a assert require r is c req assertions must its")
"""What suites and objects that assert are called."""
VERBS = words(
    "Equal NotEqual EqualValues Exactly Nil NotNil Empty NotEmpty True False Contains NotContains"
    " Len NoError Error ErrorIs"
    " ErrorAs ErrorContains EqualError JSONEq YAMLEq ElementsMatch Subset NotSubset Greater"
    " GreaterOrEqual Less LessOrEqual"
    " Panics PanicsWithValue PanicsWithError NotPanics Regexp NotRegexp WithinDuration"
    " WithinRange InDelta InEpsilon Zero"
    " NotZero Implements IsType Same NotSame FileExists DirExists HTTPSuccess HTTPError HTTPStatusCode HTTPBodyContains"
    " Eventually Never Condition ObjectsAreEqual Positive Negative EventuallyWithT NotErrorIs"
    " IsIncreasing EqualExportedValues"
    " DeepEqual NilError Check Assert Is That Equals Matches MatchRegex Eq NotEq Cmp NotErr Err IsNil"
)
ERROR_VERBS = words(
    "Error ErrorIs ErrorAs ErrorContains EqualError Panics PanicsWithValue PanicsWithError NotErr Err HTTPError"
)
NO_ERROR = frozenset({"NoError", "NilError"})
GOMEGA = words("To NotTo ToNot Should ShouldNot")
GOMEGA_HEADS = words("Expect Eventually Consistently Ω ExpectWithOffset")
GOMEGA_ERRORS = words("HaveOccurred MatchError Panic")
CONVEY = "So"
HTTP_EXPECT = words(
    "Status StatusRange JSON Body Header Cookie ValueEqual HasValue ContainsKey Contains"
    " ContainsSubset Equal IsEqual IsObject NotEmpty"
    " Match Path JSONPath Jsonpath End"
)
HELPER = re.compile(
    r"^(?:assert|require|check|verify|expect|must|compare|ensure|want|test|should|match|validate)", re.IGNORECASE
)
TESTED_BY = ("/app/test", "/gen/test")
"""Packages that Goa makes of a design: each function sends what one case needs, and fails for any other answer."""
REFUSED = re.compile(r"(?:NotFound|BadRequest|Unauthorized|Forbidden|Conflict|UnprocessableEntity)\Z")
"""How helpers end that expect an answer which refuses."""
HELPER_ROUNDS = 2
ERROR_KINDS = frozenset({"errors.Is", "errors.As"})
EXITED = "exec.ExitError"
AN_ERROR = re.compile(r"(?:\A|[a-z_])[eE]rr(?:or)?s?\Z")
CONDITION_LINES = 5
"""Lines below a condition in which a case fails because of it: comments may stand between."""
STATUS_NAMES = re.compile(
    r"Status(?:Bad|Unauth|Forbidden|NotFound|Method|NotAcc|Conflict|Gone|Precondition|Request|Unprocess|TooMany|Internal|NotImpl|BadGate|Service|Gateway|Unsupported|Teapot|PaymentR|Locked|Length)"
)


def read_assertions(look: Look, drafts: Drafts) -> set[str]:
    """Counts the assertions of every case, those of helpers in the same file included: their names."""
    asserting = dict(_counted(look, drafts))
    for function in list(asserting):
        asserting.update({item.index: True for item in look.around(function) if "<lambda>" not in item.qualname})
    for _ in range(HELPER_ROUNDS):
        helpers = {look.module.functions[function].name for function in asserting if function != -1}
        for call in look.module.calls:
            if call.last in helpers and call.function not in asserting and drafts.at(call.function) is None:
                asserting[call.function] = True
    helpers = {
        look.module.functions[function].name for function in asserting if function != -1 and drafts.at(function) is None
    }
    for call in look.module.calls:
        draft = drafts.at(call.function)
        if draft is None:
            continue
        if call.last in helpers or (_is_helper(look, call) and not is_assertion(look, call)):
            draft.count(True, *call.args)
            failing = REFUSED.search(call.last) or any(names_failure(arg) for arg in call.args)
            if failing or expects_error_status(*call.args):
                draft.negative = True
        _from_row(draft, call)
        draft.negative = draft.negative or call.name in ERROR_KINDS
    _from_conditions(look, drafts)
    _from_exits(look, drafts)
    return helpers


def _from_exits(look: Look, drafts: Drafts) -> None:
    """Cases that run a program of their own and look at how it ended: ``err.(*exec.ExitError)``."""
    if EXITED not in look.module.text:
        return
    lines = look.module.text.splitlines()
    for draft in drafts.all:
        if any(EXITED in line for line in lines[max(0, draft.line - 1) : draft.end_line]):
            draft.negative = True


def _from_conditions(look: Look, drafts: Drafts) -> None:
    """``if err == nil { t.Fatal() }`` and ``if answer.Code != http.StatusNotFound { t.Error() }``: it wants one."""
    wanting = [item for item in look.module.compares if _wants_error(item)]
    refusing = [item for item in look.module.compares if _wants_no_error(item)]
    if not wanting and not refusing:
        return
    failing = {(call.function, call.line) for call in look.module.calls if is_assertion(look, call) in FAILURES}
    for item in wanting:
        draft = drafts.at(item.function)
        if draft and any((item.function, item.line + below) in failing for below in range(CONDITION_LINES)):
            draft.negative = True
    for function, line in {(item.function, item.line) for item in refusing}:
        draft = drafts.at(function)
        if draft and ((function, line) in failing or (function, line + 1) in failing):
            draft.smooth += 1


def _wants_no_error(item: Compare) -> bool:
    """``if err != nil``."""
    if item.operator != "!=":
        return False
    names = (dotted(item.left), dotted(item.right))
    return any(map(_is_nil, (item.left, item.right))) and any(AN_ERROR.search(last(name)) for name in names)


def _is_nil(side: Expr) -> bool:
    return isinstance(side, Number) and side.text == "nil"


def _wants_error(item: Compare) -> bool:
    names = (dotted(item.left), dotted(item.right))
    if item.operator == "==":
        named = any(AN_ERROR.search(last(name)) for name in (*names, _counted_of(item)))
        return named and any(_is_nil(side) or integer(side) == 0 for side in (item.left, item.right))
    if item.operator != "!=":
        return False
    if (isinstance(item.right, Text) and plain(item.right) == "") or truth(item.right) is False:
        return True
    refused = any(400 <= (integer(side) or 0) < 600 for side in (item.left, item.right))
    return any(map(names_failure, (item.left, item.right))) or (refused and any("ode" in last(name) for name in names))


def _counted_of(item: Compare) -> str:
    """``errs`` of ``len(errs) == 0``."""
    left = item.left
    return dotted(left.args[0]) if isinstance(left, Call) and left.name == "len" and left.args else ""


def _from_row(draft: Draft, call: Call) -> None:
    """``wantErr: true`` and statuses of failure in the rows of a table."""
    if not call.new:
        return
    for key, value in call.keywords.items():
        low = key.lower()
        if ("err" in low or "fail" in low) and isinstance(value, Number) and value.text == "true":
            draft.negative = True
    if any(names_failure(value) for value in (*call.keywords.values(), *call.args)):
        draft.negative = True


def names_failure(value: Expr) -> bool:
    """Whether a value is a status of failure by name (``http.StatusNotFound``) or an error of the project."""
    name = dotted(value)
    return bool(name) and bool(STATUS_NAMES.match(last(name))) and "." in name


def _counted(look: Look, drafts: Drafts) -> Iterator[tuple[int, bool]]:
    for call in look.module.calls:
        verb = is_assertion(look, call)
        if not verb:
            continue
        yield call.function, True
        draft = drafts.at(call.function)
        if draft is None:
            continue
        args = _looked_at(call)
        draft.count(not _is_vacuous(call, verb), *args)
        draft.smooth += verb in NO_ERROR
        if _expects_error(call, verb, args):
            draft.negative = True


def is_assertion(look: Look, call: Call) -> str:
    """The verb of a call that asserts, ``""`` for any other call."""
    name, names = _unformatted(call.last), chain(call)
    if name in FAILURES and _fails(call, names):
        return name
    if name in VERBS and call.args and _is_verb(look, call, names):
        return name
    if name in GOMEGA and GOMEGA_HEADS & set(names):
        return name
    if name == CONVEY and len(call.args) > 1:
        return name
    if name in HTTP_EXPECT and "Expect" in names[:-1]:
        return name
    return ""


def _unformatted(name: str) -> str:
    """``Equal`` of ``Equalf``: testify has each of its assertions with a formatted message, too."""
    bare = name.removesuffix("f")
    return bare if bare in VERBS and bare not in FAILURES else name


def _fails(call: Call, names: list[str]) -> bool:
    """``t.Errorf(...)``, ``suite.T().Fatal(...)``."""
    if call.name.rpartition(".")[0] in CONTEXTS:
        return True
    return call.name.startswith(".") and names[-2:-1] == ["T"]


def _is_verb(look: Look, call: Call, names: list[str]) -> bool:
    """``assert.Equal(t, ...)``, ``is.Equal(...)`` after ``is := is.New(t)``, ``s.Require().Equal(...)``."""
    head = call.name.rpartition(".")[0]
    if _package(look, head) or (head and look.is_imported(head) and _is_given_test(call)):
        return True
    maker = look.value(Name(head, call.line), call.function) if head else None
    if isinstance(maker, Call) and maker.last == "New" and _package(look, maker.name.rpartition(".")[0]):
        return True
    if head and (_is_receiver(look, head) or (last(head) in ASSERTERS and _asserts(look))):
        return True
    return call.name.startswith(".") and bool({"Require", "Assert"} & set(names))


def _package(look: Look, head: str) -> str:
    origin = look.origin(head) if head else ""
    for package in PACKAGES:
        if origin == package or (origin.startswith(package) and "/" not in origin[len(package) + 1 :]):
            return package
    return ""


def _asserts(look: Look) -> bool:
    """Whether a file imports what makes objects that assert, or suites."""
    return any("suite" in item.module or item.module in PACKAGES for item in look.module.imports)


def _is_receiver(look: Look, head: str) -> bool:
    """Whether a name is what the methods of a suite are called on: ``func (uts *UserSuite) TestList()``."""
    return any(item.receiver == head for item in look.module.functions)


def _looked_at(call: Call) -> tuple[Expr, ...]:
    inner = root(call)
    given = inner.args if isinstance(inner, Call) and inner is not call else ()
    return (*given, *call.args)


def _is_vacuous(call: Call, verb: str) -> bool:
    """Whether an assertion cannot fail: it is given constants, or the same thing twice."""
    args = [arg for arg in call.args if not (isinstance(arg, Name) and arg.dotted in CONTEXTS)]
    if verb in FAILURES or verb in GOMEGA or not args:
        return False
    if verb in ("True", "False", "Nil", "NotNil", "Empty", "NotEmpty"):
        return literal(args[0]) or (isinstance(args[0], Name) and args[0].dotted in ("true", "false", "nil"))
    if verb in ("Equal", "EqualValues", "DeepEqual", "Exactly") and len(args) > 1:
        return same(args[0], args[1]) or (literal(args[0]) and literal(args[1]) and not isinstance(args[0], Mapping))
    return False


def _expects_error(call: Call, verb: str, args: tuple[Expr, ...]) -> bool:
    if verb in ERROR_VERBS and call.name.rpartition(".")[0] not in CONTEXTS:
        return True
    if verb in ("To", "Should") and any(isinstance(arg, Call) and arg.last in GOMEGA_ERRORS for arg in call.args):
        return True
    if any(names_failure(arg) for arg in args) or expects_error_status(*args):
        return True
    return verb == "Status" and any(True for _ in error_statuses(*call.args))


def _is_helper(look: Look, call: Call) -> bool:
    """A function of another file that is given the test and is called like an assertion, or from a package of such."""
    if not _is_given_test(call) or call.last == "Run":
        return False
    head = call.name.rpartition(".")[0]
    return bool(HELPER.match(call.last)) or (bool(head) and look.origin(head).endswith(TESTED_BY))


def _is_given_test(call: Call) -> bool:
    first = call.args[0] if call.args else None
    return isinstance(first, Name) and first.dotted in ("t", "tb")
