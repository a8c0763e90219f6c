"""Front controllers that take the path of the request apart at its slashes and compare its segments.

``$parts = explode('/', $uri)`` and then ``if ($parts[1] !== 'users') { 404 }`` or ``switch ($parts[1])``. What stands
before the first segment that is compared is the folder that a project is deployed to, and no part of its paths. Which
methods a branch answers shows in it, or in the class, function or file that it hands the request to.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import product

from reviewer.gather.frameworks.php._request_paths import (
    REQUIRING,
    SEGMENT,
    Entry,
    acting,
    answers_page,
    compared_methods,
    delegates,
    is_asked,
)
from reviewer.gather.frameworks.php._scripts import EQUAL, UNEQUAL
from reviewer.gather.frameworks.php._segments import Segments, constants_of
from reviewer.gather.look import Look, look_at, words
from reviewer.gather.syntax import Call, Module, Name, Other, Text, plain, walk

ID = "/{id}"
TO_ITEM = words("PUT PATCH DELETE")
PREFIXES = words("api rest v1 v2 v3 index.php public")
"""Segments that only stand before others."""
CUTTING = words("explode preg_split")
QUIET = words(
    "array_shift array_values array_filter array_slice unset count isset empty strtolower explode trim header exit die"
)
"""What a branch calls that only takes the path further apart, or gives up."""
FAR = 400
"""Lines that the last branch of a file may go on for."""
ALTERNATIVES_MOST = 40


@dataclass(slots=True)
class _Branch:
    """What the segments are known to be from a line on, by number; ``until`` is where the next branch begins."""

    line: int
    function: int
    segments: dict[int, str]
    until: int = 0
    children: list[_Branch] = field(default_factory=list)

    @property
    def last(self) -> int:
        return max(self.segments)


def taken_apart(module: Module) -> list[Entry]:
    """The routes of a file that compares the segments of the request's path, each path and method as often as said."""
    look = look_at(module)
    if not any(_cuts(look, call) for call in module.calls):
        return []
    reading = _Reading(look)
    return list(reading.entries()) if reading.found else []


def _cuts(look: Look, call: Call) -> bool:
    """Whether a call takes the path of the request apart."""
    if call.last not in CUTTING or len(call.args) < len(("slash", "path")) or "/" not in (plain(call.args[0]) or ""):
        return False
    return is_asked(look, call.args[1], call.function)


