"""Can the application be configured without changing it?"""

from __future__ import annotations

import re
from collections.abc import Iterable

from checks.operations._server import without_server
from checks.operations._settings import (
    ASIDE,
    EXAMPLE,
    FILE_READERS,
    JAVA_READERS,
    OPTIONS,
    READS_FILE,
    SETTINGS_FILE,
    TOOLS,
    VARIABLE_READERS,
)
from reviewer.model.check import Check, Depth
from reviewer.model.facts.code import SignKind
from reviewer.model.facts.data import Role
from reviewer.model.facts.repository import Api, Code, Data, Operations, Project
from reviewer.model.finding import Effort, Evidence, Verdict
from reviewer.model.verdict import LIKELY, could_not_tell, count, evidence, not_applicable, not_shown, partly, shown

FEW = 2
OVERRIDDEN = re.compile(
    r"(?:.*/)?(?:application(?:-[\w-]+)?|bootstrap|microprofile-config)\.(?:properties|ya?ml|conf)"
    r"|(?:.*/)?appsettings(?:\.[\w-]+)?\.json|(?:.*/)?[Ww]eb\.config|(?:.*/)?custom-environment-variables\.(?:json|ya?ml)"
)
"""Settings files whose every value the framework lets the environment replace: Spring, Quarkus, ASP.NET."""

SETS = re.compile(
    r"(?:SPRING|QUARKUS|MICRONAUT|DATASOURCES|KTOR|JDBC|NODE_CONFIG)_\w+|ASPNETCORE_(?:URLS|HTTPS?_PORTS)|(?!ASPNETCORE|DOTNET)[A-Za-z]\w*?__\w+"
)
"""Variables by which the environment replaces a setting: ``ConnectionStrings__Default``, ``SPRING_DATASOURCE_URL``."""
FUNCTIONS = frozenset(
    {"Netlify Functions", "Serverless Framework", "AWS SAM", "AWS Lambda", "Azure Functions", "Chalice", "Zappa"}
)
"""Frameworks and hosts that call a function with each request: it listens on no port."""
LISTENING = frozenset({"fastify-cli", "next", "nuxt", "astro", "@sveltejs/adapter-node"})
"""Packages whose own command starts the server, on the port that the environment names."""
STORE = re.compile(
    r"database|mongo|postgres|mysql|mariadb|sqlalchemy|redis|dsn|conn|jdbc|(?:\A|_)(?:db|pg)(?:_|\Z)", re.IGNORECASE
)
"""Names of settings that say where the database is."""
JSON_SETTINGS = re.compile(
    r"(?:.*/)?(?:(?:configs?|conf|configurations?|settings?|envs?|environments?)/[\w.-]{1,40}"
    r"|[\w.-]{0,20}(?:configs?|configurations?|settings?|\benv|\benvironment)(?:\.[\w-]{1,20})?)\.json",
    re.IGNORECASE,
)
"""Files of settings that code imports as they are."""
NO_SETTING = frozenset({"DJANGO_SETTINGS_MODULE", "FLASK_APP", "PYTHONPATH", "PATH", "HOME", "PWD"})
"""Variables that say where programs lie."""
MODES = frozenset(
    {"NODE_ENV", "RAILS_ENV", "RACK_ENV", "APP_ENV", "ASPNETCORE_ENVIRONMENT", "DOTNET_ENVIRONMENT", "FLASK_ENV"}
)
"""Variables that say which stage it is: alone they set nothing."""
DOTENV = re.compile(r"(?:.*/)?[\w.-]{0,20}env[\w.-]{0,30}", re.IGNORECASE)
"""Examples of variables, rather than of a settings file."""
NODE_CONFIG = re.compile(r"(?:.*/)?config/(?:default|production)\.(?:json5?|ya?ml|toml|[cm]?js|ts)")
NODE_CONFIG_PACKAGES = frozenset({"config", "@feathersjs/configuration"})
"""Settings files of node-config, each of whose values a variable (NODE_CONFIG) may replace."""

BINDING = frozenset({"Spring Boot", "Quarkus", "Micronaut", "Buffalo"})
"""Frameworks that let a variable set each of their settings, the port and the database among them."""
WORKERS = "Cloudflare Workers"
"""A host whose programs take each setting as an argument."""
EMBEDDED = frozenset({"H2", "HSQLDB", "Derby"})
"""Databases within the program."""
THEMSELVES = frozenset({"Ruby on Rails", "Laravel", "Symfony", "AdonisJS", "Sails"})
"""Frameworks whose applications take port, database and keys from the environment as they are generated."""

