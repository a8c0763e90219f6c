"""What a project can be asked to run: makefiles, task files, shell scripts, actions of its own."""

from __future__ import annotations

import re

from reviewer.gather.documents._ci_commands import runs_own
from reviewer.gather.documents._ci_steps import joined_lines, shell_steps, steps_of
from reviewer.gather.documents._manifest import with_manifest
from reviewer.gather.documents._trees import Scalar, Tree, mapping, sequence, text, with_document
from reviewer.gather.documents._yaml import load_yaml
from reviewer.gather.reader import DocumentReader
from reviewer.model.facts.documents import CiStep, Deployment, Document
from reviewer.model.facts.file import FileFacts

LINE_LIMIT = 500
RECIPE_LIMIT = 1_000
STEP_LIMIT = 200
NEEDED_LIMIT = 20
TARGET = re.compile(r"^([A-Za-z][\w.-]*)[^:=\n]{0,200}:(?!=)(?::(?!=))?([\w. \t-]*)")
MAKE_GIVEN = re.compile(r"([A-Za-z_]\w{0,60})[ \t]*[:?]?:?=[ \t]*(.*)")
MAKE_VARIABLE = re.compile(r"\$[({](\w{1,60})[)}]")
VARIABLE = re.compile(r"(?:export[ \t]+)?([A-Z_]{2,40})=(.+)")
USED_VARIABLE = re.compile(r"\$\{?([A-Z_]{2,40})\}?")


BROUGHT = re.compile(r"\b(?:rsync|scp)\b|\bgit pull\b")
OVER_SSH = re.compile(r"\bssh[ \t]")
STARTED = re.compile(r"\b(?:systemctl|service|supervisorctl|pm2|restart|docker[ -]compose|docker run|docker stack)\b")
"""How a script brings a release to another machine, and starts it there."""


def read_makefile(source: str, base: FileFacts) -> FileFacts:
    """The targets of a Makefile or justfile, each with what it needs and its recipe, as the scripts of a manifest."""
    scripts: dict[str, str] = {}
    given: dict[str, str] = {}
    target = ""
    for _, full in joined_lines(source):
        line = full[:RECIPE_LIMIT]
        named = TARGET.match(line)
        if line[:1] in (" ", "\t") and target and line.strip() and not line.strip().startswith("#"):
            command = MAKE_VARIABLE.sub(lambda used: given.get(used.group(1), used.group()), line.strip().lstrip("@-"))
            scripts[target] = f"{scripts[target]} && {command}".removeprefix(" && ")[:RECIPE_LIMIT]
        elif named and not line.startswith("."):
            target = named.group(1)
            needed = " && ".join(f"make {name}" for name in named.group(2).split()[:NEEDED_LIMIT])
            scripts[target] = " && ".join(filter(None, (scripts.get(target), needed)))[:RECIPE_LIMIT]
        elif found := MAKE_GIVEN.match(line):
            given[found.group(1)] = found.group(2).strip()[:LINE_LIMIT]
    return with_manifest(base, "make", scripts={name: recipe for name, recipe in scripts.items() if recipe})


def read_shell(source: str, base: FileFacts) -> FileFacts:
    """A shell script: what its lines are for, where any of them tests, checks, builds, deploys or runs a script."""
    steps = [step for step in shell_steps(Scalar(_filled(source), 1)) if step.purpose != "other" or runs_own(step.text)]
    if not steps:
        return base
    return with_document(base, Document(steps=tuple(steps[:STEP_LIMIT]), deployment=_deployment(source, steps)))


def _deployment(source: str, steps: list[CiStep]) -> Deployment | None:
    """What a script does that brings a release to another machine over SSH and starts it there."""
    there = next((step for step in steps if step.purpose == "deploy" and OVER_SSH.search(step.text)), None)
    lines = [line[:LINE_LIMIT] for line in source.split("\n") if not line.lstrip().startswith("#")]
    if there is None or not all(any(part.search(line) for line in lines) for part in (BROUGHT, STARTED)):
        return None
    return Deployment(kind="a shell script", line=there.line)


def _filled(source: str) -> str:
    """The source with the variables in capitals that it gives itself put in, one deep."""
    given: dict[str, str] = {}
    lines = []
    for full in source.split("\n"):
        line = full[:LINE_LIMIT]
        if found := VARIABLE.match(line.strip()):
            given[found.group(1)] = found.group(2).strip("\"'")
        elif "$" in line and given:
            line = USED_VARIABLE.sub(lambda used: given.get(used.group(1), used.group()), line)[:LINE_LIMIT]
        lines.append(line)
    return "\n".join(lines)


def read_taskfile(source: str, base: FileFacts) -> FileFacts:
    """The tasks of a Taskfile, each with what it needs and its commands, as the scripts of a manifest."""
    loaded = load_yaml(source)
    tasks = mapping(mapping(loaded.tree).get("tasks"))
    scripts = {name: " && ".join(_commands(task))[:LINE_LIMIT] for name, task in tasks.items()}
    return with_manifest(
        base, "task", problem=loaded.problem, scripts={name: run for name, run in scripts.items() if run}
    )


def _commands(task: Tree) -> list[str]:
    """What one task runs; other tasks as ``task NAME``."""
    body = mapping(task)
    if not body:
        return [text(item) for item in sequence(task) if text(item)]
    found = [f"task {text(item) or text(mapping(item).get('task'))}" for item in sequence(body.get("deps"))]
    for item in (*sequence(body.get("cmds")), *sequence(body.get("cmd"))):
        line = text(item) or text(mapping(item).get("cmd"))
        other = text(mapping(item).get("task"))
        found += [line.strip().replace("\n", " && ")] if line else [f"task {other}"] if other else []
    return found


def read_action(source: str, base: FileFacts) -> FileFacts:
    """An action of the repository's own: the steps that it adds to a workflow."""
    loaded = load_yaml(source)
    steps = steps_of(loaded.tree, "github-workflow")
    return with_document(base, Document(steps=steps), loaded.problem) if steps else base


MAKEFILE = DocumentReader("makefile", ("makefile",), read_makefile, reads_generated=True)
SHELL = DocumentReader("shell", ("shell",), read_shell)
TASKFILE = DocumentReader("taskfile", ("taskfile",), read_taskfile, reads_generated=True)
ACTION = DocumentReader("action", ("github-action",), read_action, reads_generated=True)
