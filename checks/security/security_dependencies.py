"""Are dependencies pinned and kept up to date?"""

from __future__ import annotations

from collections.abc import Sequence

from reviewer.model.check import Check
from reviewer.model.facts.documents import Dependency, Manifest
from reviewer.model.facts.repository import Api, Documents, Project
from reviewer.model.facts.values import At
from reviewer.model.finding import Effort, Evidence, Verdict
from reviewer.model.verdict import not_applicable, not_shown, partly, shown

LOCKS = (
    "package-lock.json", "yarn.lock", "pnpm-lock.yaml", "poetry.lock", "Pipfile.lock", "uv.lock", "composer.lock",
    "Gemfile.lock", "go.sum", "packages.lock.json", "gradle.lockfile", "bun.lockb",
)  # fmt: skip
PINNED = 0.8
NO_PACKAGES = ("Microsoft.NET.Sdk", "Microsoft.AspNetCore.App", "Microsoft.NETCore.App")
"""What comes with the tool chain of .NET."""

CHECK = Check(
    title_shown="Dependencies are locked",
    title_not_shown="Dependencies are not locked",
    looks_for="A lock file or exact versions, and a tool that proposes updates.",
    why="Without a lock, tomorrow's install is another program; without updates, it grows unsafe.",
    advice="Commit the lock file, and switch on Dependabot or Renovate.",
    effort=Effort.MINUTES,
    level=3,
    shown_when="A lock file, or exact versions for at least 80 % of the dependencies; partly for half of them.",
    does_not_count="Development dependencies.",
    links=("https://docs.github.com/en/code-security/dependabot",),
    skills=("Security",),
)


def run(project: Project, documents: Documents, api: Api) -> Verdict:
    """Locks, pins and update tools."""
    manifests = [item for item in project.manifests if item.fact.dependencies and not item.fact.lock]
    locks = [file.path for file in project.files if file.path.rpartition("/")[2] in LOCKS]
    if not manifests and not locks:
        return not_applicable("No dependencies are declared.")
    updates = [item for item in documents.others if item.fact.update_tool]
    places = [Evidence(path=path, note="a lock file") for path in locks[:2]]
    places += [Evidence(path=item.path, line=1, end_line=1, note="proposes updates") for item in updates[:1]]
    declared = [(at.path, item) for at in manifests for item in _declared(at.fact, manifests) if not item.dev]
    pinned = [(at, item) for at, item in declared if item.version and item.version.lstrip("=v ")[:1].isdigit()]
    if locks or (declared and len(pinned) >= PINNED * len(declared)):
        if not places:
            where, first = pinned[0]
            places = [Evidence(path=where, line=first.line, end_line=first.line, note="an exact version")]
        return shown("Dependencies are locked to exact versions.", places)
    loose = dict.fromkeys(at for at, item in declared if (at, item) not in pinned)
    named = [Evidence(path=path, line=1, end_line=1, note="loose versions") for path in list(loose)[:2]]
    summary = f"{len(pinned)} of {len(declared)} dependencies have an exact version, and there is no lock file."
    if not api.endpoints and not api.operations:
        return not_applicable("Nothing is served; a library leaves the versions of its dependencies open.")
    if updates or 2 * len(pinned) >= len(declared) > 0:
        return partly(summary, [*named, *places])
    return not_shown(summary, named)


def _declared(manifest: Manifest, manifests: Sequence[At[Manifest]]) -> list[Dependency]:
    """The dependencies of a manifest; with NuGet an SDK has no version, and one file may hold those of all projects."""
    if manifest.ecosystem != "nuget":
        return list(manifest.dependencies)
    known = {item.name for at in manifests for item in at.fact.dependencies if item.version}
    own = [item for item in manifest.dependencies if not item.name.startswith(NO_PACKAGES)]
    return [item for item in own if item.version or item.name not in known]
