"""Migrations in code: Flyway's Java migrations, Liquibase run from code."""

from __future__ import annotations

from reviewer.gather.expressions import last
from reviewer.gather.look import look_at
from reviewer.gather.reader import Kept, Reader
from reviewer.gather.syntax import Call, Module, dotted
from reviewer.model.facts.data import MigrationStep

STEPS = {
    "BaseJavaMigration": "Flyway",
    "JavaMigration": "Flyway",
    "SpringJdbcMigration": "Flyway",
    "JdbcMigration": "Flyway",
    "CustomTaskChange": "Liquibase",
    "CustomSqlChange": "Liquibase",
}
MODULES = ("org.flywaydb", "liquibase")


def read_migrations(module: Module, kept: Kept) -> None:
    """Keeps a class that is a step of a migration tool."""
    if not look_at(module).imports(*MODULES):
        return
    for item in module.classes:
        for base in item.bases:
            tool = STEPS.get(last(dotted(base.callee if isinstance(base, Call) else base)))
            if tool:
                kept.migration = MigrationStep(tool=tool, line=item.line)
                return


MIGRATIONS = Reader(name="migrations (JVM)", languages=("Java", "Kotlin"), read=read_migrations)