class _Reading:
    """One file, while it is read."""

    def __init__(self, look: Look) -> None:
        self.look = look
        self.segments = Segments(look)
        self.said: list[tuple[int, int, int, str]] = []
        """Line, function, segment and text of each comparison that holds in what follows it."""
        self.fixed: dict[int, list[str]] = {}
        """What a segment must be for the file to answer at all, by number."""
        self._used: dict[int, list[tuple[int, int]]] = {}
        self.line = 0
        self._compare()
        self._look_up()
        self.said.sort()
        self.found = bool(self.said or self.fixed)
        self.methods = compared_methods(look) if self.found else []

    def _compare(self) -> None:
        for item in self.look.module.compares:
            if item.operator not in EQUAL and item.operator not in UNEQUAL:
                continue
            for one, other in ((item.left, item.right), (item.right, item.left)):
                text = (plain(other) or "").strip("/")
                place = self.segments.place(one, item.function) if text and isinstance(other, Text) else None
                if place is None or " " in text or len(text) > 80:
                    continue
                if item.operator in EQUAL:
                    self.said.append((item.line, item.function, place, text.lower() if text.isupper() else text))
                else:
                    self.fixed.setdefault(place, []).append(text)
                    self.line = self.line or item.line

    def _look_up(self) -> None:
        """``in_array($parts[0], ['users', 'posts'])``."""
        for call in self.look.module.calls:
            if call.last != "in_array" or len(call.args) < 2:
                continue
            place = self.segments.place(call.args[0], call.function)
            texts = constants_of(self.look, call.args[1], call.function) if place is not None else ()
            if place is not None and texts:
                self.fixed.setdefault(place, []).extend(texts)
                self.line = self.line or call.line

    def entries(self) -> Iterator[Entry]:
        """The routes: of every branch, or of the one thing that the file answers to."""
        fixed = {place: texts for place, texts in self.fixed.items() if all(item[2] != place for item in self.said)}
        branches = list(self._branches())
        if not branches and fixed:
            branches = [_Branch(self.line, -1, {}, self.line + FAR)]
        places = sorted(fixed)
        for texts in list(product(*(dict.fromkeys(fixed[place]) for place in places)))[:ALTERNATIVES_MOST]:
            known = dict(zip(places, texts, strict=True))
            for branch in branches:
                yield from self._of_branch(branch, known)

    def _branches(self) -> Iterator[_Branch]:
        """The branches in order, each with those within it."""
        held: list[_Branch] = []
        found: list[_Branch] = []
        for line, function, place, text in self.said:
            if held and held[-1].line == line and held[-1].function == function and place > held[-1].last:
                held[-1].segments[place] = text
                continue
            while held and (held[-1].function != function or held[-1].last >= place):
                held.pop().until = line
            above = held[-1] if held else None
            branch = _Branch(line, function, {**(above.segments if above else {}), place: text})
            if above is not None:
                above.children.append(branch)
            held.append(branch)
            found.append(branch)
        for branch in held:
            branch.until = branch.line + FAR
        yield from found

    def _of_branch(self, branch: _Branch, fixed: dict[int, str]) -> Iterator[Entry]:
        known = {**fixed, **branch.segments}
        last = max(known)
        path = "".join(f"/{known.get(place, '{value}')}" for place in range(min(known), last + 1))
        methods = self._methods(branch)
        if branch.children and not methods and (known[last].lower() in PREFIXES or not self._acts(branch)):
            return
        line, until = branch.line, branch.until
        page = answers_page(self.look.module, line, until)
        if not methods:
            target = next(delegates(self.look, line, until, branch.function), "")
            target = target.replace(SEGMENT, known[last][:1].upper() + known[last][1:])
            if target or page or (known[last].lower() not in PREFIXES and self._answers(branch)):
                yield Entry((), (path,), None, line, page, delegated=target)
            return
        for method, since, end in self._ranges(branch, methods):
            key = self._is_used(last + 1, branch.function, since, end)
            key = key or (method in TO_ITEM and self._is_left(last + 1, branch.function, since, end))
            target = acting(self.look, since, end, branch.function)
            if not (key and method in TO_ITEM):
                yield Entry((method,), (path,), None, line, page, target=target)
            if key and method != "POST":
                yield Entry((method,), (f"{path}{ID}",), None, line, page, target=target)

    def _answers(self, branch: _Branch) -> bool:
        """Whether a branch does anything that may be an answer, beside keeping what it was told."""
        return any(
            call.function == branch.function and branch.line <= call.line < branch.until and call.last not in QUIET
            for call in self.look.module.calls
        )

    def _ranges(self, branch: _Branch, methods: tuple[str, ...]) -> Iterator[tuple[str, int, int]]:
        """The lines that each method of a branch is answered on."""
        lines = [
            (line, method)
            for line, function, method, _ in self.methods
            if function == branch.function and branch.line < line < branch.until and method in methods
        ]
        for method in methods:
            since = next((line for line, one in lines if one == method), branch.line)
            yield method, since, next((line for line, _ in lines if line > since), branch.until)

    def _methods(self, branch: _Branch) -> tuple[str, ...]:
        here = [item for item in self.methods if item[1] == branch.function]
        beside = [method for at, _, method, _ in here if at == branch.line]
        inner = [(child.line, child.until) for child in branch.children]
        within = [
            method
            for at, _, method, _ in here
            if branch.line < at < branch.until and not any(since <= at < until for since, until in inner)
        ]
        around = [method for at, _, method, case in here if case and at < branch.line][-1:]
        return tuple(dict.fromkeys(beside or within or around))

    def _acts(self, branch: _Branch) -> bool:
        """Whether a branch does something beside choosing among those within it."""
        first = min(child.line for child in branch.children)
        return any(branch.line <= call.line < first and call.new for call in self.look.module.calls)

    def _is_used(self, place: int, function: int, since: int, until: int) -> bool:
        """Whether some lines do something with a segment that no constant is compared with: the key of one item."""
        if any(item[2] == place for item in self.said):
            return False
        return any(
            at == function and since <= line < until for line, at in self._used.setdefault(place, self._uses(place))
        )

    def _is_left(self, place: int, function: int, since: int, until: int) -> bool:
        """Whether some lines do nothing but include a file, which has the key that was taken before."""
        calls = [item for item in self.look.module.calls if item.function == function and since <= item.line < until]
        files = [item for item in calls if item.name in REQUIRING]
        return len(files) == 1 and len(calls) == 1 and self._is_used(place, function, 0, self.look.module.lines + 1)

    def _uses(self, place: int) -> list[tuple[int, int]]:
        """The lines, with their functions, that hand a segment to something."""
        found = []
        for call in self.look.module.calls:
            for inner in (item for arg in call.args for item in walk(arg)):
                if isinstance(inner, (Name, Other)) and self.segments.place(inner, call.function) == place:
                    found.append((call.line, call.function))
                    break
        return found
