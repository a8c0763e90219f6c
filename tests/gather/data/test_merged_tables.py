"""Where a table is said to be that several files of SQL declare."""

from __future__ import annotations

import pytest

from tests.project import facts_of

CREATE = "CREATE TABLE Loans (id INT PRIMARY KEY, member INT NOT NULL);\n"
ALTER = "\nALTER TABLE loans ADD made_by VARCHAR(20);\n"
CASES = {
    "what creates it stands after what changes it": (
        {"sql/a_changes.sql": ALTER, "sql/b_tables.sql": CREATE},
        ("sql/b_tables.sql", 1),
    ),
    "what creates it stands before": ({"sql/a_tables.sql": CREATE, "sql/b.sql": ALTER}, ("sql/a_tables.sql", 1)),
    "nothing but a change": ({"sql/a.sql": ALTER}, ("sql/a.sql", 2)),
    "a model of the same name": (
        {
            "shop/models.py": "from django.db import models\nclass Loans(models.Model):\n    id = models.AutoField()",
            "sql/b_tables.sql": CREATE,
        },
        ("shop/models.py", 2),
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_the_place_of_a_table(case: str) -> None:
    files, place = CASES[case]
    assert [(item.path, item.fact.line) for item in facts_of(files).data.tables] == [place]


def test_columns_are_one_whatever_the_case_of_their_names() -> None:
    files = {"a.sql": CREATE, "b.sql": "ALTER TABLE LOANS ADD CONSTRAINT u UNIQUE (MEMBER);\n"}
    table = facts_of(files).data.tables[0].fact
    assert [(column.name, column.unique) for column in table.columns] == [("id", False), ("member", True)]
