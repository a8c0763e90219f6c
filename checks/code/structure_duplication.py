"""Does each piece of logic stand in one place?"""

from __future__ import annotations

import re
from posixpath import basename, dirname

from checks.code._copies import Copy, copies
from checks.code._judged import judged_modules
from reviewer.model.check import Check, Depth
from reviewer.model.facts.repository import Code, Project
from reviewer.model.finding import Effort, Evidence, Verdict
from reviewer.model.verdict import count, not_applicable, not_shown, partly, shown

FEW, SOME = 0.05, 0.15
"""Shares of copied lines. SonarQube's default gate allows 3 % of new code; whole projects are given more room."""
LEAST_LINES = 100
STEP = re.compile(r"\d+[-_.]\w[^/]*\.\w+\Z")
"""Names of numbered steps of an exercise: each is a whole program, which holds the one before on purpose."""
ENTRIES = frozenset({"main.go", "main.py", "main.ts", "server.js", "server.ts", "Program.cs", "Startup.cs"})
"""Files that start a program, of which each has its own."""
PROGRAMS = frozenset("services microservices apps packages projects lambdas functions servers backend".split())
"""Folders whose folders are programs of their own."""
VERSION = re.compile(r"v(?:er(?:sion)?)?[._-]?\d{1,3}(?:[._]\d{1,3})?")
"""Folders of one version of an API."""
ACCESSOR = re.compile(r"(?:get|set|is|has|with|add)_?[A-Z_]\w*\Z")
"""Methods that say nothing of their own: those of data classes, which are written out or made by an editor."""
PLAIN = 6
"""Lines up to which a method of such a name only passes a value on."""
MAKERS = frozenset({"constructor", "__construct", "initialize", "__init__", "Configure"})
COMPARES = frozenset({"equals", "Equals", "hashCode", "GetHashCode", "toString", "ToString"})

CHECK = Check(
    title_shown="Logic stands in one place",
    title_partly="Some blocks of code are repeated",
    title_not_shown="Many blocks of code are repeated",
    looks_for="Ten or more lines of logic in a row that stand in two places of the server code.",
    why="A fault in copied code has to be found and mended in every copy; one of them is always forgotten.",
    advice="Move the longest copied block into a function that both places call.",
    effort=Effort.HOURS,
    level=3,
    shown_when="At most 5 % of the lines of code are copies of others; partly up to 15 %.",
    does_not_count="Imports, declarations outside functions, comments, tests, migrations, generated code, "
    "numbered steps of an exercise, two programs of one repository (services, versions of a lesson), a file that is "
    "there twice but for capitals or the version of an API in its path, entries of literals and queries that only name "
    "fields, getters, setters and constructors of data classes, methods of one statement that pass a call on, mappings "
    "of entities to tables, and scripts beside a server.",
    computed="Compares fingerprints of ten significant lines in a row inside parsed functions (winnowing), joins "
    "what goes "
    "on, and sets the copied lines against the lines of code. SonarQube's default gate allows 3 % of new code.",
    limits="Copies whose names were changed are not seen.",
    links=("https://refactoring.guru/smells/duplicate-code", "https://en.wikipedia.org/wiki/Duplicate_code"),
    skills=("Code quality",),
    needs=(Depth.FUNCTIONS,),
    before="""\
// orders.js and users.js both hold these lines
const page = Number(req.query.page) || 1;
const size = Math.min(Number(req.query.size) || 20, 100);
const sort = ALLOWED.has(req.query.sort) ? req.query.sort : 'id';""",
    pattern="""\
// paging.js
export function pagingOf(query) { ... }
// orders.js, users.js
const paging = pagingOf(req.query);""",
)


def run(code: Code, project: Project) -> Verdict:
    """The share of blocks that are copies."""
    modules = [file for file in judged_modules(code) if not STEP.match(basename(file.path))]
    lines = sum(file.facts.code_lines for file in modules if file.facts)
    if lines < LEAST_LINES:
        return not_applicable(f"Fewer than {LEAST_LINES} lines of code: too little to repeat anything.")
    plain = _plain_lines(code)
    roots = {dirname(item.path) for item in project.manifests}
    found = [item for item in copies(modules) if not _is_apart(item, roots) and not _is_plain(item, plain)]
    share = round(sum(item.lines for item in found) / lines, 3)
    percent = f"{100 * min(1.0, share):.1f} % of the code"
    if not found:
        return shown("No block of ten lines stands in two places.")
    summary = f"{count(len(found), 'block')} repeated: {percent}; up to {round(100 * FEW)} % passes."
    places = [_place(item) for item in found]
    if share <= FEW:
        return shown(f"{count(len(found), 'block')} repeated: {percent}; up to {round(100 * FEW)} % passes.", places)
    longest = found[0]
    same = f"{longest.path}:{longest.line} says the same as {longest.of_path}:{longest.of_line}"
    advice = f"{same}, for {longest.lines} lines: move them into a function that both call."
    verdict = partly if share <= SOME else not_shown
    return verdict(summary, places, advice=advice, at=longest.path)


def _is_apart(item: Copy, roots: set[str]) -> bool:
    """Whether the two stand in two programs of one repository: each has to run without the other.

    Args:
        roots: folders with a manifest of their own.
    """
    if _root(item.path, roots) != _root(item.of_path, roots):
        return True
    if item.path != item.of_path and _unversioned(item.path) == _unversioned(item.of_path):
        return True
    if basename(item.path) == basename(item.of_path) and basename(item.path) in ENTRIES:
        return True
    path, other = item.path.split("/"), item.of_path.split("/")
    if len(path) < 2 or len(other) < 2 or path[-1] != other[-1]:
        return False
    place = next((place for place, pair in enumerate(zip(path, other, strict=False)) if pair[0] != pair[1]), 0)
    return path[0] != other[0] or (0 < place < len(path) - 1 and path[place - 1].casefold() in PROGRAMS)


def _unversioned(path: str) -> str:
    """A path without capitals and folders of versions of an API, which are kept as they were on purpose."""
    return "/".join(part for part in path.casefold().split("/") if not VERSION.fullmatch(part))


def _root(path: str, roots: set[str]) -> str:
    folder = dirname(path)
    while folder and folder not in roots:
        folder = dirname(folder)
    return folder


def _plain_lines(code: Code) -> dict[str, list[tuple[int, int, bool]]]:
    """By path the lines of each function, with whether it only passes values on."""
    found: dict[str, list[tuple[int, int, bool]]] = {}
    for item in code.functions:
        fact = item.fact
        made = fact.complexity == 1 and (fact.name in MAKERS or _is_constructor(fact.name, fact.qualname))
        brief = fact.complexity == 1 and fact.end_line - fact.line < PLAIN
        passed = fact.name in COMPARES or (brief and (fact.statements == 1 or bool(ACCESSOR.match(fact.name))))
        found.setdefault(item.path, []).append((fact.line, fact.end_line, made or passed))
    return found


def _is_constructor(name: str, qualname: str) -> bool:
    return qualname.split(".")[-2:-1] == [name]


def _is_plain(item: Copy, functions: dict[str, list[tuple[int, int, bool]]]) -> bool:
    """Whether all that was copied only passes values on."""
    touched = [plain for line, end, plain in functions.get(item.path, ()) if line <= item.end_line and end >= item.line]
    return bool(touched) and all(touched)


def _place(item: Copy) -> Evidence:
    note = f"the same as {item.of_path}:{item.of_line}"
    return Evidence(path=item.path, line=item.line, end_line=item.end_line, note=note)
