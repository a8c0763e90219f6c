"""Migration tools over the files of a repository: their steps, and tools that are only set up."""

from __future__ import annotations

from tests.project import facts_of

SETUP = "from flask_migrate import Migrate\nmigrate = Migrate()\n"
STEP = 'from alembic import op\nrevision = "1"\ndown_revision = None\ndef upgrade(): op.drop_table("x")\n'


def test_a_tool_that_is_set_up_has_no_steps() -> None:
    data = facts_of({"app/extensions.py": SETUP}).data
    assert [(item.tool, item.path, item.steps) for item in data.migrations] == [("Alembic", "app/extensions.py", 0)]
    assert data.steps == ()


def test_steps_count_where_there_are_some() -> None:
    data = facts_of({"app/extensions.py": SETUP, "migrations/versions/1_x.py": STEP}).data
    assert [(item.tool, item.path, item.steps) for item in data.migrations] == [("Alembic", "migrations/versions", 1)]
    assert [item.path for item in data.steps] == ["migrations/versions/1_x.py"]
