"""Is {name} written as its users write it?"""

from __future__ import annotations

from posixpath import basename

from checks.languages._linters import declared, in_ci, in_scripts, is_for
from checks.languages._loggers import of_own_loggers
from checks.languages._of import files, is_beside, modules
from checks.languages._reach import BY_HAND
from reviewer.model.check import Check, Depth
from reviewer.model.facts.code import Catch, CatchBody, Function, Sign, SignKind
from reviewer.model.facts.repository import Code, Documents, Operations, Project, Standing, Tests
from reviewer.model.facts.values import At
from reviewer.model.finding import Effort, Evidence, Verdict
from reviewer.model.verdict import LIKELY, evidence, not_applicable, not_shown, partly, shown

TYPED = 0.3
DOCUMENTED = 0.2
SHORT, SIMPLE = 6, 0.85
LINES = range(5, 31)
"""Lines of a function that serves as an example of a small one."""
ANSWERED = 2
"""Answers with a status of an error by which a program shows that it handles what is wrong."""
STARTS = frozenset({"main", "Main", "<main>"})
LOGGED_BY = {"Ruby on Rails": "Ruby", "Hanami": "Ruby", "Padrino": "Ruby"}
"""Frameworks that log every request and every error by themselves, with their language."""
TYPES = "types or docs"
COMPILED = frozenset({"Java", "Kotlin", "C#", "Go"})
"""Languages that do not compile without types: having them is no merit and lacking them impossible."""
LINTER, LOGGER = "a linter", "a logger"
LACKING = {LOGGER: "calls of a logger", "tests": "test cases"}
"""What is said to lack: what was looked for, not what a framework or a collection of requests may do by itself."""
ENOUGH, SOME = 4, 2
FEW = 8

CHECK = Check(
    title_shown="{name} is written idiomatically",
    title_partly="{name} with some of its idioms",
    title_not_shown="{name} with few of its idioms",
    looks_for="Types or documentation, handled errors, a logger, small functions, tests, and the language's own tools.",
    why="Idiom is what separates somebody who works in a language from somebody who has translated into it.",
    advice="Add a linter and formatter to the project, and let their advice shape the next files.",
    effort=Effort.HOURS,
    level=3,
    shown_when="Four of: types or docs, errors, logger, small functions, tests, linter, with tests or both types "
    "and a linter among them; partly with two. Java, Kotlin, C# and Go need three without the first, since they "
    "cannot lack types.",
    does_not_count="What vendored and generated files do, handlers that only raise again what they caught, tests of a "
    "generator, linters of another language, and a language that only stands beside a project of another.",
    computed="Over the parsed functions of {name}: types from 30 % of the functions on, or documentation from 20 "
    "%; 85 % with a complexity of at most 6; handlers of which most do something, one central handler, or two "
    "answers with a status of an error; a call of a logger, or a framework that logs each request and error by itself "
    "(Rails, Hanami, Padrino); test cases in {name}; the configuration of a linter, formatter or type checker for it, "
    "its package among the dependencies, or a script, a target of make or a step of CI that runs one.",
    limits="Linters that only editors run, and loggers that are neither known nor called so, are not seen. The "
    "thresholds are this project's own.",
    links=("https://google.github.io/styleguide/",),
    needs=(Depth.FUNCTIONS,),
    family="language",
)


def run(
    code: Code, tests: Tests, documents: Documents, operations: Operations, project: Project, subject: str
) -> Verdict:
    """Which marks of idiom there are."""
    paths = {file.path for file in modules(code, subject)}
    functions = [item for item in code.functions if item.path in paths]
    if len(functions) < FEW:
        return not_applicable(
            f"Too few functions in {subject} to judge." if functions else f"No {subject} that is read."
        )
    found = {**_code_marks(code, functions, paths, subject), **_tool_marks(tests, documents, project, subject)}
    found[LINTER] = found[LINTER] or evidence(in_ci(operations, subject)[:1], "checks it in CI")
    found[LINTER] = found[LINTER] or evidence(declared(project, subject)[:1], "installs a linter")
    found[LINTER] = found[LINTER] or evidence(in_scripts(project, subject, paths)[:1], "runs a linter")
    if not found[LOGGER]:
        logs = [use for use in project.frameworks if LOGGED_BY.get(use.name) == subject]
        found[LOGGER] = evidence([place for use in logs for place in use.evidence][:1], "the framework logs by itself")
    has = [name for name, place in found.items() if place]
    lacks = [LACKING.get(name, name) for name, place in found.items() if not place]
    checked = bool(found["tests"] or (found[LINTER] and found.get(TYPES, True)))
    summary = f"Has {', '.join(has) or 'none of the marks'}; lacks {', '.join(lacks) or 'nothing'}."
    places = [place for places in found.values() for place in places][:6]
    if len(has) >= ENOUGH - (TYPES not in found) and checked:
        return shown(summary, places, LIKELY)
    if is_beside(project, subject):
        return not_applicable(f"{subject} only stands beside another language here.")
    return partly(summary, places, LIKELY) if len(has) >= SOME else not_shown(summary, places, LIKELY)


