"""Does the server log, or print?"""

from __future__ import annotations

import re
from posixpath import basename, dirname

from checks.languages._loggers import of_own_loggers, own_loggers
from checks.languages._reach import BY_HAND, reached
from reviewer.model.check import Check, Depth
from reviewer.model.facts.code import Import, Sign, SignKind
from reviewer.model.facts.repository import Api, Code, FileRole, Project
from reviewer.model.facts.values import At
from reviewer.model.finding import Effort, Verdict
from reviewer.model.verdict import LIKELY, count, evidence, not_applicable, not_shown, partly, shown

FEW = 5
BY_IMPORTS = (".py", ".js", ".mjs", ".cjs", ".ts", ".mts", ".cts", ".tsx", ".jsx")
"""Suffixes of languages whose files come together by imports alone."""
SETTINGS = re.compile(
    r"(?:.*/)?(?:configs?|settings?|environments?)/|"
    r"(?:.*/)?(?:[\w-]{0,40}[._-])?(?:env|config|settings?|environment)(?:[._-]\w{1,40})?\.\w+\Z"
)
"""Files of settings, which tell before there is a logger why the program cannot start."""
HOSTED = frozenset(
    {"Firebase Functions", "Netlify Functions", "AWS Lambda", "Azure Functions", "Google Cloud Functions", "Wix Velo"}
)
PLATFORMS = ("firebase-functions", "aws-lambda", "@netlify/functions", "@azure/functions", "@vercel/node")
"""Frameworks and packages of platforms that call functions and keep what they print as logs."""
PROGRAM, HOSTS = (
    "Program.cs",
    ("Microsoft.AspNetCore", "Microsoft.Extensions.Hosting", "System.Web", "System.ServiceModel"),
)
"""Where a program of .NET starts, and what one that goes on running is built on."""
COMMAND_LINES = (
    *("argparse", "click", "typer", "fire", "commander", "yargs", "inquirer", "prompts", "meow", "picocli", "optparse"),
    *("thor", "github.com/spf13/cobra", "github.com/urfave/cli", "django.core.management", "Symfony.Component.Console"),
    *("Illuminate.Console", "CommandLine", "System.CommandLine", "readline", "java.util.Scanner"),
)
"""Libraries of programs that talk with a person at a terminal."""
WITHIN = tuple(f"{tool}{mark}" for tool in COMMAND_LINES for mark in "./")

CHECK = Check(
    title_shown="A logger is used",
    title_partly="Prints beside a logger",
    title_not_shown="Prints instead of a logger",
    looks_for="A logging library in server code, against prints and console.log.",
    why="Logs with levels can be searched and switched; prints cannot.",
    advice="Create one logger per module and replace the prints in request handling by it.",
    effort=Effort.HOURS,
    level=3,
    shown_when="A logger is used and prints are rare beside it; partly where both are used.",
    does_not_count="Programs that serve nothing, console projects of .NET and the JVM beside those that do, command "
    "line tools, "
    "scripts, load tests and benches that print for a "
    "person, Python and JavaScript files that do not run with those that have routes (by their imports) or set up and "
    "seed, files without a function or a route, settings, a line about where the server listens or why it does not "
    "start; what runs in a browser, and functions of a platform that keeps what is printed.",
    computed="Counts calls of print, console.log, System.out, fmt.Println and the like in parsed server files "
    "against calls "
    "of logging libraries: shown with at most two prints for each call of a logger, or "
    "ten in all; up to five prints without one "
    "are nothing to judge. The thresholds are this project's own.",
    limits="Loggers of the project's own under other names than log and logger are not seen. Logs that a "
    "framework writes by "
    "itself do not show in the code.",
    links=("https://12factor.net/logs", "https://docs.python.org/3/howto/logging.html"),
    skills=("Code quality",),
    needs=(Depth.FUNCTIONS,),
    before="""\
console.log('order failed', error);""",
    pattern="""\
import pino from 'pino';
const logger = pino();
logger.error({ error, orderId }, 'order failed');""",
)


