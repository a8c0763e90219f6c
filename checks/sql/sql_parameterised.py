"""Do values get into statements bound, never as text?"""

from __future__ import annotations

import re

from checks.sql._application import CQL
from reviewer.model.check import Check, Depth
from reviewer.model.facts.repository import Data
from reviewer.model.finding import Effort, Evidence, Verdict
from reviewer.model.verdict import count, evidence, not_applicable, not_shown, shown

MARKS = re.compile(r"`[^`]{0,60}(?:placeholder|question_?marks?|qmarks?|bind_?marks)[^`]{0,60}`", re.IGNORECASE)
"""A part that is named as a list of placeholders."""

SCHEMA_TOOL = re.compile(r"(?:^|[/_.-])(?:db_?)?(?:migrat(?:e|ions?|or)|seed(?:s|er|ers)?)(?:[/_.-]|\Z)", re.I)
"""Code that changes a schema or fills it, whose values are the project's own files."""

CHECK = Check(
    title_shown="Statements bind their values",
    title_not_shown="Values are put into SQL as text",
    looks_for="Concatenation, interpolation or formatting of a value into the text of a statement.",
    why="It is the classic way to lose a database: SQL injection. One place is enough to be turned down.",
    advice="Bind the value: a placeholder in the text, the value beside it.",
    effort=Effort.MINUTES,
    level=2,
    weight=2.0,
    shown_when="Every statement with outside values binds them, or an ORM does.",
    does_not_count="Interpolated constants, placeholder lists, names of tables and columns from the code "
    "itself; migrations and seeders; CQL, which is judged with the stores without SQL.",
    computed="Each statement's text is put together from the parsed source; a part that is no constant of the code, no "
    "list of placeholders and no checked name is a value in the text. One is enough.",
    limits="Text that is built in another function and handed over is followed only within a file.",
    links=("https://cheatsheetseries.owasp.org/cheatsheets/Query_Parameterization_Cheat_Sheet.html",),
    skills=("SQL", "Security"),
    needs=(Depth.DATA,),
    before="db.execute(f\"SELECT id FROM notes WHERE title = '{title}'\")",
    pattern='db.execute("SELECT id FROM notes WHERE title = ?", (title,))',
)


def run(data: Data) -> Verdict:
    """Every place where a value gets into a statement as text."""
    statements = [item for item in data.statements if item.fact.layer != CQL]
    risky = [
        item
        for item in statements
        if item.fact.injection
        and not MARKS.search(item.fact.injection)
        and not SCHEMA_TOOL.search(f"{item.path}/{item.fact.function}")
    ]
    if risky:
        places = [
            Evidence(path=item.path, line=item.fact.line, end_line=item.fact.end_line, note=item.fact.injection or "")
            for item in risky
        ]
        first = f"{risky[0].path}:{risky[0].fact.line}"
        advice = f"Bind the value in {count(len(risky), 'statement')} instead of building text; start with {first}."
        summary = f"{count(len(risky), 'statement')} with a value put into the text."
        return not_shown(summary, places, advice=advice, at=risky[0].path)
    bound = [item for item in statements if item.fact.bound]
    if bound:
        return shown(
            f"All of {count(len(bound), 'statement')} with values bind them.", evidence(bound[:3], "binds its values")
        )
    orm = [item for item in statements if item.fact.layer != "sql"]
    if orm:
        return shown(
            f"{count(len(orm), 'query', 'queries')} through {orm[0].fact.layer}, which binds values.", evidence(orm[:3])
        )
    return not_applicable("No statement takes an outside value.")
