"""``report.json``, type by type: the published shape. Every other format is drawn from it alone.

Names and meanings are a contract with other programs: add freely, change or drop nothing without a new
``SCHEMA_VERSION``.
"""

from __future__ import annotations

from reviewer.model.base import Noun
from reviewer.model.finding import Evidence

SCHEMA_VERSION = "1"


class Part(Noun):
    """A part of the document."""


class SubjectPart(Part):
    name: str
    kind: str
    url: str | None
    identities: list[str]
    named: bool = False
    """Whether whoever asked said who the candidate is."""


class ProfilePart(Part):
    id: str | None
    title: str
    source: str
    seniority: str | None


class ReadinessPart(Part):
    percent: int | None
    met: int
    partly: int
    not_shown: int
    cannot_tell: int
    sum: str


class StepPart(Part):
    check: str
    advice: str
    effort: str
    gain_percent: int
    repository: str
    path: str | None
    readiness_after: int | None = None
    title: str = ""
    why: str = ""
    link: str | None = None
    pattern: str = ""
    """A pattern to follow, a few lines of code; never the finished solution."""


class HeldPart(Part):
    repository: str
    check: str


class RequirementPart(Part):
    id: str
    title: str
    skills: list[str]
    importance: str
    wanted_level: int
    level: int | None
    state: str
    skill: str | None
    phrase: str | None
    line: int | None
    repository: str | None
    checks: list[str]
    evidence: list[Evidence]
    next: list[StepPart]
    held: list[HeldPart] = []
    """Grave faults that keep the level down, in whichever repository."""


class RepositoryLevelPart(Part):
    name: str
    level: int


class SkillPart(Part):
    name: str
    level: int | None
    group: str
    repositories: list[RepositoryLevelPart]
    findings: list[str]


class JobPart(Part):
    profile: ProfilePart
    readiness: ReadinessPart
    requirements: list[RequirementPart]
    next_steps: list[StepPart]


class AuthorPart(Part):
    """Names only, never an address: of those the number. ``also`` are the other names of the same person."""

    name: str
    commits: int
    own: bool
    bot: bool
    also: list[str] = []
    addresses: int = 0


class HistoryPart(Part):
    commits: int
    merges: int
    own_commits: int
    authors: int
    first: str | None
    last: str | None
    active_days: int
    complete: bool
    people: list[AuthorPart] = []
    weeks: list[tuple[str, int, int]] = []
    """Monday of the week, own commits, others' commits; weeks without commits are left out."""
    reason: str | None = None
    """Why the history is not complete."""


class LanguagePart(Part):
    name: str
    files: int
    lines: int
    own_lines: int
    role: str
    read: bool = True


class NamedPart(Part):
    name: str
    version: str | None
    evidence: list[Evidence]
    kind: str = ""


class DatabasePart(Part):
    name: str
    kind: str
    role: str
    evidence: list[Evidence]


class MigrationPart(Part):
    tool: str
    path: str
    steps: int


class RiskPart(Part):
    path: str
    line: int
    snippet: str | None
    reason: str


class SqlPart(Part):
    statements: int
    tables: list[str]
    injection_risks: list[RiskPart]


class EndpointPart(Part):
    method: str
    path: str
    file: str
    line: int
    framework: str
    kind: str
    tested: bool | None
    authenticated: bool | None
    url: str | None = None


class OperationPart(Part):
    kind: str
    name: str
    file: str
    line: int


class SpecPart(Part):
    path: str
    missing_in_spec: list[str]
    missing_in_code: list[str]


class ApiPart(Part):
    styles: list[str]
    endpoints: list[EndpointPart]
    graphql: list[OperationPart]
    soap: list[OperationPart]
    grpc: list[OperationPart]
    spec: SpecPart | None


class TestFrameworkPart(Part):
    name: str


class TestsPart(Part):
    frameworks: list[TestFrameworkPart]
    files: int
    functions: int
    without_assertion: int
    integration: bool
    database: bool


class CiPart(Part):
    system: str
    path: str
    runs_tests: bool
    deploys: bool


class ContainersPart(Part):
    present: bool
    paths: list[str]


class AuthPart(Part):
    methods: list[str]
    evidence: list[Evidence]


class SecretPart(Part):
    path: str
    line: int
    kind: str
    standing: str
    commit: str | None


class ClaimPart(Part):
    text: str
    line: int
    supported: bool | None
    evidence: list[Evidence]


class DocsPart(Part):
    readme: int
    openapi: str | None
    claims: list[ClaimPart]


class ExcludedPart(Part):
    path: str
    reason: str
    files: int
    lines: int


class ProblemPart(Part):
    """``clock`` marks what a time limit cut: the one permitted difference between two runs."""

    path: str | None
    what: str
    clock: bool = False


class HotspotPart(Part):
    """A function for the picture of complexity against change."""

    name: str
    path: str
    line: int
    complexity: int
    touches: int


class WaiverPart(Part):
    """Somebody's answer to a finding; ``counts`` where the finding counts all the same."""

    reason: str
    source: str
    number: int
    counts: bool


class AreaWeightPart(Part):
    """Of the checks of one area that apply: their weight, and how much of it is shown."""

    area: str
    shown: float
    weight: float


class FindingPart(Part):
    check: str
    area: str
    title: str
    outcome: str
    confidence: str
    summary: str
    level: int
    advice: str | None
    effort: str | None
    evidence: list[Evidence]
    path: str | None = None
    more_evidence: int = 0
    weight: float = 1.0
    skills: list[str] = []
    waiver: WaiverPart | None = None


class RepositoryPart(Part):
    name: str
    url: str | None
    commit: str | None
    branch: str | None
    status: str
    reason: str | None
    strength: int | None
    own_share: float | None
    history: HistoryPart
    languages: list[LanguagePart]
    frameworks: list[NamedPart]
    cms: list[NamedPart]
    databases: list[DatabasePart]
    data_layers: list[NamedPart]
    migrations: list[MigrationPart]
    sql: SqlPart
    api: ApiPart
    tests: TestsPart
    ci: list[CiPart]
    containers: ContainersPart
    auth: AuthPart
    secrets: list[SecretPart]
    docs: DocsPart
    excluded: list[ExcludedPart]
    problems: list[ProblemPart]
    findings: list[FindingPart]
    unread: list[str] = []
    hotspots: list[HotspotPart] = []
    unread_lines: int = 0
    left_out: dict[str, int] = {}
    """How many entries of a list were cut, by the list's name."""
    strength_sum: str = ""
    strength_areas: list[AreaWeightPart] = []


class Report(Part):
    """The whole document; ``profile``, ``readiness``, ``requirements``, ``next_steps`` are those of the first job."""

    schema_version: str
    reviewer_version: str
    subject: SubjectPart
    profile: ProfilePart
    readiness: ReadinessPart
    requirements: list[RequirementPart]
    skills: list[SkillPart]
    jobs: list[JobPart]
    next_steps: list[StepPart]
    repositories: list[RepositoryPart]
    notes: list[str] = []
