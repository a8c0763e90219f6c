"""Steps of PHP's migration tools, told by the class that they extend, and the tables that they make."""

from __future__ import annotations

from reviewer.gather.data.names import data_use
from reviewer.gather.data.orm.php._blueprints import blueprint_tables
from reviewer.gather.data.orm.php._phinx import phinx_tables
from reviewer.gather.look import look_at, words
from reviewer.gather.reader import Kept, Reader
from reviewer.gather.syntax import Module, dotted
from reviewer.model.facts.data import How, MigrationStep

TOOLS = {
    "Illuminate.Database.Migrations.Migration": "Laravel migrations",
    "Doctrine.Migrations.AbstractMigration": "Doctrine Migrations",
    "Doctrine.DBAL.Migrations.AbstractMigration": "Doctrine Migrations",
    "Phinx.Migration.AbstractMigration": "Phinx",
    "Migrations.AbstractMigration": "CakePHP migrations",
    "Migrations.BaseMigration": "CakePHP migrations",
    "CodeIgniter.Database.Migration": "CodeIgniter migrations",
    "CI_Migration": "CodeIgniter migrations",
    "yii.db.Migration": "Yii migrations",
    "CDbMigration": "Yii migrations",
}
"""By the full name of the base class."""
BY_NAME = {"AbstractMigration": "Phinx", "BaseMigration": "Phinx", "Migration": "Laravel migrations"}
"""By the last part of a base class of the project's own, with what else a step shows."""
STEPS = words("up change down safeUp")
LAYERS = {"Laravel migrations": "Eloquent", "Doctrine Migrations": "Doctrine ORM"}


def read_migrations(module: Module, kept: Kept) -> None:
    """Keeps the step that a file is, and its tables."""
    if "igration" not in module.text and "Blueprint" not in module.text:
        return
    look = look_at(module)
    tool = ""
    for item in module.classes:
        methods = {method.name for method in module.methods_of(item)}
        for base in item.bases:
            origin = look.origin(dotted(base))
            tool = tool or (TOOLS.get(origin) or _by_name(module, origin) if methods & STEPS else "") or ""
        if tool:
            kept.migration = MigrationStep(tool=tool, line=item.line)
            break
    kept.tables.extend(blueprint_tables(look, tool or "Laravel migrations"))
    if tool in ("Phinx", "CakePHP migrations"):
        kept.tables.extend(phinx_tables(look, tool))
    if tool in LAYERS and kept.tables:
        kept.data.append(data_use(LAYERS[tool], How.CONFIGURED, kept.tables[0].line, tool))


def _by_name(module: Module, origin: str) -> str:
    """The tool behind a base class of another file; Laravel's is known by its schema builder."""
    tool = BY_NAME.get(origin.rpartition(".")[2], "")
    if tool == "Laravel migrations" and "Schema::" not in module.text:
        return ""
    return tool


MIGRATIONS_PHP = Reader(name="Migrations (PHP)", languages=("PHP",), read=read_migrations)
