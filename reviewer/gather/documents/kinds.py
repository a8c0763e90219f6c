"""What kind of document a path names: tables of well-known names, most telling first.

A kind stands for everything of the path that a reader may know, since facts are cached by kind and bytes.
"""

from __future__ import annotations

import re
from posixpath import splitext

from reviewer.gather.documents._lint_names import LINT_NAMES, LINT_STEMS

BY_NAME = {
    "pyproject.toml": "pyproject",
    "setup.cfg": "setup-cfg",
    "pipfile": "pipfile",
    "environment.yml": "conda",
    "environment.yaml": "conda",
    "pipfile.lock": "pypi-lock",
    "poetry.lock": "pypi-lock",
    "uv.lock": "pypi-lock",
    "pdm.lock": "pypi-lock",
    "pylock.toml": "pypi-lock",
    "package.json": "npm",
    "package-lock.json": "npm-lock",
    "npm-shrinkwrap.json": "npm-lock",
    "yarn.lock": "npm-lock",
    "pnpm-lock.yaml": "npm-lock",
    "bun.lock": "npm-lock",
    "composer.json": "composer",
    "composer.lock": "composer-lock",
    "gemfile": "gemfile",
    "gems.rb": "gemfile",
    "gemfile.lock": "rubygems-lock",
    "gems.locked": "rubygems-lock",
    "pom.xml": "maven",
    "libs.versions.toml": "gradle-catalog",
    "gradle.lockfile": "maven-lock",
    "directory.packages.props": "csproj",
    "directory.build.props": "csproj",
    "packages.config": "csproj",
    "packages.lock.json": "nuget-lock",
    "host.json": "functions-host",
    "function.json": "functions-binding",
    "tsoa.json": "tsoa",
    "go.mod": "gomod",
    "go.sum": "go-lock",
    "jenkinsfile": "jenkinsfile",
    "cloudbuild.yaml": "cloudbuild",
    "cloudbuild.yml": "cloudbuild",
    "dockerfile": "dockerfile",
    "containerfile": "dockerfile",
    ".gitignore": "gitignore",
    ".dockerignore": "dockerignore",
    ".envrc": "env",
    "env.example": "env-example",
    "env.sample": "env-example",
    "example.env": "env-example",
    "sample.env": "env-example",
    "makefile": "makefile",
    "reviewer.toml": "reviewer-toml",
    "gnumakefile": "makefile",
    "justfile": "makefile",
    "taskfile.yml": "taskfile",
    "taskfile.yaml": "taskfile",
    ".npmrc": "credentials",
    ".pypirc": "credentials",
    ".netrc": "credentials",
    ".pgpass": "credentials",
    ".git-credentials": "credentials",
    ".dockercfg": "credentials",
    ".htpasswd": "credentials",
    "id_rsa": "key",
    "id_dsa": "key",
    "id_ecdsa": "key",
    "id_ed25519": "key",
    "dependabot.yml": "update:Dependabot",
    "dependabot.yaml": "update:Dependabot",
    "renovate.json": "update:Renovate",
    "renovate.json5": "update:Renovate",
    ".renovaterc": "update:Renovate",
    ".renovaterc.json": "update:Renovate",
    ".pyup.yml": "update:PyUp",
    ".coveragerc": "coverage",
    "pytest.ini": "coverage",
    ".pytest.ini": "coverage",
    "phpunit.xml.dist": "xml",
    ".nycrc": "coverage",
    ".nycrc.json": "coverage",
    "codecov.yml": "coverage",
    ".codecov.yml": "coverage",
    "codecov.yaml": "coverage",
    ".codecov.yaml": "coverage",
    ".testcoverage.yml": "coverage",
    ".c8rc.json": "coverage",
    "procfile": "deploy:Heroku",
    "app.json": "deploy:Heroku app",
    "heroku.yml": "deploy:Heroku",
    "app.yaml": "deploy:App Engine",
    "fly.toml": "deploy:Fly.io",
    "render.yaml": "deploy:Render",
    "vercel.json": "deploy:Vercel",
    "now.json": "deploy:Vercel",
    "netlify.toml": "deploy:Netlify",
    "railway.json": "deploy:Railway",
    "railway.toml": "deploy:Railway",
    "nixpacks.toml": "deploy:Nixpacks",
    "captain-definition": "deploy:CapRover",
    "serverless.yml": "deploy:Serverless Framework",
    "serverless.yaml": "deploy:Serverless Framework",
    "chart.yaml": "deploy:Helm",
    "kustomization.yaml": "deploy:Kustomize",
    "kustomization.yml": "deploy:Kustomize",
    "skaffold.yaml": "deploy:Skaffold",
    "pulumi.yaml": "deploy:Pulumi",
    "cdk.json": "deploy:AWS CDK",
    "sst.config.ts": "deploy:SST",
    "sst.json": "deploy:SST",
    "samconfig.toml": "deploy:AWS SAM",
    "dockerrun.aws.json": "deploy:Elastic Beanstalk",
    "appspec.yml": "deploy:AWS CodeDeploy",
    "apprunner.yaml": "deploy:AWS App Runner",
    "zappa_settings.json": "deploy:Zappa",
    "wrangler.toml": "deploy:Cloudflare Workers",
    "wrangler.json": "deploy:Cloudflare Workers",
    "wrangler.jsonc": "deploy:Cloudflare Workers",
    "firebase.json": "deploy:Firebase",
    "azure.yaml": "deploy:Azure Developer CLI",
    "capfile": "deploy:Capistrano",
    "ansible.cfg": "deploy:Ansible",
    ".htaccess": "conf",
}

