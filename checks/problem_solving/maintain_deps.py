"""Are dependencies kept up to date?"""

from __future__ import annotations

import re
from itertools import islice

from checks.commits._own import own_commits, place
from checks.problem_solving._fixes import told
from reviewer.model.check import Check
from reviewer.model.facts.history import Commit, History, Person
from reviewer.model.facts.repository import Documents, Project
from reviewer.model.finding import Effort, Evidence, Verdict
from reviewer.model.verdict import LIKELY, could_not_tell, count, evidence, not_applicable, not_shown, shown

LONG = 12
"""Months with own commits from which on dependencies would have aged under the candidate's eyes."""
REPLACING = 2
"""Own commits that replace lines of manifests beside other work from which on an update may be among them."""
MANIFESTS = (
    "package.json", "package-lock.json", "yarn.lock", "pnpm-lock.yaml", "requirements.txt", "pyproject.toml",
    "poetry.lock", "uv.lock", "pipfile", "pipfile.lock", "composer.json", "composer.lock", "gemfile", "gemfile.lock",
    "directory.packages.props", "libs.versions.toml", "gradle.properties", "package.swift", "mix.exs", "mix.lock",
    "pom.xml", "build.gradle", "build.gradle.kts", "go.mod", "go.sum", "setup.py", "setup.cfg",
)  # fmt: skip
LOCKS = frozenset(name for name in MANIFESTS if "lock" in name) | {"go.sum"}

BOT = re.compile(r"dependabot|renovate|snyk|greenkeeper|pyup", re.I)
SAYS = re.compile(
    r"\b(?:upgrad|updat|bump|migrat|atualiz|actualiz)\w{0,5}\b.{0,60}"
    r"(?:dependenc|\bdeps\b|packages?\b|librar|\bversions?\b|\block|\bv?\d{1,4}(?:\.\d{1,6})+|\bto \S{1,20} ?v?\d|"
    r"\b(?:spring|rails|django|laravel|symfony|nest\w{0,2}|angular|react|node|python|php|ruby|go|java|\.net|dotnet|"
    r"kotlin|"
    r"gradle|express|flask|fastapi) ?v?\d)",
    re.I,
)
"""Subjects that speak of newer versions of what others wrote."""
UPDATE = re.compile(r"upgrad|updat|bump|dependenc|\bdeps\b|version|vulnerab|audit|atualiz|actualiz", re.I)
ADDS = re.compile(
    r"[^\w(]*(?:\w{2,12}(?:\([^()]{0,40}\))?!?: )?(?::\w{1,30}: ?)?[^\w(]*"
    r"(?:add|enabl|install|includ|introduc|creat|init|set ?up|remov|delet|drop|chang|switch|replac)",
    re.I,
)
NEWER = re.compile(r"upgrad|updat|bump|newer|latest|vulnerab|audit|atualiz|actualiz", re.I)
"""Packages that come or go are no newer ones, unless the subject says so as well."""

CHECK = Check(
    title_shown="Dependencies are kept up",
    title_partly="Dependencies are kept up in part",
    title_not_shown="Dependencies were left as they were",
    looks_for="A tool that proposes updates and its commits, or own commits that raise versions in manifests and "
    "lock files.",
    why="Most of a running system is other people's code, and it ages.",
    advice="Switch on Dependabot or Renovate, and merge its first proposal once the tests pass.",
    effort=Effort.MINUTES,
    level=2,
    does_not_count="Projects with less than twelve months of own work, whose dependencies had no time to age.",
    skills=("Problem solving",),
    shown_when="An update tool is set up or has committed, or a commit of the candidate's updates dependencies.",
    computed="Settings of Dependabot, Renovate and the like are looked for, commits of their accounts, and own "
    "commits that replace lines in manifests and say so or change nothing else. Lacking is said from "
    "twelve months with own commits on, and where at most one replaces lines of a manifest beside other work, since an "
    "update may be among these; the thresholds are the project's own.",
    limits="Whether the versions are current is not looked up. Updates that others make, or that hide in larger "
    "commits without a word, are not seen.",
    links=(
        "https://docs.github.com/en/code-security/dependabot",
        "https://docs.renovatebot.com/",
    ),
    before="# twelve months of commits, and still\nflask==2.0.1",
    pattern="# .github/dependabot.yml\n"
    "version: 2\n"
    "updates:\n"
    "  - package-ecosystem: pip\n"
    "    directory: /\n"
    "    schedule: {interval: weekly}",
)


def run(history: History, documents: Documents, project: Project) -> Verdict:
    """Update tools and update commits."""
    tools = [item for item in documents.others if item.fact.update_tool]
    if tools:
        return shown(f"{tools[0].fact.update_tool} proposes updates.", evidence(tools[:1], "proposes updates"))
    bots = [person for person in history.people if person.bot and person.commits and BOT.search(person.name)]
    if bots:
        return shown(f"{bots[0].name} commits updates: {bots[0].commits}.", _of_bot(history, bots[0]), LIKELY)
    own = own_commits(history)
    updates = [commit for commit in own if _updates(commit)]
    if updates:
        places = [place(commit) for commit in updates[:3]]
        return shown(f"Own commits that update dependencies: {len(updates)}.", places, LIKELY)
    months = {commit.day[:7] for commit in own if commit.day}
    declared = [item for item in project.manifests if item.fact.dependencies]
    if not declared or len(months) < LONG:
        return not_applicable("Not enough own work over time for dependencies to age.")
    replacing = sum(_replaces(commit) for commit in own)
    if replacing >= REPLACING:
        return could_not_tell(f"{count(replacing, 'own commit')} replace lines of manifests beside other work.")
    summary = f"No own commit in {len(months)} months of work updates dependencies, and no tool proposes updates."
    return not_shown(summary, evidence(declared[:1], "as first declared"), LIKELY)


def _updates(commit: Commit) -> bool:
    """A change of manifests that replaces lines: of them alone, or one that says so; of lock files by its word."""
    subject = commit.subject[:400]
    if ADDS.match(subject) and not NEWER.search(subject):
        return False
    names = [change.path.rpartition("/")[2].lower() for change in commit.changes]
    manifests = [change for change, name in zip(commit.changes, names, strict=True) if _is_manifest(name)]
    said = UPDATE.search(subject) or any("lock" in name for name in names)
    plain = SAYS.search(" ".join((subject, *told(commit)[1:]))) is not None
    if not names or all(name.startswith("dockerfile") for name in names):
        return plain
    replaced = any(change.deleted for change in manifests)
    return replaced and (plain or (bool(said) and len(manifests) == len(names)))


def _replaces(commit: Commit) -> bool:
    """Whether lines of a manifest are replaced, whatever else changes; lock files change with every new package."""
    named = ((change, change.path.rpartition("/")[2].lower()) for change in commit.changes)
    return any(change.added and change.deleted for change, name in named if _is_manifest(name) and name not in LOCKS)


def _is_manifest(name: str) -> bool:
    return name in MANIFESTS or name.endswith((".csproj", ".fsproj", ".gemspec"))


def _of_bot(history: History, bot: Person) -> tuple[Evidence, ...]:
    """The newest commit of a bot."""
    found = (commit for commit in history.commits if history.people[commit.person] == bot and not commit.merge)
    return tuple(place(commit) for commit in islice(found, 1))
