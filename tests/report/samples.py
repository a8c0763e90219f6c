"""Documents by hand, one for each kind of candidate that the page has to serve."""

from __future__ import annotations

from datetime import date, timedelta

import msgspec

from reviewer.model import document as doc
from tests.report.parts import (
    endpoint,
    evidence,
    finding,
    history,
    report,
    repository,
    requirement,
    skipped,
    step,
)

ORDER = """
def create_order():
    cursor.execute(f"INSERT INTO orders VALUES ('{name}')")
    return jsonify(ok=True)
"""
TEST = """
def test_create_order(client):
    response = client.post("/orders", json={"product": 1})
    assert response.status_code == 201
"""
DDL = """
CREATE TABLE orders (
  user_id INTEGER REFERENCES users (id),
  product_id INTEGER REFERENCES products (id)
"""
WHY = "A reviewer trusts what runs on every change more than what runs on one machine."
PATTERN = "on: [push]\njobs:\n  test:\n    runs-on: ubuntu-latest\n    steps:\n      - run: pytest"


def weeks(count: int = 17) -> list[tuple[str, int, int]]:
    first = date(2024, 1, 8)
    return [((first + timedelta(weeks=n)).isoformat(), 2 + n * 5 % 7, int(n % 6 == 2)) for n in range(count) if n % 5]


def findings() -> list[doc.FindingPart]:
    return [
        finding(
            "tests-present",
            "tests",
            "shown",
            "Automated tests exist",
            "42 test cases of pytest in 6 files.",
            level=1,
            evidence=[evidence("tests/test_orders.py", 12, TEST, "a test case with an assertion")],
        ),
        finding(
            "tests-endpoints",
            "tests",
            "partly",
            "Tests reach the endpoints",
            "11 of 19 endpoints are reached by a test; 60 % needed.",
            level=3,
            confidence="likely",
            evidence=[evidence("orders/views.py", 20 + n, ORDER, "no test calls it") for n in range(8)],
            more_evidence=3,
            advice="Test the error path of `POST /orders` (`orders/views.py:48`).",
            effort="hours",
        ),
        finding(
            "tests-in-ci",
            "tests",
            "not_shown",
            "Tests run on every push",
            "No step runs tests; looked in `.github/workflows`, `.gitlab-ci.yml`, `.circleci`, `Jenkinsfile` and "
            "`azure-pipelines.yml`.",
            level=3,
        ),
        finding("tests-coverage", "tests", "not_applicable", "Coverage is measured in CI", "There is no CI."),
        finding(
            "sql-used",
            "sql",
            "shown",
            "A relational database is used",
            "PostgreSQL is connected and queried.",
            level=1,
            evidence=[evidence("orders/db.py", 9, "import psycopg\nconnection = psycopg.connect(DSN)\n")],
        ),
        finding(
            "sql-parameterised",
            "sql",
            "not_shown",
            "Statements bind their values",
            "1 of 14 statements puts a value into its text.",
            evidence=[evidence("orders/views.py", 31, ORDER, "`name` reaches the statement unbound")],
        ),
        finding(
            "sql-indexes",
            "sql",
            "not_shown",
            "Foreign keys have indexes",
            "3 foreign keys have no index.",
            level=3,
            evidence=[evidence("db/schema.sql", 41, DDL, "no index on `user_id`")],
        ),
        finding(
            "sql-transactions",
            "sql",
            "could_not_tell",
            "Steps that belong together are one transaction",
            "The data layer is not read in depth.",
        ),
        finding(
            "api-endpoints",
            "api",
            "shown",
            "Endpoints are declared and reachable",
            "19 endpoints of Flask.",
            level=1,
            evidence=[evidence("orders/views.py", 20, ORDER)],
        ),
        finding(
            "api-status",
            "api",
            "shown",
            "Status codes tell outcomes apart",
            "201, 204, 400, 401 and 404 are used.",
            evidence=[evidence("orders/views.py", 52, ORDER, "answers 404 for an unknown order")],
        ),
        finding(
            "ops-container",
            "operations",
            "shown",
            "A container builds the application",
            "A Dockerfile starts the server.",
            evidence=[evidence("Dockerfile", 7, "WORKDIR /app\nCOPY . .\nCMD flask run\n")],
        ),
        finding(
            "commits-steps",
            "commits",
            "shown",
            "The work grew in steps",
            "79 own commits on 31 days.",
            level=1,
        ),
    ]


