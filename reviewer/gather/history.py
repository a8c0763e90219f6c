"""Walks the history once: who committed what and when, which paths it touched, and how many lines that were.

One ``git log --raw`` reads no contents, so it works on repositories that lack some and takes a second where line counts
take a minute. Lines are counted afterwards (`reviewer.gather.line_counts`); a failure there loses nothing else.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from reviewer.gather._log import FORMAT, LogLimit, LogReader
from reviewer.gather._rows import Identity, Log, RawCommit
from reviewer.gather.line_counts import count_lines
from reviewer.gather.people import People, join_people, mark_own
from reviewer.sources.git import GitError, stream
from reviewer.sources.objects import is_object_id

UPSTREAM_LIMIT = 200
SAMPLE = 15
"""The share of the limits that the commits take whose sizes stand for those of a history too long to count."""
REASON_LENGTH = 200


@dataclass(frozen=True, slots=True)
class HistoryOptions:
    """Limits of the walk, counts first; the clock is last, and a cut by it is said.

    ``who`` and ``owner`` are those of `reviewer.gather.people.mark_own`: where counting every line would take too long,
    the candidate's commits are counted. ``count_lines`` is False where the contents are not here (blobless clones).
    """

    commits: int = 50_000
    rows: int = 400_000
    text_bytes: int = 64 << 20
    seconds: float = 15
    count_lines: bool = True
    counted_commits: int = 6_000
    counted_rows: int = 150_000
    count_seconds: float = 15
    who: tuple[str, ...] = ()
    owner: str | None = None


@dataclass(slots=True)
class RawHistory(Log):
    """The history as it was written, newest commit first.

    ``complete`` is False where commits or their paths are missing; ``reasons`` says what is, uncounted lines included.
    ``lines_counted`` says that the lines of nearly every commit were counted. ``base_is_others`` says that there is
    older work which is not the candidate's (the upstream of a fork). ``clock`` says that time ran out somewhere.
    """

    complete: bool = True
    reasons: list[str] = field(default_factory=list)
    lines_counted: bool = False
    base_is_others: bool = False
    clock: bool = False

    def lacks(self, reason: str, clock: bool = False) -> None:
        """Notes that commits or paths are missing."""
        self.complete = False
        self.clock = self.clock or clock
        self.reasons.append(reason)

    def commits_by(self) -> Counter[Identity]:
        """How many commits each identity wrote; co-authors stand in it too, with 0 where they wrote none."""
        found: Counter[Identity] = Counter(dict.fromkeys(self.identities, 0))
        for commit in self.commits:
            found[self.identities[commit.who]] += 1
        return found


@dataclass(frozen=True, slots=True)
class Cut:
    """Why a log ended early: at a count of ours, by the clock, or because git failed."""

    reason: str
    by_count: bool = False
    clock: bool = False


def read_history(git_dir: str, commit: str, options: HistoryOptions, upstream: tuple[str, ...] = ()) -> RawHistory:
    """Reads the history of one commit. Never raises for what a repository holds: it says what it could not read.

    Args:
        git_dir: a repository of ours.
        commit: a full object id.
        options: the limits.
        upstream: object ids whose history is left out, for forks.
    """
    raw = RawHistory(base_is_others=bool(upstream))
    revisions = [commit, *(f"^{oid}" for oid in upstream[:UPSTREAM_LIMIT] if is_object_id(oid))]
    log, cut = _walk(git_dir, revisions, options, with_paths=True)
    if cut:
        log = _without_paths(git_dir, revisions, options, raw, log if cut.by_count else Log(), cut)
    raw.commits, raw.identities, raw.paths, raw.rows = log.commits, log.identities, log.paths, log.rows
    if len(raw.commits) > options.commits:
        del raw.commits[options.commits :]
        raw.lacks(f"history is read up to {options.commits:,} commits")
    _respect_shallow(git_dir, raw)
    if cut is None:
        _count(git_dir, raw, options)
    for item in raw.commits:
        raw.rows.settle_moves(item.start, item.end)
    return raw


def read_people(raw: RawHistory, who: Sequence[str] = (), owner: str | None = None) -> People:
    """The people of a history, joined, with the candidate marked; see `reviewer.gather.people`."""
    return mark_own(join_people(raw.commits_by()), tuple(who), owner)


def _walk(
    git_dir: str, revisions: Sequence[str], options: HistoryOptions, *, with_paths: bool
) -> tuple[Log, Cut | None]:
    """One log: what was read, and why it ended early (None where it did not)."""
    what = ["--raw", "--no-abbrev", "--no-renames"] if with_paths else []
    arguments = [
        "log", "-z", "--no-mailmap", "--no-show-signature", "--encoding=UTF-8", "--date=raw", "--ignore-missing",
        "-n", str(options.commits + 1), *what, FORMAT, *revisions, "--",
    ]  # fmt: skip
    reader = LogReader(options.rows, options.text_bytes)
    with stream(arguments, git_dir, options.seconds) as running:
        try:
            reader.read(running.stdout)
            running.finish()
        except LogLimit as limit:
            return reader.log, Cut(str(limit), by_count=True)
        except GitError as error:
            return reader.log, Cut(_why(error, running.timed_out), clock=running.timed_out)
    return reader.log, None


def _without_paths(
    git_dir: str, revisions: Sequence[str], options: HistoryOptions, raw: RawHistory, partial: Log, cut: Cut
) -> Log:
    """Reads the commits alone, after a log with paths ended early; the commits of ``partial`` keep their paths."""
    said = f"is read up to {cut.reason}" if cut.by_count else f"could not be read: {cut.reason}"
    raw.lacks(f"what each commit changed {said}", cut.clock)
    log, again = _walk(git_dir, revisions, options, with_paths=False)
    if again:
        raw.lacks(f"history could not be read whole: {again.reason}", again.clock)
    log.paths, log.rows = partial.paths, partial.rows
    for commit, known in zip(log.commits, partial.commits, strict=False):
        commit.start, commit.end = known.start, known.end
    return log


def _why(error: GitError, timed_out: bool) -> str:
    if timed_out:
        return "it took too long"
    if error.status < 0:
        return f"git was ended by signal {-error.status}"
    return error.said[:REASON_LENGTH] or f"git ended with status {error.status}"


def _respect_shallow(git_dir: str, raw: RawHistory) -> None:
    """The oldest commits of a shallow history seem to add every file; nobody is credited with that."""
    shallow = Path(git_dir, "shallow")
    cut_off = set(shallow.read_text("ascii", "replace").split()) if shallow.is_file() else set()
    if not cut_off:
        return
    raw.lacks("history is shallow: fetch-depth 0")
    for commit in raw.commits:
        if commit.oid in cut_off:
            commit.end = commit.start


def _count(git_dir: str, raw: RawHistory, options: HistoryOptions) -> None:
    """Counts lines: of every commit where that is affordable, else of the candidate's newest."""
    if not options.count_lines:
        raw.reasons.append("lines are not counted per commit: the contents of the history were not fetched")
        return
    wanted = [commit for commit in raw.commits if commit.parents < 2 and commit.end > commit.start]
    every = len(wanted)
    if every > options.counted_commits or len(raw.rows.path) > options.counted_rows:
        people = read_people(raw, options.who, options.owner)
        own = {index for index, identity in enumerate(raw.identities) if people.is_own(identity)}
        wanted = _affordable([commit for commit in wanted if commit.who in own], options)
        raw.reasons.append(f"lines are counted for {len(wanted):,} of {every:,} commits")
    outcome = count_lines(git_dir, raw, wanted, options.count_seconds)
    raw.clock = raw.clock or outcome.clock
    if outcome.reason:
        raw.reasons.append(outcome.reason)
    raw.lines_counted = outcome.whole and len(wanted) == every


def _affordable(commits: Sequence[RawCommit], options: HistoryOptions) -> list[RawCommit]:
    """The newest of ``commits`` that fit in a share of the limits: a sample of the sizes of commits."""
    rows = options.counted_rows // SAMPLE
    kept: list[RawCommit] = []
    for commit in commits[: options.counted_commits // SAMPLE]:
        rows -= commit.end - commit.start
        if rows < 0:
            break
        kept.append(commit)
    return kept
