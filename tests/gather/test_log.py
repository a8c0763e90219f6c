"""What git says of a history, read as bytes that a stranger chose."""

from __future__ import annotations

from io import BytesIO

import pytest

from reviewer.gather._log import CHUNK, LONGEST_TOKEN, LogLimit, LogReader, read_day, read_tokens
from reviewer.gather._rows import Log, RawCommit

OID, OTHER = b"a" * 40, b"b" * 40
NONE = b"0" * 40


def record(oid: bytes = OID, **fields: bytes) -> bytes:
    """One commit as ``git log -z`` writes it."""
    defaults = {"parents": NONE, "name": b"Dana", "address": b"dana@x.org", "day": b"1704067200 +0000"}
    said = defaults | {"subject": b"Add", "body": b""} | fields
    return b"".join(field + b"\0" for field in (oid, *said.values())) + b"\0"


def row(status: bytes, path: bytes, old: bytes = NONE, new: bytes = NONE) -> bytes:
    return b":100644 100644 %s %s %s\0%s\0" % (old, new, status, path)


def read(answer: bytes, rows: int = 100, size: int = 1 << 30) -> Log:
    reader = LogReader(rows, size)
    reader.read(BytesIO(answer))
    return reader.log


def only(answer: bytes) -> RawCommit:
    log = read(answer)
    assert len(log.commits) == 1
    return log.commits[0]


@pytest.mark.parametrize(
    ("raw", "day"),
    [
        pytest.param(b"1704067200 +0000", "2024-01-01", id="midnight"),
        pytest.param(b"1704067199 +0000", "2023-12-31", id="before-midnight"),
        pytest.param(b"1704067199 +0530", "2024-01-01", id="the-authors-own-day"),
        pytest.param(b"1704067200 -0800", "2023-12-31", id="west"),
        pytest.param(b"0 +0000", None, id="the-epoch"),
        pytest.param(b"631152000 +0000", "1990-01-01", id="first-day"),
        pytest.param(b"4133980799 +0000", "2100-12-31", id="last-day"),
        pytest.param(b"4133980800 +0000", None, id="after-the-last-day"),
        pytest.param(b"-1 +0000", None, id="negative"),
        pytest.param(b"99999999999999999999 +0000", None, id="beyond-any-clock"),
        pytest.param(b"1704067200 +9999999", None, id="absurd-zone"),
        pytest.param(b"", None, id="none"),
    ],
)
def test_a_day_is_the_authors_own_or_none(raw: bytes, day: str | None) -> None:
    assert read_day(raw) == day


def test_commits_with_and_without_paths() -> None:
    log = read(record() + b"\n" + row(b"A", b"a.py") + row(b"M", b"b.py") + record(OTHER, parents=OID + b" " + OID))
    assert [(commit.oid, commit.parents, commit.end - commit.start) for commit in log.commits] == [
        (OID.decode(), 1, 2),
        (OTHER.decode(), 2, 0),
    ]
    assert [log.paths[path] for path in log.rows.path] == ["a.py", "b.py"]


def test_a_message_cannot_pass_for_a_commit_or_a_path() -> None:
    body = b"\n" + OTHER + b"\n:100644 100644 " + NONE + b" " + NONE + b" M\n+++ b/x.py"
    assert only(record(body=body) + row(b"A", b"a.py")).end == 1


def test_a_path_cannot_pass_for_a_commit() -> None:
    log = read(record() + row(b"A", OTHER) + row(b"A", b":100644 100644 x y M"))
    assert len(log.commits) == 1
    assert log.paths == [OTHER.decode(), ":100644 100644 x y M"]


def test_names_that_are_not_utf_8_stay_apart() -> None:
    log = read(record() + row(b"A", b"caf\xe9.py") + row(b"A", b"caf\xe8.py") + row(b"A", "café.py".encode()))
    assert log.paths == ["caf\\xe9.py", "caf\\xe8.py", "café.py"]


def test_texts_are_cut() -> None:
    commit = only(record(name=b"N" * 200_000, subject=b"s" * 9_000, body=b"word" * 90_000))
    assert (len(commit.subject), len(commit.body)) == (500, 4_000)
    assert len(read(record(name=b"N" * 200_000)).identities[0][0]) == 200


def test_text_that_is_not_utf_8_is_read_all_the_same() -> None:
    assert only(record(subject=b"\xff\xfe")).subject == "\ufffd\ufffd"


def test_coauthors_behind_a_long_message_are_found() -> None:
    log = read(record(body=b"word " * 9_000 + b"\n\nCo-authored-by: Eve <eve@x.org>\nCo-Authored-By: Kim <k@x.org>"))
    assert log.identities == [("Dana", "dana@x.org"), ("Eve", "eve@x.org"), ("Kim", "k@x.org")]
    assert log.commits[0].coauthors == (1, 2)


def test_a_field_that_is_too_long_loses_its_tail_and_nothing_else() -> None:
    log = read(record(body=b"x" * (LONGEST_TOKEN + 3 * CHUNK)) + row(b"A", b"a.py") + record(OTHER))
    assert [commit.oid for commit in log.commits] == [OID.decode(), OTHER.decode()]
    assert log.paths == ["a.py"]


def test_the_commit_at_which_rows_run_out_keeps_none() -> None:
    reader = LogReader(3, 1 << 30)
    answer = record() + row(b"A", b"a") + row(b"A", b"b") + record(OTHER) + row(b"A", b"c") + row(b"A", b"d")
    with pytest.raises(LogLimit, match="3 changed paths"):
        reader.read(BytesIO(answer))
    assert [commit.oid for commit in reader.log.commits] == [OID.decode()]
    assert len(reader.log.rows.path) == 2


def test_an_answer_that_ends_within_a_commit_is_read_up_to_there() -> None:
    assert [commit.oid for commit in read(record() + record(OTHER)[:60]).commits] == [OID.decode()]


def test_fields_are_whole_wherever_a_piece_ends() -> None:
    fields = [b"a" * (CHUNK - 1), b"bc", b"d" * 5, b"e" * CHUNK]
    assert list(read_tokens(BytesIO(b"\0".join(fields) + b"\0"), 1 << 30)) == fields


def test_bytes_run_out() -> None:
    with pytest.raises(LogLimit, match="1 MiB"):
        list(read_tokens(BytesIO(b"x" * (CHUNK + 1)), CHUNK))


@pytest.mark.parametrize(
    ("rows", "sources"),
    [
        pytest.param([("D", "a", "1", ""), ("A", "b", "", "1")], [None, "a"], id="same-content"),
        pytest.param([("D", "x/a", "1", ""), ("A", "y/a", "", "2")], [None, "x/a"], id="same-name"),
        pytest.param([("D", "a", "1", ""), ("A", "b", "", "2")], [None, None], id="neither"),
        pytest.param([("M", "a", "1", "2"), ("A", "b", "", "1")], [None, None], id="copied-not-moved"),
        pytest.param(
            [("D", "x/a", "1", ""), ("A", "y/a", "", "2"), ("A", "z/a", "", "3")], [None] * 3, id="name-not-unique"
        ),
    ],
)
def test_moves(rows: list[tuple[str, str, str, str]], sources: list[str | None]) -> None:
    said = b"".join(
        row(s.encode(), p.encode(), o.encode() * 40 or NONE, n.encode() * 40 or NONE) for s, p, o, n in rows
    )
    log = read(record() + said)
    assert [log.paths[source] if source >= 0 else None for source in log.rows.source] == sources
