"""Documents by hand, one for each kind of candidate that the page has to serve."""

from __future__ import annotations

import msgspec

from reviewer.model import document as doc
from tests.report.orders import ORDER, findings, orders, weeks
from tests.report.parts import evidence, finding, history, report, repository, requirement, skipped, step

WHY = "A reviewer trusts what runs on every change more than what runs on one machine."
PATTERN = "on: [push]\njobs:\n  test:\n    runs-on: ubuntu-latest\n    steps:\n      - run: pytest"


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
