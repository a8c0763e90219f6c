"""``reviewer cache``: where it lies, what it holds, and emptying it."""

from __future__ import annotations

import shutil
from pathlib import Path

import click

from reviewer.cli.edge import Stop
from reviewer.settings import Settings, SettingsError, cache_folder, read_settings


@click.group("cache", short_help="Show or clear the cache.")
@click.option("--cache-dir", metavar="DIR", help="Where the cache lies.")
@click.pass_context
def command(context: click.Context, cache_dir: str | None) -> None:
    """Show or clear what is kept between runs: clones, and facts of files that were read."""
    try:
        settings: Settings = read_settings({"cache_dir": cache_dir}, None, ())
    except SettingsError as error:
        raise Stop(str(error)) from None
    context.obj = cache_folder(settings)
    if context.obj is None:
        raise Stop("there is no cache: it is switched off by no_cache, or there is no home folder")


@command.command("info")
@click.pass_obj
def info(folder: Path) -> None:
    """Say where the cache lies and how large it is."""
    from reviewer.store import Store

    size = sum(item.stat().st_size for item in folder.rglob("*") if item.is_file()) if folder.is_dir() else 0
    with Store(folder) as store:
        click.echo(f"{folder}: {store.entries():,} files read, {size / 1e6:.1f} MB with clones")


@command.command("clear")
@click.pass_obj
def clear(folder: Path) -> None:
    """Forget everything that is kept: facts, clones, and what GitHub said of logins."""
    from reviewer.sources.asked import FOLDER
    from reviewer.store import Store

    with Store(folder) as store:
        store.clear()
    for name in ("clones", FOLDER):
        shutil.rmtree(folder / name, ignore_errors=True)
    click.echo(f"{folder}: cleared")
