"""Does the README say how to set up and run it?"""

from __future__ import annotations

import re

from checks.documentation._readme import closed, of_others, written
from reviewer.model.check import Check
from reviewer.model.facts.documents import Command, Readme
from reviewer.model.facts.history import History
from reviewer.model.facts.repository import Api, Documents, Operations, Project, Standing
from reviewer.model.facts.values import At
from reviewer.model.finding import Effort, Evidence, Outcome, Verdict
from reviewer.model.host import host_of
from reviewer.model.verdict import LIKELY, could_not_tell, count, not_applicable, not_shown, partly, shown

NAMED_FILE = re.compile(
    r"(?:-r\s+|\bpython3?\s+|\bnode\s+|\bbash\s+|\bsh\s+|\s\./|^\./)([\w./-]{1,120}\.(?:txt|py|js|ts|sh|sql))\b"
)

DOES = re.compile(
    r"\b(?:install|run|start|up|serve|sync|python3?|node|flask|uvicorn|gunicorn|docker|make|npm|yarn|pnpm|bun|java|"
    r"rackup|puma|unicorn|mvnw?|gradlew?|dotnet|php|rails|bundle|composer|cargo|go|deploy|apply|"
    r"helm)\b|^(?:\.[/\\])?[\w-]+\.(?:ps1|bat|cmd)\b|^\.[/\\][\w-]+"
)
"""Commands that install, start or deploy; cloning alone does none of it."""
START_WORD = re.compile(
    r"\b(?:run|start|up|serve|dev|bootRun|flask|uvicorn|gunicorn|docker|rackup|java -jar|"
    r"(?:node|python3?|php|ruby) \S+)\b"
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
ADDRESS = re.compile(r"\b(?:https?|ssh|git)(?:://|@)\S{1,300}")
FETCHED = re.compile(r"(?:git|cd|mkdir|gh|ls)\b")
"""Commands that only bring the code here."""
FETCHES = re.compile(r"(?:sudo )?(?:wget|curl|cp|touch|scp|Invoke-WebRequest)\b")
STARTS = re.compile(
    r"\b(?:flask run|uvicorn|gunicorn|invoke \S*run|docker(?:-compose| compose).{0,40} up|docker run|(?:npm|yarn|pnpm)"
    r"(?: run)? (?:start|dev)|rails s|bootRun|spring-boot:run|dotnet run|go run|artisan serve|runserver)\b"
)
SETS_UP = re.compile(
    r"(?:sudo )?(?:composer install|npm (?:i|ci|install)|yarn(?: install)?|pnpm (?:i|install)|pip3? install -r \S+|"
    r"bundle install|poetry install|uv sync|go mod (?:download|tidy)|dotnet restore|mvnw? (?:clean )?install)"
    r"(?:\s+--?\S+)*\s*(?:$|[&;])"
)
"""Commands that set the whole project up, under whatever heading they stand."""
ASIDE = 5
"""So many other commands to one whose file is missing make that one an aside."""
GUIDE_SIZE = 400
"""Bytes from which a document says more than its title."""
TOLD = 10
"""Words of a section on setting up from which on it tells something."""

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
    "there; partly with other commands alone, with a section in words, or with a script that is missing.",
    does_not_count="A list of dependencies; cloning alone; files that a build makes; exercises and scripts without a "
    "manifest, a framework, an endpoint or a container.",
    computed="Commands are collected from code blocks, backticks and lines of documents that begin with a known "
    "program. Those that install or start are told by name, and a named script or list of requirements "
    "is looked up in the tree.",
    limits="Nothing is run, so a command may fail. Commands of rare programs are not known. PDF and Word files "
    "are not read; where there are any, the check does not judge.",
    links=("https://www.makeareadme.com/",),
    before="## Setup\n\nInstall everything and start the server.",
    pattern="## Run\n\n    docker compose up -d db\n    npm ci\n    npm start        # http://localhost:3000/notes",
)


