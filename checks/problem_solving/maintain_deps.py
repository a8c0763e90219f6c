"""Are dependencies kept up to date?"""

from __future__ import annotations

import re

from checks.commits._own import own_commits, place
from reviewer.model.check import Check
from reviewer.model.facts.history import Commit, History
from reviewer.model.facts.repository import Documents, Project
from reviewer.model.finding import Effort, Verdict
from reviewer.model.verdict import LIKELY, evidence, not_applicable, not_shown, shown

LONG = 12
"""Months with own commits from which on dependencies would have aged under the candidate's eyes."""
MANIFESTS = (
    "package.json", "package-lock.json", "yarn.lock", "pnpm-lock.yaml", "requirements.txt", "pyproject.toml",
    "poetry.lock", "uv.lock", "pipfile", "pipfile.lock", "composer.json", "composer.lock", "gemfile", "gemfile.lock",
    "pom.xml", "build.gradle", "build.gradle.kts", "go.mod", "go.sum", "setup.py", "setup.cfg",
)  # fmt: skip

UPDATE = re.compile(r"upgrad|updat|bump|dependenc|\bdeps\b|version|vulnerab|audit|atualiz|actualiz", re.I)

CHECK = Check(
    title_shown="Dependencies are kept up",
    title_not_shown="Dependencies were left as they were",
    looks_for="A tool that proposes updates, or own commits that change nothing but manifests and lock files.",
    why="Most of a running system is other people's code, and it ages.",
    advice="Switch on Dependabot or Renovate, and merge its first proposal once the tests pass.",
    effort=Effort.MINUTES,
    level=2,
    shown_when="An update tool is set up, or a commit of the candidate's updates dependencies.",
    does_not_count="Projects with less than twelve months of own work, whose dependencies had no time to age.",
    links=("https://docs.github.com/en/code-security/dependabot",),
    skills=("Problem solving",),
)


def run(history: History, documents: Documents, project: Project) -> Verdict:
    """Update tools and update commits."""
    tools = [item for item in documents.others if item.fact.update_tool]
    if tools:
        return shown(f"{tools[0].fact.update_tool} proposes updates.", evidence(tools[:1], "proposes updates"))
    own = own_commits(history)
    updates = [commit for commit in own if _updates(commit)]
    if updates:
        places = [place(commit) for commit in updates[:3]]
        return shown(f"Own commits that update dependencies: {len(updates)}.", places, LIKELY)
    months = {commit.day[:7] for commit in own if commit.day}
    declared = [item for item in project.manifests if item.fact.dependencies]
    if not declared or len(months) < LONG:
        return not_applicable("Not enough own work over time for dependencies to age.")
    summary = f"No own commit in {len(months)} months of work updates dependencies, and no tool proposes updates."
    return not_shown(summary, evidence(declared[:1], "as first declared"), LIKELY)


def _updates(commit: Commit) -> bool:
    """A change of manifests alone that replaces lines, and touches a lock file or says so."""
    names = [change.path.rpartition("/")[2].lower() for change in commit.changes]
    manifests = [change for change, name in zip(commit.changes, names, strict=True) if name in MANIFESTS]
    said = UPDATE.search(commit.subject[:400]) or any("lock" in name for name in names)
    return bool(said) and len(manifests) == len(names) > 0 and any(change.deleted for change in manifests)
