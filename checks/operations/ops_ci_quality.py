"""Does CI check more than the tests?"""

from __future__ import annotations

import re
from collections.abc import Mapping

from checks.operations._ci import UNREAD_SERVICE, calls_elsewhere
from reviewer.model.check import Check
from reviewer.model.facts.repository import FileRole, Operations, Project
from reviewer.model.finding import Effort, Evidence, Verdict
from reviewer.model.verdict import LIKELY, could_not_tell, not_applicable, not_shown, partly, shown

UNREAD_TASKS = re.compile(
    r"(?:.*[\s/])?(?:rake|tox|nox|gulp|grunt|mage|earthly|dagger|bazel|moon|nx|turbo|lerna)"
    r"(?:\s+(?:ci|default|all|check|verify|quality|-{1,2}[\w=-]+))*\s*"
)
"""Commands that run a list of tasks which stands in a file that is not read."""

SEPARATORS = re.compile(r"&&|\|\||[;|]")
GOALS = re.compile(r"(?:.*[\s/])?mvnw?(?:\.cmd)?\s(.*)")
GOAL = re.compile(r"(?:[\w.-]+:)?([a-z][\w-]*?)(?:-maven-plugin)?(?::\d[\w.-]*)?:[a-zA-Z][\w-]*")
KNOWN_PLUGINS = frozenset(
    "checkstyle clean cobertura clover compiler coveralls dependency enforcer exec help install jacoco jar javadoc pmd "
    "release resources failsafe surefire sonar source spotbugs spotless spring-boot versions war wrapper".split()
)
"""Plugins of Maven whose goals are read, or check nothing."""

SERVICES = re.compile(
    r"\.scrutinizer\.yml|\.codeclimate\.ya?ml|\.codacy\.ya?ml|\.deepsource\.toml|\.sonarcloud\.properties|\.styleci\.yml"
    r"|(?:.*/)?sonar-project\.properties|\.hound\.yml|\.houndci\.yml|\.lgtm\.yml|qodana\.yaml"
)
"""Settings of services that check each change by themselves."""

KINDS = ("test", "lint", "types", "build", "coverage", "security", "deploy")
SECURITY = re.compile(
    r"\b(?:brakeman|bundle[r]?[ -]audit|bandit|pip-audit|safety (?:check|scan)|gosec|govulncheck|snyk|trivy|grype"
    r"|codeql|semgrep|zizmor|dependency-review|(?:npm|yarn|pnpm|composer|cargo) audit|gitleaks|trufflehog"
    r"|dependency-check|list package --vulnerable)\b",
    re.IGNORECASE,
)
"""Steps that look for weaknesses, in the code or in what it depends on."""
RAILS_TEST = re.compile(r"\brails\s(?:.{0,80}\s)?test\b")
MINITEST = re.compile(r"(?:.*/)?test/.+_test\.rb")
"""What ``rails test`` runs; without such a file it runs nothing."""
ENOUGH, SOME = 3, 2
COMPILED = frozenset({"Java", "Kotlin", "C#", "Go", "Rust", "Scala", "Swift", "F#"})
"""Languages whose compiler checks the types, for a build and for the tests."""

MAIN = 0.5
"""The share of the server's lines from which on a language is the one that CI builds."""

CHECK = Check(
    title_shown="CI checks quality",
    title_not_shown="CI checks one thing",
    title_partly="CI checks two things",
    looks_for="Tests, lint, types, a build, coverage, a search for weaknesses and a deployment among the CI steps.",
    why="What CI checks needs no discussion in review.",
    advice="Add the linter and the type checker as steps before the tests.",
    effort=Effort.MINUTES,
    level=3,
    shown_when="At least three of test, lint, types, build, coverage, security and deploy; partly with two.",
    does_not_count=(
        "Tools that are configured but that no step runs; pages that are built and put on the web. CI without any of "
        "these is told by ops-ci alone."
    ),
    computed=(
        "The kinds of CI steps are counted, each once; a command is told by its program, also through make, npm and "
        "scripts of the repository. Where most of the server is in a compiled language (Java, Kotlin, C#, Go), a build "
        "or a run of the tests checks the types too. The project's own rule: three of seven kinds."
    ),
    limits=(
        "Programs that are not known by name count for nothing, nor does what runs outside of the repository. Where CI "
        "runs the default tasks of Rake, tox, nox and the like, the goal of a Maven plugin that is not known, or the "
        "command that a compose file gives a service, which are not read, or a service has its settings in the "
        "repository, fewer kinds are no finding."
    ),
    links=("https://docs.github.com/en/actions",),
    skills=("CI/CD",),
    before="steps:\n  - run: pytest",
    pattern="steps:\n  - run: ruff check .\n  - run: mypy shop\n  - run: pytest --cov=shop",
)


