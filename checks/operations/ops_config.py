"""Can the application be configured without changing it?"""

from __future__ import annotations

import re

from checks.operations._server import without_server
from reviewer.model.check import Check, Depth
from reviewer.model.facts.code import SignKind
from reviewer.model.facts.data import Role
from reviewer.model.facts.repository import Api, Code, Data, Operations, Project
from reviewer.model.finding import Effort, Evidence, Verdict
from reviewer.model.verdict import LIKELY, count, evidence, not_applicable, not_shown, partly, shown

FEW = 2
OVERRIDDEN = re.compile(
    r"(?:.*/)?(?:application(?:-[\w-]+)?|bootstrap|microprofile-config)\.(?:properties|ya?ml|conf)"
    r"|(?:.*/)?appsettings(?:\.[\w-]+)?\.json|(?:.*/)?custom-environment-variables\.(?:json|ya?ml)"
)
"""Settings files whose every value the framework lets the environment replace: Spring, Quarkus, ASP.NET Core."""

NODE_CONFIG = re.compile(r"(?:.*/)?config/(?:default|production)\.(?:json5?|ya?ml|toml|[cm]?js|ts)")
NODE_CONFIG_PACKAGES = frozenset({"config", "@feathersjs/configuration"})
"""Settings files of node-config, each of whose values a variable (NODE_CONFIG) may replace."""

BINDING = frozenset({"Spring Boot", "Quarkus", "Micronaut", "Buffalo"})
"""Frameworks that let a variable set each of their settings, the port and the database among them."""
THEMSELVES = frozenset({"Ruby on Rails", "Laravel", "Symfony", "AdonisJS"})
"""Frameworks whose applications take port, database and keys from the environment as they are generated."""

EXAMPLE = re.compile(
    r"(?:.*/)?(?:\.env[._-].*(?:example|sample|template|dist|default).*|\.?env\.(?:example|sample|template|dist)"
    r"|(?:example|sample)\.env|\.env\.dist)",
    re.IGNORECASE,
)
"""Examples of the variables that an application reads."""

ASIDE = re.compile(r"(?:.*/)?(?:tests?|__tests__|spec|examples?|e2e|fixtures)/.*")

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
        "At least two settings are read from the environment; one where no database is used. Partly where an example "
        "of the variables, or a settings file that the framework lets the environment replace, is all there is."
    ),
    does_not_count=(
        "Settings files that are changed by hand. Rails, Laravel, Symfony and Adonis, which read the environment by "
        "themselves, extensions that a host configures, and applications without a "
        "database that read nothing and whose framework chooses the port, are not judged."
    ),
    computed=(
        "Reads of the environment are found in the parsed code (process.env, os.environ, System.getenv, os.Getenv, "
        "ENV, configuration services, classes of settings, helpers named like getEnv) and in ${NAME} or %env(NAME)% of "
        "settings files; each variable counts once. Two is the project's own rule: a port and a database."
    ),
    limits="A variable whose name is put together while running, and settings that a library reads by itself.",
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
    names = {item.fact.detail: item for item in read if not ASIDE.fullmatch(item.path)}
    places = evidence(list(names.values())[:3], "a setting")
    stores = any(item.role is Role.USED for item in data.databases)
    if len(names) >= FEW or (names and not stores):
        return shown(f"{count(len(names), 'setting')} from the environment.", places, LIKELY)
    framework = next((use.name for use in project.frameworks if use.name in THEMSELVES), None)
    if framework:
        return not_applicable(f"{framework} takes the port, the database and the keys from the environment by itself.")
    paths = [item.path for item in project.files if len(item.path) < 300]
    example = next((path for path in paths if EXAMPLE.fullmatch(path)), None)
    found = f"{count(len(names), 'setting')} read from the environment"
    if example:
        place = Evidence(path=example, line=1, end_line=1, note="an example of the variables")
        return partly(f"An example names variables; {found} in the code.", [*places, place], LIKELY)
    settings = _replaceable(project, paths)
    if settings:
        place = Evidence(path=settings, line=1, end_line=1, note="settings that the environment may replace")
        return partly(f"Settings stand in a file that the environment may replace; {found}.", [*places, place], LIKELY)
    bound = next((use.name for use in project.frameworks if use.name in BINDING), None)
    if bound:
        return not_applicable(f"No settings file is in the repository; {bound} lets the environment set each of them.")
    if not stores and not names and not _chooses_port(api):
        return not_applicable("It uses no database, and its framework chooses the port: there is little to configure.")
    return not_shown(f"{found}; {FEW} needed.", places, LIKELY)


def _replaceable(project: Project, paths: list[str]) -> str | None:
    """A settings file whose values the environment may replace."""
    named = {item.name for at in project.manifests for item in at.fact.dependencies}
    node = not NODE_CONFIG_PACKAGES.isdisjoint(named)
    found = (path for path in paths if OVERRIDDEN.fullmatch(path) or (node and NODE_CONFIG.fullmatch(path)))
    return next((path for path in found if not ASIDE.fullmatch(path)), None)


def _chooses_port(api: Api) -> bool:
    """Whether the code itself says the port, as programs in Node.js and Go must."""
    return any(item.file.endswith((".js", ".ts", ".mjs", ".cjs", ".go")) for item in api.endpoints)
