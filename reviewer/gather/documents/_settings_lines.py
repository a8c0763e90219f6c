"""Goes through settings line by line and says which databases they name, and which of them for tests alone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from reviewer.gather.data.names import DRIVER_NAMES, KINDS, SCHEMES
from reviewer.gather.documents._settings_tables import (
    ATTRIBUTES,
    CLASS,
    CLASSES,
    COMMENTS,
    ENTITIES,
    NAMED,
    PAIR,
    PAIRS,
    PDO_DSN,
    PREFIXES,
    ROOTS,
    SPRING_CACHE,
    TEST_INI,
    TEST_KEY,
    TEST_PROFILE,
    TEST_SECTION,
    THROWAWAY,
    TYPED,
    URL,
)

LINE_LIMIT = 1_000
KEY = re.compile(r"([ \t]*)(?:- )?[\"']?([\w.-]{1,80})[\"']?[ \t]*[:=](?:[ \t]*[\"']?([\w-]{1,30}))?")
CLOSING = ("}", "]", ")", "<<")


@dataclass(frozen=True, slots=True)
class Named:
    """A database that a line of settings names."""

    name: str
    line: int
    tests: bool


@dataclass(slots=True)
class _Keys:
    """The keys around a line, by how far each is indented."""

    stack: list[tuple[int, str]] = field(default_factory=list)

    def path(self, indent: int, key: str) -> str:
        """The whole key of a line: ``spring.data.mongodb.uri`` of four nested ones."""
        while self.stack and self.stack[-1][0] >= indent:
            self.stack.pop()
        around = self.stack[-1][1] if self.stack else ""
        whole = f"{around}.{key}" if around else key
        if len(whole) < LINE_LIMIT:
            self.stack.append((indent, whole))
        return whole


@dataclass(slots=True)
class _Tests:
    """Whether the lines so far lie in a section that holds for tests alone."""

    section: int | None = None
    profile: bool = False

    def holds(self, line: str, indent: int) -> bool:
        if line.startswith(("---", "#---")):
            self.section, self.profile = None, False
        elif self.section is not None and indent <= self.section and not line.startswith(CLOSING):
            self.section = None
        if self.section is None and (TEST_SECTION.match(" " * min(indent, 8) + line) or TEST_INI.match(line)):
            self.section = indent if line[0] != "[" else -1
        elif line[0] == "[" and not TEST_INI.match(line):
            self.section = None
        if TEST_PROFILE.match(line):
            self.profile = True
        return self.profile or self.section is not None or bool(TEST_KEY.match(line))


def named_databases(source: str) -> Iterator[Named]:
    """Every database that a text of settings names, in order; linear in its length."""
    typeorm = ENTITIES in source
    nested = any(root in source for root in ROOTS)
    keys, tests = _Keys(), _Tests()
    for number, full in enumerate(source.split("\n"), start=1):
        line = full[:LINE_LIMIT].lstrip()
        if not line or (line.startswith(COMMENTS) and not line.startswith("#---")):
            continue
        for_tests = tests.holds(line, len(full) - len(full.lstrip()))
        name = (_by_key(full, keys) if nested else None) or _named(line, typeorm=typeorm)
        if name in KINDS:
            yield Named(name, number, for_tests or bool(THROWAWAY.search(line)))


def _by_key(full: str, keys: _Keys) -> str | None:
    """The database of a key that stands for one alone; the line that only opens a block names none."""
    found = KEY.match(full[:LINE_LIMIT])
    if not found:
        return None
    whole = keys.path(len(found[1]), found[2]).lower()
    rest = full[found.end(2) :].strip("\"' \t:=")
    if not rest or not whole.startswith(tuple(ROOTS)) or rest.lower() == "false":
        return None
    if whole in SPRING_CACHE:
        return SPRING_CACHE[whole].get(rest.lower())
    parts = whole.split(".")
    heads = (".".join(parts[:length]) for length in range(min(len(parts), 5), 1, -1))
    return next((PREFIXES[head] for head in heads if head in PREFIXES), None)


def _named(line: str, *, typeorm: bool) -> str | None:
    if ":" in line:
        url = URL.search(line)
        if url:
            return SCHEMES[(url[1] or url[2]).lower()]
        if (dsn := PDO_DSN.search(line)) is not None:
            return DRIVER_NAMES.get(dsn[1].lower())
    word = NAMED.match(line.removeprefix("- ").removeprefix("export ")) or ATTRIBUTES.search(line)
    if word is None and typeorm:
        word = TYPED.search(line)
    name = DRIVER_NAMES.get(word.group(word.lastindex or 1).lower()) if word else None
    if name:
        return name
    if ("." in line or ":" in line) and (found := CLASS.search(line)) is not None:
        return CLASSES[(found.lastindex or 1) - 1][0]
    if "=" in line and (found := PAIR.search(line)) is not None:
        return PAIRS[(found.lastindex or 1) - 1][0]
    return None
