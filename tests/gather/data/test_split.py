"""Cutting SQL into statements: the cases of split.yml, and texts that must not take long."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
import yaml

from reviewer.gather.data.split import Piece, split

CASES = yaml.safe_load((Path(__file__).parent / "split.yml").read_text(encoding="utf-8"))
SECONDS = 5.0
HOSTILE = {
    "quotes": "'" * 300_001,
    "comments": "/*" * 200_000,
    "semicolons": ";" * 300_000,
    "blank lines": "\n" * 300_000,
    "blocks": "create trigger t begin " * 20_000,
    "dollars": "$a" * 200_000,
    "batches": "\ngo" * 100_000,
    "starts": "\nwith a as" * 40_000,
    "blanks": "\n" + " " * 500_000,
    "copies": "copy a from stdin;" * 20_000,
}


def shown(piece: Piece) -> str:
    marks = (" routine" if piece.routine else "") + ("" if piece.closed else " open")
    return f"{piece.text}{marks} @{piece.line}"


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_statements(case: dict) -> None:
    assert [shown(piece) for piece in split(case["text"], case.get("dialect", ""))] == case["pieces"]


@pytest.mark.parametrize("dialect", ["", "mysql", "tsql"])
@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_texts_are_cut_in_time(text: str, dialect: str) -> None:
    started = time.process_time()
    for _ in split(text, dialect):
        pass
    assert time.process_time() - started < SECONDS
