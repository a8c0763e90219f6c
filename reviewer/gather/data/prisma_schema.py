"""The schema file of Prisma: its database and its tables."""

from __future__ import annotations

import re

import msgspec

from reviewer.gather.data.names import data_use, database_of_driver
from reviewer.gather.reader import DocumentReader
from reviewer.model.facts.code import Sign, SignKind
from reviewer.model.facts.data import Column, How, Table
from reviewer.model.facts.file import FileFacts

LAYER = "Prisma"
BLOCK = re.compile(
    r"^[ \t]*(model|view|type|datasource|enum|generator)[ \t]++(\w+)[ \t]*+\{[ \t]*+(?://[^\n]*)?$", re.MULTILINE
)
FIELD = re.compile(r"[ \t]*+(\w+)[ \t]++(\w+)(\[\])?(\?)?([^\n]*)")
ATTRIBUTE = re.compile(r"@@?(\w+(?:\.\w+)?)(?:\(((?:[^()\n]|\([^()\n]*\))*+)\))?")
NAMES = re.compile(r"\[([^\]\n]*)\]")
PROVIDER = re.compile(r"[ \t]*+provider[ \t]*+=[ \t]*+\"(\w++)\"")
BLOCK_LIMIT = 500


def read_prisma_schema(text: str, base: FileFacts) -> FileFacts:
    """The tables and the database of a ``schema.prisma``."""
    lines = text.split("\n")
    models, uses = [], []
    blocks = list(BLOCK.finditer(text))[:BLOCK_LIMIT]
    names = {block[2] for block in blocks if block[1] in ("model", "view", "type")}
    enums = {block[2] for block in blocks if block[1] == "enum"}
    offset, line, mongo = 0, 1, False
    for block in blocks:
        line += text.count("\n", offset, block.start())
        offset = block.start()
        body = _body(lines, line)
        if block[1] == "datasource":
            provider = next((found[1] for row in body if (found := PROVIDER.match(row))), "")
            database = database_of_driver(provider)
            mongo = database == "MongoDB"
            if database:
                uses.append(data_use(database, How.CONFIGURED, line, f"provider {provider}"))
        elif block[1] == "model":
            models.append(_model(block[2], body, line, names, enums))
    if models or uses:
        uses.append(data_use(LAYER, How.CONFIGURED, models[0].line if models else uses[0].line, "schema"))
    signs = [
        Sign(kind=SignKind.NOSQL_SCHEMA, line=item.line, end_line=item.end_line, detail=item.model) for item in models
    ]
    return msgspec.structs.replace(
        base,
        tables=base.tables + (() if mongo else tuple(models)),
        data=base.data + tuple(uses),
        signs=base.signs + (tuple(signs) if mongo else ()),
        code_lines=sum(1 for row in lines if row.strip() and not row.lstrip().startswith("//")),
    )


def _body(lines: list[str], line: int) -> list[str]:
    """The lines of a block up to its closing brace."""
    found = []
    for row in lines[line : line + 400]:
        if row.strip() == "}":
            break
        found.append(row)
    return found


def _model(name: str, body: list[str], line: int, models: set[str], enums: set[str]) -> Table:
    columns: dict[str, Column] = {}
    indexes: list[tuple[str, ...]] = []
    uniques: list[tuple[str, ...]] = []
    targets: dict[str, str] = {}
    table, keys, unique = name, set[str](), set[str]()
    for row in body:
        stripped = row.strip()
        if stripped.startswith("@@"):
            kind, argument = _attributes(stripped)[0]
            names = _names(argument)
            if kind == "map":
                table = _quoted(argument) or name
            elif kind == "id":
                keys.update(names)
            elif kind == "unique" and len(names) == 1:
                unique.update(names)
            elif kind in ("unique", "index", "fulltext") and names:
                indexes.append(names)
                uniques += [names] if kind == "unique" else []
        elif (found := FIELD.match(row)) and not stripped.startswith("//"):
            if found[2] in models:
                targets.update(_relation(found[2], found[5]))
            elif not found[3]:
                columns[found[1]] = _column(found, enums)
    kept = tuple(_joined(column, keys, unique, targets) for column in columns.values())
    return Table(
        name=table,
        line=line,
        end_line=line + len(body) + 1,
        source=LAYER,
        columns=kept,
        indexes=tuple(indexes),
        model=name,
        uniques=tuple(uniques),
    )


def _attributes(text: str) -> list[tuple[str, str]]:
    return [(found[1], found[2] or "") for found in ATTRIBUTE.finditer(text)] or [("", "")]


def _names(argument: str) -> tuple[str, ...]:
    found = NAMES.search(argument)
    return tuple(part.strip().split("(")[0] for part in found[1].split(",") if part.strip()) if found else ()


def _quoted(argument: str) -> str | None:
    parts = argument.split('"')
    return parts[1] if len(parts) > 2 else None


def _column(found: re.Match[str], enums: set[str]) -> Column:
    marks = dict(_attributes(found[5]))
    return Column(
        name=found[1],
        type=found[2],
        nullable=bool(found[4]) and "id" not in marks,
        primary="id" in marks,
        unique="unique" in marks,
        checked=found[2] in enums,
    )


def _relation(target: str, attributes: str) -> dict[str, str]:
    """Own columns to the columns they refer to."""
    argument = dict(_attributes(attributes)).get("relation", "")
    groups = NAMES.findall(argument)
    if len(groups) < 2 or "fields" not in argument:
        return {}
    own, theirs = ([part.strip() for part in group.split(",")] for group in groups[:2])
    return {a: f"{target}.{b}" for a, b in zip(own, theirs, strict=False)}


def _joined(column: Column, keys: set[str], unique: set[str], targets: dict[str, str]) -> Column:
    return msgspec.structs.replace(
        column,
        primary=column.primary or column.name in keys,
        nullable=column.nullable and column.name not in keys,
        unique=column.unique or column.name in unique,
        references=targets.get(column.name),
    )


PRISMA_SCHEMA = DocumentReader(name="Prisma schema", kinds=("prisma",), read=read_prisma_schema)
