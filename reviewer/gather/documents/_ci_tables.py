"""Programs, their subcommands and ready-made actions, by what they are for in a CI run."""

from __future__ import annotations

from reviewer.gather.documents._words import word_set


def _table(**purposes: str) -> dict[str, str]:
    return {word: purpose for purpose, words in purposes.items() for word in words.split()}


PROGRAMS = _table(
    test=(
        "pytest py.test unittest nose nosetests nose2 trial tox nox behave robot locust schemathesis testify "
        "jest mocha vitest ava tap tape jasmine karma newman cucumber-js wdio protractor "
        "phpunit simple-phpunit pest codecept behat phpspec paratest rspec minitest cucumber "
        "pg_prove utplsql gotestsum ginkgo vstest nunit3-console xunit.console ctest k6 artillery hurl bats"
    ),
    lint=(
        "flake8 ruff pylint black isort yapf autopep8 pycodestyle pydocstyle bandit pre-commit prek pip-audit safety "
        "eslint tslint prettier biome standard xo stylelint oxlint commitlint jshint "
        "license_finder rubocop standardrb reek brakeman bundle-audit phpcs php-cs-fixer pint phpmd ecs rector "
        "overcommit codacy deepsource "
        "golangci-lint golint staticcheck revive gofmt goimports gosec govulncheck hadolint shellcheck yamllint "
        "sqlfluff spectral semgrep ktlint detekt markdownlint markdownlint-cli2 actionlint trivy snyk zizmor codespell"
    ),
    types="mypy pyright basedpyright pytype pyre tsc vue-tsc flow sorbet srb phpstan psalm ty",
    coverage="codecov coveralls goveralls cc-test-reporter reportgenerator php-coveralls diff-cover smokeshow",
    build="docker-buildx buildah kaniko webpack tsup rollup esbuild sphinx-build msbuild xcodebuild ng-packagr",
    deploy="rsync scp ssh sshpass lftp ncftpput semantic-release ansible-playbook dpl capistrano eb zappa cap",
)
"""Programs that are for one thing, whatever their arguments."""

SUBCOMMANDS: dict[str, dict[str, str]] = {
    "go": _table(test="test", lint="vet fmt", build="build install"),
    "dotnet": _table(test="test vstest", lint="format", deploy="publish push", build="build pack"),
    "cargo": _table(test="test nextest", lint="clippy fmt", build="build", deploy="publish"),
    "mix": _table(test="test", lint="format credo", build="compile"),
    "deno": _table(test="test", lint="lint fmt", types="check"),
    "mvn": _table(
        deploy="deploy",
        test="test verify install package integration-test failsafe:integration-test surefire:test",
        lint="checkstyle:check checkstyle:checkstyle spotless:check pmd:check spotbugs:check",
        coverage="jacoco:report jacoco:check coveralls:report",
        build="compile",
    ),
    "gradle": _table(
        test="test check build integrationTest cleanTest allTests",
        lint="checkstyleMain spotlessCheck pmdMain spotbugsMain ktlintCheck detekt",
        coverage="jacocoTestReport jacocoTestCoverageVerification",
        build="assemble bootJar classes jar bootBuildImage",
        deploy="publish appengineDeploy",
    ),
    "docker": _table(deploy="push stack", build="build buildx bake"),
    "docker-compose": _table(deploy="push", build="build"),
    "podman": _table(deploy="push", build="build"),
    "manage.py": _table(test="test", lint="check"),
    "flask": _table(test="test tests", lint="lint"),
    "artisan": _table(test="test dusk"),
    "dbt": _table(test="test build", build="compile run", lint="parse"),
    "console": _table(lint="lint:yaml lint:twig lint:container doctrine:schema:validate"),
    "rails": _table(test="test spec test:system", build="assets:precompile"),
    "coverage": _table(test="run", coverage="report xml html combine lcov"),
    "nyc": _table(coverage="report check-coverage", test="mocha npm jest"),
    "c8": _table(coverage="report check-coverage", test="mocha npm node"),
    "cypress": _table(test="run"),
    "playwright": _table(test="test"),
    "node": _table(test="--test"),
    "bun": _table(test="test"),
    "setup.py": _table(test="test pytest", build="sdist bdist_wheel build"),
    "twine": _table(deploy="upload"),
    "uv": _table(build="build", deploy="publish"),
    "poetry": _table(build="build", deploy="publish"),
    "heroku": _table(deploy="container:push container:release git:remote deploy"),
    "git": _table(deploy="heroku dokku"),
    "flyctl": _table(deploy="deploy"),
    "fly": _table(deploy="deploy"),
    "vercel": _table(deploy="deploy --prod"),
    "netlify": _table(deploy="deploy"),
    "railway": _table(deploy="up deploy"),
    "serverless": _table(deploy="deploy"),
    "sls": _table(deploy="deploy"),
    "sst": _table(deploy="deploy"),
    "sam": _table(deploy="deploy", build="build"),
    "cdk": _table(deploy="deploy"),
    "pulumi": _table(deploy="up"),
    "wrangler": _table(deploy="deploy publish"),
    "firebase": _table(deploy="deploy"),
    "kamal": _table(deploy="deploy"),
    "skaffold": _table(deploy="run deploy", build="build"),
    "kubectl": _table(deploy="apply set rollout create replace patch"),
    "helm": _table(deploy="upgrade install", lint="lint"),
    "terraform": _table(deploy="apply", lint="validate fmt"),
    "tofu": _table(deploy="apply", lint="validate fmt"),
    "gcloud": _table(deploy="deploy", build="submit"),
    "aws": _table(deploy="sync cp update-service update-function-code create-deployment deploy"),
    "az": _table(deploy="webapp containerapp functionapp"),
    "npm": _table(lint="audit", deploy="publish"),
    "yarn": _table(deploy="publish"),
    "pnpm": _table(deploy="publish"),
    "composer": _table(lint="validate audit"),
    "php": _table(lint="-l"),
    "mkdocs": _table(build="build", deploy="gh-deploy"),
    "ng": _table(build="build", test="test e2e", lint="lint"),
    "next": _table(build="build", lint="lint"),
    "nest": _table(build="build"),
    "vite": _table(build="build"),
    "build": {"": "build"},
}
"""Programs by their arguments; each argument is looked up."""

