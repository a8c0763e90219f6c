"""Does the README say how to set up and run it?"""

from __future__ import annotations

import re

from checks.documentation._readme import closed, of_others, written
from reviewer.model.check import Check
from reviewer.model.facts.documents import Readme
from reviewer.model.facts.history import History
from reviewer.model.facts.repository import Documents, Project, Standing
from reviewer.model.facts.values import At
from reviewer.model.finding import Effort, Evidence, Verdict
from reviewer.model.host import host_of
from reviewer.model.verdict import LIKELY, could_not_tell, count, not_applicable, not_shown, partly, shown

NAMED_FILE = re.compile(
    r"(?:-r\s+|\bpython3?\s+|\bnode\s+|\bbash\s+|\bsh\s+|\s\./|^\./)([\w./-]{1,120}\.(?:txt|py|js|ts|sh|sql))\b"
)

DOES = re.compile(
    r"\b(?:install|run|start|up|serve|sync|python3?|node|flask|uvicorn|gunicorn|docker|make|npm|yarn|pnpm|bun|java|"
    r"mvnw?|gradlew?|dotnet|php|rails|bundle|composer|cargo|go)\b|^\./[\w-]+"
)
"""Commands that install or start; cloning alone does neither."""
START_WORD = re.compile(
    r"\b(?:run|start|up|serve|dev|bootRun|flask|uvicorn|gunicorn|docker|java -jar|(?:node|python3?|php|ruby) \S+)\b"
)
MADE = re.compile(
    r"/(?:dist|build|target|out|bin|\.next|\.output|venv|\.venv|node_modules|tmp|usr|opt|etc|var|home|path|your\w*)/|"
    r"/(?:example|your|my|file|script|name|app_?name)\.\w+$"
)
"""Files that a build or the reader makes, and names that stand for any."""
GUIDE = re.compile(
    r"(?:^|/)(?:[\w-]{0,30}(?:install|running|run|set-?up|getting[_-]started|quick-?start|development|contributing|"
    r"deployment|usage)[\w-]{0,30})\.(?:md|rst|adoc|txt)$",
    re.IGNORECASE,
)
GUIDE_SIZE = 400
"""Bytes from which a document says more than its title."""

CHECK = Check(
    title_shown="The README says how to run it",
    title_partly="How to run it is said in part",
    title_not_shown="How to run it is not said",
    looks_for="Commands for set-up and start in a README or another document that agree with files in the repository.",
    why="A reviewer who cannot start the project in five minutes stops trying.",
    advice="Add a section with the commands from clone to first answer, and run it once yourself as written.",
    effort=Effort.MINUTES,
    level=2,
    skills=("Documentation",),
    shown_when="A README or another document has commands that install or start, and the scripts they name are "
    "there; partly with other commands alone, or a script that is missing.",
    does_not_count="A list of dependencies; cloning alone; files that a build makes.",
    computed="Commands are collected from code blocks, backticks and lines of documents that begin with a known "
    "program. Those that install or start are told by name, and a named script or list of requirements "
    "is looked up in the tree.",
    limits="Nothing is run, so a command may fail. Commands of rare programs are not known. PDF and Word files "
    "are not read; where there are any, the check does not judge.",
    links=("https://www.makeareadme.com/",),
    before="## Setup\n\nInstall everything and start the server.",
    pattern="## Run\n\n    docker compose up -d db\n    npm ci\n    npm start        # http://localhost:3000/notes",
)


def run(documents: Documents, project: Project, history: History) -> Verdict:
    """Commands against files."""
    if not any(use.role == "server" for use in project.languages):
        return not_applicable("There is nothing to run.")
    if host := host_of(project):
        return not_applicable(f"It is an extension of {host}, which is installed and started by its own guide.")
    readme, guides = documents.readme, _guides(project)
    told = [item for item in written(documents) if START_WORD.search(" ".join(c.text for c in item.fact.commands))]
    told = [item for item in told if item.fact.run_line and (readme is None or item.path != readme.path)]
    guides = [_place(item) for item in told] + guides
    if readme is None:
        return _without_readme(guides, project, history)
    commands = readme.fact.commands
    missing = [
        (item, name)
        for item in commands
        for name in NAMED_FILE.findall(item.text)
        if not MADE.search(f"/{name}") and not _there(name, project)
    ]
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
    if doing or readme.fact.run_line:
        place = Evidence(path=readme.path, line=line, end_line=line, note="no command that starts it")
        return partly("Some commands are there, without those that set it up or start it.", [place], LIKELY)
    if closed(project):
        return could_not_tell(f"{closed(project)[0]} is not read; it may say how to run it.")
    if project.cms:
        return not_applicable(f"{project.cms[0].name} runs it.")
    place = Evidence(path=readme.path, line=1, end_line=1, note="no commands")
    return not_shown("No command to set it up or start it was found in the README.", [place], LIKELY, at=readme.path)


def _without_readme(guides: list[Evidence], project: Project, history: History) -> Verdict:
    others, unread = of_others(history), closed(project)
    if project.cms and not guides:
        return not_applicable(f"{project.cms[0].name} runs it.")
    if guides:
        return shown(f"How to run it stands in {guides[0].path}.", guides[:2], LIKELY)
    if others:
        return not_applicable(f"{others} is mostly somebody else's work.")
    if unread:
        return could_not_tell(f"{unread[0]} is not read; it may say how to run it.")
    return not_shown("There is no README.", at="README.md")


def _place(item: At[Readme]) -> Evidence:
    line = item.fact.run_line
    return Evidence(path=item.path, line=line, end_line=line, note="how to run it")


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
