"""The command line: one file per command, each loaded only when it is used."""

from __future__ import annotations

import importlib
import os
from typing import Final

import click

from reviewer import __version__
from reviewer.cli.edge import INTERRUPTED, Stop

WIDEST = 100
COMMANDS: Final = {
    "review": "Review repositories against a job.",
    "render": "Draw a report again from report.json, without cloning.",
    "profiles": "List the profiles, or show one as TOML to copy.",
    "checks": "List the checks.",
    "explain": "Explain one check in full.",
    "schema": "Print the JSON Schema of a document.",
    "cache": "Show or clear the cache.",
}


class LazyGroup(click.Group):
    """Lists commands from the table and imports a command's module only to run it or to show its help."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """The commands in the order of the table."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """Imports ``reviewer.cli.NAME`` and hands over its ``command``."""
        if cmd_name not in COMMANDS:
            return None
        module = importlib.import_module(f"reviewer.cli.{cmd_name}")
        command = module.command
        assert isinstance(command, click.Command)
        return command

    def invoke(self, ctx: click.Context) -> object:
        """Runs the command. Ctrl-C becomes our one line here: click would print an empty one before it."""
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt:
            raise Stop("interrupted; what was finished is kept in the cache", INTERRUPTED) from None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """Writes the table itself, so that ``--help`` imports no command."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


def _width() -> int:
    """Columns for help texts, as `shutil` would tell; that module brings every compression with it."""
    asked = os.environ.get("COLUMNS", "")
    try:
        columns = int(asked) if asked.isdecimal() else os.get_terminal_size(1).columns
    except OSError:
        columns = 80
    return max(50, min(columns, WIDEST))


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"], "terminal_width": _width()})
@click.version_option(__version__, prog_name="reviewer")
def cli() -> None:
    """Read the code on somebody's GitHub and set the evidence against what a backend job asks for.

    Start with: reviewer review LOGIN
    """
