"""The best repository of the candidate of the samples, in full."""

from __future__ import annotations

from datetime import date, timedelta

from reviewer.model import document as doc
from tests.report.parts import endpoint, evidence, finding, history, repository

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
