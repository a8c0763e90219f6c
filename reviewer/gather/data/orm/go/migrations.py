"""Migrations that are written in Go: goose, gormigrate, and their like."""

from __future__ import annotations

from reviewer.gather.look import look_at
from reviewer.gather.reader import Kept, Reader
from reviewer.gather.syntax import Module
from reviewer.model.facts.data import MigrationStep

STEPS = {
    "github.com/pressly/goose": (
        "goose",
        ("AddMigration", "AddMigrationContext", "AddNamedMigration", "AddMigrationNoTx", "NewGoMigration"),
    ),
    "github.com/go-gormigrate/gormigrate": ("gormigrate", ("Migration",)),
    "gopkg.in/gormigrate.v1": ("gormigrate", ("Migration",)),
    "github.com/go-pg/migrations": ("go-pg migrations", ("Register", "MustRegister", "MustRegisterTx")),
    "github.com/uptrace/bun/migrate": ("Bun migrations", ("Register", "MustRegister")),
    "github.com/rubenv/sql-migrate": ("sql-migrate", ("Migration",)),
    "github.com/beego/beego/v2/client/orm/migration": ("Beego migrations", ("Register",)),
    "github.com/astaxie/beego/migration": ("Beego migrations", ("Register",)),
}
"""Packages, with the name of the tool and the calls that register a step."""


def read_migrations(module: Module, kept: Kept) -> None:
    """Keeps the step that a file registers."""
    look = look_at(module)
    for package, (tool, calls) in STEPS.items():
        if look.imports(package):
            found = next((call for call in module.calls if call.last in calls), None)
            if found is not None:
                kept.migration = MigrationStep(tool=tool, line=found.line)
                return


MIGRATIONS_GO = Reader(name="Migrations (Go)", languages=("Go",), read=read_migrations)
