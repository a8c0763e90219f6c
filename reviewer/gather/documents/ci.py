"""CI configurations of ten systems: what runs, what for, and when. Lines that are commented out never count."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import msgspec

from reviewer.gather.documents import _ci_triggers as triggers
from reviewer.gather.documents._ci_commands import has_gate
from reviewer.gather.documents._ci_steps import shell_steps, steps_of
from reviewer.gather.documents._comments import without_comments
from reviewer.gather.documents._trees import Scalar, Tree, branches, line_of, mapping, sequence, text, with_document
from reviewer.gather.documents._yaml import load_yaml
from reviewer.gather.reader import DocumentReader
from reviewer.model.facts.documents import CiFile, CiStep, Document
from reviewer.model.facts.file import FileFacts

STORES = re.compile(
    r"^[ \t]*(?:(?:-[ \t]+)?(?:image|name)[ \t]*:[ \t]*|-[ \t]+)[\"']?(?:[\w.-]{1,60}/){0,4}"
    r"(?:postgres|postgis|mysql|mariadb|mongo|redis|mssql|elasticsearch|cassandra)[\w-]{0,20}(?::[\w.-]{1,40})?"
    r"[\"']?[ \t]*$",
    re.MULTILINE,
)
"""An image of a database, or a service that is called so, on a line of its own."""
HELD = re.compile(
    r"^[^#\n]{0,60}(?:coverage[_-]threshold|min(?:imum)?[_-]coverage[\w-]{0,20}|coverage[_-]min\w{0,10}|fail_below_min|"
    r"threshold-(?:total|file|package))[\"']?[ \t]*:[ \t]*[\"']?(?:\d|true)",
    re.MULTILINE | re.IGNORECASE,
)
"""A setting of a ready-made action, or a variable, that says how much must be covered."""
SYSTEMS: dict[str, tuple[str, Callable[[Tree], tuple[str, ...]]]] = {
    "github-workflow": ("GitHub Actions", triggers.github),
    "gitlab-ci": ("GitLab CI", triggers.gitlab),
    "circleci": ("CircleCI", triggers.circleci),
    "travis": ("Travis CI", triggers.hosted),
    "azure-pipelines": ("Azure Pipelines", triggers.azure),
    "cloudbuild": ("Google Cloud Build", triggers.pushed),
    "bitbucket-pipelines": ("Bitbucket Pipelines", triggers.bitbucket),
    "drone": ("Drone", triggers.hosted),
    "appveyor": ("AppVeyor", triggers.hosted),
}
"""Kind to the system's name and how its triggers are read."""

TRAVIS_DEFAULTS = {
    "node_js": "npm test",
    "go": "go test ./...",
    "ruby": "rake",
    "php": "phpunit",
    "java": "mvn test",
    "rust": "cargo test",
    "elixir": "mix test",
}
"""What Travis CI runs where a file gives no script, by language."""

JENKINS_SHELL = re.compile(r"\b(?:sh|bat|powershell|pwsh)\b[ \t]*\(?[ \t]*(?:script:[ \t]*)?('''|\"\"\"|'|\")")
COMMAND_LIMIT = 4_000


def read_ci(source: str, base: FileFacts) -> FileFacts:
    """A CI file in YAML."""
    loaded = load_yaml(source)
    system, read_triggers = SYSTEMS[base.kind]
    if loaded.problem and not loaded.documents:
        return with_document(base, Document(ci=CiFile(system=system)), loaded.problem)
    steps = [step for tree in loaded.documents for step in _steps(base.kind, tree)]
    found = _file(system, read_triggers(loaded.tree), steps)
    if "overage" in source.lower() and HELD.search(source):
        found = msgspec.structs.replace(found, coverage_gate=True)
    if STORES.search(source):
        found = msgspec.structs.replace(found, stores=True)
    return with_document(base, Document(ci=found), loaded.problem)


def _file(system: str, found: tuple[str, ...], steps: list[CiStep]) -> CiFile:
    gate = any(has_gate(step.text) for step in steps)
    return CiFile(system=system, triggers=found, steps=tuple(steps), coverage_gate=gate)


def _steps(kind: str, tree: Tree) -> tuple[CiStep, ...]:
    if kind == "gitlab-ci":
        return steps_of(_without_templates(mapping(tree)))
    if kind == "travis":
        return steps_of(tree) + tuple(_travis_default(mapping(tree)))
    if kind == "circleci":
        return tuple(sorted((*steps_of(tree), *_orbs(tree), *_first_circle(tree)), key=lambda step: step.line))
    return steps_of(tree, kind)


def _without_templates(tree: dict[str, Tree]) -> dict[str, Tree]:
    """The jobs of GitLab CI; one whose name begins with a dot counts only where another extends it."""
    extended = {text(name) for item in branches(tree) for name in sequence(item.get("extends"))}
    return {name: job for name, job in tree.items() if not name.startswith(".") or name in extended}


def _travis_default(tree: dict[str, Tree]) -> Iterator[CiStep]:
    language = next((text(item) for item in sequence(tree.get("language"))), "")
    scripted = any("script" in item for item in branches(tree))
    if language in TRAVIS_DEFAULTS and not scripted:
        yield from shell_steps(Scalar(TRAVIS_DEFAULTS[language], line_of(tree.get("language"))))


def _first_circle(tree: Tree) -> Iterator[CiStep]:
    """Sections of CircleCI 1.0: lists of commands before, instead of and after those that it works out by itself."""
    root = mapping(tree)
    if "jobs" in root:
        return
    for section in ("dependencies", "compile", "test", "database"):
        for key in ("pre", "override", "post"):
            for entry in sequence(mapping(root.get(section)).get(key)):
                for command in [entry] if text(entry) else list(mapping(entry)):
                    yield from shell_steps(command)
    for target in mapping(root.get("deployment")).values():
        if "heroku" in mapping(target):
            yield CiStep(purpose="deploy", line=line_of(mapping(target)["heroku"]), text="deployment: heroku")


def _orbs(tree: Tree) -> Iterator[CiStep]:
    """CircleCI's ready-made steps and jobs: ``codecov/upload`` as an entry or as the key of an entry."""
    for item in branches(tree):
        for key in ("steps", "jobs", "pre-steps", "post-steps"):
            for entry in sequence(item.get(key)):
                for name in [entry] if text(entry) else list(mapping(entry)):
                    if "/" in text(name):
                        yield from steps_of({"uses": name})


def read_jenkinsfile(source: str, base: FileFacts) -> FileFacts:
    """A Jenkinsfile, read as text: the shell steps, comments left out."""
    clean = "\n".join(without_comments(source))
    steps: list[CiStep] = []
    position = line = 0
    while len(steps) < COMMAND_LIMIT and (found := JENKINS_SHELL.search(clean, position)):
        end = clean.find(found.group(1), found.end(), found.end() + COMMAND_LIMIT)
        line += clean.count("\n", position, found.end())
        position = found.end()
        if end >= 0:
            steps.extend(shell_steps(Scalar(clean[found.end() : end], line + 1)))
            line += clean.count("\n", position, end)
            position = end + len(found.group(1))
    return with_document(base, Document(ci=_file("Jenkins", ("push",), steps)))


CI = DocumentReader("ci", tuple(SYSTEMS), read_ci, reads_generated=True)
JENKINSFILE = DocumentReader("jenkinsfile", ("jenkinsfile",), read_jenkinsfile, reads_generated=True)
