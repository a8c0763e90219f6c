"""Are there test cases of a recognised framework?"""

from __future__ import annotations

from checks.tests._server import server_cases
from reviewer.model.check import Check, Depth
from reviewer.model.facts.repository import Code, Tests
from reviewer.model.finding import Effort, Verdict
from reviewer.model.verdict import count, evidence, not_applicable, not_shown, partly, shown

CHECK = Check(
    title_shown="Automated tests exist",
    title_not_shown="No automated tests",
    looks_for="Test cases of a recognised test framework, told by the framework and never by a folder's name.",
    why="Tests are the first thing a reviewer opens: they show that the author checks work before others do.",
    advice="Add a first test file for the module with the most logic, and say in the README how to run it.",
    effort=Effort.HOURS,
    level=1,
    shown_when="At least one test case of a recognised framework exists for server code; partly for a client alone.",
    does_not_count="Folders called tests without cases, scripts that print results, stock tests of a generator.",
    links=("https://docs.pytest.org/en/stable/getting-started.html", "https://jestjs.io/docs/getting-started"),
    skills=("Testing",),
    needs=(Depth.TESTS,),
)


def run(tests: Tests, code: Code) -> Verdict:
    """Counts test cases."""
    if tests.cases and not server_cases(tests):
        return partly(f"{count(len(tests.cases), 'test case')}, all of the client.", evidence(tests.cases[:3]))
    if tests.cases:
        names = ", ".join(use.name for use in tests.frameworks[:3])
        cases, files = count(len(tests.cases), "test case"), count(len(tests.files), "file")
        return shown(f"{cases} in {files} ({names}).", evidence(tests.cases[:3]))
    if not code.functions:
        return not_applicable("There is no code of the candidate's own to test.")
    return not_shown("No test case of a recognised framework was found in any file.")
