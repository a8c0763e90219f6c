"""What command lines and ready-made actions are for."""

from __future__ import annotations

import pytest

from reviewer.gather.documents._ci_commands import action_purpose, has_gate, purposes_of

COMMANDS = {
    "pytest": "test",
    "python -m pytest --cov=app": "test coverage",
    "python -m unittest discover": "test",
    "python manage.py test": "test",
    "dbt build --profiles-dir .": "test",
    "dbt test --select marts": "test",
    "dbt run": "build",
    "dbt docs generate": "other",
    "pg_prove -d shop tests/*.sql": "test",
    "python3 manage.py migrate": "other",
    "python test_app.py": "test",
    "poetry run pytest -q": "test",
    "uv run --locked --group dev tox run": "test",
    "tox -e typing": "types",
    "coverage run -m pytest": "test coverage",
    "coverage report --fail-under=90": "coverage",
    "npm test": "test",
    "npm t": "test",
    "npm ci": "other",
    "npm run test:cov": "test coverage",
    "npm run coverage:upload": "coverage",
    "npm --prefix backend test": "test",
    "npm install && npm run lint && npm test": "lint test",
    "CI=true yarn test": "test",
    "npx jest --coverage": "test coverage",
    "npm run typecheck": "types",
    "pnpm --filter api build": "build",
    "nx run-many --target=test": "test",
    "node --test": "test",
    "go test ./... -race": "test",
    "go vet ./...": "lint",
    "./mvnw -B verify": "test build",
    "mvn package -DskipTests": "build",
    "./gradlew build": "test build",
    "./gradlew build -x test": "build",
    "vendor/bin/phpunit": "test",
    "php artisan test": "test",
    "php -l index.php": "lint",
    "bundle exec rspec": "test",
    "bundle exec rake": "test",
    "rails db:create": "other",
    "dotnet test --no-build": "test",
    "dotnet build": "build",
    "make": "build",
    "make test": "test",
    "./scripts/test": "test",
    "bash ./scripts/coverage.sh": "test coverage",
    "bash <(curl -s https://codecov.io/bash)": "coverage",
    "docker build -t x .": "build",
    "docker push x": "deploy",
    "docker run --rm image npm test": "test",
    "docker run hello-world": "other",
    "docker-compose run --rm web python manage.py test": "test",
    "docker compose exec -T app ./vendor/bin/phpunit": "test",
    "docker compose -f ci.yml up --exit-code-from api": "test",
    "git push heroku main": "deploy",
    "git push origin main": "other",
    "flyctl deploy --remote-only": "deploy",
    "kubectl apply -f k8s/": "deploy",
    "kubectl get pods": "other",
    'ssh user@host "git pull"': "deploy",
    'echo "npm test"': "other",
    "# npm test": "other",
    "true # npm test": "other",
    "pip install pytest flake8": "other",
    "apt-get install -y shellcheck": "other",
    "": "other",
}


@pytest.mark.parametrize("command", COMMANDS)
def test_purposes_of_a_command(command: str) -> None:
    assert " ".join(purposes_of(command)) == COMMANDS[command]


ACTIONS = {
    "actions/checkout@v4": "other",
    "actions/setup-python@v5": "other",
    "actions/upload-pages-artifact@v2": "other",
    "actions/deploy-pages@v1": "other",
    "codecov/codecov-action@v3": "coverage",
    "golangci/golangci-lint-action@v6": "lint",
    "psf/black@stable": "lint",
    "docker/build-push-action@v5": "build",
    "azure/webapps-deploy@v2": "deploy",
    "cypress-io/github-action@v6": "test",
    "VSTest@2": "test",
    "VSBuild@1": "build",
    "VisualStudioTestPlatformInstaller@1": "other",
    "PublishTestResults@2": "other",
    "dorny/test-reporter@v1": "other",
    "docker://tiangolo/latest-changes:0.3.0": "other",
    "./.github/workflows/test.yml": "test",
}


@pytest.mark.parametrize("action", ACTIONS)
def test_purpose_of_an_action(action: str) -> None:
    assert action_purpose(action) == ACTIONS[action]


@pytest.mark.parametrize(
    ("command", "gate"),
    [
        ("pytest --cov-fail-under=80", True),
        ("dotnet test /p:CollectCoverage=true /p:Threshold=80", True),
        ("./gradlew jacocoTestCoverageVerification", True),
        ("pytest --cov=app", False),
        ("coverage report", False),
    ],
)
def test_gate(command: str, gate: bool) -> None:
    assert has_gate(command) is gate
