"""The written word: README with its claims held against the code, CI, containers, deployment."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from msgspec.structs import replace

from reviewer.gather.link.ci_scripts import Scripts
from reviewer.gather.link.view import View
from reviewer.model.facts.code import SignKind
from reviewer.model.facts.data import Role
from reviewer.model.facts.documents import Claim, Document, Readme
from reviewer.model.facts.repository import (
    Api,
    Code,
    Data,
    Documents,
    FileRole,
    JudgedClaim,
    Operations,
    Project,
    SourceFile,
    Standing,
    Tests,
)
from reviewer.model.facts.values import At, Place

CLAIMS_MOST = 40
NAMED_BY = {
    "PostgreSQL": ("postgres", "pgsql", "libpq", "psycopg", "asyncpg", "npgsql", "pgx", "lib/pq"),
    "MySQL": ("mysql", "mariadb"),
    "MariaDB": ("mysql", "mariadb"),
    "SQLite": ("sqlite",),
    "SQL Server": ("mssql", "sqlserver", "tedious", "pyodbc", "sqlclient", "sqlsrv"),
    "MongoDB": ("mongo",),
    "Redis": ("redis", "predis", "ioredis"),
    "DynamoDB": ("dynamo", "aws-sdk", "boto3"),
    "Elasticsearch": ("elastic", "opensearch"),
    "OpenAPI": ("swagger", "openapi", "springdoc", "swashbuckle", "nswag", "apidoc", "spectacular", "yasg", "scribe",
                "redoc", "scalar"),
    "authentication": (
        "jwt", "auth", "passport", "devise", "sanctum", "keycloak", "identity", "jose", "security", "bcrypt", "session",
        "clerk", "cognito", "firebase", "supabase",
    ),
    "tests": ("jest", "mocha", "vitest", "pytest", "phpunit", "junit", "xunit", "nunit", "rspec", "testify", "kotest"),
}  # fmt: skip
"""Parts of the names of dependencies by which a claimed thing may be there though nothing of it was read."""
HOSTED_HERE = re.compile(r"github actions|gitlab ci|travis", re.IGNORECASE)
"""Systems of CI that are told what to do by a file in the repository; others may be set up on their own pages."""
DECLARED_BY_IMPORT = frozenset({"OpenAPI", "PostgreSQL", "MySQL", "SQLite", "SQL Server", "MongoDB", "Redis"})
NO_README = re.compile(
    r"(?:^|/)(?:migrations|alembic)/README$|"
    r"(?:^|/)(?:uploads?|storage|te?mp|logs?|backups?)/readme[^/]{0,20}$|"
    r"/(?:js|css|scss|fonts?|images?|img|assets)/(?:[^/]{1,80}/){0,6}[^/]{1,80}$",
    re.IGNORECASE,
)
"""What Alembic writes beside its migrations, what lies among scripts and pictures of pages (that of a library), and
what says that a folder is to be there."""
AUTH_NAME = re.compile(r"auth|log_?in|sign_?in|token|password|credential", re.IGNORECASE)
SIBLINGS = frozenset({"MySQL", "MariaDB"})
"""Databases that speak the same, so that one stands for the other."""
SETTINGS = "reviewer.toml"
AUTH_SIGNS = (
    SignKind.AUTH_GUARD,
    SignKind.TOKEN_ISSUED,
    SignKind.TOKEN_VERIFIED,
    SignKind.PASSWORD_HASH,
    SignKind.PASSWORD_WEAK,
)

Support = tuple[bool | None, tuple[Place, ...]]


def link_operations(view: View) -> Operations:
    """The operations group. CI runs a file that a tool wrote like any other."""
    documents = list(_documents(view.own))
    scripts = Scripts(view.own)
    written = _documents(file for file in view.files if file.standing is Standing.GENERATED)
    runs = [*documents, *written]
    return Operations(
        ci=tuple(At(path=path, fact=scripts.followed(item.ci)) for path, item in runs if item.ci),
        containers=tuple(At(path=path, fact=item.container) for path, item in documents if item.container),
        deployments=tuple(At(path=path, fact=item.deployment) for path, item in documents if item.deployment),
    )


def link_documents(
    view: View, project: Project, code: Code, api: Api, tests: Tests, data: Data, operations: Operations
) -> Documents:
    """The documents group: the README nearest to the root, with what it claims."""
    documents = list(_documents(view.own))
    readmes = [
        At(path=path, fact=item.readme) for path, item in documents if item.readme and not NO_README.search(path)
    ]
    readme = min(readmes, key=_rank, default=None)
    support = _Support(project, code, api, tests, data, operations)
    return Documents(
        readme=readme,
        claims=_without_choices([support.judge(claim) for claim in _checked(readme)[:CLAIMS_MOST]]),
        others=tuple(At(path=path, fact=item) for path, item in documents if not item.readme),
        readmes=tuple(sorted(readmes, key=_rank)),
        quality=_quality(readme),
        waivers=next((item.waivers for path, item in documents if path == SETTINGS), ()),
    )


def _checked(readme: At[Readme] | None) -> tuple[Claim, ...]:
    """What a README claims; where it starts something by Docker's commands, Docker is a tool and no claim."""
    if readme is None:
        return ()
    tool = any(command.text.startswith(("docker run", "docker pull")) for command in readme.fact.commands)
    return tuple(claim for claim in readme.fact.claims if not (tool and claim.subject == "Docker"))