def run(operations: Operations, project: Project) -> Verdict:
    """The kinds of steps."""
    if not operations.ci:
        return not_applicable("There is no CI.")
    found = _kinds(operations, project)
    if not found:
        return _nothing(operations)
    names = list(found)
    compiles = next((name for name in ("build", "test", "coverage") if name in found), None)
    if compiles and "types" not in found and _is_compiled(project):
        names.append(f"types (by the {compiles})")
    summary = f"CI steps: {', '.join(names)}; 3 of 7 kinds needed."
    if len(names) >= ENOUGH:
        return shown(summary, found.values(), LIKELY)
    unread = _unread(operations, project, found)
    if unread:
        return could_not_tell(f"CI steps: {', '.join(names)}; {unread}.")
    if len(names) >= SOME:
        return partly(summary, found.values(), LIKELY)
    return not_shown(summary, found.values(), LIKELY)


def _kinds(operations: Operations, project: Project) -> dict[str, Evidence]:
    """The kinds of steps, each with the first of its steps."""
    found: dict[str, Evidence] = {}
    minitest = any(MINITEST.fullmatch(item.path[:300]) for item in project.files)
    for item in operations.ci:
        for step in item.fact.steps:
            text = step.text[:500]
            kind = "security" if step.purpose in ("lint", "other") and SECURITY.search(text) else step.purpose
            idle = kind == "test" and not minitest and RAILS_TEST.search(text)
            if kind in KINDS and not idle:
                found.setdefault(kind, Evidence(path=item.path, line=step.line, end_line=step.line, note=kind))
    return found


def _nothing(operations: Operations) -> Verdict:
    if calls_elsewhere(operations):
        return could_not_tell("CI calls workflows of another repository, which are not read.")
    return not_applicable("No CI step that tests, checks, builds or deploys was recognised.")


def _unread(operations: Operations, project: Project, found: Mapping[str, Evidence]) -> str:
    """What may check more than was recognised; empty where there is nothing of the kind."""
    if calls_elsewhere(operations):
        return "they call workflows of another repository, which are not read"
    if any(UNREAD_TASKS.fullmatch(step.text[:200]) for item in operations.ci for step in item.fact.steps):
        return "they run tasks of a file that is not read"
    other = (step.text[:500] for item in operations.ci for step in item.fact.steps if step.purpose not in KINDS)
    if any(UNREAD_SERVICE.fullmatch(text) for text in other):
        return "they run a service of a compose file, whose command is not read"
    if any(_has_unread_goal(step.text[:500]) for item in operations.ci for step in item.fact.steps):
        return "they run a plugin of Maven that is not known by name"
    beside = next((item.path for item in project.files if SERVICES.fullmatch(item.path[:300])), None)
    return f"what the service of {beside} checks is not read" if beside and "lint" not in found else ""


def _has_unread_goal(text: str) -> bool:
    """Whether Maven is asked for the goal of a plugin that is not known."""
    command = next((found for part in SEPARATORS.split(text) if (found := GOALS.fullmatch(part))), None)
    if command is None:
        return False
    named = (GOAL.fullmatch(word.strip("\"'")) for word in command[1].split() if not word.startswith("-"))
    return any(goal[1] not in KNOWN_PLUGINS for goal in named if goal)


def _is_compiled(project: Project) -> bool:
    """Whether most of the server is in languages whose compiler checks the types."""
    used = (use for use in project.languages if use.role is FileRole.SERVER)
    server = [use for use in used if use.read or use.name in COMPILED]
    lines = sum(use.lines for use in server)
    return lines > 0 and sum(use.lines for use in server if use.name in COMPILED) >= MAIN * lines
