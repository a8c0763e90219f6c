"""Are dependencies pinned and kept up to date?"""

from __future__ import annotations

import re
from collections.abc import Sequence

from reviewer.model.check import Check
from reviewer.model.facts.documents import Dependency, Manifest
from reviewer.model.facts.repository import Api, Documents, Project
from reviewer.model.facts.values import At
from reviewer.model.finding import Effort, Evidence, Verdict
from reviewer.model.host import host_of
from reviewer.model.verdict import LIKELY, not_applicable, not_shown, partly, shown

LOCKS = (
    "package-lock.json", "yarn.lock", "pnpm-lock.yaml", "poetry.lock", "Pipfile.lock", "uv.lock", "composer.lock",
    "Gemfile.lock", "go.sum", "packages.lock.json", "gradle.lockfile", "bun.lockb", "bun.lock", "deno.lock", "pdm.lock",
    "npm-shrinkwrap.json", "requirements.lock", "requirements-lock.txt", "conda-lock.yml", "mix.lock", "Cargo.lock",
)  # fmt: skip
ASIDE = re.compile(
    r"(?:.*/)?(?:mocks?|mock[-_]?(?:server|api)s?|examples?|samples?|docs?|e2e|tests?|benchmarks?|load[-_]?tests?)/.*",
    re.IGNORECASE,
)
"""Folders whose manifests are not those of the application."""
PAGES = frozenset(
    "react vue @angular/core svelte element-ui react-dom react-scripts next nuxt gatsby preact backbone jquery "
    "bootstrap".split()
)
SERVING = frozenset("express fastify koa @hapi/hapi @nestjs/core hono next nuxt restify @adonisjs/core".split())
"""Packages of a front end, and those by which its manifest is that of a server too."""
PINNED = 0.8
OPEN = re.compile(r"^(?:LATEST|RELEASE|latest\.\w+)$|[\[(].*,|\+$")
"""Versions of Maven and Gradle that may be another one tomorrow."""
COMMIT = re.compile(r"[#@](?=[a-f]{0,39}\d)[0-9a-f]{7,40}\Z")
"""A commit that a version names: ``dev-master#1f0c2d9``."""
NO_PACKAGES = ("Microsoft.NET.Sdk", "Microsoft.AspNetCore.App", "Microsoft.NETCore.App")
"""What comes with the tool chain of .NET."""

Declared = tuple[str, Dependency]
"""A dependency with the path of its manifest."""

CHECK = Check(
    title_shown="Dependencies are locked",
    title_not_shown="Dependencies are not locked",
    title_partly="Some dependencies have no exact version",
    looks_for="A lock file or exact versions, and a tool that proposes updates.",
    why="Without a lock, tomorrow's install is another program; without updates, it grows unsafe.",
    advice="Commit the lock file, and switch on Dependabot or Renovate.",
    effort=Effort.MINUTES,
    level=3,
    shown_when="A lock file, or exact versions for at least 80 % of the dependencies; partly for half of them.",
    does_not_count=(
        "Development dependencies, manifests of a front end, of examples and mocks; the parent of a Maven project and "
        "what the parent, a BOM or a plugin of Gradle fixes the version of. Extensions of a host, whose site fixes the "
        "versions, and repositories that serve nothing are not judged."
    ),
    computed=(
        "A lock file anywhere in the repository makes it shown. Else the dependencies of the manifests are counted, by "
        "name: 80 % with an exact version in one of them make it shown, half of them or an update tool partly. With "
        "Maven and Gradle a dependency is loose only where a range, LATEST or a plus says so. The shares are a choice "
        "of this tool."
    ),
    limits="Whether a version is old or has known holes is not looked up: nothing leaves this computer. Constraints in"
    " files that are made by tools are not read.",
    links=(
        "https://docs.github.com/en/code-security/dependabot",
        "https://owasp.org/Top10/A06_2021-Vulnerable_and_Outdated_Components/",
    ),
    skills=("Security",),
    before="# requirements.txt\nflask>=2\nrequests",
    pattern="# requirements.txt, made by pip-compile\nflask==3.0.3\nrequests==2.32.3",
)


