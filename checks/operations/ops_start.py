"""Does a file say how the server is started?"""

from __future__ import annotations

import re

from checks.operations._server import PHP, without_server
from reviewer.model.check import Check
from reviewer.model.facts.code import SignKind
from reviewer.model.facts.repository import Api, Code, FileRole, Operations, Project
from reviewer.model.finding import Effort, Evidence, Verdict
from reviewer.model.verdict import LIKELY, evidence, not_applicable, not_shown, shown

STARTS, COMPOSE = "starts it", "compose"
SCRIPTS = ("start", "serve", "server", "dev", "develop", "run", "up", "deploy", "start:prod", "start:dev", "local")
COMMAND = re.compile(
    r"\b(?:node|nodemon|ts-node(?:-dev)?|tsx|tsnd|pm2|forever|nest start|bun run|deno run|uvicorn|gunicorn|hypercorn"
    r"|flask run|fastapi (?:run|dev)|runserver|rails s|puma|rackup|go run|dotnet run|sls offline|serverless offline"
    r"|func start|bootRun|spring-boot:run|quarkus:dev)\b"
)
"""What scripts of any name start a server by."""
FRONT_END = re.compile(
    r"\b(?:react-scripts|webpack(?:-dev-server)?|vue-cli-service|ng serve|ng build|gatsby|parcel|expo|mix|gulp)\b"
)
"""What scripts start or build a page by: the server is another one."""
NOT_SERVING = re.compile(
    r"\b(?:test|lint|seed|migrat\w*|typeorm|sequelize|jest|mocha|build|format|generate|docs?|e2e)\b"
)
SERVERS = frozenset(
    {
        *"gunicorn uvicorn hypercorn waitress uwsgi daphne granian fastapi[standard] puma unicorn thin".split(),
        *"passenger falcon webrick iodine agoo spring-boot-maven-plugin quarkus-maven-plugin".split(),
        "micronaut-maven-plugin",
        *"jetty-maven-plugin tomcat7-maven-plugin wildfly-maven-plugin exec-maven-plugin liberty-maven-plugin".split(),
        *"spring-boot-starter-web spring-boot-starter-webflux spring-boot-starter-webmvc".split(),
        *"org.springframework.boot io.quarkus io.micronaut.application io.ktor.plugin".split(),
        "com.github.johnrengelman.shadow",
    }
)
"""Packages and plugins that start the server; one of them among the dependencies is enough."""

ENTRY = re.compile(
    r"(?:.*/)?(?:wsgi\.py|asgi\.py|manage\.py|config\.ru|Program\.cs|Startup\.cs|Program\.fs|bin/(?:www|server|start|rails)"
    r"|__main__\.py|artisan|serverless\.(?:ts|js|json)|\.flaskenv|(?:run|start|serve)[\w-]{0,30}\.(?:sh|bat|ps1|cmd|py))"
)
"""Files that are there for starting, by the conventions of their languages."""
HOSTED_BY_SERVERS = frozenset({"Java", "Kotlin", "Scala"})
"""Languages whose web applications without a main function are put into an application server."""
HOSTED_BY_IIS = re.compile(r"(?:.*/)?(?:web\.config|global\.asax|[\w.-]+\.(?:asmx|svc|aspx))", re.IGNORECASE)
"""Files of ASP.NET before Core, which a web server runs."""
NPM_DEFAULT = "server.js"
"""What ``npm start`` runs where a package has no start script."""