def _code_marks(
    code: Code, functions: list[At[Function]], paths: set[str], subject: str
) -> dict[str, tuple[Evidence, ...]]:
    """Types or docs, handled errors, a logger, small functions: each with where it shows, empty where it does not."""
    catches = [item for item in code.catches if item.path in paths and item.fact.does is not CatchBody.PASSED]
    catches.sort(key=lambda item: BY_HAND.match(basename(item.path)) is not None)
    handled = [item for item in catches if item.fact.does is not CatchBody.EMPTY or item.fact.explained]
    central = [item for item in code.of(SignKind.ERROR_HANDLER) if item.path in paths]
    enough = 2 * len(handled) > len(catches)
    answered = [item for item in code.of(SignKind.STATUS) if item.path in paths and item.fact.detail[:1] in ("4", "5")]
    telling = [item for item in handled if item.fact.does in (CatchBody.RAISED, CatchBody.LOGGED)]
    loggers = [item for item in code.of(SignKind.LOGGER) if item.path in paths]
    small = [item for item in functions if item.fact.complexity <= SHORT]
    return {
        **({} if subject in COMPILED else {TYPES: _types(functions)}),
        "handled errors": _handling(telling, handled, central, answered)
        if central or enough or len(answered) >= ANSWERED
        else (),
        LOGGER: evidence(loggers[:1], "logs") or evidence(of_own_loggers(code, paths)[:1], "uses a logger of its own"),
        "small functions": evidence(_telling(small), "small") if len(small) >= SIMPLE * len(functions) else (),
    }


def _handling(
    telling: list[At[Catch]], handled: list[At[Catch]], central: list[At[Sign]], answered: list[At[Sign]]
) -> tuple[Evidence, ...]:
    """Where an error is passed on or logged, else any handler, else what handles all of them."""
    if central and not telling:
        return evidence(central[:1], "handles errors centrally")
    if answered and not telling and not handled:
        return evidence(answered[:1], "answers an error")
    return evidence([*telling, *handled][:1], "handles errors")


def _telling(small: list[At[Function]]) -> list[At[Function]]:
    """An ordinary one of the small functions: no program's start, neither a line nor a screen long where one is."""
    named = [item for item in small if item.fact.name not in STARTS] or small
    short = [item for item in named if _lines(item) in LINES]
    ordered = sorted(short or named, key=lambda item: (_lines(item), item.path, item.fact.line))
    if not short:
        return ordered[:1]
    return ordered[len(ordered) // 2 :][:1]


def _lines(item: At[Function]) -> int:
    return item.fact.end_line - item.fact.line + 1


def _types(functions: list[At[Function]]) -> tuple[Evidence, ...]:
    judged = [item for item in functions if item.fact.typed is not None]
    typed = [item for item in judged if item.fact.typed]
    documented = [item for item in functions if item.fact.documented]
    if typed and len(typed) >= TYPED * len(judged):
        return evidence(typed[:1], "typed")
    return evidence(documented[:1], "documented") if len(documented) >= DOCUMENTED * len(functions) else ()


def _tool_marks(tests: Tests, documents: Documents, project: Project, subject: str) -> dict[str, tuple[Evidence, ...]]:
    """Tests in the language, whatever they test, and a linter or formatter for it."""
    mine = {file.path for file in project.files if file.language == subject and file.standing is Standing.OWN}
    cases = [item for item in tests.cases if item.path in mine and not item.fact.stock]
    written = {file.path for file in files(project, subject)}
    linters = [item for item in documents.others if item.fact.lint_config and is_for(item, subject, written)]
    return {"tests": evidence(cases[:1], "a test"), LINTER: evidence(linters[:1], "configures a linter")}
