"""``reviewer schema``: the published shape of the documents."""

from __future__ import annotations

import click


@click.command("schema", short_help="Print the JSON Schema of a document.")
@click.argument("document", type=click.Choice(["review"]))
def command(document: str) -> None:  # noqa: ARG001
    """Print the JSON Schema of report.json (review)."""
    from reviewer.report.schema import render_schema

    click.echo(render_schema(), nl=False)
