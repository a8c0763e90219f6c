"""``reviewer render``: the report again, from report.json alone."""

from __future__ import annotations

from pathlib import Path

import click
import msgspec

from reviewer.cli.edge import Stop
from reviewer.cli.output import write_report
from reviewer.settings import FORMATS

LARGEST = 256 << 20


@click.command("render", short_help="Draw a report again from report.json.")
@click.argument("document", metavar="report.json")
@click.option("-o", "--output", default="readiness-report", metavar="DIR", help="Where the report goes.")
@click.option("--format", "formats", multiple=True, type=click.Choice(FORMATS), help="Besides HTML and JSON.")
@click.option("-q", "--quiet", is_flag=True, help="Print only where the report is.")
def command(document: str, output: str, formats: tuple[str, ...], quiet: bool) -> None:
    """Draw the report again from a report.json, without cloning anything."""
    from reviewer.model.document import SCHEMA_VERSION, Report

    path = Path(document)
    if not path.is_file() or path.stat().st_size > LARGEST:
        raise Stop(f"{document}: no such file, or too large")
    try:
        report = msgspec.json.decode(path.read_bytes(), type=Report)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise Stop(f"{document}: no report of this program: {error}") from None
    if report.schema_version != SCHEMA_VERSION:
        raise Stop(f"{document}: of schema version {report.schema_version}; this program reads {SCHEMA_VERSION}")
    write_report(report, Path(output), formats, quiet)
