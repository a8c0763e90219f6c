"""One frozen object of settings: from a file, then the environment, then options; the last wins."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import msgspec

from reviewer.model.base import Noun
from reviewer.model.target import Target, TargetKind
from reviewer.model.waiver import Waiver, WaiverError, read_waivers

FILE_LIMIT = 256 << 10
ENVIRONMENT = {"REVIEWER_CACHE_DIR": "cache_dir", "REVIEWER_GITHUB_URL": "github_url"}
FORMATS = ("html", "json", "markdown")


class SettingsError(ValueError):
    """A setting that cannot be used; the message is one line with file and key."""


class Settings(Noun):
    """Everything a review depends on besides the repositories.

    ``max`` is how many repositories are reviewed, most recently pushed first. ``only`` and ``skip`` are patterns on
    repository names. ``jobs`` is how many processes read files. ``require`` maps skills to levels that a gate asks for.
    ``waive`` are answers to findings. ``pulls`` asks the host for a login's pull requests too.
    """

    output: str = "readiness-report"
    profile: str = "backend"
    me: tuple[str, ...] = ()
    only: tuple[str, ...] = ()
    skip: tuple[str, ...] = ()
    forks: bool = False
    max: int = 50
    format: tuple[str, ...] = ()
    cache_dir: str | None = None
    no_cache: bool = False
    offline: bool = False
    jobs: int | None = None
    github_url: str = "https://github.com"
    fail_under: int | None = None
    require: tuple[str, ...] = ()
    strict: bool = False
    pulls: bool = False
    waive: tuple[Waiver, ...] = ()


def read_settings(options: Mapping[str, Any], config: str | None, targets: tuple[Target, ...]) -> Settings:
    """Joins the three sources.

    Args:
        options: what was given on the command line, by field name; None and empty for what was not.
        config: the file named by ``--config``.
        targets: a settings file of the working directory inside one of these is not read.

    Raises:
        SettingsError: a file that is not there, an unknown key or a value that does not fit.
    """
    table = _from_file(config, targets)
    table |= {field: os.environ[name] for name, field in ENVIRONMENT.items() if os.environ.get(name)}
    table |= {name: value for name, value in options.items() if not (value is None or value is False or value == ())}
    return _validated(table, "settings")


def cache_folder(settings: Settings) -> Path | None:
    """Where the cache lies: as set, else below XDG_CACHE_HOME or ~/.cache. None where it is switched off."""
    if settings.no_cache:
        return None
    if settings.cache_dir:
        return Path(settings.cache_dir).expanduser()
    try:
        home = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    except RuntimeError:
        return None
    return home / "portfolio-reviewer"


def _from_file(config: str | None, targets: tuple[Target, ...]) -> dict[str, Any]:
    if config is not None:
        path = Path(config)
        if not path.is_file():
            raise SettingsError(f"--config {config}: no such file")
        return _checked(_table(path), str(path))
    if _inside_a_target(Path.cwd(), targets):
        return {}
    for path in (Path("reviewer.toml"), Path("pyproject.toml")):
        table = _table(path) if path.is_file() else {}
        if table:
            return _checked(table, str(path))
    return {}


def _table(path: Path) -> dict[str, Any]:
    """The settings in a file: all of reviewer.toml, ``[tool.reviewer]`` of pyproject.toml."""
    if path.stat().st_size > FILE_LIMIT:
        raise SettingsError(f"{path}: larger than {FILE_LIMIT >> 10} KiB; not read")
    try:
        table = tomllib.loads(path.read_text("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
        raise SettingsError(f"{path}: not TOML: {error}") from None
    if path.name == "pyproject.toml":
        tool = table.get("tool", {})
        table = tool.get("reviewer", {}) if isinstance(tool, dict) else {}
    found = {key.replace("-", "_"): value for key, value in table.items()}
    if "waive" in found:
        found["waive"] = _waivers(found["waive"], path)
    return found


def _waivers(rows: object, path: Path) -> tuple[Waiver, ...]:
    try:
        return read_waivers(rows, path.name)
    except WaiverError as error:
        raise SettingsError(f"{path}: {error}") from None


def _checked(table: dict[str, Any], where: str) -> dict[str, Any]:
    _validated(table, where)
    return table


def _validated(table: Mapping[str, Any], where: str) -> Settings:
    unknown = sorted(set(table) - set(Settings.__struct_fields__))
    if unknown:
        known = ", ".join(Settings.__struct_fields__)
        raise SettingsError(f"{where}: unknown key {unknown[0]!r}; known are {known}")
    try:
        plain = {name: value for name, value in table.items() if name != "waive"}
        settings = msgspec.convert(plain, Settings, strict=False)
    except msgspec.ValidationError as error:
        raise SettingsError(f"{where}: {error}") from None
    wrong = [name for name in settings.format if name not in FORMATS]
    if wrong:
        raise SettingsError(f"{where}: no format {wrong[0]!r}; there are {', '.join(FORMATS)}")
    if settings.max < 1 or (settings.jobs is not None and settings.jobs < 1):
        raise SettingsError(f"{where}: max and jobs are at least 1")
    return msgspec.structs.replace(settings, waive=table.get("waive", ()))


def _inside_a_target(folder: Path, targets: tuple[Target, ...]) -> bool:
    paths = [Path(target.path).resolve() for target in targets if target.kind is TargetKind.PATH and target.path]
    return any(folder.resolve().is_relative_to(path) for path in paths)
