"""Is there a way to deploy?"""

from __future__ import annotations

import re

from checks.operations._ci import calls_elsewhere
from checks.operations._images import DEVELOPMENT, PRODUCTION
from checks.operations._server import is_hosted, without_server
from reviewer.model.check import Check
from reviewer.model.facts.repository import Api, Code, Documents, Operations, Project, Standing
from reviewer.model.finding import Effort, Evidence, Verdict
from reviewer.model.verdict import LIKELY, could_not_tell, evidence, not_shown, shown

SCRIPT = re.compile(r"(?:.*[:_-])?(?:deploy|release-to|publish-to)(?:[:_-].*)?\Z")
"""Names of scripts and targets that deploy."""

FILES = re.compile(
    r"(?:.*/)?(?:(?:\d{1,3}[-_])?(?:do[-_])?deploy[\w.-]{0,40}\.(?:sh|ps1|bat|py|rb|mjs|js|ts)|deploy\.php|envoy\.blade\.php|fabfile\.py"
    r"|passenger_wsgi\.py|ecosystem\.config\.(?:js|cjs|json)|\.platform\.app\.yaml|config/deploy\.(?:rb|yml)"
    r"|properties/publishprofiles/.+\.pubxml|copilot/.+/manifest\.yml|\.chalice/config\.json|nomad/.+|.+\.nomad"
    r"|serverless\.(?:ts|js|json))"
)
"""Paths of files that deploy, in lower case, whatever they hold."""

PATH_LIMIT = 300
PUSHES = re.compile(
    r"\bdocker(?:[ -]compose)?\b.{0,80}\bpush\b|\bbuildx?\b.{0,300}--push\b"
    r"|docker/(?:build-push|login)-action|\bjib\b(?!.{0,20}Docker)",
    re.IGNORECASE,
)
"""Commands and actions that publish an image."""
UPLOADS = re.compile(
    r"\b(?:npm|yarn|pnpm|lerna|poetry|uv|flit|hatch|cargo|changeset)\s(?:[\w@./=-]{1,60}\s){0,4}?publish\b|\btwine\s+upload\b"
    r"|\bnuget\s+push\b|\bgem\s+push\b|\bsemantic-release\b|\bgoreleaser\b|pypi-publish|npm-publish",
    re.IGNORECASE,
)
"""Commands and actions that publish a package: a release, which nothing runs yet."""
DEPLOYERS = re.compile(
    r"(?!.*(?:maven|gh-pages))(?:@?[\w./-]{0,60}[-/])?(?:deploy(?:er)?|shipit(?:-\w{1,20})?|flightplan|pm2-deploy|capistrano(?:-\w{1,20})?"
    r"|gulp-(?:ssh|sftp\w{0,10}|rsync|scp\w{0,4}))",
    re.IGNORECASE,
)
"""Packages that bring a program to a server."""
BY_HAND = re.compile(
    r"\b(?:tomcat\d?|cargo|wildfly|jboss-as|glassfish|payara|liberty|appengine|azure-webapp):(?:re)?deploy\b"
    r"|\bgit push (?:-\w+ )?(?:heroku|dokku|production|live|azure)\b|\bheroku (?:create|container:\w+|git:remote)\b"
    r"|\b(?:fly|flyctl|eb|sls|serverless|sam|cdk|zappa|firebase|wrangler|kamal|vercel|netlify|railway) (?:deploy|up)\b"
    r"|\bvercel --prod\b|\bgcloud (?:app|run|functions) deploy\b|\baz webapp (?:up|deploy\w*)\b|\bkubectl apply\b"
    r"|\bcap \w+ deploy\b|\bdep deploy\b"
)
"""Commands of a README that deploy."""
FABRIC = ("fabric", "fabric2")
REMOTE = frozenset({"run", "sudo", "put", "Connection", "SerialGroup", "ThreadingGroup"})
"""What scripts of Fabric use on another machine."""

CHECK = Check(
    title_shown="The application is deployed by a file",
    title_not_shown="No deployment in the repository",
    looks_for="A deploy job, infrastructure as code, a Procfile, a platform's or Kubernetes' files, a deploy script.",
    why="Somebody who has deployed once knows what configuration, health and logs are for.",
    advice="Deploy the project to a free platform from a CI job, and link it in the README.",
    effort=Effort.HOURS,
    level=3,
    shown_when="A deploy step, a deployment file or a script that deploys is in the repository.",
    does_not_count=(
        "Releases and packages that are only uploaded; prose; compose files, which start it on one machine; projects "
        "without a server, and extensions that a host runs."
    ),
    computed=(
        "CI steps are parsed and told by their programs; about 40 kinds of platform files, Kubernetes and Terraform "
        "among them, by their names and heads; scripts by their names, by what they take from Fabric, or by a copy and "
        "a start over SSH."
    ),
    limits="A compose file for production, an image or a package that is published, and a package that is named for"
    " deploying may be a part of a deployment: nothing is claimed then. A platform that deploys by itself leaves no"
    " file; where a document says where it runs, or names the command that deploys it, nothing is claimed.",
    links=("https://12factor.net/build-release-run", "https://docs.github.com/en/actions"),
    skills=("Deployment",),
    before="jobs:\n  test:\n    steps: [{run: pytest}]",
    pattern="jobs:\n  deploy:\n    needs: test\n    steps:\n      - run: flyctl deploy --remote-only",
)


