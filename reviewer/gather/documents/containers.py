"""Dockerfiles: how the image is built, and how well."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from reviewer.gather.documents._trees import with_document
from reviewer.gather.reader import DocumentReader
from reviewer.model.facts.documents import Container, Document
from reviewer.model.facts.file import FileFacts

INSTRUCTION_LIMIT = 2_000
LENGTH_LIMIT = 4_000
HEREDOC = re.compile(r"<<-?[\"']?([A-Za-z_]\w*)")
VARIABLE = re.compile(r"\$\{?(\w+)(?::?-([^}]*))?\}?")
SMALL_MARKS = (
    *("slim", "alpine", "distroless", "scratch", "busybox", "chiseled", "-jre", ":jre", "/aspnet", "dotnet/runtime"),
    *("wolfi", "chainguard", "ubi-minimal", "ubi-micro", "nanoserver", "/static"),
)
"""Marks of base images that hold little more than what runs."""

SHELL_ALONE = re.compile(r"[\[\s\"']*(?:[\w./-]*/)?(?:ba|da|z|a)?sh[\]\s\"']*")
"""A start command that opens a shell and starts nothing in it."""
UNPRIVILEGED_MARKS = ("nonroot", "unprivileged", "rootless")
ROOTS = frozenset({"root", "0", "0:0", "root:root", "administrator", "containeradministrator"})
MANIFESTS = re.compile(
    r"(^|[/\"'])(package(-lock)?\*?\.json|package\*|yarn\.lock|pnpm-\S+|bun\.lockb?|\*?requirements[^\s]*|pyproject\.toml|"
    r"poetry\.lock|uv\.lock|pdm\.lock|pipfile(\.lock)?\*?|setup\.(py|cfg)|environment\.ya?ml|composer\.(json|lock|\*)|"
    r"gemfile(\.lock)?\*?|pom\.xml|\S*\.gradle(\.kts)?|gradle\S*|mvnw|\.mvn|go\.(mod|sum|\*)|\S*\.(cs|fs|vb)proj|\S*\.sln|"
    r"directory\.\S+\.props|nuget\.config|cargo\.(toml|lock|\*)|mix\.(exs|lock))[\"']?$"
)
INSTALL = re.compile(
    r"\b(npm|yarn|pnpm|bun|pip3?|pipenv|poetry|uv|pdm|conda|mamba|composer|bundler?|mvnw?|gradlew?|go|dotnet|cargo|mix)\b"
    r".{0,200}?\b(ci|i|install|sync|update|dependency:\S+|resolve|dependencies|mod|restore|download|fetch|build|package|get|deps\.get|--pure-lockfile|--frozen-lockfile)\b|\byarn\s*(&&|$|--)"
)


@dataclass(slots=True)
class _Stage:
    """One ``FROM`` and what follows it. ``manifests`` and ``installed`` say how far the cached layers have come."""

    base: str
    line: int
    user: str = ""
    user_line: int = 0
    starts: bool = False
    healthcheck: bool = False
    copies: bool = False
    manifests: bool = False
    installed: bool = False
    cached: bool = False


@dataclass(slots=True)
class _Build:
    stages: list[_Stage] = field(default_factory=list)
    names: set[str] = field(default_factory=set)
    arguments: dict[str, str] = field(default_factory=dict)


def read_dockerfile(source: str, base: FileFacts) -> FileFacts:
    """A Dockerfile: base images over all stages; user, start and health of the last one."""
    build = _Build()
    for line, word, rest in _instructions(source):
        if word == "FROM":
            _from(build, line, rest)
        elif word == "ARG":
            name, _, value = rest.partition("=")
            build.arguments.setdefault(name.strip(), value.strip().strip("\"'"))
        elif build.stages:
            _instruction(build.stages[-1], line, word, rest)
    if not build.stages:
        return with_document(base, Document(container=Container(kind="dockerfile")), "no FROM in the Dockerfile")
    return with_document(base, Document(container=_container(build)))


def _container(build: _Build) -> Container:
    last = build.stages[-1]
    bases = tuple(dict.fromkeys(stage.base for stage in build.stages if stage.base not in build.names))
    small = last.base.lower() if last.base not in build.names else " ".join(bases).lower()
    user = last.user.strip("\"'").lower()
    return Container(
        kind="dockerfile",
        bases=bases,
        pinned=all(is_pinned(image) for image in bases),
        slim=any(mark in small for mark in SMALL_MARKS),
        non_root=(bool(user) and user not in ROOTS) or (not user and any(mark in small for mark in UNPRIVILEGED_MARKS)),
        cached_layers=any(stage.cached for stage in build.stages),
        copies_source=any(stage.copies for stage in build.stages),
        starts=last.starts,
        healthcheck=last.healthcheck,
        user_line=last.user_line,
        line=last.line,
    )


def is_pinned(image: str) -> bool:
    """Whether an image is named by digest or by a tag with a version in it; ``scratch`` has none to name."""
    if "@sha256:" in image or image == "scratch":
        return True
    tag = image.rpartition("/")[2].partition(":")[2]
    return tag != "latest" and any(character.isdigit() for character in tag)


def _from(build: _Build, line: int, rest: str) -> None:
    words = [word for word in rest.split() if not word.startswith("--")]
    if not words:
        return
    image = VARIABLE.sub(lambda found: build.arguments.get(found[1]) or found[2] or "", words[0])
    build.stages.append(_Stage(base=image or words[0], line=line))
    if len(words) > 2 and words[1].upper() == "AS":
        build.names.add(words[2])


def _instruction(stage: _Stage, line: int, word: str, rest: str) -> None:
    if word == "USER":
        stage.user, stage.user_line = rest.split()[0] if rest.split() else "", line
    elif word in ("CMD", "ENTRYPOINT"):
        stage.starts = stage.starts or SHELL_ALONE.fullmatch(rest) is None
    elif word == "HEALTHCHECK":
        stage.healthcheck = rest.split()[:1] != ["NONE"]
    elif word == "RUN" and INSTALL.search(rest):
        stage.installed = stage.installed or stage.manifests or "--mount=type=bind" in rest
    elif word in ("COPY", "ADD") and "--from=" not in rest:
        _copy(stage, rest)


def _copy(stage: _Stage, rest: str) -> None:
    words = rest.replace("[", " ").replace("]", " ").replace(",", " ").split()
    paths = [word.strip("\"'") for word in words if not word.startswith("--")][:-1]
    if paths and all(MANIFESTS.search(path.lower()) for path in paths):
        stage.manifests = True
    elif paths and not all("://" in path for path in paths):
        stage.copies = True
        stage.cached = stage.cached or stage.installed


def _instructions(source: str) -> Iterator[tuple[int, str, str]]:
    """Each instruction with its line: continued lines joined, comments and the bodies of here-documents left out."""
    held: list[str] = []
    start, count, until = 0, 0, ""
    for number, line in enumerate(source.split("\n"), start=1):
        stripped = line.strip()
        if until:
            until = "" if stripped == until else until
            continue
        if not stripped or stripped.startswith("#"):
            continue
        start = start if held else number
        held.append(stripped.rstrip("\\").rstrip())
        if stripped.endswith("\\"):
            continue
        word, _, rest = " ".join(held[:200])[:LENGTH_LIMIT].partition(" ")
        heredoc = HEREDOC.search(rest) if word.upper() in ("RUN", "COPY") else None
        until = heredoc.group(1) if heredoc else ""
        held = []
        count += 1
        if count > INSTRUCTION_LIMIT:
            return
        yield start, word.upper(), rest.strip()


DOCKERFILE = DocumentReader("dockerfile", ("dockerfile",), read_dockerfile, reads_generated=True)
