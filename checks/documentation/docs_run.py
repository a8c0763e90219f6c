"""Does the README say how to set up and run it?"""

from __future__ import annotations

import re

from reviewer.model.check import Check
from reviewer.model.facts.repository import Documents, Project
from reviewer.model.finding import Effort, Evidence, Verdict
from reviewer.model.verdict import LIKELY, count, not_applicable, not_shown, partly, shown

NAMED_FILE = re.compile(r"(?:-r\s+|python3?\s+|node\s+|bash\s+|sh\s+|\./)([\w./-]+\.(?:txt|py|js|ts|sh|sql|ya?ml))\b")

CHECK = Check(
    title_shown="The README says how to run it",
    title_not_shown="How to run it is not said",
    looks_for="Commands for set-up and start that agree with files in the repository.",
    why="A reviewer who cannot start the project in five minutes stops trying.",
    advice="Add a section with the commands from clone to first answer, and run it once yourself as written.",
    effort=Effort.MINUTES,
    level=2,
    shown_when="The README has run commands and the files they name are there; partly for a section without commands.",
    does_not_count="A list of dependencies.",
    skills=("Documentation",),
)


def run(documents: Documents, project: Project) -> Verdict:
    """Commands against files."""
    readme = documents.readme
    if readme is None:
        return not_shown("There is no README.", at="README.md")
    if not any(use.role == "server" for use in project.languages):
        return not_applicable("There is nothing to run.")
    commands = readme.fact.commands
    missing = [(item, name) for item in commands for name in NAMED_FILE.findall(item.text) if not _there(name, project)]
    place = Evidence(
        path=readme.path, line=readme.fact.run_line or 1, end_line=readme.fact.run_line or 1, note="how to run it"
    )
    if missing:
        item, name = missing[0]
        proof = Evidence(path=readme.path, line=item.line, end_line=item.line, note=f"{name} is not in the repository")
        return partly(f"{count(len(missing), 'command')} name a file that is not there.", [proof], LIKELY)
    if commands and readme.fact.run_line:
        return shown(f"{count(len(commands), 'command')}, set-up and start among them.", [place])
    if commands or readme.fact.run_line:
        return partly("Running it is mentioned, without commands for set-up and start.", [place])
    return not_shown("The README has no commands to set it up or run it.", [place], at=readme.path)


def _there(name: str, project: Project) -> bool:
    wanted = name.removeprefix("./")
    return any(file.path == wanted or file.path.endswith(f"/{wanted}") for file in project.files)