CHECK = Check(
    title_shown="The application is configured from outside",
    title_not_shown="Hardly any setting comes from outside",
    title_partly="A part of the settings comes from outside",
    looks_for="Ports, addresses and keys read from the environment.",
    why="A platform tells an application its port and database through the environment.",
    advice="Read the port and the database's address from the environment, with defaults for development.",
    effort=Effort.MINUTES,
    level=2,
    shown_when=(
        "At least two settings are read from the environment; one where no database is used, where an "
        "example of the settings stands beside it, where it is that of the database and the code chooses no port, or "
        "where a host calls functions. Partly where an example, "
        "a settings file that the environment does not replace, or options of the command line are all there is."
    ),
    does_not_count=(
        "Constants in the code, and in files of its own language; the name of the stage (NODE_ENV) alone. Rails, "
        "Laravel, Symfony, Adonis, Sails, Cloudflare Workers, which read the environment by themselves, extensions "
        "that a host configures, and applications without a database that read nothing and whose framework chooses "
        "the port, are not judged."
    ),
    computed=(
        "Reads of the environment are found in the parsed code (process.env, os.environ, System.getenv, os.Getenv, "
        "ENV, configuration services, classes of settings, helpers named like getEnv) and in ${NAME} or %env(NAME)% of "
        "settings files; each variable counts once. Two is the project's own rule: a port and a database. A settings "
        "file counts where the framework, or a library that the code imports, reads it."
    ),
    limits=(
        "A variable whose name is put together while running, and settings that a library reads by itself. Where the "
        "framework lets the environment replace each value of its settings file (Spring, ASP.NET Core, node-config), "
        "or each site has its own (Web.config), nothing is said unless a container sets one of them. What a module of "
        "settings in Go or Python takes from a file in JSON is not read."
    ),
    links=("https://12factor.net/config",),
    skills=("Deployment",),
    needs=(Depth.FUNCTIONS,),
    before='const pool = new Pool({ host: "localhost", database: "shop" });\napp.listen(3000);',
    pattern="const pool = new Pool({ connectionString: process.env.DATABASE_URL });\napp.listen(process.env.PORT);",
)


def run(code: Code, api: Api, data: Data, project: Project, operations: Operations) -> Verdict:
    """Counts settings from the environment."""
    none = without_server(api, project, operations)
    if none is not None:
        return none
    read = (item for item in code.of(SignKind.ENV_READ) if item.path not in code.clients)
    own = (item for item in read if not ASIDE.fullmatch(item.path) and item.fact.detail not in NO_SETTING)
    names = {item.fact.detail: item for item in own}
    names = {} if MODES.issuperset(names) else names
    whence = "the environment or a settings file" if _may_be_a_file(code) else "the environment"
    places = evidence(list(names.values())[:3], "a setting")
    stores = any(item.role is Role.USED and item.name not in EMBEDDED for item in data.databases)
    if any(name.endswith("*") for name in names):
        return shown("The environment may set every setting.", places, LIKELY)
    if len(names) >= FEW or (names and not stores):
        return shown(f"{count(len(names), 'setting')} from {whence}.", places, LIKELY)
    given = _given(project, operations)
    if given is not None:
        return given
    found = f"{count(len(names), 'setting')} read from {whence}"
    if any(item.fact.module.startswith(VARIABLE_READERS) and not ASIDE.fullmatch(item.path) for item in code.imports):
        return could_not_tell(
            "A library for variables or secrets is used; which ones it is asked for was not recognised."
        )
    replaced = _replaced(project, operations, places)
    if replaced is not None:
        return replaced
    listens = _chooses_port(api, project, operations)
    enough = None if listens else _enough(project, operations, found, names)
    if enough:
        return shown(enough, places, LIKELY)
    apart = _apart(code, project, found, places) or _reads_json(code)
    if apart is not None:
        return apart
    if not (stores or names or listens):
        return not_applicable("It uses no database, and its framework chooses the port: there is little to configure.")
    return not_shown(f"{found}; {FEW} needed.", places, LIKELY)


def _enough(project: Project, operations: Operations, found: str, names: Iterable[str]) -> str:
    """Why one setting is all there is to set where the code chooses no port; empty where it is not."""
    given = list(names)
    if any(STORE.search(name[:100]) for name in given):
        return "The database comes from the environment; the port is not chosen in the code."
    called = given and _is_called(project, operations)
    return f"{found}; the host calls functions, which listen on no port." if called else ""


def _given(project: Project, operations: Operations) -> Verdict | None:
    """Why nothing is asked of the code: the framework or the host gives it the settings. None where they do not."""
    by_itself = next((use.name for use in project.frameworks if use.name in THEMSELVES), None)
    if by_itself:
        return not_applicable(f"{by_itself} takes the port, the database and the keys from the environment by itself.")
    if any(item.fact.kind == WORKERS for item in operations.deployments):
        return not_applicable(f"{WORKERS} hands the program its settings with each request.")
    return None