def orders(**more: object) -> doc.RepositoryPart:
    """The best repository of the candidate."""
    paths = [
        (method, path)
        for path in ("/orders", "/orders/{id}", "/products", "/products/{id}", "/users", "/users/{id}", "/login")
        for method in ("GET", "POST", "DELETE")
    ][:19]
    values = {
        "languages": [
            doc.LanguagePart(name="Python", files=31, lines=4120, own_lines=4060, role="server"),
            doc.LanguagePart(name="Python", files=6, lines=980, own_lines=980, role="tests"),
            doc.LanguagePart(name="SQL", files=2, lines=120, own_lines=120, role="schema"),
        ],
        "frameworks": [doc.NamedPart(name="Flask", version="3.0.2", evidence=[evidence("requirements.txt", 1)])],
        "databases": [
            doc.DatabasePart(name="PostgreSQL", kind="sql", role="used", evidence=[evidence("orders/db.py", 9)]),
            doc.DatabasePart(name="Redis", kind="cache", role="named", evidence=[evidence("README.md", 14)]),
        ],
        "data_layers": [doc.NamedPart(name="SQLAlchemy", version="2.0", evidence=[evidence("orders/models.py", 3)])],
        "migrations": [doc.MigrationPart(tool="Alembic", path="migrations/versions", steps=12)],
        "tests": doc.TestsPart(
            frameworks=[doc.TestFrameworkPart(name="pytest")],
            files=6,
            functions=42,
            without_assertion=3,
            integration=True,
            database=True,
        ),
        "ci": [doc.CiPart(system="GitHub Actions", path=".github/workflows/lint.yml", runs_tests=False, deploys=False)],
        "containers": doc.ContainersPart(present=True, paths=["Dockerfile", "compose.yaml"]),
        "api": doc.ApiPart(
            styles=["REST"],
            endpoints=[
                endpoint(method, path, n < 11 if n < 18 else None, n % 3 != 0, 20 + 6 * n)
                for n, (method, path) in enumerate(paths)
            ],
            graphql=[],
            soap=[],
            grpc=[],
            spec=doc.SpecPart(path="openapi.yaml", missing_in_spec=["DELETE /users"], missing_in_code=["GET /status"]),
        ),
        "history": history(
            people=[
                doc.AuthorPart(name="Ada Example", commits=79, own=True, bot=False),
                doc.AuthorPart(name="Grace Sample", commits=1, own=False, bot=False),
            ],
            weeks=weeks(),
        ),
        "hotspots": [
            doc.HotspotPart(
                name=f"orders.handler_{n}",
                path="orders/views.py",
                line=30 + n,
                complexity=5 + n * 7 % 17,
                touches=2 + n * 5 % 19,
            )
            for n in (8, 5, 11, 2, 9, 6, 3, 0, 1, 4, 7, 10, 12, 13)
        ],
        "excluded": [
            doc.ExcludedPart(path="static/jquery.js", reason="vendored", files=1, lines=9800),
            doc.ExcludedPart(path="migrations/versions", reason="generated", files=12, lines=640),
        ],
        "findings": findings(),
        **more,
    }
    return repository("orders-api", **values)  # type: ignore[arg-type]


def requirements() -> list[doc.RequirementPart]:
    push = step(
        "Run the tests on every push. One workflow file is enough.",
        ".github/workflows/ci.yml",
        "minutes",
        6,
        75,
        why=WHY,
        pattern=PATTERN,
        link="https://docs.github.com/actions/automating-builds-and-tests",
        title="Tests run on every push",
    )
    return [
        requirement(
            "language",
            "A backend language",
            "met",
            3,
            3,
            ["commits-steps"],
            skill="Python",
            skills=["Python", "JavaScript (Node.js)", "Java"],
            phrase="Solid knowledge of one backend language",
        ),
        requirement("rest", "API design: REST", "met", 3, 3, ["api-endpoints", "api-status"]),
        requirement(
            "sql",
            "SQL and a relational database",
            "partly",
            3,
            2,
            ["sql-used", "sql-parameterised", "sql-indexes", "sql-transactions"],
            next=[step("Bind the value in `orders/views.py:31`", "orders/views.py", "minutes", 6, 81)],
        ),
        requirement("docker", "Docker", "met", 2, 3, ["ops-container"], phrase="You have worked with containers"),
        requirement(
            "testing",
            "Testing (QA)",
            "met",
            2,
            2,
            ["tests-present", "tests-endpoints", "tests-in-ci", "tests-coverage"],
            next=[push],
        ),
        requirement("ci", "CI/CD", "not_shown", 2, 0, ["tests-in-ci"], next=[push]),
        requirement("caching", "Caching", "not_shown", 1, 0, [], importance="optional"),
        requirement("version-control", "Version control", "met", 3, 3, ["commits-steps"]),
        requirement(
            "indexes",
            "SQL indexes",
            "not_shown",
            2,
            0,
            ["sql-indexes"],
            next=[step("Add an index on `orders.user_id`", "db/schema.sql", "minutes", 6, 87)],
        ),
        requirement("english", "English", "cannot_tell", 2, None, [], phrase="Good written English"),
    ]


