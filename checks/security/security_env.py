"""Does configuration come from the environment?"""

from __future__ import annotations

from reviewer.model.check import Check, Depth
from reviewer.model.facts.code import SignKind
from reviewer.model.facts.repository import Code, Documents, Project
from reviewer.model.finding import Effort, Evidence, Verdict
from reviewer.model.verdict import count, evidence, not_applicable, not_shown, partly, shown

CHECK = Check(
    title_shown="Configuration comes from the environment",
    title_not_shown="Configuration is written in the code",
    looks_for="Settings read from environment variables, an example file, no committed .env, no secret in the code.",
    why="The same build must run on a laptop and in production, and secrets must not be in it.",
    advice="Read the listed settings from the environment, commit a .env.example and ignore .env.",
    effort=Effort.HOURS,
    level=2,
    shown_when="Settings are read from the environment, no .env is committed, and an example names them.",
    does_not_count="Settings files of the framework as such.",
    links=("https://12factor.net/config",),
    skills=("Security", "Deployment"),
    needs=(Depth.FUNCTIONS,),
)


def run(code: Code, documents: Documents, project: Project) -> Verdict:
    """Reads from the environment, literals, and .env files."""
    reads, literals = code.of(SignKind.ENV_READ), code.of(SignKind.SECRET_LITERAL)
    hard = [item for item in literals if item.fact.detail != "default"]
    committed = [file.path for file in project.files if file.path.rpartition("/")[2] == ".env"]
    example = [item for item in documents.others if item.fact.example_env]
    if not reads and not hard and not committed:
        return not_applicable("Nothing that would come from the environment.")
    faults = [
        *evidence(hard[:3], "a secret in the code"),
        *(Evidence(path=path, note="committed") for path in committed[:2]),
    ]
    if not reads:
        return not_shown("Settings and secrets are written in the code.", faults)
    summary = f"{count(len(reads), 'setting')} read from the environment"
    if faults:
        return partly(f"{summary}; {count(len(faults), 'place')} against it.", [*faults, *evidence(reads[:1])])
    if example or _named_in_readme(documents, reads[0].fact.detail):
        return shown(f"{summary}, and an example names them.", evidence(reads[:2], "read from the environment"))
    return partly(f"{summary}; no example file names them.", evidence(reads[:3]), at=".env.example")


def _named_in_readme(documents: Documents, name: str) -> bool:
    readme = documents.readme
    return bool(readme and name and any(name in command.text for command in readme.fact.commands))