ROOT_NAMES = {
    ".gitlab-ci.yml": "gitlab-ci",
    ".gitlab-ci.yaml": "gitlab-ci",
    ".circleci/config.yml": "circleci",
    ".circleci/config.yaml": "circleci",
    "circle.yml": "circleci",
    ".travis.yml": "travis",
    "bitbucket-pipelines.yml": "bitbucket-pipelines",
    ".drone.yml": "drone",
    "appveyor.yml": "appveyor",
    ".appveyor.yml": "appveyor",
}
"""CI files that their host reads from the root of a repository alone; elsewhere they run nothing."""

TONGUES = (
    "ar|bg|ca|cs|da|de|el|en|es|et|fa|fi|fr|he|hi|hr|hu|id|it|ja"
    "|ko|lt|lv|nb|nl|no|pl|pt|ro|ru|sk|sl|sr|sv|th|tr|uk|vi|zh"
)
"""Codes of languages at the end of a file's name: what stands in it is shown to people, and sets nothing."""

BY_NAME_PATTERN = (
    (r"jenkinsfile[._-].*", "jenkinsfile"),
    (r"azure-pipelines.*\.ya?ml", "azure-pipelines"),
    (r"jest\b[\w.-]{0,60}\.json|\.c8rc|\.simplecov", "coverage"),
    (r"(requirements|constraints)[._-](dev|test|ci|lint|doc|local).*\.(txt|in)", "requirements-dev"),
    (r"(dev|tests?|ci|lint|docs?)[._-]?requirements.*\.(txt|in)", "requirements-dev"),
    (r"(requirements|constraints).*\.(txt|in|pip)", "requirements"),
    (r".+\.gemspec", "gemfile"),
    (r".+\.gradle(\.kts)?", "gradle"),
    (r".+\.(cs|fs|vb)proj", "csproj"),
    (r"(docker-)?compose ?([._-].*)?\.ya?ml(\.(dist|example|sample|template))?", "compose"),
    (
        r"(docker|container)file[._-](?!(?:.*\.)?(?:md|txt|rst|json|ya?ml|sh|lock|dockerignore|bak|old)$)[^/]*",
        "dockerfile",
    ),
    (r".+\.dockerfile", "dockerfile"),
    (r"(.*\.)?env[._-].*(example|sample|template|dist|default|tpl).*", "env-example"),
    (r".*(example|sample|template).*\.env(\.txt)?", "env-example"),
    (r"(example|sample|template)[._-]env(\.txt)?", "env-example"),
    (r"\.env\.(test|testing|ci|travis|e2e)|test\.env", "env-test"),
    (r"\.env(\..+)?|.+\.env", "env"),
    (r"(playbook|site).*\.ya?ml", "ansible-playbook"),
    (r".+\.bicep", "deploy:Bicep"),
    (r".+\.service", "systemd"),
    (r"readme(\.(md|markdown|mdown|rst|txt|adoc|rdoc|org|textile)|[._-][a-z]{2}([_-][a-z]{2})?\.md)?", "readme"),
    (r"(changelog|changes|history|releases?|release[_-]notes|news)(\.(md|rst|txt))?", "changelog"),
    (r"(architecture|design|decisions)\.(md|rst|adoc)", "decision-record"),
    (r".*(openapi|swagger).*\.(json|ya?ml)", "openapi"),
    (r".*postman_collection.*\.json", "postman"),
    (r".+\.apib(\.md)?", "blueprint"),
    (r".+\.(http|rest)", "requests"),
    (r".+\.(pem|key|ppk|p8)", "key"),
    (
        r"(messages?|labels?|texts?|strings|i18n|translations?|validationmessages|applicationresources)\.properties",
        "prose",
    ),
    (rf".+_({TONGUES})([_-][a-z]{{2,4}})?\.properties", "prose"),
    (r".+\.properties", "properties"),
    (r".+\.(conf|config)", "conf"),
    (r".+\.xsd", "xsd"),
    (r".+\.(example|sample|dist|template|tpl)", "example"),
)
"""Patterns for the whole name, in lower case."""

