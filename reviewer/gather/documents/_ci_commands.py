"""What a line of shell, or a ready-made action, is for in a CI run: told word by word, by the tables."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reviewer.gather.documents._ci_tables import (
    ACTION_WORDS,
    GATES,
    HELPER_WORDS,
    PROGRAMS,
    RUNNERS,
    SCRIPT_WORDS,
    SUBCOMMANDS,
)
from reviewer.gather.documents._ci_wrappers import INERT, known, without_wrappers

COMMAND_LIMIT = 1_000
SEPARATORS = re.compile(r"&&|\|\||[;|]")
INSIDE = re.compile(r"\$\(([a-z./][^()]{1,300})\)|`([a-z./][^`]{1,300})`")
"""A command whose output another one uses: ``test -z "$(gofmt -l .)"``."""

DEPLOY_HOOK = re.compile(
    r"deploy[\w-]{0,20}(?:hook|url|key|webhook)|/deploy/|deploy-?hook|webhooks?/deploy", re.IGNORECASE
)
"""What is called to make a platform deploy: ``curl "$RENDER_DEPLOY_HOOK_URL"``."""
CALLERS = ("curl", "wget", "http", "https", "Invoke-WebRequest", "Invoke-RestMethod", "iwr")
SONAR = re.compile(r"\bsonar(?:qube|scanner|-scanner|:sonar)?\b", re.IGNORECASE)
WORD_PARTS = re.compile(r"[^a-z0-9]+")
PROGRAM_SUFFIXES = (".cmd", ".exe", ".bat", ".phar", ".ps1")

ENVIRONMENT_RUNNERS = frozenset({"tox", "nox"})
"""They run tests unless the environment that is asked for has another name."""

OWN_SUFFIXES = (".sh", ".py", ".rb", ".js", ".mjs", ".ts", ".php", ".cake", "/")
OWN_OPTIONS = ("--project",)
"""What names a script or build program of the repository's own among the words of a command."""

CHECKOUT = re.compile(
    r"(?:\$\{\{ {0,3}github\.workspace {0,3}\}\}"
    r"|\$\{?(?:GITHUB_WORKSPACE|CI_PROJECT_DIR|TRAVIS_BUILD_DIR|WORKSPACE|PWD)\b\}?)/"
)
"""The folder of the checkout, in front of a program of the repository's own."""

MEASURING = ("c8", "nyc")
"""Programs that measure the coverage of the command that they run."""
MEASURING_GOALS = re.compile(
    r"(?:[\w.-]{1,80}:)?(?:cobertura|clover)(?:-maven-plugin)?(?::[\d.]{1,20})?:(?!clean\b|help\b|dump)[\w-]{1,40}"
)
"""Goals of Maven that run the tests to measure what they cover."""
REPORTING_WORDS = frozenset({"report", "upload", "send", "html", "publish", "badge"})
SCHEMA_WORDS = frozenset({"typeorm", "knex", "sequelize", "prisma", "migrate", "migration", "migrations", "seed", "db"})
"""Words of scripts that prepare a database: ``typeorm:test`` is for the stage of that name."""
PACKAGING = {"gradle": frozenset({"build"}), "mvn": frozenset({"verify", "package", "install", "deploy"})}
"""Goals and tasks that build what they have tested."""
SKIP_TESTS = ("-dskiptests", "-dmaven.test.skip", "--no-tests", "-x test", "--exclude-task test", "-dskiptests=true")


def purposes_of(command: str) -> tuple[str, ...]:
    """What one line of shell does, in the order of its parts; ``("other",)`` for none of the known purposes."""
    found: dict[str, None] = {}
    for part in parts_of(command):
        found.update(dict.fromkeys(part_purposes(part)))
    return tuple(found) or ("other",)


def parts_of(command: str) -> Iterator[str]:
    """The single commands of one line of shell, up to a comment."""
    for part in SEPARATORS.split(command[:COMMAND_LIMIT]):
        if part.lstrip().startswith("#"):
            return
        yield part
        for inner in INSIDE.finditer(part):
            yield inner[1] or inner[2]


def words_of(part: str) -> list[str]:
    """The words of one command from its program on: wrappers and quotes are left out."""
    if "$" in part:
        part = CHECKOUT.sub("./", part)
    return without_wrappers(part.split(" #", 1)[0].replace('"', " ").replace("'", " ").split())


def program_of(part: str) -> tuple[str, list[str]]:
    """The program that one command runs and its arguments; no name where it runs none.

    A script of the project's own without a suffix (``./scripts/test``) keeps a slash at its end.
    """
    words = words_of(part)
    return _program(words) if words else ("", [])


def is_inert(part: str) -> bool:
    """Whether a command only speaks, installs, or moves about: it can neither test nor build anything."""
    program, _ = program_of(part)
    if not program and part.lstrip("@-( ").startswith("$"):
        return False
    return not program or program in INERT or program in ("exit", "true", "false", ":")


COMPARED = re.compile(
    r"cov\w{0,30}\b.{0,80}?(?:-lt|-le|<=?)[ \t]*[\"']?(?:\d|\$\{?\w{0,30}(?:thresh|min|require|target))"
    r"|--coverage\b.{0,200}--min[= ]\d|\bcoverlet\b.{0,300}--threshold\b"
)
"""A figure of coverage that is compared to what it must reach: ``if [ "$COVERAGE" -lt 80 ]``."""


