"""Where errors end: one line on stderr and the contract's exit code."""

from __future__ import annotations

import os
import sys

import click

from reviewer import __version__

USAGE, NOTHING, OURS, INTERRUPTED = 2, 3, 4, 130


class Stop(Exception):
    """Ends a command with one line and an exit code."""

    def __init__(self, line: str, code: int = USAGE) -> None:
        super().__init__(line)
        self.line, self.code = line, code


def run(group: click.Group) -> int:
    """Runs the command line and returns the exit code."""
    if not sys.platform.startswith(("linux", "darwin")):
        say_error("this program runs on Linux and macOS; on Windows, use WSL: https://aka.ms/wsl")
        return USAGE
    try:
        return int(group.main(standalone_mode=False) or 0)
    except click.exceptions.Exit as left:
        return left.exit_code
    except click.ClickException as error:
        say_error(one_line(error.format_message()))
        return USAGE
    except Stop as stop:
        say_error(stop.line)
        return stop.code
    except (KeyboardInterrupt, click.Abort):  # before a command began, or after it ended
        say_error("interrupted")
        return INTERRUPTED
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except Exception as error:  # the outermost edge: a fault of ours becomes a log and exit code 4, never a traceback
        from reviewer.engine import CheckError

        if isinstance(error, CheckError):
            say_error(f"{error} (a check that is installed beside ours?)")
            return USAGE
        say_error(_log(error))
        return OURS


def say_error(line: str) -> None:
    """One line on stderr."""
    print(f"reviewer: {one_line(line)}", file=sys.stderr)


def one_line(text: str) -> str:
    """A text on one line, control characters as escapes, so that nobody's text moves the cursor or starts a line."""
    joined = " ".join(text.split())
    return "".join(char if char.isprintable() else f"\\x{ord(char):02x}" for char in joined)


def _log(error: Exception) -> str:
    """Writes what happened to a file of its own and says where."""
    import tempfile
    import traceback

    told = "".join(traceback.format_exception(error))
    with tempfile.NamedTemporaryFile("w", prefix="reviewer-fault-", suffix=".log", delete=False) as file:
        file.write(f"portfolio-reviewer {__version__}, Python {sys.version}\n{told}")
    return f"a fault of the reviewer itself ({type(error).__name__}); details in {file.name}: please report it"