BY_PATH_PATTERN = (
    (r"\.github/workflows/[^/]+\.ya?ml", "github-workflow"),
    (r"\.github/actions/.+/action\.ya?ml", "github-action"),
    (r"(.*/)?conf/(routes|[\w.-]+\.routes)", "play-routes"),
    (r"(.*/)?requirements/(dev|test|ci|lint|doc|local)[^/]*\.(txt|in)", "requirements-dev"),
    (r"(.*/)?requirements/[^/]+\.(txt|in)", "requirements"),
    (r"(.*/)?\.ebextensions/[^/]+", "deploy:Elastic Beanstalk"),
    (r"(.*/)?\.do/[^/]+\.ya?ml", "deploy:DigitalOcean"),
    (r"(.*/)?roles/[^/]+/tasks/[^/]+\.ya?ml", "deploy:Ansible"),
    (r"(.*/)?(adrs?|decisions|decision-records|architecture-decisions)/.*\.(md|rst|adoc)", "decision-record"),
    (r"(.*/)?docs?/.*(architecture|design|decision|trade-?off)[^/]*\.(md|rst|adoc)", "decision-record"),
)
"""Patterns for the whole path, in lower case."""

NAME_LIMIT = 255
PATH_LIMIT = 1000
"""Longer names and paths, in characters, match no pattern; file systems do not hold such names."""

CODE_SUFFIXES = frozenset(
    {f".{suffix}" for suffix in "py pyw js jsx mjs cjs ts mts cts tsx rb php cs java go html css scss svg".split()}
)
"""Only a well-known name makes a document of these, so most files of a repository need no pattern."""

_NAMES = tuple((re.compile(pattern), kind) for pattern, kind in BY_NAME_PATTERN)
_PATHS = tuple((re.compile(pattern), kind) for pattern, kind in BY_PATH_PATTERN)


def document_kind(path: str) -> str | None:
    """The kind of a document, or None for what the suffix alone decides (or nobody reads)."""
    lower = path.lower()
    name = lower.rpartition("/")[2]
    found = ROOT_NAMES.get(lower) or BY_NAME.get(name) or _lint_kind(name)
    if found or splitext(name)[1] in CODE_SUFFIXES:
        return found
    if len(name) <= NAME_LIMIT and len(lower) <= PATH_LIMIT:
        for pattern, kind in _PATHS:
            if pattern.fullmatch(lower):
                return kind
        for pattern, kind in _NAMES:
            if pattern.fullmatch(name):
                return kind
    return None


def _lint_kind(name: str) -> str | None:
    tool = LINT_NAMES.get(name) or next((tool for stem, tool in LINT_STEMS if name.startswith(stem)), None)
    return f"lint:{tool}" if tool else None
