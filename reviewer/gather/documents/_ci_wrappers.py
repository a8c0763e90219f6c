"""What stands around a program in a line of shell: sudo, variables, ``poetry run``, the container that it runs in."""

from __future__ import annotations

import re

from reviewer.gather.documents._ci_tables import PROGRAMS, RUNNERS, SUBCOMMANDS
from reviewer.gather.documents._words import word_set

WRAPPERS = word_set(
    "sudo time exec env then do else if ! - npx bunx uvx cross-env dotenv xvfb-run nohup command travis_retry",
    "call timeout retry wait-for-it winpty",
)
"""Words before the program proper."""

WRAPPER_PAIRS = frozenset(
    {
        *(("poetry", "run"), ("uv", "run"), ("pdm", "run"), ("pipenv", "run"), ("hatch", "run"), ("rye", "run")),
        *(
            ("bundle", "exec"),
            ("bundler", "exec"),
            ("npm", "exec"),
            ("pnpm", "exec"),
            ("pnpm", "dlx"),
            ("yarn", "exec"),
            ("yarn", "dlx"),
        ),
        *(("uv", "tool"), ("conda", "run"), ("docker", "exec"), ("composer", "exec")),
        *(("symfony", "php"), ("symfony", "run")),
    }
)
CONTAINER_RUNNERS = frozenset({"docker-compose", "docker"})
INTERPRETERS = frozenset({"python", "python3", "py", "php", "ruby", "node", "bash", "sh", "pwsh"})
INERT = word_set(
    "echo printf cat pip pip3 apt apt-get brew mkdir cp mv rm cd curl wget chmod which export set",
)
OPTION_WORDS = 8
"""How many words after ``uv run`` and the like may be its own options."""

XARGS_VALUES = frozenset({"-n", "-P", "-I", "-L", "-d", "-a", "-s", "-E"})
"""Options of ``xargs`` whose value is a word of its own."""
FIND_RUNS = frozenset({"-exec", "-execdir", "-ok", "-okdir"})
SOURCED = frozenset({"source", "."})
"""What reads a script into the running shell."""

ASSIGNMENT = re.compile(r"[A-Za-z_]\w*=")


def without_wrappers(words: list[str]) -> list[str]:
    """The words from the program proper on: no sudo, no variables, no ``poetry run``, no container to run it in."""
    while words:
        first = words[0].rpartition("/")[2]
        pair = (first, words[1] if len(words) > 1 else "")
        sourced = words[0] in SOURCED and pair[1].endswith(".sh")
        if sourced or words[0] in WRAPPERS or ASSIGNMENT.match(words[0]) or words[0].startswith(("-", "@", "(", "$")):
            words = words[1:]
        elif pair in WRAPPER_PAIRS:
            words = _after_options(words[2:])
        elif (
            (first in CONTAINER_RUNNERS and (inner := _in_container(words)))
            or (first in INTERPRETERS and (inner := _interpreted(first, words)))
            or (first in ("xargs", "find") and (inner := _for_each(first, words)))
        ):
            words = inner
        elif first == "coverage" and words[1:3] == ["run", "-m"]:
            return ["coverage", *words[1:]]
        else:
            return words
    return words


def _after_options(words: list[str]) -> list[str]:
    """The words from the first known program on; all of them where none is near."""
    near = (i for i, word in enumerate(words[:OPTION_WORDS]) if known(word) or word in INERT)
    return words[next(near, 0) :]


def _in_container(words: list[str]) -> list[str]:
    """What runs inside a service or container: the words after its name; empty where nothing does."""
    for verb in ("run", "exec"):
        if verb in words[:12]:
            rest = words[words.index(verb) + 1 :]
            near = [i for i, word in enumerate(rest[:40]) if known(word)]
            return rest[near[0] :] if near else []
    return []


def _for_each(first: str, words: list[str]) -> list[str]:
    """What ``xargs`` or ``find -exec`` runs for each file; empty where ``find`` only lists."""
    if first == "find":
        begin = next((number for number, word in enumerate(words) if word in FIND_RUNS), len(words))
        return words[begin + 1 :]
    rest = words[1:]
    while rest and rest[0].startswith("-"):
        rest = rest[2 if rest[0] in XARGS_VALUES else 1 :]
    return rest


def known(word: str) -> bool:
    """Whether a word is a program that the tables know."""
    name = word.rpartition("/")[2]
    return name in PROGRAMS or name in RUNNERS or name in INTERPRETERS or (name in SUBCOMMANDS and name != "docker")


def _interpreted(first: str, words: list[str]) -> list[str]:
    """The module or script that an interpreter runs; empty where its own options matter."""
    rest = words[1:]
    if first in ("node", "php") and rest[:1] and rest[0] in ("--test", "-l"):
        return []
    if rest[:1] == ["-c"]:
        return rest[1:]
    while rest and rest[0].startswith("-"):
        rest = rest[1:]
    if first.startswith("py") and rest and "/" not in rest[0] and _test_script(rest[0]):
        return ["pytest"]
    return rest


def _test_script(name: str) -> bool:
    return name.startswith(("test_", "tests.", "runtests", "run_tests")) and name.endswith(".py")
