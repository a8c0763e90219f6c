"""Which transactions of SQL files count: of routines always, of scripts where the database is all there is."""

from __future__ import annotations

import pytest

from reviewer.model.facts.code import SignKind
from tests.project import facts_of

ROUTINE = "CREATE PROCEDURE p() BEGIN START TRANSACTION; UPDATE a SET b = 1; COMMIT; END;\n"
SCRIPT = "START TRANSACTION;\nUPDATE a SET b = 1;\nCOMMIT;\n"
DUMP = "-- phpMyAdmin SQL Dump\nSTART TRANSACTION;\nINSERT INTO a VALUES (1);\n"
PROGRAM = {"app.py": "from flask import Flask\napp = Flask(__name__)\n"}
CASES = {
    "a script by itself": ({"db/pay.sql": SCRIPT}, ["db/pay.sql"]),
    "a script beside a program": ({"db/pay.sql": SCRIPT, **PROGRAM}, []),
    "a routine beside a program": ({"db/pay.sql": ROUTINE, **PROGRAM}, ["db/pay.sql"]),
    "a dump": ({"db/dump.sql": DUMP}, []),
}


@pytest.mark.parametrize("case", CASES)
def test_transactions(case: str) -> None:
    files, paths = CASES[case]
    assert [item.path for item in facts_of(files).code.of(SignKind.TRANSACTION)] == paths