def runs_own(command: str) -> bool:
    """Whether a line of shell runs a script, a target or a build program that the repository itself may hold."""
    for part in parts_of(command):
        program, arguments = program_of(part)
        if program in RUNNERS or program.endswith(OWN_SUFFIXES):
            return True
        if any(word.startswith(OWN_OPTIONS) or word.endswith(".csproj") for word in arguments):
            return True
    return False


def has_gate(command: str) -> bool:
    """Whether a command fails when too little is covered by tests."""
    lower = command.lower()
    return any(mark in lower for mark in GATES) or (
        "cov" in lower and COMPARED.search(lower[:COMMAND_LIMIT]) is not None
    )


def action_purpose(action: str) -> str:
    """What a ready-made action is for, by its name."""
    name = action.partition("@")[0].lower()[:COMMAND_LIMIT]
    if any(word in name.rpartition("/")[2] for word in HELPER_WORDS):
        return "other"
    parts = "-" + "-".join(WORD_PARTS.split(name))
    return next((purpose for purpose, words in ACTION_WORDS if any(f"-{word}" in parts for word in words)), "other")


def part_purposes(part: str) -> tuple[str, ...]:
    """What a single command is for, by the tables alone; nothing for what they do not know."""
    program, arguments = program_of(part)
    if "codecov.io" in part or (program in CALLERS and DEPLOY_HOOK.search(part)):
        return ("coverage",) if "codecov.io" in part else ("deploy",)
    if not program or program in INERT:
        return ()
    lower = part.lower()
    found: list[str] = []
    if program in SUBCOMMANDS:
        table = SUBCOMMANDS[program]
        found = [table[word] for word in (*arguments, "") if word in table]
        if program in ("gradle", "mvn") and any(mark in lower for mark in SKIP_TESTS):
            found = ["build" if purpose == "test" else purpose for purpose in found]
    if program == "mvn" and any(MEASURING_GOALS.fullmatch(word[:200]) for word in arguments):
        found += [purpose for purpose in ("test", "coverage") if purpose not in found]
    if not found and program in PROGRAMS:
        named = _script(program, arguments) if program in ENVIRONMENT_RUNNERS else []
        found = named or [PROGRAMS[program]]
    if not found:
        found = _script(program, arguments)
    if program in ("docker", "docker-compose") and "--exit-code-from" in arguments:
        found.append("test")
    return (*found, *_besides(part, program, arguments, found))


def _besides(part: str, program: str, arguments: list[str], found: list[str]) -> Iterator[str]:
    """What a command does beside what its program is for: static analysis by a plugin, coverage by an option."""
    lower = part.lower()
    if "sonar" in lower and "lint" not in found and SONAR.search(part):
        yield "lint"
    if "build" not in found and not PACKAGING.get(program, frozenset()).isdisjoint(arguments):
        yield "build"
    if program in ("docker", "docker-compose") and "--build" in arguments and "build" not in found:
        yield "build"
    if program == "nest" and "build" in found:
        yield "types"
    measures = program in MEASURING or any(mark in lower for mark in ("--cov", "coverage", " -cover"))
    if "test" in found and measures:
        yield "coverage"


def _script(program: str, arguments: list[str]) -> list[str]:
    """What a project's own script is for, by the words of its name. To measure coverage, it has to run the tests."""
    if program in RUNNERS or program in ENVIRONMENT_RUNNERS:
        named = [word.removeprefix("--target=") for word in arguments]
        named = [word for word in named if not word.startswith("-")]
        if program in ("npm", "pnpm", "yarn", "bun", "composer") and named[:1] in (["install"], ["ci"], ["add"], ["i"]):
            return []
        if not named:
            return ["build"] if program == "make" else ["test"] if program == "rake" else []
    elif program == "setup.py":
        named = [word for word in arguments[:3] if not word.startswith("-")]
    elif program.endswith((".sh", ".py", ".rb", ".js", ".php", ".ps1", "/")):
        named = [program.rpartition(".")[0] or program]
    else:
        return []
    words = [word for name in named for word in WORD_PARTS.split(name.lower())]
    found = [SCRIPT_WORDS[word] for word in words if word in SCRIPT_WORDS]
    if "test" in found and not SCHEMA_WORDS.isdisjoint(words):
        found = [purpose for purpose in found if purpose != "test"]
    measures = "coverage" in found and "test" not in found and not REPORTING_WORDS.intersection(words)
    return list(dict.fromkeys(["test", *found] if measures else found))


def _program(words: list[str]) -> tuple[str, list[str]]:
    """The program without its folder and suffix, and its arguments; wrappers of build tools read as the tool."""
    name = words[0].replace("\\", "/").rpartition("/")[2]
    for suffix in PROGRAM_SUFFIXES:
        name = name.removesuffix(suffix)
    name = {"mvnw": "mvn", "gradlew": "gradle"}.get(name, name)
    name = name.partition("@")[0] or name
    own_script = "/" in words[0] and not known(name) and "." not in name
    return f"{name}/" if own_script else name, words[1:]
