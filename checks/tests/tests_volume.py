"""Are there tests in proportion to the code?"""

from __future__ import annotations

import re
from pathlib import PurePosixPath

from checks.tests._server import SEE, in_browser, of_the_client, own_cases, server_cases
from reviewer.model.check import Check, Depth
from reviewer.model.facts.repository import Code, Project, Tests
from reviewer.model.finding import Confidence, Effort, Verdict
from reviewer.model.verdict import LIKELY, by_share, could_not_tell, count, evidence, not_applicable, not_shown

ENOUGH, SOME = 0.5, 0.2
CASES_PER_MODULE = 3
LOGIC = 2
"""Decisions from which on a module is one that needs tests: one alone is often a default."""
STARTING = re.compile(
    r"(?:^|/)(?:main|index|program|startup|bootstrap|manage|wsgi|asgi)\.\w{1,4}$|Application\.(?:java|kt)$",
    re.IGNORECASE,
)
STARTED = 3
"""Files that start a program, and the decisions from which on one is a module like any other."""
BUILDING = re.compile(
    r"(?:^|/)(?:setup|build|settings|config)\.\w{1,4}$|[.]config\.\w{1,4}$|\.gradle\.kts$|"
    r"(?:^|/)(?:config|configs|scripts?|build|bin)/|(?:^|/)(?:gulp|grunt|rake|jake)file[\w.]*$",
    re.IGNORECASE,
)
"""Files that build a program or set it up."""

CHECK = Check(
    title_shown="Tests in proportion to the code",
    title_not_shown="Few tests for the amount of code",
    title_partly="Few tests for the amount of code",
    looks_for="Test files and cases against the modules that hold decisions.",
    why="A single test file beside twenty modules says that tests were tried once, not that work is tested.",
    advice="Add a test file for the next untested module with decisions in it.",
    effort=Effort.DAYS,
    level=2,
    shown_when="A test file, or three cases, for at least half of the modules with decisions, one more or less; partly "
    "from a fifth.",
    does_not_count="Modules with a single branch or none, code that starts or builds, configuration,"
    " migrations, stock tests of a generator.",
    limits="Counts, not coverage: which module a test exercises is not traced. Of pages driven in a browser alone"
    " nothing is said.",
    computed="Modules whose functions hold two decisions or more, against test files, or against a third of the test"
    " cases where that is more. One half and one fifth are this tool's own thresholds.",
    links=("https://martinfowler.com/bliki/TestCoverage.html",),
    skills=("Testing",),
    needs=(Depth.TESTS, Depth.FUNCTIONS),
    before="prices.py   orders.py   users.py\ntests/test_prices.py",
    pattern="prices.py   orders.py   users.py\ntests/test_prices.py   tests/test_orders.py",
)


def run(tests: Tests, code: Code, project: Project) -> Verdict:
    """Test files and cases against modules with logic."""
    weight = _decisions(code)
    if not weight:
        return not_applicable("No module of the candidate's own holds more than a single decision to test.")
    first = _first_untested(weight, tests.files)
    advice = f"Add a test file for {first}, which holds the most decisions."
    modules = count(len(weight), "module")
    cases = server_cases(tests)
    if not cases and (path := in_browser(tests, project)):
        return could_not_tell(f"{path} drives pages in a browser; how many of {modules} it reaches was not seen.")
    if not cases:
        stock = bool(tests.cases) and not own_cases(tests)
        client = next(of_the_client(tests, project), None) is not None
        found = " but the client's" if client else " but a generator's" if stock else ""
        summary = f"No test case{found} for {modules} with decisions."
        if not found:
            summary = f"{modules} with decisions {'waits' if len(weight) == 1 else 'wait'} for a first test{SEE}."
        return not_shown(summary, confidence=LIKELY, at=first, advice=advice)
    files = len({case.path for case in cases})
    share = min(1.0, (max(files, -(-len(cases) // CASES_PER_MODULE)) + 1) / len(weight))
    return Verdict(
        outcome=by_share(share, ENOUGH, SOME),
        summary=f"{count(len(cases), 'test case')} in {count(files, 'file')} for {modules} with decisions.",
        evidence=evidence(cases[:2], "a test"),
        confidence=Confidence.LIKELY,
        advice=advice,
        at=first,
    )


def _decisions(code: Code) -> dict[str, int]:
    """The modules that need tests, with the decisions that their functions hold."""
    weight: dict[str, int] = {}
    first: dict[str, str] = {}
    copies = {file.path for file in code.modules if file.oid and first.setdefault(file.oid, file.path) != file.path}
    for item in code.functions:
        if item.fact.complexity > 1 and item.path not in copies:
            weight[item.path] = weight.get(item.path, 0) + item.fact.complexity - 1
    return {
        path: held
        for path, held in weight.items()
        if held >= (STARTED if STARTING.search(path) else LOGIC) and not BUILDING.search(path)
    }


def _first_untested(weight: dict[str, int], files: tuple[str, ...]) -> str:
    """The module with the most decisions whose name no test file bears; of all where each is borne."""
    tested = " ".join(PurePosixPath(path).name.lower() for path in files)
    ordered = sorted(weight, key=lambda path: (-weight[path], path))
    return next((path for path in ordered if PurePosixPath(path).stem.lower() not in tested), ordered[0])
