"""Which commits count: the candidate's own, without merges, reverts, bots and a generator's first commit."""

from __future__ import annotations

import re
from functools import lru_cache

from reviewer.model.facts.history import Commit, History, Person
from reviewer.model.finding import Evidence

AUTOMATIC = re.compile(
    r"(?:merge |revert\b|bump |auto-?merge|(?:initial|first|init) commit(?:\s*\([^()]{0,20}\))?\W{0,3}$|"
    r"(?:chore|build|fix)\(deps|"
    r"auto(?:mat(?:ic|ed))?(?:ally)?[ -](?:\w{2,20} )?(?:updat|commit|sync|deploy|build|backup|"
    r"generat|format|bump|releas)\w*\b)",
    re.I,
)
BIG = 50
"""Files of a commit above which it is looked at as a heap."""


SCAFFOLDED = re.compile(
    r"\b(?:init\w{0,12}|initial|scaffold\w{0,5}|generat\w{1,5}|boilerplate|starter|template|skeleton|bootstrap\w{0,5}|"
    r"set[- ]?up|first|import\w{0,3}|upload\w{0,3}|base|rails new|laravel|create-\w{2,12}-app|"
    r"(?:new|create[ds]?|start\w{0,3}|add\w{0,3}) (?:the |a |new |base |whole ){0,3}"
    r"(?:project|app|application|repo|repository|files|code))\b",
    re.I,
)
"""Subjects of commits by which a whole project comes in at once."""
FEW_FILES, MANY_FILES = 3, 20
"""Files up to which a history has hardly begun, and from which on the next commit is what a generator wrote."""
ALMOST_NONE = 0.05
"""Share of deleted lines up to which a commit only adds."""
MADE = re.compile(
    r"(?:^|/)(?:\.scribe|scribe|typedoc|apidoc|apidocs|javadoc|jsdoc|l5-swagger|swagger-ui|redoc|doxygen|"
    r"coverage(?:[-_]?(?:report|html|results?))?s?|testresults|"
    r"lcov-report|"
    r"htmlcov|storybook-static|migrations/meta|__snapshots__|\.yarn)/|(?:^|/)(?:public|static|wwwroot)/(?:vendor|"
    r"build|docs)/|"
    r"(?:^|/)db/(?:\w{1,40}_)?(?:schema\.rb|structure\.sql)$|(?:^|/)db/migrate/\d{8,20}_\w{1,120}\.\w{1,60}\.rb$|"
    r"ModelSnapshot\.cs$|(?:^|/)migration_lock\.toml$|(?:^|/)meta/(?:_journal|\d{1,6}_snapshot)\.json$|"
    r"(?:^|/)(?:public|static|wwwroot|media|storage)/(?:[\w-]{1,40}/){0,3}(?:images?|img|uploads?)/"
    r"(?:[^/]{1,120}/){0,6}[^/]{1,200}\.(?:png|jpe?g|gif|webp|avif|bmp)$|"
    r"(?:^|/)uploads/(?:[^/]{1,120}/){0,6}[^/]{1,200}\.(?:png|jpe?g|gif|webp|avif|bmp|pdf|mp[34])$|"
    r"\.(?:snap|min\.js|min\.css|map|Designer\.cs)$|[.-][0-9a-f]{8,20}\.(?:chunk\.)?(?:js|css)$|"
    r"(?:^|/)(?:mvnw|gradlew)(?:\.(?:cmd|bat))?$|(?:^|/)(?:\.mvn|gradle/wrapper)/",
    re.I,
)
"""Files that a tool writes beside the work: pages of an API's documentation, snapshots, bundles, wrappers, uploads."""
KNOWN_PATHS = 1 << 16
"""Paths of which it is kept whether a tool writes them."""
SQUASHED = re.compile(r"\(#\d+\)\s*$")
"""A subject by which GitHub marks a whole pull request as one commit."""


def beginnings(history: History) -> frozenset[str]:
    """The commits by which a project came in: the oldest, a generator's first after hardly anything, and imports."""
    found = {commit.oid for commit in history.commits if _is_import(commit)}
    hardly = 0
    for place, commit in enumerate(reversed(history.commits)):
        if place and (hardly > FEW_FILES or commit.paths < MANY_FILES or not _only_adds(commit)):
            if hardly > FEW_FILES:
                break
        else:
            found.add(commit.oid)
        hardly += commit.paths
    return frozenset(found)


def _is_import(commit: Commit) -> bool:
    return commit.paths > BIG and _only_adds(commit) and SCAFFOLDED.search(commit.subject[:200]) is not None


def _only_adds(commit: Commit) -> bool:
    return commit.deleted <= ALMOST_NONE * commit.added


@lru_cache(KNOWN_PATHS)
def is_made(path: str) -> bool:
    """Whether a tool writes such a file; most paths stand in many commits."""
    return MADE.search(path) is not None


def files_of(commit: Commit) -> int:
    """How many files somebody changed in a commit, those left out that a tool wrote or that were only moved."""
    return max(0, commit.paths - commit.moved - sum(is_made(change.path) for change in commit.changes))


def lines_of(commit: Commit) -> int:
    """The added lines of a commit without those that a tool wrote."""
    made = sum(change.added or 0 for change in commit.changes if is_made(change.path))
    return max(0, commit.added - made)


def counts(history: History, person: Person) -> bool:
    """Whether somebody's work counts: the candidate's, or everyone's where nobody is named."""
    return not person.bot and (person.own or not history.own_known)


def own_commits(history: History) -> list[Commit]:
    """Own commits, newest first, merges and bots left out."""
    own = [counts(history, person) for person in history.people]
    return [commit for commit in history.commits if own[commit.person] and not commit.merge]


def newest(history: History) -> list[Commit]:
    """The newest own commit that changes something; empty where there is none."""
    own = own_commits(history)
    return [commit for commit in own if commit.changes][:1] or own[:1]


def place(commit: Commit, note: str = "") -> Evidence:
    """A commit as evidence: its first path, and what its subject says."""
    path = commit.changes[0].path if commit.changes else ""
    said = f"{commit.oid[:7]} “{commit.subject[:80]}”"
    return Evidence(path=path, line=0, commit=commit.oid, note=f"{said}: {note}" if note else said)
