"""``reviewer review``: options to settings, one call, report and summary out."""

from __future__ import annotations

import contextlib
import difflib
import gc
import signal
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from reviewer.cli.edge import NOTHING, Stop, say_error
from reviewer.cli.output import Progress, write_report
from reviewer.settings import FORMATS, Settings, SettingsError, read_settings
from reviewer.sources.targets import TargetError, is_path, read_target
from reviewer.sources.token import hide_tokens

GATE_FAILED = 1
AGAIN = 0.02
"""Seconds after which an interruption that Python dropped is raised again."""
GARBAGE_THRESHOLD = 200_000
"""Objects between two searches for cycles: facts hold none, and the searches took a fifth of the time after parsing."""


@click.command("review", short_help="Review repositories against a job.")
@click.argument("targets", nargs=-1, required=True, metavar="TARGET...")
@click.option("-o", "--output", metavar="DIR", help="Where the report goes (default: readiness-report).")
@click.option("--profile", metavar="ID|FILE", help="What the job asks for (default: backend).")
@click.option("--me", multiple=True, metavar="WHO", help="Whose work counts: login, name or e-mail; repeatable.")
@click.option("--only", multiple=True, metavar="PATTERN", help="Only repositories whose name matches.")
@click.option("--skip", multiple=True, metavar="PATTERN", help="Not those whose name matches.")
@click.option("--forks", is_flag=True, help="Review own commits in forks too.")
@click.option("--pulls", is_flag=True, help="Look at a login's merged pull requests too.")
@click.option("--max", type=click.IntRange(1), metavar="N", help="At most N repositories (default 50).")
@click.option("--format", "format", multiple=True, type=click.Choice(FORMATS), help="Besides HTML and JSON.")
@click.option("--config", metavar="FILE", help="Settings file (default: reviewer.toml here).")
@click.option("--cache-dir", metavar="DIR", help="Where clones and facts are kept.")
@click.option("--no-cache", is_flag=True, help="Keep nothing.")
@click.option("--offline", is_flag=True, help="Ask no host; use what is in the cache.")
@click.option("--jobs", type=click.IntRange(1), metavar="N", help="Processes that read files.")
@click.option("--github-url", metavar="URL", help="GitHub Enterprise.")
@click.option("--fail-under", type=click.IntRange(0, 100), metavar="N", help="Exit 1 below N percent.")
@click.option("--require", multiple=True, metavar="SKILL=LEVEL", help="Exit 1 below a level; repeatable.")
@click.option("--strict", is_flag=True, help="Exit 1 if any repository could not be read.")
@click.option("-q", "--quiet", is_flag=True, help="Print only where the report is.")
@click.option("-v", "--verbose", is_flag=True, help="Say every step.")
def command(targets: tuple[str, ...], config: str | None, quiet: bool, verbose: bool, **options: Any) -> int:  # noqa: ANN401
    """Review what the TARGETs name and write report.html and report.json.

    A TARGET is a GitHub login, owner/name, an https URL, or a path that starts with ./ or / (@REV may follow).
    """
    hide_tokens()
    gc.set_threshold(GARBAGE_THRESHOLD)
    settings, wanted = _read(targets, config, options)
    gates = _levels(settings)
    _know_waived(settings)
    from reviewer.review import review
    from reviewer.skills.profiles import ProfileError
    from reviewer.sources.failures import HostError

    with Progress(quiet, verbose) as progress, interruptible():
        try:
            made = review(wanted, settings, progress.say)
        except (ProfileError, HostError) as error:
            raise Stop(str(error)) from None
    write_report(made.report, Path(settings.output), settings.format, quiet)
    if not made.reviewed:
        say_error(_nothing(made.review.repositories, made.trouble))
        return NOTHING
    for line in made.trouble:
        say_error(line)
    return _gates(made.report, settings, gates, made.failed)


def _read(targets: tuple[str, ...], config: str | None, options: dict[str, Any]) -> tuple[Settings, tuple[Any, ...]]:
    try:
        folders = tuple(read_target(text) for text in targets if is_path(text))
        settings = read_settings(options, config, folders)
        return settings, tuple(read_target(text, settings.github_url) for text in targets)
    except (TargetError, SettingsError) as error:
        raise Stop(str(error)) from None


