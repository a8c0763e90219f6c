"""The history as facts: who wrote which commit, and the candidate's share of every file that is still there."""

from __future__ import annotations

import re
from array import array
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from posixpath import splitext

from msgspec import structs

from reviewer.gather._rows import BORN, GONE, NO_SOURCE, NOT_COUNTED, RawCommit
from reviewer.gather.classify import is_nobodys_work
from reviewer.gather.history import RawHistory
from reviewer.gather.kinds import LANGUAGE_OF_KIND, kind_of
from reviewer.gather.people import People
from reviewer.model.facts.history import Change, Commit, History, Person

CHANGE_LIMIT = 60
WRITTEN_BY_TOOLS = re.compile(
    r"(?:^|/)(?:target/(?:classes|test-classes|apidocs|site|maven-\w{1,20}|generated-\w{1,20}|surefire-reports|"
    r"quarkus-app)|(?:bin|obj)/(?:debug|release|x64|x86)|\.(?:claude|qwen|gemini|codex|cursor|windsurf|opencode|roo|kiro|"
    r"agents?|bmad-core|specify|planning)|get-shit-done|_?bmad)/|"
    r"(?:^|/)obj/(?:project\.|[^/]{1,200}\.nuget\.)",
    re.IGNORECASE,
)
"""Output of a build, and the instructions that assistants are given."""
"""Paths that are kept of one commit; shares count all of them."""
UNSEEN_TOUCHES = 5
"""Touches that stand for the part of a file's life that was not seen, where touches are all there is."""
DIGITS = 4
MARKUP = frozenset({"HTML", "CSS"})


@dataclass(slots=True)
class Ledger:
    """The life of one path: lines gained and kept, and by whom. ``gap`` counts changes whose lines are not known."""

    own_lines: float = 0
    lines: float = 0
    kept: int = 0
    own_touches: float = 0
    touches: float = 0
    own_commits: int = 0
    own_gap: float = 0
    gap: float = 0
    born: bool = False

    def gain(self, added: int, deleted: int, credit: float) -> None:
        """Adds a change whose lines are known, ``credit`` of it the candidate's."""
        self.lines += added
        self.own_lines += added * credit
        self.kept += added - deleted

    def touch(self, credit: float) -> None:
        """Adds a change as such."""
        self.touches += 1
        self.own_touches += credit
        self.own_commits += credit > 0

    def share_by_lines(self, present: int, unseen: float) -> float:
        """The candidate's share of the lines that the path ever gained.

        Lines that stand there now but were not seen to come are shared by the changes that were not counted, and where
        there were none, by ``unseen``, the share of the work that was not seen.
        """
        own, lines = self.own_lines, self.lines
        missing = max(0, present - self.kept)
        if missing and (self.gap or not self.born):
            own += missing * (self.own_gap / self.gap if self.gap else unseen)
            lines += missing
        return own / lines if lines else self.share_by_touches(unseen)

    def share_by_touches(self, unseen: float) -> float:
        """The candidate's share of the changes to the path."""
        more = 0 if self.born else UNSEEN_TOUCHES
        total = self.touches + more
        return (self.own_touches + more * unseen) / total if total else unseen


def link_history(
    raw: RawHistory,
    people: People,
    present: Mapping[str, int],
    tags: int = 0,
    branches: Iterable[str] = (),
    pulls: int = 0,
) -> History:
    """The history of a repository as facts.

    Args:
        raw: from `reviewer.gather.history.read_history`.
        people: from `reviewer.gather.history.read_people`.
        present: the tree's own files, to their number of lines.
        tags: how many tags there are.
        branches: names of branches beside the reviewed one.
        pulls: how many pull requests are kept as refs.
    """
    credits = [_credit(raw, people, commit) for commit in raw.commits]
    ledgers = _ledgers(raw, credits)
    touches = {raw.paths[path]: item.own_commits for path, item in ledgers.items() if item.own_commits}
    known = people.known and (bool(raw.commits) or raw.base_is_others)
    shares = _shares(raw, ledgers, credits, present) if people.named and known else dict.fromkeys(sorted(present), 1.0)
    return History(
        commits=tuple(_commits(raw, people)),
        people=_with_written(raw, people),
        complete=raw.complete,
        reason="; ".join(raw.reasons) or None,
        own_known=known,
        lines_counted=raw.lines_counted,
        own_share=(_own_share(shares, present) if people.named else 1.0) if known else None,
        shares=shares if known else {},
        touches={path: touches[path] for path in sorted(touches) if path in present},
        tags=tags,
        branches=tuple(branches),
        pulls=pulls,
    )


def _with_written(raw: RawHistory, people: People) -> tuple[Person, ...]:
    """The people with the names and addresses that their own commits carry; a host names the author of a merge."""
    newest: dict[int, str] = {}
    for commit in raw.commits:
        if commit.parents < 2:
            newest.setdefault(commit.who, commit.oid)
    written: dict[int, list[tuple[str, str, str]]] = {}
    for who, oid in newest.items():
        name, address = raw.identities[who]
        place = people.index[raw.identities[who]]
        written.setdefault(place, []).append((name, address.casefold().strip(), oid))
    return tuple(
        structs.replace(person, written=tuple(written.get(place, ()))) for place, person in enumerate(people.people)
    )


