"""The web address of a local repository: a known host's, without whatever else the address holds."""

from __future__ import annotations

from pathlib import Path

import pytest

from reviewer.sources.origin import origin_of, web_address
from tests.project import make_repository
from tests.sources.repositories import git

SHOP = "https://github.com/ada/shop"
ADDRESSES = {
    "https://github.com/ada/shop": SHOP,
    "https://github.com/ada/shop.git": SHOP,
    "https://github.com/ada/shop/": SHOP,
    "https://ada@github.com/ada/shop.git": SHOP,
    "https://ada:ghp_secret@github.com/ada/shop.git": SHOP,
    "https://x-access-token:ghs_secret@github.com/ada/shop": SHOP,
    "https://www.github.com/ada/shop": SHOP,
    "https://GitHub.com/ada/shop": SHOP,
    "http://github.com/ada/shop": SHOP,
    "git://github.com/ada/shop.git": SHOP,
    "git@github.com:ada/shop.git": SHOP,
    "ssh://git@github.com/ada/shop.git": SHOP,
    "git@gitlab.com:group/below/shop.git": "https://gitlab.com/group/below/shop",
    "git@bitbucket.org:ada/shop.git": "https://bitbucket.org/ada/shop",
    "https://github.com/ada/shop.js": "https://github.com/ada/shop.js",
    "https://git.example.com/ada/shop.git": None,
    "https://github.com.example.com/ada/shop": None,
    "https://example.com/github.com/ada/shop": None,
    "https://github.com@example.com/ada/shop": None,
    "https://user:p@ss@github.com/ada/shop": None,
    "https://github.com/ada": None,
    "https://github.com/../ada": None,
    "https://github.com/ada/shop?x=<script>": None,
    "https://github.com/ada/shop\nhttps://": None,
    "javascript://github.com/ada/shop": None,
    "file:///srv/ada/shop.git": None,
    "/srv/ada/shop.git": None,
    "../shop.git": None,
    "": None,
}


@pytest.mark.parametrize(("address", "shown"), ADDRESSES.items(), ids=ADDRESSES)
def test_a_clone_address_as_a_web_address(address: str, shown: str | None) -> None:
    assert web_address(address) == shown


def test_a_hostile_address_is_read_in_no_time() -> None:
    assert web_address("https://" + "a@" * 30_000 + "github.com/" + "a/" * 30_000 + "\0") is None


CONFIGS = {
    "as git writes it": ('[remote "origin"]\n\turl = git@github.com:ada/shop.git\n\tfetch = x\n', SHOP),
    "quoted, in other letters": (f'[Remote "origin"]\n\tURL = "{SHOP}"\n', SHOP),
    "another remote before it": (f'[remote "up"]\nurl = https://github.com/u/p\n[remote "origin"]\nurl={SHOP}\n', SHOP),
    "another remote alone": ('[remote "up"]\n\turl = https://github.com/u/p\n', None),
    "the address of pushes": (f'[remote "origin"]\n\tpushurl = {SHOP}\n', None),
    "the address of a submodule": (f'[remote "origin"]\n[submodule "x"]\n\turl = {SHOP}\n', None),
    "in a comment": (f'[remote "origin"]\n\t# url = {SHOP}\n', None),
    "included from elsewhere": ("[include]\n\tpath = /tmp/config\n", None),
    "none": ("", None),
}


@pytest.mark.parametrize(("text", "address"), CONFIGS.values(), ids=CONFIGS)
def test_the_origin_in_a_configuration(text: str, address: str | None, tmp_path: Path) -> None:
    (tmp_path / "config").write_text(text)
    assert origin_of(tmp_path) == address


def test_no_configuration_at_all(tmp_path: Path) -> None:
    assert origin_of(tmp_path) is None


def test_what_git_itself_writes(tmp_path: Path) -> None:
    made = make_repository(tmp_path / "shop.git", [])
    git(made, "remote", "add", "origin", "https://ada:secret@github.com/ada/shop.git")
    assert origin_of(made) == SHOP