def _know_waived(settings: Settings) -> None:
    """Stops at a waiver of a check that is not there."""
    if not settings.waive:
        return
    from reviewer.engine import catalogue

    known = {item.id for item in catalogue()}
    for item in settings.waive:
        if item.check not in known:
            near = difflib.get_close_matches(item.check, known, n=1)
            hint = f"did you mean {near[0]}?" if near else "reviewer checks lists them"
            raise Stop(f"{item.source}: waiver {item.number}: no check {item.check!r}: {hint}")


def _levels(settings: Settings) -> dict[str, int]:
    """``--require Testing=3`` by canonical skill name."""
    from reviewer.skills.taxonomy import Taxonomy

    names = {name.lower(): name for name in Taxonomy.built_in().skills}
    found: dict[str, int] = {}
    for text in settings.require:
        skill, _, level = text.partition("=")
        name = names.get(skill.strip().lower())
        if name is None or level.strip() not in ("1", "2", "3", "4"):
            raise Stop(f"--require {text}: write SKILL=LEVEL with a skill of the vocabulary and a level of 1 to 4")
        found[name] = int(level)
    return found


class Interrupted(KeyboardInterrupt):
    """Ctrl-C while reviewing. A plain KeyboardInterrupt that passes through ``exec``, as of a dataclass that is being
    imported, would have Python end itself by the signal, whatever exit code we give."""


@contextlib.contextmanager
def interruptible() -> Iterator[None]:
    """Ctrl-C ends every git that runs, so that no thread of ours keeps the program waiting for one.

    Python drops what is raised while it lets an object go; it is raised again right after.
    """
    from reviewer.sources.git import RUNNING

    def raised(_number: int, _frame: object) -> None:
        raise Interrupted

    def end(number: int, frame: object) -> None:
        signal.signal(number, signal.SIG_IGN)
        RUNNING.end()
        raised(number, frame)

    def dropped(what: sys.UnraisableHookArgs) -> None:
        if what.exc_type is Interrupted:
            signal.setitimer(signal.ITIMER_REAL, AGAIN)
        else:
            tell(what)

    tell, sys.unraisablehook = sys.unraisablehook, dropped
    handlers = {signal.SIGINT: end, signal.SIGTERM: end, signal.SIGALRM: raised}
    before = {number: signal.signal(number, handler) for number, handler in handlers.items()}
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        sys.unraisablehook = tell
        for number, handler in before.items():
            signal.signal(number, handler)


def _nothing(repositories: tuple[Any, ...], trouble: tuple[str, ...]) -> str:
    reasons = [f"{item.repository.name}: {item.reason}" for item in repositories]
    if trouble and not any(item.reason not in trouble for item in repositories):
        return f"nothing could be reviewed: {trouble[0]}"
    if not reasons:
        return "nothing could be reviewed: no repository was found"
    more = f" (and {len(reasons) - 1} more)" if len(reasons) > 1 else ""
    return f"nothing could be reviewed: {reasons[0]}{more}"


def _gates(report: Any, settings: Settings, levels: dict[str, int], failed: int) -> int:  # noqa: ANN401
    """Exit code 1 with a line for each gate that does not hold."""
    broken = []
    percent = report.readiness.percent
    if settings.fail_under is not None and (percent is None or percent < settings.fail_under):
        broken.append(
            f"readiness is {percent if percent is not None else 'unknown'}, below --fail-under {settings.fail_under}"
        )
    reached = {skill.name: skill.level for skill in report.skills}
    for name, level in levels.items():
        if (reached.get(name) or 0) < level:
            broken.append(f"{name} reaches level {reached.get(name) or 0}, --require asks for {level}")
    if settings.strict and failed:
        broken.append(f"{failed} {'repository' if failed == 1 else 'repositories'} could not be read (--strict)")
    for line in broken:
        print(f"reviewer: gate: {line}", file=sys.stderr)
    return GATE_FAILED if broken else 0
