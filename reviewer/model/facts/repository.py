"""The linked facts of one repository, in the groups that checks name as parameters."""

from __future__ import annotations

from enum import StrEnum

from reviewer.model.base import Noun
from reviewer.model.facts.code import Catch, ClassDef, Function, Import, Sign, SignKind
from reviewer.model.facts.data import DataKind, MigrationStep, Role, Statement, Table
from reviewer.model.facts.documents import (
    ApiDescription,
    CiFile,
    Container,
    Deployment,
    Document,
    Manifest,
    Readme,
    Secret,
)
from reviewer.model.facts.file import FileFacts
from reviewer.model.facts.history import History
from reviewer.model.facts.pulls import Pulls
from reviewer.model.facts.routing import Endpoint, Operation
from reviewer.model.facts.tests import TestCase
from reviewer.model.facts.values import At, Place
from reviewer.model.waiver import Waiver


class Standing(StrEnum):
    """Whose work a file is, or why it is not read."""

    OWN = "own"
    VENDORED = "vendored"
    GENERATED = "generated"
    SCAFFOLD = "scaffold"
    DATA = "data"
    BINARY = "binary"
    TOO_LARGE = "too large"
    NOT_TEXT = "not text"
    LINK = "link"
    SUBMODULE = "submodule"
    LFS = "LFS pointer"
    ABSENT = "absent"
    LIMIT = "past the limit on files"


class FileRole(StrEnum):
    """What a file is for."""

    SERVER = "server"
    TESTS = "tests"
    SCHEMA = "schema"
    FRONTEND = "frontend"
    SCRIPTS = "scripts"
    CONFIG = "config"


class SourceFile(Noun):
    """A file of the reviewed tree. ``share`` is the candidate's share of its lines, None where nobody is named.

    ``oid`` is the object id of its content.
    """

    path: str
    standing: Standing
    role: FileRole
    size: int
    kind: str | None = None
    language: str | None = None
    share: float | None = None
    facts: FileFacts | None = None
    oid: str = ""


class Problem(Noun):
    """A file or part that could not be read, and why."""

    path: str | None
    what: str
    clock: bool = False


class Excluded(Noun):
    """Files that were left out, summed up by folder or named one by one."""

    path: str
    reason: str
    files: int = 1
    lines: int = 0


class NamedUse(Noun):
    """A framework, data layer, CMS or test library, and where it shows itself."""

    name: str
    kind: str = ""
    version: str | None = None
    evidence: tuple[Place, ...] = ()


class Database(Noun):
    """A database by name, told apart as used, only in tests, or merely named."""

    name: str
    kind: DataKind
    role: Role
    evidence: tuple[Place, ...] = ()


class LanguageUse(Noun):
    """How much of a language there is, by role. ``read`` says whether it is read in depth."""

    name: str
    role: FileRole
    files: int
    lines: int
    own_lines: int
    read: bool


class Migration(Noun):
    """A migration tool, the folder of its steps and how many there are."""

    tool: str
    path: str
    steps: int
    own_steps: int = 0


class Drift(Noun):
    """A machine-readable API description against the routes, both ways."""

    path: str
    missing_in_spec: tuple[str, ...] = ()
    missing_in_code: tuple[str, ...] = ()


class Project(Noun):
    """What the repository is: languages, frameworks, ownership. ``unread`` names what is not read in depth."""

    name: str
    languages: tuple[LanguageUse, ...] = ()
    frameworks: tuple[NamedUse, ...] = ()
    cms: tuple[NamedUse, ...] = ()
    manifests: tuple[At[Manifest], ...] = ()
    own_share: float | None = None
    fork: bool = False
    scaffold: str | None = None
    unread: tuple[str, ...] = ()
    unread_lines: int = 0
    files: tuple[SourceFile, ...] = ()


class Code(Noun):
    """Functions and their company, in server files. Signs are also those of settings, and of the front end, whose
    files are the ``clients``."""

    functions: tuple[At[Function], ...] = ()
    classes: tuple[At[ClassDef], ...] = ()
    imports: tuple[At[Import], ...] = ()
    catches: tuple[At[Catch], ...] = ()
    signs: tuple[At[Sign], ...] = ()
    modules: tuple[SourceFile, ...] = ()
    clients: tuple[str, ...] = ()

    def of(self, *kinds: SignKind) -> tuple[At[Sign], ...]:
        """The signs of these kinds, in path and line order."""
        return tuple(sign for sign in self.signs if sign.fact.kind in kinds)


class Api(Noun):
    """What the server answers to. ``styles`` is REST, GraphQL, SOAP, gRPC."""

    styles: tuple[str, ...] = ()
    endpoints: tuple[Endpoint, ...] = ()
    operations: tuple[Operation, ...] = ()
    descriptions: tuple[At[ApiDescription], ...] = ()
    drift: Drift | None = None


class Tests(Noun):
    """Test cases with their libraries. ``http`` and ``database`` name where a boundary is crossed.

    ``alone`` are requests that reach a handler through routing, but without the application around it; ``stock`` those
    in tests that a generator wrote: a fact of the repository, and nobody's evidence.
    """

    cases: tuple[At[TestCase], ...] = ()
    frameworks: tuple[NamedUse, ...] = ()
    files: tuple[str, ...] = ()
    http: tuple[Place, ...] = ()
    database: tuple[Place, ...] = ()
    fixtures: tuple[Place, ...] = ()
    alone: tuple[Place, ...] = ()
    stock: tuple[Place, ...] = ()


class Data(Noun):
    """Databases, layers, statements and schema; ``tables`` is one entry per table after all migrations."""

    databases: tuple[Database, ...] = ()
    layers: tuple[NamedUse, ...] = ()
    statements: tuple[At[Statement], ...] = ()
    tables: tuple[At[Table], ...] = ()
    migrations: tuple[Migration, ...] = ()
    steps: tuple[At[MigrationStep], ...] = ()


class Operations(Noun):
    """CI, containers and deployment."""

    ci: tuple[At[CiFile], ...] = ()
    containers: tuple[At[Container], ...] = ()
    deployments: tuple[At[Deployment], ...] = ()


class Documents(Noun):
    """README and the rest of the written word, with claims held against the facts.

    ``readmes`` are those of all folders, ``waivers`` the answers to findings in the repository's own `reviewer.toml`.
    """

    readme: At[Readme] | None = None
    claims: tuple[JudgedClaim, ...] = ()
    others: tuple[At[Document], ...] = ()
    readmes: tuple[At[Readme], ...] = ()
    quality: int = 0
    waivers: tuple[Waiver, ...] = ()


class JudgedClaim(Noun):
    """A README's claim and whether the code shows it; ``supported`` is None where it could not be told."""

    subject: str
    text: str
    line: int
    supported: bool | None
    evidence: tuple[Place, ...] = ()


class RepositoryFacts(Noun):
    """Everything known of one repository. A check names the groups that it wants as parameters."""

    project: Project
    code: Code
    api: Api
    tests: Tests
    data: Data
    operations: Operations
    documents: Documents
    history: History
    secrets: tuple[At[Secret], ...] = ()
    problems: tuple[Problem, ...] = ()
    pulls: Pulls = Pulls()
    excluded: tuple[Excluded, ...] = ()
    commit: str | None = None
    branch: str | None = None
