"""Does the README say how to set up and run it?"""

from __future__ import annotations

import re

from checks.documentation._readme import of_others
from reviewer.model.check import Check
from reviewer.model.facts.history import History
from reviewer.model.facts.repository import Documents, Project, Standing
from reviewer.model.finding import Effort, Evidence, Verdict
from reviewer.model.verdict import LIKELY, count, not_applicable, not_shown, partly, shown

NAMED_FILE = re.compile(
    r"(?:-r\s+|\bpython3?\s+|\bnode\s+|\bbash\s+|\bsh\s+|\s\./|^\./)([\w./-]{1,120}\.(?:txt|py|js|ts|sh|sql))\b"
)

DOES = re.compile(
    r"\b(?:install|run|start|up|serve|sync|python3?|node|flask|uvicorn|gunicorn|docker|make|npm|yarn|pnpm|bun|java|"
    r"mvnw?|gradlew?|dotnet|php|rails|bundle|composer|cargo|go)\b"
)
"""Commands that install or start; cloning alone does neither."""
GUIDE = re.compile(
    r"(?:^|/)(?:[\w-]{0,30}(?:install|running|run|set-?up|getting[_-]started|quick-?start|development|contributing|"
    r"deployment|usage)[\w-]{0,30})\.(?:md|rst|adoc|txt)$",
    re.IGNORECASE,
)
GUIDE_SIZE = 400
"""Bytes from which a document says more than its title."""

CHECK = Check(
    title_shown="The README says how to run it",
    title_not_shown="How to run it is not said",
    looks_for="Commands for set-up and start that agree with files in the repository.",
    why="A reviewer who cannot start the project in five minutes stops trying.",
    advice="Add a section with the commands from clone to first answer, and run it once yourself as written.",
    effort=Effort.MINUTES,
    level=2,
    shown_when="The README or a guide has run commands whose files are there; partly without commands.",
    limits="A guide beside the README is told by its name alone.",
    does_not_count="A list of dependencies.",
    skills=("Documentation",),
)


def run(documents: Documents, project: Project, history: History) -> Verdict:
    """Commands against files."""
    if not any(use.role == "server" for use in project.languages):
        return not_applicable("There is nothing to run.")
    readme, guides = documents.readme, _guides(project)
    if readme is None:
        others = of_others(history)
        if others:
            return not_applicable(f"{others} is mostly somebody else's work.")
        return not_shown("There is no README.", at="README.md")
    commands = readme.fact.commands
    missing = [(item, name) for item in commands for name in NAMED_FILE.findall(item.text) if not _there(name, project)]
    line = readme.fact.run_line or 1
    place = Evidence(path=readme.path, line=line, end_line=line, note="how to run it")
    if missing:
        item, name = missing[0]
        proof = Evidence(path=readme.path, line=item.line, end_line=item.line, note=f"{name} is not in the repository")
        return partly(
            f"{count(len(missing), 'command')} of {len(commands)} with a file that is not there.", [proof], LIKELY
        )
    doing = [item for item in commands if DOES.search(item.text)]
    if doing and readme.fact.run_line:
        return shown(f"{count(len(commands), 'command')}, set-up and start among them.", [place])
    if guides:
        return shown(f"How to run it stands in {guides[0].path}.", guides[:2], LIKELY)
    if commands or readme.fact.run_line:
        return partly("Running it is mentioned, without commands for set-up and start.", [place])
    place = Evidence(path=readme.path, line=1, end_line=1, note="no commands")
    return not_shown("The README has no commands to set it up or run it.", [place], at=readme.path)


def _guides(project: Project) -> list[Evidence]:
    """Documents of some length whose name says that they are about setting up or running."""
    return [
        Evidence(path=file.path, line=1, end_line=1, note="a guide to running it")
        for file in project.files
        if file.standing is Standing.OWN and GUIDE.search(file.path) and file.size >= GUIDE_SIZE
    ]


def _there(name: str, project: Project) -> bool:
    """Whether a named file is in the repository, read from any folder; what a command makes is taken for there."""
    wanted = name.removeprefix("./")
    while wanted.startswith("../"):
        wanted = wanted[3:]
    tail = wanted.rpartition("/")[2]
    return any(file.path == wanted or file.path.endswith(f"/{tail}") or file.path == tail for file in project.files)
