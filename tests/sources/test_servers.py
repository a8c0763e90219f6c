"""The local GitHub against GitHub's published description of its API, so that what passes here means something."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from urllib.request import Request, urlopen

import jsonschema
import pytest

from reviewer.sources.clone import Cloner
from reviewer.sources.github import GitHub
from reviewer.sources.limits import ApiLimits
from reviewer.sources.token import find_token
from tests.servers.logins import Listed, Login, Pull, read_logins
from tests.servers.serve import serve
from tests.sources.repositories import git, make_repository

DESCRIPTION = json.loads((Path(__file__).parents[1] / "servers" / "github_openapi.json").read_text(encoding="utf-8"))
SECRET = "t0ken"
LOGINS = [
    Login(
        "ada",
        "Ada Example",
        "ada@example.org",
        repositories=[Listed("shop"), Listed("notes", private=True)],
        pulls=[Pull("ada/shop", 3), Pull("acme/tools", 12, body="Mend it.", approved=True)],
    ),
    Login("bob", repositories=[Listed("shop", fork=True, parent="ada/shop", archived=True)]),
]
OPERATIONS = {
    "user": ("/users/{username}", "/users/ada", None),
    "user without a name": ("/users/{username}", "/users/bob", None),
    "user, asked by itself": ("/users/{username}", "/users/ada", SECRET),
    "own user": ("/user", "/user", SECRET),
    "repositories": ("/users/{username}/repos", "/users/ada/repos?per_page=100", None),
    "repositories with permissions": ("/users/{username}/repos", "/users/bob/repos", SECRET),
    "own repositories": ("/user/repos", "/user/repos?affiliation=owner", SECRET),
    "repository": ("/repos/{owner}/{repo}", "/repos/ada/shop", None),
    "private repository": ("/repos/{owner}/{repo}", "/repos/ada/notes", SECRET),
    "fork": ("/repos/{owner}/{repo}", "/repos/bob/shop", None),
    "pull requests": ("/search/issues", "/search/issues?q=is:pr+is:merged+author:ada", None),
}


def as_json_schema(node: object) -> object:
    """OpenAPI 3.0 writes ``nullable: true`` where JSON Schema has a second type."""
    if isinstance(node, list):
        return [as_json_schema(each) for each in node]
    if not isinstance(node, dict):
        return node
    plain = {name: as_json_schema(value) for name, value in node.items() if name != "nullable"}
    return {"anyOf": [plain, {"type": "null"}]} if node.get("nullable") is True else plain


def ask(url: str, token: str | None = None) -> object:
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    with urlopen(Request(url, headers=headers), timeout=10) as answer:
        return json.load(answer)


@pytest.mark.parametrize(("operation", "path", "token"), OPERATIONS.values(), ids=OPERATIONS.keys())
def test_answers_fit_the_published_schemas(operation: str, path: str, token: str | None) -> None:
    schema = DESCRIPTION["paths"][operation]["get"]["responses"]["200"]["content"]["application/json"]["schema"]
    whole = {**as_json_schema(schema), "components": as_json_schema(DESCRIPTION["components"])}
    with serve(LOGINS, {SECRET: "ada"}) as host:
        jsonschema.validate(ask(f"{host.url}/api/v3{path}", token), whole)


def test_the_schemas_refuse_an_incomplete_answer() -> None:
    whole = {"$ref": "#/components/schemas/public-user", "components": as_json_schema(DESCRIPTION["components"])}
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({"login": "ada"}, whole)


def test_a_folder_of_bare_repositories_becomes_logins(tmp_path: Path) -> None:
    repository = make_repository(tmp_path / "elsewhere" / "shop", ["one", "two"])
    (tmp_path / "logins" / "ada").mkdir(parents=True)
    (tmp_path / "logins" / "ada" / "shop.git").symlink_to(repository)
    (tmp_path / "logins" / "ada" / "repos.yaml").write_text(
        "name: Ada Example\nrepositories:\n  shop: {archived: true}\n  gone: {status: 451}\n", encoding="utf-8"
    )
    (ada,) = read_logins(tmp_path / "logins")
    assert (ada.login, ada.name) == ("ada", "Ada Example")
    shop, gone = ada.repositories
    assert (shop.name, shop.default_branch, shop.archived, shop.pushed) == (
        "shop",
        "main",
        True,
        "2026-03-02T10:00:00Z",
    )
    assert (gone.path, gone.status) == (None, 451)


def test_from_a_login_to_clones(tmp_path: Path) -> None:
    for name in ("shop", "notes"):
        make_repository(tmp_path / "logins" / "ada" / f"{name}.git", ["one", "two"])
    (tmp_path / "logins" / "ada" / "repos.yaml").write_text(
        "repositories: {notes: {private: true}}\n", encoding="utf-8"
    )
    with serve(read_logins(tmp_path / "logins"), {SECRET: "ada"}) as host:
        token = find_token(host.url, {"GITHUB_TOKEN": SECRET})
        hub = GitHub(host.url, token, ApiLimits(between_requests=0))
        cloner = Cloner(tmp_path / "cache", token, github_url=host.url)
        made = [cloner.clone(each) for each in hub.repositories(hub.account("ada")).repositories]
    assert sorted(each.name for each in made) == ["notes.git", "shop.git"]
    assert all(git(each, "rev-list", "--count", "HEAD") == "2" for each in made)


def test_the_server_runs_by_itself(tmp_path: Path) -> None:
    make_repository(tmp_path / "ada" / "shop.git", ["one"])
    command = [sys.executable, "-m", "tests.servers", str(tmp_path), "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parents[2]) as running:
        try:
            assert running.stdout is not None
            url, _, shown = running.stdout.readline().partition("  ")
            assert shown.strip() == "logins: ada"
            assert [each["name"] for each in ask(f"{url}/api/v3/users/ada/repos")] == ["shop"]
            assert git(None, "ls-remote", f"{url}/ada/shop.git", "HEAD").endswith("\tHEAD")
        finally:
            running.terminate()
