"""Are there tests in proportion to the code?"""

from __future__ import annotations

from pathlib import PurePosixPath

from checks.tests._server import of_the_client, own_cases, server_cases
from reviewer.model.check import Check, Depth
from reviewer.model.facts.repository import Code, Project, Tests
from reviewer.model.finding import Confidence, Effort, Verdict
from reviewer.model.verdict import LIKELY, by_share, count, evidence, not_applicable, not_shown

ENOUGH, SOME = 0.5, 0.2
CASES_PER_MODULE = 3
LOGIC = 2
"""Complexity from which a function holds a decision worth testing."""

CHECK = Check(
    title_shown="Tests in proportion to the code",
    title_not_shown="Few tests for the amount of code",
    title_partly="Few tests for the amount of code",
    looks_for="Test files and cases against the modules that hold decisions.",
    why="A single test file beside twenty modules says that tests were tried once, not that work is tested.",
    advice="Add a test file for the next untested module with decisions in it.",
    effort=Effort.DAYS,
    level=2,
    shown_when="A test file, or three cases, for at least half of the modules with decisions; partly from a fifth.",
    does_not_count="Modules without any branch, configuration, migrations, stock tests of a generator.",
    limits="Counts, not coverage: which module a test exercises is not traced.",
    computed="Modules with a function of complexity 2 or more, against test files, or against a third of the test cases"
    " where that is more. One half and one fifth are this tool's own thresholds.",
    links=("https://martinfowler.com/bliki/TestCoverage.html",),
    skills=("Testing",),
    needs=(Depth.TESTS, Depth.FUNCTIONS),
    before="prices.py   orders.py   users.py\ntests/test_prices.py",
    pattern="prices.py   orders.py   users.py\ntests/test_prices.py   tests/test_orders.py",
)


def run(tests: Tests, code: Code, project: Project) -> Verdict:
    """Test files and cases against modules with logic."""
    weight: dict[str, int] = {}
    for item in code.functions:
        if item.fact.complexity >= LOGIC:
            weight[item.path] = weight.get(item.path, 0) + item.fact.complexity
    if not weight:
        return not_applicable("No module of the candidate's own holds a decision to test.")
    first = _first_untested(weight, tests.files)
    advice = f"Add a test file for {first}, which holds the most decisions."
    modules = count(len(weight), "module")
    cases = server_cases(tests)
    if not cases:
        stock = bool(tests.cases) and not own_cases(tests)
        client = next(of_the_client(tests, project), None) is not None
        found = "No test case" + (" but the client's" if client else " but a generator's" if stock else "")
        return not_shown(f"{found} for {modules} with decisions.", confidence=LIKELY, at=first, advice=advice)
    files = len({case.path for case in cases})
    share = min(1.0, max(files, -(-len(cases) // CASES_PER_MODULE)) / len(weight))
    return Verdict(
        outcome=by_share(share, ENOUGH, SOME),
        summary=f"{count(len(cases), 'test case')} in {count(files, 'file')} for {modules} with decisions.",
        evidence=evidence(cases[:2], "a test"),
        confidence=Confidence.LIKELY,
        advice=advice,
        at=first,
    )


def _first_untested(weight: dict[str, int], files: tuple[str, ...]) -> str:
    """The module with the most decisions whose name no test file bears; of all where each is borne."""
    tested = " ".join(PurePosixPath(path).name.lower() for path in files)
    ordered = sorted(weight, key=lambda path: (-weight[path], path))
    return next((path for path in ordered if PurePosixPath(path).stem.lower() not in tested), ordered[0])
