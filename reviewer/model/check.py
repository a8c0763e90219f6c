"""A check: what it looks for, said in full, and the pure function that looks."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum

from reviewer.model.base import Noun
from reviewer.model.finding import Effort, Verdict


class Depth(StrEnum):
    """What a language or framework reader has to provide before a check can be fair."""

    FUNCTIONS = "functions"
    ROUTES = "routes"
    TESTS = "tests"
    DATA = "data"


class Check(Noun):
    """The metadata of one check. The id is the module's name with dashes; the area is its folder.

    ``skills`` are names of skills.toml that the check speaks for. ``level`` is its step on the ladder, 1 to 4.
    ``needs`` names what must be readable in the repository's server languages; elsewhere the check is
    ``not_supported``. ``family`` is ``language``, ``framework`` or ``database`` for a check that is run once per
    name of that group: ``{name}`` in its id and texts is replaced and ``skills`` is that name.

    ``computed`` says how the outcome comes about: what is counted over what, and where a threshold is from. ``before``
    and ``pattern`` are what it speaks of before and after, at most six lines each of code, configuration or text;
    ``pattern`` is one to follow, never the finished solution. ``title_partly`` is the title where some of it is there
    and ``title_not_shown`` would say more than that.
    """

    title_shown: str
    title_not_shown: str
    looks_for: str
    why: str
    advice: str
    effort: Effort
    level: int
    shown_when: str
    does_not_count: str
    title_partly: str = ""
    computed: str = ""
    limits: str = ""
    links: tuple[str, ...] = ()
    skills: tuple[str, ...] = ()
    weight: float = 1.0
    needs: tuple[Depth, ...] = ()
    family: str | None = None
    before: str = ""
    pattern: str = ""


class LoadedCheck(Noun):
    """A check as the engine runs it: metadata, place and function. ``facts`` are the fact groups it names."""

    id: str
    area: str
    check: Check
    run: Callable[..., Verdict]
    facts: tuple[str, ...]
    subject: str | None = None
