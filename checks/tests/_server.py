"""Which test cases are tests of the server."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reviewer.model.facts.repository import Api, FileRole, Project, SourceFile, Standing, Tests
from reviewer.model.facts.tests import TestCase
from reviewer.model.facts.values import At

CLIENT_PATH = re.compile(
    r"(?:^|/)(?:front-?_?end|web-?client|web-?app|mobile)/(?!.*\.php$)"
    r"|(?:^|/)(?:spa|react|vue|angular|svelte)(?:-\w{1,20}){0,3}/.*\.[cm]?[jt]s$|(?:^|/)(?:client|ui)/.*\.(?:[cm]?[jt]s|dart)$"
    r"|\.[jt]sx$|\.vue$|\.component\.spec\.ts$",
    re.IGNORECASE,
)
"""Paths of a client's tests. A test below such a folder may drive the server as well, but proves little of its code.

Applications in PHP may call a server of pages ``frontend``.
Below ``client`` only what browsers and phones run is a client's: a server in another language calls its pages so.
"""


BROWSERS = frozenset({"Playwright", "Cypress"})
"""What runs pages in a browser, with whatever server stands behind them."""
OF_TESTS = re.compile(r"test|spec|scenario", re.IGNORECASE)
"""Paths of what stands among the tests by its name; examples do as well, by their use."""
ASKERS = re.compile(
    r"net/http|requests|httpx|aiohttp|axios|got|node-fetch|superagent|undici|faraday|httparty|rest-client|typhoeus"
    r"|GuzzleHttp\\Client|Symfony\\Component\\HttpClient\\HttpClient|java\.net\.http(?:\..+)?|okhttp3(?:\..+)?"
    r"|org\.springframework\.web\.client(?:\..+)?|System\.Net\.Http(?:\..+)?|github\.com/go-resty/resty(?:/.+)?",
    re.IGNORECASE,
)
"""Clients of HTTP by which a script among the tests asks a server that runs."""
DRIVERS = re.compile(
    r"(?:selenium(?:base|-webdriver)?|playwright(?:-core)?|@playwright|pyppeteer|splinter|helium|puppeteer(?:-core)?"
    r"|webdriverio|@wdio|nightwatch|testcafe|codeceptjs|protractor|watir|ferrum|org\.openqa\.selenium"
    r"|com\.microsoft\.playwright|com\.codeborne\.selenide|OpenQA\.Selenium|Microsoft\.Playwright|PuppeteerSharp"
    r"|Facebook\\WebDriver|Laravel\\Dusk|Symfony\\Component\\Panther"
    r"|github\.com/(?:tebeka/selenium|chromedp|go-rod|playwright-community|mxschmitt/playwright-go|sclevine/agouti))"
    r"(?![\w-])"
)
"""Modules that drive a browser, in any language."""
SCENARIOS = (".feature", ".hurl", ".bru", ".k6.js", ".jmx")
"""Endings of files that describe requests or scenarios for a tool outside the test cases."""
WHOLE = re.compile(
    r"(?:^|[/._-])(?:e2e|end[_-]?to[_-]?end|integrations?|functional|requests?|acceptance|browser)(?:[/._-]|$)"
    r"|(?:^|/)(?:int|e2e|api|it|integration|functional|acceptance)[_-]?tests?/|[a-z]Api(?:Test|Spec)s?\.\w{1,5}$"
    r"|(?:E2E|Integration|Functional|Acceptance)\w{0,30}\.\w{1,5}$|_api(?:_tests?)?\.py$|_api_(?:test|spec)\.\w{1,4}$|[a-z]IT\.\w{1,5}$"
    r"|(?:^|/)(?:app|server)[._](?:test|spec)s?\.\w{1,4}$",
    re.IGNORECASE,
)
"""Paths of cases that are meant to run the application as a whole."""
STORES = re.compile(
    r"elastic|mongo|redis|postgres|mysql|sqlite|dynamo|cassandra|repositor(?:y|ies)|persist|database|(?:^|[/._-])(?:daos?|db|stores?|storage|models?|queries)(?:[/._-]|$)"
    r"|(?:Dao|Store|Db|Queries|Model)\w{0,20}\.\w{1,5}$",
    re.IGNORECASE,
)
"""Paths of cases that are meant to run what keeps data."""


OPERATING = re.compile(
    r"(?:/api)?(?:/v\d)?/(?:health\w{0,6}|health[-_]check|ping|metrics|ready\w{0,5}|live\w{0,5}|info|version)/?",
    re.IGNORECASE,
)
"""What an operator asks a server for: without a test it is no gap of the API."""
WRITES = ("POST", "PUT", "PATCH", "DELETE")
NO_TESTS = "there are no tests"
SEE = " (see tests-present)"
"""Behind what other checks say of a repository without tests: that there are none is said once."""


def server_cases(tests: Tests) -> tuple[At[TestCase], ...]:
    """The cases that somebody wrote, and that are not a client's own."""
    return tuple(case for case in own_cases(tests) if not CLIENT_PATH.search(case.path))