def steps() -> list[doc.StepPart]:
    first = requirements()[4].next[0]
    return [
        first,
        step("Bind the value of the statement that holds `name`", "orders/views.py", "minutes", 6, 81, why=WHY),
        step("Add an index on `orders.user_id`", "db/schema.sql", "minutes", 6, 87),
        step(
            "Test the error path of `POST /orders`. Send an unknown product, expect 404.",
            "tests/test_orders.py",
            "hours",
            3,
            90,
        ),
        step("Describe the 8 endpoints that `openapi.yaml` leaves out", "openapi.yaml", "hours", 0, None),
    ]


def candidate() -> doc.Report:
    """The one in the middle: some met, some not; seven repositories found, five reviewed."""
    others = [
        repository("inventory", strength=48, own_share=1.0, findings=findings()[:6]),
        repository("blog", strength=31, own_share=None),
        repository("shop-api", strength=22, unread=["PHP"], unread_lines=300),
        repository("notes", strength=9),
    ]
    passed = [skipped("dotfiles", "no server code"), skipped("linux", "a fork without own commits")]
    return report(requirements(), [orders(), *others, *passed], steps())


def strong() -> doc.Report:
    """Everything required is met; one optional requirement is not."""
    states = {"caching": "not_shown", "english": "cannot_tell"}
    met = [msgspec.structs.replace(r, state=states.get(r.id, "met")) for r in requirements()]
    more = [
        requirement(f"skill-{n}", f"Skill {n}", "met", 2, 3, ["api-status"], importance="optional") for n in range(4)
    ]
    return report([*met, *more], [orders()], steps()[3:])


def weak() -> doc.Report:
    """Little is shown and part of the code was not read."""
    short = [msgspec.structs.replace(r, state="not_shown", level=0, repository=None) for r in requirements()[:8]]
    home = repository(
        "homework",
        strength=6,
        own_share=0.4,
        unread=["PHP"],
        unread_lines=4120,
        languages=[doc.LanguagePart(name="Python", files=3, lines=210, own_lines=90, role="server")],
        problems=[doc.ProblemPart(path="src/deep.py", what="took too long", clock=True)],
        history=history(complete=False, reason="history is shallow: fetch-depth 0", weeks=weeks(2)),
    )
    return report(short, [home, skipped("broken", "the host did not answer", "failed")], steps()[:1])


def nothing() -> doc.Report:
    """Repositories were found, none could be reviewed."""
    passed = [skipped("dotfiles", "no server code"), skipped("linux", "a fork without own commits")]
    return report(
        [], passed, readiness=doc.ReadinessPart(percent=None, met=0, partly=0, not_shown=0, cannot_tell=0, sum="")
    )


def nobody() -> doc.Report:
    """No commit is the candidate's."""
    people = [
        doc.AuthorPart(name="Grace Sample", commits=9, own=False, bot=False),
        doc.AuthorPart(name="Joan Sample", commits=3, own=False, bot=False),
    ]
    found = skipped("orders", "No commit matches Ada Example")
    theirs = history(commits=12, own_commits=0, people=people)
    return report([], [msgspec.structs.replace(found, own_share=0.0, history=theirs)])


def unreachable() -> doc.Report:
    """The host could not be asked."""
    return report([], [], notes=["The host answered that the limit is reached; it ends at 12:30"])


def many(count: int = 30) -> doc.Report:
    """The candidate of the middle with many repositories."""
    first = orders()
    copies = [
        msgspec.structs.replace(
            first,
            name=f"service-{n:02}",
            url=f"https://github.com/ada/service-{n:02}",
            strength=60 - n,
            findings=catalogue(n),
        )
        for n in range(count - 1)
    ]
    return report(requirements(), [first, *copies], steps())


def catalogue(seed: int) -> list[doc.FindingPart]:
    """As many findings as the whole catalogue of checks gives on one repository."""
    outcomes = ("shown", "not_shown", "shown", "partly", "not_applicable", "shown")
    areas = (
        "tests",
        "sql",
        "api",
        "commits",
        "code",
        "languages",
        "security",
        "operations",
        "documentation",
        "problem_solving",
    )
    return [
        finding(
            f"{area}-check-{n}",
            area,
            outcomes[(n + seed) % 6],
            f"The {area} check number {n} of ten",
            f"{n} of 19 places show it; 60 % needed.",
            level=1 + n % 4,
            evidence=[evidence(f"src/{area}/module_{n}.py", 10 + k, ORDER, "what it proves") for k in range(4)],
        )
        for area in areas
        for n in range(9)
    ]