RUNNERS = word_set(
    "npm yarn pnpm bun composer make just task rake inv invoke turbo nx lerna grunt gulp hatch poe pdm rush",
)
"""Programs that run what a project has named; what for is told by the words of the name."""

SCRIPT_WORDS = _table(
    test="test tests t spec specs e2e unit integration check ci behat phpunit pytest jest functional cypress",
    lint="lint linter linters format fmt gofmt style checkstyle cs eslint prettier phpcs flake8 rubocop vet sonar sca",
    types="types typecheck tsc typing phpstan mypy",
    coverage="coverage cov",
    build="build compile bundle dist image",
    deploy="deploy release publish",
)

ACTION_WORDS: tuple[tuple[str, tuple[str, ...]], ...] = tuple(
    (purpose, tuple(words.split()))
    for purpose, words in (
        ("coverage", "codecov coveralls coverage code-climate codeclimate smokeshow"),
        (
            "lint",
            "lint superlint megalint pre-commit black ruff flake8 rubocop phpcs php-cs hadolint shellcheck reviewdog "
            "codeql codacy deepsource overcommit "
            "semgrep bandit trivy snyk zizmor prettier dependency-review sonar golangci qodana",
        ),
        ("types", "mypy pyright phpstan psalm"),
        (
            "deploy",
            "deploy heroku ssh-action scp-action ftp flyctl netlify vercel pypi-publish firebase "
            "publish-profile kubectl helm k8s cloudrun webapps azurewebapp azurerm azure-functions serverless "
            "terraform "
            "wrangler dokku caprover railway render digitalocean copyfilesoverssh kubernetes",
        ),
        ("test", "test vstest pytest phpunit cypress playwright newman tox cucumber rspec k6 schemathesis"),
        ("build", "build-push build bake vsbuild msbuild"),
    )
)
"""Words that parts of the name of a ready-made action, orb or task begin with, tried in this order."""

HELPER_WORDS = tuple(
    "jekyll deploy-pages gh-pages github-pages upload-pages "
    "setup- checkout cache upload- download- login label configure- create-release reporter publish-unit-test "
    "publishtest junit test-summary paths-filter install node-version".split()
)
"""Actions with these words prepare or report; they are for nothing in themselves."""

GATES = tuple(
    "--cov-fail-under --fail-under check-coverage coveragethreshold jacocotestcoverageverification /p:threshold= "
    "-p:threshold= minimum_coverage minimum-coverage --coverage-min fail_under --min-coverage coverage_threshold "
    "coverage-threshold jacoco:check --cov-min koververify coverage-check coverage.threshold go-test-coverage".split()
)
"""What fails a run when too little is covered, in lower case."""