def run(documents: Documents, project: Project, history: History, api: Api, operations: Operations) -> Verdict:
    """Commands against files."""
    if not any(use.role == "server" for use in project.languages):
        return not_applicable("There is nothing to run.")
    found = _judged(documents, project, history)
    started = project.manifests or project.frameworks or project.cms or api.endpoints or operations.containers
    if found.outcome is Outcome.NOT_SHOWN and not started:
        return not_applicable("No application was found that could be started: no manifest, framework or endpoint.")
    return found


def _judged(documents: Documents, project: Project, history: History) -> Verdict:
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
        if not MADE.search(f"/{name}") and not _there(name, project) and not _fetched(name, commands)
    ]
    line = readme.fact.run_line or 1
    place = Evidence(path=readme.path, line=line, end_line=line, note="how to run it")
    doing = [item for item in commands if DOES.search(ADDRESS.sub(" ", item.text))]
    if missing and not _started_otherwise(commands, [item for item, _ in missing]):
        item, name = missing[0]
        proof = Evidence(path=readme.path, line=item.line, end_line=item.line, note=f"{name} is not in the repository")
        return partly(
            f"{count(len(missing), 'command')} of {len(commands)} with a file that is not there.", [proof], LIKELY
        )
    foreign = readme.fact.template is not None and "/" in readme.path
    sets_up = any(SETS_UP.match(item.text) for item in commands)
    if doing and (readme.fact.run_line or sets_up) and not foreign:
        return shown(f"{count(len(commands), 'command')}, {_named(commands)} among them.", [place])
    if guides:
        return shown(f"How to run it stands in {guides[0].path}.", guides[:2], LIKELY)
    if (doing or readme.fact.run_line) and not foreign:
        line = doing[0].line if doing else line
        place = Evidence(path=readme.path, line=line, end_line=line, note="does not start it")
        return partly("Some commands are there, but not what it takes to set it up and start it.", [place], LIKELY)
    if closed(project):
        return could_not_tell(f"{closed(project)[0]} is not read; it may say how to run it.")
    if project.cms:
        return not_applicable(f"{project.cms[0].name} runs it.")
    return _unsaid(readme)


def _named(commands: tuple[Command, ...]) -> str:
    """Which of the two there are: what sets a project up, and what starts it."""
    sets_up = any(SETS_UP.match(item.text) for item in commands)
    starts = any(STARTS.search(item.text) for item in commands)
    return "set-up and start" if sets_up and starts else "set-up" if sets_up else "start"


def _fetched(name: str, commands: tuple[Command, ...]) -> bool:
    """Whether a command brings a file that another one names."""
    tail = name.rpartition("/")[2]
    return any(tail in item.text and FETCHES.match(item.text) for item in commands)


def _started_otherwise(commands: tuple[Command, ...], lacking: list[Command]) -> bool:
    """Whether enough other commands start it, so that the one with a file that is not there is an aside."""
    others = [item for item in commands if item not in lacking]
    return len(others) >= ASIDE * len(lacking) and any(STARTS.search(item.text) for item in others)


def _unsaid(readme: At[Readme]) -> Verdict:
    """A README without a command: told in words, still a generator's, or silent."""
    if readme.fact.run_words >= TOLD and not readme.fact.template:
        place = Evidence(path=readme.path, line=1, end_line=1, note="told in words")
        return partly("A section on setting up or starting is there, without a command to copy.", [place], LIKELY)
    other = [item for item in readme.fact.commands if not FETCHED.match(item.text)]
    if other and not readme.fact.template:
        line = other[0].line
        place = Evidence(
            path=readme.path, line=line, end_line=line, note="a command that neither sets up nor starts it"
        )
        return partly("Commands are there, but none that sets it up or starts it.", [place], LIKELY)
    place = Evidence(path=readme.path, line=1, end_line=1, note="no command that sets it up or starts it")
    if readme.fact.template:
        said = f"{readme.path} is still that of {readme.fact.template}; how the server is started is not said."
        return not_shown(said, [place], LIKELY, at=readme.path)
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
