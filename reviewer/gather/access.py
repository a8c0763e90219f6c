"""Who may ask for which path, where rules say it apart from the routes (Spring Security)."""

from __future__ import annotations

import re

from reviewer.gather.index import Index
from reviewer.model.facts.routing import AccessRule

PATTERN_LIMIT = 200
RULES_MOST = 400
EVERYTHING = "**"
APPLICATION, GATEWAY = "SpringBootApplication", "gateway"
STAR = re.compile(r"\*+|\?|\{[^{}/]*\}")


class AccessRules:
    """The rules of all files by framework, in the order in which they are asked."""

    def __init__(self, index: Index) -> None:
        self._rules: dict[str, list[tuple[str, str, AccessRule]]] = {}
        self._applications = {
            program_of(path)
            for path, facts in index.files.items()
            if any(item.name == APPLICATION for item in facts.imports)
        }
        for path, facts in sorted(index.files.items()):
            for rule in facts.routing.rules if facts.routing else ():
                found = self._rules.setdefault(rule.framework, [])
                pattern = index.text(path, rule.pattern, unknown=EVERYTHING if not rule.guard else "")
                if len(found) < RULES_MOST and pattern:
                    found.append((program_of(path), pattern[:PATTERN_LIMIT], rule))

    def guarded(self, framework: str, file: str, method: str, paths: tuple[str, ...]) -> bool | None:
        """Whether the first rule that fits asks for something; None where no rule fits.

        Args:
            framework: of the route.
            file: that declares the route: rules of the same program come before those of others.
            method: its HTTP method.
            paths: the path as served, and without the application's prefix.
        """
        rules = self._rules.get(framework, [])
        program = program_of(file)
        own = [item for item in rules if item[0] == program] or [
            item for item in rules if self._reaches(item[0], program)
        ]
        for _, pattern, rule in own:
            if (not rule.methods or method in rule.methods) and any(covers(pattern, path) for path in paths):
                return bool(rule.guard)
        return None

    def _reaches(self, other: str, program: str) -> bool:
        """Whether rules of another program hold for one without any: a module that it is built with, or a gateway."""
        return not {other, program} <= self._applications or GATEWAY in other.rpartition("/")[2].lower()


def program_of(path: str) -> str:
    """The folder of the program that a file belongs to: what stands before its ``src``."""
    return f"/{path}".partition("/src/")[0]


def covers(pattern: str, path: str) -> bool:
    """Whether an Ant pattern (``/api/**``, ``/users/*``) fits a path, segment by segment."""
    wanted = [segment for segment in pattern.split("/") if segment]
    given = [segment for segment in path.split("/") if segment]
    reached = {0}
    for segment in wanted:
        if segment == EVERYTHING:
            reached = set(range(min(reached), len(given) + 1)) if reached else reached
        else:
            reached = {place + 1 for place in reached if place < len(given) and _fits(segment, given[place])}
    return len(given) in reached


def _fits(wanted: str, given: str) -> bool:
    """Whether one segment fits, where stars, question marks and parameters stand for anything."""
    if wanted.lower() == given.lower() or wanted == "*" or (wanted[0] == "{" and wanted[-1] == "}"):
        return True
    pieces = STAR.split(wanted.lower())
    if len(pieces) == 1 or len(wanted) > PATTERN_LIMIT:
        return False
    text = given.lower()
    if not (text.startswith(pieces[0]) and text.endswith(pieces[-1])):
        return False
    position = len(pieces[0])
    for piece in pieces[1:-1]:
        position = text.find(piece, position)
        if position < 0:
            return False
        position += len(piece)
    return position <= len(text) - len(pieces[-1])
