"""Git and one host: the limits, the token, a second try, and failures in plain words."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from reviewer.sources.failures import CloneError, explain_git
from reviewer.sources.git import GitError
from reviewer.sources.limits import CloneLimits
from reviewer.sources.refs import RemoteRefs, list_refs
from reviewer.sources.remote import call
from reviewer.sources.token import Token

FETCH = ("fetch", "-q", "--no-tags", "--no-write-fetch-head")
Result = TypeVar("Result")


class HostGit:
    """Git calls on hosts, each within ``limits``; ``token`` goes to its own host only."""

    def __init__(self, token: Token | None, limits: CloneLimits) -> None:
        self.token, self.limits = token, limits

    def git(self, args: list[str], git_dir: Path | None, address: str, grows: tuple[Path, int] | None = None) -> bytes:
        """One git call on a host within the limits."""
        where = str(git_dir) if git_dir else None
        if grows is None and git_dir is not None:
            grows = (git_dir, self.limits.most_bytes)
        return call(args, where, address=address, token=self.token, seconds=self.limits.seconds, folder=grows)

    def attempt(self, name: str, action: Callable[[], Result]) -> Result:
        """Does something with a host; once more where the fault may pass. Failures become one sentence."""
        for left in reversed(range(self.limits.tries)):
            try:
                return action()
            except GitError as error:
                explained = explain_git(name, error)
                if explained.mark != "transient" or not left:
                    raise explained from None
            time.sleep(self.limits.pause)
        raise AssertionError("unreachable")

    def refs(self, address: str, name: str) -> tuple[str, RemoteRefs]:
        """The refs, and the address they were had from: some hosts want the ``.git`` that people leave out."""
        seconds = self.limits.refs_seconds
        try:
            return address, self.attempt(name, lambda: list_refs(address, self.token, seconds))
        except CloneError as error:
            if error.mark != "moved" or address.endswith(".git"):
                raise
        longer = f"{address.rstrip('/')}.git"
        return longer, self.attempt(name, lambda: list_refs(longer, self.token, seconds))
