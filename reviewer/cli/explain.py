"""``reviewer explain``: one check in full."""

from __future__ import annotations

import difflib
import textwrap

import click

from reviewer.cli.edge import Stop


@click.command("explain", short_help="Explain one check in full.")
@click.argument("ident", metavar="CHECK")
def command(ident: str) -> None:
    """Say what a check looks for, why employers care, what shows it and what does not count."""
    from reviewer.engine import catalogue

    by_id = {item.id: item for item in catalogue()}
    item = by_id.get(ident)
    if item is None:
        near = difflib.get_close_matches(ident, by_id, n=3)
        hint = f"did you mean {', '.join(near)}?" if near else "reviewer checks lists them"
        raise Stop(f"no check {ident!r}: {hint}")
    check = item.check
    click.echo(f"{item.id}: {check.title_shown}")
    click.echo(f"area {item.area}, level {check.level} of 4, for {', '.join(check.skills)}\n")
    for heading, text in (
        ("Looks for", check.looks_for),
        ("Why employers care", check.why),
        ("Shown when", check.shown_when),
        ("Does not count", check.does_not_count),
        ("Next step", f"{check.advice} ({check.effort})"),
        ("Known limits", check.limits),
        ("Learn more", "\n".join(check.links)),
    ):
        if text:
            click.echo(heading)
            for line in text.split("\n"):
                click.echo(textwrap.fill(line, 90, initial_indent="  ", subsequent_indent="  "))
