"""A login with every kind of repository that a host may list, and a host that shows it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from tests.e2e import samples
from tests.project import make_repository
from tests.servers.faults import Fault
from tests.servers.logins import Listed, Login
from tests.servers.serve import Host

TOKEN = "planted-token-0123456789-abcdefgh"
NOREPLY = "somebody <4711+ada@users.noreply.github.com>"
PUBLIC_NAME = "Ada Example <ada@old-laptop.example>"
ALONE = "jd <jd@home.example>"
BOB = "Bob B <bob@example.net>"
EVE = "Eve E <eve@example.net>"
UPSTREAM = "Una Upstream <una@example.net>"

CART = "def total(prices: list[int]) -> int:\n    return sum(prices)\n"


def one(author: str, path: str, message: str = "Add the cart") -> dict[str, object]:
    """A commit of one Python file."""
    return {"message": message, "author": author, "day": "2024-03-05", "files": {path: f'"""{path}"""\n\n{CART}'}}


@dataclass(frozen=True)
class Expected:
    """How the review of a repository ends."""

    status: str
    reason: str = ""
    own_share: float | None = None


def repositories(root: Path) -> list[Listed]:
    """Made below ``root``."""
    theirs = samples.commits(UPSTREAM, "framework")
    framework = make_repository(root / "framework.git", theirs)
    readme = {"message": "Say hello", "author": samples.ADA, "files": {"README.md": "# Hello\n"}}
    return [
        Listed("by-noreply", samples.shop(root / "noreply.git", author=NOREPLY, name="noreply")),
        Listed("by-name", samples.shop(root / "name.git", author=PUBLIC_NAME, name="name")),
        Listed("by-address", samples.shop(root / "address.git", author="x <ADA@example.org>", name="address")),
        Listed("alone", samples.shop(root / "alone.git", author=ALONE, name="alone")),
        Listed("alone-too", samples.shop(root / "alone-too.git", author=ALONE, name="alone-too")),
        Listed("with-bob", make_repository(root / "bob.git", [one(ALONE, "cart.py"), one(BOB, "pay.py")])),
        Listed("others", make_repository(root / "others.git", [one(BOB, "pay.py"), one(EVE, "send.py")])),
        Listed("archived", samples.shop(root / "archived.git", name="archived"), archived=True),
        Listed("hidden", samples.shop(root / "hidden.git", name="hidden"), private=True),
        Listed("large", samples.shop(root / "large.git", name="large"), size_kib=300_000),
        Listed("empty", make_repository(root / "empty.git", [])),
        Listed("readme", make_repository(root / "readme.git", [readme])),
        Listed("deleted", None),
        Listed("renamed", samples.shop(root / "renamed.git", name="renamed")),
        Listed("blocked", samples.shop(root / "blocked.git", name="blocked")),
        Listed("framework", make_repository(root / "fork.git", [*theirs, one(NOREPLY, "mine.py")]), fork=True,
               parent="una/framework"),
        Listed("copied", framework, fork=True, parent="una/framework"),
        Listed("orphan", framework, fork=True, parent="una/gone"),
    ]  # fmt: skip


def logins(root: Path) -> list[Login]:
    """The candidate, and whoever their forks come from."""
    upstream = Listed("framework", root / "framework.git")
    listed = repositories(root)
    return [Login("ada", "Ada Example", "ada@example.org", repositories=listed), Login("una", repositories=[upstream])]


def spoil(host: Host) -> None:
    """What became of two of the repositories since they were listed."""
    host.faults.append(Fault("^/ada/renamed.git/", 301, {"Location": "/ada/new-name.git/info/refs"}))
    host.faults.append(Fault("^/ada/blocked.git/", 451))
