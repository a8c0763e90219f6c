"""Is there a way to deploy?"""

from __future__ import annotations

from checks.operations._server import is_server
from reviewer.model.check import Check
from reviewer.model.facts.repository import Api, Operations
from reviewer.model.finding import Effort, Evidence, Verdict
from reviewer.model.verdict import LIKELY, evidence, not_applicable, not_shown, shown

CHECK = Check(
    title_shown="The application is deployed by a file",
    title_not_shown="No deployment",
    looks_for="A deploy job, infrastructure as code, a Procfile, a platform's or Kubernetes' files.",
    why="Somebody who has deployed once knows what configuration, health and logs are for.",
    advice="Deploy the project to a free platform from a CI job, and link it in the README.",
    effort=Effort.HOURS,
    level=3,
    shown_when="A deploy step or a deployment file is in the repository.",
    does_not_count="Releases and packages that are only uploaded; projects without a server.",
    skills=("Deployment",),
)


def run(operations: Operations, api: Api) -> Verdict:
    """Deployment files and deploy steps."""
    steps = [
        Evidence(path=item.path, line=line, end_line=line, note="deploys")
        for item in operations.ci
        for line in item.fact.lines("deploy")
    ]
    files = evidence(operations.deployments[:3], "deployment")
    if steps or files:
        kinds = ", ".join(dict.fromkeys(item.fact.kind for item in operations.deployments)) or "a CI job"
        return shown(f"Deployed by {kinds}.", [*steps[:2], *files], LIKELY)
    if not is_server(api):
        return not_applicable("There is no server of the candidate's own.")
    return not_shown("No deployment file or CI step was found.", confidence=LIKELY, at=".github/workflows/deploy.yml")
