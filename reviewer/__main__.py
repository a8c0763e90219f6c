"""The command line's edge: expected errors become one line, unexpected ones exit code 4."""

from __future__ import annotations

import sys


def main() -> None:
    """Runs the command line; never returns."""
    from reviewer.cli import cli
    from reviewer.cli.edge import run

    sys.exit(run(cli))


if __name__ == "__main__":
    main()
