"""Are there releases?"""

from __future__ import annotations

from checks.commits._own import newest, place
from reviewer.model.check import Check
from reviewer.model.facts.history import History
from reviewer.model.facts.repository import Documents
from reviewer.model.finding import Effort, Verdict
from reviewer.model.verdict import count, evidence, not_applicable, partly, shown

CHECK = Check(
    title_shown="Versions are released",
    title_partly="A changelog, and no tag",
    title_not_shown="No releases",
    looks_for="Tags and a changelog.",
    why="Releases show that somebody thought about users of an older version.",
    advice="Tag the next stable state and list what changed in a changelog.",
    effort=Effort.MINUTES,
    level=3,
    shown_when="There is a tag; partly with a changelog alone.",
    does_not_count="Its absence: applications are often deployed without versions.",
    skills=("Problem solving",),
    computed="Tags of the repository are counted, and files named like a changelog that hold at least one version "
    "or date.",
    limits="Releases on GitHub without a tag in the copy that was read, and packages on registries, are not seen.",
    links=(
        "https://keepachangelog.com/",
        "https://semver.org/",
    ),
    before="$ git tag\n$",
    pattern='git tag -a v1.1.0 -m "Notes can be shared"\n'
    "git push origin v1.1.0\n"
    "# CHANGELOG.md: ## [1.1.0] - 2024-05-07 / ### Added ...",
)


def run(history: History, documents: Documents) -> Verdict:
    """Tags and changelogs."""
    logs = [item for item in documents.others if item.fact.changelog]
    if logs and not history.tags:
        return partly(f"{count(len(logs), 'changelog')}, and no tag.", evidence(logs[:1], "a changelog"))
    if history.tags:
        places = [*evidence(logs[:1], "a changelog"), *(place(commit) for commit in newest(history))]
        return shown(f"{count(history.tags, 'tag')} and {count(len(logs), 'changelog')}.", places)
    return not_applicable("Neither tags nor a changelog.")