def own_cases(tests: Tests) -> tuple[At[TestCase], ...]:
    """The cases but those that a project generator left behind."""
    return tuple(case for case in tests.cases if not case.fact.stock)


def collection(api: Api) -> str:
    """The first file of requests (Postman and the like) that checks the answers; ``""`` where there is none."""
    return next((item.path for item in api.descriptions if item.fact.checked), "")


def requests_elsewhere(tests: Tests, api: Api, project: Project) -> str:
    """What may send requests though none of them is read: a sentence, ``""`` where nothing does."""
    if path := collection(api):
        return f"{path} sends requests and checks the answers; which endpoints it reaches is not compared."
    if path := in_browser(tests, project):
        return f"{path} drives pages in a browser; what they ask of the server was not seen."
    if path := next((file.path for file in project.files if _asks(file)), ""):
        return f"{path} sends requests from a program of its own; which endpoints it reaches is not compared."
    for file in project.files:
        if file.path.endswith(SCENARIOS) and not CLIENT_PATH.search(file.path):
            return f"Scenarios in {file.path} may send requests; they are not read."
    kept = [file.path for file in project.files if file.role is FileRole.TESTS and file.standing is Standing.OWN]
    paths = [*(case.path for case in own_cases(tests)), *(kept if own_cases(tests) else ())]
    read = {place.path for place in tests.http}
    whole = next(
        (path for path in paths if path not in read and WHOLE.search(path) and not CLIENT_PATH.search(path)), ""
    )
    return f"{whole} looks made to run the whole application; requests in it were not recognised." if whole else ""


def of_the_client(tests: Tests, project: Project) -> Iterator[tuple[str, TestCase]]:
    """The cases in a client's files, whether or not they count as tests of the repository."""
    yield from ((case.path, case.fact) for case in own_cases(tests) if CLIENT_PATH.search(case.path))
    for file in project.files:
        if file.role is FileRole.FRONTEND and file.standing is Standing.OWN and file.facts and file.facts.tests:
            yield from ((file.path, case) for case in file.facts.tests.cases if not case.stock)


def in_browser(tests: Tests, project: Project) -> str:
    """The first file of tests that drives pages in a browser, and so the server behind them; ``""`` where none does.

    What drives a browser outside of any test case, a script in a folder of tests, does so too.
    """
    driven = next((path for path, case in of_the_client(tests, project) if case.framework in BROWSERS), "")
    return driven or next((file.path for file in project.files if _drives(file)), "")


def _drives(file: SourceFile) -> bool:
    """Whether a file of tests, of the server or of the client, uses what drives a browser."""
    if file.standing is not Standing.OWN or file.facts is None:
        return False
    if file.role is not FileRole.TESTS and not (file.role is FileRole.FRONTEND and file.facts.tests):
        return False
    return any(DRIVERS.match(item.module) for item in file.facts.imports)


def _asks(file: SourceFile) -> bool:
    """Whether a file among the tests, without a test case in it, is a program that sends requests."""
    if file.role is not FileRole.TESTS or file.standing is not Standing.OWN or file.facts is None:
        return False
    if CLIENT_PATH.search(file.path) or (file.facts.tests and file.facts.tests.cases):
        return False
    if not OF_TESTS.search(file.path):
        return False
    return any(ASKERS.fullmatch(item.module) for item in file.facts.imports)


def without(tests: Tests, project: Project) -> str:
    """What a sentence says of a repository in which nobody wrote a test of the server, nor what there is instead."""
    if next(of_the_client(tests, project), None):
        return "the only tests are the client's"
    return "the only tests are a generator's" if tests.cases else NO_TESTS