def run(operations: Operations, api: Api, project: Project, code: Code, documents: Documents) -> Verdict:
    """Deployment files, deploy steps, scripts."""
    steps = [
        Evidence(path=item.path, line=step.line, end_line=step.line, note="deploys")
        for item in operations.ci
        for step in item.fact.steps
        if step.purpose == "deploy" and not UPLOADS.search(step.text[:500])
    ]
    files = evidence(operations.deployments[:3], "deployment")
    if steps or files:
        kinds = ", ".join(dict.fromkeys(item.fact.kind for item in operations.deployments)) or "a CI job"
        return shown(f"Deployed by {kinds}.", [*steps[:2], *files], LIKELY)
    none = without_server(api, project, operations)
    if none is not None:
        return none
    scripts = _scripts(project) or _fabric(code)
    if scripts:
        return shown(f"Deployed by {scripts[0].path}.", scripts[:2], LIKELY)
    unclear = _may_deploy(operations, project, documents)
    if unclear:
        return could_not_tell(unclear)
    if is_hosted(documents) or any(
        BY_HAND.search(item.text[:300]) for at in documents.readmes for item in at.fact.commands
    ):
        return could_not_tell(
            "A document says where it runs or what deploys it; no file of the deployment is in the repository."
        )
    return not_shown("No deployment file or CI step was found.", confidence=LIKELY, at=".github/workflows/deploy.yml")


def _may_deploy(operations: Operations, project: Project, documents: Documents) -> str:
    """What may be how it is deployed, though it does not say so; empty where there is nothing of the kind."""
    if calls_elsewhere(operations):
        return "CI calls workflows of another repository, which are not read and may deploy."
    for item in operations.containers:
        compose = item.fact.kind == "compose" and not DEVELOPMENT.fullmatch(item.path[:PATH_LIMIT])
        if compose and (item.fact.deploys or PRODUCTION.search(item.path[-PATH_LIMIT:].lower())):
            return f"{item.path} may be what starts it on a server."
    named = [(at.path, item.name) for at in project.manifests for item in at.fact.dependencies]
    deployer = next(((path, name) for path, name in named if DEPLOYERS.fullmatch(name[:80])), None)
    if deployer:
        return f"{deployer[0]} names {deployer[1]}, which may deploy it."
    told = [(item.path, step.text) for item in operations.ci for step in item.fact.steps]
    told += [(item.path, step.text) for item in documents.others for step in item.fact.steps]
    told += [(item.path, text) for item in project.manifests for text in item.fact.scripts.values()]
    pushing = next((path for path, text in told if PUSHES.search(text[:500])), "")
    if pushing:
        return f"{pushing} publishes an image; what runs it is not in the repository."
    steps = ((item.path, step) for item in operations.ci for step in item.fact.steps if step.purpose == "deploy")
    released = next((path for path, step in steps if UPLOADS.search(step.text[:500])), "")
    return f"{released} releases a package; what runs it is not in the repository." if released else ""


def _scripts(project: Project) -> list[Evidence]:
    """Scripts of manifests and files by name that deploy."""
    found = [
        Evidence(path=item.path, line=1, end_line=1, note=f"the script {name}")
        for item in project.manifests
        for name in item.fact.scripts
        if SCRIPT.match(name[:60])
    ]
    found += [
        Evidence(path=item.path, line=1, end_line=1, note="deploys")
        for item in project.files
        if item.standing is Standing.OWN and len(item.path) < PATH_LIMIT and FILES.fullmatch(item.path.lower())
    ]
    return found


def _fabric(code: Code) -> list[Evidence]:
    """Scripts of Fabric that work on another machine."""
    found = (item for item in code.imports if item.fact.module.partition(".")[0] in FABRIC and item.fact.name in REMOTE)
    first = {item.path: item.fact.line for item in reversed(list(found))}
    return [Evidence(path=path, line=line, end_line=line, note="deploys") for path, line in sorted(first.items())]
