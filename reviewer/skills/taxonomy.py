"""The vocabulary of skills: canonical names, aliases, groups and parents."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files

from reviewer.model.base import Noun

FAMILIES = {"language": "language", "framework": "framework", "database": "database", "cms": "cms"}
"""Check families and the group of the vocabulary that each runs over."""


class Skill(Noun):
    """A canonical name. ``judgeable`` is False where code cannot show it (English, a degree)."""

    name: str
    group: str
    aliases: tuple[str, ...] = ()
    parents: tuple[str, ...] = ()
    judgeable: bool = True


class Taxonomy:
    """Skills by canonical name."""

    def __init__(self, skills: tuple[Skill, ...]) -> None:
        self.skills = {skill.name: skill for skill in skills}

    @staticmethod
    @cache
    def built_in() -> Taxonomy:
        """The vocabulary of ``skills.toml``."""
        table = tomllib.loads((files("reviewer.skills") / "skills.toml").read_text("utf-8"))
        return Taxonomy(
            tuple(
                Skill(
                    name=row["name"],
                    group=group,
                    aliases=tuple(row.get("aliases", ())),
                    parents=tuple(row.get("parents", ())),
                    judgeable=row.get("judgeable", True),
                )
                for group, rows in table.items()
                for row in rows
            )
        )

    def knows(self, name: str) -> bool:
        """Whether this is a canonical name."""
        return name in self.skills

    def group(self, group: str) -> tuple[str, ...]:
        """The canonical names of a group, in the order of the file."""
        return tuple(skill.name for skill in self.skills.values() if skill.group == group)

    def group_of(self, name: str) -> str:
        """The group of a skill, ``other`` for unknown names."""
        skill = self.skills.get(name)
        return skill.group if skill else "other"
