"""The steps of a CI file: every line of shell and every ready-made action in it, wherever its system nests them."""

from __future__ import annotations

from collections.abc import Iterator

from reviewer.gather.documents._ci_commands import action_purpose, purposes_of
from reviewer.gather.documents._trees import BRANCH_LIMIT, Tree, line_of, mapping, sequence, text
from reviewer.gather.documents._words import word_set
from reviewer.model.facts.documents import CiStep

STEP_LIMIT = 500
TEXT_LIMIT = 200
SHELL_KEYS = word_set(
    "run script scripts bash pwsh powershell cmd sh command commands before_script after_script before_install",
    "install after_install after_success test_script build_script before_build before_test after_test",
    "deploy_script after_build on_success before_deploy after_deploy",
)
"""Keys that hold shell, in one or other of the systems."""

SHELL_KEYS_OF = {
    "github-workflow": frozenset({"run"}),
    "azure-pipelines": frozenset({"script", "bash", "pwsh", "powershell"}),
}
"""Systems where fewer keys hold shell, and others may bear the same names."""

ACTION_KEYS = ("uses", "pipe", "orb")
BUILD_ACTIONS = (("gradle", "gradle"), ("maven", "mvn"))
ACTION_INPUTS = ("arguments", "goals", "tasks")
TASK_PROGRAMS = {"dotnetcorecli": "dotnet", "npm": "npm", "maven": "mvn", "gradle": "gradle", "docker": "docker"}
TASK_INPUTS = ("command", "customCommand", "goals", "tasks", "arguments")
NEVER = ("false", "${{ false }}", "never", "${{false}}")


def steps_of(tree: Tree, kind: str = "") -> tuple[CiStep, ...]:
    """Every step below ``tree`` in source order; what is switched off by ``if: false`` is left out."""
    found: list[CiStep] = []
    waiting, seen = [tree], 0
    while waiting and seen < BRANCH_LIMIT and len(found) < STEP_LIMIT:
        item = waiting.pop()
        seen += 1
        if isinstance(item, list):
            waiting.extend(reversed(item))
        elif isinstance(item, dict) and text(item.get("if")).strip() not in NEVER:
            found.extend(_own_steps(mapping(item), kind))
            waiting.extend(reversed(list(item.values())))
    return tuple(sorted(found[:STEP_LIMIT], key=lambda step: step.line))


def _own_steps(item: dict[str, Tree], kind: str) -> Iterator[CiStep]:
    shell_keys = SHELL_KEYS_OF.get(kind, SHELL_KEYS)
    for key, value in item.items():
        if key in shell_keys:
            for command in sequence(value):
                if text(command):
                    yield from shell_steps(command)
        elif key in ACTION_KEYS and text(value):
            command = _build_action(text(value), mapping(item.get("with")))
            if command:
                yield from (_step(purpose, line_of(value), command) for purpose in purposes_of(command))
            else:
                yield _step(action_purpose(text(value)), line_of(value), text(value))
        elif key == "deploy" and _provider(value):
            yield _step("deploy", line_of(key), f"deploy: {_provider(value)}")
    if text(item.get("task")):
        yield from _task(item)
    elif kind == "cloudbuild" and text(item.get("name")) and "args" in item:
        yield from _builder(item)


def shell_steps(command: Tree) -> Iterator[CiStep]:
    """A step for each purpose of each line of a shell text; comments and blank lines are none."""
    first = line_of(command) + (1 if getattr(command, "block", False) else 0)
    for offset, line in joined_lines(text(command)):
        if line.strip() and not line.lstrip().startswith("#"):
            for purpose in purposes_of(line):
                yield _step(purpose, first + offset, line.strip())


def joined_lines(source: str) -> Iterator[tuple[int, str]]:
    """Lines with their offset; one that ends in a backslash goes on in the next."""
    held, start = "", 0
    for offset, line in enumerate(source.split("\n")):
        start = start if held else offset
        held += line
        if held.endswith("\\") and len(held) < TEXT_LIMIT * 20:
            held = held[:-1] + " "
            continue
        yield start, held
        held = ""
    if held:
        yield start, held


def _step(purpose: str, line: int, what: str) -> CiStep:
    return CiStep(purpose=purpose, line=line, text=str(what)[:TEXT_LIMIT])


def _build_action(action: str, inputs: dict[str, Tree]) -> str:
    """The command that an action for Gradle or Maven is given as an input; empty where there is none."""
    name = action.partition("@")[0].lower()
    program = next((program for word, program in BUILD_ACTIONS if word in name), "")
    given = " ".join(text(inputs.get(key)) for key in ACTION_INPUTS).split() if program else []
    return " ".join([program, *given]) if given else ""


def _provider(value: Tree) -> str:
    """Where Travis deploys to; empty for a job or step that merely bears the name ``deploy``."""
    for item in value if isinstance(value, list) else [value]:
        if text(mapping(item).get("provider")):
            return text(mapping(item).get("provider"))
    return ""


def _task(item: dict[str, Tree]) -> Iterator[CiStep]:
    """A task of Azure Pipelines, with the command among its inputs."""
    task, inputs = item["task"], mapping(item.get("inputs"))
    program = TASK_PROGRAMS.get(text(task).partition("@")[0].lower())
    if program is None:
        yield _step(action_purpose(text(task)), line_of(task), text(task))
        return
    command = " ".join([program, *(text(inputs.get(name)) for name in TASK_INPUTS)])
    for purpose in purposes_of(command):
        yield _step(purpose, line_of(task), command.strip())


def _builder(item: dict[str, Tree]) -> Iterator[CiStep]:
    """A step of Google Cloud Build: a builder image, or its entrypoint, with arguments."""
    program = text(item.get("entrypoint")) or text(item["name"]).rpartition("/")[2].partition(":")[0]
    command = " ".join([program, *(text(part) for part in sequence(item.get("args")))])
    for purpose in purposes_of(command.replace("\n", "; ")):
        yield _step(purpose, line_of(item["name"]), command)
