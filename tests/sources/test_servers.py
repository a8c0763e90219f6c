"""The local GitHub against GitHub's published description of its API, so that what passes here means something."""

from __future__ import annotations

import json
from pathlib import Path
from urllib.request import Request, urlopen

import jsonschema
import pytest

from tests.servers.logins import Listed, Login, read_logins
from tests.servers.serve import serve
from tests.sources.repositories import make_repository

DESCRIPTION = json.loads((Path(__file__).parents[1] / "servers" / "github_openapi.json").read_text(encoding="utf-8"))
SECRET = "t0ken"
LOGINS = [
    Login("ada", "Ada Example", "ada@example.org", repositories=[Listed("shop"), Listed("notes", private=True)]),
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
