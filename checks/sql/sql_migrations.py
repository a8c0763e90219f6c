"""Do schema changes go through a migration tool?"""

from __future__ import annotations

from reviewer.model.check import Check, Depth
from reviewer.model.facts.repository import Data
from reviewer.model.finding import Effort, Verdict
from reviewer.model.verdict import count, evidence, not_applicable, not_shown, partly, shown

TOOLS = "Alembic, Django, Prisma, TypeORM, Sequelize, Knex, Flyway and others"
ENOUGH = 2

CHECK = Check(
    title_shown="Schema changes go through migrations",
    title_not_shown="No migrations",
    looks_for=f"Steps of a migration tool ({TOOLS}).",
    why="A schema that lives must change without losing data; migrations are how teams do that.",
    advice="Let a migration tool write the first step from today's schema, and make the next change a second step.",
    effort=Effort.HOURS,
    level=3,
    shown_when="At least two migration steps; partly with one.",
    does_not_count="create_all or synchronize at start-up, a dump of the schema.",
    links=("https://alembic.sqlalchemy.org/en/latest/tutorial.html", "https://www.prisma.io/docs/orm/prisma-migrate"),
    skills=("SQL",),
    needs=(Depth.DATA,),
)


def run(data: Data) -> Verdict:
    """Counts migration steps."""
    if len(data.steps) >= ENOUGH:
        tools = ", ".join(sorted({item.fact.tool for item in data.steps}))
        return shown(f"{count(len(data.steps), 'migration step')} ({tools}).", evidence(data.steps[:3], "a step"))
    if data.steps:
        return partly("One migration step; a second would show a change.", evidence(data.steps))
    if not data.tables:
        return not_applicable("No schema that could change.")
    return not_shown(f"No step of a migration tool; looked for {TOOLS}.", at=data.tables[0].path)