def run(project: Project, documents: Documents, api: Api) -> Verdict:
    """Locks, pins and update tools; where nothing is locked, whether anything is run here at all."""
    manifests = [item for item in project.manifests if item.fact.dependencies and not item.fact.lock]
    manifests = [item for item in manifests if not ASIDE.fullmatch(item.path[:300]) and not _is_front_end(item.fact)]
    locks = [file.path for file in project.files if file.path.rpartition("/")[2] in LOCKS]
    if not manifests and not locks:
        return not_applicable("No dependencies are declared.")
    updates = [item for item in documents.others if item.fact.update_tool]
    places = [Evidence(path=path, note="a lock file") for path in locks[:2]]
    places += [Evidence(path=item.path, line=1, end_line=1, note="proposes updates") for item in updates[:1]]
    declared = [(at.path, item) for at in manifests for item in _declared(at.fact, manifests) if not item.dev]
    fixed = {at.path for at in manifests if at.fact.ecosystem == "maven"}
    exact = {item.name.lower() for at, item in declared if _is_exact(item, at in fixed)}
    pinned = [(at, item) for at, item in declared if item.name.lower() in exact]
    if locks or (declared and len(pinned) >= PINNED * len(declared)):
        if not places:
            where, first = pinned[0]
            places = [Evidence(path=where, line=first.line, end_line=first.line, note="an exact version")]
        return shown("Dependencies are locked to exact versions.", places)
    loose = dict.fromkeys(at for at, item in declared if (at, item) not in pinned)
    named = [_first_loose(path, declared, pinned) for path in list(loose)[:2]]
    summary = f"{len(pinned)} of {len(declared)} dependencies have an exact version, and there is no lock file."
    if not declared:
        return not_applicable("Nothing is declared that the program needs to run.")
    host = host_of(project)
    if host:
        return not_applicable(f"It is an extension of {host}, whose site fixes the versions.")
    if not api.endpoints and not api.operations:
        return not_applicable("Nothing is served; a library leaves the versions of its dependencies open.")
    if updates or 2 * len(pinned) >= len(declared) > 0:
        return partly(summary, [*named, *places], LIKELY)
    return not_shown(summary, named, LIKELY)


def _is_front_end(manifest: Manifest) -> bool:
    """Whether a manifest is that of pages alone."""
    names = {item.name for item in manifest.dependencies}
    return not PAGES.isdisjoint(names) and SERVING.isdisjoint(names)


def _is_exact(item: Dependency, built: bool) -> bool:
    """Whether an install takes one known version. Where a build tool is used, a version that is not written here is
    that of a parent or a BOM, and a property stands for one."""
    version = (item.version or "").lstrip("=v ")
    if not built:
        return version[:1].isdigit() or COMMIT.search(version[-60:]) is not None
    return not OPEN.search(version)


def _first_loose(path: str, declared: Sequence[Declared], pinned: Sequence[Declared]) -> Evidence:
    item = next(item for at, item in declared if at == path and (at, item) not in pinned)
    return Evidence(path=path, line=item.line, end_line=item.line, note=f"{item.name}: no exact version"[:80])


def _declared(manifest: Manifest, manifests: Sequence[At[Manifest]]) -> list[Dependency]:
    """The dependencies of a manifest; with NuGet an SDK has no version, and one file may hold those of all projects."""
    if manifest.ecosystem != "nuget":
        return list(manifest.dependencies)
    known = {item.name for at in manifests for item in at.fact.dependencies if item.version}
    own = [item for item in manifest.dependencies if not item.name.startswith(NO_PACKAGES)]
    return [item for item in own if item.version or item.name not in known]
