"""Is {name} written as its users write it?"""

from __future__ import annotations

from checks.languages._of import files, modules
from reviewer.model.check import Check, Depth
from reviewer.model.facts.code import CatchBody, Function, SignKind
from reviewer.model.facts.repository import Code, Documents, Project, Tests
from reviewer.model.facts.values import At
from reviewer.model.finding import Effort, Evidence, Verdict
from reviewer.model.verdict import LIKELY, evidence, not_applicable, not_shown, partly, shown

TYPED = 0.3
DOCUMENTED = 0.2
SHORT, SIMPLE = 6, 0.85
HANDLED = 0.1
"""Handlers per function from which on errors are taken to be handled, where nothing central does it."""
TOOLS = ("tests", "a linter")
ENOUGH, SOME = 4, 2
FEW = 8

CHECK = Check(
    title_shown="{name} is written idiomatically",
    title_not_shown="{name} without its idioms",
    looks_for="Types or documentation, handled errors, a logger, small functions, tests, and the language's own tools.",
    why="Idiom is what separates somebody who works in a language from somebody who has translated into it.",
    advice="Add a linter and formatter to the project, and let their advice shape the next files.",
    effort=Effort.HOURS,
    level=3,
    shown_when="Four of: types or docs, errors, logger, small functions, tests, linter, with tests or a linter among "
    "them; partly with two.",
    does_not_count="What vendored and generated files do.",
    needs=(Depth.FUNCTIONS,),
    family="language",
)


def run(code: Code, tests: Tests, documents: Documents, project: Project, subject: str) -> Verdict:
    """Which marks of idiom there are."""
    paths = {file.path for file in modules(code, subject)}
    functions = [item for item in code.functions if item.path in paths]
    if len(functions) < FEW:
        return not_applicable(
            f"Too few functions in {subject} to judge." if functions else f"No {subject} that is read."
        )
    found = {**_code_marks(code, functions, paths), **_tool_marks(tests, documents, project, subject)}
    has = [name for name, place in found.items() if place]
    lacks = [name for name, place in found.items() if not place]
    tools = any(found[name] for name in TOOLS)
    summary = f"Has {', '.join(has) or 'none of the marks'}; lacks {', '.join(lacks) or 'nothing'}."
    places = [place for places in found.values() for place in places][:6]
    if len(has) >= ENOUGH and tools:
        return shown(summary, places, LIKELY)
    return partly(summary, places, LIKELY) if len(has) >= SOME else not_shown(summary, places, LIKELY)


def _code_marks(code: Code, functions: list[At[Function]], paths: set[str]) -> dict[str, tuple[Evidence, ...]]:
    """Types or docs, handled errors, a logger, small functions: each with where it shows, empty where it does not."""
    typed = [item for item in functions if item.fact.typed]
    documented = [item for item in functions if item.fact.documented]
    written = typed if len(typed) >= TYPED * len(functions) else documented
    types = len(typed) >= TYPED * len(functions) or len(documented) >= DOCUMENTED * len(functions)
    catches = [item for item in code.catches if item.path in paths]
    handled = [item for item in catches if item.fact.does is not CatchBody.EMPTY]
    central = [item for item in code.of(SignKind.ERROR_HANDLER) if item.path in paths]
    enough = 2 * len(handled) > len(catches) and len(handled) >= max(2, HANDLED * len(functions))
    loggers = [item for item in code.of(SignKind.LOGGER) if item.path in paths]
    small = [item for item in functions if item.fact.complexity <= SHORT]
    return {
        "types or docs": evidence(written[:1], "typed or documented") if types else (),
        "handled errors": evidence([*central, *handled][:1], "handles errors") if central or enough else (),
        "a logger": evidence(loggers[:1], "logs"),
        "small functions": evidence(small[:1], "small") if len(small) >= SIMPLE * len(functions) else (),
    }


def _tool_marks(tests: Tests, documents: Documents, project: Project, subject: str) -> dict[str, tuple[Evidence, ...]]:
    """Tests in the language, and a linter or formatter."""
    mine = {file.path for file in files(project, subject)}
    cases = [item for item in tests.cases if item.path in mine]
    linters = [item for item in documents.others if item.fact.lint_config]
    return {"tests": evidence(cases[:1], "a test"), "a linter": evidence(linters[:1], "configures a linter")}
