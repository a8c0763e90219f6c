"""``reviewer explain``: one check in full."""

from __future__ import annotations

import difflib
import textwrap

import click

from reviewer.cli.edge import Stop

INDENT = "  "


@click.command("explain", short_help="Explain one check in full.")
@click.argument("ident", metavar="CHECK")
def command(ident: str) -> None:
    """Say what a check looks for, why employers care, what shows it, and how it is computed."""
    from reviewer.engine import catalogue
    from reviewer.report.explained import explained
    from reviewer.review import languages_for

    by_id = {item.id: item for item in catalogue()}
    item = by_id.get(ident)
    if item is None:
        near = difflib.get_close_matches(ident, by_id, n=3)
        hint = f"did you mean {', '.join(near)}?" if near else "reviewer checks lists them"
        raise Stop(f"no check {ident!r}: {hint}")
    check = item.check
    click.echo(f"{item.id}: {check.title_shown}")
    click.echo(f"area {item.area}, level {check.level} of 4, for {', '.join(check.skills)}\n")
    for row in explained(check, languages_for(check)):
        click.echo(row.heading)
        for line in row.text.split("\n"):
            click.echo(
                f"    {line}" if row.code else textwrap.fill(line, 90, initial_indent=INDENT, subsequent_indent=INDENT)
            )
    if check.links:
        click.echo("Learn more")
        for link in check.links:
            click.echo(f"{INDENT}{link}")
