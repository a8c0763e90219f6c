"""``reviewer profiles``: what jobs ask for."""

from __future__ import annotations

import click

from reviewer.cli.edge import Stop


@click.group("profiles", invoke_without_command=True, short_help="List the profiles, or show one.")
@click.pass_context
def command(context: click.Context) -> None:
    """List the built-in profiles; ``show ID`` prints one as TOML to copy and change."""
    from reviewer.skills.profiles import built_in, load_profile
    from reviewer.skills.taxonomy import Taxonomy

    if context.invoked_subcommand is None:
        for name in built_in():
            profile = load_profile(name, Taxonomy.built_in())
            click.echo(f"{name:<20} {profile.title} ({len(profile.requirements)} requirements)")


@command.command("show")
@click.argument("ident", metavar="ID")
def show(ident: str) -> None:
    """Print a profile as TOML."""
    from reviewer.skills.profiles import ProfileError, source_of

    try:
        click.echo(source_of(ident), nl=False)
    except ProfileError as error:
        raise Stop(str(error)) from None