CHECK = Check(
    title_shown="A file says how the server starts",
    title_not_shown="How the server starts is not written down",
    looks_for=(
        "A start script, a container's command, a Procfile, a server among the dependencies, or an entry point that "
        "starts the server."
    ),
    why="It is the first thing that a host asks for.",
    advice="Add a start script or a Procfile with the one command that starts the server.",
    effort=Effort.MINUTES,
    level=1,
    shown_when="The repository holds one of these.",
    does_not_count=(
        "Prose in the README, scripts of a front end, compose files that start other services alone. PHP, which a web "
        "server runs file by file, what an application server or a host runs, and packages of Go without a program are "
        "not judged."
    ),
    computed=(
        "Manifests, Dockerfiles, compose files, platform files and Makefiles are parsed. Entry points are main "
        "functions of Go, Java, Kotlin and C#, files such as wsgi.py, config.ru or manage.py, and Python and Ruby that "
        "run their server."
    ),
    limits="Whether the command works is not tried. A start by a tool that is not known by name is not seen.",
    links=("https://12factor.net/processes", "https://docs.npmjs.com/cli/commands/npm-start"),
    skills=("Deployment",),
    before='"scripts": {"test": "jest"}',
    pattern='"scripts": {"test": "jest", "start": "node src/server.js"}',
)


def run(project: Project, operations: Operations, api: Api, code: Code) -> Verdict:
    """Looks at manifests, containers, deployment files and entry points."""
    none = without_server(api, project, operations)
    if none is not None:
        return none
    started = [item for item in operations.containers if item.fact.starts]
    started = [item for item in started if item.fact.kind != COMPOSE or item.fact.builds or item.fact.mounts]
    places = [
        *evidence(started[:1], STARTS),
        *evidence(operations.deployments[:1], STARTS),
        *_declared(project),
        *_entries(project, code),
    ]
    if places:
        named = places[0].path if len(places) > 1 or places[0].note == STARTS else places[0].note
        return shown(f"The server is started by {named}.", places[:3], LIKELY)
    server = {use.name for use in project.languages if use.role is FileRole.SERVER}
    if PHP in server or any(item.file.endswith(".php") for item in api.endpoints):
        return not_applicable("A web server runs PHP files as they are: there is no start to write down.")
    if any(HOSTED_BY_IIS.fullmatch(item.path[-120:]) for item in project.files):
        return not_applicable("It has no entry point of its own: Internet Information Services run it.")
    if server & HOSTED_BY_SERVERS:
        return not_applicable("It has no entry point of its own: an application server runs it.")
    if server == {"Go"}:
        return not_applicable("No program begins here: it is a part of another one.")
    return not_shown("No start script, container command or Procfile was found.", confidence=LIKELY)


def _declared(project: Project) -> list[Evidence]:
    """Scripts that start the server, and servers among the dependencies."""
    places = []
    for item in project.manifests:
        scripts = item.fact.scripts
        name = next((name for name in SCRIPTS if name in scripts and not FRONT_END.search(scripts[name])), None)
        name = name or next((name for name, text in scripts.items() if _is_start(name, text)), None)
        server = next((one for one in item.fact.dependencies if _is_server(one.name) and not one.dev), None)
        if name:
            places.append(Evidence(path=item.path, line=1, end_line=1, note=f"the script {name}"))
        elif server:
            places.append(Evidence(path=item.path, line=server.line, end_line=server.line, note=server.name))
    return places


def _is_start(name: str, text: str) -> bool:
    return bool(COMMAND.search(text)) and not NOT_SERVING.search(f"{name} {text}") and not FRONT_END.search(text)


def _is_server(name: str) -> bool:
    lower = name.lower()
    return lower in SERVERS or lower.rpartition(":")[2] in SERVERS or lower.partition(":")[0] in SERVERS


def _entries(project: Project, code: Code) -> list[Evidence]:
    """Files and functions that a program begins with."""
    folders = {item.path.rpartition("/")[0] for item in project.manifests if item.path.endswith("package.json")}
    paths = [
        item.path
        for item in project.files
        if len(item.path) < 300 and (ENTRY.fullmatch(item.path) or _is_npm_default(item.path, folders))
    ]
    mains = [item for item in code.functions if item.fact.name == "main" and not item.path.endswith(".py")]
    starts = code.of(SignKind.SERVER_START)
    return [
        *evidence(starts[:1], "starts it"),
        *evidence(mains[:1], "the entry point"),
        *(Evidence(path=path, line=1, end_line=1, note="the entry point") for path in paths[:1]),
    ]


def _is_npm_default(path: str, folders: set[str]) -> bool:
    folder, _, name = path.rpartition("/")
    return name == NPM_DEFAULT and folder in folders
