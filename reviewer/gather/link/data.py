"""Databases told apart as used, only in tests, or merely named; the schema after all its steps."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import PurePosixPath

from reviewer.gather.data.names import KINDS, data_use
from reviewer.gather.data.packages import database_of_image, database_of_package
from reviewer.gather.link.inherited import joined_table, whole_tables
from reviewer.gather.link.spring_repositories import with_repositories
from reviewer.gather.link.view import View, located, places
from reviewer.model.facts.data import DataKind, DataUse, How, MigrationStep, Role, Statement, Table
from reviewer.model.facts.repository import Data, Database, FileRole, Migration, NamedUse, SourceFile
from reviewer.model.facts.values import At

STRONG = (How.CONFIGURED, How.CONNECTED, How.QUERIED)
STEP_PATHS = (
    (re.compile(r"(^|/)prisma/migrations/[^/]+/migration\.sql$"), "Prisma Migrate"),
    (re.compile(r"(^|/)V\d+(_\d+)*__[^/]+\.sql$"), "Flyway"),
    (re.compile(r"(^|/)db/migrate/\d+_[^/]+\.rb$"), "Active Record migrations"),
    (re.compile(r"(^|/)database/migrations/[\d_]+[^/]+\.php$"), "Laravel migrations"),
    (re.compile(r"(^|/)migrations/Version\d+[^/]*\.php$"), "Doctrine Migrations"),
    (re.compile(r"(^|/)Migrations/\d{14}_[^/]+(?<!Designer)\.cs$"), "EF Core migrations"),
    (re.compile(r"(^|/)\d+_[^/]+\.up\.sql$"), "golang-migrate"),
)
"""Migration steps that a path alone gives away, for tools whose files are plain SQL or in languages not read yet."""
TEST_SETTINGS = re.compile(
    r"(^|/)(application[-_](test|it|ci|integration)[\w-]*\.(ya?ml|properties)|appsettings\.(test|testing|ci|integration\w*)\.json|"
    r"[\w.-]*phpunit[\w.-]*|(docker-)?compose[._-](test|ci|e2e)[\w.-]*|[\w-]+[._-]test(ing)?\.(ya?ml|properties|json|xml|ini))\Z"
    r"|(^|/)config/packages/test/",
    re.IGNORECASE,
)
"""Settings that hold for runs of tests alone, going by their path."""

TEST_PROJECT = re.compile(r"tests?\.(cs|fs|vb)proj\Z", re.IGNORECASE)
EMBEDDED = frozenset({"H2", "HSQLDB", "Derby"})
"""Databases that tests on the JVM use by depending on them: nothing has to be configured."""


ALIKE = frozenset({"Active Record"})
"""Layers whose queries are written like those of others: they count where something else shows the layer."""


def link_data(view: View) -> Data:
    """The data group. Statements and tables of tests, fixtures and front ends are left out."""
    programs = [file for file in view.own if file.role not in (FileRole.TESTS, FileRole.FRONTEND)]
    shown: list[At[DataUse]] = [*located(programs, "data"), *_named(view)]
    in_tests: list[At[DataUse]] = [*located(view.tests, "data"), *(item for item in shown if _for_tests(item))]
    uses = [item for item in shown if not _for_tests(item)]
    layers = _layers(uses)
    steps = _steps(programs)
    known = {layer.name for layer in layers}
    sent: list[At[Statement]] = list(located(programs, "statements"))
    statements = with_repositories(
        (item for item in sent if item.fact.layer not in ALIKE or item.fact.layer in known), programs, uses
    )
    return Data(
        databases=_databases(uses, in_tests, bool(layers)),
        layers=layers,
        statements=statements,
        tables=merge_tables(whole_tables(programs)),
        migrations=_migrations(steps, programs),
        steps=steps,
    )


def merge_tables(tables: Iterable[At[Table]]) -> tuple[At[Table], ...]:
    """One table per name: columns of all sources joined; the place is that of the first source, models before steps."""
    found: dict[str, At[Table]] = {}
    ordered = sorted(tables, key=lambda item: ("migration" in item.fact.source.lower(), item.path, item.fact.line))
    for item in ordered:
        key = item.fact.name.rpartition(".")[2].lower()
        known = found.get(key)
        found[key] = At(path=known.path, fact=joined_table(known.fact, item.fact)) if known else item
    return tuple(found[key] for key in sorted(found))


def _named(view: View) -> list[At[DataUse]]:
    """Drivers in manifests and images in compose files: names, not yet use."""
    found: list[At[DataUse]] = []
    for file in view.own:
        document = file.facts.document if file.facts else None
        manifest = document.manifest if document else None
        for item in manifest.dependencies if manifest else ():
            name = database_of_package(manifest.ecosystem, item.name) if manifest else None
            if name:
                use = data_use(name, How.DEPENDENCY, item.line, item.name, tests=item.dev or _is_test_project(file))
                found.append(At(path=file.path, fact=use))
        for image in document.container.services if document and document.container else ():
            name = database_of_image(image)
            if name:
                found.append(At(path=file.path, fact=data_use(name, How.DEPENDENCY, 1, f"image {image}")))
    return found


def _is_test_project(file: SourceFile) -> bool:
    return file.role is FileRole.TESTS or bool(TEST_PROJECT.search(file.path))


def _for_tests(item: At[DataUse]) -> bool:
    return item.fact.tests or bool(TEST_SETTINGS.search(item.path))


def _databases(uses: list[At[DataUse]], in_tests: list[At[DataUse]], layered: bool) -> tuple[Database, ...]:
    by_name: dict[str, list[At[DataUse]]] = {}
    for item in (*uses, *in_tests):
        if item.fact.kind is not DataKind.LAYER:
            by_name.setdefault(item.fact.name, []).append(item)
    strong = {item.fact.name for item in uses if item.fact.how in STRONG and item.fact.kind is not DataKind.LAYER}
    no_sql_yet = not any(KINDS.get(name) is DataKind.SQL for name in strong)
    found = []
    for name, items in sorted(by_name.items()):
        driver = any(item.fact.how in (How.DEPENDENCY, How.IMPORTED) for item in items if item in uses)
        implied = layered and no_sql_yet and driver and KINDS.get(name) is DataKind.SQL
        tested = any(item.fact.how in STRONG or name in EMBEDDED for item in in_tests if item.fact.name == name)
        role = Role.USED if name in strong or implied else Role.TESTS if tested else Role.NAMED
        best = sorted(items, key=lambda item: (-list(How).index(item.fact.how), item.path, item.fact.line))
        found.append(Database(name=name, kind=items[0].fact.kind, role=role, evidence=places(best)))
    return tuple(found)


def _layers(uses: list[At[DataUse]]) -> tuple[NamedUse, ...]:
    """Data layers in use: an import alone is none."""
    by_name: dict[str, list[At[DataUse]]] = {}
    for item in uses:
        if item.fact.kind is DataKind.LAYER and item.fact.how in STRONG:
            by_name.setdefault(item.fact.name, []).append(item)
    return tuple(NamedUse(name=name, evidence=places(items)) for name, items in sorted(by_name.items()))


def _steps(files: list[SourceFile]) -> tuple[At[MigrationStep], ...]:
    found = []
    for file in files:
        step = file.facts.migration if file.facts else None
        tool = next((name for pattern, name in STEP_PATHS if pattern.search(file.path)), None)
        if step is not None:
            found.append(At(path=file.path, fact=step))
        elif tool:
            found.append(At(path=file.path, fact=MigrationStep(tool=tool)))
    return tuple(found)


def _migrations(steps: tuple[At[MigrationStep], ...], files: list[SourceFile]) -> tuple[Migration, ...]:
    """One entry per tool: Django's one folder per app counts together, under the folder that holds most steps."""
    share = {file.path: file.share for file in files}
    by_tool: dict[str, list[str]] = {}
    for step in steps:
        by_tool.setdefault(step.fact.tool, []).append(step.path)
    found = []
    for tool, paths in sorted(by_tool.items()):
        folders = [_folder(path, tool) for path in paths]
        own = sum(1 for path in paths if (share.get(path) is None) or (share.get(path) or 0) >= 0.5)
        most = max(sorted(set(folders)), key=folders.count)
        found.append(Migration(tool=tool, path=most, steps=len(paths), own_steps=own))
    return tuple(found)


def _folder(path: str, tool: str) -> str:
    folder = PurePosixPath(path).parent
    return str(folder.parent if tool == "Prisma Migrate" else folder)
