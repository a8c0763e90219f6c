"""The reviewed tree: which files there are, whose work each is, and what is kept of those that are read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

import msgspec

from reviewer.gather.classify import standing_by_content, standing_by_name
from reviewer.gather.kinds import LANGUAGE_OF_KIND, kind_of
from reviewer.gather.read import EXTRACTOR_VERSION
from reviewer.gather.roles import frontend_roots, mobile_roots, role_of
from reviewer.gather.text import path_text
from reviewer.gather.tree_marks import TreeMarks
from reviewer.gather.worker import Answer, Job, Pool
from reviewer.model.facts.file import FileFacts
from reviewer.model.facts.repository import Problem, SourceFile, Standing
from reviewer.sources.git import GitError
from reviewer.sources.objects import Size, read_blobs, sizes_of
from reviewer.sources.trees import TreeEntry, list_tree
from reviewer.store import Store

READ_BYTES_MOST = 192 << 20
"""Bytes of all files that are read; what comes after them in path order is left out."""
PROBLEMS_MOST = 200
PUT_BATCH = 400
DAMAGED_MOST = 20
"""Damaged contents after which reading goes on with the next."""


@dataclass(slots=True)
class Snapshot:
    """The files of a commit, sorted by path, what of it could not be read, and what the names of its folders say."""

    marks: TreeMarks
    files: list[SourceFile] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    clocked: set[str] = field(default_factory=set)
    """Contents that a limit on time or memory cut."""

    def lacks(self, what: str, path: str | None = None, clock: bool = False) -> None:
        """Notes something that was left out."""
        self.problems.append(Problem(path=path, what=what, clock=clock))


@dataclass(frozen=True, slots=True)
class _Wanted:
    """A file to read."""

    oid: str
    kind: str
    file: SourceFile

    @property
    def key(self) -> str:
        """Under what the facts are cached."""
        return facts_key(self.kind, self.oid)

    @property
    def mark(self) -> str:
        """Under what the standing is cached: it depends on the name too."""
        return f"standing/{EXTRACTOR_VERSION}/{self.oid}/{self.file.path}"


def facts_key(kind: str, oid: str) -> str:
    """Under what the facts of a blob are cached: extractor, kind and content; never the path."""
    return f"facts/{EXTRACTOR_VERSION}/{kind}/{oid}"


def take_snapshot(git_dir: str, commit: str, pool: Pool, store: Store) -> Snapshot:
    """Lists, sorts and reads the files of one commit. Never raises for what a repository holds.

    Args:
        git_dir: a repository of ours.
        commit: a full object id.
        pool: reads the files that are not cached.
        store: keeps what was read.
    """
    tree = list_tree(git_dir, commit)
    entries = tree.entries
    shot = Snapshot(TreeMarks(path_text(entry.path) for entry in entries))
    for what in tree.left_out:
        shot.lacks(what, clock=tree.clock)
    sizes = _sizes(git_dir, entries, shot)
    wanted: list[_Wanted] = []
    for file, known in _classified(entries, sizes, shot):
        if known or file.kind is None:
            shot.files.append(file)
        else:
            wanted.append(_Wanted(file.oid, file.kind, file))
    wanted = _affordable(wanted, shot)
    _read_all(git_dir, wanted, pool, store, shot)
    shot.files.sort(key=lambda file: file.path)
    _say_what_failed(shot)
    return shot


def _sizes(git_dir: str, entries: list[TreeEntry], shot: Snapshot) -> dict[str, Size]:
    try:
        return sizes_of(git_dir, (entry.oid for entry in entries if entry.mode != "160000"))
    except GitError as error:
        shot.lacks(f"objects could not be read: {error.said or 'git failed'}")
        return {}


def _classified(entries: list[TreeEntry], sizes: dict[str, Size], shot: Snapshot) -> Iterator[tuple[SourceFile, bool]]:
    """Every file with its standing by name, and whether that is known without its content."""
    paths = [path_text(entry.path) for entry in entries]
    roots, mobile = frontend_roots(paths), mobile_roots(paths)
    for entry, path in zip(entries, paths, strict=True):
        kind = kind_of(path)
        size = sizes.get(entry.oid)
        known = standing_by_name(path, entry.mode, size.size if size and size.kind == "blob" else None, shot.marks)
        language = LANGUAGE_OF_KIND.get(kind or "")
        file = SourceFile(
            path=path,
            standing=known or Standing.OWN,
            role=role_of(path, kind, language, roots, mobile),
            size=size.size if size else 0,
            kind=kind,
            language=language,
            oid=entry.oid,
        )
        yield file, known is not None
    _say_what_is_not_read(shot, entries, paths, sizes)


def _say_what_is_not_read(shot: Snapshot, entries: list[TreeEntry], paths: list[str], sizes: dict[str, Size]) -> None:
    submodules = [path for entry, path in zip(entries, paths, strict=True) if entry.mode == "160000"]
    if submodules:
        shot.lacks(f"{_count(len(submodules), 'submodule')} not fetched and not read", submodules[0])
    absent = [
        path for entry, path in zip(entries, paths, strict=True) if entry.mode != "160000" and entry.oid not in sizes
    ]
    for path in absent[:10]:
        shot.lacks("its content is missing from the repository", path)
    if len(absent) > 10:
        shot.lacks(f"the contents of {len(absent) - 10:,} more files are missing from the repository")


def _count(number: int, noun: str) -> str:
    return f"1 {noun} is" if number == 1 else f"{number:,} {noun}s are"


def _affordable(wanted: list[_Wanted], shot: Snapshot) -> list[_Wanted]:
    total = 0
    for at, item in enumerate(wanted):
        total += item.file.size
        if total > READ_BYTES_MOST:
            left = wanted[at:]
            shot.lacks(
                f"read up to a limit of {READ_BYTES_MOST >> 20} MiB; {len(left):,} files are left out",
                left[0].file.path,
            )
            shot.files += [msgspec.structs.replace(item.file, standing=Standing.LIMIT) for item in left]
            return wanted[:at]
    return wanted


def _read_all(git_dir: str, wanted: list[_Wanted], pool: Pool, store: Store, shot: Snapshot) -> None:
    """Fills in standing by content and facts: from the cache, else read now, each content once."""
    standings = _kept_standings(wanted, store)
    facts = _kept_facts([item for item in wanted if standings.get(item.mark) == Standing.OWN], store)
    missing = [item for item in wanted if _is_missing(item, standings, facts)]
    if missing:
        reader = _Reader(git_dir, missing, shot, standings)
        for answers in _batches(pool.read(reader.jobs())):
            facts |= {answer.key: answer.facts for answer in answers}
            shot.clocked |= {answer.key for answer in answers if answer.clock}
            kept = [(answer.key, answer.packed) for answer in answers if not answer.clock]
            store.put_many(kept)
        store.put_many((item.mark, standings[item.mark].value.encode()) for item in missing if item.mark in standings)
    shot.files += [_read(item, standings.get(item.mark), facts.get(item.key)) for item in wanted]


def _kept_standings(wanted: list[_Wanted], store: Store) -> dict[str, Standing]:
    known = {item.value: item for item in Standing}
    kept = store.get_many(item.mark for item in wanted)
    return {mark: known[data.decode()] for mark, data in kept if data.decode() in known}


def _kept_facts(wanted: list[_Wanted], store: Store) -> dict[str, FileFacts]:
    decode = msgspec.msgpack.Decoder(FileFacts).decode
    found: dict[str, FileFacts] = {}
    for key, data in store.get_many(item.key for item in wanted):
        try:
            found[key] = decode(data)
        except (msgspec.DecodeError, msgspec.ValidationError):
            continue
    return found


def _is_missing(item: _Wanted, standings: dict[str, Standing], facts: dict[str, FileFacts]) -> bool:
    known = standings.get(item.mark)
    return known is None or (known is Standing.OWN and item.key not in facts)


@dataclass(frozen=True, slots=True)
class _Reader:
    """Streams contents out of the object store, and passes on those that somebody of the repository wrote."""

    git_dir: str
    wanted: list[_Wanted]
    shot: Snapshot
    standings: dict[str, Standing]

    def jobs(self) -> Iterator[Job]:
        """One job per kind and content; the standing of each file is noted on the way."""
        by_oid: dict[str, list[_Wanted]] = {}
        for item in self.wanted:
            by_oid.setdefault(item.oid, []).append(item)
        left = list(by_oid)
        for _ in range(DAMAGED_MOST):
            done = 0
            try:
                for oid, data in read_blobs(self.git_dir, left):
                    done = left.index(oid, done) + 1
                    yield from self._jobs_of(by_oid[oid], data)
                return
            except GitError as error:
                if error.status < 0 or done >= len(left):
                    self.shot.lacks(f"contents could not be read whole: {error.said or 'git failed'}")
                    return
                self.shot.lacks("its content is damaged and could not be read", by_oid[left[done]][0].file.path)
                left = left[done + 1 :]
        if left:
            self.shot.lacks(f"too many contents are damaged: {len(left):,} more are not read")

    def _jobs_of(self, items: list[_Wanted], data: bytes) -> Iterator[Job]:
        keys: set[str] = set()
        for item in items:
            standing = standing_by_content(item.file.path, data)
            self.standings[item.mark] = standing
            if standing is Standing.OWN and item.key not in keys:
                keys.add(item.key)
                yield Job(item.key, item.kind, data)


def _batches(answers: Iterable[Answer]) -> Iterator[list[Answer]]:
    batch: list[Answer] = []
    for answer in answers:
        batch.append(answer)
        if len(batch) >= PUT_BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def _read(item: _Wanted, standing: Standing | None, facts: FileFacts | None) -> SourceFile:
    if standing is Standing.OWN and facts is not None and facts.generated:
        standing = Standing.GENERATED
    return msgspec.structs.replace(item.file, standing=standing or Standing.ABSENT, facts=facts)


def _say_what_failed(shot: Snapshot) -> None:
    pointers = [file.path for file in shot.files if file.standing is Standing.LFS]
    if pointers:
        shot.lacks(f"{len(pointers):,} Git LFS pointers: their contents lie elsewhere and are not read", pointers[0])
    failed = [(file, what) for file in shot.files if file.facts for what in file.facts.problems]
    for file, what in failed[:PROBLEMS_MOST]:
        shot.lacks(what, file.path, clock=facts_key(file.kind or "", file.oid) in shot.clocked)
    if len(failed) > PROBLEMS_MOST:
        shot.lacks(f"{len(failed) - PROBLEMS_MOST:,} more files could not be read whole")