def _apart(code: Code, project: Project, found: str, places: tuple[Evidence, ...]) -> Verdict | None:
    """What sets the application up beside the environment: an example, a settings file, options; None for nothing."""
    paths = [item.path for item in project.files if len(item.path) < 300]
    example = next((path for path in paths if EXAMPLE.fullmatch(path)), None)
    if example and not places and DOTENV.fullmatch(example.rpartition("/")[2]):
        return could_not_tell(f"{example} names variables; what reads them was not recognised.")
    if example:
        place = Evidence(path=example, line=1, end_line=1, note="an example of the settings")
        if places:
            return shown(f"An example names the settings; {found}.", [*places, place], LIKELY)
        return partly(f"An example names the settings; {found} in the code.", [*places, place], LIKELY)
    settings = _read_file(code, paths) or _imported(code, paths)
    if settings:
        place = Evidence(path=settings, line=1, end_line=1, note="settings apart from the code")
        return partly(f"Settings stand in a file apart from the code; {found}.", [*places, place], LIKELY)
    bound = next((use.name for use in project.frameworks if use.name in BINDING), None)
    if bound:
        return not_applicable(f"No settings file is in the repository; {bound} lets the environment set each of them.")
    commands = any(use.name in ("Flask", "Django") for use in project.frameworks)
    read = (item for item in code.imports if OPTIONS.fullmatch(item.fact.module[:60]) and not _is_beside(item.path))
    given = [item for item in read if not (commands and item.fact.module == "click")]
    if given:
        said = evidence(given[:1], "reads the options")
        return partly(f"Options of the command line set it up; {found}.", [*places, *said], LIKELY)
    return None


def _replaced(project: Project, operations: Operations, places: tuple[Evidence, ...]) -> Verdict | None:
    """What is said of settings whose every value the environment may replace; None where there are none."""
    settings = _overridden(project, [item.path for item in project.files if len(item.path) < 300])
    if settings is None:
        return None
    place = Evidence(path=settings, line=1, end_line=1, note="settings apart from the code")
    for item in operations.containers:
        name = next((name for name in item.fact.variables if SETS.fullmatch(name[:120])), None)
        if name:
            sets = Evidence(path=item.path, note=f"sets {name}")
            return shown("Settings stand in a file that the environment replaces.", [place, sets, *places], LIKELY)
    return could_not_tell(f"Settings stand in {settings}, whose every value the environment may replace.")


def _overridden(project: Project, paths: list[str]) -> str | None:
    """A settings file whose values the environment, or a file for each stage, may replace."""
    named = {item.name for at in project.manifests for item in at.fact.dependencies}
    node = not NODE_CONFIG_PACKAGES.isdisjoint(named)
    found = (path for path in paths if OVERRIDDEN.fullmatch(path) or (node and NODE_CONFIG.fullmatch(path)))
    own = [path for path in found if not ASIDE.fullmatch(path)]
    return min(own, key=lambda path: ("evelopment" in path, path.count("/"), len(path)), default=None)


def _read_file(code: Code, paths: list[str]) -> str | None:
    """A file of settings, where the code imports a library that reads such files."""
    imports = (item for item in code.imports if not _is_beside(item.path))
    if not any(
        FILE_READERS.fullmatch(item.fact.module[:60]) or (item.fact.module, item.fact.name) in JAVA_READERS
        for item in imports
    ):
        return None
    return next((path for path in paths if SETTINGS_FILE.fullmatch(path) and not ASIDE.fullmatch(path)), None)


def _is_beside(path: str) -> bool:
    return bool(ASIDE.fullmatch(path[:300]) or TOOLS.fullmatch(path[:300]))


def _imported(code: Code, paths: list[str]) -> str | None:
    """A file of settings in JSON that the code imports."""
    named = (item.fact.module.lstrip("./") for item in code.imports if not _is_beside(item.path))
    ends = {name for name in named if len(name) < 200 and JSON_SETTINGS.fullmatch(name)}
    found = (path for path in paths if path.endswith(".json") and not ASIDE.fullmatch(path))
    return next((path for path in found if any(path == end or path.endswith(f"/{end}") for end in ends)), None)


def _reads_json(code: Code) -> Verdict | None:
    """Whether a module of settings takes them from a file in JSON, which may be another one on each machine."""
    for item in code.imports:
        if item.fact.module in ("encoding/json", "json") and READS_FILE.fullmatch(item.path[:300]):
            return could_not_tell(f"{item.path} may take settings from a file in JSON.")
    return None


def _may_be_a_file(code: Code) -> bool:
    """Whether settings are asked of viper, which takes them from a file as well as from the environment."""
    return any(item.fact.module == "github.com/spf13/viper" and not ASIDE.fullmatch(item.path) for item in code.imports)


def _chooses_port(api: Api, project: Project, operations: Operations) -> bool:
    """Whether the code itself says the port, as programs in Node.js and Go must where nothing else starts them."""
    if not any(item.file.endswith((".js", ".ts", ".mjs", ".cjs", ".go")) for item in api.endpoints):
        return False
    named = {item.name for at in project.manifests for item in at.fact.dependencies}
    return LISTENING.isdisjoint(named) and not _is_called(project, operations)


def _is_called(project: Project, operations: Operations) -> bool:
    """Whether a host calls functions of the program."""
    named = [use.name for use in project.frameworks] + [item.fact.kind for item in operations.deployments]
    return not FUNCTIONS.isdisjoint(named)
