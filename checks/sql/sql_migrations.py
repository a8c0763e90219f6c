"""Do schema changes go through a migration tool?"""

from __future__ import annotations

import re

from reviewer.model.check import Check, Depth
from reviewer.model.facts.data import Role
from reviewer.model.facts.repository import Code, Data, Documents, FileRole, Project, Standing
from reviewer.model.finding import Effort, Evidence, Verdict
from reviewer.model.verdict import LIKELY, count, evidence, not_applicable, not_shown, partly, shown

TOOLS = "Alembic, Django, Prisma, TypeORM, Sequelize, Knex, Flyway and others"
ENOUGH = 2
FEW_TABLES = 2
NUMBERED = re.compile(
    r"(?:^|/)(?:migrations?|migrate|updates|changes|upgrades?|schema)/(?:[\w-]{1,40}/){0,2}[vV]?\d[\d._]*[\w.-]*\.sql$"
)
"""Numbered files of SQL, which a runner of the project's own goes through."""
IN_FOLDER = re.compile(r"(?:^|/)(?:db_?|sql_?)?migrations?/(?:[\w-]{1,40}/){0,2}[^/]+\.sql$")
"""Files of SQL in a folder of migrations, whatever their names."""
HOSTED = ("wpdb", "WordPress posts", "Joomla Database", "Drupal", "Magento", "wix-data")
"""Layers of content systems, which bring their own way to change a schema."""
IGNORED = re.compile(r"(?!!)[\w./*-]{0,80}\bmigrations?(?:/[*./]*)?(?:\*?\.(?:sql|[jt]s|py|cs|\*))?", re.I)
"""A line of an ignore file that keeps the steps out of the repository."""
DECLARED = "db_schema.xml"
"""A schema to which the host brings the database by itself."""

CHECK = Check(
    title_shown="Schema changes go through migrations",
    title_partly="A single migration step",
    title_not_shown="No migrations",
    looks_for=f"Steps of a migration tool ({TOOLS}), or numbered SQL files in a folder of migrations.",
    why="A schema that lives must change without losing data; migrations are how teams do that.",
    advice="Let a migration tool write the first step from today's schema, and make the next change a second step.",
    effort=Effort.HOURS,
    level=3,
    shown_when="At least two migration steps; partly with one, or with one file of SQL in a folder of "
    "migrations; of several whose names have no order nothing is said.",
    does_not_count="SQL files that no code uses (exercises); "
    "create_all or synchronize at start-up, a dump of the schema; plugins of a content system.",
    computed="Steps are files that a migration tool's conventions name (path, base class, exported functions), and the "
    "change sets of a changelog of Liquibase's; "
    "numbered SQL files under migrations/ or the like count as likely. Two steps: one creates, the next changes. "
    "Where .gitignore leaves the steps out, the finding says so.",
    limits="Migrations that are kept in another repository or written by the host are not seen.",
    links=("https://alembic.sqlalchemy.org/en/latest/tutorial.html", "https://www.prisma.io/docs/orm/prisma-migrate"),
    skills=("SQL",),
    needs=(Depth.DATA,),
    before="db.create_all()   # at each start",
    pattern="migrations/\n  0001_create_notes.sql   -- CREATE TABLE notes (id integer PRIMARY KEY);\n"
    "  0002_note_owner.sql     -- ALTER TABLE notes ADD COLUMN owner_id integer;",
)


def run(data: Data, project: Project, code: Code, documents: Documents) -> Verdict:
    """Counts migration steps."""
    changes = sum(item.fact.changes for item in data.steps)
    if changes >= ENOUGH:
        tools = ", ".join(sorted({item.fact.tool for item in data.steps}))
        return shown(f"{count(changes, 'migration step')} ({tools}).", evidence(data.steps[:3], "a step"))
    numbered = [
        file
        for file in project.files
        if file.standing is Standing.OWN and file.role is not FileRole.TESTS and NUMBERED.search(file.path)
    ]
    if len(numbered) >= ENOUGH and len(numbered) > changes:
        places = [Evidence(path=file.path, line=1, end_line=1, note="a step") for file in numbered[:3]]
        return shown(f"{len(numbered)} numbered SQL files change the schema step by step.", places, LIKELY)
    loose = [
        file
        for file in project.files
        if file.standing is Standing.OWN and file.role is not FileRole.TESTS and IN_FOLDER.search(file.path)
    ]
    if len(loose) >= ENOUGH and not data.steps:
        return not_applicable(f"{len(loose)} files of SQL stand in a folder of migrations; their order is not known.")
    if loose and not data.steps:
        places = [Evidence(path=file.path, line=1, end_line=1, note="changes the schema") for file in loose[:3]]
        return partly("One file of SQL stands in a folder of migrations; a second would show a change.", places, LIKELY)
    if data.steps and data.steps[0].path.endswith(DECLARED):
        said = "The schema is declared whole, and Magento changes the database to it."
        return shown(said, evidence(data.steps, "declares the schema"), LIKELY)
    if data.steps:
        return partly("One migration step; a second would show a change.", evidence(data.steps))
    if not data.tables or any(layer.name.startswith(HOSTED) for layer in data.layers):
        return not_applicable("No schema that could change.")
    if not code.modules or (all(item.path.endswith(".sql") for item in data.tables) and not _asks(data)):
        return not_applicable("SQL files without an application that uses them: no living schema.")
    if _keeps_a_file(data, project):
        return not_applicable("The program makes a file of SQLite for itself; no deployed schema has to change.")
    return _none(documents, data.tables[0].path)


def _none(documents: Documents, at: str) -> Verdict:
    """Nothing found; where an ignore file leaves the steps out, that is what there is to mend."""
    for item in documents.others:
        if not item.path.endswith(".gitignore"):
            continue
        left_out = next((pattern for pattern in item.fact.ignores if IGNORED.fullmatch(pattern.strip())), "")
        if left_out:
            places = [Evidence(path=item.path, line=1, end_line=1, note=f"leaves out {left_out}")]
            said = f"No migration step is in the repository: {item.path} leaves them out ({left_out})."
            return not_shown(said, places, LIKELY, advice=f"Take {left_out} out of {item.path} and commit the steps.")
    return not_shown(f"No step of a migration tool was found; looked for {TOOLS}.", (), LIKELY, at=at)


def _keeps_a_file(data: Data, project: Project) -> bool:
    """Whether a program that serves nothing keeps a table or two in SQLite, which it makes where they are missing."""
    names = {database.name for database in data.databases if database.role is Role.USED}
    made = not any(item.path.endswith(".sql") for item in data.tables)
    return names == {"SQLite"} and made and len(data.tables) <= FEW_TABLES and not project.frameworks


def _asks(data: Data) -> bool:
    """Whether any statement stands in code."""
    return any(not item.path.endswith(".sql") for item in data.statements)
