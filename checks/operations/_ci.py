"""Steps of CI whose work stands in a file that is not read."""

from __future__ import annotations

import re

from reviewer.model.facts.repository import Operations, Project, Standing

PATH_MOST = 300
UNREAD_SERVICE = re.compile(
    r".{0,200}\bdocker[- ]compose\b.{0,200}"
    r"(?:\brun(?:\s+-{1,2}[\w=-]+)*\s+[\w-]+\s*|\bup\b.{0,100}--(?:exit-code-from|abort-on-).*)"
)
"""Commands that start a service of a compose file and wait for its own command, which stands there."""

CALLED = re.compile(r"(?:uses: *)?[\w.-]+/[\w./-]+\.ya?ml@.+")
"""A workflow of another repository, whose steps are not here."""

UNREAD = re.compile(
    r"(?:\.woodpecker(?:/.+|\.ya?ml)|\.buildkite/.+|\.semaphore/.+|codeship-steps\.ya?ml|\.teamcity/.+|wercker\.ya?ml"
    r"|\.scrutinizer\.yml|buddy\.ya?ml|\.cirrus\.yml|\.tekton/.+|\.gitea/workflows/.+|\.forgejo/workflows/.+|bamboo-specs/.+"
    r"|buildspec\.ya?ml|\.builds/.+|\.shippable\.yml|shippable\.yml|codemagic\.yaml|screwdriver\.yaml|magnum\.yml"
    r"|semaphore\.yml|concourse/.+|ci/pipeline\.ya?ml|\.ci/[^/]+|(?:ci|scripts|build)/ci(?:\.sh|\.py)?|ci/[\w-]+\.sh|\.harness/.+)"
)
"""CI files of systems that are known by name alone, and scripts for a CI that is set up elsewhere."""


def unread_system(project: Project) -> str | None:
    """A file of the project's own that sets up a CI which is not read."""
    whose = (Standing.OWN, Standing.SCAFFOLD)
    paths = (file.path for file in project.files if file.standing in whose and len(file.path) < PATH_MOST)
    return next((path for path in paths if UNREAD.fullmatch(path.lower())), None)


def calls_elsewhere(operations: Operations) -> bool:
    """Whether CI calls a workflow of another repository, which may test, check, build and deploy."""
    return any(CALLED.fullmatch(step.text[:300]) for item in operations.ci for step in item.fact.steps)
