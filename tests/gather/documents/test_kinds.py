"""Which paths are documents, and of what kind; beside each a look-alike that is none."""

from __future__ import annotations

import time

import pytest

from reviewer.gather import registry
from reviewer.gather.documents.kinds import BY_NAME, BY_NAME_PATTERN, BY_PATH_PATTERN, ROOT_NAMES, document_kind
from reviewer.gather.kinds import kind_of

KINDS = {
    "requirements.txt": "requirements",
    "requirements/prod.txt": "requirements",
    "backend/requirements-dev.txt": "requirements-dev",
    "requirements/test.txt": "requirements-dev",
    "setup.py": None,
    "pyproject.toml": "pyproject",
    "poetry.lock": "pypi-lock",
    "web/package.json": "npm",
    "yarn.lock": "npm-lock",
    "Gemfile": "gemfile",
    "shop.gemspec": "gemfile",
    "pom.xml": "maven",
    "app/build.gradle.kts": "gradle",
    "src/Api/Api.csproj": "csproj",
    "Directory.Packages.props": "csproj",
    "go.mod": "gomod",
    "environment.yml": "conda",
    ".github/workflows/ci.yml": "github-workflow",
    "sub/.github/workflows/ci.yml": None,
    ".github/actions/test/action.yml": "github-action",
    "Taskfile.yml": "taskfile",
    "docs/taskfile.md": None,
    ".gitlab-ci.yml": "gitlab-ci",
    "sub/.gitlab-ci.yml": None,
    ".circleci/config.yml": "circleci",
    "Jenkinsfile": "jenkinsfile",
    "ci/Jenkinsfile.deploy": "jenkinsfile",
    "azure-pipelines-1.yml": "azure-pipelines",
    "Dockerfile": "dockerfile",
    "docker/Dockerfile.prod": "dockerfile",
    "api.dockerfile": "dockerfile",
    "users/Dockerfile.users.dev": "dockerfile",
    "Dockerfile.dev.dockerignore": None,
    "Dockerfile.users.md": None,
    "src/main/resources/messages.properties": "prose",
    "src/main/resources/message_pt.properties": "prose",
    "i18n/labels_pt_BR.properties": "prose",
    "src/main/resources/application_db.properties": "properties",
    "src/main/resources/application-en.properties": "properties",
    "requests/users.http": "requests",
    "test-rest/sales.rest": "requests",
    "dockerfile_lint.py": None,
    "docs/dockerfile.md": None,
    "docker-compose.override.yml": "compose",
    "deploy/compose.yaml": "compose",
    "docker-compose .yml.dist": "compose",
    "docker-compose.prod.yml.example": "compose",
    "docker-compose.yml.bak": None,
    "composer.json": "composer",
    "compositions.yml": None,
    "Procfile": "deploy:Heroku",
    "chart/Chart.yaml": "deploy:Helm",
    "roles/web/tasks/main.yml": "deploy:Ansible",
    "README": "readme",
    "docs/readme.md": "readme",
    "README.pt-BR.md": "readme",
    "readme_generator.py": None,
    "docs/openapi.json": "openapi",
    "swagger-v1.yaml": "openapi",
    "swagger_ui.go": None,
    "api/shop.postman_collection.json": "postman",
    ".gitignore": "gitignore",
    ".env": "env",
    ".env.production": "env",
    "prisma/.env": "env",
    ".env.test": "env-test",
    ".env.example": "env-example",
    ".env.example.docker": "env-example",
    "env-example-relational": "env-example",
    "src/environment.ts": None,
    ".github/dependabot.yml": "update:Dependabot",
    "renovate.json": "update:Renovate",
    "CHANGELOG.md": "changelog",
    "docs/adr/0001-database.md": "decision-record",
    "ARCHITECTURE.md": "decision-record",
    "docs/designer-guide.txt": None,
    ".pre-commit-config.yaml": "lint:pre-commit",
    ".eslintrc.cjs": "lint:ESLint",
    "eslint.config.js": "lint:ESLint",
    "tox.ini": "lint:tox",
    "config/server.key": "key",
    "id_rsa": "key",
    "monkey.py": None,
    "src/main/resources/application.properties": "properties",
    "src/config.ts.example": "example",
    "schema/countries.xsd": "xsd",
    "src/app.py": None,
    "index.js": None,
}


@pytest.mark.parametrize("path", KINDS)
def test_kind_of_a_document(path: str) -> None:
    assert document_kind(path) == KINDS[path]


def test_document_kinds_come_before_suffixes() -> None:
    assert [kind_of(path) for path in ("package.json", "data.json", "main.tf", "app.py")] == [
        "npm",
        "json",
        "terraform",
        "python",
    ]


UNREAD = {"credentials", "key", "prose"}
"""Kinds that are there for their secrets alone, and text that is shown to people."""


def test_every_kind_has_a_reader() -> None:
    kinds = {*BY_NAME.values(), *ROOT_NAMES.values(), *(kind for _, kind in (*BY_NAME_PATTERN, *BY_PATH_PATTERN))}
    assert kinds - UNREAD - set(registry.documents()) == set()


def test_names_without_end_are_told_at_once() -> None:
    start = time.process_time()
    for path in ("a" * 100_000, "swagger" * 20_000 + ".json", "docs/" * 20_000 + "x.md", "env." * 30_000):
        assert document_kind(path) is None
    assert time.process_time() - start < 1