def run(code: Code, api: Api, project: Project) -> Verdict:
    """Loggers against prints in server files."""
    talking = {item.path for item in code.imports if _of_command_line(item.fact.module, item.fact.name)}
    programs = {item.path for item in code.functions} | {item.file for item in api.endpoints}
    paths = {file.path for file in code.modules if file.role is FileRole.SERVER}
    judged = _serving(code, api, paths & programs - talking) - _of_consoles(code, api, project, paths)
    judged -= own_loggers(code)
    prints = [
        item
        for item in code.of(SignKind.PRINT)
        if item.path in judged and not SETTINGS.match(item.path.casefold()) and not BY_HAND.match(basename(item.path))
    ]
    loggers = _loggers(code, paths, judged)
    if loggers and len(prints) <= max(2 * len(loggers), 2 * FEW):
        return shown(
            f"A logger is used; {count(len(prints), 'print')} beside it.", evidence(loggers[:3], "logs"), LIKELY
        )
    if any(item.framework in HOSTED for item in api.endpoints) or any(
        item.fact.module in PLATFORMS for item in code.imports
    ):
        return not_applicable("The platform that calls these functions keeps what they print as logs.")
    if not api.endpoints and not api.operations:
        return not_applicable("Nothing is served: prints may be what the program is for.")
    if loggers:
        return partly(f"A logger is used, and {count(len(prints), 'print')}.", evidence(prints[:4], "prints"), LIKELY)
    if len(prints) <= FEW:
        return not_applicable("Neither logs nor prints to speak of.")
    return not_shown(f"{count(len(prints), 'print')} and no logger.", evidence(prints[:5], "prints"), LIKELY)


def _loggers(code: Code, paths: set[str], judged: set[str]) -> list[At[Sign] | At[Import]]:
    """Calls of loggers; where there is none, the imports of one of the project's own."""
    found: list[At[Sign] | At[Import]] = [
        item for item in code.of(SignKind.LOGGER) if item.path in paths or _is_of_logger(item.path, code)
    ]
    return found or [*of_own_loggers(code, judged)]


def _serving(code: Code, api: Api, paths: set[str]) -> set[str]:
    """The files that may run in the server: where imports say so, those with its routes and what runs with them."""
    starts = {item.file for item in api.endpoints} | {item.file for item in api.operations}
    told = {path for path in paths if path.endswith(BY_IMPORTS)}
    if not any(path.endswith(BY_IMPORTS) for path in starts):
        return paths
    everywhere = {file.path for file in code.modules if file.path.endswith(BY_IMPORTS)}
    return (paths - told) | (told & reached(code, everywhere, starts))


def _of_consoles(code: Code, api: Api, project: Project, paths: set[str]) -> set[str]:
    """The files of .NET and JVM projects that start a program of their own and neither serve nor host anything."""
    folders = {dirname(item.path) for item in project.manifests if item.fact.ecosystem in ("nuget", "maven")} - {""}
    starting = {dirname(path) for path in paths if basename(path) == PROGRAM} & folders
    mains = [item.path for item in code.functions if item.fact.name == "main" and item.path.endswith((".java", ".kt"))]
    starting |= {folder for folder in folders if any(path.startswith(f"{folder}/") for path in mains)}
    if not starting:
        return set()
    hosting = {item.path for item in code.imports if item.fact.module.startswith(HOSTS)}
    hosting |= {item.file for item in api.endpoints} | {item.file for item in api.operations}
    hosting |= {place.path for use in project.frameworks for place in use.evidence}
    alone = tuple(f"{folder}/" for folder in starting if not any(path.startswith(f"{folder}/") for path in hosting))
    return {path for path in paths if alone and path.startswith(alone)}


def _is_of_logger(path: str, code: Code) -> bool:
    """Whether a file of settings sets up the logger."""
    return "logger" in basename(path).casefold() and path not in code.clients


def _of_command_line(module: str, name: str | None) -> bool:
    return f"{module}.{name or ''}.".startswith(WITHIN)
