"""Test cases as a project generator writes them: they say nothing of the candidate's work until somebody changes them.

A case is known by its name together with what its body says, never by its name alone.
"""

from __future__ import annotations

import re

from reviewer.model.facts.tests import TestCase

LINES_MOST = 16
"""Lines of a case from which on it is somebody's own, whatever it is called."""
TEXT_MOST = 2_000

NOTHING = re.compile(r"")
TRUE = re.compile(
    r"assert(?:True)?\(?\s*true\b|toBeTrue\(|\btrue,\s*true\b|Assert\.Pass\(|expect\(true\)", re.IGNORECASE
)
HELLO = re.compile(r"Hello,? (?:World|API|from )|['\"]hello['\"]", re.IGNORECASE)
EMPTY_MOST = 0
"""Real assertions of a stock case that asserts nothing."""
SCAFFOLD = re.compile(
    r"should (?:create|show|update|destroy|get (?:index|new|edit)) ?\w*['\"]? do\s+"
    r"(?:assert_difference\(?['\"]\w+\.count['\"](?:, -1)?\)? do\s+)?"
    r"(?:get|post|patch|put|delete) \w+_url(?:\(@\w+\))?(?:, params: \{ \w+: \{ ?(?:\w+: @\w+\.\w+,? ?)*\} \})?"
    r"(?:, as: :json)?\s+(?:end\s+)?"
    r"assert_(?:response (?::success|:created|:no_content|20[014])|"
    r"redirected_to \w+_url(?:\(@?\w+(?:\.last)?\))?)\s+end\s*\Z"
)
"""A case of Rails' scaffold from its name to its end: every value that it sends is one of the fixture's."""

STOCK = (
    # Nest
    (r"should be defined", re.compile(r"\.toBeDefined\(\)"), 1),
    (r"should return [\"']Hello (?:World!?|API)[\"']|/ \(GET\)|should return a message|getHello.*", HELLO, 2),
    # Laravel, Lumen, Symfony, CodeIgniter, Pest
    (
        r"testBasicTest|test_?example|testBasicExample|test_basic_test|(?:test_)?that_true_is_true|that true is true|"
        r"testThatTrueIsTrue|testSomething|example|basic_test",
        re.compile(
            TRUE.pattern + r"|(?:get|visit|request)\((?:\s*['\"]GET['\"],)?\s*['\"]/['\"]|app->version\(\)",
            re.IGNORECASE,
        ),
        3,
    ),
    (
        r"(?:test_)?(?:it |the |it_|the_)*(?:application_|application )?returns[_ ]a[_ ]successful[_ ]response|"
        r"test_that_base_endpoint_returns_a_successful_response",
        re.compile(r"get\(\s*['\"]/['\"]\s*\)"),
        3,
    ),
    (r"testIsDefinedAppPath|testBaseUrlHasBeenSet", re.compile(r"APPPATH|baseURL"), 6),
    # Spring, Micronaut, Quarkus, Ktor, Maven, Gradle, Android
    (r"context_?Loads|context loads", NOTHING, EMPTY_MOST),
    (r"test_?It_?Works|the server is running", re.compile(r"application\.(?:isRunning\(\)|running|isRunning)"), 1),
    (r"test_?Hello_?Endpoint|test_?Root|testGreeting(?:Endpoint)?", HELLO, 3),
    (r"testRoot", re.compile(r"client\.get\(\"/\"\)\.apply|handleRequest\(HttpMethod\.Get, \"/\"\)"), 2),
    (r"shouldAnswerWithTrue|testApp|rigourousTest", TRUE, EMPTY_MOST),
    (r"(?:test)?appHasAGreeting|testAppHasAGreeting", re.compile(r"getGreeting\(\)|\.greeting"), 1),
    (r"addition_?isCorrect|testSomeLibraryMethod", re.compile(r"2 \+ 2|someLibraryMethod"), 1),
    (r"useAppContext", re.compile(r"getTargetContext|targetContext|appContext"), 1),
    # .NET
    (r"Test1|TestMethod1|UnitTest1", re.compile(r"\A(?![\s\S]*(?:\bnew \w|await ))"), EMPTY_MOST),
    # Rails, Django
    (r"the truth|test_the_truth", re.compile(r"assert true"), EMPTY_MOST),
    (
        r"(?:test_)?should[ _]get[ _]\w+",
        re.compile(
            r"should[ _]get[ _](\w+)['\"]?(?: do)?\s+get\(? ?\w+_\1_url\)?\s+"
            r"assert_response\(? ?:success\)?\s+(?:end\s*)?\Z"
        ),
        1,
    ),
    (r"should (?:(?:create|show|update|destroy) \w+|get (?:index|new|edit))", SCAFFOLD, 2),
    (r"test_basic_addition", re.compile(r"1 \+ 1"), 1),
    # React, Vue, Angular
    (r"renders learn react link", re.compile(r"learn react", re.IGNORECASE), 1),
    (r"renders props\.msg when passed", re.compile(r"new message"), 1),
    (r"renders without crashing", re.compile(r"unmountComponentAtNode|render\(<App"), EMPTY_MOST),
    # Feathers, LoopBack, Adonis
    (r"registered the service", re.compile(r"Registered the service"), 1),
    (r"starts and shows the index page", re.compile(r"<html"), 2),
    (r"invokes GET /ping", re.compile(r"/ping"), 2),
    (r"exposes (?:a default home page|self-hosted explorer)", re.compile(r"get\('/"), 2),
    (r"display welcome page|welcome page", re.compile(r"It works|Welcome to Adonis|hello: .world|assertStatus"), 2),
)  # fmt: skip
RULES = tuple((re.compile(rf"(?:{name})\Z", re.IGNORECASE), body, most) for name, body, most in STOCK)
PARTS = re.compile(r" > |\.|::|#")


def is_stock(case: TestCase, text: str) -> bool:
    """Whether a generator wrote a case and nobody worked on it since.

    Args:
        case: the finished case; its name may begin with those of its groups or its class.
        text: the lines of the case.
    """
    if case.end_line - case.line >= LINES_MOST or len(text) > TEXT_MOST:
        return False
    names = {case.name.rpartition(" > ")[2].strip(), PARTS.split(case.name)[-1].strip()}
    return any(
        case.assertions <= most and body.search(text) and any(rule.match(name) for name in names)
        for rule, body, most in RULES
    )
