"""Per repository, from kept facts alone: full routes, tests matched to endpoints, what is used and what is named."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import msgspec

from reviewer.gather.documents._secret_marks import as_sample, is_sample
from reviewer.gather.documents.secrets import standing_at
from reviewer.gather.link.api import link_api
from reviewer.gather.link.code import link_code
from reviewer.gather.link.data import link_data
from reviewer.gather.link.documents import link_documents, link_operations
from reviewer.gather.link.project import link_project
from reviewer.gather.link.tests import link_tests
from reviewer.gather.link.view import View
from reviewer.model.facts.documents import Secret, SecretStanding
from reviewer.model.facts.history import History
from reviewer.model.facts.repository import Excluded, Problem, RepositoryFacts, SourceFile
from reviewer.model.facts.values import At
from reviewer.model.repository import Repository


def link(
    repository: Repository,
    files: Iterable[SourceFile],
    history: History,
    problems: Iterable[Problem] = (),
    excluded: Iterable[Excluded] = (),
) -> RepositoryFacts:
    """Joins the facts of all files of one repository."""
    view = View(tuple(sorted(files, key=lambda file: file.path)))
    tests = link_tests(view)
    data = link_data(view)
    api = link_api(view)
    operations = link_operations(view)
    project = link_project(repository, view, history)
    code = link_code(view)
    return RepositoryFacts(
        project=project,
        code=code,
        api=api,
        tests=tests,
        data=data,
        operations=operations,
        documents=link_documents(view, project, code, api, tests, data, operations),
        history=history,
        secrets=tuple(_secrets(view)),
        problems=tuple(problems),
        excluded=tuple(excluded),
    )


def _secrets(view: View) -> Iterator[At[Secret]]:
    """The secrets of own files; those of tests and examples by their path are no real ones."""
    holding = [file for file in view.own if file.facts and file.facts.secrets]
    samples = frozenset(
        secret.mark
        for file in holding
        if file.facts and is_sample(file.path)
        for secret in file.facts.secrets
        if secret.mark and standing_at(file.path, secret.standing, secret.kind) is not SecretStanding.REAL
    )
    for file in holding:
        for secret in file.facts.secrets if file.facts else ():
            standing = standing_at(file.path, secret.standing, secret.kind)
            found = as_sample(msgspec.structs.replace(secret, standing=standing), samples)
            yield At(path=file.path, fact=found)
