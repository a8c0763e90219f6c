"""Are there test cases of a recognised framework?"""

from __future__ import annotations

from checks.tests._server import collection, in_browser, of_the_client, own_cases, server_cases
from reviewer.model.check import Check, Depth
from reviewer.model.facts.repository import Api, Code, Project, Tests
from reviewer.model.facts.values import At
from reviewer.model.finding import Effort, Evidence, Verdict
from reviewer.model.verdict import LIKELY, could_not_tell, count, evidence, not_applicable, not_shown, partly, shown

CHECK = Check(
    title_shown="Automated tests exist",
    title_not_shown="No automated tests",
    title_partly="Automated tests, but none of the server's code",
    looks_for="Test cases of a recognised test framework, told by the framework and never by a folder's name.",
    why="Tests are the first thing a reviewer opens: they show that the author checks work before others do.",
    advice="Add a first test file for the module with the most logic, and say in the README how to run it.",
    effort=Effort.HOURS,
    level=1,
    shown_when="At least one test case of a recognised framework exists for server code; partly for a client"
    " alone, or for a Postman collection that checks answers.",
    does_not_count="Folders called tests without cases, scripts that print results, stock tests of a generator.",
    links=("https://docs.pytest.org/en/stable/getting-started.html", "https://jestjs.io/docs/getting-started"),
    computed="Test cases, parsed, in every language that is read: functions, methods and blocks that a test framework"
    " runs. Those that a project generator writes are known by their name and body together.",
    limits="Frameworks that are not known by name, home-made runners and tests in other repositories are not seen."
    " Of cases that drive pages in a browser alone it is not said what they reach.",
    skills=("Testing",),
    needs=(Depth.TESTS,),
    before="notes/\n  prices.py",
    pattern="notes/\n  prices.py\ntests/\n  test_prices.py   # def test_discount(): assert discount(100, 10) == 90",
)


def run(tests: Tests, code: Code, project: Project, api: Api) -> Verdict:
    """Counts test cases."""
    if server_cases(tests):
        names = ", ".join(use.name for use in tests.frameworks[:3])
        own = own_cases(tests)
        cases, files = count(len(own), "test case"), count(len({case.path for case in own}), "file")
        return shown(f"{cases} in {files} ({names}).", evidence(own[:3]))
    if not code.functions:
        return not_applicable("There is no code of the candidate's own to test.")
    if path := in_browser(tests, project):
        return could_not_tell(f"{path} drives pages in a browser; how much of the server it reaches was not seen.")
    client = [At(path=path, fact=case) for path, case in of_the_client(tests, project)]
    if client:
        return partly(f"{count(len(client), 'test case')}, all of the client.", evidence(client[:3]))
    if path := collection(api):
        return partly(
            f"{path} sends requests and checks the answers; no test case of a test framework was found.",
            [Evidence(path=path, line=1, end_line=1, note="requests with checks")],
            LIKELY,
        )
    if tests.cases:
        summary = f"{count(len(tests.cases), 'test case')}, as a project generator writes them; none of one's own."
        return not_shown(summary, evidence(tests.cases[:3], "a generator's case"), LIKELY)
    return not_shown("No test case of a recognised framework was found.", confidence=LIKELY)
