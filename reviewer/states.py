"""How the review of a repository ends where it is not judged: each state with its reason in a sentence."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from reviewer.gather.kinds import BACKEND_LANGUAGES
from reviewer.model.facts.repository import RepositoryFacts, Standing
from reviewer.model.repository import Repository, Status
from reviewer.model.review import RepositoryReview
from reviewer.sources.local import Opened

AUTHORS_NAMED = 5
NAMES_ASKED = 2
BRANCHES_NAMED = 3
READABLE = BACKEND_LANGUAGES
COMMITTED = "of local folders the commits are read; changes that are not committed are not"


def not_reviewable(facts: RepositoryFacts, opened: Opened, who: Sequence[str], repository: Repository) -> str | None:
    """Why there is nothing to judge in a repository that was read; None where there is."""
    files = [file for file in facts.project.files if file.standing is Standing.OWN and file.facts is not None]
    if not any(file.language in READABLE for file in files):
        return _no_code(facts, opened)
    own = [person for person in facts.history.people if person.own]
    if who and facts.history.commits and not sum(person.commits for person in own):
        if repository.fork:
            return f"a fork{_of(repository)} without own commits"
        others = [person.name for person in facts.history.people if not person.bot][:AUTHORS_NAMED]
        asked = [name for name in who if "@" not in name][:NAMES_ASKED] or ["the address that was given"]
        return f"No commit matches {', '.join(asked)}. Authors found: {', '.join(others) or 'none'}; add --me NAME"
    if repository.fork and not facts.history.commits:
        return f"a fork{_of(repository)} without own commits"
    return None


def _of(repository: Repository) -> str:
    return f" of {repository.parent}" if repository.parent else ""


def _no_code(facts: RepositoryFacts, opened: Opened) -> str:
    """Nothing that is read: says what there is instead, and on which other branches code may be."""
    named = [file.path for file in facts.project.files]
    branches = [name for name in opened.branches if name != facts.branch and opened.branches[name] != facts.commit]
    elsewhere = ""
    if branches:
        more = ", ..." if len(branches) > BRANCHES_NAMED else ""
        elsewhere = f"; other branches: {', '.join(branches[:BRANCHES_NAMED])}{more} (name one with @BRANCH)"
    if any(problem.path is None and "left out" in problem.what for problem in facts.problems):
        return f"within the limits on its tree, no own file in a language that is read{elsewhere}"
    if not named:
        return f"its tree is empty{elsewhere}"
    if all("readme" in path.lower() or path.startswith(".") for path in named):
        return f"its default branch holds only a README{elsewhere}"
    languages: dict[str, int] = {}
    for use in facts.project.languages:
        languages[use.name] = languages.get(use.name, 0) + use.lines
    unread = max(languages, key=lambda name: languages[name], default=None)
    what = f"; most of it is {unread}" if unread else ""
    return f"no own file in a language that is read{what}{elsewhere}"


def notes(reviews: Sequence[RepositoryReview]) -> list[str]:
    """What holds for the whole review and is said in the report."""
    local = any(item.repository.path and item.status is Status.REVIEWED for item in reviews)
    return [COMMITTED] if local else []


def duplicates(reviews: Sequence[RepositoryReview]) -> tuple[RepositoryReview, ...]:
    """Of repositories whose histories contain one another, the one that reaches furthest counts; the others say so."""
    heads = {item.repository.name: _commits(item) for item in reviews if item.status is Status.REVIEWED}
    found = []
    for item in reviews:
        other = _container(item, heads)
        if other:
            reason = f"its history is contained in {other}, which is reviewed: counted once"
            item = msgspec.structs.replace(item, status=Status.SKIPPED, reason=reason, findings=(), strength=None)
        found.append(item)
    return tuple(found)


def _commits(item: RepositoryReview) -> list[str]:
    return [commit.oid for commit in item.facts.history.commits] if item.facts else []


def _container(item: RepositoryReview, heads: dict[str, list[str]]) -> str | None:
    mine = heads.get(item.repository.name)
    head = item.facts.commit if item.facts else None
    if not mine or head is None:
        return None
    for name, commits in heads.items():
        longer = len(commits) > len(mine) or (len(commits) == len(mine) and name < item.repository.name)
        if name != item.repository.name and longer and head in commits:
            return name
    return None
