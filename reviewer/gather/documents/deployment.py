"""Files that deploy: platforms, infrastructure as code, playbooks. A file that lacks what its kind lives by is none."""

from __future__ import annotations

import re

from reviewer.gather.documents._trees import with_document
from reviewer.gather.documents.kinds import BY_NAME, BY_NAME_PATTERN, BY_PATH_PATTERN
from reviewer.gather.reader import DocumentReader
from reviewer.model.facts.documents import Deployment, Document
from reviewer.model.facts.file import FileFacts

PREFIX = "deploy:"
TEXT_LIMIT = 200_000

NEEDED = {
    "Heroku": r"^[ \t]*(?:[\w-]+:[ \t]*\S|build:|run:)",
    "Heroku app": r"\"(?:buildpacks|formation|addons|stack|dokku)\"",
    "App Engine": r"^(?:runtime|env):",
    "Fly.io": r"^[ \t]*(?:app[ \t]*=|\[)",
    "Render": r"^services:|^databases:",
    "Serverless Framework": r"^(?:provider|functions|service):",
    "Helm": r"^apiVersion:",
    "AWS CodeDeploy": r"^(?:hooks|files|Resources):",
    "Vercel": r"\{",
    "Netlify": r"^[ \t]*\[",
    "Ansible": r"^[ \t]*(?:-[ \t]|\[|[\w.-]+:)",
    "Terraform": r"^[ \t]*(?:resource|module)[ \t]+\"",
    "systemd": r"^[ \t]*ExecStart[ \t]*=",
    "Firebase": r"\"(?:hosting|functions)\"",
}
"""Kind to a pattern that one line must match; kinds that are not listed need a line that is no comment."""

ANY_LINE = r"^[ \t]*[^#\s]"
NAMED_KINDS = {"terraform": "Terraform", "systemd": "systemd", "ansible-playbook": "Ansible playbook"}
NEEDED["Ansible playbook"] = r"^[ \t]*(?:-[ \t]+)?hosts:"

_NEEDED = {kind: re.compile(pattern, re.MULTILINE) for kind, pattern in NEEDED.items()}
_ANY = re.compile(ANY_LINE, re.MULTILINE)

SNIFFED_NAMES = (
    ("AWS CloudFormation", re.compile(r"^[\"' \t]*(?:AWSTemplateFormatVersion|Transform)\b.{0,4}:", re.MULTILINE)),
    (
        "Kubernetes",
        re.compile(r"^apiVersion:[^\n]*\n(?:.{0,80}\n)?kind:|^kind:[^\n]*\n(?:.{0,80}\n)?apiVersion:", re.MULTILINE),
    ),
    ("Ansible playbook", re.compile(r"^-[ \t]+(?:name:[^\n]*\n[ \t]+)?hosts:", re.MULTILINE)),
)
"""How YAML and JSON files of any name give themselves away, by their head."""

SERVING = "Deployment|StatefulSet|DaemonSet|Pod|CronJob|Job|Service|Ingress|Rollout|HelmRelease|Application"
SERVING_KINDS = re.compile(rf"^kind:[ \t]*[\"']?(?:{SERVING})\b", re.MULTILINE)
"""Kinds of objects that make something run or be reached; definitions and policies alone deploy nothing."""


def read_deployment(source: str, base: FileFacts) -> FileFacts:
    """A file whose name says that it deploys."""
    kind = NAMED_KINDS.get(base.kind, base.kind.removeprefix(PREFIX))
    found = _NEEDED.get(kind, _ANY).search(source, 0, TEXT_LIMIT)
    if found is None:
        return base
    shown = kind.removesuffix(" app").removesuffix(" playbook")
    return with_document(base, Document(deployment=Deployment(kind=shown, line=_line(source, found))))


def sniffed_deployment(head: str) -> Deployment | None:
    """What a YAML or JSON file of any name deploys, told by its head."""
    for kind, pattern in SNIFFED_NAMES:
        found = pattern.search(head)
        if found and (kind != "Kubernetes" or SERVING_KINDS.search(head)):
            return Deployment(kind=kind.removesuffix(" playbook"), line=_line(head, found))
    return None


def _line(source: str, found: re.Match[str]) -> int:
    return source.count("\n", 0, found.start()) + 1


_TABLES = (*BY_NAME.values(), *(kind for _, kind in (*BY_NAME_PATTERN, *BY_PATH_PATTERN)))
DEPLOYMENT = DocumentReader(
    "deployment",
    (*sorted({kind for kind in _TABLES if kind.startswith(PREFIX)}), *NAMED_KINDS),
    read_deployment,
    reads_generated=True,
)