def _credit(raw: RawHistory, people: People, commit: RawCommit) -> float:
    """The candidate's part of a commit: authors and co-authors share it evenly, programs left out."""
    team = {people.index[raw.identities[who]] for who in (commit.who, *commit.coauthors)}
    humans = [place for place in team if not people.people[place].bot]
    own = [place for place in humans if people.people[place].own or not people.known]
    return len(own) / len(humans) if own else 0.0


def _ledgers(raw: RawHistory, credits: list[float]) -> dict[int, Ledger]:
    """One ledger per path, written from the oldest commit to the newest."""
    ledgers: dict[int, Ledger] = {}
    for commit, credit in zip(reversed(raw.commits), reversed(credits), strict=True):
        if commit.parents < 2:
            _enter(raw, commit, credit, ledgers)
    return ledgers


def _enter(raw: RawHistory, commit: RawCommit, credit: float, ledgers: dict[int, Ledger]) -> None:
    rows = raw.rows
    for row in range(commit.start, commit.end):
        path, source, status = rows.path[row], rows.source[row], rows.status[row]
        if status == GONE:
            continue
        if source != NO_SOURCE:
            ledgers[path] = replace(ledgers.get(source) or Ledger())
            if rows.exact[row]:
                continue
        ledger = ledgers.setdefault(path, Ledger())
        ledger.born = ledger.born or (status == BORN and source == NO_SOURCE)
        ledger.touch(credit)
        if rows.added[row] != NOT_COUNTED:
            ledger.gain(rows.added[row], rows.deleted[row], credit)
        else:
            ledger.gap += 1
            ledger.own_gap += credit


def _shares(
    raw: RawHistory, ledgers: Mapping[int, Ledger], credits: list[float], present: Mapping[str, int]
) -> dict[str, float]:
    """The candidate's share of each present path. What was not seen is shared as the commits that were are."""
    unseen = 0.0 if raw.base_is_others or not credits else sum(credits) / len(credits)
    places = {raw.paths[path]: ledger for path, ledger in ledgers.items()}
    found: dict[str, float] = {}
    for path in sorted(present):
        ledger = places.get(path) or Ledger()
        by_lines = raw.lines_counted and (present[path] > 0 or ledger.lines > 0)
        share = ledger.share_by_lines(present[path], unseen) if by_lines else ledger.share_by_touches(unseen)
        found[path] = round(share, DIGITS)
    return found


def _own_share(shares: Mapping[str, float], present: Mapping[str, int]) -> float | None:
    """The share of the repository: by lines of program source, and of the other files where there is none."""
    source = [path for path in shares if LANGUAGE_OF_KIND.get(kind_of(path) or "", "HTML") not in MARKUP]
    counted = source if any(present[path] for path in source) else list(shares)
    lines = sum(present[path] for path in counted)
    if not lines:
        return round(sum(shares.values()) / len(shares), DIGITS) if shares else None
    return round(sum(shares[path] * present[path] for path in counted) / lines, DIGITS)


def _commits(raw: RawHistory, people: People) -> list[Commit]:
    skipped = [is_nobodys_work(path) or WRITTEN_BY_TOOLS.search(path) is not None for path in raw.paths]
    authors = {commit.oid: people.index[raw.identities[commit.who]] for commit in raw.commits}
    return [_commit(raw, people, commit, skipped, authors.get(commit.brought)) for commit in raw.commits]


def _commit(raw: RawHistory, people: People, commit: RawCommit, skipped: list[bool], brought: int | None) -> Commit:
    """One commit with those of its paths that are somebody's work."""
    rows = raw.rows
    places = [row for row in range(commit.start, commit.end) if not skipped[rows.path[row]]]
    return Commit(
        oid=commit.oid,
        day=commit.day,
        person=people.index[raw.identities[commit.who]],
        subject=commit.subject,
        body=commit.body,
        merge=commit.parents > 1,
        brought=brought,
        paths=_files(raw, places),
        moved=_moved(raw, places, exact=True),
        shifted=_moved(raw, places, exact=False),
        added=_sum(rows.added, places),
        deleted=_sum(rows.deleted, places),
        changes=tuple(_change(raw, row) for row in places[:CHANGE_LIMIT]),
    )


def _files(raw: RawHistory, places: list[int]) -> int:
    """How many files a commit touched; where one went and one of the same ending came, it was moved and counts once."""
    gone: Counter[str] = Counter()
    born: Counter[str] = Counter()
    for row in places:
        if raw.rows.status[row] in (GONE, BORN):
            side = gone if raw.rows.status[row] == GONE else born
            side[splitext(raw.paths[raw.rows.path[row]])[1]] += 1
    return len(places) - (gone & born).total()


def _moved(raw: RawHistory, places: list[int], exact: bool) -> int:
    """How many files a commit moved: those whose content stayed the same alone, or all of them."""
    rows = raw.rows
    return sum(rows.source[row] != NO_SOURCE and (not exact or rows.exact[row] != 0) for row in places)


def _sum(lines: array[int], places: list[int]) -> int:
    return sum([lines[row] for row in places if lines[row] != NOT_COUNTED])


def _change(raw: RawHistory, row: int) -> Change:
    added, deleted = raw.rows.added[row], raw.rows.deleted[row]
    path = raw.paths[raw.rows.path[row]]
    return Change(path=path) if added == NOT_COUNTED else Change(path=path, added=added, deleted=deleted)
