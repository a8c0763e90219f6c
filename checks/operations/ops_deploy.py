"""Is there a way to deploy?"""

from __future__ import annotations

from reviewer.model.check import Check
from reviewer.model.facts.repository import Operations
from reviewer.model.finding import Effort, Evidence, Verdict
from reviewer.model.verdict import LIKELY, evidence, not_applicable, shown

CHECK = Check(
    title_shown="The application is deployed by a file",
    title_not_shown="No deployment",
    looks_for="A deploy job, infrastructure as code, a Procfile, a platform's or Kubernetes' files.",
    why="Somebody who has deployed once knows what configuration, health and logs are for.",
    advice="Deploy the project to a free platform from a CI job, and link it in the README.",
    effort=Effort.HOURS,
    level=3,
    shown_when="A deploy step or a deployment file is in the repository.",
    does_not_count="Its absence: much good work is never deployed.",
    skills=("Deployment", "CI/CD"),
)


def run(operations: Operations) -> Verdict:
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
    return not_applicable("No deployment file or step.")
