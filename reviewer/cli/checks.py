"""``reviewer checks``: the catalogue."""

from __future__ import annotations

import click

from reviewer.cli.edge import Stop


@click.command("checks", short_help="List the checks.")
@click.option("--area", metavar="A", help="Only those of one area.")
def command(area: str | None) -> None:
    """List the checks by area: id, level on the ladder, and what is shown."""
    from reviewer.engine import catalogue

    listed = [item for item in catalogue() if area in (None, item.area)]
    if not listed:
        areas = sorted({item.area for item in catalogue()})
        raise Stop(f"no area {area!r}: there are {', '.join(areas)}")
    shown = ""
    for item in listed:
        if item.area != shown:
            click.echo(f"{'' if not shown else chr(10)}{item.area}")
            shown = item.area
        click.echo(f"  {item.id:<28} level {item.check.level}  {item.check.title_shown}")
    click.echo(f"\n{len(listed)} checks; reviewer explain ID says more about one.")
