"""Databases told apart as used, only in tests, or merely named; the schema after all its steps."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator
from pathlib import PurePosixPath

import msgspec

from reviewer.gather.data.names import GUESS
from reviewer.gather.link.databases import STRONG, asked_by, databases, for_tests, named_uses, sets_up_tests
from reviewer.gather.link.inherited import joined_table, whole_tables
from reviewer.gather.link.spring_repositories import with_repositories
from reviewer.gather.link.view import View, located, places
from reviewer.model.facts.data import DataKind, DataUse, How, MigrationStep, Statement, Table
from reviewer.model.facts.repository import Data, FileRole, Migration, NamedUse, SourceFile
from reviewer.model.facts.values import At

STEP_PATHS = (
    (re.compile(r"(^|/)prisma/migrations/[^/]+/migration\.sql$"), "Prisma Migrate"),
    (re.compile(r"(^|/)(V\d+([._]\d+)*|R)__[^/]+\.sql$"), "Flyway"),
    (re.compile(r"(^|/)db/migrate/\d+_[^/]+\.rb$"), "Active Record migrations"),
    (re.compile(r"(^|/)database/migrations/[\d_]+[^/]+\.php$"), "Laravel migrations"),
    (re.compile(r"(^|/)migrations/Version\d+[^/]*\.php$"), "Doctrine Migrations"),
    (re.compile(r"(^|/)Migrations/\d{14}_[^/]+(?<!Designer)\.cs$"), "EF Core migrations"),
    (re.compile(r"(^|/)\d+_[^/]+\.up\.sql$"), "golang-migrate"),
    (re.compile(r"(^|/)scripts/\d{14}_[^/]+\.sql$"), "MyBatis Migrations"),
)
"""Migration steps that a path alone gives away, for tools whose files are plain SQL or in languages not read yet."""
DRIZZLE, JOURNAL = "Drizzle Kit", "/meta/_journal.json"
"""The tool that keeps a journal in the folder of its steps."""
ALIKE = {
    "Active Record": ("Active Record", "Sequel"),
    "Hibernate Panache": ("Hibernate Panache",),
    "Eloquent": ("Eloquent",),
}
"""Layers whose queries are written alike, by the one that a reader takes them for: something else must show which."""

WITHOUT_COLUMNS = frozenset({"Active Record", "Eloquent", "Magento resource models"})
"""Sources of models whose columns a migration or the schema says."""
DDL = "ddl"
"""The source of what a file of SQL declares."""
ANNOTATED_FOR = {"JPA": "Ebean"}
"""Layers whose annotations another mapper reads as well: entities alone do not show them beside it."""


def _by_layer(statements: Iterable[At[Statement]], known: Container[str]) -> Iterator[At[Statement]]:
    """Statements under the layer that is used; those of a layer that nothing else shows are left out."""
    for item in statements:
        alike = ALIKE.get(item.fact.layer, (item.fact.layer,))
        layer = item.fact.layer if alike[0] not in ALIKE else next((name for name in alike if name in known), None)
        if layer == item.fact.layer:
            yield item
        elif layer is not None:
            yield At(path=item.path, fact=msgspec.structs.replace(item.fact, layer=layer))


def link_data(view: View) -> Data:
    """The data group. Statements and tables of tests, fixtures and front ends are left out."""
    programs = [file for file in view.own if file.role not in (FileRole.TESTS, FileRole.FRONTEND)]
    shown: list[At[DataUse]] = [*_certain(located(programs, "data")), *named_uses(view)]
    beside = [file for file in view.tests if sets_up_tests(file)]
    in_tests: list[At[DataUse]] = [*located(beside, "data"), *(item for item in shown if for_tests(item))]
    uses = [item for item in shown if not for_tests(item)]
    layers = _layers(uses)
    steps = _steps(programs)
    known = {layer.name for layer in layers}
    sent: list[At[Statement]] = list(located(programs, "statements"))
    tests_ask = any(file.facts and file.facts.tests and file.facts.tests.database for file in view.own)
    statements = with_repositories(_by_layer(sent, known), programs, uses)
    return Data(
        databases=databases(uses, in_tests, asked_by(view, layers), tests_ask),
        layers=layers,
        statements=statements,
        tables=merge_tables(whole_tables(programs)),
        migrations=_migrations(steps, programs),
        steps=tuple(step for step in steps if not step.fact.setup),
    )


def _certain(uses: Iterable[At[DataUse]]) -> list[At[DataUse]]:
    """Without what is only guessed of a layer that nothing else shows."""
    given = list(uses)
    sure = {item.fact.name for item in given if not item.fact.detail.startswith(GUESS)}
    return [
        item for item in given if not item.fact.detail.startswith(GUESS) or item.fact.detail.removeprefix(GUESS) in sure
    ]


def merge_tables(tables: Iterable[At[Table]]) -> tuple[At[Table], ...]:
    """One table per name: columns of all sources joined.

    The place is that of the first source, models before steps (but for those without columns); of several files of SQL
    that of the one which says most, as that creates what the others change.
    """
    tables = list(tables)
    made = {_key(item.fact.name) for item in tables if not item.fact.model}
    found: dict[str, At[Table]] = {}
    longest: dict[str, At[Table]] = {}
    ordered = sorted(tables, key=lambda item: ("migration" in item.fact.source.lower(), item.path, item.fact.line))
    for item in ordered:
        key = _key(item.fact.name)
        if item.fact.model and key not in made:
            key = next((name for name in _plurals(key) if name in made), key)
        known = found.get(key)
        found[key] = _joined(known, item) if known else item
        if item.fact.source == DDL and len(item.fact.columns) > len(longest.get(key, item).fact.columns):
            longest[key] = item
        longest.setdefault(key, item)
    return tuple(_placed(found[key], longest[key]) for key in sorted(found))


def _key(name: str) -> str:
    return name.rpartition(".")[2].strip('`"[]').replace("_", "").lower()


def _plurals(key: str) -> tuple[str, ...]:
    """What a mapper may call the table of a model: the plural of its name."""
    return (f"{key}s", f"{key}es", f"{key[:-1]}ies")


def _joined(known: At[Table], item: At[Table]) -> At[Table]:
    """Two declarations of one table; columns that a step makes stand there, and not in a model that needs none."""
    joined = joined_table(known.fact, item.fact)
    if known.fact.source not in WITHOUT_COLUMNS or not item.fact.columns or item.fact.source in WITHOUT_COLUMNS:
        return At(path=known.path, fact=joined)
    place = {"line": item.fact.line, "end_line": item.fact.end_line, "source": item.fact.source}
    return At(path=item.path, fact=msgspec.structs.replace(joined, **place))


def _placed(table: At[Table], creating: At[Table]) -> At[Table]:
    """A table of files of SQL, at the place where it is created."""
    if table.fact.source != DDL or creating.fact.source != DDL:
        return table
    place = {"line": creating.fact.line, "end_line": creating.fact.end_line}
    return At(path=creating.path, fact=msgspec.structs.replace(table.fact, **place))


def _layers(uses: list[At[DataUse]]) -> tuple[NamedUse, ...]:
    """Data layers in use: an import alone is none."""
    by_name: dict[str, list[At[DataUse]]] = {}
    for item in uses:
        if item.fact.kind is DataKind.LAYER and item.fact.how in STRONG:
            by_name.setdefault(item.fact.name, []).append(item)
    for name, other in ANNOTATED_FOR.items():
        if other in by_name and all(item.fact.how is How.CONFIGURED for item in by_name.get(name, ())):
            by_name.pop(name, None)
    return tuple(NamedUse(name=name, evidence=places(items)) for name, items in sorted(by_name.items()))


def _steps(files: list[SourceFile]) -> tuple[At[MigrationStep], ...]:
    found = []
    journals = {file.path.removesuffix(JOURNAL) for file in files if file.path.endswith(JOURNAL)}
    for file in files:
        step = file.facts.migration if file.facts else None
        tool = next((name for pattern, name in STEP_PATHS if pattern.search(file.path)), None)
        if step is not None:
            found.append(At(path=file.path, fact=step))
        elif tool:
            found.append(At(path=file.path, fact=MigrationStep(tool=tool)))
        elif file.path.endswith(".sql") and file.path.rpartition("/")[0] in journals:
            found.append(At(path=file.path, fact=MigrationStep(tool=DRIZZLE)))
    return tuple(found)


def _migrations(steps: tuple[At[MigrationStep], ...], files: list[SourceFile]) -> tuple[Migration, ...]:
    """One entry per tool: Django's one folder per app counts together, under the folder that holds most steps."""
    share = {file.path: file.share for file in files}
    by_tool: dict[str, list[str]] = {}
    for step in steps:
        by_tool.setdefault(step.fact.tool, []).append(step.path)
    found = []
    real = {step.path for step in steps if not step.fact.setup}
    for tool, named in sorted(by_tool.items()):
        paths = [path for path in named if path in real]
        if not paths:
            found.append(Migration(tool=tool, path=named[0], steps=0, own_steps=0))
            continue
        folders = [_folder(path, tool) for path in paths]
        own = sum(1 for path in paths if (share.get(path) is None) or (share.get(path) or 0) >= 0.5)
        most = max(sorted(set(folders)), key=folders.count)
        found.append(Migration(tool=tool, path=most, steps=len(paths), own_steps=own))
    return tuple(found)


def _folder(path: str, tool: str) -> str:
    folder = PurePosixPath(path).parent
    return str(folder.parent if tool == "Prisma Migrate" else folder)
