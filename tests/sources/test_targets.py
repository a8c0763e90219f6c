"""What may be typed as a target, and what it means."""

from __future__ import annotations

from pathlib import Path

import pytest

from reviewer.model.target import TargetKind
from reviewer.sources.targets import TargetError, read_target

GOOD = {
    "login": ("octocat", TargetKind.LOGIN, "octocat", None, None),
    "owner-and-name": ("octocat/shop-api", TargetKind.REPOSITORY, "octocat", "shop-api", None),
    "name-with-dots": ("a/b.c_d-e", TargetKind.REPOSITORY, "a", "b.c_d-e", None),
    "revision-with-slash": ("octocat/shop@feature/x", TargetKind.REPOSITORY, "octocat", "shop", "feature/x"),
    "url": ("https://github.com/octocat/shop", TargetKind.REPOSITORY, "octocat", "shop", None),
    "url-with-git": ("https://github.com/octocat/shop.git", TargetKind.REPOSITORY, "octocat", "shop", None),
    "url-with-revision": ("https://github.com/octocat/shop@v1.0", TargetKind.REPOSITORY, "octocat", "shop", "v1.0"),
    "other-host": ("https://gitlab.com/group/sub/shop", TargetKind.URL, "sub", "shop", None),
    "ssh-form": ("git@github.com:octocat/shop.git", TargetKind.REPOSITORY, "octocat", "shop", None),
}

BAD = {
    "empty": "",
    "two-dots": "owner/..",
    "option": "--upload-pack=touch",
    "short-option": "-utouch",
    "ext-transport": "ext::sh -c touch% x",
    "file-url": "file:///etc",
    "ssh-url": "ssh://-oProxyCommand=x/y",
    "plain-http": "http://127.0.0.1:1/a/b",
    "credentials": "https://user:pass@github.com/a/b",
    "host-in-user-part": "https://github.com@evil.invalid/a/b",
    "path-in-url-climbs": "https://github.com/a/b/../../../../etc",
    "dash-names": "https://github.com/-a/--b",
    "ssh-dash-host": "git@-oProxyCommand=x:a/b",
    "space-in-name": "owner/na me;touch",
    "command-substitution": "owner/$(touch)",
    "newline": "owner/name\nsecond",
    "escape-in-query": "https://github.com/a/b?x=\x1b]0;x\x07",
    "endless": "a" * 5000 + "/" + "b" * 5000,
    "owner-only-url": "https://github.com/octocat",
    "deeper-github-url": "https://github.com/octocat/shop/tree/main",
    "revision-like-an-option": "octocat/shop@--output=x",
    "revision-range": "octocat/shop@a..b",
    "no-such-folder": "./no-such-folder",
}


@pytest.mark.parametrize(("text", "kind", "owner", "name", "revision"), GOOD.values(), ids=GOOD.keys())
def test_target_is_read(text: str, kind: TargetKind, owner: str, name: str | None, revision: str | None) -> None:
    target = read_target(text)
    assert (target.kind, target.owner, target.name, target.revision) == (kind, owner, name, revision)


@pytest.mark.parametrize("text", BAD.values(), ids=BAD.keys())
def test_anything_else_is_refused_in_one_clear_line(text: str) -> None:
    with pytest.raises(TargetError) as refused:
        read_target(text)
    message = str(refused.value)
    assert "\n" not in message
    assert message.isprintable()
    assert len(message) < 300


def test_http_is_taken_only_from_the_loopback_host_that_was_named() -> None:
    target = read_target("http://127.0.0.1:8080/a/b", github_url="http://127.0.0.1:8080")
    assert (target.owner, target.name) == ("a", "b")
    with pytest.raises(TargetError):
        read_target("http://127.0.0.1:8081/a/b", github_url="http://127.0.0.1:8080")


def test_a_path_with_an_at_sign_is_the_whole_path_where_that_exists(tmp_path: Path) -> None:
    (tmp_path / "shop@v1").mkdir()
    (tmp_path / "shop").mkdir()
    assert read_target(f"{tmp_path}/shop@v1").revision is None
    (tmp_path / "shop@v1").rmdir()
    assert read_target(f"{tmp_path}/shop@v1").revision == "v1"
