"""What a host says is where: branches and tags, read as data. A name never becomes an argument of git."""

from __future__ import annotations

from dataclasses import dataclass, field

from reviewer.sources.objects import is_object_id
from reviewer.sources.remote import call
from reviewer.sources.token import Token

USUAL_BRANCHES = ("main", "master")
BRANCHES_NAMED = 20


@dataclass(frozen=True, slots=True)
class RemoteRefs:
    """What a host says is where. ``head`` is the commit of the default branch, None where there is none.

    ``heads`` and ``tags`` map names to commits (tags peeled); names are a stranger's text.
    """

    head: str | None = None
    branch: str | None = None
    heads: dict[str, str] = field(default_factory=dict)
    tags: dict[str, str] = field(default_factory=dict)

    def resolve(self, revision: str) -> str | None:
        """The commit of a branch, else of a tag, else of a full object id as it stands."""
        found = self.heads.get(revision) or self.tags.get(revision)
        return found or (revision if is_object_id(revision) else None)

    def branch_of(self, revision: str | None) -> str | None:
        """The branch that is reviewed: the default one, or the one that was named; None for tags and commits."""
        if revision is None:
            return self.branch
        return revision if revision in self.heads else None

    def others(self, revision: str | None) -> tuple[str, ...]:
        """A few branches beside the one that is reviewed, by name."""
        return tuple(sorted(self.heads.keys() - {self.branch_of(revision)}))[:BRANCHES_NAMED]

    def fallback(self, preferred: str | None) -> str:
        """A branch's commit where HEAD names none: the preferred, a usual one, else the first by name."""
        for name in (preferred, *USUAL_BRANCHES):
            if name in self.heads:
                return self.heads[name]
        return self.heads[min(self.heads)]


def list_refs(address: str, token: Token | None, seconds: float) -> RemoteRefs:
    """Asks a host for its branches and tags (``ls-remote``).

    Raises:
        GitError: the host cannot be had, or has no such repository.
    """
    asked = ["ls-remote", "-q", "--symref", "--", address, "HEAD", "refs/heads/*", "refs/tags/*"]
    return read_refs(call(asked, address=address, token=token, seconds=seconds))


def read_refs(listing: bytes) -> RemoteRefs:
    """Reads the answer of ``ls-remote --symref``; lines of another form are passed over."""
    head = branch = None
    heads: dict[str, str] = {}
    tags: dict[str, str] = {}
    for line in listing.decode("utf-8", "replace").splitlines():
        value, _, name = line.partition("\t")
        if name == "HEAD" and value.startswith("ref: refs/heads/"):
            branch = value.removeprefix("ref: refs/heads/")
        elif not is_object_id(value):
            continue
        elif name == "HEAD":
            head = value
        elif name.startswith("refs/heads/"):
            heads[name.removeprefix("refs/heads/")] = value
        elif name.startswith("refs/tags/"):
            tags[name.removeprefix("refs/tags/").removesuffix("^{}")] = value
    return RemoteRefs(head, branch, heads, tags)
