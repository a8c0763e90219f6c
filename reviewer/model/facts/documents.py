"""What files other than source code say: manifests, CI, containers, README, API descriptions, secrets."""

from __future__ import annotations

from enum import StrEnum

from reviewer.model.base import Noun
from reviewer.model.facts.routing import Operation
from reviewer.model.waiver import Waiver


class Dependency(Noun):
    """A declared dependency. ``dev`` where it is only for development or tests."""

    name: str
    version: str | None
    line: int
    dev: bool = False


class Manifest(Noun):
    """A dependency manifest. ``ecosystem`` is pypi, npm, maven, nuget, composer, rubygems or go.

    Names are as their ecosystem spells them: ``django-environ`` (normalised), ``group:artifact``, ``vendor/package``.
    ``make`` has targets for ``scripts`` and no dependencies.
    """

    ecosystem: str
    dependencies: tuple[Dependency, ...] = ()
    scripts: dict[str, str] = {}
    lock: bool = False
    name: str | None = None
    description: str | None = None


class CiStep(Noun):
    """One command or action of a CI file, with what it is for: test, lint, types, build, deploy, coverage, other."""

    purpose: str
    line: int
    text: str


class CiFile(Noun):
    """One CI configuration. ``triggers`` holds push, pull_request, schedule, manual, ...

    ``stores`` says that it starts a database beside its steps.
    """

    system: str
    triggers: tuple[str, ...] = ()
    steps: tuple[CiStep, ...] = ()
    coverage_gate: bool = False
    stores: bool = False

    def lines(self, purpose: str) -> tuple[int, ...]:
        """The lines of the steps that serve ``purpose``."""
        return tuple(step.line for step in self.steps if step.purpose == purpose)


class Container(Noun):
    """A Dockerfile (``kind`` dockerfile) or a compose file (``kind`` compose; ``services`` are its images).

    ``mounts`` says that a bought image runs what a folder of the repository holds, ``commands`` that a service that is
    built or mounted here is given a command. ``generated`` is a Dockerfile as a generator writes it, ``artifact`` one
    that copies a program that was built before. ``builds_many`` says that
    a compose file builds two services or more.
    """

    kind: str
    bases: tuple[str, ...] = ()
    pinned: bool = False
    slim: bool = False
    non_root: bool = False
    cached_layers: bool = False
    copies_source: bool = False
    starts: bool = False
    healthcheck: bool = False
    services: tuple[str, ...] = ()
    builds: bool = False
    user_line: int = 0
    line: int = 1
    mounts: bool = False
    commands: bool = False
    generated: bool = False
    artifact: bool = False
    builds_many: bool = False
    variables: tuple[str, ...] = ()  # of the environment, that a compose file names or a Dockerfile sets
    databases: tuple[str, ...] = ()  # that a Dockerfile installs a driver or client of, or sets the address of
    develops: bool = False  # what it starts reloads the sources as they change
    joins: bool = False  # a compose file whose services join networks, or ask hosts, that stand elsewhere
    deploys: bool = False  # a compose file that says how a cluster runs a service
    borrows: bool = False  # a compose file that builds the Dockerfile of an installed package and mounts the folder


class Deployment(Noun):
    """A sign that the application is deployed: Procfile, IaC, a platform's file, a Kubernetes manifest."""

    kind: str
    line: int = 1


class Claim(Noun):
    """Something a README says is there. ``subject`` is a canonical skill or ``tests``, ``deployment``, ``ci``."""

    subject: str
    text: str
    line: int


class Command(Noun):
    """A command line in a README's code block or text."""

    text: str
    line: int


class Readme(Noun):
    """A README, read as text. ``template`` names the generator whose README it still is."""

    lines: int
    words: int
    title: str = ""
    headings: tuple[str, ...] = ()
    commands: tuple[Command, ...] = ()
    claims: tuple[Claim, ...] = ()
    describes: bool = False
    run_line: int = 0
    api_lines: tuple[int, ...] = ()
    decision_lines: tuple[int, ...] = ()
    template: str | None = None
    quality: int = 0
    variables: tuple[str, ...] = ()  # of the environment, that the text names
    run_words: int = 0  # of the longest section on setting up or starting, code left out
    pull_line: int = 0  # where it speaks of pull requests or feature branches
    lesson: bool = False  # it sets tasks or goals of learning: what it explains is taught, not decided
    published_line: int = 0  # where it links to a description of an API that a host publishes
    specified_line: int = 0  # where it links to one that another repository keeps
    hosted_line: int = 0  # where it names the platform that runs the application, or an address there


class ApiDescription(Noun):
    """An OpenAPI, Swagger or Postman file; ``operations`` are ``METHOD /path`` with every server prefix applied.

    ``prefix`` is that of the first server. ``elsewhere`` says that paths are kept in other files, ``checked`` that
    answers are checked by it (the tests of a Postman collection).
    """

    kind: str
    operations: tuple[Operation, ...] = ()
    prefix: str = ""
    elsewhere: bool = False
    checked: bool = False


class SecretStanding(StrEnum):
    """Whether a found secret looks real."""

    REAL = "real"
    TEST = "test"
    PLACEHOLDER = "placeholder"
    HISTORY = "history"


class Secret(Noun):
    """Where a secret lies and of what kind it is; never its value.

    ``mark`` is a short checksum of what its line sets, by which a value that a sample holds as well is told; 0: none.
    """

    kind: str
    line: int
    standing: SecretStanding
    commit: str | None = None
    path: str | None = None
    mark: int = 0


class ExtensionOf(Noun):
    """The content management system that a file extends, and as what: plugin, theme, module, component."""

    name: str
    kind: str
    line: int


class Document(Noun):
    """Everything read from one file that is no source code; most fields are empty for most files.

    ``prose`` is any other written document, read as a README is, where it holds commands, endpoints or decisions.
    ``lint_config`` names the linters, formatters and type checkers that the file configures, ``update_tool`` what keeps
    dependencies up to date. ``coverage_threshold`` says that too little test coverage fails a run,
    ``coverage_measured`` that every run of the tests measures it.
    ``steps`` is what a shell script runs, where that tests, checks, builds or deploys, or runs another script.
    ``targets`` is what a build program can be asked for, with the command lines of each; ``""`` is what it does when
    asked for nothing, and ``target NAME`` in a line stands for another target.
    """

    manifest: Manifest | None = None
    ci: CiFile | None = None
    container: Container | None = None
    deployment: Deployment | None = None
    readme: Readme | None = None
    prose: Readme | None = None
    api: ApiDescription | None = None
    ignores: tuple[str, ...] = ()
    example_env: bool = False
    update_tool: str | None = None
    decision_record: bool = False
    changelog: bool = False
    lint_config: str | None = None
    coverage_threshold: bool = False
    coverage_measured: bool = False
    steps: tuple[CiStep, ...] = ()
    cms: ExtensionOf | None = None
    targets: dict[str, str] = {}
    waivers: tuple[Waiver, ...] = ()
