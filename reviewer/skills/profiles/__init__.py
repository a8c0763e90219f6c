"""Built-in profiles (TOML beside this file) and users' own: what a job asks for, as data."""

from __future__ import annotations

import tomllib
from importlib.resources import files
from pathlib import Path
from typing import Any

import msgspec

from reviewer.model.base import Noun
from reviewer.model.requirement import Importance, Profile, Requirement
from reviewer.skills.taxonomy import Taxonomy

LEVEL_MOST = 4


class ProfileError(ValueError):
    """A profile that cannot be used; the message is one line with file and key."""


class _Row(Noun):
    id: str
    title: str
    skills: tuple[str, ...]
    importance: Importance = Importance.REQUIRED
    wanted_level: int = 2


class _File(Noun):
    title: str
    requirements: tuple[_Row, ...]
    id: str | None = None
    seniority: str | None = None


def built_in() -> tuple[str, ...]:
    """The ids of the profiles that come with the program, in order."""
    return tuple(
        sorted(item.name.removesuffix(".toml") for item in files(__name__).iterdir() if item.name.endswith(".toml"))
    )


def source_of(name: str) -> str:
    """The TOML text of a profile, to copy.

    Raises:
        ProfileError: neither a built-in profile nor a file.
    """
    if name in built_in():
        return (files(__name__) / f"{name}.toml").read_text("utf-8")
    path = Path(name)
    if not path.is_file():
        raise ProfileError(f"no profile {name!r}: there are {', '.join(built_in())}, or give the path of a TOML file")
    try:
        return path.read_text("utf-8")
    except UnicodeDecodeError:
        raise ProfileError(f"{name}: not UTF-8 text") from None


def load_profile(name: str, taxonomy: Taxonomy) -> Profile:
    """A built-in profile by id, or a user's own by path.

    Raises:
        ProfileError: it is not there, is no TOML, lacks a key or names an unknown skill.
    """
    text = source_of(name)
    try:
        table: dict[str, Any] = tomllib.loads(text)
        read = msgspec.convert(table, _File, strict=True)
    except (tomllib.TOMLDecodeError, msgspec.ValidationError, RecursionError) as error:
        raise ProfileError(f"{name}: {error}") from None
    for number, row in enumerate(read.requirements, 1):
        _validate(name, number, row, taxonomy)
    return Profile(
        id=read.id,
        title=read.title,
        source="profile",
        seniority=read.seniority,
        requirements=tuple(
            Requirement(
                id=row.id, title=row.title, skills=row.skills, importance=row.importance, wanted_level=row.wanted_level
            )
            for row in read.requirements
        ),
    )


def _validate(name: str, number: int, row: _Row, taxonomy: Taxonomy) -> None:
    where = f"{name}: requirements[{number}] ({row.id})"
    unknown = [skill for skill in row.skills if not taxonomy.knows(skill)]
    if unknown:
        raise ProfileError(f"{where}: skills: {unknown[0]!r} is not in the vocabulary")
    if not row.skills:
        raise ProfileError(f"{where}: skills: names none")
    if not 0 <= row.wanted_level <= LEVEL_MOST:
        raise ProfileError(f"{where}: wanted_level: {row.wanted_level} is not 0 to {LEVEL_MOST}")
