"""What CI runs by way of the repository's own scripts: targets, package scripts, shell scripts, build programs.

A step such as ``make verify``, ``./build.sh`` or ``dotnet run --project build`` is for whatever the lines behind it
are for; they are followed from name to name, never run.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath

import msgspec

from reviewer.gather.documents._ci_commands import has_gate, is_inert, part_purposes, parts_of, program_of, words_of
from reviewer.model.facts.documents import CiFile, CiStep
from reviewer.model.facts.repository import SourceFile

UNKNOWN = "other"
DEPTH_MOST = 8
LINE_MOST = 1_000
"""Characters of a line from which on its end may be missing."""

LOOKS_MOST = 2_000
"""Lines that are followed for one repository."""

PACKAGE_RUNNERS = {"npm": "npm", "pnpm": "npm", "yarn": "npm", "bun": "npm", "composer": "composer"}
TARGET_RUNNERS = {"make": "make", "just": "make", "gmake": "make", "task": "task"}
"""Programs to the ecosystem of the manifest whose scripts they run."""

COVERAGE_PLUGIN = "jacoco"
"""What measures coverage whenever a build on the JVM runs its tests."""

RUN_WORDS = frozenset({"run", "run-script", "exec"})
SHORT_NAMES = {"t": "test", "tst": "test"}
INSTALLERS = frozenset({"install", "ci", "add", "i", "require", "update", "publish"})
DEFAULT_TARGETS = ("default", "Default", "all")
BUILD_TOOLS = frozenset({"cake", "nuke"})
ACTION_FILES = ("/action.yml", "/action.yaml")
SHELL_TWINS = (".ps1", ".cmd", ".bat")
"""Scripts for Windows, which do what the shell script of the same name beside them does."""

Purposes = tuple[str, ...]


class Scripts:
    """The scripts, targets and build programs of one repository, by the names that commands know them by."""

    def __init__(self, files: Iterable[SourceFile]) -> None:
        self.named: dict[str, list[dict[str, str]]] = {}
        self.shell: dict[str, tuple[CiStep, ...]] = {}
        self.programs: dict[str, dict[str, str]] = {}
        self.looks = LOOKS_MOST
        self.measuring: set[str] = set()
        self.gated = False
        self.packages = False
        for file in sorted(files, key=lambda item: (item.path.count("/"), item.path)):
            document = file.facts.document if file.facts else None
            if document is None:
                continue
            if document.manifest and any(COVERAGE_PLUGIN in item.name for item in document.manifest.dependencies):
                self.measuring.add("gradle" if "gradle" in file.path.rpartition("/")[2] else "mvn")
            self.packages = self.packages or bool(document.manifest and document.manifest.ecosystem == "npm")
            if document.manifest and document.manifest.scripts:
                self.named.setdefault(document.manifest.ecosystem, []).append(document.manifest.scripts)
            if document.steps:
                self.shell[file.path] = document.steps
            elif document.ci:
                self.shell[file.path] = document.ci.steps
            if document.targets:
                self.programs[file.path] = document.targets

    def followed(self, ci: CiFile) -> CiFile:
        """The CI file with the purposes that its steps have by what they run."""
        self.gated = ci.coverage_gate
        by_line: dict[tuple[int, str], list[CiStep]] = {}
        for step in ci.steps:
            by_line.setdefault((step.line, step.text), []).append(step)
        steps = [
            step for (_, text), found in by_line.items() for step in self._measured(text, self._steps(text, found))
        ]
        return msgspec.structs.replace(ci, steps=tuple(steps), coverage_gate=self.gated)

    def _measured(self, text: str, steps: list[CiStep]) -> list[CiStep]:
        """The steps, with coverage where the build that tests has a plugin that measures it."""
        said = {step.purpose for step in steps}
        if "test" not in said or "coverage" in said:
            return steps
        if self.measuring.isdisjoint(program_of(part)[0] for part in parts_of(text)):
            return steps
        return [*steps, msgspec.structs.replace(steps[0], purpose="coverage")]

    def _steps(self, text: str, found: list[CiStep]) -> list[CiStep]:
        said = [step.purpose for step in found]
        parts = [part for part in parts_of(text) if not is_inert(part)]
        if parts and all(self._is_missing(part) for part in parts):
            return [msgspec.structs.replace(found[0], purpose=UNKNOWN)]
        if all(self._behind(part, 0) is None for part in parts_of(text)):
            return found
        purposes = [purpose for purpose in self._line(text, 0) if purpose != UNKNOWN]
        if "test" in purposes and "coverage" in said:
            purposes.append("coverage")
        if set(purposes) == set(said):
            return found
        return [msgspec.structs.replace(found[0], purpose=purpose) for purpose in dict.fromkeys(purposes or [UNKNOWN])]

    def _line(self, line: str, depth: int) -> Purposes:
        """What a line is for; `UNKNOWN` stands for whatever of it is not understood."""
        self.looks -= 1
        self.gated = self.gated or has_gate(line)
        if depth > DEPTH_MOST or self.looks < 0 or len(line) >= LINE_MOST:
            return (UNKNOWN,)
        found: dict[str, None] = {}
        for part in parts_of(line):
            purposes = self._behind(part, depth)
            if purposes is None:
                purposes = part_purposes(part) or (() if is_inert(part) else (UNKNOWN,))
            found.update(dict.fromkeys(purposes))
        return tuple(found)

    def _behind(self, part: str, depth: int) -> Purposes | None:
        """What one command is for by the lines that it runs; None where it runs none that is known.

        Its own name counts beside them; that it tests is believed only where something behind it is not understood.
        """
        lines = list(self._runs(part))
        if not lines:
            return None
        found = dict.fromkeys(purpose for line in lines for purpose in self._line(line, depth + 1))
        by_name = [
            purpose for purpose in part_purposes(part) if UNKNOWN in found or purpose not in ("test", "coverage")
        ]
        return tuple(dict.fromkeys([*by_name, *found]))

    def _is_missing(self, part: str) -> bool:
        """Whether ``npm run build`` asks for a script that no package of the repository has: it can only fail."""
        program, arguments = program_of(part)
        names = [word for word in arguments if not word.startswith("-")]
        if not self.packages or PACKAGE_RUNNERS.get(program) != "npm" or names[:1] != ["run"] or len(names) != 2:
            return False
        return not any(names[1] in scripts for scripts in self.named.get("npm", [])) and "$" not in names[1]

    def _runs(self, part: str) -> Iterator[str]:
        """The lines behind one command."""
        words = words_of(part)
        if not words:
            return
        program, arguments = program_of(part)
        names = [word for word in arguments if not word.startswith("-") and "=" not in word]
        if program in PACKAGE_RUNNERS:
            yield from self._script(PACKAGE_RUNNERS[program], names)
        elif program in TARGET_RUNNERS:
            yield from self._targets(TARGET_RUNNERS[program], names)
        elif program == "dotnet":
            yield from self._build_program(words[1:])
        elif program == "run" and "--project" in arguments:
            yield from self._build_program(words)
        elif program in BUILD_TOOLS:
            yield from self._build_program([program, *words[1:]])
        else:
            yield from self._file(words[0], words[1:])

    def _script(self, ecosystem: str, names: list[str]) -> Iterator[str]:
        if not names or names[0] in INSTALLERS:
            return
        for word in names:
            name = SHORT_NAMES.get(word, word)
            held = [scripts for scripts in self.named.get(ecosystem, []) if name in scripts]
            for scripts in held:
                for key in (f"pre{name}", name, f"post{name}"):
                    yield _own_names(ecosystem, scripts.get(key, ""))
            if held:
                return

    def _targets(self, ecosystem: str, names: list[str]) -> Iterator[str]:
        for scripts in self.named.get(ecosystem, []):
            asked = [name for name in names if name in scripts]
            if not names:
                asked = [next((name for name in DEFAULT_TARGETS if name in scripts), next(iter(scripts)))]
            for name in asked:
                yield scripts[name]

    def _file(self, word: str, arguments: list[str]) -> Iterator[str]:
        path = word.replace("\\", "/")
        while path.startswith(("./", "../")):
            path = path.partition("/")[2]
        if "." not in path and "/" not in word:
            return
        stem, dot, suffix = path.rpartition(".")
        wanted = f"{stem}.sh" if f"{dot}{suffix}" in SHELL_TWINS else path
        ends = tuple(f"/{wanted}{ending}" for ending in ("", *ACTION_FILES))
        for script in self.shell:
            if f"/{script}".endswith(ends):
                given = " ".join(arguments)
                yield from dict.fromkeys(step.text.replace("$@", given) for step in self.shell[script])
                return
        for program in self.programs:
            if f"/{program}".endswith(f"/{path}"):
                yield from _asked(self.programs[program], arguments)
                return

    def _build_program(self, words: list[str]) -> Iterator[str]:
        """The targets of the C# program that ``dotnet run``, ``dotnet cake`` or ``nuke`` runs."""
        project = next((word for word in words if word.endswith((".csproj", ".cake"))), "")
        if words[:1] == ["run"]:
            after = [words[i + 1] for i, word in enumerate(words[:-1]) if word in ("--project", "-p")]
            project = project or next(iter(after), "")
        elif not words or words[0] not in BUILD_TOOLS:
            return
        folder = str(PurePosixPath(project).parent) if "." in PurePosixPath(project).name else project
        folder = folder.rpartition("$")[2].partition("/")[2] if "$" in folder else folder
        folder = folder.removeprefix("./").strip("/.")
        asked = words[words.index("--") + 1 :] if "--" in words else words[1:]
        for path, targets in self.programs.items():
            if not folder or f"/{path}".rpartition("/")[0].endswith(f"/{folder}"):
                yield from _asked(targets, asked)


def _own_names(ecosystem: str, script: str) -> str:
    """A script with references to its neighbours written as commands: ``@lint`` of Composer."""
    if ecosystem != "composer":
        return script
    return " && ".join(
        f"composer run {part.strip()[1:]}" if part.strip().startswith("@") and " " not in part.strip() else part
        for part in script.split("&&")
    )


def _asked(targets: dict[str, str], words: list[str]) -> Iterator[str]:
    """The lines of the targets that are asked for by name, else of the default; with those that they need."""
    by_name = {name.lower(): name for name in targets}
    asked = [by_name[word.lower()] for word in words if word.lower() in by_name]
    waiting = asked or [""]
    seen: set[str] = set()
    while waiting:
        name = waiting.pop()
        if name in seen:
            continue
        seen.add(name)
        for line in targets.get(name, "").split(" && "):
            if line.startswith("target "):
                waiting += [by_name[needed] for needed in [line[7:].strip().lower()] if needed in by_name]
            elif line:
                yield line