def _without_choices(claims: list[JudgedClaim]) -> tuple[JudgedClaim, ...]:
    """Claims, where a line names several databases and one is used: the others are what could be used instead."""
    used = {claim.line for claim in claims if claim.supported and claim.subject in _CLAIMED_DATABASES}
    kept = (
        replace(claim, supported=None)
        if claim.supported is False and claim.line in used and claim.subject in _CLAIMED_DATABASES
        else claim
        for claim in claims
    )
    return tuple(kept)


def _rank(item: At[Readme]) -> tuple[int, bool, bool, int, str]:
    """The one nearest to the root first, translations last; of the same depth, a generator's last, the longest "
    "first."""
    depth = item.path.count("/")
    translated = item.path.rpartition("/")[2].count(".") > 1
    return depth, translated, depth > 0 and item.fact.template is not None, -item.fact.words if depth else 0, item.path


def _documents(files: Iterable[SourceFile]) -> Iterable[tuple[str, Document]]:
    for file in files:
        if file.facts and file.facts.document:
            yield file.path, file.facts.document


def _quality(readme: At[Readme] | None) -> int:
    return readme.fact.quality if readme else 0


class _Support:
    """What the code shows of a claimed thing."""

    def __init__(
        self, project: Project, code: Code, api: Api, tests: Tests, data: Data, operations: Operations
    ) -> None:
        self.project, self.code, self.api = project, code, api
        self.tests, self.data, self.operations = tests, data, operations
        self.rules: dict[str, Callable[[], Support]] = {
            "Testing": self._testing,
            "tests": self._testing,
            "Docker": lambda: _has(Place(path=item.path, line=1) for item in operations.containers),
            "CI/CD": lambda: _has(Place(path=item.path, line=1) for item in operations.ci),
            "ci": lambda: _has(Place(path=item.path, line=1) for item in operations.ci),
            "Deployment": self._deployed,
            "deployment": self._deployed,
            "authentication": self._authenticated,
            "OpenAPI": self._described,
            "GraphQL": lambda: self._style("GraphQL"),
            "SOAP": lambda: self._style("SOAP"),
            "gRPC": lambda: self._style("gRPC"),
            "REST": lambda: self._style("REST"),
        }

    def judge(self, claim: Claim) -> JudgedClaim:
        """The claim with what supports it; None where nothing that is read could support it."""
        supported, evidence = self._support(claim.subject)
        if supported is False and (self._unread() or self._declared(claim.subject) or self._akin(claim.subject)):
            supported = None
        if supported is False and claim.subject == "ci" and not HOSTED_HERE.search(claim.text):
            supported = None
        return JudgedClaim(
            subject=claim.subject, text=claim.text, line=claim.line, supported=supported, evidence=evidence[:3]
        )

    def _support(self, subject: str) -> Support:
        rule = self.rules.get(subject)
        if rule is not None:
            return rule()
        for database in self.data.databases:
            if database.name == subject:
                return database.role is not Role.NAMED, database.evidence
        if any(use.name == subject for use in self.project.languages):
            return True, ()
        for use in (*self.project.frameworks, *self.project.cms, *self.data.layers, *self.tests.frameworks):
            if use.name == subject:
                return True, use.evidence
        return (False, ()) if subject in _CLAIMED_DATABASES else (None, ())

    def _unread(self) -> bool:
        """Whether so much of the server code is not read that absence proves nothing."""
        total = sum(use.lines for use in self.project.languages)
        return self.project.unread_lines * 5 > total

    def _declared(self, subject: str) -> bool:
        """Whether a dependency by that name is declared, so that more than a name is there."""
        words = NAMED_BY.get(subject, (subject.lower(),))
        names = [item.name.lower() for at in self.project.manifests for item in at.fact.dependencies]
        if subject in DECLARED_BY_IMPORT:
            names += [item.fact.module.lower() for item in self.code.imports]
            held = [item.fact for item in self.operations.containers]
            names += [image.lower() for fact in held for image in (*fact.services, *fact.bases, *fact.databases)]
        return any(word in name for name in names for word in words)

    def _akin(self, subject: str) -> bool:
        """Whether something goes by a like name, so that its absence is not certain."""
        if subject == "authentication":
            return any(AUTH_NAME.search(item.fact.name) for item in self.code.functions)
        if subject in _CLAIMED_DATABASES and not self.code.modules:
            return True
        names = {database.name for database in self.data.databases}
        return subject in SIBLINGS and bool(SIBLINGS & names)

    def _testing(self) -> Support:
        cases = [Place(path=item.path, line=item.fact.line) for item in self.tests.cases[:3]]
        files = [Place(path=file.path, line=1) for file in self.project.files if file.role is FileRole.TESTS]
        return _has(cases or [Place(path=path, line=1) for path in self.tests.files[:3]] or files[:3])

    def _authenticated(self) -> Support:
        """None where a content management system, a data host or a client signs people in."""
        found, places = _has(Place(path=item.path, line=item.fact.line) for item in self.code.of(*AUTH_SIGNS))
        client = not self.api.endpoints
        return (None, ()) if not found and (self.project.cms or client) else (found, places)

    def _deployed(self) -> Support:
        found = [Place(path=item.path, line=item.fact.line) for item in self.operations.deployments]
        found += [Place(path=item.path, line=line) for item in self.operations.ci for line in item.fact.lines("deploy")]
        return (True, tuple(found)) if found else (None, ())

    def _described(self) -> Support:
        """None where a content management system may describe its own API, as Magento does."""
        found = [Place(path=item.path, line=1) for item in self.api.descriptions]
        found += [Place(path=i.path, line=i.fact.line) for i in self.code.of(SignKind.SPEC_GENERATOR)]
        return (None, ()) if not found and self.project.cms else _has(found)

    def _style(self, style: str) -> Support:
        """Spoken of by clients, too, and in passing: it is only ever confirmed."""
        return (True, ()) if style in self.api.styles else (None, ())


_CLAIMED_DATABASES = frozenset(
    {
        "PostgreSQL",
        "MySQL",
        "MariaDB",
        "SQLite",
        "SQL Server",
        "MongoDB",
        "Redis",
        "Cassandra",
        "DynamoDB",
        "Elasticsearch",
    }
)


def _has(places: Iterable[Place]) -> Support:
    found = tuple(places)
    return bool(found), found
