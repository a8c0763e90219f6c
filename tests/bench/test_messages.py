"""The bench of commit messages: what it counts, and what it says of files that it cannot use."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench.messages import main, parted, read_messages, score

ROWS = """\
message,has_what,has_why,vague
Add the orders endpoint,1,0,0
update,0,0,1
fix: cart total was wrong for empty carts,1,1,0
docs: describe the set-up,1,1,0
Add the cart,1,1,0
"""


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Five messages; the reader thought that the last one says why."""
    path = tmp_path / "messages.csv"
    path.write_text(ROWS, "utf-8")
    return path


def test_each_label_is_scored_on_the_class_that_lacks_it(data: Path) -> None:
    what, why, vague = score(read_messages(data))
    assert (what.name, what.n, what.missing_n, what.missing, what.macro) == ("has_what", 5, 1, 1.0, 1.0)
    assert (why.missing_n, round(why.missing, 3), round(why.macro, 3)) == (2, 0.8, 0.8)
    assert (vague.missing_n, vague.missing) == (1, 1.0)


def test_a_file_without_the_label_vague_has_no_row_for_it(tmp_path: Path) -> None:
    path = tmp_path / "two.csv"
    path.write_text("message,has_what,has_why\nupdate,0,0\n", "utf-8")
    assert [item.name for item in score(read_messages(path))] == ["has_what", "has_why"]


def test_spaces_of_a_tokeniser_are_taken_out_where_the_file_says_so() -> None:
    text = "fix ( mock . log ) : don ' t wait , return"
    assert parted({"message": text, "tokenised": "1"}) == ("fix (mock.log): don't wait, return", "")
    assert parted({"message": text, "tokenised": "0"}) == (text, "")
    assert parted({"message": "Add carts\n\nFor orders."}) == ("Add carts", "\nFor orders.")


def test_the_table_and_the_figures_as_json(data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--data", str(data), "--json", str(tmp_path / "out.json")]) == 0
    assert "has_why        5        2          0.800     0.800" in capsys.readouterr().out
    assert '"name": "vague"' in (tmp_path / "out.json").read_text("utf-8")


FILES = {
    "absent": (None, "No such file"),
    "empty": ("message\n", "no rows"),
    "other": ("a,b\n1,2\n", "no column message"),
}


@pytest.mark.parametrize(("text", "said"), FILES.values(), ids=FILES.keys())
def test_a_file_that_cannot_be_used_gets_one_line(
    text: str | None, said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "data.csv"
    if text is not None:
        path.write_text(text, "utf-8")
    assert main(["--data", str(path)]) == 2
    error = capsys.readouterr().err
    assert error.count("\n") == 1
    assert said in error
