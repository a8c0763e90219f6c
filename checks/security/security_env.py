"""Does configuration come from the environment?"""

from __future__ import annotations

import re

from checks.security._paths import is_development
from reviewer.model.check import Check, Depth
from reviewer.model.facts.code import SignKind
from reviewer.model.facts.documents import Secret, SecretStanding
from reviewer.model.facts.repository import Code, Documents, Project
from reviewer.model.facts.values import At
from reviewer.model.finding import Effort, Evidence, Verdict
from reviewer.model.verdict import count, evidence, not_applicable, not_shown, partly, shown

ABOUT = re.compile(r"environment|\benv\b|variables|configuration", re.IGNORECASE)
CLIENTS = ("frontend", "front-end", "client", "web", "ui")
"""Folders of clients, whose settings are public in any case."""

CHECK = Check(
    title_shown="Configuration comes from the environment",
    title_not_shown="Configuration is written in the code",
    looks_for="Settings read from environment variables, an example file, no committed .env, no secret in the code.",
    why="The same build must run on a laptop and in production, and secrets must not be in it.",
    advice="Read the listed settings from the environment, commit a .env.example and ignore .env.",
    effort=Effort.HOURS,
    level=2,
    shown_when="Settings are read from the environment and named in an example or the README; no .env is committed.",
    does_not_count="Settings files of the framework as such, those of development, .env files of a client.",
    links=("https://12factor.net/config",),
    skills=("Security",),
    needs=(Depth.FUNCTIONS,),
)


def run(code: Code, documents: Documents, project: Project, secrets: tuple[At[Secret], ...]) -> Verdict:
    """Reads from the environment, literals, and .env files."""
    reads = list({item.fact.detail: item for item in reversed(code.of(SignKind.ENV_READ))}.values())[::-1]
    faults = _faults(code, project, secrets)
    if not reads and not faults:
        return not_applicable("Nothing that would come from the environment.")
    if not reads:
        return not_shown(f"No setting is read from the environment; {count(len(faults), 'place')} against it.", faults)
    summary = f"{count(len(reads), 'setting')} read from the environment"
    if faults:
        proof = [*faults[:5], *evidence(reads[:1], "read from the environment")]
        return partly(f"{summary}; {count(len(faults), 'place')} against it.", proof)
    example = [item for item in documents.others if item.fact.example_env]
    if example or _named_in_readme(documents, reads[0].fact.detail):
        places = [Evidence(path=item.path, line=1, end_line=1, note="names them") for item in example[:1]]
        return shown(
            f"{summary}, and an example names them.", [*evidence(reads[:2], "read from the environment"), *places]
        )
    return partly(
        f"{summary}; no example file names them.", evidence(reads[:3], "read from the environment"), at=".env.example"
    )


def _faults(code: Code, project: Project, secrets: tuple[At[Secret], ...]) -> list[Evidence]:
    """Secrets in the code, and committed .env files of the server; each line once."""
    hard = [item for item in code.of(SignKind.SECRET_LITERAL) if item.fact.detail != "default"]
    hard = [item for item in hard if not is_development(item.path)]
    real = [item for item in secrets if item.fact.standing is SecretStanding.REAL]
    env = [file.path for file in project.files if file.path.rpartition("/")[2] == ".env" and not _of_client(file.path)]
    lines = [item for item in real if item.path not in env]
    return [
        *evidence([*hard, *lines], "a secret in a file"),
        *(Evidence(path=path, note="a committed .env") for path in env),
    ]


def _of_client(path: str) -> bool:
    return any(f"/{name}/" in f"/{path.lower()}" for name in CLIENTS)


def _named_in_readme(documents: Documents, name: str) -> bool:
    readme = documents.readme
    if readme is None:
        return False
    named = any(name in command.text for command in readme.fact.commands)
    return named or any(ABOUT.search(heading[:100]) for heading in readme.fact.headings)
